import { type Said, say } from './panel.browser.ts';
import type { Standing } from './send.browser.ts';

/** Of these no word is said aloud: each save would be. */
const CALM: readonly Standing[] = ['saved', 'saving', 'typing'];

/** The lines and buttons around the text: how it stands with the words, where the caret is, and what is announced. */
export interface Front {
	readonly state: () => Standing;
	readonly show: (state: Standing) => void;
	/** Notes that words reached the draft just now. */
	readonly saved: () => void;
	/** Says something to a screen reader; `seen`: it also stands on the page until the next button. */
	readonly announce: (text: string, seen?: boolean) => void;
	readonly place: (name: string) => void;
	readonly here: (who: string) => void;
	/** Whether the last change of the order can be taken back. */
	readonly undoable: (can: boolean) => void;
}

export function front(said: Said): Front {
	let state: Standing = 'saved';
	let savedAt: string | null = null;
	const announce = (text: string, seen = false) => {
		put('#write-said', text);
		if (seen) put('#write-told', text);
	};
	return {
		state: () => state,
		show(next) {
			const was = state;
			state = next;
			const key = next === 'saved' && savedAt === null ? 'opened' : `state.${next}`;
			const text = say(said, key, { time: savedAt ?? '' });
			put('#write-state', text);
			const calm = CALM.includes(next);
			if (next !== was && (!calm || (next === 'saved' && !CALM.includes(was)))) announce(text);
			document.querySelector('#write-state')?.classList.toggle('unsaved', !calm);
			hide('#write-sign-in', next !== 'signed_out');
		},
		saved() {
			savedAt = new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
		},
		announce,
		place: (name) => put('#write-place', name),
		here: (who) => put('#write-here', who),
		undoable: (can) => hide('#write-back', !can),
	};
}

/** Lets the buttons do what their names say, with the caret where it is, and shows them. */
export function buttons(press: (what: string, button: HTMLElement) => void): void {
	for (const one of document.querySelectorAll<HTMLElement>('[data-do]')) {
		one.addEventListener('mousedown', (event) => event.preventDefault());
		one.addEventListener('click', () => {
			put('#write-told', '');
			press(one.dataset.do ?? '', one);
		});
	}
	for (const one of document.querySelectorAll<HTMLElement>('.write-tools, .write-bar')) one.hidden = false;
}

function put(where: string, text: string): void {
	const place = document.querySelector(where);
	if (place && place.textContent !== text) place.textContent = text;
}

function hide(where: string, hidden: boolean): void {
	const place = document.querySelector<HTMLElement>(where);
	if (place) place.hidden = hidden;
}
