import { expect, test } from 'vitest';
import type { Actor } from '#access/actor.ts';
import { outlineOf } from '#adoption/edit.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { exchange } from '#adoption/write/exchange.server.ts';
import type { Asked } from '#adoption/write/exchange.ts';
import { piecesOf } from '#adoption/write/piece.ts';
import { signedIn } from '../access/signed-in.ts';
import { diceOf } from '../library/mutant.ts';
import { begun } from './begun.ts';
import { Desk, type Line, writerOf } from './desk.ts';
import { stocked } from './stocked.ts';

const { world, cityOf } = await stocked();
const placeId = cityOf('alder-falls');
const people = [
	await signedIn(world, { role: 'member', placeId }),
	await signedIn(world, { role: 'counsel', placeId, counsel: true }),
];
const [clerk] = people as [(typeof people)[number]];

/** So often two write at random; `COMPACT_WRITERS` asks for more. */
const RUNS = Number(process.env.COMPACT_WRITERS ?? 6);
const STEPS = 60;
/** Turns in which both must come to rest. */
const LAST = 40;

async function opened(id: string) {
	return world.db.as(clerk.actor, async (tx) => {
		const state = await stateOf(id, clerk.actor, tx);
		return { seq: state.seq, order: outlineOf(state.provisions), pieces: piecesOf(state) };
	});
}

test.each(Array.from({ length: RUNS }, (_, n) => n + 1))(
	'two who write at once over a line that breaks lose no word and double none, %i',
	async (seed) => {
		const dice = diceOf(seed);
		const id = await begun('Two', clerk.actor, world, { only: ['sec_3', 'sec_10'] });
		const start = await opened(id);
		const desks = ['bramble', 'thistle'].map((name) => new Desk(name, start, dice));
		const ask = (actor: Actor) => (asked: Omit<Asked, 'writer'>) =>
			world.db.as(actor, (tx) => exchange(id, { writer: writerOf(actor), ...asked }, () => ({}), actor, world, tx));
		for (let step = 0; step < STEPS; step++)
			for (const [n, desk] of desks.entries()) {
				desk.act();
				if (dice(15) === 0) desk.reopen(await opened(id));
				if (dice(3) > 0) continue;
				const line = (['well', 'well', 'well', 'unsent', 'unheard'] as const)[dice(5)] as Line;
				await desk.turn(line, ask((people[n] as (typeof people)[number]).actor));
			}
		for (let turn = 0; turn < LAST; turn++)
			for (const [n, desk] of desks.entries()) {
				desk.settle();
				await desk.turn('well', ask((people[n] as (typeof people)[number]).actor), true);
				desk.settle();
			}
		const end = await opened(id);
		const text = end.pieces.map(({ words }) => words);
		expect(desks.map(({ unsaved }) => unsaved)).toEqual([false, false]);
		for (const desk of desks) expect(desk.text().filter((one) => one !== '')).toEqual(text.filter((one) => one !== ''));
		// Counted without the merge: every word that somebody typed and nobody took out stands there, and once.
		const counted = new Map<string, number>();
		for (const word of text.join(' ').split(/\s+/)) counted.set(word, (counted.get(word) ?? 0) + 1);
		const aside = desks.flatMap((desk) => desk.aside.flatMap(({ words }) => words.split(/\s+/)));
		const known = new Set([...desks.flatMap((desk) => desk.struck), ...aside]);
		// Where two readings were put side by side a word may stand in each.
		const both = new Set(desks.flatMap((desk) => desk.both));
		const wrong = desks
			.flatMap((desk) => desk.typed)
			.filter((word) => {
				const n = counted.get(word) ?? 0;
				return (n === 0 && !known.has(word)) || (n > 1 && !both.has(word));
			});
		expect(wrong).toEqual([]);
	},
);
