import { type RawBuilder, sql } from 'kysely';
import { SAMPLE_DOMAIN } from '#access/sample.ts';
import { type Day, dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { isUuid } from '#kernel/uuid.ts';
import { placeDetails } from '#places/list.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { type Comparison, compareDomain, type Domain, govDomain } from './domain.ts';
import { domainsNamed } from './domains.server.ts';
import { type Help, nextStep, type Office, type Standing, type Step } from './interest.ts';
import type { Member } from './members.server.ts';
import { membersOn } from './members.server.ts';
import { SAMPLE_AUTHOR } from './real.server.ts';
import { stewards } from './seats.server.ts';

/** A city that asked, as stewards see it. */
export interface Case {
	readonly id: string;
	readonly since: Day;
	/** The place that was confirmed, else the one that was asked for; null where it is none any more. */
	readonly place: Awaited<ReturnType<typeof placeDetails>>[number] | null;
	readonly matched: boolean;
	readonly office: Office;
	readonly standing: Standing;
	readonly voteDay: Day | null;
	readonly helps: readonly Help[];
	readonly note: string | null;
	readonly email: string;
	readonly language: 'en' | 'es';
	readonly domain: { readonly verdict: Comparison; readonly listed: Domain | null };
	readonly called: { readonly day: Day; readonly number: string; readonly site: string } | null;
	readonly approvals: readonly { readonly person: string; readonly name: string }[];
	/** Name of the steward who sees to it. */
	readonly keeper: string | null;
	readonly declined: { readonly day: Day; readonly reason: string } | null;
	readonly member: Member | null;
	readonly step: Step;
}

interface Row {
	id: string;
	place_id: string;
	matched_place: string | null;
	office: Office;
	standing: Standing;
	vote_day: Day | null;
	helps: Help[];
	note: string | null;
	email: string;
	language: 'en' | 'es';
	proved_at: Date;
	called_at: Date | null;
	called_number: string | null;
	called_site: string | null;
	declined_at: Date | null;
	declined_reason: string | null;
	keeper: string | null;
	approvals: { person: string; name: string }[];
	seats: number;
}

/** Whoever left still did what they did. */
const NAME = (person: RawBuilder<unknown>) =>
	sql`(select s.name from coalition_seat s where s.person = ${person} and s.role = 'steward' order by s.from_day desc limit 1)`;

/**
 * Cities that asked and are not declined, joined or gone: those with a day of a vote first, by that day, then whoever waits longest. `tx`
 * acts as a steward or the operator, as in all of this file.
 */
export async function waiting(world: Pick<World, 'clock'>, tx: Tx): Promise<readonly Case[]> {
	const cases = await casesWhere(sql`i.declined_at is null`, world, tx);
	const far = '9999-12-31';
	return cases
		.filter(({ step }) => step !== 'joined' && step !== 'left')
		.sort((a, b) => {
			const [one, other] = [a.voteDay ?? far, b.voteDay ?? far];
			if (one !== other) return one < other ? -1 : 1;
			return a.since === b.since ? (a.id < b.id ? -1 : 1) : a.since < b.since ? -1 : 1;
		});
}

/** One of them, whatever became of it. @throws NotFound where there is none */
export async function caseAt(id: string, world: Pick<World, 'clock'>, tx: Tx): Promise<Case> {
	const found = isUuid(id) ? (await casesWhere(sql`i.id = ${id}`, world, tx))[0] : undefined;
	if (!found) throw new NotFound('Nobody asks under this address any more.');
	return found;
}

async function casesWhere(where: RawBuilder<unknown>, { clock }: Pick<World, 'clock'>, tx: Tx): Promise<Case[]> {
	const day = dayAt(clock.now());
	const { rows } = await sql<Row>`
		select i.id, i.place_id, i.matched_place, i.office, i.standing, i.vote_day, i.helps, i.note, i.email, i.language,
			i.proved_at, i.called_at, i.called_number, i.called_site, i.declined_at, i.declined_reason,
			case when i.keeper is not null then coalesce(${NAME(sql`i.keeper`)}, '') end as keeper,
			coalesce((select jsonb_agg(jsonb_build_object('person', a.person, 'name', coalesce(${NAME(sql`a.person`)}, ''))
				order by a.at) from interest_approval a where a.interest_id = i.id), '[]') as approvals,
			(select count(*) from coalition_seat s where s.owner_city = i.matched_place and s.ended_at is null)::integer
				+ (select count(*) from coalition_invitation v where v.city = i.matched_place and v.accepted_at is null
					and v.withdrawn_at is null)::integer as seats
		from interest i where ${where}`.execute(tx);
	const ids = [...new Set(rows.map((row) => row.matched_place ?? row.place_id))];
	const places = new Map((await placeDetails({ ids }, tx)).map((place) => [place.id, place]));
	const listed = await domainsNamed(
		rows.flatMap(({ email }) => govDomain(email) ?? []),
		tx,
	);
	const known = new Map((await membersOn(day, tx)).map((member) => [member.city, member]));
	const seated = Math.max(await stewards(day, tx), await stewards(day, tx, true));
	return rows.map((row): Case => {
		const place = places.get(row.matched_place ?? row.place_id) ?? null;
		const domain = listed.get(govDomain(row.email) ?? '') ?? null;
		const member = row.matched_place === null ? null : (known.get(row.matched_place) ?? null);
		const { id, office, standing, helps, note, email, language, approvals, keeper } = row;
		const stateCode = place?.path.slice(0, 2).toUpperCase() ?? '';
		return {
			...{ id, office, standing, helps, note, email, language, approvals, keeper, place, member },
			since: dayAt(row.proved_at),
			matched: row.matched_place !== null,
			voteDay: row.vote_day,
			domain: {
				verdict: compareDomain(email, domain, { kind: place?.kind ?? 'city', name: place?.name ?? '', stateCode }),
				listed: domain,
			},
			called: row.called_at
				? { day: dayAt(row.called_at), number: row.called_number ?? '', site: row.called_site ?? '' }
				: null,
			declined: row.declined_at ? { day: dayAt(row.declined_at), reason: row.declined_reason ?? '' } : null,
			step: nextStep({
				matched: row.matched_place !== null,
				called: row.called_at !== null,
				approvals: approvals.length,
				stewards: seated,
				declined: row.declined_at !== null,
				membership: member?.membership ?? 'none',
				seats: row.seats,
			}),
		};
	});
}

/** How far cities came; each is counted once at every stage that it ever reached. */
export const STAGES = ['asked', 'interested', 'verified', 'in_conversation', 'voted', 'member'] as const;
export type Stage = (typeof STAGES)[number];

/** Cities by the stage they reached, in all and by the month (`2026-07`) of the first time, the latest first. */
export interface Growth {
	readonly total: Readonly<Record<Stage, number>>;
	readonly months: readonly { readonly month: string; readonly reached: Readonly<Record<Stage, number>> }[];
}

/** Months that are shown: two years. */
const MOST_MONTHS = 24;

/** Of the cities of the sample or, as everywhere else, of all others. */
export async function growth(tx: Tx, sample = false): Promise<Growth> {
	const { rows } = await sql<{ stage: Stage; month: string; count: number }>`
		with reached as (
			select 'asked' as stage, coalesce(matched_place, place_id) as city, min(proved_at at time zone 'UTC')::date as day
			from interest where (email like ${`%.${SAMPLE_DOMAIN}`}) = ${sample} group by 2
			union all
			select f.kind, m.place_id, min(f.day) from coalition_fact f join coalition_member m on m.id = f.member_id
			where f.withdrawn_at is null and (m.added_by = ${SAMPLE_AUTHOR}) = ${sample} and (${sample} or not m.sample) group by 1, 2
		)
		select stage, to_char(day, 'YYYY-MM') as month, count(*)::integer as count from reached
		where stage = any(${[...STAGES]}::text[]) group by 1, 2 order by 2 desc`.execute(tx);
	const count = (of: readonly { stage: Stage; count: number }[]) =>
		Object.fromEntries(
			STAGES.map((stage) => [stage, of.filter((row) => row.stage === stage).reduce((sum, row) => sum + row.count, 0)]),
		) as Record<Stage, number>;
	const months = [...new Set(rows.map(({ month }) => month))].slice(0, MOST_MONTHS);
	return {
		total: count(rows),
		months: months.map((month) => ({ month, reached: count(rows.filter((row) => row.month === month)) })),
	};
}
