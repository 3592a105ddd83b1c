import type { Other } from '#adoption/beside.ts';
import { holderTitle } from '#adoption/out/other-name.ts';
import type { Speech } from '#i18n/message.ts';
import { noteInWords } from '#ui/redline.ts';
import type { Leaf } from './reading.ts';
import type { DraftNote } from './told.ts';

/** What a draft is read against, and whether all that was copied is models. */
export interface Against {
	readonly other: Other;
	readonly ofModel: boolean;
}

/** `Redline against the model`. */
export function redlineName({ other, ofModel }: Against, t: Speech): string {
	switch (other.kind) {
		case 'copied':
			return t.say(ofModel ? 'against.model' : 'against.copied');
		case 'draft':
			return t.say('against.draft', { n: other.seq });
		case 'newest':
			return t.say('against.newest', { day: [...new Set(other.days)].map((day) => t.date(day)).join('; ') });
		case 'text':
			return t.say('against.text', { title: holderTitle(other.work, t), day: t.date(other.version.day) });
	}
}

/**
 * What became of a leaf: `Changed from the model, 9%`, `As in the model, in another place`. What changed at all is never
 * called 0%.
 * @param name of a provision of the draft, by its id
 */
export function leafState(
	{ state, changed, moved, cutFrom }: Pick<Leaf, 'state' | 'changed' | 'moved' | 'cutFrom'>,
	{ other, ofModel }: Against,
	name: (id: string) => string,
	t: Speech,
): string {
	if (cutFrom !== null) return t.say('against.divided', { other: name(cutFrom) });
	const kind = other.kind === 'copied' && ofModel ? 'model' : other.kind;
	const share = t.percent(Math.max(changed, 0.01));
	const became = t.say(`against.${state}.${kind}`, { n: other.kind === 'draft' ? other.seq : 0, share });
	return moved ? t.say('against.moved', { became }) : became;
}

/** One thing that the redline of a draft says: `Section 4 added`, `Section 6(c) removed. Left out: …`. */
export function draftNoteInWords(note: DraftNote, blankName: (blank: string) => string, t: Speech): string {
	switch (note.kind) {
		case 'left_out': {
			const { at, blank, answer } = note;
			const why = t.say('draft.left_out', { name: blankName(blank), answer: t.say(`draft.answer.${answer}`) });
			return `${noteInWords({ kind: 'removed', at }, t)}. ${why}`;
		}
		case 'divided':
		case 'joined': {
			const { kind, at, other } = note;
			return t.say(`against.${kind}.note`, { at: at ?? t.say('draft.piece'), other });
		}
		default:
			return noteInWords(note, t);
	}
}
