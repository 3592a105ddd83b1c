import { type RawBuilder, sql } from 'kysely';
import { type Actor, VISITOR } from '#access/actor.ts';
import { type Day, dayAt, isoSecond } from '#kernel/day.ts';
import { STATES } from '#places/states.ts';
import type { Tx, World } from '#platform/world.ts';
import type { LawDraft, LawHere, LawRecord, LawState } from './record.ts';

/** Records of one answer: some for each state. */
const MOST = 2_000;

export interface LawFilter {
	/** Postal code or `US`. */
	readonly jurisdiction: string | null;
	readonly state: LawState | null;
	/** Id of the last record of an earlier answer. */
	readonly after: string | null;
}

/**
 * Reviewed records for a reader in a state, for whoever asks: drafts are never among them, nor what was withdrawn.
 * @param code postal code; null, or one that no state has, where the state is not known
 */
export async function lawFor(code: string | null, world: Pick<World, 'db' | 'clock'>): Promise<LawHere> {
	const state = stateNamed(code);
	const found = await world.db.as(VISITOR, (tx) =>
		read(sql`${STANDING} and l.jurisdiction in ('US', ${state?.code ?? 'US'})`, MOST, dayAt(world.clock.now()), tx),
	);
	return {
		state,
		records: state ? found.filter(({ jurisdiction }) => jurisdiction === state.code).map(shown) : [],
		federal: found.filter(({ jurisdiction }) => jurisdiction === 'US').map(shown),
	};
}

/** Records that a filter leaves, for readers: reviewed ones, and those that were withdrawn after their review. By jurisdiction, then age. */
export async function lawRecords(
	filter: LawFilter,
	limit: number,
	world: Pick<World, 'db' | 'clock'>,
): Promise<LawRecord[]> {
	const found = await lawDrafts(filter, VISITOR, world, limit);
	return found.map(shown);
}

/** The same for an actor: editors also get drafts, and what only editors see. The walls decide. */
export async function lawDrafts(
	filter: LawFilter,
	actor: Actor,
	world: Pick<World, 'db' | 'clock'>,
	limit = MOST,
): Promise<LawDraft[]> {
	const parts = [sql`true`];
	if (filter.jurisdiction) parts.push(sql`l.jurisdiction = ${filter.jurisdiction}`);
	if (filter.state) parts.push(IS[filter.state]);
	if (filter.after)
		parts.push(sql`(l.jurisdiction, l.added_at, l.id) > (
			select b.jurisdiction, b.added_at, b.id from law_record b where b.id::text = ${filter.after})`);
	return world.db.as(actor, (tx) => read(sql.join(parts, sql` and `), limit, dayAt(world.clock.now()), tx));
}

/** One record as an actor may see it; null where there is none for this actor. */
export async function lawRecord(
	id: string,
	actor: Actor,
	world: Pick<World, 'db' | 'clock'>,
): Promise<LawDraft | null> {
	const [found] = await world.db.as(actor, (tx) => read(sql`l.id::text = ${id}`, 1, dayAt(world.clock.now()), tx));
	return found ?? null;
}

function stateNamed(code: string | null): LawHere['state'] {
	const found = STATES.find((one) => one.code === code?.toUpperCase());
	return found ? { code: found.code, name: found.name } : null;
}

const STANDING = sql`l.reviewed_at is not null and l.withdrawn_at is null`;
const IS: Readonly<Record<LawState, RawBuilder<unknown>>> = {
	unreviewed: sql`l.reviewed_at is null and l.withdrawn_at is null`,
	reviewed: STANDING,
	withdrawn: sql`l.withdrawn_at is not null`,
};

interface Stored {
	id: string;
	jurisdiction: string;
	statement_en: string;
	statement_es: string | null;
	citation: string;
	address: string | null;
	as_of: Day;
	review_due: Day;
	note: string | null;
	added_by: string;
	added_at: Date;
	reviewed_by: string | null;
	reviewed_at: Date | null;
	withdrawn_at: Date | null;
	withdrawn_reason: string | null;
}

async function read(where: RawBuilder<unknown>, limit: number, today: Day, tx: Tx): Promise<LawDraft[]> {
	const { rows } = await sql<Stored>`
		select l.* from law_record l where ${where} order by l.jurisdiction, l.added_at, l.id
		limit ${Math.min(limit, MOST)}`.execute(tx);
	return rows.map((row) => ({
		id: row.id,
		jurisdiction: row.jurisdiction,
		statement: { en: row.statement_en, es: row.statement_es },
		citation: row.citation,
		address: row.address,
		asOf: row.as_of,
		reviewDue: row.review_due,
		state: row.withdrawn_at ? 'withdrawn' : row.reviewed_at ? 'reviewed' : 'unreviewed',
		reviewer: row.reviewed_by,
		reviewedAt: row.reviewed_at && isoSecond(row.reviewed_at),
		withdrawnAt: row.withdrawn_at && isoSecond(row.withdrawn_at),
		withdrawnReason: row.withdrawn_reason,
		overdue: row.review_due < today,
		note: row.note,
		addedBy: row.added_by,
		addedAt: isoSecond(row.added_at),
	}));
}

/** Without what only editors see. */
function shown({ note: _note, addedBy: _by, addedAt: _at, ...record }: LawDraft): LawRecord {
	return record;
}
