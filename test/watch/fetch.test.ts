import { createHash } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { speech } from '#i18n/message.ts';
import { sentenceOf } from '#watch/fetch/code.ts';
import { type Fetched, fetchLists } from '#watch/fetch/fetch.server.ts';
import { lastFetch } from '#watch/fetch/log.server.ts';
import { lists } from '#watch/lists.server.ts';
import { seedSample } from '#watch/seed.server.ts';
import { edition } from '#watch/store.server.ts';
import { testDatabase } from '../database.ts';
import { DERIVED, emptied, tables } from './derived.ts';
import { type Given, PAGE, publisher } from './publisher.ts';
import { workbook } from './workbook.ts';

const here = await testDatabase();
const site = await publisher();
const world = { ...here.world, http: site.http };
const SOURCE = {
	page: PAGE,
	hosts: ['www.ice.example', 'lists.ice.example', 'localhost'],
	agent: 'CityCompact/0 (+test)',
};
/** The same rules, sooner. */
const MANNERS = { bytes: 2_000_000, ms: 400, pause: 0 };
const LINKS = '<a href="/lib/a.xlsx">Participating agencies</a> <a href="/lib/b.xlsx">Pending agencies</a>';

afterAll(() => site.close());

beforeEach(async () => {
	here.now = new Date('2026-07-01T12:00:00Z');
	site.reset();
	await emptied(here);
});

const alder = { state: 'TEXAS', agency: 'Alder County Sheriff’s Office', type: 'County', county: 'Alder' } as const;
const birch = { ...alder, agency: 'Birch County Sheriff’s Office', county: 'Birch' } as const;

function participating(day: string, ...rows: object[]): Uint8Array {
	const signed = rows.map((row) => ({ model: 'TFM' as const, signed: '2025-03-03', ...row }));
	return workbook({ kind: 'participating', modified: `${day}T12:00:00Z`, rows: signed });
}

function pending(day: string, ...rows: object[]): Uint8Array {
	return workbook({
		kind: 'pending',
		modified: `${day}T12:00:00Z`,
		rows: rows.map((row) => ({ model: 'WSO' as const, ...row })),
	});
}

const PARTICIPATING = participating('2026-06-30', alder);
const PENDING = pending('2026-06-30', birch);

/** The page and both lists as on a good day, but for what is given. */
function published(other: Readonly<Record<string, Given>> = {}): void {
	site.put({ '/identify-and-arrest/287g': LINKS, '/lib/a.xlsx': PARTICIPATING, '/lib/b.xlsx': PENDING, ...other });
}

function look(source = SOURCE): Promise<Fetched> {
	return fetchLists(source, world, MANNERS);
}

/** What came of it, in one sentence of each language where it failed. */
function told(fetched: Fetched): string {
	if (fetched.outcome !== 'failed') return fetched.outcome;
	const { key, values } = sentenceOf(fetched.failed);
	expect(speech('es').say(key, values)).not.toContain('{');
	return speech('en').say(key, values);
}

async function shelf(): Promise<string[]> {
	return (await lists(world)).map(({ sha256 }) => sha256).sort();
}

