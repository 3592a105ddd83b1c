import { describe, expect, test } from 'vitest';
import type { Actor } from '#access/actor.ts';
import { adopt } from '#adoption/adopt.server.ts';
import { beginDraft, copyInto } from '#adoption/begin.server.ts';
import { danglingIn } from '#adoption/dangling.server.ts';
import { copiedFrom } from '#adoption/history.server.ts';
import { type Decision, decide, newerOf, takeAll } from '#adoption/newer.server.ts';
import { restore } from '#adoption/restore.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { restructure } from '#adoption/structure/restructure.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import { dayAt } from '#kernel/day.ts';
import type { Provision } from '#library/provision.ts';
import type { Tx } from '#platform/world.ts';
import { published, read } from '../../bench/adoption/published.ts';
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
	const earlier = await published(slug, { day: '2026-10-01', reading: read(markdown(OF_LOGS, OF_VISITS)) }, world);
	const later = await published(slug, { day: '2026-11-01', reading: read(markdown(now, OF_TRAINING)) }, world);
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

test('a heading that the model put over what the city has goes over it there too', async () => {
	const flat = ['## Section 1. Logs', ...OF_LOGS.slice(1), '## Section 2. Visits', ...OF_VISITS.slice(1)];
	const slug = `chapter-${++models}`;
	const earlier = await published(slug, { day: '2026-10-01', reading: read(flat.join('\n\n')) }, world);
	const over = read(['# Chapter 1. Custody', ...flat].join('\n\n'));
	const later = await published(slug, { day: '2026-11-01', reading: over }, world);
	const id = await as(clerk, (tx) => beginDraft({ title: slug, copied: { ...earlier, only: null } }, clerk, world, tx));
	await as(clerk, (tx) => takeAll(id, { source: 1, expressionId: later.expressionId }, clerk, world, tx));
	const { provisions } = await as(clerk, (tx) => stateOf(id, clerk, tx));
	const standing = (list: readonly Pick<Provision, 'number' | 'text' | 'parent'>[]) =>
		list.map(({ number, text, parent }) => [number, text, parent]);
	expect(standing(provisions)).toEqual(standing(later.provisions));
	expect(later.provisions[0]?.kind).toBe('chapter');
});

test('what the model moved is moved here, and asked where the city moved it as well', async () => {
	const rows = [
		'(a) One log is open to the council of the city within five business days.',
		'(b) Another log is sent to the clerk and read aloud in the chamber each month.',
		'(c) A third log is kept in the vault and is shown to nobody without a warrant.',
	];
	const listed = (order: readonly number[]) =>
		markdown([
			'## Section 1. Logs',
			'There are three logs of the jail, which shall be kept as follows:',
			...order.map((n, at) => `(${'abc'[at]})${(rows[n] ?? '').slice(3)}`),
		]);
	const slug = `chapter-${++models}`;
	const earlier = await published(slug, { day: '2026-10-01', reading: read(listed([0, 1, 2])) }, world);
	const begin = () =>
		as(clerk, (tx) => beginDraft({ title: slug, copied: { ...earlier, only: null } }, clerk, world, tx));
	const [plain, own] = [await begin(), await begin()];
	const later = await published(slug, { day: '2026-11-01', reading: read(listed([1, 2, 0])) }, world);
	const of = { source: 1, expressionId: later.expressionId };
	const words = async (id: string) =>
		(await as(clerk, (tx) => stateOf(id, clerk, tx))).provisions
			.slice(-3)
			.map(({ number, text }) => `${number} ${text.slice(0, 8)}`);
	const offers = async (id: string) =>
		(await as(clerk, async (tx) => newerOf(await stateOf(id, clerk, tx), tx)))[0]?.offers ?? [];
	expect(await offers(plain)).toMatchObject([{ kind: 'moved', change: '.sec_1__subsec_a', both: false }]);
	await as(clerk, (tx) => takeAll(plain, of, clerk, world, tx));
	expect(await words(plain)).toEqual(['(a) Another ', '(b) A third ', '(c) One log ']);
	expect(await offers(plain)).toEqual([]);
	const { provisions } = await as(clerk, (tx) => stateOf(own, clerk, tx));
	const [a, b] = provisions.slice(-3).map(({ id }) => id);
	await as(clerk, (tx) =>
		restructure(own, { act: 'moved', provision: a ?? '', place: { after: b ?? '' } }, clerk, world, tx),
	);
	expect(await offers(own)).toMatchObject([{ kind: 'moved', both: true }]);
	await as(clerk, (tx) => takeAll(own, of, clerk, world, tx));
	expect(await words(own)).toEqual(['(a) Another ', '(b) One log ', '(c) A third ']);
});

