import { type RawBuilder, sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import { type Day, isoSecond } from '#kernel/day.ts';
import type { Tx, World } from '#platform/world.ts';
import type { Standing } from './agreement.ts';
import { currentId } from './alias.server.ts';
import { concerns } from './area.server.ts';
import { BATCH, inBatches } from './batch.server.ts';
import { words } from './events.server.ts';
import type { Model } from './model.ts';
import type { AgreementView } from './reading.ts';

export interface AgreementFilter {
	/** Words of an agency's name, a county or a state, any case. */
	readonly q: string | null;
	readonly state: string | null;
	readonly model: Model | null;
	readonly standing: Standing | null;
	/** Id of an agency. */
	readonly agency: string | null;
	/** Id of a place, as for events. */
	readonly place: string | null;
	/** Id of the last agreement of an earlier answer. */
	readonly after: string | null;
}

/** Agreements the lists ever held, by state, agency, model and signing date. Throws `Invalid` for an `after` that is none. */
export async function* agreements(
	filter: AgreementFilter,
	world: Pick<World, 'db'>,
	batch = BATCH,
): AsyncGenerator<AgreementView> {
	const reading = {
		find: async (id: string, tx: Tx) => (await select(sql`g.id = ${id}`, 1, tx)).rows[0],
		read: async (last: Stored | null, tx: Tx) =>
			(await select(sql`${matching(filter)} and ${beyond(last)}`, batch, tx)).rows,
	};
	for await (const row of inBatches(filter.after, reading, world, batch)) yield view(row);
}

/** One agreement by its id or a former one; null where there is none. */
export async function agreement(id: string, world: Pick<World, 'db'>): Promise<AgreementView | null> {
	const found = await world.db.as(VISITOR, (tx) => select(sql`g.id = ${currentId(id)}`, 1, tx));
	return found.rows[0] ? view(found.rows[0]) : null;
}

interface Stored {
	id: string;
	former_ids: string[];
	agency_id: string;
	agency: string;
	state: string;
	state_code: string;
	county: string | null;
	model: Model;
	signed: Day | null;
	first_listed: Date;
	last_listed: Date;
	standing: Standing;
	moa: string | null;
	addendum: string | null;
	sha256: string;
	row: number;
	file: string;
}

function select(where: RawBuilder<unknown>, limit: number, tx: Tx) {
	return sql<Stored>`
		select g.*, a.name as agency, a.state, a.state_code, a.county, s.name as file,
			array(select former_id from watch_alias where id = g.id order by former_id) as former_ids
		from watch_agreement g join watch_agency a on a.id = g.agency_id
		left join lateral (
			select name from watch_sighting where sha256 = g.sha256 order by name limit 1) s on true
		where ${where} order by a.state, a.name, g.model, coalesce(g.signed, 'infinity'), g.id limit ${limit}`.execute(tx);
}

function beyond(last: Stored | null): RawBuilder<unknown> {
	if (!last) return sql`true`;
	return sql`(a.state, a.name, g.model, coalesce(g.signed, 'infinity'), g.id)
		> (${last.state}::text, ${last.agency}::text, ${last.model}::text, ${last.signed ?? 'infinity'}::date, ${last.id}::text)`;
}

function matching(filter: AgreementFilter): RawBuilder<unknown> {
	const parts = [sql`true`];
	if (filter.state) parts.push(sql`a.state_code = ${filter.state}`);
	if (filter.model) parts.push(sql`g.model = ${filter.model}`);
	if (filter.standing) parts.push(sql`g.standing = ${filter.standing}`);
	if (filter.agency) parts.push(sql`g.agency_id = ${filter.agency}`);
	if (filter.place) parts.push(concerns(sql`g.agency_id`, filter.place));
	for (const word of words(filter.q)) {
		parts.push(sql`concat_ws(' ', array_to_string(a.names, ' '), a.state, a.county) ilike ${word}`);
	}
	return sql.join(parts, sql` and `);
}

function view(row: Stored): AgreementView {
	return {
		id: row.id,
		formerIds: row.former_ids,
		agencyId: row.agency_id,
		agency: row.agency,
		state: row.state,
		stateCode: row.state_code,
		county: row.county,
		model: row.model,
		signed: row.signed,
		firstListed: isoSecond(row.first_listed),
		lastListed: isoSecond(row.last_listed),
		standing: row.standing,
		moa: row.moa,
		addendum: row.addendum,
		sha256: row.sha256,
		row: row.row,
		file: row.file,
	};
}
