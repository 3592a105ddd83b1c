import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { versionAddress } from '#library/address.ts';
import type { TextLanguage } from '#library/policy.ts';
import type { Strength } from '#library/protection.ts';
import { latestOn } from '#library/protections.server.ts';
import { standingJoin, standsAs } from '#library/standing.server.ts';
import type { Tx } from '#platform/world.ts';
import type { Coverage, CoveredPlace, Passage } from './coverage.ts';

/**
 * What policies of places give on a day: confirmed codings of the version that is the latest of its policy on the day, where
 * the policy is in force on it. Models are no law, and a policy that was withdrawn is not on the shelf.
 */
export async function coverage(day: Day, tx: Tx): Promise<Coverage> {
	return { places: await coveredPlaces(day, tx), passages: await passages(day, tx) };
}

async function coveredPlaces(day: Day, tx: Tx): Promise<CoveredPlace[]> {
	const { rows } = await sql<CoveredPlace>`
		select p.id, p.kind, p.name, p.state_code as "stateCode", p.slug, p.sample, s.name as state,
			count(distinct w.id)::integer as policies, count(distinct c.work_id)::integer as coded
		from library_work w join place p on p.id = w.place_id
		join place s on s.kind = 'state' and s.state_code = p.state_code
		left join library_coding c on c.work_id = w.id and ${CONFIRMED} and ${latestOn(day)}
		where ${LAW} group by p.id, s.id
		order by p.kind = 'state', p.name collate "und-x-icu", p.state_code, p.id`.execute(tx);
	return rows;
}

interface Stored {
	placeId: string;
	code: string;
	strength: Strength;
	address: string;
	language: TextLanguage;
	day: Day;
	nth: number;
	eId: string;
}

async function passages(day: Day, tx: Tx): Promise<Passage[]> {
	const { rows } = await sql<Stored>`
		select w.place_id as "placeId", c.code, c.strength, w.address, w.language, e.day, e.nth, c.e_id as "eId"
		from library_coding c join library_work w on w.id = c.work_id
		join library_expression e on e.work_id = c.work_id and e.id = c.expression_id ${standingJoin(day)}
		where ${CONFIRMED} and c.polarity = 'gives' and ${LAW} and w.place_id is not null
			and ${standsAs(['in_force'])} and ${latestOn(day)}
		order by w.address, c.start_at, c.id`.execute(tx);
	return rows.map(({ placeId, code, strength, eId, ...at }) => ({
		placeId,
		code,
		strength,
		// The version that counts is always in the language of its policy.
		address: `${versionAddress(at, at)}/${eId}`,
	}));
}

const CONFIRMED: RawBuilder<unknown> = sql`c.confirmed_at is not null and c.withdrawn_at is null`;
const LAW: RawBuilder<unknown> = sql`w.withdrawn_at is null and w.instrument <> 'model'`;
