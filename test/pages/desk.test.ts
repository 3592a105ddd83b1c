import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { type SignedIn, signedIn } from '../access/signed-in.ts';
import { workbook, zipOf } from '../watch/workbook.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const noBrowser = browserPath() === null;
const browsing = await openBrowser();
const editor = await signedIn(world, { role: 'editor' });

const LARGER_THAN_A_FORM = 53 * 1024 * 1024;
/** The ledger is made by a job within this, in milliseconds. */
const PATIENCE = 20_000;

const agencies = await world.db.as(SYSTEM, async (tx) => {
	const { rows } = await sql<{ id: string; name: string; state: string }>`
		select a.id, a.name, a.state from watch_agency a join watch_agreement g on g.agency_id = a.id
		where g.standing = 'listed' group by a.id order by a.name limit 2`.execute(tx);
	return rows;
});
const [first, second] = agencies as [(typeof agencies)[number], (typeof agencies)[number]];

async function read(path: string, who: SignedIn | null = editor): Promise<string> {
	return (await fetch(site.origin + path, { headers: who ? { cookie: who.cookie } : {} })).text();
}

async function send(path: string, body: FormData | URLSearchParams | Buffer, headers: Record<string, string> = {}) {
	const answer = await fetch(site.origin + path, {
		method: 'POST',
		headers: { origin: site.origin, accept: 'text/html', cookie: editor.cookie, ...headers },
		body: Buffer.isBuffer(body) ? new Uint8Array(body) : body,
		redirect: 'manual',
	});
	return { status: answer.status, text: (await answer.text()).replaceAll(/\s+/g, ' ') };
}

function form(...files: readonly (readonly [string, Uint8Array | string])[]): FormData {
	const made = new FormData();
	for (const [name, bytes] of files) made.append('lists', new File([bytes as BlobPart], name));
	return made;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
	for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(150)) if (await holds()) return;
	throw new Error('It did not come about.');
}

const listOf = (day: string) =>
	workbook({
		kind: 'participating',
		modified: `${day}T12:00:00Z`,
		rows: [
			{
				...{ state: 'TEXAS', agency: 'Walker County Sheriff', type: 'County', county: 'Walker', model: 'TFM' as const },
				signed: '2025-03-03',
			},
		],
	});

describe.skipIf(noBrowser)('every page of the desk', () => {
	test.each([
		['/watch/import', 'en'],
		['/es/watch/import', 'es'],
		['/watch/review', 'en'],
		['/es/watch/review', 'es'],
		[`/watch/review/${first.id}`, 'en'],
		[`/es/watch/review/${first.id}`, 'es'],
	])('%s is whole, axe finds nothing at three widths in both themes', async (path, language) => {
		for (const colorScheme of ['light', 'dark'] as const) {
			const [name = '', value = ''] = editor.cookie.split('=');
			const { page } = await browsing.visit(site.origin, { bypassCSP: true, colorScheme });
			await page.context().addCookies([{ name, value, url: site.origin }]);
			await page.goto(site.origin + path);
			expect(await page.getAttribute('html', 'lang')).toBe(language);
			expect(await page.locator('h1').count()).toBe(1);
			for (const row of await page.locator('details').all()) await row.evaluate((one) => one.setAttribute('open', ''));
			for (const width of [390, 768, 1440]) {
				await page.setViewportSize({ width, height: 900 });
				expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
				expect(await violations(page), `${colorScheme} at ${width}`).toEqual([]);
			}
		}
	});
});

