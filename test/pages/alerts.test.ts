import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { mailServer, type Received } from '../smtp.ts';
import { type RowSpec, workbook } from '../watch/workbook.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const noBrowser = browserPath() === null;
if (noBrowser) console.warn('Page tests are skipped: no browser found. COMPACT_BROWSER names one.');
const folder = mkdtempSync(join(tmpdir(), 'citycompact-alerts-'));
chmodSync(folder, 0o711);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const post = await mailServer();
const site = noBrowser
	? { origin: '', lines: [], run: async () => '' }
	: await startSite({ COMPACT_DATA: folder, SMTP_URL: post.url });
const browsing = await openBrowser();

const open = (path: string, width = 1024) =>
	browsing.visit(site.origin + path, { javaScriptEnabled: false, viewport: { width, height: 800 } });

/** The next letter to an address. */
async function letter(address: string): Promise<Received> {
	for (let tries = 0; tries < 300; tries++) {
		const at = post.received.findIndex(({ to }) => to.includes(address));
		if (at >= 0) return post.received.splice(at, 1)[0] as Received;
		await sleep(100);
	}
	throw new Error(`No letter came to ${address}.`);
}

function pathIn({ text }: Received, kind: 'begin' | 'yours'): string {
	const found = new RegExp(`^${site.origin}(\\S*/alerts/${kind}/\\S+)$`, 'm').exec(text)?.[1];
	if (!found) throw new Error('The letter leads nowhere.');
	return found;
}

function county(name: string): RowSpec {
	return {
		state: 'TEXAS',
		agency: `${name} County Sheriff’s Office`,
		type: 'County',
		county: name,
		model: 'TFM',
		signed: '2025-03-03',
	};
}

/** Imports a list as the operator does, and has the job run at once that an import asks for within a minute. */
async function imported(day: string, ...names: readonly string[]): Promise<void> {
	const file = join(folder, `participating-${day}.xlsx`);
	writeFileSync(file, workbook({ kind: 'participating', modified: `${day}T12:00:00Z`, rows: names.map(county) }));
	await site.run('watch', 'import', file);
	const world = await openWorld({ config: readConfig({ COMPACT_DATA: folder }), write: () => undefined });
	await world.db.as(SYSTEM, (tx) => world.queue.add(tx, 'watch.rebuild', {}, 'watch.rebuild'));
	await world.close();
}

/** Somebody who pressed the button; the path of their places. */
async function reader(address: string, place = 'tx/walker-county', language = ''): Promise<string> {
	const { page } = await open(`${language}/alerts?place=${place}`);
	await page.locator('#address').fill(address);
	await page.locator('form[method=post] button').click();
	await page.goto(site.origin + pathIn(await letter(address), 'begin'));
	await page.locator('form button').click();
	const { pathname } = new URL(page.url());
	expect(pathname).toContain('/alerts/yours/');
	return pathname;
}

const form = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
const text = (path: string) => fetch(site.origin + path).then((answer) => answer.text());

