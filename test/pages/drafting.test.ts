import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { stateOf } from '#adoption/state.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import { protectionsOf } from '#library/protections.server.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { fillAll } from '../adoption/adopted.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { sampleCity } from './city.ts';
import { startSite } from './site.ts';
import { PATIENCE, picture, said, walking } from './walking.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const browsing = await openBrowser();

const placeId = await sampleCity('alder-falls', world);
const clerk = await signedIn(world, { role: 'member', placeId });
const attorney = await signedIn(world, { role: 'counsel', placeId, counsel: true });

const walk = walking(site, browsing);
const visit = (path: string, cookie = clerk.cookie, options: BrowserContextOptions = {}) => walk(path, cookie, options);

/** Copies the model of detainers, and gives the address of the draft. */
async function copied(page: Page, title: string): Promise<string> {
	await page.goto(`${site.origin}/library/coalition/detainers`);
	await page.getByRole('link', { name: 'Copy into a draft' }).click();
	await page.getByLabel('Title of the draft').fill(title);
	await page.getByRole('button', { name: 'Copy', exact: true }).click();
	await picture(page, 'copied');
	return new URL(page.url()).pathname;
}

describe.skipIf(browserPath() === null)('a clerk without scripts', () => {
	test(
		'copies a model, fills its blanks, writes over its words, moves, splits and takes back',
		async () => {
			const { page } = await visit('/adoption');
			expect(await said(page)).toContain('Your city has no draft yet');
			await picture(page, 'none');
			await page.goto(`${site.origin}/library/coalition/detainers`);
			await page.getByRole('link', { name: 'Copy into a draft' }).click();
			await picture(page, 'new');
			expect(await said(page)).toContain('ask counsel before using this text');
			await page.getByLabel('Title of the draft').fill('');
			await page.getByRole('button', { name: 'Copy', exact: true }).click();
			expect(await page.getByRole('alert').textContent()).toContain('Give the draft a title');
			const draft = await copied(page, 'Judicial warrants');
			expect(await said(page)).toContain('Draft 1 of Alder Falls');
			await picture(page, 'begun');

			await page.getByLabel('Full name of the city').fill('City of Alder Falls');
			await page.getByLabel('Days until personnel are trained').fill('soon');
			await page.getByRole('button', { name: 'Save the blanks' }).click();
			expect(await said(page)).toContain('Write a whole number');
			await page.getByLabel('Days until personnel are trained').fill('45');
			await page.getByLabel('Head of the custody unit').fill('Chief of Police');
			await page.getByRole('button', { name: 'Save the blanks' }).click();
			expect(await said(page)).toContain('The blanks are saved.');
			expect(await page.locator('.fill', { hasText: 'Chief of Police' }).count()).toBe(5);

			await page.getByRole('link', { name: 'Edit Section 3(b)' }).click();
			await picture(page, 'editing');
			const words = page.getByLabel('Words of Section 3(b)');
			const before = await words.inputValue();
			await words.fill(before.replace(/, when bail is posted, /, ', when bail is posted.\n\nA person is free to go '));
			await page.getByRole('button', { name: 'Save Section 3(b)' }).click();
			const text = await said(page);
			expect(text).toContain('Section 3(b) is saved.');
			// What was (c) is (d) now, and the section on costs says so.
			expect(await page.getByRole('link', { name: 'Edit Section 3(e)' }).count()).toBe(1);
			expect(text).toMatch(/under section ?\[removed: +3\(c\) ?\] ?\[added: +3\(d\)/);
			await picture(page, 'saved');

			await page.goto(`${site.origin + draft}?show=clean`);
			await picture(page, 'clean');
			expect(await said(page)).toContain('hold or transfer under section 3(d) or section 5(a)');
			await page.getByRole('link', { name: 'Edit Section 2', exact: true }).click();
			await page.getByText('Order of Section 2', { exact: true }).click();
			await picture(page, 'order');
			await page.getByLabel('Move Section 2 to').selectOption({ label: 'after Section 12' });
			await page.getByRole('button', { name: 'Move', exact: true }).click();
			expect(await said(page)).toContain('is moved. Numbers and references follow.');
			await page.getByRole('button', { name: 'Undo' }).click();
			expect(await said(page)).toContain('The last change was taken back.');

			await page.getByRole('link', { name: 'Every change' }).click();
			await picture(page, 'versions');
			expect(await said(page)).toContain('Provision moved');
			await page.getByRole('button', { name: 'Bring draft 1 back' }).click();
			expect(await page.getByLabel('Full name of the city').inputValue()).toBe('');
		},
		PATIENCE,
	);

	test(
		'and an attorney who write over the same words lose none of theirs',
		async () => {
			const { page: one } = await visit('/adoption');
			const draft = await copied(one, 'Two at once');
			const { page: other } = await visit(draft, attorney.cookie);
			for (const page of [one, other]) await page.getByRole('link', { name: 'Edit Section 13' }).click();
			const [mine, theirs] = [one, other].map((page) => page.getByLabel('Words of Section 13'));
			if (!mine || !theirs) throw new Error('Both have a form.');
			await mine.fill((await mine.inputValue()).replace('no private right', 'a private right'));
			await one.getByRole('button', { name: 'Save Section 13' }).click();
			await theirs.fill((await theirs.inputValue()).replace('no private right', 'not any private right'));
			await other.getByRole('button', { name: 'Save Section 13' }).click();
			expect(await other.getByRole('alert').textContent()).toContain('Nothing was lost');
			await picture(other, 'clash');
			expect(await other.getByLabel('Words of Section 13').inputValue()).toContain('not any private right');
			await other.getByRole('button', { name: 'Save Section 13' }).click();
			expect(await said(other)).toContain('Section 13 is saved');
		},
		PATIENCE,
	);

	test(
		'learns of a newer model, takes a change over with her own words, keeps another, and writes what both changed',
		async () => {
			const { page } = await visit('/adoption/new?from=coalition/detainers/2026-10-29');
			await page.getByLabel('Title of the draft').fill('From the earlier model');
			await page.getByRole('button', { name: 'Copy', exact: true }).click();
			expect(await said(page)).toContain('has a newer version');
			await picture(page, 'notice');
			await page.getByRole('link', { name: 'See what changed' }).click();
			await picture(page, 'newer');
			const offers = page.locator('.offers > li');
			const n = await offers.count();
			expect(n).toBeGreaterThan(2);
			// In every reading the heading stands over the words, not in their line.
			const readings = page.locator('.offers .three > div', { has: page.locator('h5') });
			expect(await readings.count()).toBeGreaterThan(1);
			for (const one of await readings.all()) {
				const heading = (await one.locator('h5.law').textContent()) ?? '';
				expect(heading.length).toBeGreaterThan(2);
				expect((await one.locator('p.law').allTextContents()).join()).not.toContain(heading);
			}
			await offers.first().getByRole('button', { name: /^Take/ }).click();
			expect(await said(page)).toContain('Taken over.');
			await offers
				.first()
				.getByRole('button', { name: /^(Keep ours|Leave it out)/ })
				.click();
			expect(await said(page)).toContain('Your words stay.');
			expect(await offers.count()).toBe(n - 2);
			await page.getByRole('button', { name: 'Take every change that does not clash' }).click();
			expect(await said(page)).toContain('Every change in the newer versions is decided.');
			await page.getByRole('link', { name: 'From the earlier model' }).last().click();
			expect(await said(page)).toContain('version of November 26, 2026');
		},
		PATIENCE,
	);

	test(
		'is told where words changed that two people read as giving a protection',
		async () => {
			const { page } = await visit('/library/zz/place/alder-falls/chapter-9-40');
			await page.getByRole('link', { name: 'Copy into a draft' }).click();
			await page.getByRole('button', { name: 'Copy', exact: true }).click();
			expect(await said(page)).toContain('Protections copied');
			expect(await said(page)).not.toContain('These words are missing');
			const draft = page.url();
			const id = draft.split('/').at(-1) ?? '';
			await world.db.as(clerk.actor, async (tx) => {
				const { sources, provisions, seq } = await stateOf(id, clerk.actor, tx);
				const [source] = sources;
				const given = source ? await protectionsOf(source.workId, source.expressionId, tx) : [];
				const [coding] = given.filter(({ polarity, state }) => polarity === 'gives' && state === 'confirmed');
				const one = provisions.find(({ from }) => from?.eId === coding?.eId);
				const typed = { heading: one?.heading ?? '', words: 'The City may decide otherwise.' };
				await saveWords(id, one?.id ?? '', { typed, since: seq }, clerk.actor, world, tx);
			});
			await page.goto(draft);
			await picture(page, 'narrowed');
			expect(await said(page)).toMatch(/Check [A-Z]\d+, [^.]+\. These words are missing: “/);
		},
		PATIENCE,
	);

	test(
		'records the vote: the text is on the public shelf, and the draft is closed',
		async () => {
			const { page } = await visit('/library/coalition/resolution');
			await page.getByRole('link', { name: 'Copy into a draft' }).click();
			await page.getByRole('button', { name: 'Copy', exact: true }).click();
			const draft = page.url();
			await page.getByRole('link', { name: 'Record the adoption' }).click();
			await picture(page, 'adopted');
			expect(await said(page)).toContain('blanks are open');
			const id = draft.split('/').at(-1) ?? '';
			await fillAll(id, 'City Clerk', clerk.actor, world);
			await page.goto(`${draft}/adopted`);
			await page.getByLabel('Number', { exact: true }).fill('Resolution 2026-12');
			await page.getByLabel('Day of the vote').fill('November 20, 2026');
			await page.getByLabel('This is the text that was voted on').check();
			await page.getByRole('button', { name: 'Record and publish' }).click();
			expect(new URL(page.url()).pathname).toBe('/library/zz/place/alder-falls/resolution-2026-12');
			expect(await said(page)).toContain('Adopted');
			expect(await said(page)).not.toContain('{{city');
			await page.goto(draft);
			expect(await said(page)).toContain('This draft was adopted');
			expect(await said(page)).not.toContain('blank to fill');
			await page.goto(`${site.origin}/adoption`);
			const line = page.locator('.drafts li').filter({ has: page.locator(`a[href="/adoption/${id}"]`) });
			expect(await line.textContent()).toMatch(/Adopted on 20\sNov\s2026\s+Resolution 2026-12/);
			expect(await page.getByRole('link', { name: /^Edit / }).count()).toBe(0);
		},
		PATIENCE,
	);

	test(
		'reads it in Spanish, and axe finds nothing at three widths in both themes',
		async () => {
			const { page } = await visit('/adoption');
			const draft = await copied(page, 'Seen');
			await page.getByRole('link', { name: 'Edit Section 3(a)' }).click();
			const edit = new URL(page.url());
			await page.goto(`${site.origin}/es${draft}`);
			expect(await said(page)).toContain('Borrador 1 de Alder Falls');
			const found: string[] = [];
			for (const path of [
				'/adoption',
				'/adoption/new?from=coalition/detainers/2026-11-26',
				edit.pathname + edit.search,
				`${draft}/versions`,
				`/es${draft}`,
			]) {
				for (const colorScheme of ['light', 'dark'] as const) {
					const { page } = await visit(path, clerk.cookie, { javaScriptEnabled: true, bypassCSP: true, colorScheme });
					for (const width of [390, 768, 1440]) {
						await page.setViewportSize({ width, height: 900 });
						const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
						if (wide) found.push(`${path} is wider than ${width}`);
						if (width !== 768)
							found.push(...(await violations(page)).map((one) => `${path} ${width} ${colorScheme}: ${one}`));
					}
				}
			}
			expect(found).toEqual([]);
		},
		PATIENCE,
	);
});
