import type { Tx, World } from '#platform/world.ts';
import { ACCESS } from './actor.ts';
import { hasApp, useCode, verifyTotp } from './app.server.ts';
import { within } from './limit.server.ts';
import { notify } from './notice.server.ts';
import { personOfPasskey } from './passkey.server.ts';
import { matches } from './password.server.ts';
import { beginSession } from './session.server.ts';
import type { Session } from './session.ts';

type Needs = Pick<World, 'db' | 'clock' | 'random' | 'keep' | 'keys' | 'queue'>;

/** A network address often stands for a whole town hall. */
const BY_ADDRESS = { kind: 'sign-in by address', most: 60, minutes: 60 };
/** Of one account from anywhere: more is guessing. A passkey still opens it. */
const BY_ACCOUNT = { kind: 'sign-in by account', most: 20, minutes: 60 };
/** Second factors of one account in a day: three codes of a million are good at a time, so one guess in ten thousand days hits. */
const SECOND = { kind: 'second factor', most: 30, minutes: 24 * 60 };
/** Wrong second factors after which the password has to be given again. */
const WRONG = 5;

/** `no`: not right, and nothing more is said. `wait`: too often. */
export type SignIn = { readonly token: string } | 'no' | 'wait';

/**
 * The first factor. What is given opens nothing but the page that asks for the second. It takes the same time and says the
 * same whether the address has an account or not. `address`: of the network, counted and never kept.
 */
export async function withPassword(
	{ email, password, address }: { readonly email: string; readonly password: string; readonly address: string },
	world: Needs,
): Promise<SignIn> {
	const known = await world.db.as(ACCESS, async (tx) => {
		const fine = (await within(BY_ADDRESS, address, world, tx)) && (await within(BY_ACCOUNT, email, world, tx));
		return fine ? stored({ email }, tx) : 'wait';
	});
	if (known === 'wait') return 'wait';
	const right = await matches(known?.password ?? null, password, world);
	if (right === 'busy') return 'wait';
	if (!right || !known) return 'no';
	return { token: await world.db.as(ACCESS, (tx) => beginSession(known.id, false, world, tx)) };
}

/** The second factor of a half session: a code of the app or one on paper. `over`: it has to begin anew. */
export async function withSecond(half: Session, code: string, world: Needs): Promise<SignIn | 'over'> {
	if (half.second) return 'over';
	return world.db.as(ACCESS, async (tx) => {
		if (!(await within(SECOND, half.person, world, tx))) return 'wait';
		const tried = await tx
			.updateTable('access_session')
			.set((e) => ({ failed: e('failed', '+', 1) }))
			.where('id', '=', half.id)
			.where('second', '=', false)
			.returning('failed')
			.executeTakeFirst();
		if (!tried) return 'over';
		const right = await isSecond(half.person, code, world, tx);
		if (!right && tried.failed < WRONG) return 'no';
		// What the browser held before is worth nothing afterwards.
		await tx.deleteFrom('access_session').where('id', '=', half.id).execute();
		return right ? { token: await beginSession(half.person, true, world, tx) } : 'over';
	});
}

/** Both factors at once: a passkey that asked its owner. `now`: the session that it replaces, of the same person. */
export async function withPasskey(
	{ answer, origin, address }: { readonly answer: string; readonly origin: string; readonly address: string },
	now: Session | null,
	world: Needs,
): Promise<SignIn> {
	return world.db.as(ACCESS, async (tx) => {
		if (!(await within(BY_ADDRESS, address, world, tx))) return 'wait';
		const person = await personOfPasskey(answer, origin, world, tx);
		if (person === null || (now?.second && person !== now.person)) return 'no';
		return { token: await renewed(person, now, world, tx) };
	});
}

/** Both factors of somebody who is signed in, for an act that is dear to undo. */
export async function withBoth(
	now: Session,
	{ password, code }: { readonly password: string; readonly code: string },
	world: Needs,
): Promise<SignIn> {
	const known = await world.db.as(ACCESS, async (tx) =>
		(await within(SECOND, now.person, world, tx)) ? stored({ person: now.person }, tx) : 'wait',
	);
	if (known === 'wait') return 'wait';
	const right = await matches(known?.password ?? null, password, world);
	if (right === 'busy') return 'wait';
	return world.db.as(ACCESS, async (tx) => {
		if (!right || !(await isSecond(now.person, code, world, tx))) return 'no';
		return { token: await renewed(now.person, now, world, tx) };
	});
}

async function isSecond(person: string, code: string, world: Needs, tx: Tx): Promise<boolean> {
	if (!(await hasApp(person, tx))) return false;
	if (await verifyTotp(person, code, world, tx)) return true;
	if (!(await useCode(person, code, world, tx))) return false;
	await notify(person, 'code_used', world, tx);
	return true;
}

/** A session in the place of another, which ends; the seat stays. */
async function renewed(person: string, before: Session | null, world: Needs, tx: Tx): Promise<string> {
	if (before) await tx.deleteFrom('access_session').where('id', '=', before.id).execute();
	return beginSession(person, true, world, tx, { seat: before?.person === person ? before.seat : null });
}

async function stored(who: { readonly email: string } | { readonly person: string }, tx: Tx) {
	const asked = tx
		.selectFrom('access_user as u')
		.leftJoin('access_account as a', 'a.user_id', 'u.id')
		.select(['u.id', 'a.password']);
	return 'email' in who
		? asked.where('u.email', '=', who.email.toLowerCase()).executeTakeFirst()
		: asked.where('u.id', '=', who.person).executeTakeFirst();
}
