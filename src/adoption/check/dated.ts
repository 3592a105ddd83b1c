import type { Day } from '#kernel/day.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import type { State } from '../draft.ts';
import { filled } from '../fill.ts';
import type { Finding } from './finding.ts';

/** Words that say when something takes effect, and a day at most so many letters behind them; a day of which it takes effect before or after, or until which it stays, is none. */
const EFFECT =
	/(?:takes? effect|(?:is|be|becomes?) effective|comes? into force|entrar?á?n? en vigor|entrar?á?n? en vigencia|surt(?:e|en|irá|irán) efectos?)(?!\p{L})(?:(?!until|through|before|after|expire|hasta|antes|despu)[^.;]){0,60}?(\p{Lu}\p{Ll}{2,12} \d{1,2}, \d{4}|\d{1,2} de \p{Ll}{2,12} de \d{4})/giu;

type Read = Pick<State, 'provisions' | 'blanks' | 'answers' | 'wordedAt'> & {
	readonly draft: Pick<State['draft'], 'language' | 'amends'>;
};

/** Days of a draft, planned or over; null: not known. */
export interface Known {
	/** Of the vote or of signing. */
	readonly decided: Day | null;
	/** On which the city counts on it to be in force. */
	readonly inForce: Day | null;
}

/**
 * Days on which a draft says that it takes effect and cannot: before it is decided on, or over where no day is known for that;
 * and where the city counts on another one. What a draft has unchanged from the city's own law that it amends was true then.
 */
export function foundInDays(
	{ provisions, blanks, answers, wordedAt, draft }: Read,
	{ decided, inForce }: Known,
	today: Day,
): readonly Finding[] {
	return filled(provisions, blanks, answers, draft.language).flatMap(({ id: provision, text }): readonly Finding[] => {
		if (draft.amends !== null && (wordedAt.get(provision) ?? 1) <= 1) return [];
		return [...text.matchAll(EFFECT)].flatMap(([, typed = '']): readonly Finding[] => {
			const day = readTypedDay(typed, draft.language);
			if (day === null) return [];
			if (decided !== null && day < decided) return [{ what: 'early', provision, day, decided }];
			if (decided === null && day < today) return [{ what: 'past', provision, day }];
			return inForce !== null && day !== inForce ? [{ what: 'unlike', provision, day, inForce }] : [];
		});
	});
}
