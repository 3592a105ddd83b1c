import { speech } from '#i18n/message.ts';
import type { Blank } from '#library/view.ts';
import { type BlankIn, blanksIn, isOpenBlank } from '../blanks-in.ts';
import type { State } from '../draft.ts';

/** A blank of a draft; it stands in the provisions of these ids, as `at` of `BlankIn` says. */
export interface PlacedBlank extends Omit<BlankIn, 'at'> {
	readonly provisions: readonly string[];
}

type Asked = Pick<State, 'provisions' | 'blanks' | 'answers'>;

/** The blanks of a draft, in the order in which a reader meets them, those that it does not need as it is answered with them. */
export function placedBlanksOf(state: Asked): readonly PlacedBlank[] {
	return blanksIn(state).map(({ at, ...rest }) => ({
		...rest,
		provisions: at.flatMap((n) => state.provisions[n]?.id ?? []),
	}));
}

/** Those of them that are to be filled still. */
export function openBlanksOf(state: Asked): readonly PlacedBlank[] {
	return placedBlanksOf(state).filter(isOpenBlank);
}

/** What counsel is asked about an open blank, in the language of the draft. */
export function questionOf({ label, help, choices }: Blank, language: State['draft']['language']): string {
	const t = speech(language);
	const among = (choices ?? []).map((one) => one.label[language]).join('; ');
	return [
		t.say('counsel.question', { label: label[language] }),
		help[language],
		...(among === '' ? [] : [t.say('counsel.question.choices', { choices: among })]),
	].join(' ');
}

/** What became of a draft between two of its states, in numbers and blanks. */
export interface Since {
	readonly edits: number;
	/** Blanks that are filled now and were not then, by what they are called. */
	readonly filled: readonly Blank[];
	/** How many provisions read otherwise, came or went. */
	readonly provisions: number;
}

/** What was done to a draft since an earlier state of it. */
export function since(before: Asked & Pick<State, 'seq'>, now: Asked & Pick<State, 'seq'>): Since {
	const was = new Map(before.provisions.map((one) => [one.id, one]));
	const stays = now.provisions.filter(({ id }) => was.has(id)).length;
	const other = now.provisions.filter(({ id, number, heading, text }) => {
		const old = was.get(id);
		return !old || old.number !== number || old.heading !== heading || old.text !== text;
	});
	return {
		edits: now.seq - before.seq,
		filled: now.blanks.filter(({ id }) => (now.answers[id] ?? '') !== '' && (before.answers[id] ?? '') === ''),
		provisions: other.length + before.provisions.length - stays,
	};
}
