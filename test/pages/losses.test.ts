import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { accountOf, factorsOf } from '#access/account.server.ts';
import { ACCESS, SYSTEM } from '#access/actor.ts';
import { setPassword } from '#access/password.server.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { type SignedIn, signedIn } from '../access/signed-in.ts';
import { mailServer } from '../smtp.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const folder = mkdtempSync(join(tmpdir(), 'citycompact-losses-'));
chmodSync(folder, 0o711);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const post = await mailServer();
const site = await startSite({ COMPACT_DATA: folder, SMTP_URL: post.url });
const world = await openWorld({ config: readConfig({ COMPACT_DATA: folder }), write: () => undefined });
afterAll(() => world.close());
const noBrowser = browserPath() === null;
const browsing = await openBrowser();

const city = await world.db.as(SYSTEM, async (tx) => {
	const { rows } = await sql<{ id: string }>`
		select id from place where kind = 'city' and sample order by name limit 1`.execute(tx);
	return rows[0]?.id ?? '';
});
const ana = await signedIn(world, { role: 'steward' });
const ben = await signedIn(world, { role: 'steward' });
const clerk = await signedIn(world, { role: 'member', placeId: city });
const counsel = await signedIn(world, { role: 'counsel', placeId: city });
const mailOf = ({ person }: SignedIn) => `${person}@example.org`;
const LOSSES = '/coalition/losses';

// Nobody is counted from one test to the next.
beforeEach(() => world.db.as(ACCESS, (tx) => sql`delete from access_attempt`.execute(tx)).then(() => undefined));

/** Everything that an answer says but when: the body and every header beside the date. */
async function answer(address: string, fields: Record<string, string> | null, who: Pick<SignedIn, 'cookie'> | null) {
	const response = await fetch(site.origin + address, {
		redirect: 'manual',
		headers: { origin: site.origin, accept: 'text/html', ...(who ? { cookie: who.cookie } : {}) },
		...(fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}),
	});
	const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== 'date'));
	return { status: response.status, headers, text: await response.text(), location: response.headers.get('location') };
}
const read = (address: string, who: Pick<SignedIn, 'cookie'> | null = null) => answer(address, null, who);
const send = (address: string, fields: Record<string, string>, who: Pick<SignedIn, 'cookie'> | null = null) =>
	answer(address, fields, who);

/** The path in the next letter to an address that begins so. */
async function linkTo(address: string, begins: string): Promise<string> {
	for (let tries = 0; tries < 200; tries++) {
		const at = post.received.findIndex(({ to, text }) => to.includes(address) && text.includes(begins));
		const link = new RegExp(`${begins}\\S*`).exec(post.received.splice(at, at < 0 ? 0 : 1)[0]?.text ?? '')?.[0];
		if (link) return link;
		await sleep(100);
	}
	throw new Error(`No link ${begins} came to ${address}.`);
}

/** The id of the open loss of a person, once the job has looked. */
async function lossOf({ person }: SignedIn): Promise<string> {
	for (let tries = 0; tries < 200; tries++) {
		const { rows } = await world.db.as(ACCESS, (tx) =>
			sql<{ id: string }>`select id from coalition_loss where person = ${person} and over_at is null`.execute(tx),
		);
		if (rows[0]) return rows[0].id;
		await sleep(100);
	}
	throw new Error('No loss was opened.');
}

async function approved(who: SignedIn): Promise<string> {
	await send('/sign-in/lost', { email: mailOf(who) });
	const id = await lossOf(who);
	const call = { id, number: '+1 936 555 0100', site: 'https://www.example.gov/clerk' };
	expect((await send(`${LOSSES}?/call`, call, ana)).text).toContain('The call is recorded');
	for (const steward of [ana, ben])
		expect((await send(`${LOSSES}?/approve`, { id }, steward)).text).toContain('Your approval is kept');
	return id;
}

/** As if the 72 hours had passed. */
const waited = (id: string) =>
	world.db.as(ACCESS, (tx) => sql`update coalition_loss set due_at = now() where id = ${id}`.execute(tx));

