import { beforeAll, describe, expect, test } from 'vitest';
import { record } from '#access/audit.server.ts';
import { type SignedIn, signedIn } from '../access/signed-in.ts';
import { testDatabase } from '../database.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const noBrowser = browserPath() === null;
const here = await testDatabase();
const { host, port, user, database } = here.ground.owner();
const site = noBrowser
	? { origin: '', lines: [] }
	: await startSite({ DATABASE_URL: `postgres://${user}@localhost:${port}/${database}?host=${host}` });
const browsing = await openBrowser();

describe.skipIf(noBrowser)('the record of acts', () => {
	let clerk: SignedIn;
	let steward: SignedIn;
	let editor: SignedIn;
	let elsewhere: SignedIn;

	beforeAll(async () => {
		here.now = new Date();
		const [own, other] = await here.world.db.as({ role: 'visitor', city: null }, (tx) =>
			tx.selectFrom('place').select('id').where('sample', '=', false).orderBy('id').limit(2).execute(),
		);
		clerk = await signedIn(here.world, { role: 'member', placeId: own?.id ?? '' });
		elsewhere = await signedIn(here.world, { role: 'counsel', placeId: other?.id ?? '', counsel: true });
		steward = await signedIn(here.world, { role: 'steward' });
		editor = await signedIn(here.world, { role: 'editor' });
		for (const { owner, name } of [
			{ owner: own?.id ?? '', name: 'Ana of the city' },
			{ owner: null, name: 'Eva of the coalition' },
		]) {
			const { actor } = steward;
			const done = { actor, action: 'seat_opened' as const, subject: `seat:${clerk.seat}`, owner, personal: { name } };
			await here.world.db.as(actor, (tx) => record(done, here.world, tx));
		}
	});

	const open = (path: string, who: SignedIn | null, width = 1024) =>
		browsing.visit(site.origin + path, {
			bypassCSP: true,
			viewport: { width, height: 800 },
			extraHTTPHeaders: who ? { cookie: who.cookie } : {},
		});

	test('shows a city what was done about it, and nothing of anybody else', async () => {
		const { page, status, headers } = await open('/account/audit', clerk, 320);
		expect(status).toBe(200);
		expect(headers['cache-control']).toMatch(/no-store|private/);
		const text = await page.locator('main').innerText();
		expect(text).toContain('1 act, newest first.');
		expect(text).toContain('Ana of the city');
		expect(text).not.toContain('Eva of the coalition');
		expect(await page.locator('html').evaluate((root) => root.scrollWidth)).toBe(320);
		expect(await violations(page)).toEqual([]);
	});

	test('shows stewards those of the coalition, in Spanish too', async () => {
		const { page } = await open('/es/account/audit', steward);
		const text = await page.locator('main').innerText();
		expect(text).toContain('Eva of the coalition');
		expect(text).not.toContain('Ana of the city');
		expect(text).toContain('Puesto abierto');
		expect(await violations(page)).toEqual([]);
	});

	test('shows another city nothing, and who has no seat gets no page', async () => {
		const { page } = await open('/account/audit', elsewhere);
		expect(await page.locator('main').innerText()).toContain('Nothing is recorded yet');
		expect((await open('/account/audit', null)).status).toBe(403);
	});

	test('is led to from the account of those who may read it', async () => {
		for (const [who, links] of [
			[clerk, 1],
			[editor, 0],
		] as const) {
			const { page } = await open('/account', who);
			expect(await page.locator('main a[href="/account/audit"]').count()).toBe(links);
		}
		expect((await open('/account/audit', editor)).status).toBe(403);
	});

	test('is checked at the press of a button, and gives an end to write down', async () => {
		const { page } = await open('/account/audit', clerk);
		await page.getByRole('button', { name: 'Check now' }).click();
		const said = await page.locator('#check').innerText();
		expect(said).toContain('It holds: 1 entry.');
		expect(said).toMatch(/End: [0-9a-f]{64}/);
	});
});

describe.skipIf(noBrowser)('a text with a number of a person', () => {
	test.each([
		['/watch/report', 'What is wrong', 'Send', 'It looks like an A-number', 'is a docket, case or grant number'],
		['/es/watch/report', 'Qué está mal', 'Enviar', 'Parece un número A', 'es un número de expediente judicial'],
	])(
		'is given back at %s with the number marked, and taken when it is said to be another',
		async (path, field, send, kind, other) => {
			const { page } = await browsing.visit(site.origin + path, {
				bypassCSP: true,
				viewport: { width: 320, height: 800 },
			});
			const text = 'The grant A12345678 is given twice, see 219-09-9999.';
			await page.getByLabel(field).fill(text);
			await page.getByRole('button', { name: send }).click();
			expect(await page.getByLabel(field).inputValue()).toBe(text);
			expect(await page.locator('.persons mark').allInnerTexts()).toEqual(['A12345678', '219-09-9999']);
			expect(await page.locator('.persons').innerText()).toContain(kind);
			expect(await page.locator('html').evaluate((root) => root.scrollWidth)).toBe(320);
			expect(await violations(page)).toEqual([]);

			await page.getByLabel(`A12345678 ${other}`).check();
			await page.getByRole('button', { name: send }).click();
			expect(await page.getByLabel(`A12345678 ${other}`).isChecked()).toBe(true);
			await page.getByLabel(field).fill('The grant A12345678 is given twice.');
			await page.getByRole('button', { name: send }).click();
			expect(new URL(page.url()).pathname).toBe(`${path}/thanks`);
			const kept = await here.world.db.as({ role: 'operator', city: null }, (tx) =>
				tx.selectFrom('watch_report').select('message').execute(),
			);
			expect(kept.map(({ message }) => message).join()).not.toContain('219-09-9999');
		},
	);
});
