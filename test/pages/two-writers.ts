import type { Page } from 'playwright-core';
import { caret, standing } from './writer.ts';

type Dice = (sides: number) => number;

/** What was found in the end. Words are those that only one of them typed, each once. */
export interface Outcome {
	readonly typed: number;
	readonly deleted: number;
	/** Splits, joins and moves that were asked for. */
	readonly ordered: number;
	readonly cuts: number;
	/** Clashes that somebody decided on. */
	readonly decided: number;
	/** Words that have no provision any more and stand beside the text. */
	readonly aside: number;
	/** Neither deleted by anybody nor anywhere. */
	readonly lost: readonly string[];
	/** Twice, though nobody put two readings side by side. */
	readonly doubled: readonly string[];
	/** What is not alike in the two editors and the draft. */
	readonly apart: readonly string[];
}

/** Provisions in which they meet: in all of a long chapter they would hardly. */
const CROWDED = 30;
/** How long a line is cut, in milliseconds. */
const CUT = 6_000;
/** Until both have come to rest, in milliseconds. */
const REST = 90_000;
const MARKER = /w[AB]\d+x/g;

/** What both did, as the checker knows it. */
interface Notes {
	readonly typed: Set<string>;
	readonly deleted: Set<string>;
	/** Words of readings that were put side by side. */
	readonly both: Set<string>;
	ordered: number;
	decided: number;
}

/**
 * Lets two write at random in one draft for some seconds, each over a line that is cut now and then, and looks whether both have the
 * same in the end, the draft too, and every word that nobody deleted. It counts words in what the pages show and knows nothing
 * of how they are merged.
 * @param text what the draft has, as people read it, one provision an entry
 */
export async function write(
	pages: readonly [Page, Page],
	{
		seconds,
		cuts,
		dice,
		text,
	}: {
		readonly seconds: number;
		readonly cuts: number;
		readonly dice: Dice;
		readonly text: () => Promise<readonly string[]>;
	},
): Promise<Outcome> {
	const notes: Notes = { typed: new Set(), deleted: new Set(), both: new Set(), ordered: 0, decided: 0 };
	const end = Date.now() + seconds * 1000;
	await Promise.all([
		writing(pages[0], 'A', end, dice, notes),
		writing(pages[1], 'B', end, dice, notes),
		cutting(pages, end, cuts, dice),
	]);
	const until = Date.now() + REST;
	let still = false;
	while (!still && Date.now() < until) {
		for (const page of pages) await decide(page, notes);
		await pages[0].waitForTimeout(3_000);
		const states = await Promise.all(pages.map((page) => page.locator('#write-state').textContent()));
		const open = await Promise.all(pages.map((page) => page.getByRole('button', { name: /^Edit together/ }).count()));
		const own = await Promise.all(pages.map(async (page) => JSON.stringify(await words(page))));
		still =
			states.every((state) => /saved/i.test(state ?? '') && !/^Not/.test(state ?? '')) &&
			open.every((n) => n === 0) &&
			own[0] === own[1];
	}
	const [one, other] = [await words(pages[0]), await words(pages[1])];
	const draft = (await text()).filter((entry) => entry !== '');
	const aside = (await Promise.all(pages.map((page) => page.locator('.beside.clash').allTextContents()))).flat();
	const all = draft.join('\n');
	const counted = new Map<string, number>();
	for (const [word] of all.matchAll(MARKER)) counted.set(word, (counted.get(word) ?? 0) + 1);
	const beside = new Set(aside.flatMap((entry) => entry.match(MARKER) ?? []));
	return {
		...{ typed: notes.typed.size, deleted: notes.deleted.size, ordered: notes.ordered, cuts, decided: notes.decided },
		aside: beside.size,
		lost: [...notes.typed].filter((word) => !counted.has(word) && !notes.deleted.has(word) && !beside.has(word)),
		doubled: [...counted].flatMap(([word, n]) => (n > 1 && !notes.both.has(word) ? [word] : [])),
		apart: [...differences('the two editors', one, other), ...differences('editor and draft', one, draft)],
	};
}

