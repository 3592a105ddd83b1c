import { expect, test } from 'vitest';
import { beginDraft } from '#adoption/begin.server.ts';
import { borrow } from '#adoption/borrow.server.ts';
import { danglingIn } from '#adoption/dangling.server.ts';
import { decide, newerOf, takeAll } from '#adoption/newer.server.ts';
import { restore } from '#adoption/restore.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { restructure } from '#adoption/structure/restructure.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import type { Tx } from '#platform/world.ts';
import { type Published, published, read } from '../../bench/adoption/published.ts';
import { signedIn } from '../access/signed-in.ts';
import { stocked } from './stocked.ts';

const { world, cityOf } = await stocked();
const { actor } = await signedIn(world, { role: 'member', placeId: cityOf('alder-falls') });
const as = <T>(verb: (tx: Tx) => Promise<T>) => world.db.as(actor, verb);

type Section = readonly [heading: string, words: string];
const LOGS: Section = [
	'Logs',
	'The jail shall keep a log of every request that an officer makes about a person in custody.',
];
const INTERVIEWS: Section = [
	'Interviews',
	'No person in custody shall be interviewed by an officer of another government without a lawyer.',
];
const FINES: Section = [
	'Fines',
	'An employee who breaks this chapter pays a fine of five hundred dollars to the treasury of the city.',
];
const chapter = (...sections: readonly (readonly [number: number, ...Section])[]) =>
	read(
		`# A chapter\n\n${sections.map(([n, heading, words]) => `## Section ${n}. ${heading}\n\n${words}`).join('\n\n')}\n`,
	);
const inOrder = (...sections: readonly Section[]) =>
	chapter(...sections.map((section, n) => [n + 1, ...section] as const));

let models = 0;
/** A draft of a model's first version; the second is on the shelf already. */
async function drafted(first: ReturnType<typeof read>, second: ReturnType<typeof read>) {
	const slug = `hanging-${++models}`;
	const earlier = await published(slug, { day: '2026-10-01', reading: first }, world);
	const later = await published(slug, { day: '2026-11-01', reading: second }, world);
	return { later, ...(await begun(earlier)), of: { source: 1, expressionId: later.expressionId } };
}

async function begun(model: Published) {
	const id = await as((tx) => beginDraft({ title: 'Custody', copied: { ...model, only: null } }, actor, world, tx));
	const state = () => as((tx) => stateOf(id, actor, tx));
	const called = async (heading: string) => {
		const found = (await state()).provisions.find((one) => one.heading === heading);
		if (!found) throw new Error(`There is no ${heading}.`);
		return found;
	};
	return {
		...{ id, state, called },
		adds: async (heading: string, words: string) => {
			const { id: provision, text } = await called(heading);
			const typed = { heading, words: `${text} ${words}` };
			await as((tx) => saveWords(id, provision, { typed, since: 1 }, actor, world, tx));
		},
		hanging: async () =>
			(await as(async (tx) => danglingIn(await stateOf(id, actor, tx), tx))).map(({ words }) => words),
		offers: async () =>
			(await as(async (tx) => newerOf(await stateOf(id, actor, tx), tx)))[0]?.offers.map(({ change }) => change) ?? [],
	};
}

test('a new section that speaks of what the city left out is taken by hand alone, and says so', async () => {
	const waiver: Section = [
		'Waiver',
		'A person may waive in writing the rule of section 2 after an interpreter has read it aloud.',
	];
	const draft = await drafted(inOrder(LOGS, INTERVIEWS, FINES), inOrder(LOGS, INTERVIEWS, FINES, waiver));
	const { id: provision } = await draft.called('Interviews');
	await as((tx) => restructure(draft.id, { act: 'removed', provision }, actor, world, tx));
	await as((tx) => takeAll(draft.id, draft.of, actor, world, tx));
	expect(await draft.offers()).toEqual(['+sec_4']);
	expect(await draft.hanging()).toEqual([]);
	await as((tx) => decide(draft.id, { ...draft.of, change: '+sec_4' }, { decision: 'take' }, actor, world, tx));
	expect(await draft.hanging()).toEqual(['section 2']);
	await draft.adds('Waiver', 'It is void.');
	expect(await draft.hanging(), 'as long as its words stand').toEqual(['section 2']);
	const { seq } = await draft.state();
	await as((tx) => restore(draft.id, { to: 1, from: seq }, actor, world, tx));
	expect(await draft.hanging(), 'once the draft is what it was').toEqual([]);
});

test.each([
	['moved on', 4, 5],
	['in each other’s place', 4, 3],
] as const)('numbers of the model, %s, take all references along', async (_, three, four) => {
	const speaks = (a: number, b: number): Section => [
		'Logs',
		`The jail shall keep a log of every interview under section ${a} and of every fine that is paid under section ${b} of this chapter.`,
	];
	const review = (b: number): Section => [
		'Review',
		`The council shall look each year at the fines of section ${b} and may ask who paid them.`,
	];
	const model = (a: number, b: number) =>
		chapter([1, ...speaks(a, b)], [2, ...review(b)], [a, ...INTERVIEWS], [b, ...FINES]);
	const draft = await drafted(model(3, 4), model(three, four));
	await draft.adds('Review', 'Lawyers are those of section 3.');
	await as((tx) => takeAll(draft.id, draft.of, actor, world, tx));
	const text = (await draft.state()).provisions.map(({ number, text }) => [number, text.replace(/ Lawyers are.*/, '')]);
	expect(text).toEqual(draft.later.provisions.map(({ number, text }) => [number, text]));
	expect((await draft.called('Review')).text).toContain(`Lawyers are those of section ${three}.`);
	expect(await draft.offers()).toEqual([]);
});

test('a section of which the city speaks in its own words is not dropped without a question', async () => {
	const draft = await drafted(inOrder(LOGS, INTERVIEWS, FINES), inOrder(LOGS, FINES));
	await draft.adds('Logs', 'It names the lawyer required by section 2.');
	await as((tx) => takeAll(draft.id, draft.of, actor, world, tx));
	expect(await draft.offers()).toEqual(['sec_2']);
	await as((tx) => decide(draft.id, { ...draft.of, change: 'sec_2' }, { decision: 'take' }, actor, world, tx));
	expect(await draft.hanging()).toEqual(['section 2']);
});

test('borrowed words say which sections they name in the text that they are from', async () => {
	const draft = await begun(
		await published(`hanging-${++models}`, { day: '2026-10-01', reading: inOrder(LOGS, INTERVIEWS) }, world),
	);
	const warrants: Section = [
		'Warrants',
		'No officer shall enter a closed room of the jail unless a judge has signed a warrant.',
	];
	const logs: Section = ['Logs', 'The jail shall keep a log of every request and of each warrant under section 2.'];
	const other = await published(
		`hanging-${++models}`,
		{ day: '2026-10-01', reading: inOrder(FINES, warrants, logs) },
		world,
	);
	const { id: provision } = await draft.called('Logs');
	const clause = { workId: other.workId, expressionId: other.expressionId, eId: 'sec_3' };
	await as((tx) => borrow(draft.id, { provision, clause, since: 1 }, actor, world, tx));
	expect(await draft.hanging()).toEqual(['section 2']);
});
