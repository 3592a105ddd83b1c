import { parseDay } from '#kernel/day.ts';
import { oneLine } from '#kernel/one-line.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import { writtenDay } from '#kernel/written-day.ts';
import type { TextLanguage } from '#library/policy.ts';
import type { Blank } from '#library/view.ts';

/** What a city answers, by the id of the blank: words, figures, a value of the choices, `yes` or `no`, a day as 2026-11-26. */
export type Answers = Readonly<Record<string, string>>;

/** Why something is no answer. */
export type Wrong = 'too_long' | 'no_number' | 'no_day' | 'no_choice' | 'no_words';

/** What was typed into a blank and is no answer. */
export interface NoAnswer {
	readonly blank: string;
	readonly typed: string;
	readonly wrong: Wrong;
}

/** What was typed into a blank of a form and not kept: it is no answer, or somebody changed the answer since the form was opened. */
export type Unkept =
	| NoAnswer
	/** `now`: what stands in the draft; empty where the blank is open again. */
	| { readonly blank: string; readonly typed: string; readonly wrong: 'meanwhile'; readonly now: string };

/** A form of blanks as it was sent: by blank what was typed, and what stood in the field when the form was opened. */
export interface BlankForm {
	readonly typed: Answers;
	/** Left out: nothing stood there. */
	readonly shown: Answers;
}

/** The longest name of an office that somebody wrote into a law has 120 letters. */
const LONGEST = 300;
const LARGEST = 1_000_000;

/** What somebody typed into a blank, as it is kept; empty: it stays open. */
export function answerOf(
	{ kind, choices }: Pick<Blank, 'kind' | 'choices'>,
	typed: string,
	language: TextLanguage,
): { readonly answer: string } | { readonly wrong: Wrong } {
	const plain = oneLine(typed);
	if (plain === '') return { answer: '' };
	if (plain.length > LONGEST) return { wrong: 'too_long' };
	switch (kind) {
		case 'number': {
			const figures = plain.replaceAll(/[, .](?=\d{3}\b)/g, '');
			const whole = /^\d{1,7}$/.test(figures) ? Number(figures) : 0;
			return whole >= 1 && whole <= LARGEST ? { answer: String(whole) } : { wrong: 'no_number' };
		}
		case 'date': {
			const day = readTypedDay(plain, language);
			return day === null ? { wrong: 'no_day' } : { answer: day };
		}
		case 'choice':
			return choices?.some(({ value }) => value === plain) ? { answer: plain } : { wrong: 'no_choice' };
		case 'yes_no':
			return plain === 'yes' || plain === 'no' ? { answer: plain } : { wrong: 'no_choice' };
		case 'text':
		case 'office':
			// Two braces would be a blank again.
			return /\p{L}|\p{N}/u.test(plain) && !/\{\{|\}\}/.test(plain) ? { answer: plain } : { wrong: 'no_words' };
	}
}

/** An answer as a text of the language has it: `November 26, 2026`, `26 de noviembre de 2026`; the others as they are. */
export function written({ kind }: Pick<Blank, 'kind'>, answer: string, language: TextLanguage): string {
	const day = kind === 'date' ? parseDay(answer) : null;
	return day === null ? answer : writtenDay(day, language);
}
