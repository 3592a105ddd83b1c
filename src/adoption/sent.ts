import { conditionOf, shown, typedOver } from './blank-words.ts';
import type { DraftProvision, State } from './draft.ts';
import { filled } from './fill.ts';
import type { ProvisionPart } from './suggestion.ts';
import type { WrittenProvision } from './word/suggest.ts';

type Sent = Pick<State, 'provisions' | 'blanks' | 'answers' | 'draft'>;

/** A draft as a file of it has it: what was answered in its blanks, the name of every other in brackets, and only what stands. */
export function sentOf(state: Sent): WrittenProvision[] {
	const { provisions, blanks, answers, draft } = state;
	return filled(provisions, blanks, answers, draft.language).map(({ at }) => {
		const provision = provisions[at] as DraftProvision;
		const { id, number, heading } = provision;
		return {
			id,
			number,
			heading: heading === null ? null : sentPart(provision, 'heading', state),
			text: sentPart(provision, 'text', state),
			bookmark: null,
		};
	});
}

/** A part of a provision as a file of the draft has it. */
export function sentPart(provision: DraftProvision, part: ProvisionPart, state: Sent): string {
	if (part === 'number') return provision.number ?? '';
	return piecesOf(provision, part, state)
		.map(({ text }) => text)
		.join('');
}

/** A provision with other words in a part; blanks that were left alone stay blanks, and its condition stays. */
export function withPart(provision: DraftProvision, part: ProvisionPart, words: string, state: Sent): DraftProvision {
	if (part === 'number') return { ...provision, number: words.trim() === '' ? null : words.trim() };
	const typed = typedOver(piecesOf(provision, part, state), words, state.blanks, state.draft.language);
	if (part === 'heading') return { ...provision, heading: typed.trim() === '' ? null : typed };
	return { ...provision, text: conditionOf(provision.text).mark + typed };
}

function piecesOf(provision: DraftProvision, part: 'heading' | 'text', { blanks, answers, draft }: Sent) {
	const words = part === 'heading' ? (provision.heading ?? '') : conditionOf(provision.text).words;
	return shown(words, blanks, answers, draft.language);
}
