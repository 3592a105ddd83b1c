import { expect, test } from 'vitest';
import type { Actor } from '#access/actor.ts';
import { adopt } from '#adoption/adopt.server.ts';
import { beginDraft } from '#adoption/begin.server.ts';
import { copiedFrom } from '#adoption/history.server.ts';
import { type Decision, decide, newerOf, takeAll } from '#adoption/newer.server.ts';
import { restore } from '#adoption/restore.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { restructure } from '#adoption/structure/restructure.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import { dayAt } from '#kernel/day.ts';
import type { Tx } from '#platform/world.ts';
import { published } from '../../bench/adoption/published.ts';
import { signedIn } from '../access/signed-in.ts';
import { stocked } from './stocked.ts';

const { world, cityOf } = await stocked();
const clerk = (await signedIn(world, { role: 'member', placeId: cityOf('alder-falls') })).actor;
const attorney = (await signedIn(world, { role: 'counsel', placeId: cityOf('alder-falls'), counsel: true })).actor;
const as = <T>(actor: Actor, verb: (tx: Tx) => Promise<T>) => world.db.as(actor, verb);

const OF_LOGS = [
	'## Section 1. Logs',
	'The jail shall keep a log of every request that a federal officer makes about a person in custody.',
	'(a) The log shall be open to the council within five business days after each month has ended.',
	'(b) The log shall name the office that asked, and never the person about whom it asked.',
];
const OF_VISITS = [
	'## Section 2. Visits',
	'No room of the jail shall be lent to an officer of another government without a judicial warrant.',
	'(a) The head of the jail shall refuse in writing and shall keep the letter for seven years.',
	'(b) A letter of refusal shall be sent to the city attorney on the day on which it is written.',
];
const OF_TRAINING = [
	'## Section 2. Training',
	'Everyone who works in custody shall be trained in this chapter before the first day of work.',
	'(a) The training shall be repeated each year and whenever this chapter is amended by the council.',
	'(b) Whoever was not trained shall not answer any request that comes from another government.',
];
const markdown = (...sections: readonly (readonly string[])[]) => `# A chapter\n\n${sections.flat().join('\n\n')}\n`;

/** A model whose second version has a section with two subsections in the place of another, and other words in the first. */
let models = 0;
async function twoVersions() {
	const now = OF_LOGS.map((line) => line.replace('five business days', 'three business days'));
	const slug = `chapter-${++models}`;
	const days = ['2026-10-01', '2026-11-01'] as const;
	const texts = [markdown(OF_LOGS, OF_VISITS), markdown(now, OF_TRAINING)] as const;
	const [earlier, later] = await published(
		slug,
		[
			[days[0], texts[0]],
			[days[1], texts[1]],
		],
		world,
	);
	if (!earlier || !later) throw new Error('The model is not on the shelf.');
	return { earlier, later };
}

async function drafted(only: readonly string[] | null = null) {
	const { earlier, later } = await twoVersions();
	const id = await as(clerk, (tx) => beginDraft({ title: 'Custody', copied: { ...earlier, only } }, clerk, world, tx));
	const state = () => as(clerk, (tx) => stateOf(id, clerk, tx));
	const of = { source: 1, expressionId: later.expressionId };
	const at = async (eId: string) => {
		const found = (await state()).provisions.find(({ from }) => from?.eId === eId);
		if (!found) throw new Error(`There is no ${eId}.`);
		return found;
	};
	return {
		...{ id, state, at, earlier, later, of },
		offers: async () => (await as(clerk, async (tx) => newerOf(await stateOf(id, clerk, tx), tx)))[0]?.offers ?? [],
		takeAll: () => as(clerk, (tx) => takeAll(id, of, clerk, world, tx)),
		decide: (change: string, what: Decision, actor = clerk) =>
			as(actor, (tx) => decide(id, { ...of, change }, what, actor, world, tx)),
		type: async (provision: string, words: string, actor = clerk) =>
			as(actor, (tx) => saveWords(id, provision, { typed: { heading: '', words }, since: 1 }, actor, world, tx)),
	};
}

