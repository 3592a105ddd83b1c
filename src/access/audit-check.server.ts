import { CompiledQuery } from 'kysely';
import type { ClientBase } from 'pg';
import type { World } from '#platform/world.ts';
import type { Actor } from './actor.ts';
import { beginning, type Chain, ending, type Fault, type Field, follow, type Link, type Noted } from './chain.ts';

/** A chain that was followed from its first entry to its last. */
export interface Checked extends Noted {
	readonly room: Chain['room'];
	/** What does not hold; null where all does. */
	readonly fault: Fault | null;
}

type Ask = <Row>(text: string, values: readonly unknown[]) => Promise<readonly Row[]>;

/** Entries read at once: some hundred kilobytes. */
const AT_ONCE = 500;
/** One moment for all that is read, so that an entry added meanwhile is no fault. */
const ONE_MOMENT = 'set transaction isolation level repeatable read';

/** Follows the chains of the rooms that the actor is in. */
export async function checkOwn(actor: Actor, { db }: Pick<World, 'db'>): Promise<readonly Checked[]> {
	return db.as(actor, async (tx) => {
		await tx.executeQuery(CompiledQuery.raw(ONE_MOMENT));
		const ask: Ask = async <Row>(text: string, values: readonly unknown[]) =>
			(await tx.executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows;
		return check(ask, []);
	});
}

/**
 * Follows every chain there is, past the walls, and holds each to its end as it was noted earlier. What it gives names
 * chains by their ids alone: not whose they are, and nothing of what is in them.
 * @param session the owner's, in no transaction
 */
export async function checkAll(noted: readonly Noted[], session: ClientBase): Promise<readonly Checked[]> {
	await session.query('begin read only');
	try {
		await session.query(ONE_MOMENT);
		await session.query(`set local compact.role = 'maintenance'`);
		return await check(async (text, values) => (await session.query(text, [...values])).rows, noted);
	} finally {
		await session.query('rollback');
	}
}

async function check(ask: Ask, noted: readonly Noted[]): Promise<readonly Checked[]> {
	const chains = await ask<Chain>(
		'select id, owner_city as owner, room, entries, head from audit_chain order by id',
		[],
	);
	const earlier = new Map(noted.map((one) => [one.id, one]));
	const found: Checked[] = [];
	for (const chain of chains) {
		const fault = await faultOf(chain, earlier.get(chain.id), ask);
		found.push({ id: chain.id, room: chain.room, entries: chain.entries, head: chain.head, fault });
		earlier.delete(chain.id);
	}
	const gone = [...earlier.values()].map((one) => ({ ...one, room: 'city' as const, fault: GONE }));
	return [...found, ...gone];
}

const GONE: Fault = { kind: 'cut', position: 1 };

async function faultOf(chain: Chain, noted: Noted | undefined, ask: Ask): Promise<Fault | null> {
	let so = beginning(chain);
	for (let last = 0; ; ) {
		const links = await ask<Link & { fields: readonly Field[] }>(
			`select position, at, action, subject, role, seat, seals, hash,
				(select coalesce(jsonb_agg(jsonb_build_object('field', field, 'value', value, 'salt', salt)), '[]')
					from audit_personal p where p.chain_id = e.chain_id and p.position = e.position) as fields
			from audit_entry e where chain_id = $1 and position > $2 order by position limit ${AT_ONCE}`,
			[chain.id, last],
		);
		for (const link of links) so = follow(chain, so, link, link.fields, noted);
		last = links.at(-1)?.position ?? last;
		if (links.length < AT_ONCE || so.fault) return ending(chain, so, noted);
	}
}
