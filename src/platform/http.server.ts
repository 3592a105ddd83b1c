import { lookup } from 'node:dns';
import { type IncomingMessage, request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Answer, Http, Unanswered } from './world.ts';

const TIMEOUT_MS = 30_000;
const LARGEST_ANSWER = 50 * 1024 * 1024;

/** Addresses of this machine, this network, no network or an example (IANA special-purpose registry, RFC 6890). */
const SPECIAL_IPV4 = new BlockList();
for (const [address, bits] of [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.0.2.0', 24],
	['192.88.99.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['198.51.100.0', 24],
	['203.0.113.0', 24],
	['224.0.0.0', 3],
] as const) {
	SPECIAL_IPV4.addSubnet(address, bits, 'ipv4');
}

/** The only part of IPv6 that is given to servers of the world. Mapped, translated, local and multicast forms lie outside. */
const GLOBAL_IPV6 = new BlockList();
GLOBAL_IPV6.addSubnet('2000::', 3, 'ipv6');
/** What lies in it and is none: Teredo and other protocols, examples, 6to4 (which carries an IPv4 address inside). */
const SPECIAL_IPV6 = new BlockList();
for (const [address, bits] of [
	['2001::', 23],
	['2001:db8::', 32],
	['2002::', 16],
	['3fff::', 20],
] as const) {
	SPECIAL_IPV6.addSubnet(address, bits, 'ipv6');
}

/** Whether an address leads inside, or nowhere; a text that is no address counts as inside. */
export function isInside(address: string): boolean {
	const family = isIP(address);
	if (family === 4) return SPECIAL_IPV4.check(address, 'ipv4');
	if (family !== 6 || address.includes('%')) return true;
	return !GLOBAL_IPV6.check(address, 'ipv6') || SPECIAL_IPV6.check(address, 'ipv6');
}

/** How names become addresses, and which of those are never connected to. */
interface Ground {
	readonly resolve: typeof lookup;
	readonly inside: (address: string) => boolean;
}

/** The way out for everything but tests. */
export const http: Http = openHttp({ resolve: lookup, inside: isInside });

/** Requests without redirects, bounded in time and size; the address that was checked is the one connected to. */
export function openHttp(ground: Ground): Http {
	return {
		async fetch(request, limit = LARGEST_ANSWER) {
			const url = new URL(request.url);
			const host = url.hostname.replace(/^\[|\]$/g, '');
			if (!/^https?:$/.test(url.protocol)) return { unanswered: 'unreachable' };
			if (isIP(host) !== 0 && ground.inside(host)) return { unanswered: 'inside' };
			const signal = AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]);
			const body = request.body ? Buffer.from(await request.arrayBuffer()) : null;
			return new Promise((resolve) => {
				const sent = (url.protocol === 'https:' ? secure : plain)(url, {
					method: request.method,
					headers: Object.fromEntries(request.headers),
					// A connection of its own: none is taken over that was opened under other rules.
					agent: false,
					lookup: outsideOnly(ground),
					signal,
				});
				const end = (answer: Answer | Unanswered): void => {
					resolve(answer);
					sent.destroy();
				};
				const fail = (error?: Error): void => end({ unanswered: signal.aborted ? expired(signal) : reasonOf(error) });
				sent.on('error', fail);
				// An answer that takes the connection over for something else is none, and ends without an error.
				sent.on('close', () => fail());
				sent.on('response', (answer) => receive(answer, limit, end, fail));
				sent.end(body);
			});
		},
	};
}

/** Takes an answer piece by piece and lets go of it at once where it grows beyond the limit. */
function receive(
	answer: IncomingMessage,
	limit: number,
	end: (answer: Answer | Unanswered) => void,
	fail: () => void,
): void {
	const chunks: Buffer[] = [];
	let size = Number(answer.headers['content-length']) > limit ? Number.POSITIVE_INFINITY : 0;
	if (size > limit) end({ unanswered: 'too_large' });
	answer.on('data', (chunk: Buffer) => {
		size += chunk.length;
		if (size > limit) end({ unanswered: 'too_large' });
		else chunks.push(chunk);
	});
	// An answer that breaks off closes without having been complete.
	answer.on('error', () => undefined);
	answer.on('close', () => {
		if (!answer.complete) fail();
	});
	answer.on('end', () => {
		const header = (name: string): string | null => answer.headersDistinct[name]?.[0] ?? null;
		if (answer.complete) end({ status: answer.statusCode ?? 0, header, bytes: Buffer.concat(chunks, size) });
	});
}

/** Names lead only to addresses outside; where a name has both kinds, the inside ones are left out. */
function outsideOnly({ resolve, inside }: Ground): LookupFunction {
	return (host, options, done) => {
		resolve(host, { ...options, all: true }, (error, found) => {
			if (error) return done(error, '', 0);
			const outside = found.filter(({ address }) => !inside(address));
			const first = outside[0];
			if (!first) done(new LeadsInside(), '', 0);
			else if (options.all) done(null, outside);
			else done(null, first.address, first.family);
		});
	};
}

class LeadsInside extends Error {
	override readonly name = 'LeadsInside';
}

function reasonOf(error: Error | undefined): Unanswered['unanswered'] {
	return error instanceof LeadsInside ? 'inside' : 'unreachable';
}

function expired(signal: AbortSignal): Unanswered['unanswered'] {
	return signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError' ? 'timeout' : 'unreachable';
}
