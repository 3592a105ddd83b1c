import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Actor, SYSTEM } from '#access/actor.ts';
import { beginDraft } from '#adoption/begin.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { restructure } from '#adoption/structure/restructure.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import { furnishSample } from '#places/sample.server.ts';
import type { OpenWorld } from '#platform/world.server.ts';
import { demand, type Measures, tell } from '../measure.ts';
import { published, read } from './published.ts';

/** A chapter of a code: so many sections of so many subsections. */
const SECTIONS = 60;
const SUBSECTIONS = 4;
/** Milliseconds in which words are kept, of twenty saves all but one. */
const SAVED_WITHIN = 150;

/** Saves, moves and openings of a draft of 300 provisions, one after the other, each after all edits before it. */
export async function editing(saves: number, world: OpenWorld): Promise<Measures> {
	const actor = await clerk(world);
	const id = await chapter('a-chapter', actor, world);
	const open = () => world.db.as(actor, (tx) => stateOf(id, actor, tx));
	const { provisions } = await open();
	const times = { save: [] as number[], move: [] as number[], open: [] as number[] };
	for (let n = 0; n < saves; n++) {
		const { seq, provisions: now } = await timed(open, times.open);
		const one = now[(n * 7) % now.length];
		if (!one) throw new Error('The draft is empty.');
		const typed = { heading: one.heading ?? '', words: `${one.text} Saved ${n}.` };
		const save = () => world.db.as(actor, (tx) => saveWords(id, one.id, { typed, since: seq }, actor, world, tx));
		const saved = await timed(save, times.save);
		if (saved.kind !== 'kept') throw new Error(`A save was ${saved.kind}.`);
		if (n % 10 !== 0) continue;
		const sections = now.filter(({ kind }) => kind === 'section');
		const [moving, after] = [sections[n % sections.length], sections[(n + 20) % sections.length]];
		const wish = { act: 'moved', provision: moving?.id ?? '', place: { after: after?.id ?? '' } } as const;
		const moved = await timed(() => world.db.as(actor, (tx) => restructure(id, wish, actor, world, tx)), times.move);
		if ('refused' in moved) throw new Error(`A move was refused: ${moved.refused}.`);
	}
	return {
		draft: tell(provisions.length, 'provisions'),
		draft_edits: tell(times.save.length + times.move.length, 'edits'),
		save_median: tell(share(times.save, 0.5), 'ms'),
		save_p95: demand(share(times.save, 0.95), 'ms', { most: SAVED_WITHIN }),
		move_p95: tell(share(times.move, 0.95), 'ms to move a section, numbers and references with it'),
		open_p95: tell(share(times.open, 0.95), 'ms to read the state after all edits'),
	};
}

async function timed<T>(verb: () => Promise<T>, times: number[]): Promise<T> {
	const began = performance.now();
	const made = await verb();
	times.push(performance.now() - began);
	return made;
}

/** The time within which that share of all lies. */
export function share(times: readonly number[], of: number): number {
	return times.toSorted((one, other) => one - other)[Math.floor((times.length - 1) * of)] ?? 0;
}

export async function clerk(world: OpenWorld): Promise<Actor> {
	return world.db.as(SYSTEM, async (tx) => {
		await furnishSample(world, tx);
		const { rows } = await sql<{ id: string }>`select id from place where sample and kind = 'city' limit 1`.execute(tx);
		return { role: 'member', city: rows[0]?.id ?? '', person: randomUUID(), seat: randomUUID() };
	});
}

/** The id of a draft of 301 provisions, copied from a made-up model of that name. */
export async function chapter(slug: string, actor: Actor, world: OpenWorld): Promise<string> {
	const text = Array.from({ length: SECTIONS }, (_, n) => section(n + 1)).join('\n\n');
	const reading = read(`# A chapter\n\n${text}\n`);
	const model = await published(slug, { day: '2026-11-27', reading }, world);
	return world.db.as(actor, (tx) =>
		beginDraft({ title: 'A chapter', copied: { ...model, only: null } }, actor, world, tx),
	);
}

function section(n: number): string {
	const inside = Array.from(
		{ length: SUBSECTIONS },
		(_, k) =>
			`(${'abcd'[k]}) An officer of the city shall record what is asked under section ${(n % SECTIONS) + 1} in matter ${n}-${k}, and shall answer it within ${n + k} business days unless subsection (a) says otherwise.`,
	);
	return [`## Section ${n}. Rule ${n}`, ...inside].join('\n\n');
}
