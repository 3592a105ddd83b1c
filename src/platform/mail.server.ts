import { createTransport } from 'nodemailer';
import { Upstream } from '#kernel/error.ts';
import type { Config } from './config.server.ts';
import { failure } from './failure.ts';
import type { Log, Mail, Message } from './world.ts';

const TIMEOUT_MS = 20_000;
/** Programs that answer for people on leave should not answer us (RFC 3834). */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated' };
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/;

/** Mail through the server of SMTP_URL. Without one it is shown on the terminal in development and kept back in production. */
export function openMail(
	config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'production'>,
	log: Log,
	terminal: (text: string) => void,
): Mail {
	if (config.smtpUrl) return overSmtp(config.smtpUrl, config.mailFrom, log);
	return {
		async send(message) {
			if (config.production) log.warn({ setting: 'SMTP_URL' }, 'mail was kept back: no mail server is set');
			else terminal(shown(message, config.mailFrom));
		},
	};
}

function overSmtp(address: string, from: string, log: Log): Mail {
	const url = new URL(address);
	const transport = createTransport({
		host: url.hostname.replace(/^\[|\]$/g, ''),
		port: Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587),
		secure: url.protocol === 'smtps:',
		// A name and password, and letters between members, cross a network only encrypted.
		requireTLS: !LOOPBACK.test(url.hostname),
		...(url.username
			? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
			: {}),
		connectionTimeout: TIMEOUT_MS,
		greetingTimeout: TIMEOUT_MS,
		socketTimeout: TIMEOUT_MS,
		disableFileAccess: true,
		disableUrlAccess: true,
	});
	return {
		async send({ to, subject, text, headers = {} }) {
			try {
				await transport.sendMail({ from, to, subject, text, headers: { ...AUTOMATIC, ...headers }, xMailer: false });
			} catch (error) {
				log.error(failure(error), 'the mail server did not take a message');
				throw new Upstream(
					'The mail server did not take the message. See that SMTP_URL is right and the server runs.',
					{
						cause: error,
					},
				);
			}
		},
	};
}

function shown({ to, subject, text }: Message, from: string): string {
	return `\n--- mail, shown because SMTP_URL is not set ---\nFrom: ${from}\nTo: ${to}\nSubject: ${subject}\n\n${text}\n---\n`;
}
