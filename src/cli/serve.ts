import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Conflict, Invalid, Upstream } from '#kernel/error.ts';
import { type Config, readConfig } from '#platform/config.server.ts';
import { guards } from '#platform/guards.ts';
import { packageRoot } from '#platform/root.server.ts';
import type { Verb } from './command.ts';

/** The largest body any route may take, in bytes: a file of 50 MB and the form around it. Each route sets its own limit below. */
const LARGEST_BODY = 52 * 1024 * 1024;
/** A reader that takes nothing for so long has gone, in milliseconds; longer than any page may take to be made. */
const SILENCE = 120_000;
/** How long requests in flight may take once we are told to stop, in milliseconds. */
const FAREWELL = 10_000;

export const serve: Verb = {
	name: 'serve',
	summary: 'Start the web server; `npm start` does the same',
	detail: [
		'Brings the database up to date, then prints one line with the address once the first page answers. Jobs run inside. Ctrl+C or SIGTERM: requests in flight are finished, then the database is closed.',
		'Settings are environment variables; docs/settings.md lists them. PORT and HOST say where it listens (`PORT=8080 npm start`), COMPACT_DATA where everything is kept.',
	],
	examples: [{ command: 'serve', what: 'Serve on http://localhost:4870' }],
	stays: true,
	async run(_args, io) {
		const config = readConfig();
		let answer: RequestListener | null = null;
		const waiting: Parameters<RequestListener>[] = [];
		const server = createServer((...call) => {
			if (answer) answer(...call);
			else waiting.push(call);
		});
		server.setTimeout(SILENCE);
		await listen(server, config);
		try {
			const port = addressPort(server);
			answer = guarded(await loadHandler(config, port), config);
			for (const call of waiting) answer(...call);
			await firstPage(config.host, port);
			await io.write(`City Compact is at ${config.port === 0 ? `http://localhost:${port}` : config.origin}\n`);
			if (!io.signal.aborted) await once(io.signal, 'abort');
			io.say('Stopping: finishing what is under way.');
		} finally {
			await close(server);
		}
	},
};

async function listen(server: Server, config: Config): Promise<void> {
	server.listen({ port: config.port, host: config.host });
	try {
		await once(server, 'listening');
	} catch (error) {
		throw listenError(error as NodeJS.ErrnoException, config);
	}
}

function listenError(error: NodeJS.ErrnoException, { port, host }: Config): Error {
	if (error.code === 'EADDRINUSE') {
		return new Conflict(
			`Port ${port} is taken: another program, or another City Compact, listens there. Stop it, or choose another port: PORT=${port + 1} npm start`,
		);
	}
	if (error.code === 'EACCES') {
		return new Invalid(
			`Port ${port} is reserved for the system. Choose one above 1023, for example PORT=4870 npm start`,
		);
	}
	if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
		return new Invalid(`HOST=${host} is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all its addresses.`);
	}
	return error;
}

/**
 * Loads the built web app, which opens the world. adapter-node reads its own variables at that moment: without ORIGIN it
 * assumes https and refuses every form sent over http, and it caps bodies at 512 K for all routes alike.
 */
async function loadHandler(config: Config, port: number): Promise<RequestListener> {
	process.env.PORT = String(port);
	process.env.ORIGIN = config.port === 0 ? `http://localhost:${port}` : config.origin;
	process.env.BODY_SIZE_LIMIT = String(LARGEST_BODY);
	if (config.trustProxy) process.env.ADDRESS_HEADER = 'x-forwarded-for';
	const file = pathToFileURL(join(packageRoot(), 'build', 'handler.js')).href;
	const { handler } = (await import(/* @vite-ignore */ file)) as { handler: RequestListener };
	return handler;
}

/** Files and redirects are answered before hooks.server.ts hears of them: what every answer carries is set here first. */
function guarded(handler: RequestListener, config: Config): RequestListener {
	const headers = Object.entries(guards(config.origin.startsWith('https:')));
	return (request, response) => {
		for (const [name, value] of headers) response.setHeader(name, value);
		if (isOneClick(request)) {
			request.headers.origin = config.origin;
			delete request.headers.cookie;
		}
		return handler(request, response);
	};
}

/**
 * A reader's mail program stops the alerts (RFC 8058). It is no browser and names no origin, which Kit refuses of every form;
 * the seal in the path is all that such a request stands on, so it comes without cookies. A browser always names an origin
 * with a form, and another site's is refused as everywhere.
 */
function isOneClick({ method, url = '', headers }: IncomingMessage): boolean {
	return method === 'POST' && headers.origin === undefined && /^(\/es)?\/alerts\/yours\/[\w.-]+$/.test(url);
}

function addressPort(server: Server): number {
	const address = server.address();
	return typeof address === 'object' && address ? address.port : 0;
}

/** Asks for the first page ourselves, so that the line with the address is true when it is printed. */
async function firstPage(host: string, port: number): Promise<void> {
	const own = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
	const response = await fetch(`http://${own}:${port}/`, { redirect: 'manual' });
	await response.arrayBuffer();
	if (response.status >= 500)
		throw new Upstream(`The first page answered with status ${response.status}. The lines above say why.`);
}

/** HTTP first, then jobs, pools and database: hooks.server.ts closes the world when it hears `sveltekit:shutdown`. */
async function close(server: Server): Promise<void> {
	const closed = once(server, 'close');
	server.close();
	server.closeIdleConnections();
	const late = setTimeout(() => server.closeAllConnections(), FAREWELL);
	await closed;
	clearTimeout(late);
	process.emit('sveltekit:shutdown' as never, 'SIGTERM' as never);
}
