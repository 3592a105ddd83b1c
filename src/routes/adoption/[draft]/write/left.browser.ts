import { readingsIn } from '#adoption/write/kept.ts';
import { left, storage } from './drawer.browser.ts';
import { say } from './panel.browser.ts';
import type { Left } from './turn.ts';

/** Shows the words that this browser keeps of a draft in which nobody writes any more, to be read and copied. */
export function showLeft(place: HTMLElement, { draft, account, language, said }: Left): void {
	const readings = left(`${draft} ${account}`, storage()).flatMap(readingsIn);
	if (readings.length === 0) return;
	const title = document.createElement('h2');
	title.textContent = say(said, 'closed.left');
	place.append(title);
	for (const { heading, words } of readings) {
		const text = document.createElement('p');
		text.className = 'law';
		text.lang = language;
		text.textContent = [heading, words].filter((one) => one.trim() !== '').join(' ');
		place.append(text);
	}
}
