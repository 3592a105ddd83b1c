import { hash, verify } from '@node-rs/argon2';
import { type Gate, gate } from '#platform/gate.ts';
import type { Tx, World } from '#platform/world.ts';
import { type PasswordFault, passwordFault } from './password.ts';

/** Argon2id as OWASP's first recommendation has it: 46 MiB read once. docs/accounts.md says what it costs here. */
const COST = { algorithm: 2, memoryCost: 47_104, timeCost: 1, parallelism: 1 } as const;
/** Passwords worked on at once: each takes 46 MiB and a core. */
const AT_ONCE = 2;
/** Passwords that wait for their turn, about a second of them. */
const WAITING = 30;
/** Characters of a password that are looked at, some more than one may have. */
const LONGEST_TRIED = 1000;
/** Compared with where there is no account, so that both take the same time. It is the hash of no password. */
const NOBODYS = '$argon2id$v=19$m=47104,t=1,p=1$sTsYni4k0mlsoggItKAy8Q$Dx59/LZsE+OcvybY06CbB1ocGn9lqW6hgZYRf6e9rmw';

/** Sets or replaces the password of a person; what is wrong with it where something is. `tx` acts as `ACCESS`. */
export async function setPassword(
	person: string,
	password: string,
	{ clock, keep }: Pick<World, 'clock' | 'keep'>,
	tx: Tx,
): Promise<'set' | PasswordFault | 'busy'> {
	const account = await tx
		.selectFrom('access_user')
		.select(['email', 'name'])
		.where('id', '=', person)
		.executeTakeFirstOrThrow();
	const fault = passwordFault(password, account);
	if (fault) return fault;
	const hashed = await keep.of(turns).pass(() => hash(password.normalize('NFKC'), COST));
	if (hashed === null) return 'busy';
	const row = { password: hashed, updated_at: clock.now() };
	await tx
		.insertInto('access_account')
		.values({ user_id: person, ...row })
		.onConflict((on) => on.column('user_id').doUpdateSet(row))
		.execute();
	return 'set';
}

/** Whether a password is that of a stored hash; takes as long where there is none (null). `busy`: too many at once. */
export async function matches(
	stored: string | null,
	password: string,
	{ keep }: Pick<World, 'keep'>,
): Promise<boolean | 'busy'> {
	const said = password.normalize('NFKC').slice(0, LONGEST_TRIED);
	const right = await keep.of(turns).pass(() => verify(stored ?? NOBODYS, said));
	return right === null ? 'busy' : right && stored !== null;
}

function turns(): Gate {
	return gate(AT_ONCE, WAITING);
}
