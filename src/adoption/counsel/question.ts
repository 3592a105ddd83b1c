import { speech } from '#i18n/message.ts';
import type { Blank } from '#library/view.ts';
import type { State } from '../draft.ts';
import { filled, usesOf } from '../fill.ts';

/** A blank of a draft, and where it stands. */
export interface PlacedBlank {
	readonly blank: Blank;
	/** Ids of the provisions that it stands in, in their order: one at least. */
	readonly provisions: readonly string[];
}

type Asked = Pick<State, 'provisions' | 'blanks' | 'answers' | 'draft'>;

/** The blanks that are open in what stands of a draft, in the order in which a reader meets them. */
export function openBlanksOf({ provisions, blanks, answers, draft }: Asked): readonly PlacedBlank[] {
	const known = new Map(blanks.map((blank) => [blank.id, blank]));
	const standing = filled(provisions, blanks, answers, draft.language);
	return usesOf(standing).flatMap(({ id, at }) => {
		const blank = known.get(id);
		return blank ? [{ blank, provisions: at.flatMap((n) => provisions[standing[n]?.at ?? -1]?.id ?? []) }] : [];
	});
}

/** The blanks that are filled, in the same order, those of provisions that the answers leave out with them. */
export function filledBlanksOf({ provisions, blanks, answers }: Asked): readonly PlacedBlank[] {
	return usesOf(provisions).flatMap(({ id, at }) => {
		const blank = (answers[id] ?? '') === '' ? undefined : blanks.find((one) => one.id === id);
		return blank ? [{ blank, provisions: at.flatMap((n) => provisions[n]?.id ?? []) }] : [];
	});
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
