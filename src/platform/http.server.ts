import { lookup } from 'node:dns';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Upstream } from '#kernel/error.ts';
import type { Http } from './world.ts';

const TIMEOUT_MS = 30_000;
const LARGEST_ANSWER = 50 * 1024 * 1024;

/** Addresses of this machine, this network and no network (RFC 6890): a fetched address must not lead inside. */
const INSIDE = new BlockList();
for (const [address, bits] of [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['224.0.0.0', 3],
] as const) {
	INSIDE.addSubnet(address, bits, 'ipv4');
}
for (const [address, bits] of [
	['::', 96],
	['64:ff9b::', 96],
	['fc00::', 7],
	['fe80::', 10],
	['ff00::', 8],
] as const) {
	INSIDE.addSubnet(address, bits, 'ipv6');
}

/** Requests without redirects, bounded in time and size; the address that was checked is the one connected to. */
export const http: Http = {
	async fetch(request) {
		const url = new URL(request.url);
		const host = url.hostname.replace(/^\[|\]$/g, '');
		if (!/^https?:$/.test(url.protocol) || (isIP(host) !== 0 && isInside(host))) throw unreachable();
		const body = request.body ? Buffer.from(await request.arrayBuffer()) : null;
		return new Promise((resolve, reject) => {
			const sent = (url.protocol === 'https:' ? secure : plain)(url, {
				method: request.method,
				headers: Object.fromEntries(request.headers),
				lookup: outsideOnly,
				signal: AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]),
			});
			sent.on('error', (error) => reject(error instanceof Upstream ? error : unreachable(error)));
			sent.on('response', (answer) => {
				const chunks: Buffer[] = [];
				let size = 0;
				answer.on('error', (error) => reject(unreachable(error)));
				answer.on('data', (chunk: Buffer) => {
					size += chunk.length;
					if (size > LARGEST_ANSWER) sent.destroy(new Upstream('The answer is larger than 50 MB.'));
					else chunks.push(chunk);
				});
				answer.on('end', () => {
					const status = answer.statusCode ?? 502;
					const bytes = [204, 205, 304].includes(status) ? null : Buffer.concat(chunks);
					const headers = Object.entries(answer.headersDistinct).flatMap(([name, values]) =>
						(values ?? []).map((value): [string, string] => [name, value]),
					);
					resolve(new Response(bytes, { status, headers }));
				});
			});
			sent.end(body);
		});
	},
};

const outsideOnly: LookupFunction = (host, options, done) => {
	lookup(host, { ...options, all: true }, (error, found) => {
		const outside = (found ?? []).filter(({ address }) => !isInside(address));
		const first = outside[0];
		if (error || !first) done(error ?? unreachable(), '', 0);
		else if (options.all) done(null, outside);
		else done(null, first.address, first.family);
	});
};

function isInside(address: string): boolean {
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	const bare = mapped ?? address;
	return INSIDE.check(bare, isIP(bare) === 6 ? 'ipv6' : 'ipv4');
}

function unreachable(cause?: unknown): Upstream {
	return new Upstream('The other server could not be reached. Try again later.', { cause });
}
