import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Actor, SYSTEM, VISITOR } from '#access/actor.ts';
import { beginDraft } from '#adoption/begin.server.ts';
import type { DraftProvision, Source } from '#adoption/draft.ts';
import { copiedFrom } from '#adoption/history.server.ts';
import { type Decision, decide, newerOf, takeAll } from '#adoption/newer.server.ts';
import { offersOf } from '#adoption/newer.ts';
import { restore } from '#adoption/restore.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { restructure } from '#adoption/structure/restructure.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import type { Day } from '#kernel/day.ts';
import { workAt } from '#library/at.server.ts';
import type { Provision } from '#library/provision.ts';
import { stockShelf } from '#library/shelf.server.ts';
import { furnishSample } from '#places/sample.server.ts';
import type { Tx } from '#platform/world.ts';
import { signedIn } from '../access/signed-in.ts';
import { testDatabase } from '../database.ts';
import { MODELS } from './models.ts';

const { world } = await testDatabase();
await world.db.as(SYSTEM, (tx) => furnishSample(world, tx));
await stockShelf(world);
const city = await world.db.as(SYSTEM, (tx) =>
	tx.selectFrom('place').select('id').where('slug', '=', 'alder-falls').where('sample', '=', true).executeTakeFirst(),
);
const { actor } = await signedIn(world, { role: 'member', placeId: city?.id ?? '' });
const as = <T>(verb: (tx: Tx) => Promise<T>) => world.db.as(actor as Actor, verb);

async function textAt(path: string) {
	const found = await world.db.as(VISITOR, (tx) => workAt(path, '2026-11-27' as Day, tx));
	if (found.kind !== 'version') throw new Error(`${path} is no version.`);
	return { workId: found.work.id, expressionId: found.version.id, provisions: found.version.provisions };
}
const earlier = await textAt('coalition/detainers/2026-10-29');
const now = await textAt('coalition/detainers/2026-11-26');

async function begun(only: readonly string[] | null = null) {
	const { workId, expressionId } = earlier;
	const id = await as((tx) =>
		beginDraft({ title: 'Warrants', copied: { workId, expressionId, only } }, actor, world, tx),
	);
	return {
		id,
		state: () => as((tx) => stateOf(id, actor, tx)),
		newer: async () => (await as(async (tx) => newerOf(await stateOf(id, actor, tx), tx)))[0],
		decide: (change: string, what: Decision) =>
			as((tx) => decide(id, { source: 1, expressionId: now.expressionId, change }, what, actor, world, tx)),
	};
}

describe('a newer version of a model', () => {
	test('is told of, and offers what it changed, added and dropped', async () => {
		const draft = await begun();
		const newer = await draft.newer();
		expect(newer?.version.id).toBe(now.expressionId);
		expect(newer?.offers.length).toBeGreaterThan(2);
		expect(newer?.offers.every((offer) => offer.kind !== 'changed' || offer.merged !== null)).toBe(true);
	});

	test('taken over whole, the draft reads as it does, with the numbers it has, and is a copy of it from then on', async () => {
		const draft = await begun();
		for (let newer = await draft.newer(); newer?.offers[0]; newer = await draft.newer())
			await draft.decide(newer.offers[0].change, { decision: 'take' });
		const { provisions, sources } = await draft.state();
		const read = (list: readonly Pick<Provision, 'number' | 'heading' | 'text'>[]) =>
			list.map(({ number, heading, text }) => [number, heading, text]);
		expect(read(provisions)).toEqual(read(now.provisions));
		expect(sources[0]?.address).toBe('coalition/detainers/2026-11-26');
		expect(provisions.every(({ from }, n) => from?.eId === now.provisions[n]?.eId)).toBe(true);
		expect((await as((tx) => copiedFrom(draft.id, sources, tx))).get(1)?.length).toBe(now.provisions.length);
		expect(await draft.newer()).toBeUndefined();
	});

	test('taken over and taken back, the draft is a copy of the earlier version again, and is asked again', async () => {
		const draft = await begun();
		const before = await draft.state();
		const offers = (await draft.newer())?.offers.length ?? 0;
		const of = { source: 1, expressionId: now.expressionId };
		expect(await as((tx) => takeAll(draft.id, of, actor, world, tx))).toBe(offers);
		const after = await draft.state();
		expect(after.sources[0]?.expressionId).toBe(now.expressionId);
		await as((tx) => restore(draft.id, { to: 1, from: after.seq }, actor, world, tx));
		const back = await draft.state();
		const unasked = (sources: readonly Source[]) => sources.map((one) => ({ ...one, since: 0 }));
		expect([back.provisions, unasked(back.sources)]).toEqual([before.provisions, unasked(before.sources)]);
		expect((await draft.newer())?.offers.length).toBe(offers);
		expect(await as((tx) => takeAll(draft.id, of, actor, world, tx))).toBe(offers);
		expect((await draft.state()).provisions.map(({ text }) => text)).toEqual(after.provisions.map(({ text }) => text));
		// What was read of the draft in between can still be read.
		expect((await as((tx) => stateOf(draft.id, actor, tx, after.seq))).sources).toEqual(after.sources);
	});

	test('kept out, the draft stays as it was, and nobody is asked again', async () => {
		const draft = await begun();
		const before = (await draft.state()).provisions.map(({ text }) => text);
		for (let newer = await draft.newer(); newer?.offers[0]; newer = await draft.newer())
			await draft.decide(newer.offers[0].change, { decision: 'keep' });
		expect((await draft.state()).provisions.map(({ text }) => text)).toEqual(before);
		expect(await draft.newer()).toBeUndefined();
	});

	test('that changed words which the city changed otherwise gives all readings, and takes what was written of them', async () => {
		const draft = await begun();
		const offer = (await draft.newer())?.offers.find((one) => one.kind === 'changed');
		if (offer?.kind !== 'changed') throw new Error('The versions of the model have changed.');
		// The city wrote over every word.
		const typed = { heading: offer.ours.heading ?? '', words: 'The city wrote all of this anew.' };
		await as((tx) => saveWords(draft.id, offer.provision, { typed, since: 1 }, actor, world, tx));
		const clash = (await draft.newer())?.offers.find(({ change }) => change === offer.change);
		if (clash?.kind !== 'changed') throw new Error('The offer is gone.');
		expect(clash.merged).toBeNull();
		expect(clash.passages.some((one) => typeof one !== 'string' && one.ours.includes('anew'))).toBe(true);
		await expect(draft.decide(offer.change, { decision: 'take' })).rejects.toThrow('Both sides changed the same words');
		await draft.decide(offer.change, {
			...{ decision: 'edit', heading: typed.heading, words: 'Words that have both.' },
			since: 2,
		});
		const { provisions } = await draft.state();
		expect(provisions.find(({ id }) => id === offer.provision)?.text).toBe('Words that have both.');
		await expect(draft.decide(offer.change, { decision: 'keep' })).rejects.toThrow('was decided on');
	});

	test('offers nothing of what was never copied or was taken out', async () => {
		const part = await begun(['sec_1']);
		expect((await part.newer())?.offers ?? []).toEqual([]);
		const draft = await begun();
		const offer = (await draft.newer())?.offers.find((one) => one.kind === 'changed');
		if (offer?.kind !== 'changed') throw new Error('The versions of the model have changed.');
		await as((tx) => restructure(draft.id, { act: 'removed', provision: offer.provision }, actor, world, tx));
		expect((await draft.newer())?.offers.map(({ change }) => change)).not.toContain(offer.change);
	});
});

