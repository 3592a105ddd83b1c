import { afterAll, describe, expect, test } from 'vitest';
import { stateOf } from '#adoption/state.server.ts';
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
const seated = async (city: string, role: 'member' | 'observer' = 'member') =>
	signedIn(world, { role, placeId: await sampleCity(city, world) });
const clerk = await seated('dunmere');
const watching = await seated('dunmere', 'observer');
const visit = walking(site, browsing);

/** What another city adopted, with its name, and an old ordinance of it, in section 13. */
async function neighbour(): Promise<string> {
	const { actor } = await seated('alder-falls');
	const id = await begun('Warrants in Alder Falls', actor, world);
	await fillAll(id, 'City Council', actor, world);
	await world.db.as(actor, async (tx) => {
		const { provisions, seq } = await stateOf(id, actor, tx);
		const one = provisions.find(({ from }) => from?.eId === 'sec_13');
		const words = 'An Alder Falls officer obeys, as Alder Falls did in 2019. Alder Falls Ordinance 12 stays.';
		const typed = { heading: 'Officers of Alder Falls', words };
		await saveWords(id, one?.id ?? '', { typed, since: seq }, actor, world, tx);
	});
	return `${await adopted(id, { number: 'Ordinance 2026-41' }, actor, world)}/2026-11-20`;
}

const path = browserPath() === null ? '' : await neighbour();

describe.skipIf(browserPath() === null)('a clerk who copies from another city, without scripts', () => {
	test(
		'is told whom the words name, puts her own name in where it is meant, and undoes that',
		async () => {
			const { page } = await visit(`/adoption/new?from=${path}`, clerk.cookie);
			expect(await said(page)).toContain('This text names Alder Falls in 4 places. It is copied as it is;');
			expect(await said(page)).toContain('Its title names Alder Falls too.');
			await picture(page, 'names-new');
			await page.getByRole('button', { name: 'Copy' }).last().click();
			const draft = new URL(page.url()).pathname;
			const notice = 'This draft names Alder Falls in 4 places.';
			for (const page of ['', '/counsel', '/files', '/packet']) {
				const { page: there } = await visit(draft + page, clerk.cookie);
				expect(await said(there), page).toContain(notice);
				expect(await said(there), page).toContain('The title of this draft names Alder Falls.');
				await picture(there, `names-notice${page.replace('/', '-')}`);
			}
			await page.getByRole('link', { name: 'See each place, and put Dunmere in' }).click();
			await picture(page, 'names');
			expect(await said(page)).toMatch(/\[removed: ?An Alder Falls\] ?\[added: ?A Dunmere\] officer obeys/);
			expect(await said(page)).toContain('Not ticked: it seems to cite a law or a case of that city.');
			const boxes = page.getByRole('checkbox');
			expect(await boxes.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).checked))).toEqual([
				...[true, true, true, false],
			]);
			await boxes.nth(2).uncheck();
			await page.getByRole('button', { name: 'Put Dunmere in where ticked' }).click();
			expect(await said(page)).toContain('Dunmere is in 2 places now. 2 places stay as they are.');
			await picture(page, 'names-done');
			await page.goto(`${site.origin + draft}?show=clean`);
			expect(await said(page)).toContain('A Dunmere officer obeys, as Alder Falls did in 2019.');
			expect(await said(page)).not.toContain('This draft names Alder Falls in');
			await page.getByRole('link', { name: 'Every change' }).click();
			expect(await said(page)).toContain('City’s own name put in');
			await page.goto(`${site.origin + draft}/names`);
			expect(await said(page)).toContain('Left as they are');
			await page.getByRole('checkbox').first().check();
			await page.getByRole('button', { name: 'Put Dunmere in where ticked' }).click();
			expect(await said(page)).toContain('Dunmere is in 1 place now.');
			await page.getByRole('button', { name: 'Undo' }).click();
			await page.goto(`${site.origin + draft}?show=clean`);
			expect(await said(page)).toContain('as Alder Falls did in 2019.');
			expect(await said(page)).not.toContain('This draft names Alder Falls in');
			await page.goto(`${site.origin + draft}/versions`);
			await page.getByRole('button', { name: 'Bring draft 1 back' }).click();
			await page.goto(site.origin + draft);
			expect(await said(page)).toContain(notice);

			const { page: read } = await visit(`${draft}/names`, watching.cookie);
			expect(await read.getByRole('button', { name: /^Put/ }).count()).toBe(0);
			const pages = [`${draft}/names`, `/es${draft}/names`, draft, `/adoption/new?from=${path}`].map(
				(path) => [path, clerk.cookie] as const,
			);
			expect(await faults(visit, pages)).toEqual([]);
			const { page: spanish } = await visit(`/es${draft}/names`, clerk.cookie);
			await picture(spanish, 'names-es');
			expect(await said(spanish)).toContain('Nombres de otra ciudad');
		},
		PATIENCE,
	);
});
