import { get, type IncomingHttpHeaders, request } from 'node:http';
import { Readable } from 'node:stream';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { check } from '@placemarkio/check-geojson';
import FeedParser from 'feedparser';
import { describe, expect, test } from 'vitest';
import { AGENCY_FIELDS } from '#watch/record/agency.ts';
import { EVENT_FIELDS } from '#watch/record/event.ts';
import { startSite } from './site.ts';

const site = await startSite();
const API = '/api/v1/watch';

interface Answer {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
}

/** The answer as it came over the wire, not unpacked. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
	return new Promise((done, fail) => {
		const asked = request(site.origin + path, { headers, method, agent: false }, (response) => {
			const pieces: Buffer[] = [];
			response.on('data', (piece: Buffer) => pieces.push(piece));
			response.on('error', fail);
			response.on('end', () =>
				done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) }),
			);
		});
		asked.on('error', fail).end();
	});
}

interface Envelope {
	readonly data: Record<string, unknown>[];
	readonly next: string | null;
	readonly as_of: { participating: string | null };
	readonly sample: boolean;
}

async function json(path: string): Promise<Envelope> {
	const { status, body } = await ask(path);
	expect(status, `${path} ${body.toString().slice(0, 200)}`).toBe(200);
	return JSON.parse(body.toString());
}

describe('records', () => {
	test('an event has the fields of the contract, in their order, and the sample says what it is', async () => {
		const { data, sample, as_of } = await json(`${API}/events.json`);
		expect(Object.keys(data[0] ?? {})).toEqual(EVENT_FIELDS.map(({ name }) => name));
		expect(data.length).toBeGreaterThan(10);
		expect(sample).toBe(true);
		expect(as_of.participating).toMatch(/Z$/);
		expect((await ask(`${API}/events.csv`)).headers['content-disposition']).toContain('SAMPLE');
	});

	test.each(['agencies', 'agreements', 'events', 'lists', 'series'])(
		'%s come in pages that make the whole',
		async (name) => {
			const { data: whole, next } = await json(`${API}/${name}.json?all=1`);
			expect(next).toBeNull();
			const pieces: unknown[] = [];
			for (let after: string | null = ''; after !== null; ) {
				const page: Envelope = await json(`${API}/${name}.json?limit=3&after=${after}`);
				expect(page.data.length).toBeLessThanOrEqual(3);
				pieces.push(...page.data);
				after = page.next;
			}
			expect(pieces).toEqual(whole);
		},
	);

	test('newest first is oldest first turned round', async () => {
		const [oldest, newest] = [await json(`${API}/events.json`), await json(`${API}/events.json?order=newest`)];
		expect(newest.data.map((event) => event.id)).toEqual(oldest.data.map((event) => event.id).toReversed());
	});

	test('filters narrow, and what they leave is what was asked for', async () => {
		const every = (await json(`${API}/events.json`)).data;
		const cases: [string, (event: Record<string, unknown>) => boolean][] = [
			['kind=listed', (e) => e.kind === 'listed'],
			['model=TFM', (e) => e.model === 'TFM' || e.model_before === 'TFM'],
			['baseline=0', (e) => e.baseline === false],
			['withdrawn=0', (e) => e.withdrawn_at === null],
			[`agency=${every[0]?.agency_id}`, (e) => e.agency_id === every[0]?.agency_id],
			['since=2026-09-01&until=2026-10-31', (e) => String(e.at) >= '2026-09-01' && String(e.at) < '2026-11-01'],
			['state=zz', (e) => e.state_code === 'ZZ'],
		];
		for (const [query, holds] of cases) {
			const found = (await json(`${API}/events.json?${query}`)).data;
			expect(
				found.map((e) => e.id),
				query,
			).toEqual(every.filter(holds).map((e) => e.id));
		}
	});

	test('one record answers alone; what was never there is said', async () => {
		for (const name of ['agencies', 'agreements', 'events']) {
			const [first] = (await json(`${API}/${name}.json?limit=1`)).data;
			const one = JSON.parse((await ask(`${API}/${name}/${first?.id}.json`)).body.toString());
			expect(one.data).toMatchObject(first ?? {});
			expect((await ask(`${API}/${name}/0000.json`)).status).toBe(404);
		}
	});

	test('csv holds the same records as json; for people it begins with the mark, for programs it does not', async () => {
		const people = (await ask(`${API}/agencies.csv`)).body.toString();
		const programs = (await ask(`${API}/agencies.csv?raw=1`)).body.toString();
		expect(people.startsWith('\u{feff}id,')).toBe(true);
		expect(programs.startsWith('id,')).toBe(true);
		const { data } = await json(`${API}/agencies.json?all=1`);
		expect(programs.trim().split('\r\n')).toHaveLength(data.length + 1);
		expect(programs.split('\r\n')[0]).toBe(AGENCY_FIELDS.map(({ name }) => name).join(','));
	});
});

describe('what is refused', () => {
	test.each([
		[`${API}/events.json?x=1`, 400, 'no parameter x'],
		[`${API}/events.json?limit=1000000000`, 400, 'a whole number from 1 to 5000'],
		[`${API}/events.json?limit=0`, 400, 'a whole number from 1 to 5000'],
		[`${API}/events.json?all=1&limit=2`, 400, 'Leave limit out'],
		[`${API}/events.json?state=TX&state=GA`, 400, 'given twice'],
		[`${API}/events.json?kind=vanished`, 400, 'one of listed, renewed'],
		[`${API}/events.json?since=2026-02-30`, 400, 'YYYY-MM-DD'],
		[`${API}/events.json?after=%00`, 400, 'an id'],
		[`${API}/events.json?after=nope`, 400, 'no record nope'],
		[`${API}/agreements.json?after=nope`, 400, 'no record nope'],
		[`${API}/lists.json?after=nope`, 400, 'no such record'],
		[`${API}/events.json?place=tx/nowhere-county`, 400, 'no such place'],
		[`${API}/events.json?place=%00`, 400, 'no such place'],
		[`${API}/events.json?q=${'x'.repeat(10_000)}`, 400, 'at most 100 characters'],
		[`${API}/events.csv?limit=3`, 400, 'no parameter limit'],
		[`${API}/nothing.json`, 404, 'agencies, agreements, events, lists, series'],
		[`${API}/events.xml`, 404, 'each as .json and .csv'],
		[`${API}/lists/abc.json`, 404, 'no such record'],
		['/api/v1/nothing', 404, 'openapi.json'],
		['/api/', 404, 'openapi.json'],
	])('%s answers %d with a problem that says what to do', async (path, status, words) => {
		const answer = await ask(path, { accept: 'text/html' });
		expect([answer.status, answer.headers['content-type']]).toEqual([status, 'application/problem+json']);
		const problem = JSON.parse(answer.body.toString());
		expect(problem).toMatchObject({ type: 'about:blank', status });
		expect(problem.detail).toContain(words);
		expect(problem.detail).toMatch(/\.$/);
	});

	test("questions refused by the dozen, in whatever form their sender takes, stand in nobody's way", async () => {
		for (const accept of ['application/json', 'text/html', '*/*']) {
			for (let n = 0; n < 12; n++) expect((await ask(`${API}/events.json?x=1`, { accept })).status).toBe(400);
		}
		expect((await ask(`${API}/events.csv`)).status).toBe(200);
	});

	test('a cursor of another dataset is none', async () => {
		const [agency] = (await json(`${API}/agencies.json?limit=1`)).data;
		expect((await ask(`${API}/events.json?after=${agency?.id}`)).status).toBe(400);
	});

	test.each(['%00', 'a%00b', '%ED%A0%80', "'%22;--", '%25_', '%F0%9F%A6%89'])(
		'the words %s find nothing and break nothing',
		async (q) => {
			expect((await json(`${API}/events.json?q=xqx${q}`)).data).toEqual([]);
		},
	);

	test('only reading is offered', async () => {
		expect((await ask(`${API}/events.json`, {}, 'DELETE')).status).toBe(405);
		expect((await ask(`${API}/events.json`, { 'content-type': 'application/json' }, 'POST')).status).toBe(405);
	});
});

