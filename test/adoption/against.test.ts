import { describe, expect, test } from 'vitest';
import { comparison } from '#adoption/against.server.ts';
import { answer } from '#adoption/answers.server.ts';
import { type Against, readAgainst, typedAgainst, writeAgainst } from '#adoption/beside.ts';
import type { DraftProvision, State } from '#adoption/draft.ts';
import { type Newer, newerOf } from '#adoption/newer.server.ts';
import { gathered, gatheredAgainst } from '#adoption/out/outgoing.server.ts';
import { draftPaper, type Outgoing } from '#adoption/out/outgoing.ts';
import { siblingsOf } from '#adoption/siblings.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { restructure } from '#adoption/structure/restructure.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import { speech } from '#i18n/message.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/world.ts';
import { compareTexts } from '#reuse/compare.server.ts';
import { draftNoteInWords, leafState } from '../../src/routes/adoption/against-words.ts';
import { type Leaf, leavesOf } from '../../src/routes/adoption/reading.ts';
import { namesOf } from '../../src/routes/adoption/shown.ts';
import { toldOf } from '../../src/routes/adoption/told.ts';
import { signedIn } from '../access/signed-in.ts';
import { adopted, fillAll } from './adopted.ts';
import { begun, textAt } from './begun.ts';
import { stocked } from './stocked.ts';

const { here, world, cityOf } = await stocked();
here.now = new Date('2026-11-27T12:00:00Z');
const of = async (slug: string) => (await signedIn(world, { role: 'member', placeId: cityOf(slug) })).actor;
const [dunmere, wexmoor] = [await of('dunmere'), await of('wexmoor')];
const as = <T>(verb: (tx: Tx) => Promise<T>) => world.db.as(wexmoor, verb);
const EARLIER = 'coalition/detainers/2026-10-29';
const CHAPTER = 'zz/place/alder-falls/chapter-9-40/2026-11-17';
const TODAY = '2026-11-27' as Day;

const t = speech('en');

async function against(id: string, asked: string | null) {
	return as(async (tx) => {
		const state = await stateOf(id, wexmoor, tx);
		const { other, beside, kept } = await comparison(state, readAgainst(asked ?? 'copied'), TODAY, wexmoor, tx);
		const leaves = leavesOf(state, beside, 'redline');
		const told = toldOf(leaves, namesOf(state.provisions, t));
		const clean = leavesOf(state, beside, 'clean');
		const names = namesOf(state.provisions, t);
		const name = (id: string) => names.get(id) ?? id;
		const blankName = (blank: string) => state.blanks.find(({ id }) => id === blank)?.label.en ?? blank;
		const notes = told.notes.map(({ note }) => draftNoteInWords(note, blankName, t));
		const became = new Map(leaves.map((leaf) => [leaf.id, leafState(leaf, { other, ofModel: true }, name, t)]));
		return { state, other, kept, leaves, clean, told, notes, became };
	});
}

/** What a redline reads with everything accepted, and with everything rejected. */
function readings(leaves: readonly Leaf[]) {
	// What an answer leaves out is read in neither.
	const lines = leaves.flatMap((leaf) => leaf.lines).filter(({ condition }) => condition?.stands !== false);
	const read = (without: 'added' | 'removed') =>
		lines
			.filter(({ state }) => state !== without)
			.map(({ heading, words }) =>
				[heading, words]
					.map((list) => list.flatMap(({ op, text }) => (op === without ? [] : [text])).join(''))
					.join(' '),
			)
			.map((line) => line.trim());
	return { after: read('removed'), before: read('added') };
}

async function word(id: string, eId: string, words: (was: string) => string): Promise<void> {
	await as(async (tx) => {
		const { provisions, seq } = await stateOf(id, wexmoor, tx);
		const one = provisions.find(({ from }) => from?.eId === eId) as DraftProvision;
		const typed = { heading: one.heading ?? '', words: words(one.text) };
		await saveWords(id, one.id, { typed, since: seq }, wexmoor, world, tx);
	});
}

