import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openHttp, http as strict } from '#platform/http.server.ts';
import type { Http } from '#platform/world.ts';

export const PAGE = 'https://www.ice.example/identify-and-arrest/287g';

/** What stands at an address: a text or bytes, or an answer with something odd about it. */
export type Given = string | Uint8Array | Answer;

interface Answer {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string | Uint8Array;
	/** The answer stops after its body, before its headers where there is none, and the connection stays. */
	readonly hangs?: boolean;
	/** More comes for as long as anybody listens. */
	readonly endless?: boolean;
	/** The connection ends before the answer does. */
	readonly breaks?: boolean;
}

interface Asked {
	readonly host: string;
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	status: number;
}

/** A server that publishes the lists as their publisher does, and a way to it by the rules of the house. */
export interface Publisher {
	/**
	 * The real client, but that `https://NAME.ice.example` is this server; every other address is asked as in production,
	 * so that the rules on schemes, hosts and private addresses are those of production.
	 */
	readonly http: Http;
	readonly asked: Asked[];
	/** Most questions it had before it at once. */
	readonly most: number;
	/** Milliseconds before each answer. */
	delay: number;
	/** Whether it says what to ask with next time. */
	tagged: boolean;
	put(pages: Readonly<Record<string, Given>>): void;
	reset(): void;
	close(): void;
}

export async function publisher(): Promise<Publisher> {
	const pages = new Map<string, Given>();
	const asked: Asked[] = [];
	let before = 0;
	let most = 0;
	const server = createServer(async (request, response) => {
		most = Math.max(most, ++before);
		response.on('close', () => before--);
		const path = request.url ?? '';
		const one: Asked = { host: request.headers.host ?? '', path, headers: request.headers, status: 0 };
		asked.push(one);
		await new Promise((done) => setTimeout(done, it.delay));
		answer(pages.get(path) ?? { status: 404 }, request, response, it.tagged);
		one.status = response.statusCode;
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const loopback = (_host: string, _options: object, done: (error: null, found: object[]) => void) =>
		done(null, [{ address: '127.0.0.1', family: 4 }]);
	const here = openHttp({
		resolve: loopback as unknown as Parameters<typeof openHttp>[0]['resolve'],
		inside: () => false,
	});
	const it = {
		http: {
			fetch(request: Request, limit?: number) {
				const url = new URL(request.url);
				if (!url.hostname.endsWith('.ice.example') || url.protocol !== 'https:') return strict.fetch(request, limit);
				const headers = new Headers(request.headers);
				headers.set('host', url.host);
				const to = `http://127.0.0.1:${url.port || port}${url.pathname}${url.search}`;
				return here.fetch(new Request(to, { headers, signal: request.signal }), limit);
			},
		},
		asked,
		get most() {
			return most;
		},
		delay: 0,
		tagged: true,
		put(given: Readonly<Record<string, Given>>) {
			for (const [path, page] of Object.entries(given)) pages.set(path, page);
		},
		reset() {
			pages.clear();
			asked.length = 0;
			most = 0;
			it.delay = 0;
			it.tagged = true;
		},
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
	return it;
}

function answer(given: Given, request: IncomingMessage, response: ServerResponse, tagged: boolean): void {
	const {
		status = 200,
		headers = {},
		body,
		hangs,
		endless,
		breaks,
	} = typeof given === 'string' || given instanceof Uint8Array ? { body: given } : (given as Answer);
	if (hangs && body === undefined) return;
	const bytes = Buffer.from(body ?? '');
	const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}"`;
	const plain = status === 200 && !hangs && !endless && !breaks;
	if (plain && tagged && request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
	response.writeHead(status, { ...(plain && tagged ? { etag } : {}), ...headers });
	if (!endless) response.write(bytes);
	if (endless) stream(response);
	else if (breaks) setTimeout(() => response.destroy(), 10);
	else if (!hangs) response.end();
}

function stream(response: ServerResponse): void {
	const piece = Buffer.alloc(65_536, 'a');
	const more = (): void => {
		while (!response.destroyed && response.write(piece));
	};
	response.on('drain', more);
	more();
}
