import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { SYSTEM, VISITOR } from '#access/actor.ts';
import { scan } from '#kernel/xml.ts';
import { confirm } from '#library/coding.server.ts';
import { codings, EVERY_CODING } from '#library/protections.server.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { compareTexts } from '#reuse/compare.server.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const noBrowser = browserPath() === null;
const browsing = await openBrowser();

const FIRST =
	'An officer or employee of the City shall not arrest, detain, or prolong the detention of any person on the basis of a civil immigration detainer or an administrative warrant, unless the request is accompanied by a judicial warrant.';
/** Invented cities, of which each changed the words of an earlier one; all dates and words are the test's own. */
const CITIES: readonly (readonly [place: string, day: string, number: string, words: string])[] = [
	['alder-falls', '2014-03-04', 'Ordinance 2014-3', FIRST],
	[
		'kestrel-bay',
		'2016-05-10',
		'Ordinance 2016-9',
		FIRST.replace('a judicial warrant', 'a judicial warrant for that person'),
	],
	[
		'wexmoor',
		'2017-06-01',
		'Ordinance 2017-1',
		FIRST.replace('An officer or employee', 'An officer, employee, contractor, or volunteer').replace(
			'or an administrative warrant',
			'an administrative warrant, or a prior order of removal',
		),
	],
	[
		'wexmoor',
		'2021-02-01',
		'Ordinance 2021-4',
		`${FIRST.replace('An officer or employee', 'An officer, employee, contractor, or volunteer').replace('or an administrative warrant', 'an administrative warrant, or a prior order of removal')} A detention that violates this section ends at once.`,
	],
	[
		'dunmere',
		'2019-09-09',
		'Ordinance 2019-40',
		'No member of the Police Department shall arrest, detain, or prolong the detention of any person on the basis of a civil immigration detainer, unless the person was convicted of a serious or violent felony within seven years, or the request is accompanied by a judicial warrant.',
	],
];

const folder = mkdtempSync(join(tmpdir(), 'citycompact-lineage-'));
for (const [place, day, number, words] of CITIES) {
	const file = join(folder, `${place}-${day}.txt`);
	writeFileSync(file, `Section 1. Detainers. ${words}\n\nSection 2. This ordinance takes effect in ninety days.\n`);
	const where = ['--place', `zz/place/${place}`, '--date', day, '--number', number, '--title', 'A SAMPLE ordinance'];
	await site.run('library', 'import', file, ...where);
}
rmSync(folder, { recursive: true });
await compareTexts(world);
await world.db.as(SYSTEM, (tx) =>
	sql`
		insert into library_relation (work_id, id, kind, other_id, other, source, author, at)
		select d.id, gen_random_uuid(), 'modelled_on', a.id, a.title, 'SAMPLE: report of the clerk, page 2', 'test', now()
		from library_work d, library_work a
		where d.address = 'zz/place/dunmere/ordinance-2019-40' and a.address = 'zz/place/alder-falls/ordinance-2014-3'`.execute(
		tx,
	),
);
const proposed = await world.db.as(VISITOR, (tx) => codings({ ...EVERY_CODING, state: 'proposed' }, 1_000, tx));
for (const { id } of proposed.filter(({ code }) => code === 'INF-1373')) await confirm(id, 'Ben Ode', world);

const OLDEST = '/concordance/clause/zz/place/alder-falls/ordinance-2014-3/2014-03-04/sec_1';
const WEXMOOR = 'zz/place/wexmoor/ordinance-2017-1/2017-06-01/sec_1';
const DUNMERE = 'zz/place/dunmere/ordinance-2019-40/2019-09-09/sec_1';
const PROTECTION = '/concordance/protection/INF-1373';
const CHOSEN = `${OLDEST}?base=${WEXMOOR}&with=${DUNMERE}`;
const ALONE = '/concordance/clause/zz/place/kestrel-bay/ordinance-1121/2016-01-04/sec_1';

