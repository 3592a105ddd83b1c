import type { EditorView } from 'prosemirror-view';
import { oneLine } from '#kernel/one-line.ts';
import { across, addAfter, emptied, type Hand } from './keys.ts';

/** Provisions that one pasting makes; the rest goes into the last of them. */
const MOST = 40;

/** Puts pasted text at the caret: each paragraph after the first is a provision of its own. No looks come along. */
export function pasted(view: EditorView, text: string, hand: Hand): boolean {
	const paragraphs = text
		.split(/\n\s*\n/)
		.map((one) => one.replaceAll(/\s+/gu, ' '))
		.filter((one) => one.trim() !== '');
	if (across(view.state)) view.dispatch(emptied(view.state));
	const [first, ...rest] = [
		...paragraphs.slice(0, MOST),
		...(paragraphs.length > MOST ? [oneLine(paragraphs.slice(MOST).join(' '))] : []),
	];
	if (first === undefined) return true;
	// Within a line the spaces around it are part of what was copied.
	view.dispatch(view.state.tr.insertText(rest.length === 0 ? first : first.trim()));
	const { $head } = view.state.selection;
	const atEnd = $head.parentOffset === $head.parent.content.size;
	for (const words of rest) {
		// In the middle of words there is no place for a provision: they go on in a line.
		if (atEnd) addAfter(hand)(view.state, view.dispatch);
		view.dispatch(view.state.tr.insertText(atEnd ? words.trim() : ` ${words.trim()}`));
	}
	return true;
}
