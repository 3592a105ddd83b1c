import { worded } from '#concordance/redline.ts';
import { oneLine } from '#kernel/one-line.ts';
import type { TextLanguage } from '#library/policy.ts';
import type { Blank } from '#library/view.ts';
import type { Answers } from './answer.ts';
import type { DraftProvision, State } from './draft.ts';
import { BLANK, CONDITION, inCapitals, inserted } from './fill.ts';

/** A stretch of a draft as its people read it: words, or what stands in a blank. */
export interface Shown {
	readonly text: string;
	/** The blank as the draft has it, `{{city}}`; null for words. */
	readonly mark: string | null;
	/** Id of the blank; null for words. */
	readonly blank: string | null;
	/** Whether nobody answered yet: `text` is then the name of the blank in square brackets. */
	readonly open: boolean;
}

/** What the blanks of a draft are filled with, and in which language. */
type Filling = Pick<State, 'blanks' | 'answers' | 'draft'>;
type Words = Pick<DraftProvision, 'heading' | 'text'>;

/** Heading and words of a provision as somebody typed them. */
export interface Typed {
	readonly heading: string;
	readonly words: string;
}

/** On which answer a provision stands. */
export interface Condition {
	readonly blank: string;
	readonly on: 'yes' | 'no';
}

/** The condition at the beginning of words, and the words without it. */
export function conditionOf(text: string): {
	readonly condition: Condition | null;
	readonly mark: string;
	readonly words: string;
} {
	const [mark = '', not, blank] = CONDITION.exec(text) ?? [];
	return {
		condition: blank === undefined ? null : { blank, on: not === undefined ? 'yes' : 'no' },
		mark,
		words: text.slice(mark.length),
	};
}

/** Words of a draft, without a condition, as its people read them: what was answered in its places, the name of every other blank in brackets. */
export function shown(
	words: string,
	blanks: readonly Blank[],
	answers: Answers,
	language: TextLanguage,
): readonly Shown[] {
	const known = new Map(blanks.map((blank) => [blank.id, blank]));
	const capitals = inCapitals(words);
	const pieces: Shown[] = [];
	let from = 0;
	for (const found of words.matchAll(BLANK)) {
		const [mark, id = ''] = found;
		const blank = known.get(id);
		if (!blank) continue;
		if (found.index > from) pieces.push(plain(words.slice(from, found.index)));
		from = found.index + mark.length;
		const open = (answers[id] ?? '') === '';
		const text = open ? `[${blank.label[language]}]` : inserted(mark, known, answers, language, capitals);
		const last = pieces.at(-1);
		if (text === '' && last?.mark === null && last.text.endsWith(' ') && /^(?:[ ,.;:]|$)/.test(words.slice(from))) {
			// A choice of no words takes the space before it along.
			pieces[pieces.length - 1] = plain(last.text.slice(0, -1));
			pieces.push({ text, mark: ` ${mark}`, blank: id, open });
		} else pieces.push({ text, mark, blank: id, open });
	}
	if (from < words.length) pieces.push(plain(words.slice(from)));
	return pieces;
}

/** The words of pieces, one after the other. */
export function textOf(pieces: readonly Shown[]): string {
	return pieces.map(({ text }) => text).join('');
}

/** Words of a draft, without a condition, as its people read them, in one piece. */
export function asRead(words: string, { blanks, answers, draft }: Filling): string {
	return textOf(shown(words, blanks, answers, draft.language));
}

/**
 * Heading and words of a provision as somebody typed them over those that were shown; a heading of no letters is none, what is
 * typed in lines is one paragraph, and the condition of a provision is not typed and stays.
 */
export function retyped(over: Words, typed: Typed, { blanks, answers, draft }: Filling): Words {
	const put = (words: string, by: string) =>
		typedOver(shown(words, blanks, answers, draft.language), oneLine(by), blanks, draft.language);
	const { mark, words } = conditionOf(over.text);
	return { heading: put(over.heading ?? '', typed.heading) || null, text: mark + put(words, typed.words) };
}

/**
 * What somebody typed over words that were shown to them, as the draft keeps it: a blank whose words they left alone, or wrote
 * again, is that blank still; one they wrote over is their words from now on, and so is one among words that they wrote in
 * capitals, or no more; the name of a blank in brackets is that blank, wherever they put it.
 */
