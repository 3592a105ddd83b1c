import { expect, test } from 'vitest';
import { encodingFor, type KeptPage, keepable, pageCache } from '../../src/platform/page-cache.server.ts';

const HEADERS = { 'content-type': 'text/html' };

test('many visitors at once render a page once', async () => {
	const cache = pageCache(1_000_000, () => 0);
	let rendered = 0;
	const render = async () => {
		rendered += 1;
		return keepable(Buffer.from('<p>one</p>'), HEADERS);
	};
	const pages = await Promise.all(Array.from({ length: 50 }, () => cache.page('key', render)));
	expect(rendered).toBe(1);
	expect(new Set(pages).size).toBe(1);
	await cache.page('key', render);
	expect(rendered).toBe(1);
});

test('a page that may not be shared is made anew each time', async () => {
	const cache = pageCache(1_000_000, () => 0);
	expect(await cache.page('key', async () => null)).toBeNull();
	expect(cache.bytes).toBe(0);
	expect(await cache.page('key', () => keepable(Buffer.from('now'), HEADERS))).not.toBeNull();
});

test('a page that failed is asked for again', async () => {
	const cache = pageCache(1_000_000, () => 0);
	await expect(cache.page('key', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
	expect(await cache.page('key', () => keepable(Buffer.from('up'), HEADERS))).not.toBeNull();
});

test('the cache stays within its bytes and forgets what was used longest ago', async () => {
	const cache = pageCache(40_000, () => 0);
	const page = (fill: number): KeptPage => ({
		headers: HEADERS,
		etag: String(fill),
		br: Buffer.alloc(5_000, fill),
		gzip: Buffer.alloc(5_000, fill),
	});
	let made = 0;
	const visit = (key: string) =>
		cache.page(key, async () => {
			made += 1;
			return page(made);
		});
	for (const key of ['a', 'b', 'c', 'a', 'd']) await visit(key);
	expect(cache.bytes).toBeLessThanOrEqual(40_000);
	made = 0;
	await visit('a');
	expect(made).toBe(0);
	await visit('b');
	expect(made).toBe(1);
	await cache.page('huge', async () => ({ ...page(9), br: Buffer.alloc(50_000) }));
	expect(cache.bytes).toBeLessThanOrEqual(40_000);
});

test('the edition is asked once a second, and again at once after a failure', async () => {
	let now = 0;
	let asked = 0;
	const cache = pageCache(1_000, () => now);
	const read = async () => {
		asked += 1;
		if (asked === 1) throw new Error('down');
		return { version: String(asked), sample: false };
	};
	await expect(cache.edition(read)).rejects.toThrow('down');
	expect((await cache.edition(read)).version).toBe('2');
	now = 999;
	expect((await cache.edition(read)).version).toBe('2');
	now = 1_000;
	expect((await cache.edition(read)).version).toBe('3');
});

test.each([
	['br, gzip', 'br'],
	['gzip, deflate', 'gzip'],
	['gzip;q=0.5, br;q=0', 'gzip'],
	['BR', 'br'],
	['identity', 'identity'],
	['', 'identity'],
	[null, 'identity'],
] as const)('a client that takes %s gets %s', (accept, encoding) => {
	expect(encodingFor(accept)).toBe(encoding);
});
