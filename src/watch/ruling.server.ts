import { sql } from 'kysely';
import { SYSTEM, VISITOR } from '#access/actor.ts';
import { isoSecond } from '#kernel/day.ts';
import { Invalid, NotFound } from '#kernel/error.ts';
import type { Tx, World } from '#platform/world.ts';
import { agreement } from './agreements.server.ts';
import type { Overrule, Printed, Ruling } from './overrule.ts';
import { type Rebuilt, rebuild } from './rebuild.server.ts';
import { LONGEST_REASON, type Wish } from './wish.ts';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** What a person decides, before it has an id. */
export type Decision = Without<Overrule, 'id'>;

/** Keeps a person's decision and replays the ledger with it. Throws `Invalid` without a reason, `NotFound` for a list that is not there. */
export async function overrule(
	decision: Decision,
	author: string,
	world: Pick<World, 'db' | 'clock' | 'random'>,
): Promise<{ id: string; ledger: Rebuilt }> {
	const id = await keep(decision, author, async () => {}, world);
	return { id, ledger: await rebuild(world) };
}

/** Leaves a trace of a decision, by its id, in the transaction that keeps it. */
export type Trace = (id: string, tx: Tx) => Promise<void>;

/** As `overrule`, for those who cannot wait for the ledger: a job makes it. Gives the id of the decision. */
export async function overruleAside(
	decision: Decision,
	author: string,
	trace: Trace,
	world: Pick<World, 'db' | 'clock' | 'random' | 'queue'>,
): Promise<string> {
	return keep(decision, author, asking(trace, world), world);
}

async function keep(
	decision: Decision,
	author: string,
	then: Trace,
	world: Pick<World, 'db' | 'clock' | 'random'>,
): Promise<string> {
	const reason = decision.reason.trim();
	if (reason === '') throw new Invalid('A decision needs its reason, in a sentence that can be shown beside it.');
	if (reason.length > LONGEST_REASON) throw new Invalid(`The reason is longer than ${LONGEST_REASON} characters.`);
	const id = world.random.uuid();
	const { kind, reason: _, ...subject } = decision;
	await world.db.as(SYSTEM, async (tx) => {
		if (decision.kind === 'release') await demandList(decision.sha256, tx);
		await tx
			.insertInto('watch_overrule')
			.values({ id, kind, subject: JSON.stringify(subject), reason, author, made_at: world.clock.now() })
			.execute();
		await then(id, tx);
	});
	return id;
}

function asking(trace: Trace, world: Pick<World, 'queue'>): Trace {
	return async (id, tx) => {
		await trace(id, tx);
		await world.queue.add(tx, 'watch.rebuild', {}, 'watch.rebuild');
	};
}

/** Takes a decision back and replays the ledger without it; the decision stays on record. */
export async function withdrawOverrule(id: string, world: Pick<World, 'db' | 'clock'>): Promise<Rebuilt> {
	await takeBack(id, async () => {}, world);
	return rebuild(world);
}

/** As `withdrawOverrule`, for those who cannot wait for the ledger: a job makes it. */
export async function withdrawAside(
	id: string,
	trace: Trace,
	world: Pick<World, 'db' | 'clock' | 'queue'>,
): Promise<void> {
	await takeBack(id, asking(trace, world), world);
}

async function takeBack(id: string, then: Trace, world: Pick<World, 'db' | 'clock'>): Promise<void> {
	await world.db.as(SYSTEM, async (tx) => {
		const done = await sql`
			update watch_overrule set withdrawn_at = ${world.clock.now()} where id::text = ${id} and withdrawn_at is null`.execute(
			tx,
		);
		if (done.numAffectedRows !== 1n) {
			throw new NotFound(`No standing decision has the id ${id}. See \`citycompact watch overrules\`.`);
		}
		await then(id, tx);
	});
}

export async function overrules(world: Pick<World, 'db'>): Promise<Ruling[]> {
	const rows = await world.db.as(VISITOR, (tx) =>
		tx.selectFrom('watch_overrule').selectAll().orderBy('made_at').orderBy('id').execute(),
	);
	return rows.map((row) => ({
		id: row.id,
		kind: row.kind as Overrule['kind'],
		subject: row.subject as object,
		reason: row.reason,
		author: row.author,
		madeAt: isoSecond(row.made_at),
		withdrawnAt: row.withdrawn_at && isoSecond(row.withdrawn_at),
	}));
}

/** The decision that somebody wishes for: agreements, which they name by id, as the lists print them. Throws `NotFound`. */
export async function decisionOf(wish: Wish, reason: string, world: Pick<World, 'db'>): Promise<Decision> {
	switch (wish.kind) {
		case 'merge':
			return {
				kind: wish.kind,
				reason,
				from: await printedAs(wish.agreement, world),
				into: await printedAs(wish.into, world),
			};
		case 'date':
			return { kind: wish.kind, reason, row: await printedAs(wish.agreement, world), day: wish.day };
		case 'removal':
			return { kind: wish.kind, reason, row: await printedAs(wish.agreement, world) };
		default:
			return { ...wish, reason };
	}
}

/** How the latest list that holds an agreement prints it: what a decision about it points at. Throws `NotFound`. */
async function printedAs(agreementId: string, world: Pick<World, 'db'>): Promise<Printed> {
	const row = await agreement(agreementId, world);
	if (!row) throw new NotFound(`No agreement has the id ${agreementId}. See \`citycompact watch agreements\`.`);
	const { state, agency, model, signed } = row;
	return { state, agency, model, signed };
}

async function demandList(sha256: string, tx: Tx): Promise<void> {
	const found = await tx.selectFrom('watch_list').select('sha256').where('sha256', '=', sha256).executeTakeFirst();
	if (!found) throw new NotFound(`No list has the SHA-256 ${sha256}. See \`citycompact watch lists\`.`);
}
