import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SYSTEM, VISITOR } from '#access/actor.ts';
import { code, confirm } from '#library/coding.server.ts';
import { codings, EVERY_CODING } from '#library/protections.server.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const noBrowser = browserPath() === null;
const browsing = await openBrowser();

async function text(path: string, cookie = ''): Promise<string> {
	const answer = await fetch(site.origin + path, { headers: { cookie } });
	expect(answer.status, path).toBe(200);
	return answer.text();
}

const fresh = await text('/concordance');
const nobodyYet = await text('/concordance?on=2000-01-01');

beforeAll(async () => {
	const confirmed = await world.db.as(VISITOR, (tx) => codings({ ...EVERY_CODING, state: 'confirmed' }, 1_000, tx));
	// A second passage that gives the same without exception.
	const [first] = confirmed.filter(({ address, code }) => address.includes('alder-falls') && code === 'DET-WARRANT');
	if (!first) throw new Error('The sample has no such passage.');
	const { rows } = await world.db.as(SYSTEM, (tx) =>
		sql<{ eId: string; words: string }>`
			select e_id as "eId", trim(left(text, 30)) as words from library_provision
			where work_id = ${first.workId} and expression_id = ${first.expressionId} and e_id <> ${first.eId}
				and length(text) > 60 order by position limit 1`.execute(tx),
	);
	const [elsewhere] = rows;
	if (!elsewhere) throw new Error('The sample has no other passage.');
	const given = { ...elsewhere, code: 'DET-WARRANT', polarity: 'gives', strength: 'absolute', note: null } as const;
	const second = await world.db.as(SYSTEM, (tx) =>
		code(first.workId, first.expressionId, given, 'Ana Reyes', world, tx),
	);
	await confirm(second.id, 'Ben Ode', world);
});

interface Told {
	readonly place: string;
	readonly place_name: string;
	readonly code: string;
	readonly short: string;
	readonly cell: string;
	readonly passages: readonly string[];
}

async function records(query = ''): Promise<Told[]> {
	const { data, next, sample } = JSON.parse(await text(`/api/v1/concordance/coverage.json?all=1&${query}`));
	expect([next, sample]).toEqual([null, true]);
	return data;
}

const WORDS: Readonly<Record<string, string>> = {
	'city law': 'law',
	'city law, with an exception': 'law_with_exception',
	'not on the shelf': 'not_on_shelf',
	'not assessed': 'not_assessed',
};

test('the cells, counts and passages of the page are those of the API and of both files', async () => {
	for (const query of ['', 'city=zz/place/wexmoor&city=zz/place/dunmere', 'on=2021-01-01']) {
		const html = await text(`/concordance?${query}`);
		const told = await records(query);
		const codes = [...new Set(told.map(({ code }) => code))];
		expect(codes).toHaveLength(50);
		const giving = (code: string) => told.filter((one) => one.code === code && one.passages.length > 0);
		const shown = [...html.matchAll(/<data id="in-force-([\w-]+)" value="(\d+)">/g)].map(([, code, n]) => [
			code,
			Number(n),
		]);
		const expected = codes.map((code) => [code, giving(code).length] as const).filter(([, n]) => n > 0);
		expect(shown, query).toEqual(expected);
		expect(shown.length, query).toBeGreaterThan(2);
		for (const { passages } of told) if (passages[0]) expect(html, query).toContain(`href="/library/${passages[0]}"`);

		const lines = (await text(`/concordance/coverage.csv?raw=1&${query}`)).trim().split('\r\n');
		const columns = [...new Set(told.map(({ place }) => place))];
		expect([...(lines[0] ?? '').matchAll(/\((zz[^)]*)\)/g)].map(([, place]) => place)).toEqual(columns);
		expect(lines[0]).toContain('SAMPLE');
		for (const line of lines.slice(1)) {
			const cells =
				line.match(/("[^"]*"|[^,]*)(,|$)/g)?.map((cell) => cell.replace(/,$/, '').replaceAll('"', '')) ?? [];
			const own = told.filter((one) => one.code === cells[0]);
			expect(cells.slice(4, 4 + columns.length).map((words) => WORDS[words])).toEqual(own.map(({ cell }) => cell));
			expect(Number(cells[4 + columns.length])).toBe(giving(cells[0] ?? '').length);
		}
		const api = (await text(`/api/v1/concordance/coverage.csv?raw=1&${query}`)).trim().split('\r\n');
		expect(api).toHaveLength(told.length + 1);
	}
});