describe.skipIf(noBrowser)('a reader of the pages, without scripts', () => {
	test.each([
		['', 'Find', 'Send me', 'Begin', 'Look into your mail', 'It has begun'],
		['/es', 'Buscar', 'Enviarme', 'Empezar', 'Revise su correo', 'Ya ha empezado'],
	])('finds a place, proves an address and begins (%s/alerts)', async (language, find, send, begin, sent, begun) => {
		const { page } = await open(`${language}/alerts`);
		await page.locator('#q').fill('Huntsville');
		await page.getByRole('button', { name: find }).click();
		await page.locator('main a[href$="place=tx/place/huntsville"]').click();
		const address = `clerk${language.replace('/', '-')}@huntsville.example`;
		await page.locator('#address').fill(address);
		await page.getByRole('button', { name: send }).click();
		expect(await page.locator('h1').innerText()).toBe(sent);
		const way = pathIn(await letter(address), 'begin');
		expect(way.startsWith(`${language}/alerts/`)).toBe(true);
		await page.goto(site.origin + way);
		await page.reload();
		expect(await page.locator('main').innerText()).toContain('Huntsville, Texas');
		await page.getByRole('button', { name: begin }).click();
		expect(await page.getByRole('status').innerText()).toContain(begun);
		expect(await page.locator('main ul').innerText()).toContain('Huntsville, Texas');
		expect(await text(way)).not.toContain('Huntsville, Texas');
	});

	test.each([
		['no address', 'address=clerk', 400, 'Write one mail address'],
		['two addresses', 'address=a%40example.org%2Cb%40example.org', 400, 'Write one mail address'],
		['a head of another mail', 'address=a%40example.org%0D%0ABcc%3A+b%40example.org', 400, 'Write one mail address'],
		['nothing', '', 400, 'Write one mail address'],
	])('that sends %s is told what to do', async (_, body, status, words) => {
		const answer = await fetch(`${site.origin}/alerts?place=tx/walker-county`, {
			method: 'POST',
			headers: { ...form, origin: site.origin },
			body,
		});
		expect(answer.status).toBe(status);
		expect(await answer.text()).toContain(words);
	});

	test('that names no real place, or is a program, gets no mail', async () => {
		const send = (path: string, body: string) =>
			fetch(site.origin + path, {
				method: 'POST',
				redirect: 'manual',
				headers: { ...form, origin: site.origin },
				body,
			});
		expect((await send('/alerts?place=tx/nowhere-county', 'address=a%40program.example')).status).toBe(400);
		const answer = await send('/alerts?place=tx/walker-county', 'address=a%40program.example&website=x');
		expect(answer.headers.get('location')).toBe('/alerts/sent');
		await reader('after@program.example');
		expect(post.received.flatMap(({ to }) => to)).not.toContain('a@program.example');
	});

	test.each(['begin', 'yours'])('with a link to %s that we did not make learns nothing', async (kind) => {
		const path = `/alerts/${kind}/0a0a0a0a-1111-4222-8333-444444444444.${'x'.repeat(43)}`;
		expect(await text(path)).toContain('/alerts"');
		const answer = await fetch(site.origin + path, { method: 'POST', headers: { ...form, origin: site.origin } });
		expect(answer.status).toBe(404);
	});
});