const get = async (path: string) => {
	const answer = await fetch(site.origin + path, { redirect: 'manual' });
	const text = await answer.text();
	/** What it says, without its marks. */
	const words = text
		.replaceAll(/<!--.*?-->/gs, '')
		.replaceAll(/<[^>]+>/g, ' ')
		.replaceAll(/\s+/g, ' ');
	return { status: answer.status, location: answer.headers.get('location'), headers: answer.headers, text, words };
};

describe('the page of a clause', () => {
	test('says which later texts keep its words, and marks what is inferred as such', async () => {
		const { words, status } = await get(OLDEST);
		expect(status).toBe(200);
		expect(words).toContain('§ 1 of Ordinance 2014-3, Alder Falls');
		expect(words).toContain('4 later policies have some of these words; SAMPLE Kestrel Bay, ZZ, Ordinance 2016-9, § 1');
		expect(words).toContain('inferred from dates, unless a source is named');
		expect(words).toMatch(/Ordinance 2014-3, § 1 , 4 Mar 2014 : earliest on this shelf\. The one of this page\./);
		expect(words).toMatch(/Ordinance 2021-4, § 1 , 1 Feb 2021 : keeps \d+% of its words; the same city’s own series/);
		expect(words).toMatch(/Source: \d+ policies on this shelf, each compared with all others, as of \d+ \w+ \d{4}\./);
		expect(words).toMatch(
			/Ordinance 2019-40, § 1 , 9 Sep 2019 : keeps \d+% of its words; documented: Modeled on, SAMPLE: report of the clerk, page 2/,
		);
		expect(words.match(/documented:/g)).toHaveLength(1);
		expect(words).not.toMatch(/copied|wrote it|first written/i);
	});

	test('of a later clause names the earlier one', async () => {
		const { words } = await get(`/es/concordance/clause/${WEXMOOR}`);
		expect(words).toContain('§ 1 de Ordinance 2017-1, Wexmoor');
		expect(words).toContain('anterior');
	});

	test('says so where nobody else has its words', async () => {
		const { words, status } = await get(ALONE);
		expect(status).toBe(200);
		expect(words).toContain('No other policy on this shelf has these words');
	});

	test.each([
		[
			'/concordance/clause/zz/place/alder-falls/ordinance-2014-3',
			302,
			'/concordance/clause/zz/place/alder-falls/ordinance-2014-3/2014-03-04',
		],
		[
			'/es/concordance/clause/zz/place/alder-falls/ordinance-2014-3?base=x',
			302,
			'/es/concordance/clause/zz/place/alder-falls/ordinance-2014-3/2014-03-04?base=x',
		],
		[
			'/concordance/clause/ZZ/place/alder-falls/ordinance-2014-3/lineage.csv',
			308,
			'/concordance/clause/zz/place/alder-falls/ordinance-2014-3/lineage.csv',
		],
		['/concordance/clause/zz/place/alder-falls', 404, null],
		['/concordance/clause/none', 404, null],
		[`${OLDEST}/lineage.exe`, 404, null],
		['/concordance/protection/I3', 308, PROTECTION],
		['/es/concordance/protection/i3/lineage.csv', 308, `/es${PROTECTION}/lineage.csv`],
		['/concordance/protection/none', 404, null],
	])('%s answers %d and leads to %s', async (path, status, location) => {
		const answer = await get(path);
		expect([answer.status, answer.location]).toEqual([status, location]);
	});
});

const LAWS = '../shared/data/policy/nyc_local_laws';
const there = existsSync(LAWS);
if (!there) console.info(`The true detainer laws are not looked at: ${LAWS} is not there.`);