test('a new section comes with all that lies in it, one that went goes with all of it, and each knows its provision', async () => {
	const draft = await drafted();
	expect((await draft.offers()).map(({ kind, change }) => `${kind} ${change}`)).toEqual([
		'changed sec_1__subsec_a',
		'added +sec_2',
		...['removed sec_2', 'removed sec_2__subsec_a', 'removed sec_2__subsec_b'],
	]);
	await draft.takeAll();
	const { provisions, sources } = await draft.state();
	expect(provisions.map(({ number, text, from }) => [number, text, from?.eId])).toEqual(
		draft.later.provisions.map(({ number, text, eId }) => [number, text, eId]),
	);
	expect(sources[0]?.expressionId).toBe(draft.later.expressionId);
	expect(await draft.offers()).toEqual([]);
});

test('a section that the model dropped stays while the city has words of its own in it', async () => {
	const draft = await drafted();
	const inside = await draft.at('sec_2__subsec_a');
	const own = `${inside.text} The letter is public.`;
	await draft.type(inside.id, own);
	await draft.takeAll();
	const left = await draft.offers();
	expect(left.map(({ change }) => change)).toEqual(['sec_2', 'sec_2__subsec_a']);
	await expect(draft.decide('sec_2', { decision: 'take' })).rejects.toThrow('words of your city');
	expect((await draft.state()).provisions.some(({ text }) => text === own)).toBe(true);
	for (const { change } of left) await draft.decide(change, { decision: 'keep' });
	const { provisions, sources } = await draft.state();
	expect(provisions.find(({ id }) => id === inside.id)).toMatchObject({ text: own, from: null });
	expect(sources[0]?.expressionId).toBe(draft.later.expressionId);
});

test('words written of both are not kept over what a colleague wrote meanwhile', async () => {
	const draft = await drafted();
	const one = await draft.at('sec_1__subsec_a');
	const { seq } = await draft.state();
	await draft.type(one.id, `${one.text} Counsel added this.`, attorney);
	const typed = { heading: '', words: 'The log shall be open at once.' };
	await expect(draft.decide('sec_1__subsec_a', { decision: 'edit', ...typed, since: seq })).rejects.toThrow(
		'changed the words of this provision meanwhile',
	);
	expect((await draft.at('sec_1__subsec_a')).text).toContain('Counsel added this.');
});

test('two who take the same change at once take it once', async () => {
	const draft = await drafted();
	const both = await Promise.allSettled(
		[clerk, attorney].map((actor) => draft.decide('+sec_2', { decision: 'take' }, actor)),
	);
	expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
	const { provisions } = await draft.state();
	expect(provisions.filter(({ heading }) => heading === 'Training')).toHaveLength(1);
});

test('of a section copied alone, the redline is against the newer version of that section alone', async () => {
	const draft = await drafted(['sec_1']);
	expect((await draft.offers()).map(({ change }) => change)).toEqual(['sec_1__subsec_a']);
	await draft.takeAll();
	const { sources } = await draft.state();
	const copied = (await as(clerk, (tx) => copiedFrom(draft.id, sources, tx))).get(1) ?? [];
	expect(copied.map(({ eId }) => eId)).toEqual(['sec_1', 'sec_1__subsec_a', 'sec_1__subsec_b']);
	expect(copied[1]?.text).toContain('three business days');
});

test('an edit is taken back only by who has seen all edits since', async () => {
	const draft = await drafted();
	const one = await draft.at('sec_1__subsec_a');
	const mine = await draft.type(one.id, `${one.text} Mine.`);
	await as(attorney, (tx) => restructure(draft.id, { act: 'removed', provision: one.id }, attorney, world, tx));
	const undo = { to: mine.seq - 1, from: mine.seq };
	await expect(as(clerk, (tx) => restore(draft.id, undo, clerk, world, tx))).rejects.toThrow(
		'edited the draft meanwhile',
	);
	expect((await draft.state()).provisions.some(({ id }) => id === one.id)).toBe(false);
});

test('braces that no model declares are never put on the shelf', async () => {
	const draft = await drafted();
	const one = await draft.at('sec_1__subsec_b');
	await draft.type(one.id, 'The log shall name {{the_office}} that asked.');
	const voted = {
		number: 'Ordinance 9',
		adopted: dayAt(world.clock.now()),
		vote: null,
		inForce: null,
		tellsSources: true,
	};
	expect(await adopt(draft.id, voted, clerk, world)).toEqual({ refused: 'blanks_open', n: 1 });
});
