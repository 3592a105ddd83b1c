import { sql } from 'kysely';
import { OPERATOR, VISITOR } from '#access/actor.ts';
import { isoSecond } from '#kernel/day.ts';
import type { World } from '#platform/world.ts';
import type { ListKind } from './list.ts';
import type { Problem } from './problem.ts';
import type { ListView } from './reading.ts';
import type { ReviewView, Unplaced } from './review.ts';

/** Every file ever offered, by the date of the list; refused files stand last. */
export async function lists(world: Pick<World, 'db'>): Promise<ListView[]> {
	const found = await world.db.as(VISITOR, (tx) =>
		sql<Omit<ListView, 'modified' | 'addedAt'> & { modified: Date | null; added_at: Date }>`
			select l.sha256, s.name as file, l.kind, l.modified,
				case when q.id is null then l.standing else 'quarantined' end as standing,
				case when q.id is null then l.refusal else 'unexplained_loss' end as reason,
				case when q.id is null then l.refusal_detail
					else format('%s of %s rows vanished without an explanation.', q.unexplained, q."of") end as detail,
				l.row_count as rows, l.added_at, l.sample,
				(select count(*) from watch_problem p where p.sha256 = l.sha256)::integer as problems
			from watch_list l
			left join watch_quarantine q on q.id = l.sha256
			left join lateral (
				select name from watch_sighting where sha256 = l.sha256 order by name limit 1) s on true
			order by l.modified nulls last, l.sha256`.execute(tx),
	);
	return found.rows.map(({ added_at, modified, ...row }) => ({
		...row,
		modified: modified && isoSecond(modified),
		addedAt: isoSecond(added_at),
	}));
}

/** A problem with the file it stands in. */
export interface ProblemView extends Problem {
	readonly sha256: string;
	readonly file: string;
	readonly kind: ListKind | null;
}

/** Every problem of every list, in the order of the lists and rows. */
export async function problems(world: Pick<World, 'db'>): Promise<ProblemView[]> {
	const found = await world.db.as(VISITOR, (tx) =>
		sql<ProblemView>`
			select p.sha256, s.name as file, l.kind, p.code, p.row, p."column", p.detail
			from watch_problem p join watch_list l using (sha256)
			left join lateral (
				select name from watch_sighting where sha256 = p.sha256 order by name limit 1) s on true
			order by l.modified nulls last, l.sha256, p.position`.execute(tx),
	);
	return found.rows;
}

/** Named suspicions are for the person who can settle them, never for the public. */
export async function reviews(world: Pick<World, 'db'>): Promise<ReviewView[]> {
	const found = await world.db.as(OPERATOR, (tx) =>
		sql<ReviewView>`
			select r.id, r.reason, r.state, r.sha256, r.rows, s.name as file,
				r.agency_ids as "agencyIds",
				array(select a.name from watch_agency a where a.id = any(r.agency_ids) order by a.name) as agencies,
				array(select distinct n.name from watch_agency a, unnest(a.names) as n (name)
					where a.id = any(r.agency_ids) order by n.name) as names
			from watch_review r
			left join lateral (
				select name from watch_sighting where sha256 = r.sha256 order by name limit 1) s on true
			order by r.state, r.reason, r.id`.execute(tx),
	);
	return found.rows;
}

/** Agencies with a listed agreement or a pending application that could not be placed, by state and name. */
export async function unplaced(world: Pick<World, 'db'>): Promise<Unplaced[]> {
	const found = await world.db.as(VISITOR, (tx) =>
		sql<Unplaced>`
			select a.id, a.name, a.state, a.county from watch_agency a left join watch_area r on r.id = a.id
			where r.place_id is null and (
				exists (select from watch_agreement where agency_id = a.id and standing = 'listed')
				or exists (select from watch_application where agency_id = a.id and standing = 'pending'))
			order by a.state, a.name collate "und-x-icu", a.id`.execute(tx),
	);
	return found.rows;
}
