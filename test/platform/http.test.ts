import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { http } from '#platform/http.server.ts';

describe('an outgoing request', () => {
	test.each([
		'http://127.0.0.1/',
		'http://localhost/',
		'http://10.1.2.3/',
		'http://169.254.169.254/latest/meta-data',
		'http://[::1]/',
		'http://[::ffff:127.0.0.1]/',
		'http://[fd00::1]/',
		'http://0x7f000001/',
		'http://2130706433/',
	])('never reaches %s', async (url) => {
		await expect(http.fetch(new Request(url))).rejects.toThrow('could not be reached');
	});

	test('asks nothing of a server on this machine, even one that runs', async () => {
		let asked = 0;
		const server = createServer((_, response) => {
			asked++;
			response.end('inside');
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		for (const host of ['127.0.0.1', 'localhost', '[::ffff:7f00:1]']) {
			await expect(http.fetch(new Request(`http://${host}:${port}/`))).rejects.toThrow('could not be reached');
		}
		expect(asked).toBe(0);
		server.close();
	});
});