test('on the sample: laws with and without exception, a repealed one, and a city that nobody assessed', async () => {
	const cell = async (place: string, code: string, query = '') =>
		(await records(query)).find((one) => one.place === `zz/place/${place}` && one.code === code);
	expect(await cell('alder-falls', 'DET-WARRANT')).toMatchObject({ cell: 'law', short: 'D1' });
	expect((await cell('alder-falls', 'DET-WARRANT'))?.passages).toHaveLength(2);
	expect(await cell('alder-falls', 'INF-ASK')).toMatchObject({ cell: 'law_with_exception' });
	expect(await cell('alder-falls', 'ACC-NOPRA')).toMatchObject({ cell: 'not_on_shelf', passages: [] });
	expect(await cell('dunmere', 'DET-WARRANT')).toMatchObject({ cell: 'not_assessed', passages: [] });
	const repealed = (await records('on=2022-07-31&city=zz/place/kestrel-bay')).filter(({ passages }) => passages[0]);
	const now = (await records('city=zz/place/kestrel-bay')).filter(({ passages }) => passages[0]);
	expect(repealed.every(({ passages }) => passages.every((at) => at.includes('ordinance-1121')))).toBe(true);
	expect(now.every(({ passages }) => passages.every((at) => at.includes('ordinance-1188')))).toBe(true);
	expect([repealed.length, now.length]).toEqual([2, 1]);
});

test('before anybody agreed on anything the page says so, and shows no marks', () => {
	expect(nobodyYet).toContain('No passage has a confirmed code for this day.');
	expect(nobodyYet).not.toContain('class="matrix"');
});

test('a fresh installation has a matrix of the invented cities to look at', () => {
	expect(fresh).toContain('class="matrix"');
});

test('a typed day is read in the language of the page; what is none is given back, and today is shown', async () => {
	expect(await text('/concordance?on=July+31%2C+2022')).toContain('value="2022-07-31"');
	expect(await text('/es/concordance?on=31+de+julio+de+2022')).toContain('value="2022-07-31"');
	const wrong = await text('/concordance?on=soon');
	expect(wrong).toContain('value="soon"');
	expect(wrong).toContain('aria-invalid="true"');
});

test('a place without policies is refused with a sentence, on pages and in the API', async () => {
	for (const path of ['/concordance', '/concordance/coverage.csv', '/api/v1/concordance/coverage.json'])
		for (const city of ['tx/place/huntsville', '%00', "';--"]) {
			const answer = await fetch(`${site.origin}${path}?city=${city}`);
			expect([path, answer.status]).toEqual([path, 400]);
		}
	expect((await fetch(`${site.origin}/api/v1/concordance/coverage.json?on=1&on=2`)).status).toBe(400);
});

test('the API comes in pages that make the whole, and is not sent again', async () => {
	const whole = await records();
	const pieces: Told[] = [];
	for (let after: string | null = ''; after !== null; ) {
		const page: { data: Told[]; next: string | null } = JSON.parse(
			await text(`/api/v1/concordance/coverage.json?limit=60&after=${after}`),
		);
		pieces.push(...page.data);
		after = page.next;
	}
	expect(pieces).toEqual(whole);
	const first = await fetch(`${site.origin}/api/v1/concordance/coverage.json`);
	const again = await fetch(`${site.origin}/api/v1/concordance/coverage.json`, {
		headers: { 'if-none-match': first.headers.get('etag') ?? '' },
	});
	expect(again.status).toBe(304);
	expect(first.headers.get('content-disposition')).toContain('SAMPLE');
});