const provision = (state: State, eId: string) => state.provisions.find(({ from }) => from?.eId === eId)?.id ?? '';

test('what a newer version offers is not looked for again by whoever found it already', async () => {
	const id = await begun('Found', wexmoor, world, { path: EARLIER });
	const kinds = await as(async (tx) => {
		const state = await stateOf(id, wexmoor, tx);
		const kindOf = async (...found: readonly (readonly Newer[])[]) =>
			(await comparison(state, { kind: 'newest' }, TODAY, wexmoor, tx, ...found)).other.kind;
		return [await kindOf(), await kindOf(await newerOf(state, tx)), await kindOf([])];
	});
	expect(kinds).toEqual(['newest', 'newest', 'copied']);
});

test.each<[string, Against]>([
	['copied', { kind: 'copied' }],
	['newest', { kind: 'newest' }],
	['draft-12', { kind: 'draft', seq: 12 }],
	['draft-0', { kind: 'copied' }],
	['draft-12e3', { kind: 'copied' }],
	['zz/place/dunmere/ordinance-1', { kind: 'text', path: 'zz/place/dunmere/ordinance-1' }],
])('%s is read as what it says', (asked, read) => {
	expect(readAgainst(asked)).toEqual(read);
	const written = writeAgainst(read);
	expect(readAgainst(written)).toEqual(read);
});

test.each<[string, Against | null]>([
	['copied', { kind: 'copied' }],
	['12', { kind: 'draft', seq: 12 }],
	['draft-12', { kind: 'draft', seq: 12 }],
	['https://c.example/es/library/zz/place/dunmere/ordinance-1', { kind: 'text', path: 'zz/place/dunmere/ordinance-1' }],
	['model', null],
	['0', null],
	['', null],
])('typed by a program, %s is what it says or nothing', (typed, read) => {
	expect(typedAgainst(typed)).toEqual(read);
});

