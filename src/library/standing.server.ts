import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { FACT_KINDS, type FactKind, STANDINGS, type Standing, standingOn } from './policy.ts';

/** What each fact makes of a policy, as `standingOn` has it: asked there, so that SQL and pages cannot differ. */
const MADE: readonly (readonly [FactKind, Standing])[] = FACT_KINDS.map((kind) => [
	kind,
	standingOn('2000-01-01' as Day, [{ kind, day: '2000-01-01' as Day }]),
]);
const TELLING = MADE.filter(([, standing]) => standing !== 'unknown');

/** Joins `s.fact`, the kind of the fact that says where the policy `w` stands on a day, and `s.since`, its day. */
export function standingJoin(day: Day): RawBuilder<unknown> {
	return sql`left join lateral (
		select f.kind as fact, f.day as since from library_fact f
		where f.work_id = w.id and f.withdrawn_at is null and f.day <= ${day}::date and ${telling()}
		order by f.day desc, ${furthest()} desc limit 1) s on true`;
}

/** Whether the fact `f` says where a policy stands. */
export function telling(): RawBuilder<unknown> {
	return sql`f.kind = any(${TELLING.map(([kind]) => kind)}::text[])`;
}

/** How far along in the life of a policy the fact `f` is. */
export function furthest(): RawBuilder<unknown> {
	return sql`array_position(${[...FACT_KINDS]}::text[], f.kind)`;
}

/** What the fact that was joined makes of the policy. */
export function standingOf(fact: FactKind | null): Standing {
	return MADE.find(([kind]) => kind === fact)?.[1] ?? 'unknown';
}

/** Whether the joined fact makes it one of these. */
export function standsAs(standings: readonly Standing[]): RawBuilder<unknown> {
	const wanted = STANDINGS.filter((one) => standings.includes(one));
	const kinds = TELLING.filter(([, standing]) => wanted.includes(standing)).map(([kind]) => kind);
	const none = wanted.includes('unknown') ? sql`s.fact is null` : sql`false`;
	return sql`(s.fact = any(${kinds}::text[]) or ${none})`;
}
