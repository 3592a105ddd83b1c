import { history, redo } from 'prosemirror-history';
import { keymap } from 'prosemirror-keymap';
import type { Node } from 'prosemirror-model';
import { type Command, EditorState, type Transaction } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { across, addAfter, backspace, emptied, enter, forward, type Hand, join, remove, step, undone } from './keys.ts';
import { marks } from './marks.ts';
import { say } from './panel.browser.ts';
import { pasted } from './paste.ts';
import type { Opened } from './turn.ts';

/** The text to be typed in, in a place on the page. Tab is nobody's: it leaves the text. */
export function viewOf(
	place: HTMLElement,
	doc: Node,
	{ said, language }: Pick<Opened, 'said' | 'language'>,
	hand: Hand,
	{ dispatch, save }: { readonly dispatch: (tr: Transaction) => void; readonly save: () => boolean },
): EditorView {
	place.replaceChildren();
	return new EditorView(place, {
		state: EditorState.create({
			doc,
			plugins: [history(), keymap({ ...keysOf(hand, save) }), ...marks(say(said, 'removed'))],
		}),
		attributes: {
			...{
				role: 'textbox',
				'aria-multiline': 'true',
				'aria-label': say(said, 'label'),
				'aria-describedby': 'write-keys',
			},
			...{ class: 'law', lang: language, spellcheck: 'true' },
		},
		dispatchTransaction: dispatch,
		handleTextInput: (view, _from, _to, text) => {
			if (!across(view.state)) return false;
			view.dispatch(emptied(view.state).insertText(text));
			return true;
		},
		handlePaste: (view, event) => pastedFrom(view, event.clipboardData, hand),
		handleDrop: () => true,
		clipboardTextSerializer: (slice) => slice.content.textBetween(0, slice.content.size, '\n\n'),
	});
}

/** What the buttons do, by name; nothing for a name that is none. */
export function pressed(what: string, hand: Hand): Command | undefined {
	const commands: Readonly<Record<string, Command>> = {
		...{ add: addAfter(hand), split: enter(hand), join: join(hand), remove: remove(hand), undo: undone(hand), redo },
		...{
			up: step('up', hand),
			down: step('down', hand),
			deeper: step('deeper', hand),
			shallower: step('shallower', hand),
		},
	};
	return commands[what];
}

function pastedFrom(view: EditorView, copied: DataTransfer | null, hand: Hand): boolean {
	return pasted(view, copied?.getData('text/plain') ?? '', copied?.getData('text/html') ?? '', hand);
}

function keysOf(hand: Hand, save: () => boolean): Readonly<Record<string, Command>> {
	return {
		...{ Enter: enter(hand), 'Shift-Enter': enter(hand), 'Mod-Enter': addAfter(hand) },
		...{ Backspace: backspace(hand), 'Mod-Backspace': backspace(hand), Delete: forward(hand) },
		...{ 'Alt-ArrowUp': step('up', hand), 'Alt-ArrowDown': step('down', hand) },
		...{ 'Alt-Shift-ArrowRight': step('deeper', hand), 'Alt-Shift-ArrowLeft': step('shallower', hand) },
		...{ 'Mod-z': undone(hand), 'Mod-Shift-z': redo, 'Mod-y': redo, 'Mod-s': save },
	};
}
