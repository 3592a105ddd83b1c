import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { createAccount } from '#access/account.server.ts';
import { ACCESS } from '#access/actor.ts';
import { beginSession } from '#access/session.server.ts';
import { codeAt, stepAt } from '#access/totp.server.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { bytesOf, device } from './factor.ts';
import { startSite } from './site.ts';

const noBrowser = browserPath() === null;
const folder = mkdtempSync(join(tmpdir(), 'citycompact-account-'));
chmodSync(folder, 0o711);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const site = noBrowser ? { origin: '', lines: [] } : await startSite({ COMPACT_DATA: folder }, 'localhost');
const browsing = await openBrowser();
const PASSWORD = 'three plain words';

/** Somebody whose invitation was just accepted: an account without factors, and a session. */
async function newcomer(email: string) {
	const world = await openWorld({ config: readConfig({ COMPACT_DATA: folder }), write: () => undefined });
	try {
		return await world.db.as(ACCESS, async (tx) => {
			const person = (await createAccount({ email, name: 'Ana Ruiz', language: 'en' }, world, tx)) ?? '';
			return { person, value: await beginSession(person, true, world, tx) };
		});
	} finally {
		await world.close();
	}
}

const signIn = (context: BrowserContext, value: string) =>
	context.addCookies([{ name: 'compact', value, url: site.origin, httpOnly: true }]);
const heading = (page: Page) => page.locator('h1').innerText();

