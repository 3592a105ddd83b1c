import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

test('a port that is taken is said before anything is installed or built', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'citycompact-port-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	cpSync(join(import.meta.dirname, '../../bin'), join(folder, 'bin'), { recursive: true });
	writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
	const other = createServer().listen(0, '127.0.0.1');
	onTestFinished(() => void other.close());
	await once(other, 'listening');
	const { port } = other.address() as AddressInfo;
	const child = spawn(process.execPath, [join(folder, 'bin/citycompact.js'), 'serve'], {
		env: { PATH: process.env.PATH, PORT: String(port) },
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	let said = '';
	child.stderr.on('data', (text) => {
		said += text;
	});
	const [code] = await once(child, 'close');
	expect(said).toMatch(new RegExp(`^Port ${port} is taken: .*PORT=${port + 1} npm start\n$`));
	expect(code).toBe(6);
	expect(readdirSync(folder).sort()).toEqual(['bin', 'package.json']);
});
