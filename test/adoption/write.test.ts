import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#access/actor.ts';
import { answer } from '#adoption/answers.server.ts';
import { edits } from '#adoption/history.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { exchange } from '#adoption/write/exchange.server.ts';
import { type Asked, askedOf, type Batch } from '#adoption/write/exchange.ts';
import { type Piece, piecesOf } from '#adoption/write/piece.ts';
import { forgetPresence } from '#adoption/write/presence.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { begun } from './begun.ts';
import { writerOf } from './desk.ts';
import { stocked } from './stocked.ts';

const { world, cityOf } = await stocked();
const placeId = cityOf('alder-falls');
const clerk = await signedIn(world, { role: 'member', placeId });
const attorney = await signedIn(world, { role: 'counsel', placeId, counsel: true });
const watching = await signedIn(world, { role: 'observer', placeId });
const stranger = await signedIn(world, { role: 'member', placeId: cityOf('dunmere') });

let id = '';
let first: readonly Piece[] = [];
beforeEach(async () => {
	id = await begun('Warrants', clerk.actor, world);
	first = await pieces();
});

const pieces = () => world.db.as(clerk.actor, async (tx) => piecesOf(await stateOf(id, clerk.actor, tx)));
const says = (words: string): Piece => {
	const found = first.find((one) => one.words.includes(words));
	if (!found) throw new Error(`Nothing says ${words}.`);
	return found;
};
const DESK = randomUUID();
const turn = (more: Partial<Asked> = {}, actor: Actor = clerk.actor) =>
	world.db.as(actor, (tx) =>
		exchange(
			id,
			{ writer: writerOf(actor), desk: DESK, since: 1, at: null, batch: null, ...more },
			() => ({}),
			actor,
			world,
			tx,
		),
	);
const batch = (more: Partial<Batch>): Batch => ({ id: randomUUID(), since: 1, words: [], deed: null, ...more });

