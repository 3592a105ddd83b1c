import type { TextLanguage } from '#library/policy.ts';
import type { Blank } from '#library/view.ts';
import { type Answers, written } from './answer.ts';

/** A provision as far as blanks can stand in it. */
export interface Fillable {
	/** Index of the provision it lies in; null at the top. Always smaller than its own index. */
	readonly parent: number | null;
	readonly heading: string | null;
	readonly text: string;
}

/** `{{city}}`, or `{{open ? "in public" : "in private"}}`. */
export const BLANK = /\{\{\s*([a-z0-9_]+)(?:\s*\?\s*"([^"]*)"\s*:\s*"([^"]*)")?\s*\}\}/g;
/** Stands where a choice is of no words, until the space before it is gone too. */
const NO_WORDS = '\0';
/** `{{if open}}` or `{{if not open}}`, at the beginning of the words. */
export const CONDITION = /^\s*\{\{\s*if\s+(not\s+)?([a-z0-9_]+)\s*\}\}\s*/;

/**
 * A text with what a city answered: words in their places, the chosen ones of two, and no provision that stands only where
 * another answer was given. What nobody answered yet stays as a blank. Provisions keep their order; `at` is where each stood.
 */
export function filled<P extends Fillable>(
	provisions: readonly P[],
	blanks: readonly Blank[],
	answers: Answers,
	language: TextLanguage,
): readonly (P & { readonly at: number })[] {
	const known = new Map(blanks.map((blank) => [blank.id, blank]));
	const places = new Map<number, number>();
	const kept: (P & { at: number })[] = [];
	const left = leftOutBy(provisions, answers);
	provisions.forEach((provision, at) => {
		if (left[at] !== null) return;
		const parent = provision.parent === null ? null : (places.get(provision.parent) ?? null);
		const [mark, , id = ''] = CONDITION.exec(provision.text) ?? [];
		places.set(at, kept.length);
		const answered = mark !== undefined && (answers[id] ?? '') !== '';
		const words = answered ? provision.text.slice(mark.length) : provision.text;
		const fill = (text: string) => inserted(text, known, answers, language);
		kept.push({
			...provision,
			parent,
			heading: provision.heading === null ? null : fill(provision.heading),
			text: fill(words),
			at,
		});
	});
	return kept;
}

/** The question whose answer leaves each provision out, with all that lies in it, by id; null where it stands. */
export function leftOutBy(provisions: readonly Fillable[], answers: Answers): readonly (string | null)[] {
	const left: (string | null)[] = [];
	for (const { parent, text } of provisions) {
		const [mark, not, id = ''] = CONDITION.exec(text) ?? [];
		const answer = answers[id] ?? '';
		const out = mark !== undefined && answer !== '' && (answer === 'yes') === (not !== undefined);
		left.push((parent === null ? null : left[parent]) ?? (out ? id : null));
	}
	return left;
}

/** A provision as it was offered, whatever was answered: what an answer leaves out stands, and asks nothing. */
export function offered<P extends Pick<Fillable, 'text'>>(one: P, answers: Answers): P {
	const [mark = '', , id = ''] = CONDITION.exec(one.text) ?? [];
	return (answers[id] ?? '') === '' ? one : { ...one, text: one.text.slice(mark.length) };
}

/** A blank of a text, and in which of its provisions it stands. */
export interface Use {
	readonly id: string;
	/** Indices, rising, each once. */
	readonly at: readonly number[];
}

/** Which blanks stand where, in the order in which a reader meets them. */
export function usesOf(provisions: readonly Fillable[]): readonly Use[] {
	const found = new Map<string, number[]>();
	provisions.forEach(({ heading, text }, at) => {
		const condition = CONDITION.exec(text)?.[2];
		const inWords = [...`${heading ?? ''} ${text}`.matchAll(BLANK)].map(([, id = '']) => id);
		for (const id of new Set([...(condition === undefined ? [] : [condition]), ...inWords]))
			found.set(id, [...(found.get(id) ?? []), at]);
	});
	return [...found].map(([id, at]) => ({ id, at }));
}

/** Whether words are written in capitals, as `BE IT ORDAINED BY THE {{governing_body}}` is: two words at least, and no small letter beside the blanks. */
export function inCapitals(text: string): boolean {
	const words = text.replaceAll(BLANK, ' ');
	return !/\p{Ll}/u.test(words) && /\p{Lu}{2}.*[^\p{L}]\p{Lu}{2}/u.test(words);
}

/** Words with what was answered put into their blanks, in capitals where the words around it are. */
export function inserted(
	text: string,
	known: ReadonlyMap<string, Blank>,
	answers: Answers,
	language: TextLanguage,
	capitals = inCapitals(text),
): string {
	return text
		.replaceAll(BLANK, (mark: string, id: string, yes: string | undefined, no: string | undefined) => {
			const [blank, answer = ''] = [known.get(id), answers[id]];
			if (!blank || answer === '') return mark;
			if (yes !== undefined) return (answer === 'yes' ? yes : no) || NO_WORDS;
			const words = written(blank, answer, language);
			return capitals ? words.toLocaleUpperCase(language) : words;
		})
		.replaceAll(/ *\0(?=[ ,.;:]|$)|\0/g, '');
}
