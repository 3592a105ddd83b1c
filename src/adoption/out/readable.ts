import { speech } from '#i18n/message.ts';
import type { TextLanguage } from '#library/policy.ts';
import type { Blank } from '#library/view.ts';
import type { Answers } from '../answer.ts';
import { conditionOf, shown } from '../blank-words.ts';
import { type Fillable, filled } from '../fill.ts';

/** Signs around the name of a blank that is not filled in. */
export type Brackets = readonly [open: string, close: string];

/**
 * A text as it is read outside the house: answers in their blanks, the name of every other blank between brackets, and before
 * a provision that stands only on an answer that nobody gave yet, the question.
 */
export function readable<P extends Fillable>(
	provisions: readonly P[],
	blanks: readonly Blank[],
	answers: Answers,
	language: TextLanguage,
	[open, close]: Brackets,
): readonly P[] {
	const t = speech(language);
	const labels = new Map(blanks.map(({ id, label }) => [id, label[language]]));
	const named = (words: string): string =>
		shown(words, blanks, {}, language)
			.map((one) => (one.open ? `${open}${one.text.slice(1, -1)}${close}` : one.text))
			.join('');
	return filled(provisions, blanks, answers, language).map(({ at, ...one }): P => {
		const { condition, words } = conditionOf(one.text);
		const question = condition ? labels.get(condition.blank) : undefined;
		const asked = question === undefined ? '' : t.say(`takeout.if_${condition?.on ?? 'yes'}`, { question });
		return {
			...(provisions[at] as P),
			parent: one.parent,
			heading: one.heading === null ? null : named(one.heading),
			text: asked === '' ? named(one.text) : `${open}${asked}${close} ${named(words)}`.trim(),
		};
	});
}
