import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Invalid, NotFound } from '#kernel/error.ts';

/** The public age keys that backups are encrypted to, as `age -R` reads them; `folder` is the data folder. */
export function recipients(folder: string): readonly string[] {
	return read(join(folder, FILE))
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '' && !line.startsWith('#'));
}

/** Adds a public key. @throws Invalid for what is none, above all for a private key */
export function addRecipient(folder: string, key: string): void {
	if (/^AGE-SECRET-KEY/i.test(key)) {
		throw new Invalid(
			'This is a private key. It never belongs on the server; give the public key, which begins with age1.',
		);
	}
	try {
		new Encrypter().addRecipient(key);
	} catch (error) {
		throw new Invalid('This is no public age key. One begins with age1; `citycompact db new-key` makes a pair.', {
			cause: error,
		});
	}
	if (!recipients(folder).includes(key)) write(folder, [...recipients(folder), key]);
}

/** Takes a public key out; later backups are not encrypted to it. @throws NotFound */
export function removeRecipient(folder: string, key: string): void {
	if (!recipients(folder).includes(key))
		throw new NotFound('Backups are not encrypted to this key; `db keys` lists them.');
	write(
		folder,
		recipients(folder).filter((known) => known !== key),
	);
}

/** A new pair. The private key is for its owner's own machine. */
export async function newKey(): Promise<{ readonly privateKey: string; readonly publicKey: string }> {
	const privateKey = await generateX25519Identity();
	return { privateKey, publicKey: await identityToRecipient(privateKey) };
}

const FILE = 'backup.recipients';

function write(folder: string, keys: readonly string[]): void {
	const draft = join(folder, `${FILE}.new`);
	writeFileSync(draft, `# Public keys that backups are encrypted to.\n${keys.join('\n')}\n`, { mode: 0o644 });
	renameSync(draft, join(folder, FILE));
}

function read(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
		throw error;
	}
}