describe('a draft', () => {
	test('against the newest version of the model is what the model became, where nothing was changed', async () => {
		const id = await begun('Newest', wexmoor, world, { path: EARLIER });
		const { other, leaves } = await against(id, 'newest');
		expect(other).toEqual({ kind: 'newest', days: ['2026-11-26'] });
		// Both with the blanks open: their names stand in brackets.
		const blank = (line: string) =>
			line.replaceAll(/\{\{if [^}]*\}\} /g, '').replaceAll(/\{\{[^}]*\}\}|\[[^\]]*\]/g, '_');
		const shelf = async (path: string) =>
			(await textAt(path, world)).provisions
				.map(({ heading, text }) => blank(`${heading ?? ''} ${text}`.trim()))
				.toSorted();
		const { before, after } = readings(leaves);
		expect(before.map(blank).toSorted()).toEqual(await shelf('coalition/detainers/2026-11-26'));
		expect(after.map(blank).toSorted()).toEqual(await shelf(EARLIER));
	});

	test('against what was copied says what was inserted, struck, added and taken out, each once', async () => {
		const id = await begun('Warrants', wexmoor, world, { path: EARLIER });
		expect((await against(id, null)).notes).toEqual([]);
		const { state } = await against(id, null);
		await word(id, 'sec_13', (was) => `${was} This holds for volunteers too.`);
		await as((tx) => restructure(id, { act: 'removed', provision: provision(state, 'sec_3') }, wexmoor, world, tx));
		await as((tx) =>
			restructure(
				id,
				{
					act: 'added',
					place: { after: provision(state, 'sec_2') },
					heading: 'Costs',
					words: 'Costs are of the city.',
				},
				wexmoor,
				world,
				tx,
			),
		);
		const { notes, told, leaves } = await against(id, null);
		expect(notes).toContain('Section 3 added');
		// With all that lay in it, once.
		expect(notes.filter((note) => / removed$/.test(note))).toEqual(['Section 3 removed']);
		expect(notes.some((note) => /“This holds for volunteers too\.?” inserted/.test(note))).toBe(true);
		expect(told.wordsAdded).toBeGreaterThan(8);
		expect(told.wordsRemoved).toBeGreaterThan(20);
		const section = leaves.find((leaf) => leaf.lines.some(({ id }) => id === provision(state, 'sec_13')));
		expect([section?.state, (section?.changed ?? 0) > 0 && (section?.changed ?? 1) < 0.5]).toEqual(['changed', true]);
	});

	test('against the model shows what an answer leaves out as struck, says why, and so do its files', async () => {
		const id = await begun('Left out', wexmoor, world, { path: EARLIER });
		const open = await as((tx) => stateOf(id, wexmoor, tx));
		expect((await against(id, null)).notes).toEqual([]);
		await as((tx) => answer(id, { notice_on_conviction: 'no' }, wexmoor, world, tx));
		const note =
			'Section 6(b) removed. Left out: the answer to “Allow notice of release after a serious conviction?” is no.';
		const left = provision(open, 'sec_6__subsec_b');
		for (const asked of [null, `draft-${open.seq}`, 'newest']) {
			const { leaves, notes, told } = await against(id, asked);
			expect(notes).toContain(asked === 'newest' ? note.replace('6(b)', '6(c)') : note);
			if (asked !== 'newest') expect([notes, told.wordsAdded]).toEqual([[note], 0]);
			const leaf = leaves.find(({ lines }) => lines.some((line) => line.id === left));
			const line = leaf?.lines.find((one) => one.id === left);
			expect([leaf?.state, line?.state, line?.here, line?.condition?.stands]).toEqual([
				...['changed', 'removed', true, false],
			]);
		}
		const { out } = await as(async (tx) => {
			const { name: _, ...rest } = await gathered(await stateOf(id, wexmoor, tx), wexmoor, tx);
			const sent = { office: 'Clerk', person: null, day: TODAY, origin: 'https://c.example', lawSentence: null };
			return { out: { ...rest, ...sent, since: null } satisfies Outgoing };
		});
		const marked = draftPaper(out, 'marked', null).provisions.filter(({ state }) => state !== 'same');
		expect(marked.map(({ state, number, text }) => [state, number, text.slice(0, 37)])).toEqual([
			['removed', '(b)', 'City personnel may answer a written r'],
		]);
		// Answered with yes it is in both.
		await as((tx) => answer(id, { notice_on_conviction: 'yes' }, wexmoor, world, tx));
		expect((await against(id, null)).notes).toEqual([]);
		const since = await against(id, `draft-${open.seq + 1}`);
		expect(since.notes).toEqual(['Section 6(b) added']);
	});

	test('says of every section what became of it, shown clean or with its changes', async () => {
		const id = await begun('Became', wexmoor, world, { path: EARLIER });
		const { state } = await against(id, null);
		const [one, two] = ['sec_5__subsec_a', 'sec_5__subsec_b'].map((eId) => provision(state, eId));
		await word(id, 'sec_13', (was) => `${was} Volunteers too.`);
		const act = (wish: Parameters<typeof restructure>[1]) => as((tx) => restructure(id, wish, wexmoor, world, tx));
		await act({ act: 'joined', provision: one ?? '' });
		await act({ act: 'moved', provision: provision(state, 'sec_3'), place: { after: provision(state, 'sec_8') } });
		const sec9 = state.provisions.find(({ from }) => from?.eId === 'sec_9__subsec_a') as DraftProvision;
		await act({ act: 'split', provision: sec9.id, at: sec9.text.indexOf(' ', 60) + 1 });
		const { leaves, clean, notes, became } = await against(id, null);
		const state13 = leaves.find(({ lines }) => lines.some((line) => line.id === provision(state, 'sec_13')));
		const of = (eId: string) => became.get(provision(state, eId));
		expect([of('sec_1'), of('sec_3'), of('sec_4')]).toEqual([
			'As in the model',
			'As in the model, with another number, in another place',
			'As in the model, with another number',
		]);
		expect(of('sec_5')).toMatch(/^Changed from the model, \d+%$/);
		expect(state13?.state).toBe('changed');
		expect(notes).toContain('Section 5(b) joined to Section 4(a)');
		expect(notes).not.toContain('Section 5(b) removed');
		// With all that lies in it, once.
		expect(notes.filter((note) => note.endsWith(' moved'))).toEqual(['Section 8 moved']);
		expect(notes).toContain('Section 4 is now Section 3');
		expect(notes).toContain('Section 9(b) divided from Section 9(a)');
		expect(leaves.flatMap(({ lines }) => lines).filter(({ id }) => id === two)).toEqual([]);
		// Nobody reads that a changed section is as in the model because no change is drawn.
		const told = (list: readonly Leaf[]) =>
			list.map(({ id, state, moved, changed }) => ({ id, state, moved, changed }));
		const here = new Set(clean.map(({ id }) => id));
		expect(told(clean)).toEqual(told(leaves.filter(({ id }) => here.has(id))));
		expect(
			clean
				.flatMap(({ lines }) => lines)
				.every(({ state, words }) => state === 'same' && words.every(({ op }) => op === 'same')),
		).toBe(true);
	});

	test('against an earlier draft shows what was done since, also an answer, and what was split is not new', async () => {
		const id = await begun('Since', wexmoor, world, { path: EARLIER });
		await word(id, 'sec_13', (was) => `${was} First.`);
		const then = await as((tx) => stateOf(id, wexmoor, tx));
		await word(id, 'sec_13', (was) => was.replace('First.', 'Second.'));
		await fillAll(id, 'Town of Wexmoor', wexmoor, world);
		const one = then.provisions.find(({ from }) => from?.eId === 'sec_13') as DraftProvision;
		const { text } = (await as((tx) => stateOf(id, wexmoor, tx))).provisions.find(
			(p) => p.id === one.id,
		) as DraftProvision;
		await as((tx) =>
			restructure(id, { act: 'split', provision: one.id, at: text.indexOf('Second.') }, wexmoor, world, tx),
		);
		const { other, leaves, notes } = await against(id, `draft-${then.seq}`);
		expect(other).toEqual({ kind: 'draft', seq: then.seq });
		expect(notes.filter((note) => /First|Second/.test(note))).toEqual([
			'Section 13: “First” struck',
			'Section 14: “Second” inserted',
		]);
		expect(notes).toContain('Section 15: “[Name of the lawmaking body]” replaced by “Town of Wexmoor”');
		expect(leaves.flatMap(({ lines }) => lines).filter(({ state }) => state === 'removed')).toEqual([]);
		// Against itself nothing is other.
		const now = await as((tx) => stateOf(id, wexmoor, tx));
		expect((await against(id, `draft-${now.seq}`)).notes).toEqual([]);
	});

	test('against what another city made of the same model finds its provisions, whatever their numbers', async () => {
		const theirs = await begun('Theirs', dunmere, world, { path: EARLIER });
		await fillAll(theirs, 'Town of Dunmere', dunmere, world);
		await world.db.as(dunmere, async (tx) => {
			const state = await stateOf(theirs, dunmere, tx);
			await restructure(
				theirs,
				{
					act: 'added',
					place: { after: provision(state, 'sec_1') },
					heading: 'First',
					words: 'Dunmere alone has this section.',
				},
				dunmere,
				world,
				tx,
			);
		});
		const address = await adopted(theirs, { number: 'Ordinance 2026-7' }, dunmere, world);
		const id = await begun('Ours', wexmoor, world, { path: EARLIER });
		await fillAll(id, 'Town of Wexmoor', wexmoor, world);
		const { other, leaves, notes, told } = await against(id, address);
		// What both left out by their answers is no change.
		expect(told.wordsAdded).toBeLessThan(20);
		expect(other.kind === 'text' && [other.work.place?.name, other.version.day]).toEqual(['Dunmere', '2026-11-20']);
		expect(notes.filter((note) => note.endsWith(' removed'))).toEqual(['Section 2 removed']);
		expect(notes.some((note) => note.includes('“Dunmere” replaced by “Wexmoor”'))).toBe(true);
		const { before } = readings(leaves);
		const shelf = await textAt(`${address}/2026-11-20`, world);
		expect(before.filter((line) => line !== '').toSorted()).toEqual(
			shelf.provisions
				.map(({ heading, text }) => `${heading ?? ''} ${text}`.trim())
				.filter((line) => line !== '')
				.toSorted(),
		);
		await expect(against(id, 'zz/place/dunmere/no-such')).rejects.toThrow('no such text');

		const siblings = () => as(async (tx) => siblingsOf(await stateOf(id, wexmoor, tx), TODAY, tx));
		expect((await siblings()).map(({ work, told }) => [work.address, told])).toContainEqual([address, true]);
		// Who keeps its sources to itself is found by its words alone.
		const quiet = await begun('Quiet', dunmere, world, { path: EARLIER });
		await fillAll(quiet, 'Town of Dunmere', dunmere, world);
		const hidden = await adopted(quiet, { number: 'Ordinance 2026-8', tellsSources: false }, dunmere, world);
		expect((await siblings()).map(({ work }) => work.address)).not.toContain(hidden);
		await compareTexts(world);
		expect((await siblings()).map(({ work, told }) => [work.address, told])).toContainEqual([hidden, false]);
	});

	test('goes out with its changes against any of them: accepted it is the draft, rejected the other', async () => {
		const id = await begun('Out', wexmoor, world, { path: EARLIER });
		const then = await as((tx) => stateOf(id, wexmoor, tx));
		await word(id, 'sec_13', (was) => `${was} Later.`);
		await fillAll(id, 'City of Kestrel Bay', wexmoor, world);
		for (const asked of [`draft-${then.seq}`, 'newest', CHAPTER]) {
			const { out, other } = await as(async (tx) => {
				const state = await stateOf(id, wexmoor, tx);
				const { name: _, ...rest } = await gathered(state, wexmoor, tx);
				const { provisions, base, other, ...since } = await gatheredAgainst(
					state,
					readAgainst(asked ?? 'copied'),
					TODAY,
					wexmoor,
					tx,
				);
				const sent = { office: 'Clerk', person: null, day: TODAY, origin: 'https://c.example', lawSentence: null };
				return {
					out: { ...rest, ...sent, provisions, base, since: { ...since, name: asked } } satisfies Outgoing,
					other,
				};
			});
			expect(other.kind).toBe(asked.startsWith('draft') ? 'draft' : asked === 'newest' ? 'newest' : 'text');
			const paper = draftPaper(out, 'marked', null);
			expect(paper.head.origin.at(-1)?.value).toBe(asked);
			const clean = (which: typeof out) =>
				draftPaper(which, 'clean', null).provisions.map(({ number, heading, text }) => ({ number, heading, text }));
			const read = (state: 'added' | 'removed') =>
				paper.provisions.flatMap(({ number, heading, text, before, state: own }) => {
					if (own === state) return [];
					return [(state === 'added' ? before : null) ?? { number, heading, text }];
				});
			expect(read('removed')).toEqual(clean(out));
			expect(read('added')).toEqual(clean({ ...out, ...out.since, provisions: out.base }));
		}
	});

	test('against another city says which of its confirmed words are missing', async () => {
		const id = await begun('Protected', wexmoor, world, { path: CHAPTER });
		const { kept, leaves } = await against(id, CHAPTER);
		expect(leaves.every(({ state }) => state === 'same')).toBe(true);
		expect(kept.length).toBeGreaterThan(0);
		expect(kept.every(({ exact }) => exact)).toBe(true);
		const coding = kept[0]?.coding;
		await word(id, coding?.eId ?? '', () => 'The City may decide otherwise.');
		const missed = (await against(id, CHAPTER)).kept.filter((one) => one.coding.eId === coding?.eId);
		expect(missed.every(({ exact, missing }) => !exact && missing.length > 0)).toBe(true);
	});
});