/** File, number and day of the local laws of New York that tell on whom its jails and its police hold for a detainer. */
const ENACTED: readonly (readonly [file: string, number: string, day: string])[] = [
	['LL-2011-062', 'Local Law 62 of 2011', '2011-11-22'],
	['LL-2013-021', 'Local Law 21 of 2013', '2013-03-18'],
	['LL-2013-022', 'Local Law 22 of 2013', '2013-03-18'],
	['LL-2014-058', 'Local Law 58 of 2014', '2014-11-14'],
	['LL-2014-059', 'Local Law 59 of 2014', '2014-11-14'],
];

test.runIf(there)(
	'the true story of the detainer laws stands in the list: 62 to 21 and 22, 22 to 58, 21 to 59',
	async () => {
		for (const [file, number, day] of ENACTED) {
			const where = ['--place', 'ny/place/new-york-city', '--date', day, '--number', number];
			await site.run('library', 'import', `${LAWS}/${file}.rtf`, ...where);
		}
		await compareTexts(world);
		for (const [, number, day] of ENACTED) {
			const law = number.toLowerCase().replaceAll(' ', '-');
			const { text, words } = await get(`/concordance/clause/ny/place/new-york-city/${law}/${day}`);
			expect(words).toContain(`${number}, New York City`);
			expect(listed(text)).toEqual([
				'Local Law 62 of 2011',
				'Local Law 62 of 2011 > Local Law 21 of 2013',
				'Local Law 62 of 2011 > Local Law 21 of 2013 > Local Law 59 of 2014',
				'Local Law 62 of 2011 > Local Law 22 of 2013',
				'Local Law 62 of 2011 > Local Law 22 of 2013 > Local Law 58 of 2014',
			]);
			expect(words.match(/the same city’s own series/g)?.length).toBeGreaterThanOrEqual(4);
		}
	},
);

/** Local laws in the list of a page, each behind those it stands below. */
function listed(page: string): readonly string[] {
	const [, list = ''] = /<ul class="tree">([\s\S]*?)<p class="source">/.exec(page) ?? [];
	const trail: string[] = [];
	const found: string[] = [];
	for (const [, open, close, name] of list.matchAll(/(<li>)|(<\/li>)|(Local Law \d+ of \d{4})(?=<)/g)) {
		if (open) trail.push('');
		else if (close) trail.pop();
		else if (name) {
			trail[trail.length - 1] = name;
			found.push(trail.join(' > '));
		}
	}
	return found;
}

