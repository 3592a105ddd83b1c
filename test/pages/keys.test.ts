import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { behindKey } from '#coalition/acting.server.ts';
import { signedIn } from '../access/signed-in.ts';
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
			const record = await said(page);
			expect(record).toMatch(/Key for programs revoked.*Key for programs made/);
			expect(record).toMatch(/key:[0-9a-f-]{36}:change:counsel/);
		},
		PATIENCE,
	);

	test(
		'are revoked with the sessions by whoever signs out everywhere and chooses so',
		async () => {
			const { rows } = await world.db.as(SYSTEM, (tx) =>
				sql<{ id: string }>`select id from place where slug = 'lowmark' and sample`.execute(tx),
			);
			const lost = await signedIn(world, { role: 'member', placeId: rows[0]?.id ?? '' });
			const make = async (page: Page, name: string) => {
				await page.goto(`${site.origin}/account/keys`);
				await page.getByLabel('Name', { exact: true }).fill(name);
				await page.getByRole('button', { name: 'Make the key' }).click();
				return (await page.locator('.secret code').textContent()) ?? '';
			};
			const { page } = await visit('/account', lost.cookie);
			expect(await page.getByLabel(/Also revoke/).count()).toBe(0);
			const keys = [await make(page, 'One'), await make(page, 'Two')];
			const works = () => Promise.all(keys.map(async (key) => (await behindKey(key, world)) !== null));
			expect(await works()).toEqual([true, true]);
			await page.goto(`${site.origin}/account`);
			await page.getByLabel('Also revoke my 2 keys for programs').check();
			await picture(page, 'keys-everywhere');
			await page.getByRole('button', { name: 'Sign out everywhere' }).click();
			expect([await page.locator('h1').textContent(), await works()]).toEqual(['Sign in', [false, false]]);
			const traces = await world.db.as(lost.actor, (tx) =>
				sql<{ n: number }>`
					select count(*)::integer as n from audit_entry where action = 'key_revoked' and seat = ${lost.seat}`.execute(
					tx,
				),
			);
			expect(traces.rows[0]?.n).toBe(2);
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
		expect(await page.locator('#key-name').textContent()).toBe('Give the key a name of at most 60 characters.');
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
