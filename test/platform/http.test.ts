import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { http, isInside, openHttp } from '#platform/http.server.ts';

type Found = { address: string; family: number };

const servers: Server[] = [];

afterEach(() => {
	for (const server of servers.splice(0)) {
		server.close();
		server.closeAllConnections();
	}
});

async function serve(listener: RequestListener): Promise<number> {
	const server = createServer(listener).listen(0, '127.0.0.1');
	servers.push(server);
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

/** A client for which this machine lies outside. */
const outside = openHttp({ resolve: resolving('127.0.0.1'), inside: () => false });

/** Every name leads to these addresses. */
function resolving(...addresses: string[]): Parameters<typeof openHttp>[0]['resolve'] {
	const found: Found[] = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
	const resolve = (_host: string, _options: object, done: (error: null, found: Found[]) => void) => done(null, found);
	return resolve as unknown as Parameters<typeof openHttp>[0]['resolve'];
}

/** A server that sends these bytes whatever it is asked, and then waits. */
async function bytes(text: string): Promise<number> {
	const server = createTcpServer((socket) => {
		socket.on('error', () => undefined);
		socket.once('data', () => socket.write(text));
	}).listen(0, '127.0.0.1');
	onTestFinished(() => void server.close());
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

test.each([
	[
		'takes the connection for something else',
		'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
	],
	['is no HTTP', 'hello\r\n\r\n'],
	['has two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nok'],
	[
		'has a length and pieces',
		'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
	],
	['has a header without end', `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`],
])('an answer that %s is none', async (_, text) => {
	const port = await bytes(text);
	expect(await outside.fetch(new Request(`http://example.org:${port}/`))).toEqual({ unanswered: 'unreachable' });
});

describe('an outgoing request', () => {
	test.each([
		'http://127.0.0.1/',
		'http://localhost/',
		'http://10.1.2.3/',
		'http://169.254.169.254/latest/meta-data',
		'http://[::1]/',
		'http://[::]/',
		'http://[::ffff:127.0.0.1]/',
		'http://[::ffff:0:127.0.0.1]/',
		'http://[::127.0.0.1]/',
		'http://[64:ff9b::10.0.0.1]/',
		'http://[64:ff9b:1::10.0.0.1]/',
		'http://[2002:7f00:1::]/',
		'http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/',
		'http://[fd00::1]/',
		'http://[fe80::1]/',
		'http://[fec0::1]/',
		'http://0x7f000001/',
		'http://0x7f.1/',
		'http://0177.1/',
		'http://127.1/',
		'http://2130706433/',
		'http://127。0。0。1/',
		'http://①②⑦.0.0.1/',
	])('never reaches %s', async (url) => {
		expect(await http.fetch(new Request(url))).toEqual({ unanswered: 'inside' });
	});

	test('asks nothing of a server on this machine, even one that runs', async () => {
		let asked = 0;
		const port = await serve((_, response) => {
			asked++;
			response.end('inside');
		});
		for (const host of ['127.0.0.1', 'localhost', '[::ffff:7f00:1]']) {
			expect(await http.fetch(new Request(`http://${host}:${port}/`))).toEqual({ unanswered: 'inside' });
		}
		// Not every system knows this name.
		expect(await http.fetch(new Request(`http://localhost.:${port}/`))).toHaveProperty('unanswered');
		expect(asked).toBe(0);
	});

	test('is refused where a name leads inside, and leaves out the addresses inside where it leads to both kinds', async () => {
		const port = await serve((_, response) => response.end('reached'));
		const leading = (...to: string[]) => openHttp({ resolve: resolving(...to), inside: isInside });
		const ask = (client: typeof http) => client.fetch(new Request(`http://lists.example:${port}/`));
		expect(await ask(leading('127.0.0.1'))).toEqual({ unanswered: 'inside' });
		expect(await ask(leading('10.0.0.1', '::1', 'fe80::1%eth0'))).toEqual({ unanswered: 'inside' });
		expect(await ask(leading())).toEqual({ unanswered: 'inside' });
		const onlyLoopback = openHttp({
			resolve: resolving('10.0.0.1', '127.0.0.1'),
			inside: (address) => address !== '127.0.0.1',
		});
		expect(await ask(onlyLoopback)).toMatchObject({ status: 200 });
	});

	test('is told apart where nobody listens, the name is unknown, the answer breaks off or makes no sense', async () => {
		const port = await serve((request, response) => {
			if (request.url === '/cut') {
				response.writeHead(200, { 'content-length': 100 });
				response.write('ten bytes.');
				setTimeout(() => response.destroy(), 20);
			} else if (request.url === '/chunked') {
				response.write('some');
				setTimeout(() => response.destroy(), 20);
			} else request.socket.end('HTTP/1.1 banana\r\n\r\n');
		});
		for (const path of ['cut', 'chunked', 'nonsense']) {
			expect(await outside.fetch(new Request(`http://a.example:${port}/${path}`))).toEqual({
				unanswered: 'unreachable',
			});
		}
		expect(await outside.fetch(new Request('http://a.example:1/'))).toEqual({ unanswered: 'unreachable' });
		expect(await http.fetch(new Request('http://no-such-name.invalid/'))).toEqual({ unanswered: 'unreachable' });
	});

	test('takes any status and the bytes as they are sent, and follows nothing', async () => {
		const port = await serve((request, response) => {
			if (request.url === '/odd') response.writeHead(999, { 'x-a': 'b' }).end('odd');
			else if (request.url === '/same') response.writeHead(304).end();
			else response.writeHead(302, { location: '/odd' }).end();
		});
		const ask = async (path: string) => {
			const answer = await outside.fetch(new Request(`http://a.example:${port}/${path}`));
			return 'unanswered' in answer
				? answer
				: [answer.status, answer.header('x-a'), answer.header('location'), Buffer.from(answer.bytes).toString()];
		};
		expect(await ask('odd')).toEqual([999, 'b', null, 'odd']);
		expect(await ask('same')).toEqual([304, null, null, '']);
		expect(await ask('away')).toEqual([302, null, '/odd', '']);
	});

	test('lets go of an answer that is too large, said beforehand or not', async () => {
		let sent = 0;
		const port = await serve((request, response) => {
			if (request.url === '/said') response.writeHead(200, { 'content-length': 200_000_000 });
			const piece = Buffer.alloc(65_536);
			const more = () => {
				while (!response.destroyed && response.write(piece)) sent += piece.length;
			};
			response.on('drain', more);
			more();
		});
		for (const path of ['said', 'unsaid']) {
			expect(await outside.fetch(new Request(`http://a.example:${port}/${path}`), 1_000_000)).toEqual({
				unanswered: 'too_large',
			});
		}
		expect(sent).toBeLessThan(50_000_000);
	});

	test.each(['before the headers', 'in the middle of the body'])(
		'ends by the clock where the answer hangs %s',
		async (where) => {
			const port = await serve((_, response) => {
				if (where !== 'before the headers') response.write('half');
			});
			const request = new Request(`http://a.example:${port}/`, { signal: AbortSignal.timeout(150) });
			expect(await outside.fetch(request)).toEqual({ unanswered: 'timeout' });
		},
	);
});

describe('an address', () => {
	test.each([
		...['0.1.2.3', '100.64.0.1', '127.255.255.254', '172.31.0.1', '192.0.0.8', '192.0.2.1', '192.88.99.1'],
		...['198.19.0.1', '198.51.100.7', '203.0.113.9', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
		...[
			'::',
			'::1',
			'::ffff:8.8.8.8',
			'100::1',
			'2001::1',
			'2001:10::1',
			'2001:20::1',
			'2001:db8::1',
			'2002:808:808::1',
		],
		...['3fff::1', '4000::1', '5f00::1', 'fc00::1', 'febf::1', 'fec0::1', 'ff02::1', '2600::1%eth0', '', 'localhost'],
	])('%s leads inside or nowhere', (address) => {
		expect(isInside(address)).toBe(true);
	});

	test.each(['8.8.8.8', '23.51.100.7', '172.32.0.1', '198.20.0.1', '2600:1408::1', '2a02:26f0::1', '2001:4860::8888'])(
		'%s leads outside',
		(address) => {
			expect(isInside(address)).toBe(false);
		},
	);
});