async function words(page: Page): Promise<readonly string[]> {
	const all = await standing(page);
	return all.map((one) => one.words.replaceAll(/\s+/g, ' ').trim()).filter((entry) => entry !== '');
}

function differences(what: string, one: readonly string[], other: readonly string[]): string[] {
	const at = one.findIndex((entry, n) => entry !== other[n]);
	if (at < 0 && one.length === other.length) return [];
	return [`${what}, ${at}: ${one[at] ?? 'nothing'} | ${other[at] ?? 'nothing'}`];
}

async function writing(page: Page, name: string, end: number, dice: Dice, notes: Notes): Promise<void> {
	for (let n = 0; Date.now() < end; n++) {
		try {
			await step(page, name, n, dice, notes);
		} catch (error) {
			// What it was about may be gone meanwhile, or read otherwise: nobody aims at a letter that is elsewhere by now.
			if (!/There is no/.test(String(error))) throw error;
		}
		await page.waitForTimeout(150 + dice(500));
	}
}

async function step(page: Page, name: string, n: number, dice: Dice, notes: Notes): Promise<void> {
	const all = (await standing(page)).slice(0, CROWDED).filter((one) => one.words.trim() !== '');
	const one = all[dice(all.length)];
	if (!one) return;
	const spaces = [...one.words.matchAll(/ /g)].map(({ index }) => index + 1);
	const at = spaces[dice(spaces.length)] ?? 0;
	const aim = (letters: number) => caret(page, one.id, letters, one.words);
	const what = dice(20);
	if (what < 12) {
		const word = `w${name}${n}x`;
		await aim(at);
		await page.keyboard.type(`${word} `, { delay: 5 + dice(30) });
		if ((await standing(page)).some((entry) => entry.words.includes(word))) notes.typed.add(word);
	} else if (what < 15) {
		await aim(at);
		await struck(page, notes, async () => {
			for (let letters = 1 + dice(8); letters > 0; letters--) await page.keyboard.press('Delete');
		});
	} else if (what < 17) {
		await aim(at);
		notes.ordered++;
		await page.keyboard.press('Enter');
		await page.keyboard.type('so ');
	} else if (what < 18) {
		await aim(0);
		notes.ordered++;
		await page.keyboard.press('Backspace');
	} else if (what < 19) {
		await aim(at);
		notes.ordered++;
		await page.keyboard.press(dice(2) === 0 ? 'Alt+ArrowUp' : 'Alt+ArrowDown');
	} else await decide(page, notes);
}

/** Notes which words go while something is deleted: those that the page had before and has no more. */
async function struck(page: Page, notes: Notes, act: () => Promise<void>): Promise<void> {
	const before = new Set((await words(page)).join(' ').match(MARKER) ?? []);
	await act();
	const after = new Set((await words(page)).join(' ').match(MARKER) ?? []);
	for (const word of before) if (!after.has(word)) notes.deleted.add(word);
}

/** Puts the readings of whatever clashes side by side, so that nothing goes. */
async function decide(page: Page, notes: Notes): Promise<void> {
	for (const button of await page.getByRole('button', { name: /^Edit together/ }).all()) {
		const readings = await page.locator('.beside.clash').allTextContents();
		for (const word of readings.join(' ').match(MARKER) ?? []) notes.both.add(word);
		notes.decided++;
		await button.click({ timeout: 2_000 }).catch(() => null);
	}
}

async function cutting(pages: readonly Page[], end: number, cuts: number, dice: Dice): Promise<void> {
	const [begun, every] = [Date.now(), (end - Date.now()) / (cuts + 1)];
	for (let n = 1; n <= cuts; n++) {
		const page = pages[dice(pages.length)];
		await page?.waitForTimeout(Math.max(0, begun + n * every - Date.now()));
		await page?.context().setOffline(true);
		await page?.waitForTimeout(Math.min(CUT, every / 2));
		await page?.context().setOffline(false);
	}
}
