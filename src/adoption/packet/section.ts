import { rising } from '#concordance/shingle.ts';
import { keyOf } from '../beside.ts';
import { type Drafted, partners } from '../out/marked.ts';
import { unitOf } from './unit.ts';

/** Numbers of a section in the draft, and of the one that it is, was in, or went from in the text that was copied. */
export interface Pair {
	readonly is: string;
	readonly was: string;
}

/** What became of the sections of the text that a draft was copied from, by their numbers. */
export interface Sections {
	/** What the text calls them. */
	readonly unit: 'section' | 'article';
	readonly count: number;
	/** Those that read otherwise, whatever their place and number. */
	readonly changed: readonly Pair[];
	/** Those in another order. */
	readonly moved: readonly Pair[];
	/** As they were but for the number. */
	readonly numbered: readonly Pair[];
	readonly added: readonly string[];
	/** Made of a part of another section. */
	readonly divided: readonly Pair[];
	/** Not in the draft, by their numbers there. */
	readonly removed: readonly string[];
	/** The same, but their words stand in a section of the draft. */
	readonly joined: readonly Pair[];
	/** Whether anything else reads otherwise: a recital, or a section that has no number to call it by. */
	readonly outside: boolean;
}

/** A section with all that lies in it. */
interface Section {
	readonly at: number;
	readonly number: string | null;
	/** Heading and words of each provision in it, and the number of each but the section itself. */
	readonly lines: string[];
	/** Its words alone, without numbers that follow a section that got another. */
	readonly words: string[];
}

/**
 * Compares two texts section by section, both as they are read, with the answers in them.
 * @param base the text that the draft was copied from
 */
export function sectionsOf(base: readonly Drafted[], draft: readonly Drafted[]): Sections {
	const unit = unitOf(draft);
	const [there, here] = [cut(base, unit), cut(draft, unit)];
	const partner = partners(base, draft);
	const both = here.list.flatMap((is) => {
		const was = there.list.find(({ at }) => at === partner.get(is.at));
		return was ? [{ is, was }] : [];
	});
	const [kept, found] = [new Set(both.map(({ is }) => is)), new Set(both.map(({ was }) => was))];
	const inOrder = new Set(
		rising(
			Int32Array.from(both, ({ was }) => was.at),
			both.length,
		),
	);
	const moved = both.filter((_, n) => !inOrder.has(n));
	const changed = both.filter(({ is, was }) => is.lines.join('\n') !== was.lines.join('\n'));
	const told = new Set([...moved, ...changed]);
	const numbered = both.filter((one) => one.is.number !== one.was.number && !told.has(one));
	// A section that is none of those there was a part of one, or is new.
	const places = new Map(base.flatMap(({ from }, at) => (from ? [[keyOf(from), at] as const] : [])));
	const fresh = here.list.filter((one) => !kept.has(one));
	const made = fresh.map((is) => {
		const { from } = draft[is.at] as Drafted;
		return { is, was: there.home(partner.get(is.at) ?? (from ? places.get(keyOf(from)) : undefined)) };
	});
	const gone = there.list
		.filter((one) => !found.has(one))
		.map((was) => ({ was, is: here.list.find((one) => holds(one, was)) }));
	const uncalled = [...changed, ...moved, ...numbered].some((one) => pair(one).length === 0);
	const nameless = [...made.map(({ is }) => is), ...gone.map(({ was }) => was)].some(({ number }) => number === null);
	return {
		...{ unit, count: here.list.length },
		outside: uncalled || nameless || there.loose.join('\n') !== here.loose.join('\n'),
		...{ changed: changed.flatMap(pair), moved: moved.flatMap(pair), numbered: numbered.flatMap(pair) },
		...{ added: numbers(made.flatMap(({ is, was }) => (was ? [] : [is]))), divided: made.flatMap(pair) },
		...{ removed: numbers(gone.flatMap(({ is, was }) => (is ? [] : [was]))), joined: gone.flatMap(pair) },
	};
}

function pair({ is, was }: { readonly is?: Section | undefined; readonly was?: Section | undefined }): readonly Pair[] {
	return is?.number == null || was?.number == null ? [] : [{ is: is.number, was: was.number }];
}

function numbers(sections: readonly Section[]): readonly string[] {
	return sections.flatMap(({ number }) => number ?? []);
}

/** The sections of a text, in which of them a provision lies, and the lines of what lies in none. */
function cut(text: readonly Drafted[], unit: Sections['unit']) {
	const [list, homes, loose]: [Section[], number[], string[]] = [[], [], []];
	text.forEach(({ kind, parent, number, heading, text: words }, at) => {
		const opens = kind === unit;
		const home = opens ? list.length : (homes[parent ?? -1] ?? -1);
		homes[at] = home;
		if (opens) list.push({ at, number: numberOf(number), lines: [], words: [] });
		const into = list[home];
		(into?.lines ?? loose).push([opens ? '' : (number ?? ''), heading ?? '', words].join('\n'));
		into?.words.push(words.replaceAll(POINTER, '#'));
	});
	return { list, loose, home: (at: number | undefined) => list[homes[at ?? -1] ?? -1] };
}

/** Words are the same and not alike by chance where they are so many letters. */
const FEWEST = 20;
/** A number, or where it points to: what follows a section that got another. */
const POINTER = /\d+(?:[.-]\d+)*(?:\([\p{L}\d]+\))*/gu;

/** Whether all words of a section stand in another as they are, in one piece each. */
function holds(whole: Section, part: Section): boolean {
	const words = part.words.filter((one) => one.length >= FEWEST);
	return words.length > 0 && words.every((one) => whole.words.some((line) => line.includes(one)));
}

/** `Section 9.40.010.` as `9.40.010`, and `ARTICLE IV.` as `IV`. */
export function numberOf(number: string | null): string | null {
	const [found] = /\p{N}[\p{L}\p{N}.-]*|(?<!\p{L})[IVXLCDM]+(?!\p{L})/u.exec(number ?? '') ?? [];
	return found?.replace(/[.-]+$/, '') ?? null;
}
