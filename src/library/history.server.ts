import { sql } from 'kysely';
import { type Day, isoSecond } from '#kernel/day.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
import { append } from '#platform/journal.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { isSlug } from './address.ts';
import { isWebAddress, line } from './line.ts';
import type { Fact, FactKind, RelationKind } from './policy.ts';

/** A source must say more than a word. */
export const SHORTEST_SOURCE = 4;

/**
 * Adds what a source says became of a policy on a day, and tells the id; the same said again by the same source changes
 * nothing. `silent` leaves the journal alone: what comes along is no news. Throws `Invalid` where there is no source.
 */
export async function addFact(
	workId: string,
	fact: Omit<Fact, 'id'>,
	by: string,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
	{ silent = false } = {},
): Promise<string> {
	const source = sourced(fact.source);
	const sourceAddress = addressed(fact.sourceAddress);
	const note = fact.note === null ? null : line(fact.note) || null;
	const known = await sql<{ id: string }>`
		select id from library_fact where work_id = ${workId} and kind = ${fact.kind} and day = ${fact.day}
			and source = ${source} and withdrawn_at is null`.execute(tx);
	if (known.rows[0]) return known.rows[0].id;
	const id = world.random.uuid();
	await sql`
		insert into library_fact (work_id, id, kind, day, source, source_address, note, author, at)
		values (${workId}, ${id}, ${fact.kind}, ${fact.day}, ${source}, ${sourceAddress}, ${note}, ${by},
			${world.clock.now()})`.execute(tx);
	if (!silent)
		await append([{ noun: 'library', kind: 'fact_added', subject: id, at: world.clock.now(), historic: false }], tx);
	return id;
}

/** How a policy stands to another, as a source says. */
export interface NewRelation {
	readonly kind: RelationKind;
	/** Address of the other where it is on the shelf, else its name as people cite it. */
	readonly other: string;
	readonly source: string;
	readonly sourceAddress: string | null;
}

/** Adds how a policy stands to another; the same said again changes nothing. */
export async function addRelation(
	workId: string,
	relation: NewRelation,
	by: string,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
	{ silent = false } = {},
): Promise<string> {
	const source = sourced(relation.source);
	const sourceAddress = addressed(relation.sourceAddress);
	const other = line(relation.other);
	if (other === '') throw new Invalid('Say which policy it stands to: an address of this library, or its name.');
	const self = await sql`select from library_work where id = ${workId} and address = ${other}`.execute(tx);
	if (self.rows.length > 0) throw new Invalid('A policy stands in no relation to itself. Name the other one.');
	if (/^[a-z0-9-]+(\/[a-z0-9-]+)+$/.test(other) && !silent) {
		const there = await sql`select from library_work where address = ${other}`.execute(tx);
		if (there.rows.length === 0)
			throw new Invalid(
				`Nothing stands at ${other}. Check the address, or give the name of the other policy where it is not on this shelf.`,
			);
	}
	const known = await sql<{ id: string }>`
		select id from library_relation where work_id = ${workId} and kind = ${relation.kind} and other = ${other}
			and withdrawn_at is null`.execute(tx);
	if (known.rows[0]) return known.rows[0].id;
	const id = world.random.uuid();
	await sql`
		insert into library_relation (work_id, id, kind, other_id, other, source, source_address, author, at)
		values (${workId}, ${id}, ${relation.kind}, (select id from library_work where address = ${other} and id <> ${workId}),
			${other}, ${source}, ${sourceAddress}, ${by}, ${world.clock.now()})`.execute(tx);
	if (!silent)
		await append(
			[{ noun: 'library', kind: 'relation_added', subject: id, at: world.clock.now(), historic: false }],
			tx,
		);
	return id;
}

/**
 * Takes back a fact or a relation of a policy that was wrong; it stays in the tables with the reason. Throws `NotFound`,
 * and `Conflict` where it was taken back before.
 */
export async function withdraw(
	workId: string,
	id: string,
	reason: string,
	by: string,
	world: Pick<World, 'clock'>,
	tx: Tx,
	{ silent = false } = {},
): Promise<void> {
	if (reason.trim() === '') throw new Invalid('Say why it is withdrawn.');
	const at = world.clock.now();
	for (const table of ['library_fact', 'library_relation'] as const) {
		const { rows } = await sql<{ withdrawn_at: Date | null }>`
			select withdrawn_at from ${sql.table(table)} where work_id = ${workId} and id::text = ${id} for update`.execute(
			tx,
		);
		if (!rows[0]) continue;
		if (rows[0].withdrawn_at) throw new Conflict('It was withdrawn before.');
		await sql`
			update ${sql.table(table)} set withdrawn_at = ${at}, withdrawn_by = ${by}, withdrawn_reason = ${reason.trim()}
			where work_id = ${workId} and id::text = ${id}`.execute(tx);
		const kind = table === 'library_fact' ? 'fact_withdrawn' : 'relation_withdrawn';
		if (!silent) await append([{ noun: 'library', kind, subject: id, at, historic: false }], tx);
		return;
	}
	throw new NotFound(
		`This policy has no fact or relation ${id}. \`citycompact library show\` lists them with their ids.`,
	);
}

