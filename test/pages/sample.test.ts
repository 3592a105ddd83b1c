import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const site = await startSite({ COMPACT_DEMO: '1', COMPACT_ORIGIN: '' }, 'localhost');
const off = await startSite();
const noBrowser = browserPath() === null;
const browsing = await openBrowser();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());

const printed = site.lines.find((line) => line.startsWith('SAMPLE coalition: ')) ?? '';
const code = /\?code=([\w-]{32})$/.exec(printed)?.[1] ?? '';
const ROLES = ['steward', 'editor', 'member', 'counsel', 'observer', 'advocate'] as const;
const OWN = { origin: site.origin, 'sec-fetch-site': 'same-origin' };

interface Answer {
	readonly status: number;
	readonly cookie: string | null;
	readonly text: string;
}

/** As a client that may say what it wants of itself, which a browser may not. */
async function ask(
	address: string,
	headers: Record<string, string> = {},
	fields: Record<string, string> | null = null,
): Promise<Answer> {
	const url = new URL(address, site.origin);
	const body = fields ? new URLSearchParams(fields).toString() : '';
	return new Promise((resolve, reject) => {
		const sent = request(
			{
				...{ host: '127.0.0.1', port: url.port, path: url.pathname + url.search, method: fields ? 'POST' : 'GET' },
				headers: {
					host: url.host,
					accept: 'text/html',
					...(fields ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length } : {}),
					...headers,
				},
			},
			(answer) => {
				let text = '';
				answer.setEncoding('utf8').on('data', (piece: string) => {
					text += piece;
				});
				answer.on('end', () => {
					const cookie = answer.headers['set-cookie']?.[0] ?? null;
					resolve({ status: answer.statusCode ?? 0, cookie, text });
				});
			},
		);
		sent.on('error', reject);
		sent.end(body);
	});
}

const knock = (headers: Record<string, string>, fields: Record<string, string> = { role: 'steward', code }) =>
	ask('/sign-in?/sample', { ...OWN, ...headers }, fields);

