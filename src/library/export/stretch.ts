import type { Piece } from '../provision.ts';
import type { Look, Profile } from '../redline/profile.ts';
import type { Parts } from './parts.ts';

/** Of what is added, where a clerk's office marks it by a colour: 7.6 : 1 on white. */
export const ADDED_COLOUR = '0b5394';

/** A stretch of a paragraph that looks the same from end to end; `tab` and `gap` stand between number, heading and words. */
export interface Stretch extends Piece {
	readonly part: 'number' | 'tab' | 'heading' | 'gap' | 'text';
}

/** A heading that ends like a sentence, or leads on to what follows. */
const STOPPED = /[.,:;?!…—–]["”’»)\]]*\s*$/;

/** What parts a heading from the words on its line, as laws are printed: `Section 1. Short title. This ordinance …`. */
export function headingGap(heading: string): string {
	return STOPPED.test(heading) ? ' ' : '. ';
}

/** A provision in the order in which it is read: its number before a tab, its heading and its words with a stop between them. */
export function stretches({ number, heading, text }: Parts): readonly Stretch[] {
	const made = (part: Stretch['part'], pieces: readonly Piece[]): Stretch[] =>
		pieces.map(({ op, text: words }) => ({ part, op, text: words }));
	return [
		...made('number', number),
		...made(
			'tab',
			between([number], () => '\t'),
		),
		...made('heading', heading),
		...made('gap', between([heading, text], headingGap)),
		...made('text', text),
	];
}

/** The sign that stands where each reading has all of the parts; it goes by the words of the first. */
function between(parts: readonly (readonly Piece[])[], sign: (words: string) => string): readonly Piece[] {
	const read = (but: Piece['op']): string => {
		const words = parts.map((pieces) => pieces.map(({ op, text }) => (op === but ? '' : text)).join(''));
		return words.every((one) => one.trim() !== '') ? sign(words[0] ?? '') : '';
	};
	const [before, after] = [read('added'), read('removed')];
	if (before === after) return before === '' ? [] : [{ op: 'same', text: before }];
	const made: Piece[] = [
		{ op: 'removed', text: before },
		{ op: 'added', text: after },
	];
	return made.filter(({ text }) => text !== '');
}

/** How what is added or removed looks in the hand of a clerk's office; signs around it are no look. Nothing where it stays. */
export function lookOf(op: Piece['op'], look: Profile | null): Look {
	const [added, removed] = [look?.added[0], look?.enclosed ? undefined : look?.removed[0]];
	return (op === 'added' ? added : op === 'removed' ? removed : undefined) ?? {};
}

/**
 * The stretches with the signs of the look around each row of what is removed, if it has such: `[Section 2. No hold.]`. A sign
 * stands at a word and not at a blank.
 */
export function enclosed(row: readonly Stretch[], look: Profile | null): readonly Stretch[] {
	const signs = look?.enclosed;
	if (!signs) return row;
	const worded = row.map(({ text }) => text.trim() !== '');
	/** Whether the row of what is removed has no word before this stretch, or none after it. */
	const ends = (at: number, step: 1 | -1): boolean => {
		for (let to = at + step; row[to]?.op === 'removed'; to += step) if (worded[to]) return false;
		return true;
	};
	return row.map((one, at) => {
		if (one.op !== 'removed' || !worded[at]) return one;
		const [words, from] = [one.text.trim(), one.text.length - one.text.trimStart().length];
		const [open, close] = [ends(at, -1) ? signs.open : '', ends(at, 1) ? signs.close : ''];
		const text = one.text.slice(0, from) + open + words + close + one.text.slice(from + words.length);
		return { ...one, text };
	});
}
