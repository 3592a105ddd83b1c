import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const site = await startSite();
const noBrowser = browserPath() === null;
if (noBrowser) console.warn('What the margin says of other policies is not looked at: it needs a browser.');
const browsing = await openBrowser();

const CLAUSE =
	'The keeper of the municipal lamps shall light each lamp before dusk, shall put it out at dawn, and shall write the hour of both into a book that lies open to every resident at the desk of the clerk.';
const FREE =
	'Nothing in these words is in any other text: herons nest by the millpond, and the ferry sails on Tuesdays.';
type Shelved = readonly [place: string, name: string, day: string, clause: string];
const TEXTS: readonly Shelved[] = [
	['il/place/chicago', 'lamps', '2014-01-02', CLAUSE],
	[
		'ca/place/oakland',
		'more-lamps',
		'2016-01-02',
		CLAUSE.replace('before dusk', 'no later than half an hour before dusk'),
	],
	[
		'ny/place/new-york-city',
		'newest-lamps',
		'2018-01-02',
		`${CLAUSE} ${'The council may raise the number of lamps by ordinance. '.repeat(3)}`,
	],
];
/** A second of the first city. */
const AGAIN: Shelved = ['il/place/chicago', 'lamps-again', '2015-01-02', CLAUSE];
const [FIRST = '', SECOND = '', THIRD = ''] = TEXTS.map(([place, name]) => `${place}/${name}`);
for (const one of [...TEXTS, AGAIN]) await shelve(...one);
await site.run('concordance', 'rebuild');

async function shelve(place: string, name: string, day: string, clause: string): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'citycompact-elsewhere-'));
	const file = join(folder, `${name}.txt`);
	writeFileSync(
		file,
		`AN ORDINANCE\n\nSection 1. Lamps. ${clause}\n\nSection 2. Herons. ${FREE.replace('herons', name)}\n`,
	);
	await site.run('library', 'import', file, '--place', place, '--date', day, '--as', name);
	rmSync(folder, { recursive: true });
}

const text = async (path: string) => (await fetch(site.origin + path)).text();

describe('the margin of a text', () => {
	test('says of the earliest who has its words later, and of a later one what it keeps', async () => {
		const first = await text(`/library/${FIRST}`);
		expect(first).toContain('Earliest on this shelf; 2 later policies have these words, in 2 places');
		expect(first).toContain('2 keep nearly every word');
		const second = await text(`/library/${SECOND}`);
		expect(second).toContain('Earlier on this shelf: Chicago, IL, 2014');
		expect(second).toContain('Inferred from dates.');
		expect(second).toContain('1 later policy has these words');
		expect(second).not.toContain('Earliest');
		expect(first + second).not.toMatch(/copied|wrote it first/i);
	});

	test('tells the series of a city apart, and calls nothing in it the earliest but the first', async () => {
		expect(await text(`/library/${FIRST}`)).toContain('Own series of Chicago, IL: 2015');
		const again = await text('/library/il/place/chicago/lamps-again');
		expect(again).toContain('Own series of Chicago, IL: 2014');
		expect(again).toContain('2 later policies have these words');
		expect(again).not.toContain('Earliest');
	});

	test('says it in Spanish too', async () => {
		expect(await text(`/es/library/${FIRST}`)).toContain(
			'La primera en esta biblioteca; 2 normas posteriores tienen estas palabras, en 2 lugares',
		);
	});

	test('says on the page of a clause what lies in it, whatever is said of what it lies in', async () => {
		const [, page = ''] = /href="(\/library\/[^"]+\/sec_1)"/.exec(await text(`/library/${FIRST}`)) ?? [];
		expect(await text(page)).toContain('2 later policies have these words');
	});

	test('leads to the lineage of the clause', async () => {
		const [, page = ''] = /href="(\/concordance\/clause\/[^"]+)"/.exec(await text(`/library/${FIRST}`)) ?? [];
		const lineage = await text(page);
		for (const path of [SECOND, THIRD]) expect(lineage).toContain(`/concordance/clause/${path}/`);
	});

	test.skipIf(noBrowser)(
		'has no barrier at three widths, in both themes',
		async () => {
			for (const colorScheme of ['light', 'dark'] as const) {
				const { page } = await browsing.visit(`${site.origin}/library/${FIRST}`, {
					bypassCSP: true,
					colorScheme,
				});
				for (const width of [390, 768, 1440]) {
					await page.setViewportSize({ width, height: 900 });
					expect(await violations(page), `${colorScheme} ${width}`).toEqual([]);
					expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
				}
			}
		},
		60_000,
	);
});

