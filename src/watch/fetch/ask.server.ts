import type { Answer, World } from '#platform/world.ts';
import type { Failed } from './code.ts';
import type { Source } from './source.server.ts';

/** What one answer may be. */
export interface Limits {
	/** Largest answer, in bytes: the lists have some hundred thousand. */
	readonly bytes: number;
	/** From the first question to the last byte, redirects included, in milliseconds. */
	readonly ms: number;
}

/** What the other server said of what it sent last time; asked again, it need not send the same. */
export interface Validator {
	readonly etag: string | null;
	readonly lastModified: string | null;
}

export type Asked =
	| { readonly outcome: 'same' }
	| { readonly outcome: 'sent'; readonly address: string; readonly bytes: Uint8Array; readonly validator: Validator }
	| { readonly outcome: 'failed'; readonly failed: Failed };

const MAX_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];
/** What is kept of a header and sent back later. */
const TAG = /^[\x20-\x7e]{1,200}$/;
/** Longest host name there is (RFC 1035), for the sentence. */
const LONGEST_HOST = 253;

/**
 * Asks for one address by the rules: https and allowed hosts only, at most five redirects and each held to the same
 * rules, uncompressed answers only, because the size of those is known before they are opened.
 * @param known what was said of it last time; null asks for it whatever it is
 */
export async function ask(
	address: string,
	known: Validator | null,
	source: Source,
	limits: Limits,
	world: Pick<World, 'http'>,
): Promise<Asked> {
	const signal = AbortSignal.timeout(limits.ms);
	let url = new URL(address);
	let refused = trespass(url, source);
	for (let redirects = 0; ; redirects++) {
		if (refused) return failed(refused, url);
		const request = new Request(url, { headers: headers(source, known), signal });
		const answer = await world.http.fetch(request, limits.bytes);
		if ('unanswered' in answer) return failed(answer.unanswered, url, limitsTold(limits));
		if (!REDIRECTS.includes(answer.status)) return taken(answer, url, known);
		if (redirects === MAX_REDIRECTS) return failed('redirect_loop', url, { redirects: MAX_REDIRECTS });
		const target = answer.header('location') ?? '';
		if (target === '' || !URL.canParse(target, url.href)) return failed('http_status', url, { status: answer.status });
		const next = new URL(target, url.href);
		refused = trespass(next, source);
		if (refused) return failed('redirect_refused', url, { to: hostOf(next) });
		url = next;
	}
}

/** Which rule an address breaks. */
function trespass(url: URL, { hosts }: Source): 'not_https' | 'host_refused' | null {
	if (url.protocol !== 'https:') return 'not_https';
	return hosts.includes(url.host) && url.username === '' && url.password === '' ? null : 'host_refused';
}

function headers(source: Source, known: Validator | null): Record<string, string> {
	return {
		'user-agent': source.agent,
		accept: '*/*',
		'accept-encoding': 'identity',
		...(known?.etag ? { 'if-none-match': known.etag } : {}),
		...(known?.lastModified ? { 'if-modified-since': known.lastModified } : {}),
	};
}

function taken(answer: Answer, url: URL, known: Validator | null): Asked {
	if (answer.status === 304 && (known?.etag || known?.lastModified)) return { outcome: 'same' };
	if (answer.status !== 200) return failed('http_status', url, { status: answer.status });
	const encoding = answer.header('content-encoding')?.trim().toLowerCase();
	if (encoding && encoding !== 'identity') return failed('encoded', url);
	const validator = { etag: tag(answer.header('etag')), lastModified: tag(answer.header('last-modified')) };
	return { outcome: 'sent', address: url.href, bytes: answer.bytes, validator };
}

function tag(header: string | null): string | null {
	return header !== null && TAG.test(header) ? header : null;
}

function failed(code: Failed['code'], url: URL, more: Failed['detail'] = {}): Asked {
	return { outcome: 'failed', failed: { code, detail: { host: hostOf(url), ...more } } };
}

function limitsTold({ bytes, ms }: Limits): Failed['detail'] {
	return { megabytes: Math.round(bytes / 1_048_576), seconds: Math.round(ms / 1_000) };
}

function hostOf(url: URL): string {
	return (url.host || url.protocol).slice(0, LONGEST_HOST);
}
