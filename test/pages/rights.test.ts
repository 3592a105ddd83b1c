import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import FeedParser from 'feedparser';
import { describe, expect, test } from 'vitest';
import { LAW_FIELDS } from '#law/record.ts';
import { TAXONOMY } from '#library/taxonomy/taxonomy.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const site = await startSite();
const noBrowser = browserPath() === null;
const browsing = await openBrowser();

const STATEMENT = 'A SAMPLE statement of what a statute says.';
const ADDING = ['--citation', 'SAMPLE Stat. § 1', '--address', 'https://example.org/1', '--as-of', '2026-01-02'];
const added = await site.run(
	...['law', 'add', 'TX', '--statement', STATEMENT, '--statement-es', 'Una frase de EJEMPLO.', ...ADDING],
	...['--review-due', '2099-01-01', '--by', 'Ana Reyes'],
);
const draft = await site.run(
	...[
		'law',
		'add',
		'FL',
		'--statement',
		'A draft nobody may see.',
		...ADDING,
		'--review-due',
		'2099-01-01',
		'--by',
		'Ana Reyes',
	],
);
const id = /[0-9a-f-]{36}/.exec(added)?.[0] ?? '';
await site.run('law', 'review', id, '--attorney', 'Eva Marsh, SAMPLE Office');

const folder = mkdtempSync(join(tmpdir(), 'citycompact-rights-'));
const WORDS = 'No officer shall honor an immigration detainer without a judicial warrant.';
writeFileSync(
	join(folder, 'sample.txt'),
	`A SAMPLE ORDINANCE\n\nSection 1. Detainers.\n\n${WORDS}\n\nSection 2. Effect.\n\nThis ordinance takes effect at once.\n`,
);
const about = [
	'--place',
	'coalition',
	'--date',
	'2026-01-02',
	'--as',
	'sample-of-a-test',
	'--title',
	'A SAMPLE ordinance',
];
await site.run('library', 'import', join(folder, 'sample.txt'), ...about);
rmSync(folder, { recursive: true });
const VERSION = 'coalition/sample-of-a-test/2026-01-02';
const suggested = await site.run('library', 'suggest-protections', VERSION, '--format', 'json');
const PROPOSING = ['library', 'propose-protection', `${VERSION}/sec_1`, '--code', 'D1', '--words'];
const proposed = await site.run(...PROPOSING, WORDS, '--by', 'Ana Reyes');
const left = await site.run(...PROPOSING, 'an immigration detainer', '--by', 'Ana Reyes');
const coding = /[0-9a-f-]{36}/.exec(proposed)?.[0] ?? '';
await site.run('library', 'confirm-protection', coding, '--by', 'Ben Ode');
// Pages are kept for a second before they are looked at anew.
await new Promise((done) => setTimeout(done, 1_100));

async function text(path: string): Promise<string> {
	const response = await fetch(site.origin + path);
	expect(response.status, path).toBe(200);
	return response.text();
}

describe('the record of law', () => {
	test('shows what a named attorney reviewed, in both languages, with citation and days', async () => {
		const english = await text('/law?state=TX');
		for (const said of [STATEMENT, 'SAMPLE Stat. § 1', 'Eva Marsh, SAMPLE Office', 'https://example.org/1'])
			expect(english).toContain(said);
		expect(await text('/es/law?state=TX')).toContain('Una frase de EJEMPLO.');
	});

	test('says where there is none, and to ask counsel', async () => {
		expect(await text('/law?state=FL')).toContain('No reviewed state-law record for Florida.');
		expect(await text('/es/law?state=FL')).toContain('No hay registro revisado de la ley estatal de Florida.');
		expect((await fetch(`${site.origin}/law?state=ZZ`)).status).toBe(400);
	});

	test('gives no draft away, at no address', async () => {
		const hidden = /[0-9a-f-]{36}/.exec(draft)?.[0] ?? 'none';
		const given = await Promise.all(
			['/law', '/law?state=FL', '/api/v1/law/records.json', '/api/v1/law/records.csv', '/data'].map(text),
		);
		expect(given.join('\n')).not.toMatch(new RegExp(`nobody may see|${hidden}`));
		expect((await fetch(`${site.origin}/api/v1/law/records/${hidden}.json`)).status).toBe(404);
		const { data } = JSON.parse(given[2] ?? '{}');
		expect(data.map((record: { id: string }) => record.id)).toEqual([id]);
		expect(Object.keys(data[0])).toEqual(LAW_FIELDS.map(({ name }) => name));
	});
});

