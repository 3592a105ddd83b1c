import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#access/actor.ts';
import { beginDraft } from '#adoption/begin.server.ts';
import type { DraftProvision, Source } from '#adoption/draft.ts';
import { copiedFrom } from '#adoption/history.server.ts';
import { type Decision, decide, newerOf, takeAll } from '#adoption/newer.server.ts';
import { offersOf, versions } from '#adoption/newer.ts';
import { restore } from '#adoption/restore.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { restructure } from '#adoption/structure/restructure.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import type { Provision } from '#library/provision.ts';
import type { Tx } from '#platform/world.ts';
import { has } from '../../bench/adoption/merging.ts';
import { signedIn } from '../access/signed-in.ts';
import { DETAINERS, textAt } from './begun.ts';
import { MODELS } from './models.ts';
import { stocked } from './stocked.ts';

const { world, cityOf } = await stocked();
const { actor } = await signedIn(world, { role: 'member', placeId: cityOf('alder-falls') });
const as = <T>(verb: (tx: Tx) => Promise<T>) => world.db.as(actor as Actor, verb);

const earlier = await textAt('coalition/detainers/2026-10-29', world);
const now = await textAt(DETAINERS, world);

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
	// In no model: a word that a side both strikes and puts in could not be counted.
	const WORDS = ['bramble', 'cobalt', 'dulcimer', 'ember', 'fennel'];
	const texts = MODELS.flatMap(({ provisions }) => provisions).filter(({ text }) => text.split(' ').length > 12);
	/** A word put in, or taken out, at a place. */
	const change = fc.record({ at: fc.nat(200), put: fc.option(fc.constantFrom(...WORDS)) });
	const changed = (text: string, { at, put }: { at: number; put: string | null }) => {
		const words = text.split(' ');
		return words.toSpliced(at % words.length, put === null ? 1 : 0, ...(put === null ? [] : [put])).join(' ');
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
					const [offer] = offersOf(versions([alone], [{ ...alone, text: other }]), [own], of);
					if (!offer) {
						// Nothing to decide: the model did not change, or the city has all of it.
						expect([base.text, ours].includes(other) || has(ours, base.text, other, ours)).toBe(true);
						return;
					}
					if (offer.kind !== 'changed') throw new Error(`The provision is ${offer.kind}.`);
					if (offer.merged === null) {
						const read = (side: 'ours' | 'theirs') =>
							offer.passages.map((one) => (typeof one === 'string' ? one : one[side])).join(' ');
						expect(has(read('ours'), base.text, ours, other)).toBe(true);
						expect(has(read('theirs'), base.text, other, ours)).toBe(true);
						return;
					}
					clean++;
					expect(has(offer.merged.text, base.text, ours, other)).toBe(true);
					expect(has(offer.merged.text, base.text, other, ours)).toBe(true);
				},
			),
			{ numRuns: 1_000 },
		);
		console.log(`${clean} of 1000 pairs of edits went together without a question.`);
		expect(clean).toBeGreaterThan(700);
	});
});
