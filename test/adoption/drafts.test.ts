import { beforeEach, describe, expect, test } from 'vitest';
import { type Actor, VISITOR } from '#access/actor.ts';
import { answer } from '#adoption/answers.server.ts';
import { beginDraft, copyInto } from '#adoption/begin.server.ts';
import { edit } from '#adoption/edit.server.ts';
import { draftLines, stateOf } from '#adoption/state.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/world.ts';
import { signedIn } from '../access/signed-in.ts';
import { DETAINERS, textAt } from './begun.ts';
import { stocked } from './stocked.ts';

const { world, cityOf } = await stocked();
const clerk = await signedIn(world, { role: 'member', placeId: cityOf('alder-falls') });
const attorney = await signedIn(world, { role: 'counsel', placeId: cityOf('alder-falls'), counsel: true });
const watching = await signedIn(world, { role: 'observer', placeId: cityOf('alder-falls') });
const stranger = await signedIn(world, { role: 'member', placeId: cityOf('dunmere') });
const steward = await signedIn(world, { role: 'steward' });

const _TODAY = '2026-11-27' as Day;
const as = <T>(actor: Actor, verb: (tx: Tx) => Promise<T>) => world.db.as(actor, verb);

const model = await textAt(DETAINERS, world);
const wexmoor = await textAt('zz/place/wexmoor/general-order-7-14/2018-03-01', world).catch(() => null);

let id = '';
beforeEach(async () => {
	id = await as(clerk.actor, (tx) =>
		beginDraft({ title: ' Warrants ', copied: { ...model, only: null } }, clerk.actor, world, tx),
	);
});

const state = (at?: number) => as(clerk.actor, (tx) => stateOf(id, clerk.actor, tx, at));
const provisionAt = async (eId: string) => {
	const found = (await state()).provisions.find(({ from }) => from?.eId === eId);
	if (!found) throw new Error(`There is no ${eId}.`);
	return found;
};
const save = (actor: Actor, provision: string, words: string, since: number, heading = '') =>
	as(actor, (tx) => saveWords(id, provision, { typed: { heading, words }, since }, actor, world, tx));

describe('a draft', () => {
	test('begins as the model reads, and knows where every provision is from', async () => {
		const { draft, provisions, sources, seq } = await state();
		expect([draft.title, draft.seq, draft.editedBy, draft.sample]).toEqual(['Warrants', 1, clerk.person, true]);
		expect(sources).toMatchObject([{ nth: 1, address: 'coalition/detainers/2026-11-26', whole: true }]);
		expect(seq).toBe(1);
		expect(provisions.length).toBeGreaterThan(50);
		expect(new Set(provisions.map((one) => one.id)).size).toBe(provisions.length);
		expect(provisions.every(({ from }) => from?.source === 1)).toBe(true);
		const first = await provisionAt('sec_3__subsec_a');
		expect(first.text).toMatch(/^City personnel shall not keep a person in custody/);
		expect(provisions[first.parent ?? -1]?.heading).toBe('No hold without a judicial warrant');
	});

	test('is there for its city alone: no other city, steward or visitor is told of it', async () => {
		for (const { actor } of [stranger]) {
			expect((await as(actor, (tx) => draftLines(actor, tx))).map((one) => one.id)).not.toContain(id);
			await expect(as(actor, (tx) => stateOf(id, actor, tx))).rejects.toThrow('no such draft');
			await expect(as(actor, (tx) => answer(id, { city: 'X' }, actor, world, tx))).rejects.toThrow('no such draft');
		}
		for (const actor of [steward.actor, VISITOR])
			await expect(as(actor, (tx) => stateOf(id, actor, tx))).rejects.toThrow('may not open');
		expect((await as(watching.actor, (tx) => draftLines(watching.actor, tx))).map((one) => one.id)).toContain(id);
		await expect(as(watching.actor, (tx) => answer(id, { city: 'X' }, watching.actor, world, tx))).rejects.toThrow(
			'may not open',
		);
	});

	test('keeps every version: what was written over can be read', async () => {
		const one = await provisionAt('sec_1');
		const saved = await save(clerk.actor, one.id, 'This ordinance may be cited as the Warrant Ordinance.', 1, 'Title');
		expect(saved).toEqual({ kind: 'kept', seq: 2, was: 1, merged: false, lost: [] });
		expect(await provisionAt('sec_1')).toMatchObject({
			heading: 'Title',
			text: expect.stringContaining('Warrant Ordinance'),
		});
		expect((await state(1)).provisions.find((p) => p.id === one.id)?.heading).toBe('Short title');
		expect(
			await save(clerk.actor, one.id, 'This ordinance may be cited as the Warrant Ordinance.', 2, 'Title'),
		).toEqual({
			kind: 'kept',
			seq: 2,
			was: 2,
			merged: false,
			lost: [],
		});
	});
});

