import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll } from 'vitest';

/** A letter as it came in. */
export interface Received {
	readonly to: readonly string[];
	/** By lower-case name, unfolded; words outside ASCII as they travel. */
	readonly headers: Readonly<Record<string, string>>;
	readonly text: string;
	/** Every byte, as Latin-1. */
	readonly raw: string;
}

export interface MailServer {
	/** For SMTP_URL. */
	readonly url: string;
	readonly received: Received[];
	/** Set to have every letter refused with an error that quotes its address. */
	refuses: boolean;
}

/** A real mail server on loopback, gone after the file. */
export async function mailServer(): Promise<MailServer> {
	const received: Received[] = [];
	const server = new SMTPServer({
		authOptional: true,
		// its built-in certificate has expired
		hideSTARTTLS: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		onRcptTo: ({ address }, _, done) => (here.refuses ? done(new Error(`No such box: ${address}`)) : done()),
		onData(stream, session, done) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				received.push(letter(Buffer.concat(chunks).toString('latin1'), session.envelope.rcptTo));
				done();
			});
		},
	});
	server.listen(0, '127.0.0.1');
	await once(server.server, 'listening');
	afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())));
	const here = { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, received, refuses: false };
	return here;
}

function letter(raw: string, to: readonly { address: string }[]): Received {
	const [head = '', ...body] = raw.split('\r\n\r\n');
	const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
	const headers = Object.fromEntries(
		lines.map((line) => [/^[^:]*/.exec(line)?.[0].toLowerCase(), line.replace(/^[^:]*: ?/, '')]),
	);
	return { to: to.map(({ address }) => address), headers, text: decoded(body.join('\r\n\r\n'), headers), raw };
}

function decoded(body: string, headers: Readonly<Record<string, string>>): string {
	const way = headers['content-transfer-encoding'];
	const bytes =
		way === 'base64'
			? Buffer.from(body, 'base64')
			: way === 'quoted-printable'
				? Buffer.from(
						body
							.replaceAll(/=\r\n/g, '')
							.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
						'latin1',
					)
				: Buffer.from(body, 'latin1');
	return bytes.toString('utf8').replaceAll('\r\n', '\n');
}
