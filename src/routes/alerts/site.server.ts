import type { Site } from '#alerts/link.server.ts';
import { readConfig } from '#platform/config.server.ts';
import { readSecret } from '#platform/secret.server.ts';

/** What links in mails are made with. */
export function ownSite(): Site {
	const config = readConfig();
	return { origin: config.origin, secret: readSecret(config) };
}

/** Whether mail leaves this server, or at least shows on its terminal. */
export function mails(): boolean {
	const { smtpUrl, production } = readConfig();
	return smtpUrl !== null || !production;
}
