import { describe, expect, test } from 'vitest';
import type { Actor } from '#access/actor.ts';
import { borrow } from '#adoption/borrow.server.ts';
import type { DraftProvision } from '#adoption/draft.ts';
import { differing, elsewhere, wordsElsewhere } from '#adoption/elsewhere.server.ts';
import { byWording, readsAlike, sharedAddition, type Theirs } from '#adoption/elsewhere.ts';
import { edits } from '#adoption/history.server.ts';
import { newerOf } from '#adoption/newer.server.ts';
import { restore } from '#adoption/restore.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/world.ts';
import { compareTexts } from '#reuse/compare.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { adopted, fillAll } from './adopted.ts';
import { begun, DETAINERS, textAt } from './begun.ts';
import { doing } from './doing.ts';
import { stocked } from './stocked.ts';

const { here, world, cityOf } = await stocked();
here.now = new Date('2026-11-27T12:00:00Z');
const of = async (slug: string) => (await signedIn(world, { role: 'member', placeId: cityOf(slug) })).actor;
const [dunmere, wexmoor, alder] = [await of('dunmere'), await of('wexmoor'), await of('alder-falls')];
const as = <T>(verb: (tx: Tx) => Promise<T>) => world.db.as(alder, verb);

const OURS = 'The City shall not enter into an agreement.';
const city = (placeId: string | null, text: string): Theirs => ({ heading: null, text, placeId });

test.each<[string, readonly Theirs[], ReturnType<typeof sharedAddition>]>([
	['nobody else has it', [], null],
	['one city alone', [city('a', 'The City shall not enter into, renew, or carry out an agreement.')], null],
	[
		'two of three cities',
		[
			city('a', 'The City shall not enter into, renew, or carry out an agreement.'),
			city('b', 'The City shall not enter into, renew, or carry out an agreement.'),
			city('c', OURS),
		],
		{ words: 'renew, or carry out', cities: 2, of: 3 },
	],
	[
		'two policies of one city are one city',
		[city('a', `${OURS} Ever.`), city('a', `${OURS} Ever.`), city('b', OURS)],
		null,
	],
	[
		'two of five are too few',
		[city('a', `${OURS} Ever.`), city('b', `${OURS} Ever.`), city('c', OURS), city('d', OURS), city('e', OURS)],
		null,
	],
	['a model is no city', [city(null, `${OURS} Ever.`), city(null, `${OURS} Ever.`)], null],
])('what most cities have and a draft has not: %s', (_, theirs, found) => {
	expect(sharedAddition(OURS, theirs)).toEqual(found);
});

test('clauses of one wording stand together, in the order of the first of each', () => {
	const list = [city('a', 'One.'), city('b', 'Two.'), city('c', 'One.')];
	expect(byWording(list).map((alike) => alike.map(({ placeId }) => placeId))).toEqual([['a', 'c'], ['b']]);
});

test.each([
	['“No person” shall—ever—wait.', '"No person" shall - ever - wait.', true],
	['No  person shall wait.', 'No person shall wait.', true],
	['No person shall wait.', 'No person shall wait', false],
	['No person shall wait.', 'No person may wait.', false],
	['', '', true],
])('words read alike but for marks: %s, %s', (ours, theirs, alike) => {
	expect(readsAlike(ours, theirs)).toBe(alike);
});

/** A city's ordinance from the model, with words of its own in section 13. */
async function ordinance(actor: Actor, name: string, number: string, words: (was: string) => string): Promise<string> {
	const id = await begun(`Warrants in ${name}`, actor, world);
	await fillAll(id, name, actor, world);
	await world.db.as(actor, async (tx) => {
		const { provisions, seq } = await stateOf(id, actor, tx);
		const one = provisions.find(({ from }) => from?.eId === 'sec_13');
		const typed = { heading: one?.heading ?? '', words: words(one?.text ?? '') };
		await saveWords(id, one?.id ?? '', { typed, since: seq }, actor, world, tx);
	});
	return adopted(id, { number }, actor, world);
}

