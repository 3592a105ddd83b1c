import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { begun } from '../adoption/begun.ts';
import { browserPath, openBrowser } from './browser.ts';
import { sampleCity } from './city.ts';
import { startSite } from './site.ts';
import { faultsOf, PATIENCE, picture, walking } from './walking.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const browsing = await openBrowser();
const clerk = await signedIn(world, { role: 'member', placeId: await sampleCity('lowmark', world) });
const draft = await begun('Judicial warrants', clerk.actor, world);
const visit = walking(site, browsing);

/** What a stranger is told at an address, and where its way to sign in comes back to. */
async function told(address: string) {
	const response = await fetch(site.origin + address);
	const text = await response.text();
	const link = /href="([^"]*\/sign-in\?[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? null;
	return { status: response.status, text, next: link && new URL(link, site.origin).searchParams.get('next') };
}

test.each(['', '/counsel', '/packet', '?show=clean&against=newest'])(
	'a stranger at a draft%s is led to sign in and back, and is not told whether there is such a draft',
	async (rest) => {
		const [there, nowhere] = [draft, randomUUID()];
		const [one, other] = [await told(`/adoption/${there}${rest}`), await told(`/adoption/${nowhere}${rest}`)];
		expect(one.status).toBe(403);
		const [path, query = ''] = (one.next ?? '').split('?');
		expect(path).toBe(`/adoption/${there}${rest.split('?')[0]}`);
		expect([...new URLSearchParams(query)].sort()).toEqual([...new URLSearchParams(rest.split('?')[1])].sort());
		expect(one.text.replaceAll(there, 'ID')).toBe(other.text.replaceAll(nowhere, 'ID'));
		expect((await told(`/es/adoption/${there}${rest}`)).next).toBe(`/es${one.next}`);
	},
);

test.each([
	'//evil.example',
	'/%09/evil.example',
	'/\\evil.example',
	'%2F%2Fevil.example',
	'https://evil.example',
	'https:evil.example',
	'javascript:alert(1)',
])('the page of signing in leads to no other site, as %j would', async (next) => {
	for (const query of [new URLSearchParams({ next }), `next=${next}`]) {
		const page = await (await fetch(`${site.origin}/sign-in?${query}`)).text();
		const fields = [...page.matchAll(/name="next" value="([^"]*)"/g)];
		expect(fields.length).toBeGreaterThan(0);
		for (const [, address = ''] of [...fields, ...page.matchAll(/(?:href|action)="([^"]*)"/g)])
			expect(new URL(address.replaceAll('&amp;', '&'), site.origin).origin).toBe(site.origin);
	}
});

test.each([
	'//evil.example/adoption',
	'/adoption//evil.example',
	'/adoption/%2F%2Fevil.example',
	'/adoption/x?next=//evil.example',
])('no address that a stranger is refused leads back to another site: %s', async (address) => {
	const { next } = await told(address);
	if (next !== null) expect(new URL(next, site.origin).origin).toBe(site.origin);
});

describe.skipIf(browserPath() === null)('without scripts', () => {
	test(
		'whoever mistypes the address of a draft finds the drafts of their city, and a stranger the way in',
		async () => {
			const { page } = await visit(`/adoption/${randomUUID()}`, clerk.cookie);
			await page.getByRole('link', { name: 'See the drafts of your city' }).click();
			expect(new URL(page.url()).pathname).toBe('/adoption');
			const stranger = (await visit(`/es/adoption/${draft}`, 'none=none')).page;
			await picture(stranger, 'stranger');
			await stranger.getByRole('link', { name: 'Iniciar sesión' }).last().click();
			expect(new URL(stranger.url()).pathname).toBe('/es/sign-in');
			expect(await stranger.locator('input[name=next]').first().inputValue()).toBe(`/es/adoption/${draft}`);
			const options = { javaScriptEnabled: true, bypassCSP: true };
			for (const colorScheme of ['light', 'dark'] as const) {
				const plain = (await visit(`/adoption/${draft}`, 'none=none', { ...options, colorScheme })).page;
				expect(await faultsOf(plain, colorScheme)).toEqual([]);
			}
		},
		PATIENCE,
	);
});
