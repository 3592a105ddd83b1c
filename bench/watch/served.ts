import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { demand, type Measures, tell } from '../measure.ts';
import { openLoop } from './load.ts';
import { startSite, tenPages } from './site.ts';

/** The load that the site must bear on two cores, generator included. */
const RATE = 300;
const SECONDS = 60;
const WARM_UP_SECONDS = 3;
const BROTLI = { headers: { 'accept-encoding': 'br' } };

/**
 * Serves the database of `folder` as a visitor's server does and loads ten pages in turn; then a bare node:http server
 * that sends as many bytes for each, in a process of its own, in the same way.
 */
export async function served(folder: string): Promise<Measures> {
	const site = await startSite(folder);
	try {
		const pages = await tenPages(site.origin);
		const sizes = await Promise.all(pages.map(sizeOf));
		const ours = await loaded(pages);
		const memory = site.resident();
		const bare = await bareServer(sizes);
		const peer = await loaded(sizes.map((_, i) => `${bare.origin}/${i}`)).finally(() => bare.close());
		return {
			load_errors: demand(ours.errors, `of ${ours.sent} requests, ${pages.length} pages`, { most: 0 }, peer.errors),
			load_p99: demand(ours.p99, `ms at ${RATE} requests/s`, { most: 100 }, peer.p99),
			load_median: tell(ours.median, 'ms', peer.median),
			load_p99_ratio: tell(ours.p99 / peer.p99, 'of bare node:http'),
			watch_html: demand((sizes[1] ?? 0) / 1024, 'KB of /watch, compressed', { most: 150 }),
			web_memory: demand(memory, 'MB resident after the load', { most: 250 }),
		};
	} finally {
		await site.stop();
	}
}

async function loaded(pages: readonly string[]) {
	await openLoop(pages, RATE, WARM_UP_SECONDS);
	return openLoop(pages, RATE, SECONDS);
}

/** Bytes of an answer as they cross the wire. */
async function sizeOf(page: string): Promise<number> {
	const answer = await fetch(page, BROTLI);
	const body = await answer.arrayBuffer();
	return Number(answer.headers.get('content-length') ?? body.byteLength);
}

/** A server in a process of its own, so that it has a core to itself as ours has. */
async function bareServer(sizes: readonly number[]): Promise<{ origin: string; close(): void }> {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const { port } = probe.address() as AddressInfo;
	probe.close();
	await once(probe, 'close');
	const source = `const bodies = ${JSON.stringify(sizes)}.map((size) => Buffer.alloc(size, 97));
		require('node:http').createServer((request, answer) => {
			const body = bodies[Number(request.url.slice(1))];
			answer.writeHead(200, { 'content-type': 'text/html', 'content-length': body.length }).end(body);
		}).listen(${port}, '127.0.0.1', () => console.log('ready'));`;
	const child = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
	await once(child.stdout, 'data');
	return { origin: `http://127.0.0.1:${port}`, close: () => child.kill() };
}
