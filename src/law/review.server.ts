import { sql } from 'kysely';
import { OPERATOR } from '#access/actor.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
import { STATES } from '#places/states.ts';
import { append } from '#platform/journal.server.ts';
import type { Tx, World } from '#platform/world.ts';
import type { NewLaw } from './record.ts';

/** Longest statement: what is longer is several records. */
const LONGEST = 2_000;
const LONGEST_NAME = 120;

/**
 * Keeps drafts, which editors alone see. One with the key of a draft that is there changes nothing.
 * Throws `Invalid` for the first that cannot be kept; then none is.
 * @returns ids of the new ones
 */
export async function addLaw(
	drafts: readonly NewLaw[],
	by: string,
	world: Pick<World, 'db' | 'clock' | 'random'>,
): Promise<readonly string[]> {
	const who = named(by, 'Say who adds this: --by "…".');
	for (const draft of drafts) demandWhole(draft);
	return world.db.as(OPERATOR, async (tx) => {
		const made: string[] = [];
		for (const draft of drafts) {
			const id = world.random.uuid();
			const done = await sql`
				insert into law_record (id, jurisdiction, statement_en, statement_es, citation, address, as_of, review_due, note,
					draft_key, added_by, added_at)
				values (${id}, ${draft.jurisdiction}, ${draft.statement.en.trim()}, ${draft.statement.es?.trim() || null},
					${draft.citation.trim()}, ${draft.address}, ${draft.asOf}, ${draft.reviewDue}, ${draft.note}, ${draft.key}, ${who},
					${world.clock.now()})
				on conflict (draft_key) do nothing`.execute(tx);
			if (done.numAffectedRows === 1n) made.push(id);
		}
		return made;
	});
}

/**
 * A named attorney says that a draft is what the primary text says: it leaves the editors' room. Throws `NotFound` where
 * there is no such record, `Conflict` where it is no draft, `Invalid` without a full name or the address of the primary text.
 */
export async function reviewLaw(id: string, attorney: string, world: Pick<World, 'db' | 'clock'>): Promise<void> {
	const who = named(attorney, 'Name the attorney who checked the primary text: --attorney "First Last, Office".');
	if (!/\p{L}+\s+\p{L}/u.test(who))
		throw new Invalid(`“${who}” is not the full name of a person. A record is public only under an attorney's name.`);
	await world.db.as(OPERATOR, async (tx) => {
		const found = await held(id, tx);
		if (found.withdrawn_at) throw new Conflict('This record was withdrawn. Add a new one.');
		if (found.reviewed_by)
			throw new Conflict(`${found.reviewed_by} reviewed this record already. Nothing was changed.`);
		if (found.address === null)
			throw new Invalid('This draft has no address of the primary text. Add it anew with --address before the review.');
		await sql`
			update law_record set reviewed_by = ${who}, reviewed_at = ${world.clock.now()}, room = 'public'
			where id = ${found.id}`.execute(tx);
		await journal('law_reviewed', found.id, world, tx);
	});
}

/** Takes a record back with the reason. What was public stays readable with it; a draft stays with the editors. Throws `NotFound`, `Conflict`. */
export async function withdrawLaw(
	id: string,
	reason: string,
	by: string,
	world: Pick<World, 'db' | 'clock'>,
): Promise<void> {
	const who = named(by, 'Say who withdraws this: --by "…".');
	const why = reason.trim();
	if (why === '' || why.length > LONGEST)
		throw new Invalid(`Give the reason, in at most ${LONGEST} characters that can be shown beside the record.`);
	await world.db.as(OPERATOR, async (tx) => {
		const found = await held(id, tx);
		if (found.withdrawn_at) throw new Conflict('This record was withdrawn before. Nothing was changed.');
		await sql`
			update law_record set withdrawn_by = ${who}, withdrawn_at = ${world.clock.now()}, withdrawn_reason = ${why}
			where id = ${found.id}`.execute(tx);
		if (found.reviewed_by) await journal('law_withdrawn', found.id, world, tx);
	});
}

interface Held {
	id: string;
	address: string | null;
	reviewed_by: string | null;
	withdrawn_at: Date | null;
}

async function held(id: string, tx: Tx): Promise<Held> {
	const { rows } = await sql<Held>`
		select id, address, reviewed_by, withdrawn_at from law_record where id::text = ${id} for update`.execute(tx);
	if (!rows[0]) throw new NotFound(`No record has the id ${id}. See \`citycompact law list\`.`);
	return rows[0];
}

function demandWhole({ jurisdiction, statement, citation, address, asOf, reviewDue }: NewLaw): void {
	if (jurisdiction !== 'US' && !STATES.some(({ code }) => code === jurisdiction))
		throw new Invalid(`${jurisdiction.slice(0, 40)} is no jurisdiction. Give the postal code of a state, or US.`);
	for (const text of [statement.en, citation])
		if (text.trim() === '' || text.length > LONGEST)
			throw new Invalid(`Statement and citation take 1 to ${LONGEST} characters each.`);
	if (address !== null && !/^https?:\/\/[^\s<>"]+$/.test(address))
		throw new Invalid(`${address.slice(0, 80)} is no web address of the primary text. Begin it with https://.`);
	if (reviewDue <= asOf) throw new Invalid('The day the review is due lies after the day the law was looked at.');
}

function named(name: string, otherwise: string): string {
	const who = name.replace(/\s+/g, ' ').trim();
	if (who === '' || who.length > LONGEST_NAME) throw new Invalid(otherwise);
	return who;
}

async function journal(kind: string, subject: string, world: Pick<World, 'clock'>, tx: Tx): Promise<void> {
	await append([{ noun: 'law', kind, subject, at: world.clock.now(), historic: false }], tx);
}
