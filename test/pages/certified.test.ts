import { afterAll, describe, expect, test } from 'vitest';
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
const clerk = await signedIn(world, {
	role: 'member',
	placeId: await sampleCity('alder-falls', world),
});
const visit = walking(site, browsing);
const id = await begun('Judicial warrants', clerk.actor, world);
await fillAll(id, 'City of Alder Falls', clerk.actor, world);
const policy = await adopted(id, { number: 'Ordinance 2026-41' }, clerk.actor, world);
/** The page of the policy, as everybody has it. */
const shelf = () => fetch(`${site.origin}/library/${policy}`).then((answer) => answer.text());
/** Kept pages are made anew within a second. */
const SOON = { timeout: 20_000 };
const PDF = '%PDF-1.7 as the clerk signed it';

describe.skipIf(browserPath() === null)('a clerk without scripts', () => {
	test(
		'sends the certified copy in, lets everybody read it, and withdraws a wrong one with the reason',
		async () => {
			const { page } = await visit(`/adoption/${id}`, clerk.cookie);
			await page.getByRole('link', { name: 'Certified copy' }).click();
			await picture(page, 'certified');
			const send = async (text: string, name: string) => {
				const file = { name, mimeType: 'application/pdf', buffer: Buffer.from(text) };
				await page.getByLabel('File of the certified copy').setInputFiles(file);
				await page.getByRole('button', { name: 'Keep this copy' }).click();
			};
			await send('<html>', 'wrong.pdf');
			expect(await page.getByRole('alert').textContent()).toContain('This is not a PDF');
			await send(PDF, 'Signed.pdf');
			expect(await said(page)).toContain('Only your city can open it.');
			expect(await shelf()).not.toContain('Certified copy');
			await page.getByRole('button', { name: 'Let everybody read Signed.pdf' }).click();
			expect(await said(page)).toContain('Everybody can read it beside the policy');
			await picture(page, 'certified-public');

			await expect.poll(shelf, SOON).toContain('Certified copy');
			const { page: anybody } = await browsing.visit(`${site.origin}/library/${policy}`);
			expect(await said(anybody)).toContain('Certified copy (PDF), 31 bytes, sent in by the city on');
			await picture(anybody, 'certified-library');
			const link = await anybody.getByRole('link', { name: 'Certified copy (PDF)' }).getAttribute('href');
			const file = await fetch(new URL(link ?? '', site.origin));
			expect([await file.text(), file.headers.get('content-type')]).toEqual([PDF, 'application/octet-stream']);
			expect(file.headers.get('content-disposition')).toBe('attachment; filename="SAMPLE-ordinance-2026-41-1.pdf"');

			await page.getByText('Signed.pdf is the wrong file', { exact: true }).click();
			await page.getByRole('button', { name: 'Withdraw it' }).click();
			expect(await page.getByRole('alert').textContent()).toContain('Write the reason');
			await page.getByLabel('Why it is withdrawn').fill('Page 3 is missing.');
			await page.getByRole('button', { name: 'Withdraw it' }).click();
			expect(await said(page)).toMatch(/Withdrawn on .*: Page 3 is missing\./);
			await expect.poll(shelf, SOON).toContain('Page 3 is missing.');
			expect((await fetch(new URL(link ?? '', site.origin))).status).toBe(409);
		},
		PATIENCE,
	);

	test(
		'in Spanish, and axe finds nothing at three widths in both themes',
		async () => {
			const { page } = await visit(`/es/adoption/${id}/certified`, clerk.cookie);
			expect(await said(page)).toContain('Copia certificada');
			const pages = [`/adoption/${id}/certified`, `/es/library/${policy}`].map((path) => [path, clerk.cookie] as const);
			expect(await faults(visit, pages)).toEqual([]);
		},
		PATIENCE,
	);
});