describe('blanks', () => {
	test('take answers; what is no answer comes back and the rest is kept', async () => {
		const { seq, wrong } = await as(clerk.actor, (tx) =>
			answer(id, { city: 'City of Alder Falls', training_days: 'soon', unknown: 'x' }, clerk.actor, world, tx),
		);
		expect(wrong).toEqual([{ blank: 'training_days', typed: 'soon', wrong: 'no_number' }]);
		expect(seq).toBe(2);
		expect((await state()).answers).toMatchObject({ city: 'City of Alder Falls' });
	});

	test('are filled in the next draft as they were in this, days left out', async () => {
		const given = { city: 'City of Alder Falls', effective_date: '2027-01-01', training_days: '45' };
		await as(clerk.actor, (tx) => answer(id, given, clerk.actor, world, tx));
		const next = await as(attorney.actor, (tx) =>
			beginDraft({ title: 'Second', copied: { ...model, only: ['sec_11', 'sec_15'] } }, attorney.actor, world, tx),
		);
		const { answers, provisions } = await as(attorney.actor, (tx) => stateOf(next, attorney.actor, tx));
		expect(answers).toEqual({ training_days: '45' });
		expect(provisions.map(({ number }) => number)).toEqual(['Section 11.', '(a)', '(b)', 'Section 15.']);
	});

	test('stay blanks when words around them are typed over', async () => {
		await as(clerk.actor, (tx) => answer(id, { custody_head: 'Chief of Police' }, clerk.actor, world, tx));
		const one = await provisionAt('sec_9__subsec_a');
		const { seq } = await state();
		const typed = one.text.replace('{{custody_head}}', 'Chief of Police').replace('a log', 'a public log');
		await save(clerk.actor, one.id, typed, seq);
		expect((await provisionAt('sec_9__subsec_a')).text).toBe(one.text.replace('a log', 'a public log'));
	});
});

describe('two who write at once', () => {
	test('in different words both have theirs', async () => {
		const one = await provisionAt('sec_3__subsec_a');
		await save(clerk.actor, one.id, one.text.replace('City personnel', 'City personnel and volunteers'), 1);
		const second = await save(attorney.actor, one.id, one.text.replace('entitled to release', 'free to go'), 1);
		expect(second).toMatchObject({ kind: 'kept', merged: true });
		const { text } = await provisionAt('sec_3__subsec_a');
		expect(text).toContain('City personnel and volunteers');
		expect(text).toContain('free to go');
	});

	test('in the same words the second is told, with all readings, and nothing is lost', async () => {
		const one = await provisionAt('sec_3__subsec_a');
		await save(clerk.actor, one.id, one.text.replace('shall not', 'must not'), 1);
		const second = await save(attorney.actor, one.id, one.text.replace('shall not', 'may not'), 1);
		if (second.kind !== 'clash') throw new Error(second.kind);
		const clash = second.passages.find((passage) => typeof passage !== 'string');
		expect(clash).toMatchObject({
			base: expect.stringContaining('shall'),
			ours: expect.stringContaining('may'),
			theirs: expect.stringContaining('must'),
		});
		expect((await provisionAt('sec_3__subsec_a')).text).toContain('must not');
	});

	test('at the same moment come one after the other', async () => {
		const [a, b] = [await provisionAt('sec_13'), await provisionAt('sec_14')];
		const saved = await Promise.all([
			save(clerk.actor, a.id, `${a.text} First.`, 1, a.heading ?? ''),
			save(attorney.actor, b.id, `${b.text} Second.`, 1, b.heading ?? ''),
		]);
		expect(saved.map(({ seq }) => seq).toSorted()).toEqual([2, 3]);
		expect((await provisionAt('sec_13')).text).toContain('First.');
		expect((await provisionAt('sec_14')).text).toContain('Second.');
	});

	test('one writes what the other took out: the second is told', async () => {
		const one = await provisionAt('sec_13');
		await as(clerk.actor, (tx) =>
			edit(
				id,
				{ act: 'removed', provision: one.id },
				({ provisions }) => ({ provisions: provisions.filter((p) => p !== provisions.find((q) => q.id === one.id)) }),
				clerk.actor,
				world,
				tx,
			),
		);
		expect(await save(attorney.actor, one.id, 'Other words.', 1)).toEqual({ kind: 'gone', seq: 2 });
	});
});

test('a provision of another city can be copied to a place in the draft', async () => {
	if (!wexmoor) throw new Error('The sample has changed.');
	const before = await state();
	const after = await provisionAt('sec_13');
	await as(clerk.actor, (tx) =>
		copyInto(id, { copied: { ...wexmoor, only: null }, after: after.id }, clerk.actor, world, tx),
	);
	const { provisions, sources } = await state();
	expect(sources).toHaveLength(2);
	const at = provisions.findIndex((p) => p.id === after.id);
	expect(provisions[at + 1]?.from?.source).toBe(2);
	expect(provisions.length).toBeGreaterThan(before.provisions.length);
	expect(provisions.at(-1)?.id).toBe(before.provisions.at(-1)?.id);
});