describe.skipIf(noBrowser)('an account', () => {
	test('is opened by a passkey, and by password with code, in a real browser', async () => {
		const { value } = await newcomer('ana@example.org');
		const { page } = await browsing.visit(`${site.origin}/sign-in`, { bypassCSP: false });
		await device(page);
		await signIn(page.context(), value);

		await page.goto(`${site.origin}/account/factors`);
		expect(await page.locator('.banner').innerText()).toContain('You cannot sign in again yet');
		await page.getByLabel('Name for it').fill('Office computer');
		await page.getByRole('button', { name: 'Add a passkey' }).click();
		await page.waitForURL(/done=yes/);
		expect(await page.locator('.held').innerText()).toContain('Office computer');

		await page.goto(`${site.origin}/account`);
		expect(await page.locator('.mast .who').innerText()).toBe('Your account');
		await page.getByRole('button', { name: 'Sign out', exact: true }).click();
		expect(await heading(page)).toBe('Sign in');
		expect(await page.context().cookies()).toEqual([]);

		await page.goto(`${site.origin}/account/factors/app`);
		expect(page.url()).toContain(`next=${encodeURIComponent('/account/factors/app')}`);
		await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
		await page.waitForURL(/factors\/app$/);
		const [cookie] = await page.context().cookies();
		expect(cookie).toMatchObject({ name: 'compact', httpOnly: true, sameSite: 'Lax', path: '/', expires: -1 });

		const typed = (await page.locator('code').innerText()).replaceAll(' ', '');
		await page.getByLabel('Code').fill('000000');
		await page.getByRole('button', { name: 'Confirm' }).click();
		expect(await page.locator('#code-error').innerText()).toContain('This code is wrong');
		await page.getByLabel('Code').fill(codeAt(bytesOf(typed), stepAt(new Date())));
		await page.getByRole('button', { name: 'Confirm' }).click();
		const codes = await page.locator('.paper code').allInnerTexts();
		expect(codes).toHaveLength(10);
		await page.getByRole('link', { name: 'I have them' }).click();

		await page.getByLabel('New password').fill('short');
		await page.getByLabel('The same once more').fill('short');
		await page.getByRole('button', { name: 'Set the password' }).click();
		expect(await page.locator('#password-error').innerText()).toContain('At least 12 characters');
		await page.getByLabel('New password').fill(PASSWORD);
		await page.getByLabel('The same once more').fill(PASSWORD);
		await page.getByRole('button', { name: 'Set the password' }).click();
		await page.waitForURL(/done=yes/);
		await page.goto(`${site.origin}/account`);
		await page.getByRole('button', { name: 'Sign out everywhere' }).click();
		expect(await heading(page)).toBe('Sign in');

		// Without scripts, in Spanish, with a code on paper.
		const { page: plain } = await browsing.visit(`${site.origin}/es/sign-in?next=%2Fes%2Flibrary`, {
			javaScriptEnabled: false,
		});
		expect(await plain.getByRole('button', { name: 'Entrar con una llave de acceso' }).count()).toBe(0);
		await plain.getByLabel('Dirección de correo').fill('ana@example.org');
		await plain.getByLabel('Contraseña', { exact: true }).fill('otra contraseña');
		await plain.getByRole('button', { name: 'Continuar' }).click();
		expect(await plain.locator('#bad').innerText()).toContain('no corresponden');
		await plain.getByLabel('Contraseña', { exact: true }).fill(PASSWORD);
		await plain.getByRole('button', { name: 'Continuar' }).click();
		expect(await heading(plain)).toBe('Segundo paso');
		await plain.goto(`${site.origin}/es/account`);
		expect(await heading(plain), 'half a session opens nothing').toBe('Segundo paso');
		await plain.goto(`${site.origin}/es/sign-in/second?next=%2Fes%2Flibrary`);
		await plain.getByLabel('Código').fill(codes[0] ?? '');
		await plain.getByRole('button', { name: 'Iniciar sesión' }).click();
		expect(new URL(plain.url()).pathname).toBe('/es/library');
	});

	test('asks for both steps again before what is dear to undo', async () => {
		const { person, value } = await newcomer('late@example.org');
		const world = await openWorld({ config: readConfig({ COMPACT_DATA: folder }), write: () => undefined });
		await world.db.as(ACCESS, (tx) =>
			tx
				.updateTable('access_session')
				.set({ fresh_at: new Date(Date.now() - 3_600_000) })
				.where('user_id', '=', person)
				.execute(),
		);
		await world.close();
		const { page } = await browsing.visit(`${site.origin}/sign-in`);
		await signIn(page.context(), value);
		await page.goto(`${site.origin}/account/factors`);
		expect(await heading(page)).toBe('Confirm that it is you');
		const sent = await page.request.post(`${site.origin}/account/factors?/password`, {
			form: { password: PASSWORD, again: PASSWORD },
			headers: { origin: site.origin },
			maxRedirects: 0,
		});
		expect([sent.status(), sent.headers().location]).toEqual([303, expect.stringMatching(/^\/sign-in\/again\?next=/)]);
	});

	test('takes no form of another site, and leads to none', async () => {
		const { page } = await browsing.visit(`${site.origin}/sign-in?next=https%3A%2F%2Fevil.example`);
		expect(await page.locator('input[name=next]').first().inputValue()).toBe('');
		const { value } = await newcomer('cross@example.org');
		await signIn(page.context(), value);
		const sent = await page.request.post(`${site.origin}/account?/everywhere`, {
			form: {},
			headers: { origin: 'https://evil.example' },
			maxRedirects: 0,
		});
		expect(sent.status()).toBe(403);
	});

	test.each([
		['/sign-in', false],
		['/es/sign-in?over=yes', false],
		['/account', true],
		['/es/account', true],
		['/account/factors', true],
		['/es/account/factors', true],
		['/account/factors/app', true],
		['/sign-in/again', true],
	])(
		'axe finds nothing on %s, at two widths, in both themes, and nothing is wider than a phone',
		async (path, signed) => {
			const { value } = await newcomer(`axe-${path.replace(/\W/g, '')}@example.org`);
			const { page } = await browsing.visit(`${site.origin}/healthz`, { bypassCSP: true });
			if (signed) await signIn(page.context(), value);
			for (const colorScheme of ['light', 'dark'] as const) {
				await page.emulateMedia({ colorScheme });
				await page.goto(site.origin + path);
				for (const width of [320, 1440]) {
					await page.setViewportSize({ width, height: 900 });
					expect(await violations(page), `${colorScheme} at ${width}`).toEqual([]);
					expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
				}
			}
		},
	);
});
