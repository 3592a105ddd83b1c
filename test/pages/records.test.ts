import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const noBrowser = browserPath() === null || process.env.COMPACT_TEST_SITE !== undefined;
if (noBrowser) console.warn('Tests of record pages are skipped: they need a browser and a site of their own.');

const folder = mkdtempSync(join(tmpdir(), 'citycompact-records-'));
// The database runs as a user without rights where the tests run as root: it has to get in.
chmodSync(folder, 0o711);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const site = noBrowser ? { origin: '', lines: [] } : await startSite({ COMPACT_DATA: folder });
const browsing = await openBrowser();

/** A command on the database of the running site. */
function run(...args: string[]): string {
	const command = join(import.meta.dirname, '../../bin/citycompact.js');
	const env = { ...process.env, COMPACT_DATA: folder };
	return execFileSync(process.execPath, [command, ...args], {
		env,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
	});
}

interface Told {
	id: string;
	kind: string;
	agency: string;
	agency_id: string;
	agreement_id: string | null;
	withdrawn_at: string | null;
}

const events = (): Told[] => JSON.parse(run('watch', 'events', '--format', 'json'));
const found = (all: readonly Told[], kind: string, agency = '') => {
	const event = all.find((one) => one.kind === kind && one.agency.startsWith(agency) && one.withdrawn_at === null);
	if (!event) throw new Error(`The sample holds no ${kind} of ${agency}.`);
	return event;
};

const REASON = 'The city’s own page says that both are one department.';
const before = noBrowser ? [] : events();
// A decision about the sample, so that there are a former id and withdrawn events.
const PAIR = ['Alder Falls Police Department', 'Bright Water Police Department'];
if (!noBrowser) {
	run('watch', 'overrule', 'alias', 'FRANKLIN (SAMPLE)', ...PAIR, '--reason', REASON);
}
const after = noBrowser ? [] : events();
const withdrawn = after.find((one) => one.withdrawn_at !== null);
const addresses: Readonly<Record<string, string>> = noBrowser
	? {}
	: {
			'an agency with several agreements': `/watch/agency/${found(after, 'listed', 'Merrow').agency_id}`,
			'an agency that is no longer listed': `/watch/agency/${found(after, 'removed').agency_id}`,
			'an agency that applied': `/watch/agency/${found(after, 'application_gone').agency_id}`,
			'an event that stands': `/watch/event/${found(after, 'granted').id}`,
			'an event that was withdrawn': `/watch/event/${withdrawn?.id}`,
			'a state': '/watch/place/zz',
			'a county': '/watch/place/zz/merrow-county',
			'a city': '/watch/place/zz/place/lowmark',
			'a place with no listed agency of its own': '/watch/place/zz/brindlow-county',
			'a search that finds several': '/watch/place?q=pellam',
			'a search that finds nothing': '/watch/place?q=atlantis',
		};
const NAMES = [
	'an agency with several agreements',
	'an agency that is no longer listed',
	'an agency that applied',
	'an event that stands',
	'an event that was withdrawn',
	'a state',
	'a county',
	'a city',
	'a place with no listed agency of its own',
	'a search that finds several',
	'a search that finds nothing',
] as const;
const LANGUAGES = ['en', 'es'] as const;
const pages = LANGUAGES.flatMap((language) => NAMES.map((name) => ({ name, language })));
const at = (name: string, language: string) => site.origin + (language === 'es' ? '/es' : '') + addresses[name];

describe.skipIf(noBrowser)('every page of a record', () => {
	test.each(pages)(
		'$name, in $language: whole, without scripts, and nobody else is asked',
		async ({ name, language }) => {
			const visit = await browsing.visit(at(name, language), { viewport: { width: 320, height: 640 } });
			const { page } = visit;
			expect(visit.status).toBe(200);
			expect(await page.title()).toMatch(/ – City Compact \(SAMPLE\)$/);
			expect(await page.getAttribute('html', 'lang')).toBe(language);
			expect(await page.locator('h1').count()).toBe(1);
			expect(await page.locator('meta[name=description]').getAttribute('content')).toMatch(/\.$/);
			expect(await page.evaluate('document.documentElement.scrollWidth'), 'nothing is wider than a phone').toBe(320);
			expect(await page.locator('script, [style], style').count()).toBe(0);
			expect(visit.requests.filter((address) => !address.startsWith(`${site.origin}/`))).toEqual([]);
			expect(visit.complaints).toEqual([]);
			const ids = await page.locator('[id]').evaluateAll((all) => all.map((one) => one.id));
			expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
			const said = await page.locator('main').innerText();
			expect(said).not.toMatch(/in force|terminated|withdrew|vigente|rescindi|undefined|null|NaN/i);
		},
	);

	test.each(NAMES)('axe finds nothing on the page of %s, at three widths, in both themes', async (name) => {
		for (const colorScheme of ['light', 'dark'] as const) {
			const { page } = await browsing.visit(at(name, 'en'), { bypassCSP: true, colorScheme });
			for (const row of await page.locator('details').all()) await row.evaluate((one) => one.setAttribute('open', ''));
			for (const width of [390, 768, 1440]) {
				await page.setViewportSize({ width, height: 900 });
				expect(await violations(page), `${colorScheme} at ${width}`).toEqual([]);
			}
		}
	});
});

