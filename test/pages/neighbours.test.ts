import { afterAll, describe, expect, test } from 'vitest';
import { stateOf } from '#adoption/state.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { compareTexts } from '#reuse/compare.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { adopted, fillAll } from '../adoption/adopted.ts';
import { begun } from '../adoption/begun.ts';
import { browserPath, openBrowser } from './browser.ts';
import { sampleCity } from './city.ts';
import { startSite } from './site.ts';
import { faults, PATIENCE, picture, said, walking } from './walking.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const browsing = await openBrowser();
const seated = async (city: string, role: 'member' | 'observer' = 'member') =>
	signedIn(world, { role, placeId: await sampleCity(city, world) });
const clerk = await seated('alder-falls');
const watching = await seated('alder-falls', 'observer');
const visit = walking(site, browsing);

/** An ordinance of another city from the same model, with words of its own in section 13. */
async function neighbour(city: string, name: string, number: string): Promise<void> {
	const { actor } = await seated(city);
	const id = await begun(`Warrants in ${name}`, actor, world);
	await fillAll(id, name, actor, world);
	await world.db.as(actor, async (tx) => {
		const { provisions, seq } = await stateOf(id, actor, tx);
		const one = provisions.find(({ from }) => from?.eId === 'sec_13');
		const typed = { heading: one?.heading ?? '', words: `${one?.text} It binds volunteers too.` };
		await saveWords(id, one?.id ?? '', { typed, since: seq }, actor, world, tx);
	});
	await adopted(id, { number }, actor, world);
}

/** The draft here, and the address of its section 13. */
async function drafted(): Promise<{ readonly id: string; readonly section: string }> {
	await neighbour('dunmere', 'Town of Dunmere', 'Ordinance 2026-41');
	await neighbour('wexmoor', 'Town of Wexmoor', 'Ordinance 2026-3');
	await compareTexts(world);
	const id = await begun('Judicial warrants', clerk.actor, world);
	await fillAll(id, 'City of Alder Falls', clerk.actor, world);
	const { provisions } = await world.db.as(clerk.actor, (tx) => stateOf(id, clerk.actor, tx));
	return { id, section: provisions.find(({ from }) => from?.eId === 'sec_13')?.id ?? '' };
}

const here = browserPath() === null ? { id: '', section: '' } : await drafted();
const draft = `/adoption/${here.id}`;

describe.skipIf(browserPath() === null)('a clerk without scripts', () => {
	test(
		'sees who else has a section, reads their words against hers, uses them, and undoes that',
		async () => {
			const { page } = await visit(draft, clerk.cookie);
			const beside = page.locator(`#${here.section} aside`);
			expect(await beside.textContent()).toContain('2 other cities on the shelf have other words here.');
			// They have section 12 too, with the same words.
			const title = 'Other cities at this point';
			expect(await page.getByRole('complementary', { name: /Section 12$/ }).textContent()).not.toContain(title);
			await picture(page, 'elsewhere-margin');
			await beside.getByRole('link', { name: /^See their words/ }).click();
			await picture(page, 'elsewhere');
			expect(await said(page)).toContain('2 of 2 cities with this clause have “It binds volunteers too”');
			expect(await said(page)).toContain('SAMPLE Dunmere, ZZ, Ordinance 2026-41');
			// Both have the same words: they are read once.
			expect(await page.getByRole('button', { name: /^Use the words of/ }).count()).toBe(1);
			await page.getByRole('button', { name: /^Use the words of/ }).click();
			expect(new URL(page.url()).pathname).toBe(draft);
			expect(await said(page)).toContain('[added: It binds volunteers too.');
			expect(await said(page)).toMatch(/based on .*; based on Warrants in (Dunmere|Town of)/);
			expect(await beside.textContent()).not.toContain(title);
			await page.getByRole('link', { name: 'Every change' }).click();
			expect(await said(page)).toMatch(/Words of another city taken \(Section 13\), from Warrants in Town of/);
			await page.goto(`${site.origin + draft}/elsewhere?at=${here.section}`);
			expect(await said(page)).toContain('The same words as in your draft.');

			const { page: read } = await visit(`${draft}/elsewhere?at=${here.section}`, watching.cookie);
			expect(await read.getByRole('button', { name: /^Use/ }).count()).toBe(0);
		},
		PATIENCE,
	);

	test(
		'gives a draft another title, closes it, finds it among the closed ones and opens it again',
		async () => {
			const id = await begun('Warants', clerk.actor, world);
			const { page } = await visit(`/adoption/${id}`, clerk.cookie);
			await page.getByRole('link', { name: 'Rename or close' }).click();
			await picture(page, 'title');
			await page.getByLabel('Title of the draft').fill(' ');
			await page.getByRole('button', { name: 'Save the title' }).click();
			expect(await page.getByRole('alert').textContent()).toContain('Give the draft a title');
			await page.getByLabel('Title of the draft').fill('Warrants of judges');
			await page.getByRole('button', { name: 'Save the title' }).click();
			expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Warrants of judges');
			await page.getByRole('link', { name: 'Every change' }).click();
			expect(await said(page)).toContain('Title changed, before: “Warants”');
			await page.goto(`${site.origin}/adoption/${id}/title`);
			await page.getByRole('button', { name: 'Close the draft' }).click();
			expect(new URL(page.url()).pathname).toBe('/adoption');
			await page.getByText('Closed drafts', { exact: true }).click();
			await picture(page, 'closed-list');
			await page.getByRole('link', { name: 'Warrants of judges' }).click();
			expect(await said(page)).toContain('This draft is closed.');
			expect(await page.getByRole('link', { name: /^Edit / }).count()).toBe(0);
			await page.getByRole('link', { name: 'Open it again' }).click();
			await page.getByRole('button', { name: 'Open it again' }).click();
			expect(await page.getByRole('link', { name: /^Edit / }).count()).toBeGreaterThan(10);
		},
		PATIENCE,
	);

	test(
		'in Spanish, and axe finds nothing at three widths in both themes',
		async () => {
			const { page } = await visit(`/es${draft}/elsewhere?at=${here.section}`, clerk.cookie);
			await picture(page, 'elsewhere-es');
			expect(await said(page)).toContain('Otras ciudades en este punto');
			const pages = [`${draft}/elsewhere?at=${here.section}`, `/es${draft}/title`, draft].map(
				(path) => [path, clerk.cookie] as const,
			);
			expect(await faults(visit, pages)).toEqual([]);
		},
		PATIENCE,
	);
});