describe('side by side', () => {
	test('begins with the likest three, and says in words what each changed', async () => {
		const { text, words } = await get(OLDEST);
		expect(text.match(/<th scope="col"/g)?.length).toBe(1 + 4 + 6);
		expect(words).toContain('“for that person” inserted; 3 words added, 0 removed.');
		expect(words).toContain('[added: for that person');
	});

	test('shows what is chosen against what is chosen, and nothing else', async () => {
		const { text, words } = await get(CHOSEN);
		expect(words).toContain('Differences from SAMPLE Wexmoor, ZZ, Ordinance 2017-1, § 1.');
		expect(text.match(/<th scope="col"/g)?.length).toBe(1 + 2 + 6);
		expect(text).toMatch(/<option[^>]*value="zz\/place\/wexmoor\/ordinance-2017-1[^>]* selected/);
		const { text: unknown } = await get(`${OLDEST}?base=none&with=nothing`);
		expect(unknown.match(/<th scope="col"/g)?.length).toBe(1 + 4 + 6);
	});

	test('only pages that are worth keeping are kept', async () => {
		for (const [path, tag] of [
			[OLDEST, true],
			[`${OLDEST}?base=none`, false],
			[`${OLDEST}?other=1`, false],
			[PROTECTION, true],
		] as const)
			expect((await get(path)).headers.has('etag'), path).toBe(tag);
	});
});

test('the page of a protection shows the clauses that two people confirmed, and leads to the matrix', async () => {
	const { text, words } = await get(PROTECTION);
	expect(text).toMatch(/<span class="code">I3<\/span> Savings clause/);
	expect(words).toContain('SAMPLE Dunmere, ZZ, Ordinance 2019-22, § 4 , 1 Sep 2019');
	expect(text).toContain('href="/concordance"');
	expect((await get('/concordance/protection/DET-COST')).words).toContain('Not confirmed in any text on the shelf');
});

test('the files say the same as the page, and are named SAMPLE where something in them is invented', async () => {
	const csv = await get(`${OLDEST}/lineage.csv`);
	expect(csv.headers.get('content-disposition')).toMatch(/filename="SAMPLE-lineage-zz-place-alder-falls[^"]*\.csv"/);
	expect(csv.text.trim().split('\r\n')).toHaveLength(1 + CITIES.length);
	expect(csv.text).toContain('inferred');
	for (const path of [OLDEST, PROTECTION]) {
		const graph = await get(`${path}/lineage.graphml`);
		expect(graph.headers.get('content-type')).toBe('application/graphml+xml; charset=utf-8');
		let nodes = 0;
		const open = (name: string) => {
			if (name === 'node') nodes++;
		};
		scan(graph.text, 'lineage', { open, close: () => undefined, text: () => undefined });
		expect(nodes).toBeGreaterThanOrEqual(CITIES.length);
	}
});

describe.skipIf(noBrowser)('for everybody', () => {
	const WAYS = (['light', 'dark'] as const).flatMap((theme) =>
		([390, 768, 1440] as const).flatMap((width) => (['', '/es'] as const).map((prefix) => ({ theme, width, prefix }))),
	);

	test.each(WAYS)('no barrier at $width px, $theme, "$prefix"', async ({ theme, width, prefix }) => {
		for (const path of [OLDEST, CHOSEN, PROTECTION, ALONE]) {
			const { page, complaints } = await browsing.visit(site.origin + prefix + path, {
				bypassCSP: true,
				colorScheme: theme,
				viewport: { width, height: 900 },
			});
			for (const one of await page.locator('details').all())
				await one.evaluate((fold) => fold.setAttribute('open', ''));
			expect(await violations(page), prefix + path).toEqual([]);
			expect(complaints, prefix + path).toEqual([]);
			await page.context().close();
		}
	});

	test.each([OLDEST, CHOSEN, PROTECTION, ALONE])('%s is not wider than 320 px, everything opened', async (path) => {
		const { page } = await browsing.visit(site.origin + path, { viewport: { width: 320, height: 800 } });
		for (const one of await page.locator('details').all()) await one.evaluate((fold) => fold.setAttribute('open', ''));
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
	});

	test('without scripts, clean shows each text as it reads, and the keyboard gets there', async () => {
		const { page } = await browsing.visit(site.origin + OLDEST, { javaScriptEnabled: false });
		const cell = page.locator('.syn tbody tr', { hasText: 'officer' }).first().locator('td').nth(2);
		expect(await cell.innerText()).toMatch(/\[removed:/);
		await page.locator('#marked').focus();
		await page.keyboard.press('ArrowRight');
		expect(await page.locator('#clean').isChecked()).toBe(true);
		expect(await cell.innerText()).toBe('Detainers. An officer, employee, contractor, or volunteer of the City');
	});

	test('other texts are chosen with the keyboard alone', async () => {
		const { page } = await browsing.visit(site.origin + OLDEST, { javaScriptEnabled: false });
		await page.locator('.choose summary').focus();
		await page.keyboard.press('Enter');
		await page.keyboard.press('Tab');
		expect(await page.evaluate('document.activeElement.id')).toBe('base');
		for (let n = 0; n < CITIES.length; n++) {
			await page.keyboard.press('Tab');
			const on = await page.evaluate('document.activeElement.checked');
			const last = n === CITIES.length - 1;
			if (on !== last) await page.keyboard.press('Space');
		}
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await page.waitForURL(/with=/);
		expect(new URL(page.url()).searchParams.getAll('with')).toHaveLength(1);
		expect(await page.locator('.syn thead th').count()).toBe(3);
	});
});