describe.skipIf(noBrowser)('an import', () => {
	test('is told by mail, and the reader stops with a button; then nothing is kept', async () => {
		const english = await reader('clerk@walker.example');
		const spanish = await reader('oficina@walker.example', 'tx/walker-county', '/es');
		await reader('state@walker.example', 'tx');
		await imported('2026-05-01', 'Polk', 'Jasper');
		await imported('2026-05-08', 'Polk', 'Jasper', 'Walker');
		const [en, es] = [await letter('clerk@walker.example'), await letter('oficina@walker.example')];
		expect(en.text).toMatch(
			/Listed: Walker County[^\n]+first listed 8 May 2026[^\n]+\nSource row: participating-2026-05-08\.xlsx, list of 8 May 2026, row 4\n/,
		);
		expect(es.text).toMatch(
			/En la lista: Walker County[^\n]+\nFila de origen: participating-2026-05-08\.xlsx, lista del 8 may 2026, fila 4\n/,
		);
		expect([pathIn(en, 'yours'), pathIn(es, 'yours')]).toEqual([english, spanish]);
		await letter('state@walker.example');
		const event = /https?:\S+(\/watch\/event\/\w+)/.exec(en.text)?.[1] ?? '';
		expect(await text(event)).toContain('Walker County');

		const { page } = await open(english);
		await page.getByRole('button', { name: 'Stop and erase' }).click();
		expect(new URL(page.url()).pathname).toBe('/alerts/stopped');
		expect(await text(english)).not.toContain('Walker County');
		await imported('2026-05-15', 'Polk', 'Jasper', 'Walker', 'Leon');
		await letter('state@walker.example');
		expect(post.received.flatMap(({ to }) => to)).not.toContain('clerk@walker.example');
	});

	test('and the log holds nobody’s address, link or place', () => {
		expect(site.lines.join('\n')).not.toMatch(/@walker\.example|@huntsville\.example|alerts\/(begin|yours)\/[0-9a-f]/);
		expect(site.lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
	});
});

describe.skipIf(noBrowser)('a person in a seat', () => {
	test('chooses a place for the address of the account, which is proved already, and finds the choice again', async () => {
		const world = await openWorld({ config: readConfig({ COMPACT_DATA: folder }), write: () => undefined });
		const { cookie, person } = await signedIn(world, { role: 'steward' });
		await world.close();
		const get = (path: string) => fetch(site.origin + path, { headers: { cookie } }).then((answer) => answer.text());
		const before = await get('/alerts?place=tx/walker-county');
		expect(before).toContain(`${person}@example.org`);
		expect(before).not.toContain('name="address"');
		const answer = await fetch(`${site.origin}/alerts?place=tx/walker-county`, {
			method: 'POST',
			redirect: 'manual',
			headers: { ...form, origin: site.origin, cookie },
			body: 'address=other%40example.org',
		});
		expect(answer.status).toBe(303);
		const yours = answer.headers.get('location') ?? '';
		expect(await get(yours)).toContain('Walker County, Texas');
		expect(await get('/alerts')).toContain(yours.replace('?begun=yes', ''));
		expect(post.received.flatMap(({ to }) => to)).not.toContain('other@example.org');
	});
});

describe.skipIf(noBrowser)('one click in the mail program', () => {
	const click = (path: string, headers: Record<string, string> = {}) =>
		fetch(site.origin + path, {
			method: 'POST',
			redirect: 'manual',
			headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
			body: 'List-Unsubscribe=One-Click',
		}).then(({ status }) => status);

	test('stops everything, and again does no harm', async () => {
		const path = await reader('one@click.example', 'tx/walker-county', '/es');
		expect(await click(path)).toBe(200);
		expect(await text(path)).not.toContain('Walker County');
		expect(await click(path)).toBe(200);
	});

	test('is not for a page of another site, nor for any other form', async () => {
		const path = await reader('two@click.example');
		expect(await click(path, { origin: 'https://example.org' })).toBe(403);
		expect(await click(path, { origin: 'null' })).toBe(403);
		expect(await click('/alerts?place=tx/walker-county')).toBe(403);
		expect(await click('/watch/report')).toBe(403);
		expect(await text(path)).toContain('Walker County');
	});
});

describe.skipIf(noBrowser)('the pages of alerts', () => {
	const PAGES = [
		'/alerts',
		'/es/alerts?q=huntsville',
		'/alerts?place=tx/walker-county',
		'/es/alerts/sent',
		'/alerts/stopped',
	];

	test('are whole on a phone and ask nobody else', async () => {
		for (const path of [...PAGES, await reader('phone@example.org'), '/es/alerts/begin/none', '/alerts/yours/none']) {
			const { page, status, requests, complaints } = await open(path, 320);
			expect(status, path).toBe(200);
			expect(await page.locator('h1').count()).toBe(1);
			expect(await page.locator('script, [style], style').count()).toBe(0);
			expect(await page.locator('html').evaluate((root) => root.scrollWidth), path).toBe(320);
			expect(requests.filter((address) => !address.startsWith(`${site.origin}/`))).toEqual([]);
			expect(complaints).toEqual([]);
		}
	});

	test.each([...PAGES, 'the places of a reader'])(
		'%s has no barrier at three widths, in both themes',
		async (named) => {
			const path = named.startsWith('/') ? named : await reader('axe@example.org');
			for (const colorScheme of ['light', 'dark'] as const) {
				const { page } = await browsing.visit(site.origin + path, { bypassCSP: true, colorScheme });
				if (path.includes('place=')) {
					await page.locator('#address').fill('clerk');
					await page.locator('form[method=post] button').click();
					expect(await page.locator('#address').getAttribute('aria-describedby')).toContain('address-error');
				}
				for (const width of [390, 768, 1440]) {
					await page.setViewportSize({ width, height: 900 });
					expect(await violations(page), `${path} ${colorScheme} at ${width}`).toEqual([]);
				}
			}
		},
	);
});