/** A fact or relation as it is kept, also one that was withdrawn. */
export interface Statement {
	readonly id: string;
	readonly kind: FactKind | RelationKind;
	/** Null for a relation. */
	readonly day: Day | null;
	/** The other policy of a relation: its address where it is on the shelf, else its name; null for a fact. */
	readonly other: string | null;
	readonly source: string;
	readonly source_address: string | null;
	readonly note: string | null;
	readonly author: string;
	readonly at: string;
	readonly withdrawn_at: string | null;
	readonly withdrawn_reason: string | null;
}

/** Everything that was ever said of a policy, facts by day and then relations. */
export async function statements(workId: string, tx: Tx): Promise<readonly Statement[]> {
	const { rows } = await sql<Omit<Statement, 'at' | 'withdrawn_at'> & { at: Date; withdrawn_at: Date | null }>`
		select id, kind, day, null as other, source, source_address, note, author, at, withdrawn_at, withdrawn_reason
		from library_fact where work_id = ${workId}
		union all
		select r.id, r.kind, null, coalesce(o.address, r.other), r.source, r.source_address, null, r.author, r.at,
			r.withdrawn_at, r.withdrawn_reason
		from library_relation r left join library_work o on o.id = r.other_id where r.work_id = ${workId}
		order by day nulls last, at, id`.execute(tx);
	return rows.map(({ at, withdrawn_at, ...row }) => ({
		...row,
		at: isoSecond(at),
		withdrawn_at: withdrawn_at && isoSecond(withdrawn_at),
	}));
}

/**
 * Gives a policy another address; the former one leads there for good. Throws `Invalid` for what is no end of an address,
 * and `Conflict` where another policy has it or had it.
 */
export async function moveWork(workId: string, slug: string, world: Pick<World, 'clock'>, tx: Tx): Promise<string> {
	if (!isSlug(slug))
		throw new Invalid(`${slug} cannot be the end of an address. Use small letters, digits and hyphens.`);
	const { rows } = await sql<{ address: string }>`
		select address from library_work where id = ${workId} for update`.execute(tx);
	const former = rows[0]?.address;
	if (former === undefined) throw new NotFound('There is no such policy.');
	const address = `${former.slice(0, former.lastIndexOf('/'))}/${slug}`;
	if (address === former) throw new Conflict('It has this address already.');
	const taken = await sql`
		select from library_work where address = ${address}
		union all select from library_work_alias where former_address = ${address} and work_id <> ${workId}`.execute(tx);
	if (taken.rows.length > 0) throw new Conflict(`${address} leads to another policy. Choose another end.`);
	await sql`delete from library_work_alias where former_address = ${address}`.execute(tx);
	await sql`update library_work set address = ${address} where id = ${workId}`.execute(tx);
	await sql`
		insert into library_work_alias (former_address, work_id, at)
		values (${former}, ${workId}, ${world.clock.now()})`.execute(tx);
	await append([{ noun: 'library', kind: 'work_moved', subject: workId, at: world.clock.now(), historic: false }], tx);
	return address;
}

/** Takes a policy from the shelf that should never have come in; its page stays and tells the reason. */
export async function withdrawWork(
	workId: string,
	reason: string,
	by: string,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<void> {
	if (reason.trim() === '') throw new Invalid('Say why it is taken from the shelf.');
	const at = world.clock.now();
	const done = await sql`
		update library_work set withdrawn_at = ${at}, withdrawn_by = ${by}, withdrawn_reason = ${reason.trim()}
		where id = ${workId} and withdrawn_at is null returning id`.execute(tx);
	if (done.rows.length === 0) throw new Conflict('It was taken from the shelf before.');
	await append([{ noun: 'library', kind: 'work_withdrawn', subject: workId, at, historic: false }], tx);
}

function sourced(source: string): string {
	const text = line(source);
	if (text.length < SHORTEST_SOURCE)
		throw new Invalid('Say what says so, as people cite it: "Local Law 58 of 2014, section 4".');
	return text;
}

function addressed(address: string | null): string | null {
	if (address !== null && !isWebAddress(address))
		throw new Invalid(`${line(address)} is no address of a page. It begins with https://.`);
	return address;
}