describe('the desk of questions', () => {
	test('is not there for a visitor, and a reader from a city sees no button either', async () => {
		const observer = await signedIn(world, { role: 'advocate' });
		for (const who of [null, observer]) {
			const text = await read('/watch/review', who);
			expect(text).not.toMatch(/<button class="button"|Questions to settle|name="reason"/);
			expect(await read(`/watch/agency/${first.id}`, who)).not.toContain('Decide about');
			expect(await read('/watch/lists', who)).not.toContain('/watch/import');
		}
		expect(await read(`/watch/agency/${first.id}`)).toContain(`/watch/review/${first.id}`);
		expect(await read('/watch/lists')).toContain('href="/watch/import"');
	});

	test('gives a form back with what was typed and what to do', async () => {
		const fields = { form: 'names-form', kind: 'alias', state: first.state, others: 'KEPT <b>', reason: 'Seen.' };
		const { status, text } = await send(`/watch/review/${first.id}?/decide`, new URLSearchParams(fields));
		expect(status).toBe(400);
		expect(text).toContain('Choose at least two names');
		expect(text).toContain('KEPT &lt;b>');
		const none = await send(
			`/watch/review/${first.id}?/decide`,
			new URLSearchParams({ ...fields, reason: ' ', names: 'A' }),
		);
		expect([none.status, none.text.includes('Write the reason')]).toEqual([400, true]);
		const person = await send(
			`/watch/review/${first.id}?/decide`,
			new URLSearchParams({ ...fields, names: 'A', reason: 'See SSN 123-45-6789.' }),
		);
		expect([person.status, person.text.includes('name="not_a_person"')]).toEqual([400, true]);
	});

	test('keeps a decision with reason, name and day; the ledger follows, and follows back', async () => {
		const fields = new URLSearchParams({
			...{ form: 'names-form', kind: 'alias', state: first.state, names: first.name, others: second.name },
			reason: 'One office <i>by</i> two names.',
		});
		const kept = await send(`/watch/review/${first.id}?/decide`, fields);
		expect([kept.status, kept.text.includes('The decision is kept.')]).toEqual([200, true]);
		const count = async () =>
			world.db.as(SYSTEM, async (tx) => {
				const { rows } = await sql<{ n: number }>`
					select count(*)::integer as n from watch_agency where name in (${first.name}, ${second.name})`.execute(tx);
				return rows[0]?.n ?? 0;
			});
		await until(async () => (await count()) === 1);
		const desk = await read('/watch/review');
		expect(desk).toContain('Person of editor');
		expect(desk).toContain('One office &lt;i>by&lt;/i> two names.');
		expect(await read('/corrections', null)).not.toContain('Person of editor');
		const id = /name="id" value="([^"]+)"/.exec(desk)?.[1] ?? '';
		const taken = await send('/watch/review?/take_back', new URLSearchParams({ id }));
		expect(taken.text).toContain('The decision is taken back.');
		await until(async () => (await count()) === 2);
		const again = await send('/watch/review?/take_back', new URLSearchParams({ id }));
		expect([again.status, again.text.includes('was taken back already')]).toEqual([409, true]);
		expect(await read('/watch/review')).toContain('1 decision taken back');
	});
});

describe('lists that are sent in', () => {
	test('are told one by one, whatever they are and are called', async () => {
		const { status, text } = await send(
			'/watch/import',
			form(
				['../../<img src=x onerror=alert(1)>.xlsx', ''],
				['page.xlsx', '<!doctype html>'],
				['list.zip', zipOf({ 'a/<b>.xlsx': 'no list' })],
			),
		);
		expect(status).toBe(200);
		expect(text).not.toMatch(/<img src=x|<b>\.xlsx/);
		expect(text).toContain('&lt;img src=x onerror=alert(1)>.xlsx');
		expect(text).toContain('Refused: the file has no bytes.');
		expect(text.match(/Refused: it is no spreadsheet/g)).toHaveLength(2);
		expect(await read('/watch/lists', null)).not.toMatch(/<img src=x|<b>\.xlsx/);
	});

	test.each([
		['nothing', form(['', '']), 400, 'Choose at least one file.'],
		[
			'more than a form holds',
			form(['large.zip', new Uint8Array(LARGER_THAN_A_FORM)]),
			413,
			'more than 50 MB together',
		],
	])('with %s give the form back with a sentence', async (_, body, status, sentence) => {
		const answer = await send('/watch/import', body);
		expect([answer.status, answer.text.includes(sentence)]).toEqual([status, true]);
	});

	test('that broke off are told so', async () => {
		const body = Buffer.from('--x\r\nContent-Disposition: form-data; name="lists"; filename="a.xlsx"\r\n\r\nhalf');
		const answer = await send('/watch/import', body, { 'content-type': 'multipart/form-data; boundary=x' });
		expect([answer.status, answer.text.includes('broke off on the way')]).toEqual([400, true]);
	});

	test('over slow lines hold no page up', async () => {
		const { hostname, port } = new URL(site.origin);
		const head = [
			'POST /watch/import HTTP/1.1',
			...[`host: ${hostname}:${port}`, `origin: ${site.origin}`, `cookie: ${editor.cookie}`],
			'content-type: multipart/form-data; boundary=x',
			'content-length: 900000',
		].join('\r\n');
		const lines = Array.from({ length: 5 }, () => connect(Number(port), hostname));
		for (const line of lines) line.on('error', () => undefined).write(`${head}\r\n\r\n--x\r\n`);
		const answers = await Promise.all(
			['/watch/place', '/law', '/corrections', '/data'].map((path) => fetch(site.origin + path)),
		);
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
		for (const line of lines) line.destroy();
		await until(async () => (await send('/watch/import', form(['', '']))).status === 400);
	});

	test('take part in the ledger a moment later, and end the sample', async () => {
		const sent = await send('/watch/import', form(['today.xlsx', listOf('2025-05-01')]));
		expect(sent.text).toContain('1 list taken in. 0 known already. 0 not taken in');
		expect(sent.text).toContain('Taken in: participating agencies, saved 1 May 2025, 1 row.');
		await until(async () => (await read('/api/v1/watch/agencies.json', null)).includes('Walker County Sheriff'));
		const again = await send('/watch/import', form(['other.xlsx', listOf('2025-05-01')]));
		expect(again.text).toContain('Known already: it changes nothing.');
	});
});