describe('what the model says of its own sections', () => {
	const section = (n: number, heading: string, words: string) => [`## Section ${n}. ${heading}`, words];
	const logs = (n: number, days: string) =>
		`The jail shall keep a log of requests, and shall close it under section ${n} within ${days} business days of the last one.`;
	const closing = 'A log that is closed shall be sent to the council and to the clerk of the city in writing.';
	const costs = 'Nobody shall be asked to pay for a copy of the log or for the letter that comes with it.';
	const visits = 'No room shall be lent to an officer of another government without a judicial warrant in hand.';
	const fresh =
		'Everyone shall be trained in this chapter before the first day of work, and told of it as section 4 says.';

	async function renumbered() {
		const before = markdown(
			section(1, 'Logs', logs(3, 'five')),
			section(2, 'Visits', visits),
			section(3, 'Closing', closing),
			section(4, 'Costs', costs),
		);
		const after = markdown(
			...[section(1, 'Logs', logs(4, 'three')), section(2, 'Training', fresh)],
			...[section(3, 'Visits', visits), section(4, 'Closing', closing), section(5, 'Costs', costs)],
		);
		const slug = `chapter-${++models}`;
		const earlier = await published(slug, { day: '2026-10-01', reading: read(before) }, world);
		const later = await published(slug, { day: '2026-11-01', reading: read(after) }, world);
		const id = await as(clerk, (tx) =>
			beginDraft({ title: slug, copied: { ...earlier, only: null } }, clerk, world, tx),
		);
		const of = { source: 1, expressionId: later.expressionId };
		const said = async (of: string) =>
			(await as(clerk, (tx) => stateOf(id, clerk, tx))).provisions.find(({ heading }) => heading === of)?.text;
		const decided = async (...changes: readonly (readonly [string, 'take' | 'keep'])[]) => {
			for (const [change, decision] of changes)
				await as(clerk, (tx) => decide(id, { ...of, change }, { decision }, clerk, world, tx));
			return said('Logs');
		};
		return { id, of, said, decided };
	}

	test('is right in whatever order its changes are taken', async () => {
		const wanted = logs(4, 'three');
		const all = await renumbered();
		await as(clerk, (tx) => takeAll(all.id, all.of, clerk, world, tx));
		expect([await all.said('Logs'), await all.said('Training')]).toEqual([wanted, fresh]);
		const [words, section] = [
			['sec_1', 'take'],
			['+sec_2', 'take'],
		] as const;
		for (const order of [
			[words, section],
			[section, words],
		])
			expect(await (await renumbered()).decided(...order)).toBe(wanted);
	});

	test('is right where the city leaves out what moved the numbers on', async () => {
		const wanted = logs(3, 'three');
		const [words, section] = [
			['sec_1', 'take'],
			['+sec_2', 'keep'],
		] as const;
		for (const order of [
			[words, section],
			[section, words],
		])
			expect(await (await renumbered()).decided(...order)).toBe(wanted);
	});
});

test('a section copied into a draft speaks of the sections that came with it, by their numbers there', async () => {
	const one = [
		'## Section 1. Purpose',
		'This ordinance keeps the rooms of the jail for the work of the jail and for nothing else.',
	];
	const two = [
		'## Section 2. Costs',
		'Nobody shall be asked to pay for a copy of the log or for the letter that comes with it.',
	];
	const own = await published(`chapter-${++models}`, { day: '2026-10-01', reading: read(markdown(one, two)) }, world);
	const rules = [
		[
			'## Section 1. Logs',
			'The jail shall keep a log of requests, which shall be closed as section 2 says and opened as section 3 says.',
		],
		[
			'## Section 2. Closing',
			'A log that is closed shall be sent to the council and to the clerk of the city in writing.',
		],
		['## Section 3. Opening', 'A log shall be opened again by the council alone, after the clerk was heard about it.'],
	];
	const other = await published(`chapter-${++models}`, { day: '2026-10-01', reading: read(markdown(...rules)) }, world);
	const id = await as(clerk, (tx) => beginDraft({ title: 'Two', copied: { ...own, only: null } }, clerk, world, tx));
	const copied = { ...other, only: ['sec_1', 'sec_2'] };
	await as(clerk, (tx) => copyInto(id, { copied, after: null }, clerk, world, tx));
	const { provisions } = await as(clerk, (tx) => stateOf(id, clerk, tx));
	const logs = provisions.find(({ heading }) => heading === 'Logs');
	expect(logs?.number).toBe('Section 3.');
	expect(logs?.text).toContain('closed as section 4 says and opened as section 3 says');
	// Section 3 of the other text was not copied, and the one here is another.
	const hanging = () => as(clerk, async (tx) => danglingIn(await stateOf(id, clerk, tx), tx));
	expect(await hanging()).toEqual([{ in: logs?.id, words: 'section 3' }]);
	const typed = { heading: 'Logs', words: 'The jail shall keep a log of requests, closed as section 4 says.' };
	await as(clerk, (tx) => saveWords(id, logs?.id ?? '', { typed, since: 2 }, clerk, world, tx));
	expect(await hanging()).toEqual([]);
});

test('a number that the model changed in place is offered, and references follow it', async () => {
	const chapter = (number: string) =>
		markdown(
			[
				'## Section 9.40.010. Logs',
				`The jail shall keep a log of requests, which is closed as section ${number} says.`,
			],
			[
				`## Section ${number}. Closing`,
				'A log that is closed shall be sent to the council and to the clerk of the city in writing.',
			],
		);
	const slug = `chapter-${++models}`;
	const earlier = await published(slug, { day: '2026-10-01', reading: read(chapter('9.40.030')) }, world);
	const later = await published(slug, { day: '2026-11-01', reading: read(chapter('9.40.050')) }, world);
	const id = await as(clerk, (tx) => beginDraft({ title: slug, copied: { ...earlier, only: null } }, clerk, world, tx));
	const offers = await as(clerk, async (tx) => newerOf(await stateOf(id, clerk, tx), tx));
	expect(offers[0]?.offers.map(({ kind }) => kind)).toEqual(['renumbered']);
	await as(clerk, (tx) => takeAll(id, { source: 1, expressionId: later.expressionId }, clerk, world, tx));
	const { provisions } = await as(clerk, (tx) => stateOf(id, clerk, tx));
	expect(provisions.map(({ number, text }) => [number, text])).toEqual(
		later.provisions.map(({ number, text }) => [number, text]),
	);
});
