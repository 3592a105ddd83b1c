import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { Invalid } from '#kernel/error.ts';

/** The operating-system account that runs the database. */
export interface Account {
	readonly uid: number;
	readonly gid: number;
}

/** Accounts to prefer when we are root, which PostgreSQL refuses to run as. */
const CANDIDATES = ['postgres', 'nobody'];

/**
 * null where the database runs as ourselves. For root: the owner of an existing database folder, else an unprivileged
 * account; both need an entry in the list of accounts, since initdb looks its own name up.
 */
export function databaseAccount(existing: string | null): Account | null {
	if (process.getuid?.() !== 0) return null;
	const known = accounts();
	if (existing) {
		const { uid } = statSync(existing);
		const owner = known.find((account) => account.uid === uid);
		if (owner && uid !== 0) return owner;
	}
	const found = CANDIDATES.map((name) => known.find((account) => account.name === name)).find((a) => a && a.uid !== 0);
	if (!found) {
		throw new Invalid(
			'PostgreSQL does not run as root and this machine has neither an account "postgres" nor "nobody". Start City Compact as an ordinary user, or set DATABASE_URL.',
		);
	}
	return found;
}

/** Whether the account can enter the folder; asked by trying, since lists of access rights and mounts have a say too. */
export function canEnter(account: Account | null, folder: string): boolean {
	if (!account) return true;
	const tried = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' });
	if (tried.error) {
		throw new Invalid(
			'City Compact runs as root but may not start the database as another account. Start it as an ordinary user, or set DATABASE_URL.',
		);
	}
	return tried.status === 0;
}

function accounts(): (Account & { name: string })[] {
	return readFileSync('/etc/passwd', 'utf8')
		.split('\n')
		.map((line) => line.split(':'))
		.filter((fields) => fields.length >= 7)
		.map(([name, , uid, gid]) => ({ name: name ?? '', uid: Number(uid), gid: Number(gid) }));
}
