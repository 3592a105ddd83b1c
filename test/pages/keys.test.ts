import { describe, expect, test } from 'vitest';
import { behindKey } from '#coalition/acting.server.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { people, site, world } from './everybody.ts';
import { PATIENCE, picture, said, walking } from './walking.ts';

const browsing = await openBrowser();
const visit = walking(site, browsing);
/** axe is a script. */
const SEEN = { javaScriptEnabled: true, bypassCSP: true };

describe.skipIf(browserPath() === null)('keys for programs', () => {
	test(
		'are made by a person of a city without a script, shown once, and revoked',
		async () => {
			const { page } = await visit('/account', people.c.cookie);
			await page.getByRole('link', { name: 'Make or revoke keys' }).click();
			await picture(page, 'keys-none');
			expect(await said(page)).toContain('There is no key.');
			await page.getByLabel('Name', { exact: true }).fill('Agenda system');
			await page.getByLabel('Read and change drafts').check();
			await page.getByLabel('Counsel’s comments too').check();
			await page.getByLabel('It expires after').selectOption('365');
			await page.getByRole('button', { name: 'Make the key' }).click();
			const key = (await page.locator('.secret code').textContent()) ?? '';
			await picture(page, 'keys-made');
			expect((await behindKey(key, world))?.actor).toMatchObject({
				...{ role: 'counsel', program: 'change', counsel: true, person: people.c.person },
			});
			await page.getByRole('link', { name: 'I have it' }).click();
			expect(await page.content()).not.toContain(key);
			expect(await said(page)).toContain(
				'Agenda system: Read and change drafts; counsel’s comments too; Office of tests',
			);
			await picture(page, 'keys');
			await page.getByRole('button', { name: /^Revoke ?: Agenda system/ }).click();
			expect(await said(page)).toContain('The key is revoked.');
			expect(await behindKey(key, world)).toBeNull();
			await page.goto(`${site.origin}/account/audit`);
			expect(await said(page)).toMatch(/Key for programs revoked.*Key for programs made/);
		},
		PATIENCE,
	);

	test('whoever only reads is offered only a key that reads, and a steward none', async () => {
		const observer = await visit('/account/keys', people.b.cookie);
		expect(await observer.page.getByRole('radio').count()).toBe(1);
		expect(await observer.page.getByRole('checkbox').count()).toBe(0);
		const steward = await visit('/account/keys', people.t.cookie);
		expect(await said(steward.page)).toContain('A key is for the drafts of a city.');
		expect(await steward.page.getByRole('button', { name: 'Make the key' }).count()).toBe(0);
		const more = await fetch(`${site.origin}/account/keys?/make`, {
			method: 'POST',
			headers: { cookie: people.b.cookie, origin: site.origin, accept: 'text/html' },
			body: new URLSearchParams({ name: 'More', opens: 'change', days: '30' }),
		});
		expect([more.status, (await more.text()).includes('Choose what it may do.')]).toEqual([400, true]);
	});

	test('what is missing is said beside its field, and what was typed stays', async () => {
		const { page } = await visit('/account/keys', people.m.cookie, SEEN);
		await page.getByLabel('Name', { exact: true }).fill('…');
		await page.getByLabel('Read and change drafts').check();
		await page.getByRole('button', { name: 'Make the key' }).click();
		expect(await page.locator('#key-name').textContent()).toBe('Give the key a name of at most 60 letters.');
		expect(await page.getByLabel('Read and change drafts').isChecked()).toBe(true);
		await picture(page, 'keys-fault');
		expect(await violations(page)).toEqual([]);
		await page.getByLabel('Name', { exact: true }).fill('My laptop');
		await page.getByRole('button', { name: 'Make the key' }).click();
		expect(await page.locator('h1').textContent()).toBe('Your new key');
		expect(await violations(page)).toEqual([]);
	});

	test.each(['', '/es'])(
		'%s/account/keys has no fault that a machine finds, at three widths, light and dark',
		async (prefix) => {
			for (const colorScheme of ['light', 'dark'] as const)
				for (const width of [390, 768, 1440]) {
					const { page } = await visit(`${prefix}/account/keys`, people.c.cookie, {
						...{ ...SEEN, colorScheme, viewport: { width, height: 900 } },
					});
					expect(await violations(page)).toEqual([]);
					await page.close();
				}
		},
	);
});
