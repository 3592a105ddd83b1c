import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gunzip, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

/** A rendered page, kept only in its compressed forms. */
export interface KeptPage {
	readonly headers: Readonly<Record<string, string>>;
	/** Weak: the same page in whatever encoding. */
	readonly etag: string;
	readonly br: Buffer;
	readonly gzip: Buffer;
}

/** Which data pages are made from: two pages of one version and address are the same. */
export interface Edition {
	readonly version: string;
	readonly sample: boolean;
}

export interface PageCache {
	/** The edition, read at most once in `EDITION_AGE`. */
	edition(read: () => Promise<Edition>): Promise<Edition>;
	/**
	 * The page kept under `key`, else what `render` makes of it: many visitors at once render once. Null, and nothing
	 * kept, where `render` gives null because the page may not be shared.
	 */
	page(key: string, render: () => Promise<KeptPage | null>): Promise<KeptPage | null>;
	readonly bytes: number;
}

/** How old an edition may be, in milliseconds: a change is seen within a second, and the database is asked once a second. */
const EDITION_AGE = 1_000;
/** What a key and its bookkeeping take beside the bodies, roughly. */
const OVERHEAD = 1_024;

/** A cache of pages, at most `limit` bytes large; the least recently used go first. */
export function pageCache(limit: number, now: () => number): PageCache {
	const kept = new Map<string, KeptPage>();
	const underWay = new Map<string, Promise<KeptPage | null>>();
	let bytes = 0;
	let edition: { at: number; value: Promise<Edition> } | null = null;

	function keep(key: string, page: KeptPage): void {
		if (size(key, page) > limit) return;
		bytes += size(key, page);
		kept.set(key, page);
		for (const [oldest, old] of kept) {
			if (bytes <= limit) break;
			kept.delete(oldest);
			bytes -= size(oldest, old);
		}
	}

	return {
		get bytes() {
			return bytes;
		},
		edition(read) {
			if (edition && now() - edition.at < EDITION_AGE) return edition.value;
			const asked = { at: now(), value: read() };
			edition = asked;
			asked.value.catch(() => {
				if (edition === asked) edition = null;
			});
			return asked.value;
		},
		async page(key, render) {
			const found = kept.get(key);
			if (found) {
				kept.delete(key);
				kept.set(key, found);
				return found;
			}
			const running = underWay.get(key);
			if (running) return running;
			const made = render();
			underWay.set(key, made);
			try {
				const page = await made;
				if (page) keep(key, page);
				return page;
			} finally {
				underWay.delete(key);
			}
		},
	};
}

function size(key: string, page: KeptPage): number {
	return page.br.length + page.gzip.length + 2 * key.length + OVERHEAD;
}

/** A page ready to be kept: both compressed forms and the tag of its content. */
export async function keepable(body: Buffer, headers: Readonly<Record<string, string>>): Promise<KeptPage> {
	const [br, gzipped] = await Promise.all([compress(body, 'br'), compress(body, 'gzip')]);
	const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
	return { headers, etag, br, gzip: gzipped };
}

/** The body of a kept page in an encoding; the rare client that takes none gets the gzip form unpacked. */
export async function bodyOf(page: KeptPage, encoding: Encoding): Promise<Buffer> {
	return encoding === 'br' ? page.br : encoding === 'gzip' ? page.gzip : promisify(gunzip)(page.gzip);
}

/** Levels chosen for pages made on request: near the best size, a few milliseconds for 100 KB. */
export async function compress(body: Buffer, encoding: Encoding): Promise<Buffer> {
	if (encoding === 'identity') return body;
	if (encoding === 'gzip') return promisify(gzip)(body, { level: 6 });
	return promisify(brotliCompress)(body, {
		params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
	});
}

/** The best encoding a client takes, by its Accept-Encoding header. */
export function encodingFor(accept: string | null): Encoding {
	const taken = new Set<string>();
	for (const part of (accept ?? '').split(',')) {
		const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
		if (!parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) taken.add(name);
	}
	return taken.has('br') ? 'br' : taken.has('gzip') ? 'gzip' : 'identity';
}
