import { type RawBuilder, sql } from 'kysely';
import { type Day, isoSecond } from '#kernel/day.ts';
import { Invalid } from '#kernel/error.ts';
import type { Tx } from '#platform/world.ts';
import { versionAddress } from './address.ts';
import type { FactKind, Instrument, TextLanguage } from './policy.ts';

/** What can happen on the shelf that readers are told of. */
export const CHANGE_KINDS = [
	'version_added',
	'version_read_again',
	'fact_added',
	'fact_withdrawn',
	'protection_confirmed',
	'protection_withdrawn',
	'policy_withdrawn',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Something that was added to the shelf or changed on it. */
export interface Change {
	/** `version_added.` and the id of what it is about, with a number where it can happen again. */
	readonly id: string;
	readonly kind: ChangeKind;
	/** ISO instant. */
	readonly at: string;
	/** Path below /library of the page that shows it. */
	readonly address: string;
	/** Of the policy. */
	readonly title: string;
	readonly instrument: Instrument;
	/** Name of its place; null for the coalition's own. */
	readonly place: string | null;
	readonly stateCode: string | null;
	readonly sample: boolean;
	/** Day of the version or of the fact; null for a policy that was withdrawn. */
	readonly day: Day | null;
	readonly fact: FactKind | null;
	/** Code of the protection. */
	readonly code: string | null;
	/** Source of a fact, words of a protection, or the reason of a withdrawal. */
	readonly words: string | null;
}

export interface ChangeFilter {
	readonly kind: ChangeKind | null;
	/** Postal code. */
	readonly state: string | null;
	/** OCD id: policies of the place itself. */
	readonly place: string | null;
	readonly instrument: Instrument | null;
	/** Id of the last change of an earlier answer. */
	readonly after: string | null;
}

/** Changes, latest first. Throws `Invalid` where the one to go on behind is not there. */
export async function changes(filter: ChangeFilter, limit: number, tx: Tx): Promise<Change[]> {
	const parts: RawBuilder<unknown>[] = [sql`true`];
	if (filter.kind) parts.push(sql`c.kind = ${filter.kind}`);
	if (filter.state) parts.push(sql`w.state_code = ${filter.state}`);
	if (filter.place) parts.push(sql`w.place_id = ${filter.place}`);
	if (filter.instrument) parts.push(sql`w.instrument = ${filter.instrument}`);
	if (filter.after) {
		const { rows } = await sql<{ at: string }>`
			select c.at::text from (${HAPPENED}) c where c.key = ${filter.after} limit 1`.execute(tx);
		if (!rows[0])
			throw new Invalid('There is no such change to go on after. Leave `after` out to begin at the latest.');
		parts.push(sql`(c.at, c.key) < (${rows[0].at}::timestamptz, ${filter.after})`);
	}
	const { rows } = await sql<Stored>`
		select c.*, w.address as work_address, w.language as work_language, w.title, w.instrument, w.state_code, w.sample,
			p.name as place, e.day as version_day, e.nth, e.language
		from (${HAPPENED}) c
		join library_work w on w.id = c.work_id
		left join place p on p.id = w.place_id
		left join library_expression e on e.work_id = c.work_id and e.id = c.expression_id
		where ${sql.join(parts, sql` and `)} order by c.at desc, c.key desc limit ${limit}`.execute(tx);
	return rows.map(changeIn);
}

/** One row for whatever happened, from what is kept of it; that a file was read again stands in the journal alone. */
const HAPPENED = sql`
	select 'version_added' as kind, 'version_added.' || id as key, added_at as at, work_id, id as expression_id,
		null as e_id, null::date as day, null as fact, null as code, null as words
	from library_expression
	union all
	select 'version_read_again', 'version_read_again.' || j.position, j.at, e.work_id, e.id, null, null, null, null, null
	from journal j join library_expression e on e.id::text = j.subject
	where j.noun = 'library' and j.kind = 'version_read_again'
	union all
	select 'fact_added', 'fact_added.' || id, at, work_id, null, null, day, kind, null, source from library_fact
	union all
	select 'fact_withdrawn', 'fact_withdrawn.' || id, withdrawn_at, work_id, null, null, day, kind, null, withdrawn_reason
	from library_fact where withdrawn_at is not null
	union all
	select 'protection_confirmed', 'protection_confirmed.' || id, confirmed_at, work_id, expression_id, e_id, null, null,
		code, words
	from library_coding where confirmed_at is not null
	union all
	select 'protection_withdrawn', 'protection_withdrawn.' || id, withdrawn_at, work_id, expression_id, e_id, null, null,
		code, withdrawn_reason
	from library_coding where confirmed_at is not null and withdrawn_at is not null
	union all
	select 'policy_withdrawn', 'policy_withdrawn.' || id, withdrawn_at, id, null, null, null, null, null, withdrawn_reason
	from library_work where withdrawn_at is not null`;

interface Stored {
	kind: ChangeKind;
	key: string;
	at: Date;
	e_id: string | null;
	day: Day | null;
	fact: FactKind | null;
	code: string | null;
	words: string | null;
	work_address: string;
	work_language: TextLanguage;
	title: string;
	instrument: Instrument;
	state_code: string | null;
	sample: boolean;
	place: string | null;
	version_day: Day | null;
	nth: number | null;
	language: TextLanguage | null;
}

function changeIn(row: Stored): Change {
	const { version_day: day, nth, language, work_address: address } = row;
	const of =
		day && nth && language ? versionAddress({ address, language: row.work_language }, { day, nth, language }) : address;
	return {
		id: row.key,
		kind: row.kind,
		at: isoSecond(row.at),
		address: row.e_id === null ? of : `${of}/${row.e_id}`,
		title: row.title,
		instrument: row.instrument,
		place: row.place,
		stateCode: row.state_code,
		sample: row.sample,
		day: row.day ?? day,
		fact: row.fact,
		code: row.code,
		words: row.words,
	};
}