function hash(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

describe('a fetch', () => {
	test('takes in both lists, says who asks, and ends the sample data', async () => {
		await seedSample(world);
		published();
		expect(await look()).toMatchObject({ outcome: 'read', lists: 2, ledger: { outcome: 'rebuilt' } });
		expect(await shelf()).toEqual([hash(PARTICIPATING), hash(PENDING)].sort());
		expect(site.asked.map(({ path }) => path)).toEqual(['/identify-and-arrest/287g', '/lib/a.xlsx', '/lib/b.xlsx']);
		expect(new Set(site.asked.map(({ headers }) => `${headers['user-agent']} ${headers['accept-encoding']}`))).toEqual(
			new Set(['CityCompact/0 (+test) identity']),
		);
		expect(await edition(world)).toMatchObject({ sample: false });
		const seen = await here.owner((session) => session.query('select name, source from watch_sighting order by name'));
		expect(seen.rows).toEqual([
			{ name: 'a.xlsx', source: 'https://www.ice.example/lib/a.xlsx' },
			{ name: 'b.xlsx', source: 'https://www.ice.example/lib/b.xlsx' },
		]);
	});

	test('asks the next time only for what changed, and stops at what is known', async () => {
		published();
		await look();
		site.asked.length = 0;
		here.now = new Date('2026-07-02T12:00:00Z');
		expect(await look()).toEqual({ outcome: 'unchanged' });
		expect(site.asked.map(({ status }) => status)).toEqual([304, 304, 304]);
		expect(await lastFetch(world)).toMatchObject({ latest: { outcome: 'unchanged', lists: 0 } });
	});

	test('finds a new list under the same link though the page did not change', async () => {
		published();
		await look();
		site.put({ '/lib/a.xlsx': participating('2026-07-01', alder, birch) });
		site.asked.length = 0;
		expect(await look()).toMatchObject({ outcome: 'read', lists: 1 });
		expect(site.asked.map(({ status }) => status)).toEqual([304, 200, 304]);
		expect(await shelf()).toHaveLength(3);
	});

	test('knows a list under another name', async () => {
		published();
		await look();
		published({
			'/identify-and-arrest/287g': LINKS.replace('/lib/a.xlsx', '/lib/participating%20new.xlsx'),
			'/lib/participating%20new.xlsx': PARTICIPATING,
		});
		expect(await look()).toEqual({ outcome: 'unchanged' });
		const { rows } = await here.owner((session) =>
			session.query('select name from watch_sighting where sha256 = $1 order by name', [hash(PARTICIPATING)]),
		);
		expect(rows).toEqual([{ name: 'a.xlsx' }, { name: 'participating new.xlsx' }]);
	});

	test('does without a server that says nothing to ask with', async () => {
		site.tagged = false;
		published();
		await look();
		expect(await look()).toEqual({ outcome: 'unchanged' });
		expect(site.asked.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
	});

	test('asks for a list again that is no longer on the shelf', async () => {
		published();
		await look();
		await here.owner((session) => session.query('delete from watch_list where sha256 = $1', [hash(PENDING)]));
		expect(await look()).toMatchObject({ outcome: 'read', lists: 1 });
	});

	test('follows redirects among the hosts that may be asked', async () => {
		published({
			'/identify-and-arrest/287g': { status: 301, headers: { location: '//lists.ice.example/page' } },
			'/page': LINKS,
		});
		expect(await look()).toMatchObject({ outcome: 'read', lists: 2 });
		expect(site.asked.map(({ host }) => host)).toEqual(['www.ice.example', ...Array(3).fill('lists.ice.example')]);
	});

	test('reads the page anew after a failure, though it was said to be the same', async () => {
		published();
		await look();
		const moved = LINKS.replace('/lib/a.xlsx', '/lib/moved.xlsx');
		site.put({ '/lib/a.xlsx': { status: 404 }, '/lib/moved.xlsx': PARTICIPATING });
		here.now = new Date('2026-07-02T12:00:00Z');
		expect(told(await look())).toBe('www.ice.example answered with status 404 instead of the page or list.');
		site.put({ '/identify-and-arrest/287g': moved });
		site.asked.length = 0;
		here.now = new Date('2026-07-03T12:00:00Z');
		expect(await look()).toEqual({ outcome: 'unchanged' });
		expect(site.asked.map(({ headers }) => 'if-none-match' in headers)).toEqual([false, false, true]);
	});

	test('is made by one process at a time, which asks one thing at a time', async () => {
		published();
		site.delay = 30;
		const outcomes = await Promise.all([look(), look(), look()]);
		expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['busy', 'busy', 'read']);
		expect(site.most).toBe(1);
		expect(await tables(here, ['fetch'])).toMatchObject({ fetch: { length: 1 } });
	});

	test('changes the edition that kept pages are made from', async () => {
		published();
		await look();
		const before = (await edition(world)).version;
		here.now = new Date('2026-07-02T12:00:00Z');
		await look();
		expect((await edition(world)).version).not.toBe(before);
	});
});

describe('what comes between is told in one sentence and loses nothing', () => {
	const A = '/lib/a.xlsx';
	const FRONT = '/identify-and-arrest/287g';
	const error = '<!doctype html><title>Service Unavailable</title>';
	const away = (location: string): Given => ({ status: 302, headers: { location } });
	const cut = PARTICIPATING.slice(0, PARTICIPATING.length - 200);
	const w = 'www.ice.example';

	test.each<[string, Record<string, Given>, string]>([
		['a page without lists', { [FRONT]: error }, `The page at ${w} has changed: it links to no spreadsheet.`],
		['an empty page', { [FRONT]: '' }, `The page at ${w} has changed: it links to no spreadsheet.`],
		[
			'a page with one list',
			{ [FRONT]: '<a href="/lib/a.xlsx">participating</a>' },
			`The page at ${w} has changed: it links to one spreadsheet where there were two lists.`,
		],
		[
			'a page with one list in two editions',
			{ [FRONT]: '<a href="1.xlsx">participating</a><a href="2.xlsx">participating</a>' },
			`The page at ${w} has changed: it links to 2 spreadsheets, and one of the two lists is missing among them.`,
		],
		[
			'a page with three nameless lists',
			{ [FRONT]: '<a href="1.xlsx">x</a><a href="2.xlsx">y</a><a href="3.xlsx">z</a>' },
			`The page at ${w} has changed: it links to 3 spreadsheets, and the two lists cannot be told among them.`,
		],
		[
			'an error page under the name of a list',
			{ [A]: error },
			`At the address of a list ${w} sent something that is no workbook; nothing of it was kept.`,
		],
		[
			'an empty list',
			{ [A]: '' },
			`At the address of a list ${w} sent something that is no workbook; nothing of it was kept.`,
		],
		[
			'a list cut short',
			{ [A]: cut },
			`At the address of a list ${w} sent something that is no workbook; nothing of it was kept.`,
		],
		[
			'a list that breaks off',
			{ [A]: { breaks: true, body: 'PK' } },
			`${w} could not be reached, or broke off its answer.`,
		],
		[
			'a redirect to another host',
			{ [A]: away('https://evil.example/a.xlsx') },
			`${w} redirects to evil.example, which is no https address of a host that may be asked; it was not followed.`,
		],
		[
			'a redirect to another port',
			{ [A]: away(`https://${w}:8443/a.xlsx`) },
			`${w} redirects to ${w}:8443, which is no https address of a host that may be asked; it was not followed.`,
		],
		[
			'a redirect to http',
			{ [FRONT]: away(`http://${w}/page`) },
			`${w} redirects to ${w}, which is no https address of a host that may be asked; it was not followed.`,
		],
		[
			'a redirect to a program',
			{ [A]: away('javascript:alert(1)') },
			`${w} redirects to javascript:, which is no https address of a host that may be asked; it was not followed.`,
		],
		[
			'a redirect with a name and password',
			{ [A]: away(`https://me:secret@${w}/a.xlsx`) },
			`${w} redirects to ${w}, which is no https address of a host that may be asked; it was not followed.`,
		],
		[
			'a redirect into the private network',
			{ [A]: away('https://169.254.169.254/latest') },
			`${w} redirects to 169.254.169.254, which is no https address of a host that may be asked; it was not followed.`,
		],
		[
			'a redirect to a name that leads inside',
			{ [A]: away('https://localhost/a.xlsx') },
			'The address at localhost leads into a private network, so it was not asked.',
		],
		['a redirect to nowhere', { [A]: { status: 302 } }, `${w} answered with status 302 instead of the page or list.`],
		[
			'a redirect to itself',
			{ [FRONT]: away(FRONT) },
			`${w} redirects more than 5 times; it was not followed further.`,
		],
		[
			'a list that is not there',
			{ [A]: { status: 404, body: error } },
			`${w} answered with status 404 instead of the page or list.`,
		],
		['a server that fails', { [FRONT]: { status: 500 } }, `${w} answered with status 500 instead of the page or list.`],
		[
			'a part of a list',
			{ [A]: { status: 206, body: PARTICIPATING } },
			`${w} answered with status 206 instead of the page or list.`,
		],
		[
			'a compressed answer',
			{ [A]: { headers: { 'content-encoding': 'gzip' }, body: 'x' } },
			`${w} sent a compressed answer that nobody asked for; it was not opened.`,
		],
		['an answer without end', { [A]: { endless: true } }, `The answer of ${w} is larger than 2 MB; it was broken off.`],
		[
			'a page without end',
			{ [FRONT]: { endless: true } },
			`The answer of ${w} is larger than 2 MB; it was broken off.`,
		],
		[
			'an answer said to have 200 MB',
			{ [A]: { endless: true, headers: { 'content-length': '200000000' } } },
			`The answer of ${w} is larger than 2 MB; it was broken off.`,
		],
		['a connection that hangs', { [FRONT]: { hangs: true } }, `${w} did not answer in full within 0 seconds.`],
		[
			'a list that hangs half way',
			{ [A]: { hangs: true, body: 'PK' } },
			`${w} did not answer in full within 0 seconds.`,
		],
		[
			'a link to another host',
			{ [FRONT]: LINKS.replace('/lib', 'https://evil.example/lib') },
			'The address leads to evil.example, which is not among the hosts that may be asked.',
		],
		[
			'a link without https',
			{ [FRONT]: LINKS.replace('/lib', `http://${w}/lib`) },
			`The address at ${w} does not begin with https, so it was not asked.`,
		],
	])('%s', async (_, other, sentence) => {
		published();
		await look();
		const earlier = participating('2026-06-29', alder, birch);
		published({ [A]: earlier, ...other });
		const before = await tables(here, [...DERIVED, 'list', 'validator']);
		here.now = new Date('2026-07-02T12:00:00Z');
		const fetched = await look();
		expect(told(fetched)).toBe(sentence);
		if (A in other) expect(await tables(here, [...DERIVED, 'list', 'validator'])).toEqual(before);
		expect(await tables(here, ['validator'])).toEqual({ validator: before.validator });
		const { latest, success } = await lastFetch(world);
		expect(latest).toMatchObject({ at: '2026-07-02T12:00:00Z', outcome: 'failed' });
		expect(success).toMatchObject({ at: '2026-07-01T12:00:00Z', outcome: 'read', lists: 2 });
		expect(site.asked.every(({ host }) => host === w)).toBe(true);

		published();
		expect(['unchanged', 'read']).toContain((await look()).outcome);
	});

	test('an answer that nothing changed, to a first question', async () => {
		published({ [A]: { status: 304 } });
		expect(told(await look())).toBe(`${w} answered with status 304 instead of the page or list.`);
	});

	test('an address that nobody answers', async () => {
		expect(told(await look({ ...SOURCE, page: 'https://lists.ice.example:1/', hosts: ['lists.ice.example:1'] }))).toBe(
			'lists.ice.example:1 could not be reached, or broke off its answer.',
		);
	});

	test('a workbook that is no list is kept with its reason, and told every day', async () => {
		published({
			[A]: workbook({
				kind: 'participating',
				columns: ['AGENCY', 'WHERE'],
				rows: [alder],
				modified: '2026-07-01T12:00:00Z',
			}),
		});
		for (let day = 1; day <= 2; day++) {
			expect(told(await look())).toBe(
				'A file came in that cannot be read as a list; it is kept with the reason (missing_columns).',
			);
		}
		expect((await lists(world)).map(({ standing }) => standing).sort()).toEqual(['read', 'refused']);
	});

	test('the list that came whole is kept though the other did not come', async () => {
		published({ [A]: { status: 503 } });
		expect(await look()).toMatchObject({ outcome: 'failed', lists: 1 });
		expect(await shelf()).toEqual([hash(PENDING)]);
		published();
		expect(await look()).toMatchObject({ outcome: 'read', lists: 1 });
	});
});