const theirs = await ordinance(
	dunmere,
	'Town of Dunmere',
	'Ordinance 2026-7',
	(was) => `${was} It binds volunteers too.`,
);
await ordinance(alder, 'City of Alder Falls', 'Ordinance 2026-9', (was) => `${was} OWN CITY.`);
// A draft of another city, never adopted: nobody hears of it.
const secret = await begun('Secret', wexmoor, world);
await fillAll(secret, 'Town of Wexmoor', wexmoor, world);
await compareTexts(world);

describe('a draft beside what other cities have', () => {
	test('names the policies of other cities on the shelf alone, at each provision', async () => {
		const id = await begun('Ours', alder, world);
		const { found, words } = await as(async (tx) => {
			const state = await stateOf(id, alder, tx);
			const found = await elsewhere(state, tx);
			const one = state.provisions.find(({ from }) => from?.eId === 'sec_13') as DraftProvision;
			return { found, words: await wordsElsewhere(found.get(one.id) ?? [], '2026-11-27' as Day, 'en', tx) };
		});
		expect(found.size).toBeGreaterThan(30);
		const places = new Set([...found.values()].flatMap((kin) => kin.map(({ placeId }) => placeId)));
		expect(places.has(cityOf('dunmere'))).toBe(true);
		for (const none of [cityOf('alder-falls'), cityOf('wexmoor'), null]) expect(places.has(none)).toBe(false);
		expect(
			words.map(({ clause, text }) => [clause.work.address, /It binds volunteers too\.$/.test(text)]),
		).toContainEqual([theirs, true]);
	});

	test('tells of a provision only where another city has other words than the draft has now', async () => {
		const id = await begun('Differing', alder, world);
		const told = () =>
			as(async (tx) => {
				const state = await stateOf(id, alder, tx);
				const eIds = new Map(state.provisions.map((one) => [one.id, one.from?.eId ?? '']));
				return [...(await differing(state, await elsewhere(state, tx), tx))].map(([of, places]) => [
					eIds.get(of),
					places,
				]);
			});
		expect((await told()).length).toBeGreaterThan(5);
		// With the answers of the other city, only what it wrote itself is other.
		await fillAll(id, 'Town of Dunmere', alder, world);
		expect(await told()).toEqual([['sec_13', [cityOf('dunmere')]]]);
		const write = async (eId: string, change: (was: string) => string) =>
			as(async (tx) => {
				const { provisions, seq } = await stateOf(id, alder, tx);
				const one = provisions.find(({ from }) => from?.eId === eId) as DraftProvision;
				const typed = { heading: one.heading ?? '', words: change(one.text) };
				await saveWords(id, one.id, { typed, since: seq }, alder, world, tx);
			});
		await write('sec_13', (was) => `${was} It binds volunteers too.`);
		expect(await told()).toEqual([]);
		await write('sec_13', (was) => was.replace('volunteers too', 'nobody else'));
		expect(await told()).toEqual([['sec_13', [cityOf('dunmere')]]]);
	});

	test('takes the words of another city, and keeps its number, its model and whose words they are', async () => {
		const id = await begun('Taking', alder, world);
		const { workId, expressionId, provisions } = await textAt(`${theirs}/2026-11-20`, world);
		const clause = {
			workId,
			expressionId,
			eId: provisions.find(({ heading }) => heading === 'Enforcement')?.eId ?? '',
		};
		const before = await as((tx) => stateOf(id, alder, tx));
		const own = before.provisions.find(({ from }) => from?.eId === 'sec_13') as DraftProvision;
		const wish = { provision: own.id, clause, since: before.seq };
		const seq = await as((tx) => borrow(id, wish, alder, world, tx));
		const after = await as((tx) => stateOf(id, alder, tx));
		const made = after.provisions.find((one) => one.id === own.id) as DraftProvision;
		expect(made.text).toMatch(/It binds volunteers too\.$/);
		expect([made.number, made.from]).toEqual([own.number, own.from]);
		expect(after.sources.map(({ nth, address, whole }) => [nth, address, whole])).toEqual([
			[1, DETAINERS, true],
			[2, `${theirs}/2026-11-20`, false],
		]);
		expect((await as((tx) => edits(id, tx)))[0]).toMatchObject({ seq, act: 'borrowed', provision: own.id });
		const { rows } = await as(async (tx) => ({
			rows: await tx
				.selectFrom('adoption_edit')
				.select(['borrowed', 'borrowed_e_id'])
				.where('draft_id', '=', id)
				.where('seq', '=', seq)
				.execute(),
		}));
		expect(rows).toEqual([{ borrowed: 2, borrowed_e_id: clause.eId }]);
		// The other city's text offers nothing by itself, and is a source once.
		expect(await as(async (tx) => newerOf(after, tx))).toEqual([]);
		await as((tx) => borrow(id, { ...wish, since: seq }, alder, world, tx));
		expect((await as((tx) => stateOf(id, alder, tx))).sources).toHaveLength(2);
		// Who saw the words before is told, and everything can be taken back.
		await expect(as((tx) => borrow(id, wish, alder, world, tx))).rejects.toThrow('meanwhile');
		await as((tx) => restore(id, { to: before.seq, from: seq + 1 }, alder, world, tx));
		expect((await as((tx) => stateOf(id, alder, tx))).provisions).toEqual(before.provisions);
	});

	test('tells a program the other words alone, and takes them by the address that it was told', async () => {
		const id = await begun('Program', alder, world);
		await fillAll(id, 'Town of Dunmere', alder, world);
		const program = { ...alder, program: 'change' } as const;
		const { done, look } = doing(world);
		const [one, another] = await look('elsewhere', program, id);
		expect(one).toMatchObject({
			words: expect.stringMatching(/It binds volunteers too\.$/),
			city: expect.stringMatching(/Dunmere, ZZ$/),
			from: expect.stringContaining(`${theirs}/2026-11-20/sec_`),
		});
		expect(one?.id).toBe(`${one?.provision}:${one?.from}`);
		expect(another).toBeUndefined();
		const sent = { provision: String(one?.provision), from: String(one?.from), since: 2 };
		expect(await done('borrow', sent, program, id)).toEqual({ seq: 3 });
		expect(await look('elsewhere', program, id)).toEqual([]);
		await expect(done('borrow', sent, program, id)).rejects.toMatchObject({ name: 'Conflict' });
		await expect(done('borrow', { ...sent, from: theirs, since: 3 }, program, id)).rejects.toThrow('one provision');
	});

	test('takes nothing that is not there, has blanks of a model, or belongs to a draft of another city', async () => {
		const id = await begun('Refusing', alder, world);
		const { provisions, seq } = await as((tx) => stateOf(id, alder, tx));
		const provision = provisions.find(({ from }) => from?.eId === 'sec_13')?.id ?? '';
		const model = await textAt(DETAINERS, world);
		const take = (clause: { workId: string; expressionId: string; eId: string }, draft = id, which = provision) =>
			as((tx) => borrow(draft, { provision: which, clause, since: seq }, alder, world, tx));
		const { workId, expressionId } = model;
		const blank = model.provisions.find(({ text }) => text.includes('{{'))?.eId ?? '';
		await expect(take({ workId, expressionId, eId: blank })).rejects.toThrow('have blanks');
		await expect(take({ workId, expressionId, eId: 'sec_999' })).rejects.toThrow('not in the library');
		await expect(take({ workId: 'x', expressionId, eId: 'sec_1' })).rejects.toThrow('not in the library');
		await expect(take({ workId, expressionId, eId: 'sec_1' }, id, 'p999')).rejects.toThrow('not in the draft');
		await expect(take({ workId, expressionId, eId: 'sec_1' }, secret)).rejects.toThrow('no such draft');
		expect((await as((tx) => stateOf(id, alder, tx))).seq).toBe(seq);
	});
});