describe('who has a passage', () => {
	const ask = (passage: string, prefix = '') =>
		fetch(`${site.origin}${prefix}/concordance/search`, {
			method: 'POST',
			headers: { origin: site.origin, accept: 'text/html' },
			body: new URLSearchParams({ passage }),
		});

	test('is told with what each has of it, and nobody keeps what was asked', async () => {
		const answer = await ask(`${CLAUSE} zxcanaryzx`);
		expect(answer.status).toBe(200);
		expect(answer.headers.get('cache-control')).toBe('no-store');
		const body = await answer.text();
		expect(body).toContain('4 policies have these words, or a part of them');
		for (const path of [FIRST, SECOND, THIRD]) expect(body).toContain(`/concordance/clause/${path}/`);
		expect(body).toContain('zxcanaryzx');
		expect(await text('/concordance/search')).not.toContain('zxcanaryzx');
	});

	test('leaves no trace: not in the log, not in the journal, the record or any table, not in a file beside them', async () => {
		const canary = `zx${'canary'.repeat(2)}zx`;
		expect((await ask(`${CLAUSE} ${canary}`)).status).toBe(200);
		expect((await ask(`${canary} is short`)).status).toBe(400);
		const kept = () =>
			readdirSync(site.data, { recursive: true, withFileTypes: true })
				.filter((one) => one.isFile())
				.map((one) => read(join(one.parentPath, one.name)));
		// Whatever is written into a table stands in the write-ahead log at once, and a text of the shelf is found there.
		expect(kept().some((bytes) => bytes.includes('newest-lamps nest by the millpond'))).toBe(true);
		expect(kept().some((bytes) => bytes.includes(canary))).toBe(false);
		expect(site.lines.join('\n')).toContain('/concordance/search');
		expect(site.lines.join('\n')).not.toContain(canary);
	});

	test('says what is wrong with too little and too much, and keeps the words in the form', async () => {
		for (const [prefix, few, many] of [
			['', 'Paste the whole sentence.', 'Paste a section at a time.'],
			['/es', 'Pegue la oración entera.', 'Pegue una sección cada vez.'],
		] as const) {
			const short = await ask('three small words', prefix);
			expect(short.status).toBe(400);
			const body = await short.text();
			expect(body).toContain(few);
			expect(body).toContain('three small words');
			expect(await (await ask('lamp '.repeat(20_000), prefix)).text()).toContain(many);
		}
		expect(await (await ask('w x y z '.repeat(10))).text()).toContain('No policy on this shelf has a passage');
	});

	test.skipIf(noBrowser)(
		'has no barrier with and without an answer',
		async () => {
			for (const path of ['/concordance/search', '/es/concordance/search'])
				for (const colorScheme of ['light', 'dark'] as const) {
					const { page } = await browsing.visit(site.origin + path, { bypassCSP: true, colorScheme });
					await page.fill('textarea', CLAUSE);
					expect(await violations(page)).toEqual([]);
					await page.click('main form button');
					await page.waitForSelector('#found');
					for (const width of [390, 768, 1440]) {
						await page.setViewportSize({ width, height: 900 });
						expect(await violations(page), `${path} ${colorScheme} ${width}`).toEqual([]);
						expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
					}
					expect(await page.inputValue('textarea')).toBe(CLAUSE);
				}
		},
		60_000,
	);

	test.skipIf(noBrowser)('is asked by keyboard and without scripts', async () => {
		const { page } = await browsing.visit(`${site.origin}/concordance/search`, { javaScriptEnabled: false });
		for (let n = 0; n < 40 && (await page.locator('textarea:focus').count()) === 0; n++)
			await page.keyboard.press('Tab');
		await page.keyboard.insertText(CLAUSE);
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await page.waitForSelector('#found');
		expect(await page.locator('#found').innerText()).toContain('4 policies');
		expect(page.url()).toBe(`${site.origin}/concordance/search`);
	});
});

describe('a note in the margin', () => {
	test('is made anew when the texts that came in were compared, and the kept page with it', async () => {
		await shelve('tx/place/austin', 'last-lamps', '2020-01-02', CLAUSE);
		// The job of the import compares it in its own time; until then the page is made, and kept, without it.
		await vi.waitFor(
			async () => expect(await text(`/library/${FIRST}`)).toContain('3 later policies have these words'),
			{ timeout: 60_000, interval: 500 },
		);
	}, 90_000);
});

/** A file as it is now; nothing where it went away meanwhile. */
function read(path: string): Buffer {
	try {
		return readFileSync(path);
	} catch {
		return Buffer.alloc(0);
	}
}