test('the reader’s own city stands first and is marked; a member, hidden or not, changes no byte for anybody else', async () => {
	const before = await text('/concordance?on=2026-11-01');
	const { rows } = await world.db.as(SYSTEM, (tx) =>
		sql<{ id: string }>`select id from place where sample and slug = 'wexmoor'`.execute(tx),
	);
	const member = await signedIn(world, { role: 'member', placeId: rows[0]?.id ?? '' });
	const names = (html: string) =>
		[...html.matchAll(/<th scope="col"[^>]*>\s*<span>(SAMPLE [^<]*)/g)].map(([, name]) => name);
	const own = await text('/concordance?on=2026-11-01', member.cookie);
	expect(names(own)[0]).toBe('SAMPLE Wexmoor, ZZ');
	expect(own.replaceAll('<!-- -->', '')).toMatch(/class="you"[^>]*>\s*<span>SAMPLE Wexmoor, ZZ/);
	expect(names(before)[0]).toBe('SAMPLE Alder Falls, ZZ');
	expect(await text('/concordance?on=2026-11-01')).toBe(before);
	expect(before).not.toContain('your city');
});

describe.skipIf(noBrowser)('the matrix', () => {
	test.each([
		['/concordance', 'en'],
		['/es/concordance', 'es'],
		['/concordance?on=soon', 'en'],
		['/concordance?on=2010-01-01', 'en'],
	])('%s is whole, axe finds nothing at three widths in both themes', async (path, language) => {
		for (const colorScheme of ['light', 'dark'] as const) {
			const visit = await browsing.visit(site.origin + path, { bypassCSP: true, colorScheme });
			const { page } = visit;
			expect(
				visit.requests.filter((address) => /\.js(\?|$)/.test(address) || !address.startsWith(site.origin)),
			).toEqual([]);
			expect(visit.complaints).toEqual([]);
			expect(await page.getAttribute('html', 'lang')).toBe(language);
			expect(await page.locator('h1').count()).toBe(1);
			for (const row of await page.locator('details').all()) await row.evaluate((one) => one.setAttribute('open', ''));
			for (const width of [320, 390, 768, 1440]) {
				await page.setViewportSize({ width, height: 900 });
				expect(await page.evaluate('document.documentElement.scrollWidth'), `${width}`).toBe(width);
				if (width > 320) expect(await violations(page), `${colorScheme} at ${width}`).toEqual([]);
			}
			const ids = await page.evaluate<string[]>('[...document.querySelectorAll("[id]")].map(({ id }) => id)');
			expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
		}
	});

	test('is chosen, dated, moved and followed with the keyboard alone, without scripts', async () => {
		const { page } = await browsing.visit(`${site.origin}/concordance`, {
			javaScriptEnabled: false,
			viewport: { width: 390, height: 844 },
		});
		await page.locator('.whose summary').focus();
		await page.keyboard.press('Enter');
		const boxes = page.getByRole('checkbox');
		for (const box of await boxes.all()) {
			const place = await box.getAttribute('value');
			if (/alder-falls|wexmoor/.test(place ?? '') === (await box.isChecked())) continue;
			await box.focus();
			await page.keyboard.press('Space');
		}
		await page.getByRole('textbox', { name: 'In force on' }).fill('2026-11-01');
		await page.keyboard.press('Enter');
		await page.waitForURL(/city=/);
		const asked = new URL(page.url()).searchParams;
		expect([asked.get('on'), asked.getAll('city')]).toEqual([
			'2026-11-01',
			['zz/place/alder-falls', 'zz/place/wexmoor'],
		]);
		expect(await page.getByRole('columnheader').allInnerTexts()).toEqual([
			'Protection',
			'SAMPLE Alder Falls, ZZ',
			'SAMPLE Wexmoor, ZZ',
			'In force in',
		]);
		const csv = await page.getByRole('link', { name: 'Data (CSV)' }).getAttribute('href');
		expect(csv).toContain('city=zz%2Fplace%2Fwexmoor');
		await page.getByRole('region', { name: /^Protections by city, / }).focus();
		await page.keyboard.press('Tab');
		await page.keyboard.press('Tab');
		const cell = page.locator('.matrix td a').first();
		expect(await cell.evaluate((one) => one === document.activeElement)).toBe(true);
		await page.keyboard.press('Enter');
		await page.waitForURL(/\/library\/zz\/place\//);
	});
});
