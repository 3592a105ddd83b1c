import { get, type IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { startSite } from './site.ts';

const site = await startSite();

/** The answer as it came over the wire, not unpacked. */
function ask(path: string, headers: Record<string, string> = {}) {
	return new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((done, fail) => {
		get(site.origin + path, { headers, agent: false }, (response) => {
			const pieces: Buffer[] = [];
			response.on('data', (piece: Buffer) => pieces.push(piece));
			response.on('end', () =>
				done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) }),
			);
		}).on('error', fail);
	});
}

test('a page is the same in every encoding, and says its true length', async () => {
	for (const path of ['/watch', '/watch?q=lowmark', '/nowhere']) {
		const [plain, gzip, br] = await Promise.all(
			['identity', 'gzip', 'gzip, br'].map((encoding) => ask(path, { 'accept-encoding': encoding })),
		);
		expect(gzip?.headers['content-encoding']).toBe('gzip');
		expect(br?.headers['content-encoding']).toBe('br');
		expect(gunzipSync(gzip?.body ?? '').toString()).toBe(plain?.body.toString());
		expect(brotliDecompressSync(br?.body ?? '').toString()).toBe(plain?.body.toString());
		for (const answer of [plain, gzip, br]) {
			expect(answer?.headers['content-length']).toBe(String(answer?.body.length));
			expect(answer?.headers.vary).toBe('accept-encoding');
		}
	}
});

test('a page that did not change is not sent again', async () => {
	const first = await ask('/watch');
	const again = await ask('/watch', { 'if-none-match': String(first.headers.etag) });
	expect(again.status).toBe(304);
	expect(again.body).toHaveLength(0);
	expect(again.headers['content-security-policy']).toBe(first.headers['content-security-policy']);
});

test('pages that any words, cursor or cookie could multiply are never kept', async () => {
	for (const [path, headers] of [
		['/watch?q=lowmark', {}],
		['/watch?utm_source=elsewhere', {}],
		['/watch?after=anything', {}],
		['/watch', { cookie: 'session=1' }],
		['/nowhere', {}],
	] as const) {
		const answer = await ask(path, headers);
		expect(answer.headers['cache-control']).toBe('no-store');
		expect(answer.headers).not.toHaveProperty('etag');
	}
});

test('empty fields of a form and their order do not make another page', async () => {
	const [one, other] = [await ask('/watch?model=TFM&state=XF'), await ask('/watch?state=XF&q=&model=TFM&since=')];
	expect(other.headers.etag).toBe(one.headers.etag);
	expect(one.headers.etag).toMatch(/^W\//);
});

test('the log holds routes, never what was asked', async () => {
	await ask('/es/watch?q=canary-7f3a');
	await ask('/canary-7f3a');
	await ask('/watch?model=canary-7f3a');
	await new Promise((done) => setTimeout(done, 50));
	const lines = site.lines.join('\n');
	if (site.lines.length > 0) expect(lines).toContain('"/watch"');
	expect(lines).not.toContain('canary-7f3a');
});

test('health and readiness answer in a word, in one language', async () => {
	const health = await ask('/healthz');
	expect([health.status, health.body.toString()]).toEqual([200, 'ok\n']);
	const ready = await ask('/readyz');
	expect([ready.status, ready.body.toString()]).toEqual([200, 'ready\n']);
	expect((await ask('/es/healthz')).status).toBe(404);
	expect(health.headers['cache-control']).toBe('no-store');
});

test('a refused choice says what to do in the language of the page', async () => {
	const answer = await ask('/es/watch?kind=vanished', { 'accept-encoding': 'identity' });
	expect(answer.status).toBe(400);
	expect(answer.body.toString()).toContain('La dirección pide un tipo de evento que no existe.');
});

test('files, redirects and refused methods are guarded like pages', async () => {
	for (const path of ['/favicon.svg', '/error.css', '/watch/', '/nowhere', '/watch', '/es/healthz']) {
		const { headers } = await ask(path);
		expect(headers['x-content-type-options'], path).toBe('nosniff');
		expect(headers['referrer-policy'], path).toBe('no-referrer');
		expect(headers['content-security-policy'], path).toContain("default-src 'none'");
	}
});

test('a question or a cursor that no database takes is answered all the same', async () => {
	for (const path of [
		'/watch?q=%00',
		'/watch?q=a%00b%1b',
		'/watch?after=2025-02-31T00:00:00Z_1_x',
		'/watch?q=%ED%A0%80',
	]) {
		expect((await ask(path)).status, path).toBe(200);
	}
});

test.each(['agency/', 'event/', 'agreement/', 'event/a', 'place/', 'lists/', 'lists/compare'])(
	'an address under /watch/%s with the character that no database takes leads nowhere',
	async (path) => {
		for (const end of ['', '/original', '/rows.csv']) {
			expect((await ask(`/watch/${path}%00${end}`)).status, path + end).toBe(404);
		}
	},
);

test('a flood of pages that nobody asked before ends in short refusals, and health is still told', async () => {
	const flood = Array.from({ length: 320 }, (_, n) => ask(`/watch?q=flood&x=${n}`));
	const health = await ask('/healthz');
	const answers = await Promise.all(flood);
	expect(health.status).toBe(200);
	expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200, 503]));
	for (const refused of answers.filter((answer) => answer.status === 503)) {
		expect(refused.headers['retry-after']).toBe('5');
	}
	expect((await ask('/watch?q=flood')).status).toBe(200);
}, 90_000);

test('a form takes no more than a chapter of text, and no length that is not told', async () => {
	const origin = { origin: site.origin, 'content-type': 'application/x-www-form-urlencoded' };
	const long = new Uint8Array(2_000_001);
	const told = await fetch(`${site.origin}/join`, { method: 'POST', body: long, headers: origin });
	expect([told.status, await told.text()]).toEqual([413, expect.stringContaining('Shorten it')]);
	const stream = new Blob([long.slice(0, 10)]).stream();
	const untold = { method: 'POST', body: stream, headers: origin, duplex: 'half' } as const;
	expect((await fetch(`${site.origin}/join`, untold)).status).toBe(413);
	expect((await fetch(`${site.origin}/join`, { method: 'POST', body: 'city=x', headers: origin })).status).not.toBe(
		413,
	);
});