describe('somebody who lost every way to sign in', () => {
	test('gets the same bytes whether the address is known or not, in both languages', async () => {
		for (const path of ['/sign-in/lost', '/es/sign-in/lost']) {
			const [known, unknown] = [
				await send(path, { email: mailOf(counsel) }),
				await send(path, { email: 'nobody@example.org' }),
			];
			expect(unknown).toEqual(known);
			expect([known.status, known.location]).toEqual([303, `${path}/sent`]);
		}
		expect((await send('/sign-in/lost', { email: 'no address' })).status).toBe(400);
		await send(`${LOSSES}?/stop`, { id: await lossOf(counsel) }, ana);
	});

	test('comes in again by a link and a code after two stewards and 72 hours, and what was before is gone', async () => {
		await world.db.as(ACCESS, (tx) => setPassword(clerk.person, 'three plain words', world, tx));
		await send('/coalition/city/contact', { email: 'box@city.example' }, clerk);
		expect((await read('/coalition/city', counsel)).text).toContain('box@city.example');
		expect((await read(LOSSES, ana)).text).toContain('Nobody waits');
		const id = await approved(clerk);
		expect((await send(`${LOSSES}?/send`, { id }, ana)).text).toContain('The 72 hours are not over');
		for (const to of [mailOf(clerk), mailOf(counsel), 'box@city.example'])
			expect((await read(await linkTo(to, '/sign-in/lost/stop/'))).text).toContain('Stop it');
		await waited(id);
		const shown = (await send(`${LOSSES}?/send`, { id }, ben)).text;
		const code = /this code: (\d{6})/.exec(shown)?.[1] ?? '';
		const link = await linkTo(mailOf(clerk), '/sign-in/lost/new/');
		expect((await read(link)).text).toContain('Set new ways to sign in');
		expect((await read(link)).text).not.toContain(code);
		expect((await read('/account', clerk)).status, 'opening the link drops nothing').toBe(200);
		expect((await send(link, { code: '' })).text).toContain('That is not the code');
		const entered = await send(link, { code });
		expect([entered.status, entered.location]).toEqual([303, '/account/factors']);
		expect((await read('/account', clerk)).location, 'the session before').toContain('/sign-in');
		const cookie = /compact=[^;]+/.exec(entered.headers['set-cookie'] ?? '')?.[0] ?? '';
		expect((await read('/account/factors', { cookie })).text).toContain('You cannot sign in again yet');
		expect(await world.db.as(ACCESS, async (tx) => (await factorsOf(clerk.person, tx)).password)).toBe(false);
		expect((await send(link, { code })).text).toContain('This link leads nowhere any more');
	});

	test('does not where a seat of the city presses the button of its letter', async () => {
		const id = await approved(counsel);
		const stop = await linkTo('box@city.example', '/sign-in/lost/stop/');
		expect((await read(stop)).text).toContain('Stop this renewal');
		expect((await read(LOSSES, ana)).text, 'opening it stops nothing').toContain(mailOf(counsel));
		expect((await send(stop, {})).text).toContain('It is stopped');
		await waited(id);
		expect((await send(`${LOSSES}?/send`, { id }, ana)).text).toContain('This one is over');
	});

	test('stops it themself where they are signed in after all', async () => {
		await approved(counsel);
		expect((await read('/account', counsel)).text).toContain('somebody said that you lost every way');
		expect((await send('/account?/stop_loss', {}, counsel)).location).toBe('/account?loss=stopped');
		expect((await read(LOSSES, ana)).text).not.toContain(mailOf(counsel));
	});
});

describe('another address', () => {
	test('is proved by mail to it and told to the former one; only the button counts, and only of the same person', async () => {
		const address = 'counsel@city.example';
		expect((await send('/account/address', { email: address }, counsel)).text).toContain(address);
		const link = await linkTo(address, '/account/address/');
		expect((await read(link)).location).toContain('/sign-in?next=');
		expect((await send(link, {}, ben)).status).toBe(400);
		expect((await read(link, counsel)).text).toContain('Take the address');
		const email = async () => (await world.db.as(ACCESS, (tx) => accountOf(counsel.person, tx)))?.email;
		expect(await email()).toBe(mailOf(counsel));
		expect((await send(link, {}, counsel)).location).toBe('/account?address=changed');
		expect(await email()).toBe(address);
		await linkTo(mailOf(counsel), 'another mail address was set');
		expect((await send(link, {}, counsel)).status).toBe(400);
	});

	test.each(['/account/address', '/coalition/city/contact', '/coalition/pipeline/pipeline.csv'])(
		'and all that is as dear to undo asks for both steps again: %s',
		async (path) => {
			const who = path.includes('pipeline') ? ana : counsel;
			const fresh = (at: string) =>
				world.db.as(ACCESS, (tx) =>
					sql`update access_session set fresh_at = now() - ${at}::interval where user_id = ${who.person}`.execute(tx),
				);
			await fresh('11 minutes');
			expect((await read(path, who)).location).toMatch(/^\/sign-in\/again\?next=/);
			await fresh('1 minute');
			expect((await read(path, who)).status).toBe(200);
		},
	);

	test('an export is told of by mail', async () => {
		await linkTo(mailOf(ana), 'was exported under your account');
	});
});

describe.skipIf(noBrowser)('in a browser', () => {
	test.each([
		['en', 'light'],
		['es', 'dark'],
	] as const)('every page of these reads well to a screen reader (%s, %s)', async (language, colorScheme) => {
		const at = language === 'es' ? '/es' : '';
		const eva = await signedIn(world, { role: 'editor' });
		const mia = await signedIn(world, { role: 'member', placeId: city });
		const id = await approved(mia);
		const stop = (await linkTo(mailOf(mia), '/sign-in/lost/stop/')).replace(/\S*(?=\/sign-in)/, '');
		await waited(id);
		await send(`${LOSSES}?/send`, { id }, ana);
		const enter = await linkTo(mailOf(mia), '/sign-in/lost/new/');
		await send('/account/address', { email: `mia-${language}@city.example` }, mia);
		const prove = await linkTo(`mia-${language}@city.example`, '/account/address/');
		await send('/sign-in/lost', { email: mailOf(eva) });
		await lossOf(eva);
		const pages: readonly (readonly [path: string, who: SignedIn | null])[] = [
			['/sign-in/lost', null],
			['/sign-in/lost/sent', null],
			[stop, null],
			[enter, null],
			[LOSSES, ana],
			['/account', mia],
			['/account/address', mia],
			[prove, mia],
			['/coalition/city', mia],
			['/coalition/city/contact', mia],
		];
		const { page } = await browsing.visit(site.origin, {
			bypassCSP: true,
			colorScheme,
			viewport: { width: 390, height: 800 },
		});
		for (const [path, who] of pages) {
			await page.context().clearCookies();
			const value = who?.cookie.replace('compact=', '') ?? '';
			if (who) await page.context().addCookies([{ name: 'compact', value, url: site.origin }]);
			await page.goto(site.origin + at + path);
			expect(await page.locator('h1').count(), path).toBe(1);
			expect(await page.getAttribute('html', 'lang')).toBe(language);
			expect(await violations(page), path).toEqual([]);
			expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBe(390);
		}
		await send(`${LOSSES}?/stop`, { id }, ana);
		await send(`${LOSSES}?/stop`, { id: await lossOf(eva) }, ana);
	});
});