describe('over the wire', () => {
	test.each([
		`${API}/events.json`,
		`${API}/events.json?all=1`,
		`${API}/events.csv`,
		`${API}/agencies.geojson`,
		`${API}/events.atom`,
	])('%s is the same in every encoding, and is not sent again', async (path) => {
		const [plain, gzip, br] = await Promise.all(
			['identity', 'gzip', 'gzip, br'].map((encoding) => ask(path, { 'accept-encoding': encoding })),
		);
		expect(plain?.headers).not.toHaveProperty('content-encoding');
		expect(gunzipSync(gzip?.body ?? '').toString()).toBe(plain?.body.toString());
		expect(brotliDecompressSync(br?.body ?? '').toString()).toBe(plain?.body.toString());
		for (const answer of [plain, gzip, br]) {
			expect(answer?.headers).toMatchObject({
				vary: 'accept-encoding',
				'cache-control': 'no-cache',
				'access-control-allow-origin': '*',
				'cross-origin-resource-policy': 'cross-origin',
				'x-content-type-options': 'nosniff',
			});
		}
		const again = await ask(path, { 'if-none-match': String(br?.headers.etag) });
		expect([again.status, again.body.length]).toEqual([304, 0]);
		const head = await ask(path, {}, 'HEAD');
		expect([head.status, head.body.length]).toEqual([200, 0]);
		const part = await ask(path, { range: 'bytes=0-9', 'accept-encoding': 'identity' });
		expect([part.status, part.body.length]).toEqual([200, plain?.body.length]);
	});

	test('a browser that asks whether it may ask is told', async () => {
		const answer = await ask(`${API}/events.json`, { origin: 'https://elsewhere.example' }, 'OPTIONS');
		expect(answer.status).toBe(204);
		expect(answer.headers).toMatchObject({
			'access-control-allow-origin': '*',
			'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
		});
		expect((await ask('/watch')).headers).not.toHaveProperty('access-control-allow-origin');
		expect((await ask('/watch')).headers['cross-origin-resource-policy']).toBe('same-origin');
	});

	test('readers who leave in the middle leave nothing behind', async () => {
		const leave = (path: string) =>
			new Promise<void>((done) => {
				const asked = get(site.origin + path, { agent: false }, (response) => {
					response.once('data', () => asked.destroy());
					response.on('close', () => done());
					response.on('error', () => {});
				});
				asked.on('error', () => done());
			});
		for (let round = 0; round < 8; round++) {
			await Promise.all(Array.from({ length: 5 }, () => leave(`${API}/events.csv`)));
		}
		// Every place and every session is free again: as many as may be under way at once all answer.
		const answers = await Promise.all(Array.from({ length: 6 }, () => ask(`${API}/agreements.csv`)));
		expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
	});
});

