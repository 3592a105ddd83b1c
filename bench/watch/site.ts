import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A server of ours over the database of a folder, as a visitor's server is started. */
export interface Site {
	readonly origin: string;
	/** Resident memory in MB, as Linux tells it; 0 elsewhere. */
	resident(): number;
	stop(): Promise<void>;
}

/** `settings`: more of the environment. */
export async function startSite(folder: string, settings: Readonly<Record<string, string>> = {}): Promise<Site> {
	const server = spawn(process.execPath, ['bin/citycompact.js', 'serve'], {
		env: { ...process.env, COMPACT_DATA: folder, PORT: '0', ...settings },
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const origin = await originOf(server);
	return {
		origin,
		resident: () => resident(server.pid ?? 0),
		async stop() {
			// One that died by itself ends no second time.
			if (server.exitCode !== null || server.signalCode !== null) return;
			server.kill('SIGTERM');
			await once(server, 'exit');
		},
	};
}

async function originOf(server: ChildProcess): Promise<string> {
	if (!server.stdout) throw new Error('The server has no output.');
	for await (const line of createInterface({ input: server.stdout })) {
		const found = /http:\/\/\S+/.exec(line);
		if (found) return found[0].replace('localhost', '127.0.0.1');
	}
	throw new Error('The server ended before it was ready.');
}

function resident(pid: number): number {
	try {
		return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
	} catch {
		return 0;
	}
}

/** Ten pages as readers mix them: fronts, filters, records, places, lists, data; one agency and one place as the site links them. */
export async function tenPages(origin: string): Promise<string[]> {
	const watch = await text(`${origin}/watch`);
	const agency = linked(watch, /\/watch\/agency\/[\w-]+/);
	const place = linked(await text(`${origin}/watch/place`), /\/watch\/place\/[a-z]{2}(?=["?#])/);
	const county = linked(await text(origin + place), new RegExp(`${place}/[\\w-]+(?=["?#])`));
	return [
		'/',
		'/watch',
		'/es/watch',
		'/watch?model=TFM',
		agency,
		place,
		county,
		'/watch/lists',
		'/corrections',
		'/api/v1/watch/events.json?limit=100',
	].map((path) => origin + path);
}

/** The body of an answer; throws for anything but 200. */
export async function text(address: string): Promise<string> {
	const answer = await fetch(address);
	if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}.`);
	return answer.text();
}

function linked(html: string, address: RegExp): string {
	const found = address.exec(html)?.[0];
	if (!found) throw new Error(`No page links to ${address}.`);
	return found;
}