export function typedOver(
	before: readonly Shown[],
	typed: string,
	blanks: readonly Blank[],
	language: TextLanguage,
): string {
	const marks = marksIn(before, typed);
	const put = (kept: readonly Placed[]) => {
		let [made, at] = ['', 0];
		for (const { start, end, mark } of kept) {
			made += named(typed.slice(at, start), blanks, language) + mark;
			at = end;
		}
		return made + named(typed.slice(at), blanks, language);
	};
	const made = put(marks);
	const was = before.map(({ mark, text }) => mark ?? text).join('');
	return inCapitals(made) === inCapitals(was) ? made : put(marks.filter(({ cased }) => !cased));
}

/** Where in words as the draft has them a place in what was shown lies; one inside a blank is at its beginning. */
export function placeOf(pieces: readonly Shown[], at: number): number {
	let [seen, kept] = [0, 0];
	for (const { text, mark } of pieces) {
		if (at < seen + text.length) return mark === null ? kept + at - seen : kept;
		seen += text.length;
		kept += (mark ?? text).length;
	}
	return kept;
}

interface Placed {
	readonly start: number;
	readonly end: number;
	readonly mark: string;
	/** Whether it reads otherwise among capitals. */
	readonly cased: boolean;
}

/** Where in what was typed the blanks of before stand. */
function marksIn(before: readonly Shown[], typed: string): readonly Placed[] {
	const spans: (Placed & { readonly text: string })[] = [];
	let length = 0;
	for (const { text, mark, open } of before) {
		const [start, end] = [length, length + text.length];
		if (mark !== null) {
			const cased = !open && !mark.includes('?') && text.toLowerCase() !== text.toUpperCase();
			spans.push({ start, end, mark, cased, text });
		}
		length = end;
	}
	const found: Placed[] = [];
	let [was, is, next] = [0, 0, 0];
	let lost: (typeof spans)[number][] = [];
	let written: [number, number] | null = null;
	const recover = () => {
		if (written) {
			let from = written[0];
			for (const span of lost) {
				const start = span.text === '' ? -1 : wordAt(typed, span.text, from, written[1]);
				if (start < 0) continue;
				from = start + span.text.length;
				found.push({ ...span, start, end: from });
			}
		}
		[lost, written] = [[], null];
	};
	for (const { op, text, was: other } of worded(textOf(before), typed)) {
		const old = op === 'added' ? '' : (other ?? text);
		if (op === 'same') {
			recover();
			for (let span = spans[next]; span && passed(span, was + old.length); span = spans[++next]) {
				const start = is + span.start - was;
				// Kept to the letter: two stretches of one length read alike at the same place.
				if (span.start >= was && span.end <= was + old.length && typed.startsWith(span.text, start))
					found.push({ ...span, start, end: start + span.text.length });
				else lost.push(span);
			}
		} else if (op === 'removed') {
			for (let span = spans[next]; span && passed(span, was + old.length); span = spans[++next]) lost.push(span);
		} else written = [written?.[0] ?? is, is + text.length];
		was += old.length;
		if (op !== 'removed') is += text.length;
	}
	recover();
	for (const span of spans.slice(next))
		if (span.text === '') found.push({ ...span, start: typed.length, end: typed.length });
	return found.sort((one, other) => one.start - other.start);
}

/** Whether a stretch begins before a place; one without letters at its end does too. */
function passed({ start, text }: { readonly start: number; readonly text: string }, to: number): boolean {
	return start < to || (text === '' && start === to);
}

/** Where words stand whole between two places; -1 for nowhere. */
function wordAt(typed: string, words: string, from: number, to: number): number {
	for (let at = typed.indexOf(words, from); at >= 0 && at + words.length <= to; at = typed.indexOf(words, at + 1)) {
		const inside = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
		if (!inside(typed[at - 1]) && !inside(typed[at + words.length])) return at;
	}
	return -1;
}

/** Names of blanks in brackets as those blanks. */
function named(words: string, blanks: readonly Blank[], language: TextLanguage): string {
	return words.replaceAll(/\[([^[\]]+)\]/g, (whole, name: string) => {
		const blank = blanks.find(({ kind, label }) => kind !== 'yes_no' && label[language] === name.trim());
		return blank ? `{{${blank.id}}}` : whole;
	});
}

function plain(text: string): Shown {
	return { text, mark: null, blank: null, open: false };
}
