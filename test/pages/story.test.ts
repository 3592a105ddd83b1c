import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { mailServer } from '../smtp.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const noBrowser = browserPath() === null;
const folder = mkdtempSync(join(tmpdir(), 'citycompact-story-'));
chmodSync(folder, 0o711);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const post = await mailServer();
const site = noBrowser
	? { origin: '', lines: [], run: async () => '' }
	: await startSite({ COMPACT_DATA: folder, SMTP_URL: post.url }, 'localhost');
const browsing = await openBrowser();

const heading = (page: Page) => page.locator('h1').innerText();

/** The link in the next letter to an address. */
async function linkTo(address: string): Promise<string> {
	for (let tries = 0; tries < 300; tries++) {
		const at = post.received.findIndex(({ to }) => to.includes(address));
		const letter = at < 0 ? null : post.received.splice(at, 1)[0];
		const link = letter && /^https?:\S+\/invitation\/\S+$/m.exec(letter.text)?.[0];
		if (link) return link;
		await sleep(100);
	}
	throw new Error(`No link came to ${address}.`);
}

/** A device with a finger on it (a virtual authenticator of the browser). */
async function device(page: Page): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('WebAuthn.enable');
	await session.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
		},
	});
}

interface Words {
	readonly prefix: string;
	readonly accept: string;
	readonly name: string;
	readonly add: string;
	readonly take: string;
	readonly account: string;
}
const ENGLISH: Words = {
	prefix: '',
	accept: 'Accept the invitation',
	name: 'Name for it',
	add: 'Add a passkey',
	take: 'Take the seat',
	account: 'Your account',
};
const SPANISH: Words = {
	prefix: '/es',
	accept: 'Aceptar la invitación',
	name: 'Nombre',
	add: 'Añadir una llave de acceso',
	take: 'Ocupar el puesto',
	account: 'Su cuenta',
};

/** From an open link to a seat, with a passkey. */
async function comeIn(page: Page, words: Words, code: string | null): Promise<void> {
	if (code !== null) await page.locator('#code').fill(code);
	await page.getByRole('button', { name: words.accept }).click();
	await page.waitForURL(/\/invitation$/);
	expect(await page.getByRole('button', { name: words.take }).count()).toBe(0);
	await page.goto(`${site.origin}${words.prefix}/account/factors`);
	await page.getByLabel(words.name).fill('Office');
	await page.getByRole('button', { name: words.add }).click();
	await page.waitForURL(/done=yes/);
	await page.goto(`${site.origin}${words.prefix}/invitation`);
	await page.getByRole('button', { name: words.take }).click();
	await page.waitForURL(/\/account$/);
	expect(await heading(page)).toBe(words.account);
}

/** A steward invites somebody, calls them and sends the link; gives link and code. */
async function invite(
	page: Page,
	person: {
		readonly email: string;
		readonly name: string;
		readonly office: string;
		readonly role: string;
		readonly city?: string;
		readonly language?: string;
	},
): Promise<{ readonly link: string; readonly code: string }> {
	await page.goto(`${site.origin}/coalition/invitations`);
	await page.locator('#email').fill(person.email);
	await page.locator('#name').fill(person.name);
	await page.locator('#office').fill(person.office);
	await page.locator('#role').selectOption(person.role);
	if (person.city) await page.locator('#city').selectOption({ label: person.city });
	if (person.language) await page.locator('#language').selectOption(person.language);
	await page.getByRole('button', { name: 'Keep the invitation' }).click();
	const mine = page.locator('article', { hasText: person.email });
	await mine.locator('summary').click();
	await mine.locator('input[name=number]').fill('+1 936 555 0100');
	await mine.locator('input[name=site]').fill('https://www.example.gov/clerk');
	await mine.getByRole('button', { name: 'Show the code to tell' }).click();
	const code = /\d{6}/.exec(await mine.locator('.banner').innerText())?.[0] ?? '';
	await mine.getByRole('button', { name: `Send the link to ${person.name}` }).click();
	await page.locator('[role=status]').waitFor();
	return { link: await linkTo(person.email), code };
}

describe.skipIf(noBrowser)('how a coalition begins', () => {
	test('from the first steward to a clerk who acts for her town, in English and in Spanish', async () => {
		const printed = await site.run('steward', 'invite', '--email', 'ana@example.org', '--name', 'Ana Ruiz');
		const first = /\S+\/invitation\/\S+/.exec(printed)?.[0].replace(/^https?:\/\/[^/]+/, site.origin) ?? '';
		const { page: ana } = await browsing.visit(first);
		await device(ana);
		await comeIn(ana, ENGLISH, null);
		expect(await ana.locator('.mast .who').innerText()).toContain('Steward');
		await expect(site.run('steward', 'invite', '--email', 'x@example.org', '--name', 'X')).rejects.toThrow(
			/seated already/,
		);

		const second = await invite(ana, {
			...{ email: 'eva@example.org', name: 'Eva Sol', office: 'Coordinadora', role: 'steward', language: 'es' },
		});
		expect(second.link).toContain('/es/invitation/');
		const { page: eva } = await browsing.visit(second.link, { bypassCSP: true });
		expect(await violations(eva)).toEqual([]);
		await eva.locator('#code').fill(second.code === '000000' ? '000001' : '000000');
		await eva.getByRole('button', { name: SPANISH.accept }).click();
		expect(await eva.locator('#code-error').innerText()).toContain('Ese no es el código');
		await device(eva);
		await comeIn(eva, SPANISH, second.code);

		await site.run('member', 'add', 'zz/place/alder-falls', '--since', '2026-02-01');
		await ana.goto(`${site.origin}/coalition/invitations`);
		const cities = await ana.locator('#city option').allInnerTexts();
		const clerk = await invite(ana, {
			...{ email: 'lee@example.org', name: 'Lee Ash', office: 'City Clerk', role: 'member' },
			city: cities.find((label) => label.startsWith('Alder Falls')) ?? '',
		});
		const { page: lee } = await browsing.visit(clerk.link);
		await device(lee);
		await comeIn(lee, ENGLISH, clerk.code);
		await lee.goto(`${site.origin}/coalition/city`);
		expect(await heading(lee)).toContain('Alder Falls');
		// The link is used up, and a stranger learns nothing from it.
		const { page: stranger } = await browsing.visit(clerk.link);
		expect(await heading(stranger)).toBe('This link leads nowhere any more');
		// Stewards cannot see into the city's room.
		expect((await ana.goto(`${site.origin}/coalition/city`))?.status()).toBe(403);
	});

	test('no link and no code was written to the log', () => {
		expect(site.lines.join('\n')).not.toMatch(/invitation\/[\w-]{40,}/);
	});
});
