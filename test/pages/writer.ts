import type { Page } from 'playwright-core';
import type { Actor } from '#access/actor.ts';
import { writerOf } from '../adoption/desk.ts';

/** A provision as it stands in an editor on a page. */
export interface Standing {
	readonly id: string;
	readonly number: string;
	readonly heading: string;
	readonly words: string;
}

/** What is typed in an editor, without what is drawn over it: in the order of the page. */
export async function standing(page: Page): Promise<readonly Standing[]> {
	return page.evaluate<Standing[]>(`(() => {
		const read = (one) => {
			if (!one) return '';
			const copy = one.cloneNode(true);
			for (const drawn of copy.querySelectorAll('[contenteditable=false], .hidden')) drawn.remove();
			return copy.textContent;
		};
		return [...document.querySelectorAll('.ProseMirror > .piece')].map((one) => ({
			id: one.id,
			number: one.dataset.number ?? '',
			heading: read(one.querySelector('.head')),
			words: read(one.querySelector('.words')),
		}));
	})()`);
}

/**
 * Puts the caret into the words of a provision, after so many letters; negative: counted from the end, -1 is the end. Throws where
 * there is no such provision, or it does not read as it was `seen`.
 */
export async function caret(page: Page, id: string, letters: number, seen: string | null = null): Promise<void> {
	const ok = await page.evaluate<boolean>(`(() => {
		const words = document.querySelector('#${id} .words') ?? document.querySelector('#${id} .head');
		if (!words) return false;
		document.querySelector('.ProseMirror').focus();
		const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT, (node) =>
			node.parentElement.closest('[contenteditable=false]') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
		const nodes = [];
		while (walker.nextNode()) nodes.push(walker.currentNode);
		const seen = ${JSON.stringify(seen)};
		if (seen !== null && seen !== nodes.map((node) => node.data).join('')) return false;
		const length = nodes.reduce((sum, node) => sum + node.data.length, 0);
		let left = Math.max(0, Math.min(length, ${letters} < 0 ? length + 1 + ${letters} : ${letters}));
		const range = document.createRange();
		range.setStart(words, 0);
		for (const node of nodes) {
			if (left <= node.data.length) { range.setStart(node, left); break; }
			left -= node.data.length;
		}
		range.collapse(true);
		const selection = getSelection();
		selection.removeAllRanges();
		selection.addRange(range);
		words.scrollIntoView({ block: 'center' });
		return true;
	})()`);
	if (!ok) throw new Error(`There is no ${id} on the page${seen === null ? '' : ` with the words ${seen}`}.`);
	// The editor hears of it a moment later.
	await page.waitForTimeout(60);
}

/** What the page says of how it stands with the words. */
export async function state(page: Page): Promise<string> {
	return (await page.locator('#write-state').textContent()) ?? '';
}

/** Waits until the draft has everything that was typed. */
export async function settled(page: Page): Promise<void> {
	await page.locator('#write-state', { hasText: /^(Saved|All is saved)/ }).waitFor();
}

/** What an editor sends to ask what others did. `cookie`: who sends it; `actor`: for whom its page was made. */
export function question(
	origin: string,
	draft: string,
	{ actor, cookie }: { readonly actor: Actor; readonly cookie: string },
): RequestInit {
	return {
		method: 'POST',
		headers: { cookie, origin, 'content-type': 'application/json', accept: 'application/json' },
		body: JSON.stringify({ writer: writerOf(actor), desk: draft, since: 1, at: null, batch: null }),
	};
}