test('every code is on the page of protections with what it means, in both languages', async () => {
	const [english, spanish] = [await text('/library/protections'), await text('/es/library/protections')];
	const protections = TAXONOMY.areas.flatMap((area) => area.protections);
	const escaped = (words: string) => words.replaceAll('&', '&amp;');
	expect(protections.filter(({ definition }) => !english.includes(escaped(definition.en)))).toEqual([]);
	expect(protections.filter(({ definition }) => !spanish.includes(escaped(definition.es)))).toEqual([]);
});

test('a machine points to words, a person codes them, a second confirms: only that is shown and given out', async () => {
	expect(JSON.parse(suggested)).toContainEqual({
		e_id: 'sec_1',
		code: 'DET-WARRANT',
		short: 'D1',
		words: 'immigration detainer',
	});
	const page = await text('/library/protections');
	expect(page).toContain(WORDS);
	expect(page).toContain('1 policy, in its latest version');
	const { data } = JSON.parse(await text('/api/v1/library/protections.json?code=D1&work=coalition/sample-of-a-test'));
	expect(data).toMatchObject([{ id: coding, words: WORDS, address: `${VERSION}/sec_1`, confirmed_by: 'Ben Ode' }]);
	const proposals = JSON.parse(await text('/api/v1/library/protections.json?standing=proposed')).data;
	expect(proposals.map((one: { id: string }) => one.id)).toContain(/[0-9a-f-]{36}/.exec(left)?.[0]);
	expect(await text('/api/v1/library/changes.atom?kind=protection_confirmed')).toContain(`${VERSION}/sec_1`);
});

test('the command line and the API give the same policies with the same fields', async () => {
	const printed = JSON.parse(await site.run('library', 'list', '--format', 'json'));
	const { data } = JSON.parse(await text('/api/v1/library/works.json?all=1'));
	expect(printed.length).toBeGreaterThan(0);
	expect(data).toEqual(printed);
	const whole = JSON.parse(await site.run('library', 'show', printed[0].address, '--format', 'json'));
	expect(JSON.parse(await text(`/api/v1/library/works/${printed[0].id}.json`)).data).toEqual(whole);
});

test('the feed of the library is one that readers of feeds can read', async () => {
	const entries: string[] = [];
	for (const path of ['/api/v1/library/changes.atom', '/api/v1/library/changes.atom?lang=es']) {
		const parser = Readable.from([await text(path)]).pipe(new FeedParser({}));
		for await (const entry of parser) entries.push(entry.guid);
		expect(parser.meta?.title).toMatch(/^City Compact: .*\(SAMPLE\)$/);
	}
	expect(new Set(entries).size).toBe(entries.length);
});

test('policies, their versions and their provisions are the same ones in the API', async () => {
	const get = async (path: string) => JSON.parse(await text(path)).data;
	const works = await get('/api/v1/library/works.json');
	for (const { id: work } of works.slice(0, 3)) {
		const whole = await get(`/api/v1/library/works/${work}.json`);
		for (const line of whole.versions.slice(0, 2)) {
			const version = await get(`/api/v1/library/versions/${line.id}.json`);
			const provisions = await get(`/api/v1/library/provisions.json?version=${line.address}`);
			expect(provisions).toEqual(version.provisions.slice(0, provisions.length));
			for (const { start, end, text: words } of provisions) expect(version.text.slice(start, end)).toContain(words);
		}
	}
});

const PAGES = ['/law', '/law?state=TX', '/es/law?state=FL', '/library/protections', '/es/library/protections'];

describe.skipIf(noBrowser)('a page of law or protections', () => {
	test.each(PAGES)('%s fits a phone and ships no script', async (path) => {
		const visit = await browsing.visit(site.origin + path, { viewport: { width: 320, height: 640 } });
		expect(visit.status).toBe(200);
		expect(await visit.page.evaluate('document.documentElement.scrollWidth'), 'nothing is wider than a phone').toBe(
			320,
		);
		expect(await visit.page.locator('h1').count()).toBe(1);
		expect(visit.requests.filter((address) => !address.startsWith(`${site.origin}/`))).toEqual([]);
		expect(visit.requests.filter((address) => /\.js(\?|$)/.test(address))).toEqual([]);
		expect(visit.complaints).toEqual([]);
	});

	test.each(PAGES)('%s has no barrier at three widths and in both themes', async (path) => {
		for (const colorScheme of ['light', 'dark'] as const) {
			const { page } = await browsing.visit(site.origin + path, { bypassCSP: true, colorScheme });
			for (const row of await page.locator('details').all()) await row.evaluate((one) => one.setAttribute('open', ''));
			for (const width of [390, 768, 1280]) {
				await page.setViewportSize({ width, height: 900 });
				expect(await violations(page), `${colorScheme} at ${width}`).toEqual([]);
			}
		}
	});
});