describe.skipIf(noBrowser)('permanent addresses', () => {
	const ask = (path: string) => fetch(site.origin + path, { redirect: 'manual' });
	const moved = async (path: string) => {
		const answer = await ask(path);
		return [answer.status, answer.headers.get('location')];
	};

	test('a former id leads to the agency that took its place, in the language asked', async () => {
		const now = found(after, 'listed', 'Alder Falls').agency_id;
		const old = PAIR.map((name) => found(before, 'listed', name).agency_id).find((id) => id !== now);
		expect(await moved(`/watch/agency/${old}`)).toEqual([308, `/watch/agency/${now}`]);
		expect(await moved(`/es/watch/agency/${old}`)).toEqual([308, `/es/watch/agency/${now}`]);
	});

	test('an agreement leads to its row on the page of its agency', async () => {
		const { agreement_id, agency_id } = found(after, 'listed', 'Lowmark');
		expect(await moved(`/watch/agreement/${agreement_id}`)).toEqual([
			308,
			`/watch/agency/${agency_id}#${agreement_id}`,
		]);
		const { page } = await browsing.visit(`${site.origin}/watch/agreement/${agreement_id}`);
		expect(await page.locator(`tr[id="${agreement_id}"]`).innerText()).toContain('Task force');
	});

	test.each(['/watch/agency/none', '/watch/agreement/none', '/watch/event/none', '/watch/place/zz/no-county'])(
		'%s is not there, and says what to do',
		async (path) => {
			const answer = await ask(path);
			expect(answer.status).toBe(404);
			expect(await answer.text()).toMatch(/by (its|their) name|by name/);
		},
	);

	test('a place typed in another case leads to its address; while sample data is shown, no real place does', async () => {
		expect(await moved('/watch/place/ZZ/Merrow-County')).toEqual([308, '/watch/place/zz/merrow-county']);
		expect((await ask('/watch/place/tx')).status).toBe(404);
	});

	test('a search that finds one place goes there', async () => {
		expect(await moved('/watch/place?q=merrow')).toEqual([303, '/watch/place/zz/merrow-county']);
	});
});

describe.skipIf(noBrowser)('what the pages say', () => {
	const visit = async (name: string, language = 'en') => (await browsing.visit(at(name, language))).page;

	test('an agency says how many agreements are listed, and each stands in the table and in the drawing', async () => {
		const page = await visit('an agency with several agreements');
		expect(await page.locator('.lede').innerText()).toMatch(/^2 agreements are listed as of 11\sNov\s2026\./);
		expect(await page.locator('tbody tr[id]').count()).toBe(2);
		expect(await page.locator('.life .bar').count()).toBe(2);
		expect(await page.locator('.life .sample').textContent()).toBe('SAMPLE');
	});

	test('an agency that left the list is told with the day it was last listed', async () => {
		const page = await visit('an agency that is no longer listed');
		expect(await page.locator('.lede').innerText()).toMatch(
			/^No agreement of this agency is on the list of 11\sNov\s2026; last listed \d+\s\w+\s2026\./,
		);
	});

	test('a withdrawn event says when, why, and what stands in its place', async () => {
		const page = await visit('an event that was withdrawn');
		const told = await page.locator('.banner').innerText();
		expect(told).toMatch(/Withdrawn on \d+\s\w+\s\d{4} because a person decided/);
		expect(told).toMatch(/In its place stands|No event stands in its place/);
		const spanish = await visit('an event that was withdrawn', 'es');
		expect(await spanish.locator('.banner').innerText()).toMatch(/Retirado el .* porque una persona decidió/);
	});

	test('a grant leads to its other event and back', async () => {
		const page = await visit('an event that stands');
		const granted = page.url();
		await page.getByRole('link', { name: /^Newly listed,/ }).click();
		await page.getByRole('link', { name: /^Moved from pending/ }).click();
		expect(page.url()).toBe(granted);
	});

	test.each(['a state', 'a county', 'a city', 'a place with no listed agency of its own'])(
		'%s says that no state law was reviewed, and how many listed agencies could not be placed',
		async (name) => {
			const page = await visit(name);
			expect(await page.locator('aside.margin').innerText()).toContain(
				'No reviewed state-law record for Franklin (SAMPLE)',
			);
			expect(await page.locator('.head').innerText()).toMatch(
				/\d+ listed agenc(y|ies) in Franklin \(SAMPLE\) could not be placed/,
			);
		},
	);

	test('a record links to its feed', async () => {
		const feed = (await visit('a county')).locator('link[type="application/atom+xml"]');
		expect(await feed.getAttribute('href')).toBe('/api/v1/watch/events.atom?place=zz/merrow-county');
	});
});
