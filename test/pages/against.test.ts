import { afterAll, describe, expect, test } from 'vitest';
import { stateOf } from '#adoption/state.server.ts';
import { restructure } from '#adoption/structure/restructure.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
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
const seated = async (city: string) => signedIn(world, { role: 'member', placeId: await sampleCity(city, world) });
const [clerk, neighbour] = [await seated('alder-falls'), await seated('dunmere')];
const visit = walking(site, browsing);
const EARLIER = 'coalition/detainers/2026-10-29';

/** A draft of the earlier model with changed words and a section more, and another city's ordinance from the same model. */
async function drafted(): Promise<string> {
	const theirs = await begun('Judicial warrants in Dunmere', neighbour.actor, world, { path: EARLIER });
	await fillAll(theirs, 'Town of Dunmere', neighbour.actor, world);
	await adopted(theirs, { number: 'Ordinance 2026-41' }, neighbour.actor, world);
	const id = await begun('Judicial warrants', clerk.actor, world, { path: EARLIER });
	await world.db.as(clerk.actor, async (tx) => {
		const { provisions, seq } = await stateOf(id, clerk.actor, tx);
		const one = provisions.find(({ from }) => from?.eId === 'sec_13');
		const typed = { heading: one?.heading ?? '', words: `${one?.text} It binds volunteers too.` };
		await saveWords(id, one?.id ?? '', { typed, since: seq }, clerk.actor, world, tx);
		const wish = { act: 'added', place: 'end', heading: 'Costs', words: 'Costs are of the city.' } as const;
		await restructure(id, wish, clerk.actor, world, tx);
	});
	return id;
}

const draft = browserPath() === null ? '' : await drafted();

describe.skipIf(browserPath() === null)('a clerk without scripts', () => {
	test(
		'reads the draft against the model, an earlier draft, the newest model, and another city',
		async () => {
			const { page } = await visit(`/adoption/${draft}`, clerk.cookie);
			expect(await said(page)).toContain('10 words added, 0 removed');
			await page.locator('.in-words summary').click();
			await picture(page, 'against-model');
			expect(await said(page)).toContain('“It binds volunteers too.” inserted');
			expect(await said(page)).toMatch(/Changed from the model, \d+%/);
			await page.getByRole('link', { name: 'Against another text' }).click();
			await picture(page, 'against-choose');
			await page.getByLabel('Earlier draft', { exact: true }).selectOption('draft-2');
			await page.getByRole('button', { name: 'Show the redline' }).click();
			expect(await said(page)).toContain('Redline against draft 2');
			expect(await said(page)).toContain('6 words added, 0 removed');
			expect(await said(page)).not.toContain('[added: It binds');
			await picture(page, 'against-draft');

			// Whoever edits or comments from there comes back to it.
			const stays = async () => {
				expect(await said(page)).toContain('Redline against draft 2');
				expect(await page.locator('.prov .law > p del').count()).toBe(0);
				expect(new URL(page.url()).searchParams.get('show')).toBe('clean');
			};
			await page.getByRole('link', { name: 'Clean', exact: true }).click();
			await stays();
			await page.getByRole('link', { name: 'Edit Section 13', exact: true }).click();
			await stays();
			await page.getByRole('button', { name: 'Save Section 13' }).click();
			await stays();
			await page.getByRole('link', { name: 'Edit Section 13', exact: true }).click();
			await page.getByRole('link', { name: 'Close without saving' }).click();
			await stays();
			await page.getByRole('link', { name: 'Comment on Section 13', exact: true }).click();
			await page.getByLabel('Your comment on Section 13').fill('Ask the clerk.');
			await page.getByRole('button', { name: 'Save the comment' }).click();
			await stays();
			await page.locator('summary', { hasText: 'Reply to comment 1' }).click();
			await page.locator('[id^="reply-"]').fill('She agrees.');
			await page.getByRole('button', { name: 'Send the reply to comment 1' }).click();
			await stays();
			await page.getByRole('button', { name: 'Save the blanks' }).click();
			await stays();

			await page.goto(`${site.origin}/adoption/${draft}/against`);
			await page.getByRole('link', { name: /^The newest version/ }).click();
			expect(await said(page)).toContain('Redline against the newest model, November 26, 2026');

			await page.goto(`${site.origin}/adoption/${draft}/against`);
			expect(await said(page)).toContain('made from');
			await page.getByRole('link', { name: /Dunmere.*2026-41/ }).click();
			await picture(page, 'against-city');
			expect(await said(page)).toMatch(/Redline against SAMPLE Dunmere, ZZ: Ordinance 2026-41/);
			expect(await said(page)).toContain('[removed: Town of Dunmere');

			await page.goto(`${site.origin}/adoption/${draft}/against?q=judicial+warrant`);
			await picture(page, 'against-search');
			expect(await page.locator('#any ~ ul li').count()).toBeGreaterThan(1);
			await page.goto(`${site.origin}/adoption/${draft}/against?q=${site.origin}/library/${EARLIER}`);
			expect(page.url()).toContain('against=coalition');
			expect(await said(page)).toContain('Redline against The coalition');
		},
		PATIENCE,
	);

	test(
		'in Spanish, and axe finds nothing at three widths in both themes',
		async () => {
			const { page } = await visit(`/es/adoption/${draft}?against=newest`, clerk.cookie);
			await picture(page, 'against-es');
			expect(await said(page)).toContain('Marcas frente al modelo más reciente');
			const pages = [`/adoption/${draft}/against`, `/es/adoption/${draft}?against=draft-2`].map(
				(path) => [path, clerk.cookie] as const,
			);
			expect(await faults(visit, pages)).toEqual([]);
		},
		PATIENCE,
	);
});
