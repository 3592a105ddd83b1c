import { sql } from 'kysely';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { closeDraft, reopenDraft } from '#adoption/life.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { restructure } from '#adoption/structure/restructure.server.ts';
import { piecesOf } from '#adoption/write/piece.ts';
import { protectionsOf } from '#library/protections.server.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { begun } from '../adoption/begun.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';
import { PATIENCE, picture, walking } from './walking.ts';
import { caret, question, settled, standing, state } from './writer.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const browsing = await openBrowser();

const cities = await world.db.as(SYSTEM, (tx) =>
	tx.selectFrom('place').select(['id', 'slug']).where('sample', '=', true).where('kind', '=', 'city').execute(),
);
const placeId = cities.find(({ slug }) => slug === 'alder-falls')?.id ?? '';
const clerk = await signedIn(world, { role: 'member', placeId });
const attorney = await signedIn(world, { role: 'counsel', placeId, counsel: true });

const watching = await signedIn(world, { role: 'observer', placeId });
const elsewhere = cities.find(({ slug }) => slug === 'dunmere')?.id ?? '';
const stranger = await signedIn(world, { role: 'member', placeId: elsewhere });

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

/** Closes a window with words that are not saved: the browser asks first. */
const shut = async (page: Page) => {
	page.on('dialog', (asking) => void asking.accept());
	await page.close({ runBeforeUnload: true });
	await page.waitForEvent('close').catch(() => null);
};
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

	test(
		'types on while two become one over a slow line, and each letter stands behind the one before',
		async () => {
			const draft = await begun('Joined slowly', clerk.actor, world);
			const { page, complaints } = await open(draft);
			await page.route('**/write/save', async (route) => {
				await page.waitForTimeout(700);
				await route.continue();
			});
			const bail = await at(page, 'when bail is posted');
			const after = await page.evaluate<string>(`document.getElementById('${bail.id}').nextElementSibling.id`);
			await caret(page, after, 0);
			await page.keyboard.press('Backspace');
			await page.keyboard.type('brambles and thistles and nettles and sedges ', { delay: 40 });
			await page.locator('#write-said', { hasText: 'one with the next' }).waitFor();
			await page.keyboard.type('and reeds ');
			await saved(page);
			const joined = (await pieces(draft)).find(({ id }) => id === bail.id);
			expect(joined?.words).toContain(' brambles and thistles and nettles and sedges and reeds ');
			expect(complaints).toEqual([]);
		},
		PATIENCE,
	);

	test(
		'sees who else is there and what they write, merged, with her caret where it was; words that clash are hers to decide',
		async () => {
			const draft = await begun('Shared', clerk.actor, world);
			const [{ page: one }, { page: other }] = [await open(draft), await open(draft, attorney)];
			const bail = await at(one, 'when bail is posted');
			await caret(one, bail.id, 0);
			await caret(other, bail.id, -1);
			await other.keyboard.type(' Thistles stay.');
			await one.keyboard.type('Brambles: ');
			await one.locator('.piece', { hasText: 'Thistles stay.' }).waitFor();
			await other.locator('.piece', { hasText: 'Brambles: ' }).waitFor();
			await one.keyboard.type('here. ');
			await settled(one);
			await settled(other);
			const both = (await pieces(draft)).find(({ id }) => id === bail.id)?.words ?? '';
			expect(both).toMatch(/^Brambles: here\. A person .* Thistles stay\.$/);
			await one.locator('#write-here', { hasText: 'Section 3(b)' }).waitFor();
			await one.locator('.beside.here').waitFor();
			await picture(one, 'write-two');

			const right = await at(one, 'no private right');
			const place = right.words.indexOf('no private');
			await other.context().setOffline(true);
			for (const [page, word] of [
				[other, 'not any '],
				[one, 'hardly a '],
			] as const) {
				await caret(page, right.id, place);
				await page.keyboard.type(word);
				for (let letter = 0; letter < 3; letter++) await page.keyboard.press('Delete');
			}
			await settled(one);
			await other.locator('#write-state', { hasText: 'no connection' }).waitFor();
			await other.context().setOffline(false);
			const panel = other.getByRole('group', { name: 'Two readings of Section 13' });
			await panel.waitFor();
			expect(await panel.textContent()).toMatch(/hardly a .*In the draft now|In the draft now.*hardly a/);
			await picture(other, 'write-clash');
			expect((await at(other, 'not any private right')).id).toBe(right.id);
			await panel.getByRole('button', { name: 'Take mine' }).click();
			await settled(other);
			await one.locator('.piece', { hasText: 'not any private right' }).waitFor();
			expect((await pieces(draft)).find(({ id }) => id === right.id)?.words).toContain('not any private right');
		},
		PATIENCE,
	);

	test(
		'loses no word when the line is cut, an answer is lost, the window closes or the session ends',
		async () => {
			const draft = await begun('Cut', clerk.actor, world);
			const { page } = await open(draft);
			const context = page.context();
			const right = await at(page, 'no private right');
			// The answer is lost after the draft has the words.
			await page.route(
				'**/write/save',
				async (route) => {
					await route.fetch();
					await route.abort();
				},
				{ times: 1 },
			);
			await caret(page, right.id, -1);
			await page.keyboard.type(' Brambles.');
			await page.locator('#write-state', { hasText: 'no connection' }).waitFor();
			await page.keyboard.type(' Thistles.');
			await settled(page);
			const now = async () => (await pieces(draft)).find(({ id }) => id === right.id)?.words ?? '';
			expect(await now()).toMatch(/public law\.? Brambles\. Thistles\.$|[^.]\. Brambles\. Thistles\.$/);

			// What the site refuses for good is not sent again as it was.
			await page.route('**/write/save', (route) => route.fulfill({ status: 400, json: {} }), { times: 1 });
			await page.keyboard.type(' Clover.');
			await page.locator('#write-state', { hasText: 'did not take it' }).waitFor();
			await page.keyboard.press('Control+s');
			await settled(page);
			expect(await now()).toMatch(/ Thistles\. Clover\.$/);

			await context.setOffline(true);
			await page.keyboard.type(' Nettles.');
			await page.locator('#write-state', { hasText: 'no connection' }).waitFor();
			await shut(page);
			await context.setOffline(false);
			const next = await context.newPage();
			await next.goto(`${site.origin}/adoption/${draft}/write`);
			await next.locator('#write-told', { hasText: 'are back' }).waitFor();
			await settled(next);
			expect(await now()).toMatch(/ Thistles\. Clover\. Nettles\.$/);

			const cookies = await context.cookies();
			await context.clearCookies();
			await caret(next, right.id, -1);
			await next.keyboard.type(' Sorrel.');
			await next.locator('#write-state', { hasText: 'signed out' }).waitFor();
			expect(await next.getByRole('link', { name: 'Sign in, in another window' }).count()).toBe(1);
			await picture(next, 'write-signed-out');
			await context.addCookies(cookies);
			await settled(next);
			expect(await now()).toMatch(/ Nettles\. Sorrel\.$/);
			const kept = await next.evaluate(
				'Object.keys(localStorage).filter((key) => key.startsWith("compact.write")).length',
			);
			expect(kept).toBe(0);
		},
		PATIENCE,
	);

	test(
		'keeps words whose provision is gone over a closed window, and reads them where the draft closed meanwhile',
		async () => {
			const draft = await begun('Aside', clerk.actor, world);
			const { page } = await open(draft);
			const context = page.context();
			const right = await at(page, 'no private right');
			await context.setOffline(true);
			await caret(page, right.id, -1);
			await page.keyboard.type(' Brambles.');
			await world.db.as(attorney.actor, (tx) =>
				restructure(draft, { act: 'removed', provision: right.id }, attorney.actor, world, tx),
			);
			await context.setOffline(false);
			await page.locator('#write-state', { hasText: 'no place' }).waitFor();
			await picture(page, 'write-aside');
			await shut(page);

			const next = await context.newPage();
			await next.goto(`${site.origin}/adoption/${draft}/write`);
			await next.locator('.beside', { hasText: 'Brambles.' }).waitFor();
			await world.db.as(attorney.actor, (tx) => closeDraft(draft, attorney.actor, world, tx));
			await next.locator('#write-state', { hasText: 'adopted or closed' }).waitFor();
			next.on('dialog', (asking) => void asking.accept());
			await next.reload();
			await next.locator('#write-left', { hasText: 'Brambles.' }).waitFor();
			await picture(next, 'write-closed');

			await world.db.as(attorney.actor, (tx) => reopenDraft(draft, attorney.actor, world, tx));
			await next.reload();
			await next.getByRole('button', { name: 'Put them back' }).click();
			await settled(next);
			expect((await pieces(draft)).some(({ words }) => words.endsWith(' Brambles.'))).toBe(true);
		},
		PATIENCE,
	);

	test(
		'is told of protections whose words she changes, and shown what differs from what was copied',
		async () => {
			const { page: shelf } = await walk('/library/zz/place/alder-falls/chapter-9-40', clerk.cookie);
			await shelf.getByRole('link', { name: 'Copy into a draft' }).click();
			await shelf.getByRole('button', { name: 'Copy', exact: true }).click();
			await shelf.getByRole('link', { name: 'Write', exact: true }).click();
			const draft = new URL(shelf.url()).pathname.split('/')[2] ?? '';
			const { page } = await open(draft);
			const id = await world.db.as(clerk.actor, async (tx) => {
				const { sources, provisions } = await stateOf(draft, clerk.actor, tx);
				const [source] = sources;
				const given = source ? await protectionsOf(source.workId, source.expressionId, tx) : [];
				const coding = given.find(({ polarity, state }) => polarity === 'gives' && state === 'confirmed');
				return provisions.find(({ from }) => from?.eId === coding?.eId)?.id ?? '';
			});
			await caret(page, id, 0);
			await page.keyboard.press('Control+Shift+ArrowRight');
			await page.keyboard.press('Control+Shift+ArrowRight');
			await page.keyboard.press('Backspace');
			await page.keyboard.type('Brambles ');
			await page.locator('.beside.checking', { hasText: 'Check' }).first().waitFor();
			await page.getByRole('button', { name: 'Show changes' }).click();
			await page.locator(`#${id} ins`, { hasText: 'Brambles' }).waitFor();
			expect(await page.locator(`#${id} del`).count()).toBe(1);
			await page.keyboard.type('and nettles ');
			await page.locator(`#${id} ins`, { hasText: 'nettles' }).waitFor();
			await picture(page, 'write-changes');
		},
		PATIENCE,
	);

	test(
		'leaves the text with Tab, and axe finds nothing at three widths in both themes and languages',
		async () => {
			const draft = await begun('Seen', clerk.actor, world);
			const found: string[] = [];
			for (const path of ['', '/es'])
				for (const colorScheme of ['light', 'dark'] as const) {
					const { page } = await walk(`${path}/adoption/${draft}/write`, clerk.cookie, {
						...{ javaScriptEnabled: true, bypassCSP: true, colorScheme },
					});
					await page.locator('#writing[data-ready]').waitFor();
					for (const width of [390, 768, 1440]) {
						await page.setViewportSize({ width, height: 900 });
						if (await page.evaluate('document.documentElement.scrollWidth > innerWidth'))
							found.push(`wider than ${width}`);
						found.push(...(await violations(page)).map((one) => `${path} ${width} ${colorScheme}: ${one}`));
					}
					await caret(page, (await standing(page))[3]?.id ?? '', 0);
					await page.keyboard.press('Tab');
					expect(await page.evaluate('document.activeElement.closest(".ProseMirror")')).toBeNull();
				}
			expect(found).toEqual([]);
			const { page: plain } = await walk(`/adoption/${draft}/write`, clerk.cookie);
			expect(await plain.locator('noscript').first().textContent()).toContain('plain forms');
		},
		PATIENCE,
	);

	test('is told that a draft was adopted, and others are refused', async () => {
		const draft = await begun('Refused', clerk.actor, world);
		const address = `${site.origin}/adoption/${draft}/write/save`;
		for (const who of [stranger, watching]) {
			const answer = await fetch(address, question(site.origin, draft, who));
			expect([403, 404]).toContain(answer.status);
			expect(await answer.text()).not.toContain('custody');
		}
		expect((await fetch(address, question('https://elsewhere.example', draft, clerk))).status).toBe(403);
		const form = { cookie: clerk.cookie, origin: site.origin };
		expect(
			(await fetch(address, { method: 'POST', headers: form, body: new URLSearchParams({ a: 'b' }) })).status,
		).toBe(400);

		await world.db.as(clerk.actor, (tx) =>
			sql`update adoption_draft set became_work_id = (select id from library_work limit 1) where id = ${draft}`.execute(
				tx,
			),
		);
		// Somebody else signed in, in another window of the same browser.
		const other = question(site.origin, draft, { ...clerk, cookie: attorney.cookie });
		expect((await fetch(address, other)).status).toBe(403);
		const late = await fetch(address, question(site.origin, draft, clerk));
		expect([late.status, await late.text()]).toEqual([409, expect.stringContaining('was adopted')]);
		const page = await (await fetch(`${site.origin}/adoption/${draft}/write`, { headers: form })).text();
		expect(page).toContain('Nothing is written in it any more.');
		expect(page).not.toContain('id="writing"');
	});
});
