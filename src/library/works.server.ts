import { type RawBuilder, sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import { type Day, dayAt } from '#kernel/day.ts';
import { Invalid } from '#kernel/error.ts';
import type { Place } from '#places/place.ts';
import type { Tx, World } from '#platform/world.ts';
import type { FactKind, Instrument, Standing, TextLanguage } from './policy.ts';
import { standingJoin, standingOf, standsAs } from './standing.server.ts';
import type { WorkLine } from './view.ts';

export interface WorkFilter {
	/** OCD id of a place: its own policies, not those of places inside it. */
	readonly place: string | null;
	/** Postal code. */
	readonly state: string | null;
	readonly instrument: Instrument | null;
	/** Where it stands on `day`; null for any. */
	readonly standing: Standing | null;
	/** The day that standings are told of. */
	readonly day: Day;
	/** Has a version in this language. */
	readonly language: TextLanguage | null;
	/** True: the coalition's own policies; false: those of places; null: both. */
	readonly coalition: boolean | null;
	/** Invented ones only, real ones only, or both. */
	readonly sample: boolean | null;
	/** Also those that were withdrawn from the shelf. */
	readonly withdrawn: boolean;
	/** Id of the last policy of an earlier answer. */
	readonly after: string | null;
}

/** Every policy on the shelf as of a day. */
export function everyWork(day: Day): WorkFilter {
	return {
		place: null,
		state: null,
		instrument: null,
		standing: null,
		day,
		language: null,
		coalition: null,
		sample: null,
		withdrawn: false,
		after: null,
	};
}

/** Policies of one batch: a few milliseconds of one session. */
const BATCH = 1_000;

/**
 * Policies by address, read in short transactions, so that neither memory nor a session is held while a reader is slow.
 * Throws `Invalid` where the policy to begin behind is not there.
 */
export async function* works(filter: WorkFilter, world: Pick<World, 'db'>, batch = BATCH): AsyncGenerator<WorkLine> {
	let last: string | null = null;
	for (;;) {
		const from: string | null = last;
		const rows: readonly WorkLine[] = await world.db.as(VISITOR, async (tx) => {
			const begin = from ?? (filter.after === null ? null : await addressOf(filter.after, tx));
			const beyond = begin === null ? sql`true` : sql`w.address > ${begin}`;
			return workLines(sql`${matching(filter)} and ${beyond}`, filter.day, batch, tx);
		});
		yield* rows;
		if (rows.length < batch) return;
		last = rows.at(-1)?.address ?? null;
	}
}

/** Policies in lines by address, those that a condition on `w` (library_work), `p` (place) and `s` (standing) leaves. */
export async function workLines(
	where: RawBuilder<unknown>,
	day: Day,
	limit: number,
	tx: Tx,
): Promise<readonly WorkLine[]> {
	const { rows } = await sql<StoredLine>`
		select w.id, w.address, w.title, w.number, w.instrument, w.form, w.language, w.sample, w.withdrawn_at,
			w.withdrawn_reason, s.fact, s.since, case when p.id is null then null else jsonb_build_object('id', p.id, 'kind', p.kind,
				'name', p.name, 'stateCode', p.state_code, 'geoid', p.geoid, 'slug', p.slug, 'legacy', p.legacy, 'at',
				case when p.latitude is null or p.longitude is null then null
					else jsonb_build_object('latitude', p.latitude, 'longitude', p.longitude) end, 'sample', p.sample) end as place
		from library_work w left join place p on p.id = w.place_id ${standingJoin(day)}
		where ${where} order by w.address limit ${limit}`.execute(tx);
	return rows.map(lineOf);
}

/** Policies of a place in lines by address, withdrawn ones left out. */
export function worksOf(placeId: string, day: Day, limit: number, tx: Tx): Promise<readonly WorkLine[]> {
	return workLines(sql`w.place_id = ${placeId} and w.withdrawn_at is null`, day, limit, tx);
}

/** How many policies each place has that has any, withdrawn ones left out; by id. */
export async function worksByPlace(tx: Tx): Promise<Map<string, number>> {
	const { rows } = await sql<{ place_id: string; count: number }>`
		select place_id, count(*)::integer as count from library_work
		where place_id is not null and withdrawn_at is null group by place_id`.execute(tx);
	return new Map(rows.map(({ place_id, count }) => [place_id, count]));
}

interface StoredLine {
	id: string;
	address: string;
	title: string;
	number: string | null;
	instrument: Instrument;
	form: string | null;
	language: TextLanguage;
	sample: boolean;
	withdrawn_at: Date | null;
	withdrawn_reason: string | null;
	fact: FactKind | null;
	since: Day | null;
	place: Place | null;
}

function lineOf({ fact, since, withdrawn_at, withdrawn_reason, ...row }: StoredLine): WorkLine {
	return {
		...row,
		standing: standingOf(fact),
		standingSince: since,
		withdrawn: withdrawn_at === null ? null : { day: dayAt(withdrawn_at), reason: withdrawn_reason ?? '' },
	};
}

function matching(filter: WorkFilter): RawBuilder<unknown> {
	const parts = [sql`true`];
	if (filter.place) parts.push(sql`w.place_id = ${filter.place}`);
	if (filter.state) parts.push(sql`w.state_code = ${filter.state}`);
	if (filter.instrument) parts.push(sql`w.instrument = ${filter.instrument}`);
	if (filter.standing) parts.push(standsAs([filter.standing]));
	if (filter.language)
		parts.push(
			sql`exists (select from library_expression e where e.work_id = w.id and e.language = ${filter.language})`,
		);
	if (filter.coalition !== null) parts.push(sql`(w.place_id is null) = ${filter.coalition}`);
	if (filter.sample !== null) parts.push(sql`w.sample = ${filter.sample}`);
	if (!filter.withdrawn) parts.push(sql`w.withdrawn_at is null`);
	return sql.join(parts, sql` and `);
}

async function addressOf(id: string, tx: Tx): Promise<string> {
	const found = await sql<{ address: string }>`
		select address from library_work where id::text = ${id}`.execute(tx);
	const address = found.rows[0]?.address;
	if (address === undefined)
		throw new Invalid(
			`There is no policy ${id} to go on after. \`after\` takes what \`next\` gave in the answer before; without it the answer begins at the first policy.`,
		);
	return address;
}