describe('for other readers', () => {
	test('a reader of GeoJSON finds a map of the agencies', async () => {
		const text = (await ask(`${API}/agencies.geojson`)).body.toString();
		const collection = check(text);
		if (collection.type !== 'FeatureCollection') throw new Error(collection.type);
		const { data } = await json(`${API}/agencies.json?all=1`);
		expect(collection.features.map(({ properties }) => properties)).toEqual(data);
		expect(JSON.parse(text)).toMatchObject({ sample: true, as_of: {}, source: {} });
	});

	test.each(['en', 'es'] as const)('a feed reader finds the events, in %s', async (lang) => {
		const body = (await ask(`${API}/events.atom?lang=${lang}`)).body;
		const { meta, items } = await readFeed(body);
		const { data } = await json(`${API}/events.json?order=newest&baseline=0`);
		expect(meta.title).toContain('SAMPLE');
		expect(meta['atom:@']).toMatchObject({ 'xml:lang': lang });
		expect(meta.xmlurl).toBe(`${site.origin}${API}/events.atom?lang=${lang}`);
		expect(items.length).toBe(Math.min(100, data.length));
		const prefix = lang === 'es' ? '/es' : '';
		const byId = new Map(data.map((event) => [`${site.origin}${prefix}/watch/event/${event.id}`, event]));
		for (const item of items) {
			const event = byId.get(item.guid);
			expect(item.link).toBe(item.guid);
			expect(item.description).toContain(event?.[`statement_${lang}`]);
			expect(item.title).toContain(event?.agency);
		}
		expect(new Set(items.map(({ guid }) => guid)).size).toBe(items.length);
	});

	test('a feed of one kind holds that kind', async () => {
		const { items } = await readFeed((await ask(`${API}/events.atom?kind=missing`)).body);
		for (const item of items) expect(item.categories).toContain('missing');
	});
});

function readFeed(body: Buffer) {
	return new Promise<{ meta: FeedParser.Meta & Record<string, unknown>; items: FeedParser.Item[] }>((done, fail) => {
		const parser = new FeedParser({ feedurl: site.origin, normalize: true });
		const items: FeedParser.Item[] = [];
		parser.on('error', fail);
		parser.on('readable', () => {
			for (let item = parser.read(); item; item = parser.read()) items.push(item);
		});
		parser.on('end', () => done({ meta: parser.meta as FeedParser.Meta & Record<string, unknown>, items }));
		Readable.from(body).pipe(parser);
	});
}