describe('words of a city and of a model', () => {
	const WORDS = ['volunteers', 'forthwith', 'in writing', 'contractors', 'ninety'];
	const texts = MODELS.flatMap(({ provisions }) => provisions).filter(({ text }) => text.split(' ').length > 12);
	/** A word put in, or taken out, at a place. */
	const change = fc.record({ at: fc.nat(200), put: fc.option(fc.constantFrom(...WORDS)) });
	const changed = (text: string, { at, put }: { at: number; put: string | null }) => {
		const words = text.split(' ');
		return words.toSpliced(at % words.length, put === null ? 1 : 0, ...(put === null ? [] : [put])).join(' ');
	};
	const bag = (text: string) => {
		const found = new Map<string, number>();
		for (const word of text.split(/\s+/)) found.set(word, (found.get(word) ?? 0) + 1);
		return found;
	};

	test('are never lost without a word: what either put in stands in both together, else all readings are shown', () => {
		let clean = 0;
		fc.assert(
			fc.property(
				fc.constantFrom(...texts),
				fc.array(change, { minLength: 1, maxLength: 3 }),
				change,
				(base, mine, theirs) => {
					const ours = mine.reduce(changed, base.text);
					const other = changed(base.text, theirs);
					const own: DraftProvision = {
						...{ id: 'p1', kind: base.kind, number: base.number, heading: base.heading, text: ours, parent: null },
						from: { source: 1, eId: base.eId },
					};
					const alone = { ...base, parent: null };
					const of = { source: 1, whole: true, taken: new Map<string, string>() };
					const [offer] = offersOf([alone], [{ ...alone, text: other }], [own], of);
					if (!offer) {
						// Nothing to decide: the model did not change, or the city has all of it.
						expect([base.text, ours].includes(other) || contains(ours, base.text, other, ours)).toBe(true);
						return;
					}
					if (offer.kind !== 'changed') throw new Error(`The provision is ${offer.kind}.`);
					if (offer.merged === null) {
						const read = (side: 'ours' | 'theirs') =>
							offer.passages.map((one) => (typeof one === 'string' ? one : one[side])).join('');
						expect([bag(read('ours')).size > 0, bag(read('theirs')).size > 0]).toEqual([true, true]);
						return;
					}
					clean++;
					expect(contains(offer.merged.text, base.text, ours, other)).toBe(true);
					expect(contains(offer.merged.text, base.text, other, ours)).toBe(true);
				},
			),
			{ numRuns: 1_000 },
		);
		console.log(`${clean} of 1000 pairs of edits went together without a question.`);
		expect(clean).toBeGreaterThan(700);
	});

	/** Whether a text has every word that a side put into the base, as often, but for what the other took out: counted, without the merge. */
	function contains(text: string, base: string, side: string, other: string): boolean {
		const [has, had, beside] = [bag(text), bag(base), bag(other)];
		return [...bag(side)].every(([word, n]) => {
			const before = had.get(word) ?? 0;
			const struck = Math.max(0, before - (beside.get(word) ?? 0));
			return n <= before || (has.get(word) ?? 0) >= n - struck;
		});
	}
});
