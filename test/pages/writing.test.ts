import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { stateOf } from '#adoption/state.server.ts';
import { piecesOf } from '#adoption/write/piece.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { begun } from '../adoption/begun.ts';
import { browserPath, openBrowser } from './browser.ts';
import { startSite } from './site.ts';
import { PATIENCE, picture, walking } from './walking.ts';
import { caret, standing, state } from './writer.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const browsing = await openBrowser();

const cities = await world.db.as(SYSTEM, (tx) =>
	tx.selectFrom('place').select(['id', 'slug']).where('sample', '=', true).where('kind', '=', 'city').execute(),
);
const placeId = cities.find(({ slug }) => slug === 'alder-falls')?.id ?? '';
const clerk = await signedIn(world, { role: 'member', placeId });
const _attorney = await signedIn(world, { role: 'counsel', placeId, counsel: true });

const walk = walking(site, browsing);
const open = async (draft: string, who = clerk, options: BrowserContextOptions = {}) => {
	const visit = await walk(`/adoption/${draft}/write`, who.cookie, { javaScriptEnabled: true, ...options });
	await visit.page.locator('#writing[data-ready]').waitFor();
	return visit;
};
/** What the draft has, as its people read it. */
const pieces = (draft: string) =>
	world.db.as(clerk.actor, async (tx) => piecesOf(await stateOf(draft, clerk.actor, tx)));
const saved = (page: Page) => page.locator('#write-state', { hasText: /^Saved/ }).waitFor();

const at = async (page: Page, words: string) => {
	const found = (await standing(page)).find((one) => one.words.includes(words));
	if (!found) throw new Error(`Nothing says ${words}.`);
	return found;
};

describe.skipIf(browserPath() === null)('a clerk with scripts', () => {
	test(
		'types into the whole draft, and it is saved by itself',
		async () => {
			const draft = await begun('Written', clerk.actor, world);
			const { page, complaints, requests } = await open(draft);
			await picture(page, 'write');
			await caret(page, (await at(page, 'no private right')).id, -1);
			await page.keyboard.type(' Brambles grow here.');
			expect(await state(page)).toBe('Not saved yet');
			await saved(page);
			expect((await pieces(draft)).some(({ words }) => words.endsWith('Brambles grow here.'))).toBe(true);
			await page.keyboard.press('Control+z');
			await page.locator('#write-state', { hasText: 'Not saved yet' }).waitFor();
			await saved(page);
			expect((await pieces(draft)).some(({ words }) => words.includes('Brambles'))).toBe(false);
			expect(complaints).toEqual([]);
			expect(requests.filter((one) => !one.startsWith(site.origin))).toEqual([]);
		},
		PATIENCE,
	);

	test(
		'splits, adds, joins and moves with the keys, and numbers and references follow without the caret going astray',
		async () => {
			const draft = await begun('Ordered', clerk.actor, world);
			const { page, complaints } = await open(draft);
			const bail = await at(page, 'when bail is posted');
			await caret(page, bail.id, bail.words.indexOf('when bail'));
			await page.keyboard.press('Enter');
			// Nobody waits for the draft: what is typed at once goes to the second part.
			await page.keyboard.type('Thistle: ');
			await saved(page);
			await page.locator('.piece[data-number="(c)"]', { hasText: 'Thistle: when bail' }).waitFor();
			const now = await pieces(draft);
			const second = now.findIndex(({ words }) => words.startsWith('Thistle: when bail is posted'));
			expect(now[second - 1]).toMatchObject({ id: bail.id, number: '(b)' });
			expect(now[second]?.number).toBe('(c)');
			expect(now.some(({ words }) => words.includes('under section 3(d)'))).toBe(true);
			await page.keyboard.type('and nettle ');
			await saved(page);
			expect((await pieces(draft))[second]?.words).toMatch(/^Thistle: and nettle when bail/);

			await caret(page, (await at(page, 'Thistle')).id, 0);
			await page.keyboard.press('Backspace');
			await page.locator('#write-said', { hasText: 'one with the next' }).waitFor();
			await page.keyboard.type('X');
			await saved(page);
			const joined = (await pieces(draft)).find(({ id }) => id === bail.id);
			expect(joined?.words).toMatch(/not filed, XThistle: and nettle when bail is posted/);

			await caret(page, bail.id, -1);
			await page.keyboard.press('Enter');
			await page.keyboard.type('A person may ask why.');
			await saved(page);
			expect((await pieces(draft)).find(({ words }) => words === 'A person may ask why.')).toMatchObject({
				number: '(c)',
				kind: 'subsection',
			});
			await page.keyboard.press('Alt+ArrowUp');
			await page.locator('#write-said', { hasText: 'Moved: it is Section 3(b) now' }).waitFor();
			await page.keyboard.type(' Or not.');
			await saved(page);
			expect((await pieces(draft)).find(({ words }) => words === 'A person may ask why. Or not.')?.number).toBe('(b)');
			await picture(page, 'write-ordered');
			await page.keyboard.press('Alt+Shift+ArrowRight');
			await page.locator('#write-said', { hasText: 'Moved: it is Section 3(a)(1) now' }).waitFor();
			await page.getByRole('button', { name: 'Take the last change of order back' }).click();
			await page.locator('#write-said', { hasText: 'was taken back' }).waitFor();
			expect((await pieces(draft)).find(({ words }) => words === 'A person may ask why. Or not.')?.number).toBe('(b)');
			await page.keyboard.press('Alt+ArrowUp');
			await page.locator('#write-said', { hasText: 'Section 3(a)' }).waitFor();
			await page.keyboard.press('Alt+ArrowUp');
			await page.locator('#write-told', { hasText: 'It cannot go that way.' }).waitFor();
			expect(complaints).toEqual([]);
		},
		PATIENCE,
	);
});
