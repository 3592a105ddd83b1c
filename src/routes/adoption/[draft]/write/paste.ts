import { TextSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { across, addAfter, emptied, type Hand } from './keys.ts';
import { caretOf, placeOf } from './paper.ts';

/** Words of programs for writing come along as paragraphs; those of a page that was printed come in lines. */
const PARAGRAPHS = /<(?:p|li|h[1-6])[\s>]/i;

/**
 * Puts pasted text at the caret: each paragraph after the first is a provision of its own. No looks come along.
 * @param html the same text as its program had it, which tells whether its lines are paragraphs
 */
export function pasted(view: EditorView, text: string, html: string, hand: Hand): boolean {
	const paragraphs = text
		.split(PARAGRAPHS.test(html) ? /[\r\n]+/ : /\r?\n\s*\n/)
		.map((one) => one.replaceAll(/\s+/gu, ' '))
		.filter((one) => one.trim() !== '');
	if (across(view.state)) view.dispatch(emptied(view.state));
	const [first, ...rest] = paragraphs;
	if (first === undefined) return true;
	// Within a line the spaces around it are part of what was copied.
	view.dispatch(view.state.tr.insertText(rest.length === 0 ? first : first.trim()));
	const { $head } = view.state.selection;
	const atEnd = $head.parentOffset === $head.parent.content.size;
	for (const words of rest) {
		const before = caretOf(view.state)?.id;
		if (atEnd) addAfter(hand)(view.state, view.dispatch);
		const { doc, tr } = view.state;
		const id = caretOf(view.state)?.id ?? '';
		const place = id === before ? null : placeOf(doc, { id, part: 'words', offset: 0 });
		if (place !== null) tr.setSelection(TextSelection.create(doc, place));
		// In the middle of words, or where none can be made now, there is no place for a provision: they go on in a line.
		view.dispatch(tr.insertText(place === null ? ` ${words.trim()}` : words.trim()));
	}
	return true;
}
