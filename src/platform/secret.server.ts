import { hkdfSync, randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Invalid } from '#kernel/error.ts';
import type { Config } from './config.server.ts';
import { makeFolder } from './folder.server.ts';
import type { Keys } from './world.ts';

/** Bytes of a key: what AES-256 and HMAC-SHA-256 take. */
const KEY_BYTES = 32;

/** The secret from which the server derives its keys: the setting, else the file of the data folder, made at the first start. */
export function readSecret({ secret, data }: Pick<Config, 'secret' | 'data'>): string {
	if (secret) return secret;
	const file = join(data, 'secret');
	const known = read(file);
	if (known) return known;
	// Written beside and linked, so that of two first starts both end with the same secret.
	const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
	try {
		makeFolder(data);
		writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
		linkSync(draft, file);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code !== 'EEXIST') {
			throw new Invalid(
				`The secret cannot be kept in ${data} (${code}). Set COMPACT_SECRET, or COMPACT_DATA to a folder of your own.`,
			);
		}
	} finally {
		rmSync(draft, { force: true });
	}
	return read(file);
}

/** Keys of the secret (HKDF, RFC 5869): who learns one learns neither the secret nor another. */
export function keysOf(secret: string): Keys {
	return { of: (purpose) => new Uint8Array(hkdfSync('sha256', secret, '', purpose, KEY_BYTES)) };
}

function read(file: string): string {
	try {
		return readFileSync(file, 'utf8').trim();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
		throw error;
	}
}