describe('a turn of an editor', () => {
	test('keeps what was typed and gives what is other since, numbers included', async () => {
		const bail = says('when bail is posted');
		const words = bail.words.replace('bail', 'bond');
		const answer = await turn({ batch: batch({ words: [{ id: bail.id, heading: '', words }] }) });
		expect(answer).toMatchObject({ seq: 2, outcomes: [{ id: bail.id, kind: 'kept' }], refused: null });
		expect(answer.pieces).toMatchObject([{ id: bail.id, words }]);
		expect(await turn({ since: 2 })).toMatchObject({ seq: 2, order: null, pieces: [], names: null });
	});

	test('that is sent twice, because its answer was lost, is done once, also when others edited in between', async () => {
		const bail = says('when bail is posted');
		const sent = batch({ words: [{ id: bail.id, heading: '', words: `${bail.words} Brambles.` }] });
		await turn({ batch: sent });
		const theirs = { id: bail.id, heading: '', words: `${bail.words} Thistles.` };
		await turn({ since: 2, batch: batch({ since: 2, words: [theirs] }) }, attorney.actor);
		const again = await turn({ batch: sent });
		expect(again).toMatchObject({ seq: 3, outcomes: [{ id: bail.id, kind: 'kept' }] });
		expect((await pieces()).find((one) => one.id === bail.id)?.words).toBe(theirs.words);
	});

	test('splits where the editor did and names what is new, twice the same', async () => {
		const bail = says('when bail is posted');
		const cut = bail.words.lastIndexOf(' ', 60);
		const paragraphs = [bail.words.slice(0, cut), `Thistle ${bail.words.slice(cut + 1)}`];
		const sent = batch({
			words: [{ id: bail.id, heading: '', words: paragraphs.join(' ') }],
			deed: { act: 'split', provision: bail.id, paragraphs, names: ['n1'] },
		});
		const made = await turn({ batch: sent });
		expect(made.born).toHaveLength(1);
		expect(made.undo).toEqual({ to: 2, from: 3 });
		const [[, born] = ['', '']] = made.born;
		expect((await pieces()).find((piece) => piece.id === born)).toMatchObject({ number: '(c)', words: paragraphs[1] });
		const again = await turn({ batch: sent });
		expect([again.seq, again.born]).toEqual([made.seq, made.born]);
		const back = await turn({ batch: batch({ deed: { act: 'undone', to: 2, from: 3 } }) });
		expect(back.seq).toBe(4);
		expect(back.order).toHaveLength(first.length);
		const late = await turn({ batch: batch({ deed: { act: 'undone', to: 2, from: 3 } }) });
		expect([late.seq, late.refused]).toEqual([4, 'edited']);
	});

	test('does not change the order of words that clash, and says which do', async () => {
		const bail = says('when bail is posted');
		const write = (words: string) => [{ id: bail.id, heading: '', words: bail.words.replace('bail is posted', words) }];
		await turn({ batch: batch({ words: write('a bond is posted') }) }, attorney.actor);
		const answer = await turn({
			batch: batch({
				words: write('bail was paid'),
				deed: { act: 'removed', provision: bail.id, heading: '', words: write('bail was paid')[0]?.words ?? '' },
			}),
		});
		expect(answer).toMatchObject({ seq: 2, outcomes: [{ kind: 'clash' }], refused: 'clash' });
		expect((await pieces()).length).toBe(first.length);
	});

	test('takes nothing out that somebody wrote in meanwhile', async () => {
		const bail = says('when bail is posted');
		await turn(
			{ batch: batch({ words: [{ id: bail.id, heading: '', words: `${bail.words} Thistles.` }] }) },
			attorney.actor,
		);
		const deed = { act: 'removed', provision: bail.id, heading: '', words: bail.words } as const;
		expect(await turn({ batch: batch({ deed }) })).toMatchObject({ seq: 2, refused: 'written' });
		const seen = { ...deed, words: `${bail.words} Thistles.` };
		expect(await turn({ since: 2, batch: batch({ since: 2, deed: seen }) })).toMatchObject({ seq: 3, refused: null });
	});

	test('keeps the rest where one provision is too long or gone', async () => {
		const [bail, right] = [says('when bail is posted'), says('no private right')];
		await turn(
			{ batch: batch({ deed: { act: 'removed', provision: right.id, heading: right.heading, words: right.words } }) },
			attorney.actor,
		);
		const answer = await turn({
			batch: batch({
				words: [
					{ id: right.id, heading: '', words: 'Gone.' },
					{ id: bail.id, heading: '', words: 'x'.repeat(40_001) },
					{ id: says('delay bail').id, heading: '', words: 'Kept.' },
				],
			}),
		});
		expect(answer.outcomes.map(({ kind }) => kind)).toEqual(['gone', 'too_long', 'kept']);
	});

	test('says who else is there, for as long as they are, and to their city alone', async () => {
		const bail = says('when bail is posted');
		await turn({ desk: randomUUID(), at: bail.id }, attorney.actor);
		expect((await turn()).colleagues).toMatchObject([{ at: bail.id }]);
		expect((await turn({}, attorney.actor)).colleagues).toMatchObject([{ at: null }]);
		const { rows } = await world.db.as(stranger.actor, (tx) => sql`select * from adoption_presence`.execute(tx));
		expect(rows).toEqual([]);
	});

	test('does what else was sent where something new is too long, and says so', async () => {
		const bail = says('when bail is posted');
		const words = [{ id: bail.id, heading: '', words: `${bail.words} Brambles.` }];
		const long = {
			act: 'added',
			name: 'n1',
			place: { after: bail.id },
			heading: '',
			words: 'word '.repeat(9_000),
		} as const;
		const answer = await turn({ batch: batch({ words, deed: long }) });
		expect(answer).toMatchObject({ outcomes: [{ kind: 'kept' }], refused: 'too_long', born: [] });
		expect((await pieces()).find(({ id: own }) => own === bail.id)?.words).toContain('Brambles.');
	});

	test('does not join what its writer did not see', async () => {
		const bail = says('when bail is posted');
		const next = first[first.indexOf(bail) + 1]?.id ?? '';
		const between = {
			act: 'added',
			name: 'n9',
			place: { after: bail.id },
			heading: '',
			words: 'A colleague wrote this.',
		} as const;
		await turn({ batch: batch({ deed: between }) }, attorney.actor);
		const deed = { act: 'joined', provision: bail.id, next } as const;
		expect((await turn({ batch: batch({ deed }) })).refused).toBe('written');
		expect((await pieces()).find(({ id: own }) => own === bail.id)?.words).toBe(bail.words);
	});

	test.each(['bail', 'next'] as const)('does not join two where somebody wrote in one meanwhile: %s', async (which) => {
		const bail = says('when bail is posted');
		const next = first[first.indexOf(bail) + 1] as Piece;
		const one = which === 'bail' ? bail : next;
		const written = batch({ words: [{ id: one.id, heading: one.heading, words: `${one.words} Thistles.` }] });
		await turn({ batch: written }, attorney.actor);
		const deed = { act: 'joined', provision: bail.id, next: next.id } as const;
		expect((await turn({ batch: batch({ deed }) })).refused).toBe('written');
		expect((await turn({ since: 2, batch: batch({ since: 2, deed }) })).refused).toBeNull();
	});

	test('does not take out what somebody put something into meanwhile', async () => {
		const [bail, other] = [says('when bail is posted'), says('delay bail')];
		await turn(
			{ batch: batch({ deed: { act: 'moved', provision: other.id, place: { first: bail.id } } }) },
			attorney.actor,
		);
		const deed = { act: 'removed', provision: bail.id, heading: bail.heading, words: bail.words } as const;
		expect((await turn({ batch: batch({ deed }) })).refused).toBe('written');
		expect(await pieces()).toHaveLength(first.length);
	});

	test('makes something new once that two windows send', async () => {
		const bail = says('when bail is posted');
		const added = (words: string) =>
			({ act: 'added', name: 'n0123456789abcdef', place: { after: bail.id }, heading: '', words }) as const;
		const made = await turn({ batch: batch({ deed: added('Written once.') }) });
		const other = await turn({ desk: randomUUID(), since: 1, batch: batch({ deed: added('Written once, and on.') }) });
		expect(other).toMatchObject({ born: made.born, outcomes: [{ id: 'n0123456789abcdef', kind: 'clash' }] });
		expect((await pieces()).filter(({ words }) => words.startsWith('Written once'))).toHaveLength(1);
	});

	test('splits once what two windows split', async () => {
		const bail = says('when bail is posted');
		const cut = bail.words.lastIndexOf(' ', 60);
		const paragraphs = [bail.words.slice(0, cut), bail.words.slice(cut + 1)];
		const deed = { act: 'split', provision: bail.id, paragraphs, names: ['n1'] } as const;
		const made = await turn({ batch: batch({ deed }) });
		const words = [{ id: bail.id, heading: '', words: `${bail.words} Thistles.` }];
		const other = await turn({ desk: randomUUID(), batch: batch({ words, deed }) });
		expect(other.born).toEqual(made.born);
		expect((await pieces()).map((piece) => piece.words)).not.toContain(expect.stringContaining('Thistles.'));
		expect(await pieces()).toHaveLength(first.length + 1);
	});

	test('takes words for nobody but the one for whom its page was made', async () => {
		const sent = { batch: batch({ words: [{ id: says('when bail is posted').id, heading: '', words: 'Brambles.' }] }) };
		await expect(turn({ ...sent, writer: writerOf(clerk.actor) }, attorney.actor)).rejects.toThrow('Somebody else');
		const seat = { ...writerOf(clerk.actor), seat: randomUUID() };
		await expect(turn({ ...sent, writer: seat })).rejects.toThrow('Somebody else');
		expect(await pieces()).toEqual(first);
	});

	test('tells of a blank that is written over, and makes it one again where its words are written again', async () => {
		const state = () => world.db.as(clerk.actor, (tx) => stateOf(id, clerk.actor, tx));
		const [blank] = (await state()).blanks.filter(({ kind }) => kind === 'text');
		if (!blank) throw new Error('No blank.');
		await world.db.as(clerk.actor, (tx) => answer(id, { [blank.id]: 'Alder Falls' }, clerk.actor, world, tx));
		const marked = (await state()).provisions.find(({ text }) => text.includes(`{{${blank.id}}}`));
		const read = (await pieces()).find((one) => one.id === marked?.id);
		if (!marked || !read) throw new Error('No place for the blank.');
		const type = async (words: string) => {
			const { seq } = await state();
			const one = { id: marked.id, heading: read.heading, words };
			return turn({ since: seq, batch: batch({ since: seq, words: [one] }) });
		};
		expect((await type(read.words.replace('Alder Falls', 'Alder Fall'))).lost).toEqual([blank.label]);
		expect((await type(`${read.words.replace('Alder Falls', 'Alder Fal')} More.`)).lost).toEqual([]);
		await type(`${read.words} More.`);
		expect((await state()).provisions.find(({ id: own }) => own === marked.id)?.text).toBe(`${marked.text} More.`);
	});

	test('forgets who was there, although nobody of their city asks again', async () => {
		await turn({ at: says('when bail is posted').id });
		const long = new Date(Date.now() - 3_600_000);
		await world.db.as(clerk.actor, (tx) => sql`update adoption_presence set at = ${long}`.execute(tx));
		await forgetPresence(world);
		const { rows } = await world.db.as(clerk.actor, (tx) => sql`select from adoption_presence`.execute(tx));
		expect(rows).toHaveLength(0);
	});

	test('is for whoever may change the draft', async () => {
		await expect(turn({}, watching.actor)).rejects.toThrow();
		await expect(turn({}, stranger.actor)).rejects.toThrow('no such draft');
		await expect(turn({ batch: batch({ words: [] }) }, stranger.actor)).rejects.toThrow('no such draft');
	});

	test('makes edits that can be read one by one', async () => {
		const bail = says('when bail is posted');
		for (const nth of [1, 2, 3])
			await turn({
				since: nth,
				batch: batch({ since: nth, words: [{ id: bail.id, heading: '', words: `${bail.words} ${nth}` }] }),
			});
		const found = await world.db.as(clerk.actor, (tx) => edits(id, tx));
		expect(found.map(({ seq }) => seq)).toEqual([4, 3, 2, 1]);
	});
});

const NOBODY = { writer: { account: '', seat: '' } };
test.each([
	null,
	[],
	{},
	{ desk: DESK, since: 1, at: null, batch: null },
	{ ...NOBODY, desk: 'x', since: 1, at: null, batch: null },
	{ ...NOBODY, desk: DESK, since: 0, at: null, batch: null },
	{ ...NOBODY, desk: DESK, since: 1, at: "'", batch: null },
	{ ...NOBODY, desk: DESK, since: 1, at: null, batch: { id: DESK, since: 1, words: 'none', deed: null } },
	{ ...NOBODY, desk: DESK, since: 1, at: null, batch: { id: DESK, since: 1, words: [], deed: { act: 'burn' } } },
	{
		...NOBODY,
		desk: DESK,
		since: 1,
		at: null,
		batch: { id: DESK, since: 1, words: [], deed: { act: 'moved', provision: 'p1', place: 'x' } },
	},
	{
		...NOBODY,
		desk: DESK,
		since: 1,
		at: null,
		batch: { id: DESK, since: 1, words: Array(21).fill({ id: 'p', heading: '', words: '' }), deed: null },
	},
])('what no editor sends is refused, %#', (sent) => {
	expect(() => askedOf(sent)).toThrow('nothing that the editor sends');
});
