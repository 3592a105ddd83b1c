import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { demand, type Measures, tell } from '../measure.ts';
import { openLoop } from './load.ts';

/** The load that the page must bear on two cores, generator included. */
const RATE = 300;
const SECONDS = 30;
const WARM_UP_SECONDS = 3;

/**
 * Serves the database of `folder` as a visitor's server does and loads /watch; then a bare node:http server that sends
 * the same bytes, in a process of its own, in the same way.
 */
export async function served(folder: string): Promise<Measures> {
	const server = spawn(process.execPath, ['bin/citycompact.js', 'serve'], {
		env: { ...process.env, COMPACT_DATA: folder, PORT: '0' },
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	try {
		const url = `${await addressOf(server)}/watch`;
		const page = await fetch(url, { headers: { 'accept-encoding': 'br' } });
		await page.arrayBuffer();
		const ours = await loaded(url);
		const memory = resident(server.pid ?? 0);
		const bare = await bareServer(Number(page.headers.get('content-length') ?? 0));
		const peer = await loaded(bare.url).finally(() => bare.close());
		return {
			load_errors: demand(ours.errors, `of ${ours.sent} requests`, { most: 0 }, peer.errors),
			load_p99: demand(ours.p99, `ms at ${RATE} requests/s`, { most: 100 }, peer.p99),
			load_median: tell(ours.median, 'ms', peer.median),
			load_p99_ratio: tell(ours.p99 / peer.p99, 'of bare node:http'),
			web_memory: demand(memory, 'MB resident after the load', { most: 250 }),
		};
	} finally {
		server.kill('SIGTERM');
		await once(server, 'exit');
	}
}

async function loaded(url: string) {
	await openLoop(url, RATE, WARM_UP_SECONDS);
	return openLoop(url, RATE, SECONDS);
}

async function addressOf(server: ChildProcess): Promise<string> {
	if (!server.stdout) throw new Error('The server has no output.');
	for await (const line of createInterface({ input: server.stdout })) {
		const found = /http:\/\/\S+/.exec(line);
		if (found) return found[0].replace('localhost', '127.0.0.1');
	}
	throw new Error('The server ended before it was ready.');
}

/** A server in a process of its own, so that it has a core to itself as ours has. */
async function bareServer(size: number): Promise<{ url: string; close(): void }> {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const { port } = probe.address() as AddressInfo;
	probe.close();
	await once(probe, 'close');
	const source = `const body = Buffer.alloc(${size}, 97);
		require('node:http').createServer((_, answer) => answer.writeHead(200, { 'content-type': 'text/html', 'content-length': body.length }).end(body))
			.listen(${port}, '127.0.0.1', () => console.log('ready'));`;
	const child = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
	await once(child.stdout, 'data');
	return { url: `http://127.0.0.1:${port}/`, close: () => child.kill() };
}

/** Resident memory in MB, as Linux tells it; 0 elsewhere. */
function resident(pid: number): number {
	try {
		return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
	} catch {
		return 0;
	}
}
