import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { type SignedIn, signedIn } from '../access/signed-in.ts';
import { mailServer } from '../smtp.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const folder = mkdtempSync(join(tmpdir(), 'citycompact-join-'));
chmodSync(folder, 0o711);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const post = await mailServer();
const site = await startSite({ COMPACT_DATA: folder, SMTP_URL: post.url });
const world = await openWorld({ config: readConfig({ COMPACT_DATA: folder }), write: () => undefined });
afterAll(() => world.close());
const noBrowser = browserPath() === null;
const browsing = await openBrowser();

const PROMISE =
	'We do not list you publicly. Public-records law or legal process may still reach this form. Used to reply, verify and keep the record.';
/** Longer than the trap takes a person for, in milliseconds. */
const A_MOMENT = 3_200;
const ANSWERS = { city: 'Huntsville, Texas', office: 'clerk', standing: 'asking', email: 'clerk@huntsvilletx.gov' };

async function read(address: string, who: SignedIn | null = null) {
	const answer = await fetch(site.origin + address, { headers: who ? { cookie: who.cookie } : {}, redirect: 'manual' });
	return { status: answer.status, text: await answer.text() };
}

async function send(address: string, fields: Record<string, string>, who: SignedIn | null = null) {
	const answer = await fetch(site.origin + address, {
		method: 'POST',
		headers: { origin: site.origin, accept: 'text/html', ...(who ? { cookie: who.cookie } : {}) },
		body: new URLSearchParams(fields),
		redirect: 'manual',
	});
	return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() };
}

/** What a form that was just opened carries along, once it was open for a moment. */
async function opened(): Promise<string> {
	const sealed = /name="opened" value="([^"]+)"/.exec((await read('/join')).text)?.[1] ?? '';
	await sleep(A_MOMENT);
	return sealed;
}

/** The path of the link in the next letter to an address. */
async function linkTo(address: string): Promise<string> {
	for (let tries = 0; tries < 200; tries++) {
		const at = post.received.findIndex(({ to }) => to.includes(address));
		const letter = at < 0 ? null : post.received.splice(at, 1)[0];
		const link = letter && /^https?:\/\/[^/]+(\S*\/join\/confirm\/\S+)$/m.exec(letter.text)?.[1];
		if (link) return link;
		await sleep(100);
	}
	throw new Error(`No link came to ${address}.`);
}

/** The place that somebody means among those of the same name, as the form lists them. */
const choiceOf = (html: string, label: RegExp) =>
	html
		.split('<label')
		.find((piece) => piece.includes('name="place"') && label.test(piece.replaceAll(/<[^>]*>/g, '')))
		?.match(/value="(ocd-division[^"]+)"/)?.[1] ?? '';

describe('the form of interest', () => {
	test('makes the promise word for word, names every office, and answers nothing beforehand', async () => {
		const { text } = await read('/join');
		expect(text).toContain(PROMISE);
		for (const office of ['The clerk', 'The county', 'The sheriff’s office']) expect(text).toContain(office);
		// Who asks is real, whatever the watch shows now.
		expect(text).not.toContain('SAMPLE');
		const form = text.slice(text.indexOf('<form class="stack'));
		expect(form).not.toMatch(/<input[^>]*\schecked/);
		const needed = [...form.matchAll(/<input[^>]*name="(\w+)"[^>]*\srequired/g)].map(([, name]) => name);
		expect([...new Set(needed)].sort()).toEqual(['city', 'email', 'office', 'standing']);
	});

	test.each([
		['en', '/join', 'Write one mail address', 'Choose for whom you work'],
		['es', '/es/join', 'Escriba una dirección de correo', 'Elija para quién trabaja'],
	])('given back in %s keeps what was typed and says what to do', async (_, path, email, office) => {
		const { status, text } = await send(path, { city: 'Huntsville, Texas', note: 'KEPT <b>' });
		expect([status, text.includes(email), text.includes(office)]).toEqual([400, true, true]);
		expect([text.includes('KEPT &lt;b'), text.includes('value="Huntsville, Texas"')]).toEqual([true, true]);
	});

	test.each([
		['a name that no place has', 'Qwertyuiop', 'No city, town or county has this name'],
		['a state', 'Texas', 'Choose your city, town or county'],
		['a name that many have', 'Huntsville', 'Choose your city, town or county'],
	])('asks again about %s', async (_, city, said) => {
		const { status, text } = await send('/join', { ...ANSWERS, city });
		expect([status, text.includes(said)]).toEqual([400, true]);
		expect(text).not.toMatch(/name="place"[^>]*\schecked/);
	});

	test('takes no form that was never open, or that somebody sealed themselves', async () => {
		const first = await send('/join', ANSWERS);
		const place = choiceOf(first.text, /Huntsville\s+City.*Texas/i);
		const fields = { ...ANSWERS, ...(place ? { place, chosen_for: ANSWERS.city } : {}) };
		for (const sealed of ['', '1.x', `${Date.now() - 60_000}.${'a'.repeat(43)}`])
			expect((await send('/join', { ...fields, opened: sealed })).text).toContain('send it again');
		expect(post.received).toEqual([]);
	});
});

