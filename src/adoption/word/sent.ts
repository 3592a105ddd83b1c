import { conditionOf, shown, textOf, typedOver } from '../blank-words.ts';
import type { DraftProvision, State } from '../draft.ts';
import { clean } from '../out/marked.ts';
import { readable } from '../out/readable.ts';
import type { WrittenProvision } from './suggest.ts';
import type { ProvisionPart } from './suggestion.ts';

type Sent = Pick<State, 'provisions' | 'blanks' | 'answers' | 'draft'>;

/** Word takes no longer name for a bookmark, and an export leaves such a one out. */
const LONGEST_BOOKMARK = 40;

/** A draft as a file of it has it: what was answered in its blanks, the name of every other in brackets, and only what stands. */
export function sentOf(state: Sent): WrittenProvision[] {
	const { provisions, blanks, answers, draft } = state;
	const out = readable(provisions, blanks, answers, draft.language, ['[', ']']);
	const names = clean(out).provisions.map(({ eId }) => eId.replaceAll(/[^A-Za-z0-9_]/g, '_'));
	const known = new Map(provisions.map((provision) => [provision.id, provision]));
	return out.map(({ id, number, heading, text }, at) => {
		const words = sentPart(known.get(id) as DraftProvision, 'text', state);
		// On which answer it stands is asked before its words, and is none of them.
		const asked = text !== words && text.endsWith(words) ? text.slice(0, text.length - words.length).trimEnd() : null;
		const name = names[at] as string;
		return { id, number, heading, asked, text: words, bookmark: name.length > LONGEST_BOOKMARK ? null : name };
	});
}

/** A part of a provision as a file of the draft has it. */
export function sentPart(provision: DraftProvision, part: ProvisionPart, state: Sent): string {
	if (part === 'number') return provision.number ?? '';
	return textOf(piecesOf(provision, part, state));
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
