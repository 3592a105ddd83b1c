import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { openMail } from '#platform/mail.server.ts';
import type { Log } from '#platform/world.ts';

const servers: SMTPServer[] = [];
afterEach(async () => {
	for (const server of servers.splice(0)) await new Promise<void>((resolve) => server.close(resolve));
});

const LETTER = { to: 'clerk@example.org', subject: 'A list has changed · ñ', text: 'Two agencies are new.\n' };

function quiet(lines: unknown[] = []): Log {
	const keep = (entry: unknown, message: string) => void lines.push([entry, message]);
	return { info: keep, warn: keep, error: keep };
}

/** A real mail server on loopback; `refuse` answers every letter with a permanent error that quotes the address. */
async function mailServer(received: string[], refuse = false): Promise<string> {
	const server = new SMTPServer({
		authOptional: true,
		// its built-in certificate has expired
		hideSTARTTLS: true,
		disabledCommands: ['STARTTLS'],
		onAuth: ({ username, password }, _, done) => done(null, { user: `${username}:${password}` }),
		onRcptTo: ({ address }, _, done) => (refuse ? done(new Error(`No such box: ${address}`)) : done()),
		onData(stream, _, done) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				received.push(Buffer.concat(chunks).toString());
				done();
			});
		},
	});
	servers.push(server);
	server.listen(0, '127.0.0.1');
	await once(server.server, 'listening');
	return `smtp://us%40er:pa%2Fss@127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}

describe('mail', () => {
	test('goes through the server of SMTP_URL, and says nothing of the program that wrote it', async () => {
		const received: string[] = [];
		const smtpUrl = await mailServer(received);
		await openMail({ smtpUrl, mailFrom: 'compact@example.org', production: true }, quiet(), () => {}).send(LETTER);
		expect(received[0]).toContain('From: compact@example.org');
		expect(received[0]).toContain('To: clerk@example.org');
		expect(received[0]).toMatch(/Subject: =\?UTF-8\?Q\?A_list_has_changed/);
		expect(received[0]).toContain('Two agencies are new.');
		expect(received[0]).toContain('Auto-Submitted: auto-generated');
		expect(received[0]).not.toMatch(/x-mailer|nodemailer\b/i);
	});

	test.each([
		['refuses the letter', (received: string[]) => mailServer(received, true)],
		['is not there', async () => 'smtp://127.0.0.1:1'],
		[
			'offers no encryption across a network',
			async (received: string[]) => (await mailServer(received)).replace('127.0.0.1', 'localhost.localdomain'),
		],
	])('whose server %s fails with the remedy; the log holds no address', async (_, start) => {
		const received: string[] = [];
		const lines: unknown[] = [];
		const mail = openMail(
			{ smtpUrl: await start(received), mailFrom: 'c@example.org', production: true },
			quiet(lines),
			() => {},
		);
		await expect(mail.send(LETTER)).rejects.toThrow('See that SMTP_URL is right');
		expect(received).toEqual([]);
		expect(lines).toHaveLength(1);
		expect(JSON.stringify(lines)).not.toContain('clerk');
	});

	test('without a server is shown on the terminal in development and kept back in production', async () => {
		for (const production of [false, true]) {
			const lines: unknown[] = [];
			const shown: string[] = [];
			const mail = openMail({ smtpUrl: null, mailFrom: 'c@example.org', production }, quiet(lines), (text) =>
				shown.push(text),
			);
			await mail.send(LETTER);
			expect(shown.join('').includes('Two agencies are new.')).toBe(!production);
			expect(lines).toHaveLength(production ? 1 : 0);
			expect(JSON.stringify(lines)).not.toContain('clerk');
		}
	});
});