async function enter(role: string): Promise<string> {
	const { status, cookie } = await knock({}, { role, code });
	expect([role, status]).toEqual([role, 303]);
	expect(cookie).toMatch(/^compact=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
	return (cookie ?? '').split(';')[0] ?? '';
}

describe('a server that was not told to show it', () => {
	test('has no trace of it in any page', async () => {
		for (const path of ['/sign-in', '/es/sign-in', `/sign-in?code=${code}`, '/coalition', '/es/coalition']) {
			const { text } = await ask(off.origin + path);
			expect(text).not.toMatch(/\?\/sample|SAMPLE|MUESTRA|name="role"/);
		}
		expect(off.lines.join('\n')).not.toMatch(/SAMPLE coalition/);
	});

	test('answers its form as one that never was', async () => {
		const unknown = randomUUID().replaceAll('-', '');
		const [one, none] = await Promise.all(
			['sample', unknown].map((name) =>
				ask(`${off.origin}/sign-in?/${name}`, { origin: off.origin }, { role: 'steward', code: '' }),
			),
		);
		expect([one?.status, one?.cookie]).toEqual([404, null]);
		expect(one?.text).toBe(none?.text.replaceAll(unknown, 'sample'));
	});
});

describe('whoever is not at this machine', () => {
	test.each([
		['behind a proxy that says Forwarded', { forwarded: 'for=203.0.113.7' }],
		['behind one that says Via', { via: '1.1 proxy' }],
		['behind one that says X-Real-IP', { 'x-real-ip': '127.0.0.1' }],
		['behind one that says X-Forwarded-For', { 'x-forwarded-for': '127.0.0.1' }],
		['behind one that says X-Forwarded-Host', { 'x-forwarded-host': 'localhost' }],
		['behind one that says X-Forwarded-Proto', { 'x-forwarded-proto': 'https' }],
		['behind one that says X-Forwarded-Anything', { 'x-forwarded-anything': '1' }],
		['under a name that was led here', { host: 'evil.example' }],
		['under a name that was led here, with our port', { host: `rebound.example:${new URL(site.origin).port}` }],
		['under this machine’s name and another port', { host: 'localhost:1' }],
	])('%s gets no form and no session, with the right code', async (_, headers) => {
		const page = await ask(`/sign-in?code=${code}`, headers);
		expect([page.status, page.text.includes('?/sample')]).toEqual([200, false]);
		const { status, cookie } = await knock(headers);
		expect([status, cookie]).toEqual([404, null]);
	});

	test.each([
		['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 403],
		['another port of this machine', { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' }, 403],
		['a page without an origin', { origin: 'null' }, 403],
		['elsewhere, with our origin claimed', { 'sec-fetch-site': 'cross-site' }, 404],
	])('a form from %s begins no session', async (_, headers, refused) => {
		const { status, cookie } = await knock(headers);
		expect([status, cookie]).toEqual([refused, null]);
	});

	test.each([
		['no code', {}],
		['an empty code', { code: '' }],
		['a wrong code', { code: `${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}` }],
		['half of the code', { code: code.slice(0, 16) }],
	])('with %s is told where it stands', async (_, given) => {
		const { status, cookie, text } = await knock({}, { role: 'steward', ...given });
		expect([status, cookie, text.includes('That is not the code.')]).toEqual([403, null, true]);
	});

	test('with a role that there is not gets none', async () => {
		for (const role of ['operator', 'system', 'visitor', 'access', ''])
			expect((await knock({}, { role, code })).cookie).toBe(null);
	});
});

describe('whoever sits at this machine', () => {
	test('is offered the seats, with the code of the start or a field for it', async () => {
		expect(code).not.toBe('');
		const bare = await ask('/sign-in');
		expect(bare.text).toContain('Code that the terminal showed');
		expect(bare.text).not.toContain(code);
		const { text } = await ask(`/sign-in?code=${code}`);
		expect(text).not.toContain('Code that the terminal showed');
		for (const role of ROLES) expect(text).toContain(`name="role" value="${role}"`);
	});

	test.each([
		['steward', { '/coalition/pipeline': 200, '/coalition/city': 403, '/coalition/invitations': 200 }],
		['editor', { '/coalition/pipeline': 403, '/coalition/city': 403, '/coalition/invitations': 403 }],
		['member', { '/coalition/pipeline': 403, '/coalition/city': 200, '/coalition/invitations': 403 }],
		['counsel', { '/coalition/pipeline': 403, '/coalition/city': 200, '/coalition/invitations': 403 }],
		['observer', { '/coalition/pipeline': 403, '/coalition/city': 200, '/coalition/invitations': 403 }],
		['advocate', { '/coalition/pipeline': 403, '/coalition/city': 403, '/coalition/invitations': 403 }],
	])('acts as %s, and as no more than that; every page says that it is of the sample', async (role, pages) => {
		const cookie = await enter(role);
		for (const [path, status] of Object.entries({ '/coalition': 200, '/account': 200, ...pages })) {
			const answer = await ask(path, { cookie });
			expect([path, answer.status]).toEqual([path, status]);
			const said = [/<title>[^<]*\(SAMPLE\)<\/title>/, /<b>SAMPLE\.<\/b>/].map((mark) => mark.test(answer.text));
			if (status === 200) expect([path, ...said]).toEqual([path, true, true]);
		}
		const factors = await ask('/account/factors', { cookie });
		expect(factors.status).toBe(303);
	});

	test('finds SAMPLE in the file of cities that ask, and cannot invite from it', async () => {
		const cookie = await enter('steward');
		expect((await ask('/coalition/pipeline/pipeline.csv', { cookie })).text).toContain('SAMPLE');
		const fields = { email: 'a@example.org', name: 'A', office: 'B', role: 'editor', city: '', language: 'en' };
		expect((await ask('/coalition/invitations?/invite', { cookie, ...OWN }, fields)).status).toBe(409);
	});

	test('leaves the code in no line but the one that told it', async () => {
		await ask(`/sign-in?code=${code}`);
		expect(site.lines.filter((line) => line.includes(code))).toEqual([printed]);
	});
});

describe.skipIf(noBrowser)('in a browser', () => {
	test.each([
		[`/sign-in?code=${code}`, null],
		['/es/sign-in', null],
		['/coalition/zz/place/alder-falls', 'member'],
		['/es/coalition', 'steward'],
	])('%s has no barrier at three widths and in both themes', async (address, role) => {
		const cookie = role ? await enter(role) : null;
		for (const width of [390, 768, 1440])
			for (const colorScheme of ['light', 'dark'] as const) {
				const visit = await browsing.visit(site.origin + address, {
					viewport: { width, height: 900 },
					colorScheme,
					bypassCSP: true,
					extraHTTPHeaders: cookie ? { cookie } : {},
				});
				expect(visit.status).toBe(200);
				expect(await violations(visit.page)).toEqual([]);
				const over = await visit.page.evaluate(
					() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
				);
				expect(over).toBe(0);
			}
	});

	test('one click signs in, and the header says under which seat of the sample', async () => {
		const { page } = await browsing.visit(`${site.origin}/sign-in?code=${code}`);
		await page.click('button[value=counsel]');
		await page.waitForURL('**/coalition');
		expect(await page.textContent('.mast .who')).toContain('SAMPLE City attorney, Alder Falls');
	});
});

test('the first real seat ends it at once: sessions, cities, the form and its page', async () => {
	const cookie = await enter('member');
	expect((await ask('/coalition/city', { cookie })).status).toBe(200);
	await signedIn(world, { role: 'steward' });
	expect((await ask('/coalition/city', { cookie })).status).toBe(403);
	expect((await ask(`/sign-in?code=${code}`)).text).not.toContain('?/sample');
	expect((await knock({})).status).toBe(404);
	expect((await ask('/coalition')).text).not.toContain('Alder Falls');
});