describe('a city that asks', () => {
	let ana: SignedIn;
	let id = '';
	const page = () => `/coalition/pipeline/${id}`;
	beforeAll(async () => {
		ana = await signedIn(world, { role: 'steward' });
	});

	test('is told of by mail, and only the button brings it to the stewards', async () => {
		const fields = { ...ANSWERS, opened: await opened() };
		const first = await send('/join', fields);
		const place = choiceOf(first.text, /Huntsville\s+City.*Texas/i);
		const sent = first.status === 303 ? first : await send('/join', { ...fields, place, chosen_for: fields.city });
		expect([sent.status, sent.location]).toEqual([303, '/join/sent']);
		const trapped = await send('/join', {
			...fields,
			place,
			chosen_for: fields.city,
			website: 'x',
			email: 'a@bot.example',
		});
		expect([trapped.status, trapped.location]).toEqual([303, '/join/sent']);
		const link = await linkTo(ANSWERS.email);
		expect((await read(link)).text).toContain('Huntsville, Texas');
		expect((await read('/coalition/pipeline', ana)).text).not.toContain('Huntsville');
		expect((await send(link, {})).location).toBe('/join/confirmed');
		expect((await send(link, {})).status).toBe(404);
		const { text } = await read('/coalition/pipeline', ana);
		expect(text).toContain('Huntsville, Texas');
		expect(text).toContain('You are the only steward');
		id = /\/coalition\/pipeline\/([0-9a-f-]{36})/.exec(text)?.[1] ?? '';
		expect(post.received.filter(({ to }) => to.includes('a@bot.example'))).toEqual([]);
	});

	test('is compared with the official list, matched, called, and stays interested while one steward is alone', async () => {
		const file = join(folder, 'current-full.csv');
		const head = 'Domain name,Domain type,Organization name,Suborganization name,City,State,Security contact email';
		writeFileSync(file, `${head}\nhuntsvilletx.gov,City,City of Huntsville,,Huntsville,TX,(blank)\n`);
		expect(await site.run('domains', 'import', file)).toBe('1 domains, 0 lines left out.\n');
		const before = await read(page(), ana);
		expect(before.text).toContain('huntsvilletx.gov is listed for City of Huntsville');
		const place = /name="place" value="([^"]+)"/.exec(before.text)?.[1] ?? '';
		expect((await send(`${page()}?/approve`, {}, ana)).text).toContain('Confirm the place first');
		expect((await send(`${page()}?/match`, { place }, ana)).text).toContain('the city is kept as interested');
		expect((await send(`${page()}?/call`, { number: 'none', site: 'x' }, ana)).text).toContain('Nothing was recorded');
		const call = { number: '+1 936 555 0100', site: 'https://www.example.gov/clerk' };
		expect((await send(`${page()}?/call`, call, ana)).text).toContain('The call is recorded');
		expect((await send(`${page()}?/approve`, {}, ana)).text).toContain('can only be kept as interested');
	});

	test('is verified by two, invited, and the list of who waits goes out without addresses', async () => {
		const eva = await signedIn(world, { role: 'steward' });
		expect((await send(`${page()}?/approve`, {}, ana)).text).toContain('Your approval is kept');
		expect((await send(`${page()}?/approve`, {}, ana)).text).toContain('Another steward has to');
		const early = { name: 'Lee Ash', office: 'Clerk', role: 'member' };
		expect((await send(`${page()}?/invite`, early, ana)).text).toContain('Two stewards have to approve first');
		expect((await send(`${page()}?/approve`, {}, eva)).text).toContain('Verified');
		const wrong = await send(`${page()}?/invite`, { ...early, role: 'steward' }, ana);
		expect(wrong.text).toContain('Nothing was kept');
		expect((await send(`${page()}?/invite`, early, ana)).text).toContain('The invitation is kept');
		expect((await read('/coalition/invitations', eva)).text).toContain('Lee Ash');
		const csv = await read('/coalition/pipeline/pipeline.csv?raw=1', ana);
		expect(csv.text).toMatch(/^place,state,geoid,asked,vote,next_step,keeper\r\nHuntsville,Texas,/);
		expect(csv.text).not.toContain('@');
		expect((await read('/coalition', null)).text).not.toContain('Huntsville');
	});

	describe.skipIf(noBrowser)('in a browser', () => {
		const PAGES = ['/join', '/join/sent', '/join/confirmed', '/join/confirm/none', '/coalition/pipeline', 'case'];
		test.each(PAGES.flatMap((path) => [path, `/es${path}`]))(
			'%s has no barrier, no script and no scrolling sideways at three widths and in both themes',
			async (path) => {
				const address = path === 'case' ? page() : path === '/escase' ? `/es${page()}` : path;
				const cookie = /coalition/.test(address) ? { extraHTTPHeaders: { cookie: ana.cookie } } : {};
				for (const colorScheme of ['light', 'dark'] as const)
					for (const width of [390, 768, 1440]) {
						const visit = await browsing.visit(site.origin + address, {
							viewport: { width, height: 900 },
							colorScheme,
							bypassCSP: true,
							...cookie,
						});
						expect(visit.status).toBe(200);
						expect(visit.requests.filter((one) => /\.js(\?|$)/.test(one) || !one.startsWith(site.origin))).toEqual([]);
						expect(await violations(visit.page), `${colorScheme} ${width}`).toEqual([]);
						const root = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
						expect(await visit.page.evaluate(root)).toBe(0);
					}
			},
		);

		test('a form given back without scripts names its faults to a screen reader and leads to each', async () => {
			const { page: tab } = await browsing.visit(`${site.origin}/join`, { javaScriptEnabled: false });
			await tab.locator('form.stack').evaluate((form) => form.setAttribute('novalidate', ''));
			await tab.getByLabel('City, town or county').fill('Huntsville');
			await tab.getByRole('button', { name: 'Express interest' }).click();
			const faults = tab.getByRole('alert').getByRole('link');
			expect(await faults.count()).toBe(4);
			for (const link of await faults.all()) {
				const target = tab.locator((await link.getAttribute('href')) ?? '#none');
				expect(await target.count()).toBe(1);
			}
			expect(await tab.getByRole('textbox', { name: 'Work email' }).getAttribute('aria-invalid')).toBe('true');
			expect(await tab.getByRole('radio', { name: /Huntsville.*Texas/ }).count()).toBeGreaterThan(0);
		});
	});
});
