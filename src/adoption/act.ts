import type { Speech } from '#i18n/message.ts';
import type { Instrument } from '#library/policy.ts';
import type { Answers } from './answer.ts';

/** What becomes of a draft: how its paper is decided on, and by whom. Its words are those of i18n, `act.` and the name. */
export interface Act {
	readonly name: 'ordinance' | 'resolution' | 'executive_order' | 'directive' | 'paper';
	/** A body votes on it, or an office issues it. */
	readonly way: 'voted' | 'issued';
	/** Blank of the models that names the body or office; null where none does. */
	readonly by: string | null;
	/** Blank of the models that has its number; null where none has. */
	readonly number: string | null;
	/** Whether the clerk attests the signature. */
	readonly attested: boolean;
}

const ORDINANCE: Act = { name: 'ordinance', way: 'voted', by: 'governing_body', number: null, attested: true };
const PAPER: Act = { name: 'paper', way: 'issued', by: null, number: null, attested: false };

const ACTS: Readonly<Record<Instrument, Act>> = {
	ordinance: ORDINANCE,
	code_chapter: ORDINANCE,
	resolution: { ...ORDINANCE, name: 'resolution' },
	executive_order: { ...PAPER, name: 'executive_order', by: 'chief_executive', attested: true },
	police_directive: { ...PAPER, name: 'directive', by: 'police_head', number: 'order_number' },
	// A city that copies a statute, or a model of no form, passes an ordinance.
	statute: ORDINANCE,
	model: ORDINANCE,
	toolkit: PAPER,
	letter: PAPER,
};

/** What becomes of a draft of this kind. */
export function actOf(instrument: Instrument): Act {
	return ACTS[instrument];
}

/** Its number as the city answered it; empty where no blank of its model asks for one, or nobody answered. */
export function answeredNumber({ number }: Act, answers: Answers): string {
	return (number !== null && answers[number]) || '';
}

/** Who decides, as the city answered it, else as most cities call it: `City Council`, `Chief of Police`. */
export function deciderOf({ name, by }: Act, answers: Answers, t: Speech): string {
	return ((by !== null && answers[by]) || t.say(`act.${name}.by`)).replace(LEADING_ARTICLE[t.language], '');
}

/** The line that is signed: `Passed by the City Council on ____________, 20__.` */
export function decidedLine(act: Act, answers: Answers, t: Speech): string {
	const by = deciderOf(act, answers, t);
	return t.say(`act.${act.name}.done`, { by: t.language === 'es' ? `${FEMININE.test(by) ? 'la' : 'el'} ${by}` : by });
}

/** As a law is called by its number: `Ordinance 2027-3`; one that says what it is of stays as it is. */
export function calledBy({ name }: Act, number: string, t: Speech): string {
	return number === '' || namesItself(number) ? number : t.say(`act.${name}.called`, { number });
}

/** Whether a number says itself what it counts: `General Order 7.14` does, `GO-26-03` does not. */
export function namesItself(number: string): boolean {
	return /\p{L}{3}/u.test(number);
}

/** Of an answer that says it again. `El Paso` and `La Mesa` are names. */
const LEADING_ARTICLE = { en: /^the\s+/i, es: /^(?:the|el|la)\s+/ } as const;
/** First words of bodies and offices that take `la`. */
const FEMININE = /^(?:\p{L}+(?:a|ión|dad)|jefa)(?![\p{L}])/iu;
