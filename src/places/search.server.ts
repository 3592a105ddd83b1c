import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#platform/world.ts';
import { located, PLACE_COLUMNS, type StoredPlace } from './address.server.ts';
import { foldPlace } from './name.ts';
import type { Place } from './place.ts';
import { stateByCode, stateNamed } from './states.ts';

/** A longer query is cut: no name is longer. */
const LONGEST = 80;
/** What people add to a name, and the tables leave out. */
const KIND_WORD =
	/^(?:(?:city|town|village|borough|township) of )?(.+?)(?: (city|town|village|borough|township|cdp))?$/;

/**
 * Places whose name is, begins with, or has a word that begins with what somebody typed, best first; `huntsville tx`,
 * `huntsville, texas` and `city of huntsville` say where or what. One letter off counts only where nothing else is found.
 * Real places, or with `sample` the invented ones.
 */
export async function findPlaces(
	query: string,
	{ sample, limit }: { readonly sample: boolean; readonly limit: number },
	tx: Tx,
): Promise<Place[]> {
	const folded = foldPlace(query.slice(0, LONGEST));
	if (folded === '') return [];
	const own = stateNamed(folded);
	const tries = [
		{ name: folded, state: null as string | null },
		...(own ? [{ name: foldPlace(stateByCode(own)?.name ?? ''), state: own }] : []),
		...withState(folded),
	];
	const rank = sql.join(
		tries.flatMap(({ name, state }) => variants(name).map((word) => rankOf(word, state))),
		sql`, `,
	);
	const found = await ranked(sql`least(${rank})`, sample, limit, tx);
	if (found.length > 0) return found;
	const near = tries.flatMap(({ name, state }) =>
		oneLetterOff(name).map((like) => sql`(folded like ${like} and ${within(state)})`),
	);
	if (near.length === 0) return [];
	return ranked(sql`case when ${sql.join(near, sql` or `)} then 9 end`, sample, limit, tx);
}

/** `huntsville tx` and `huntsville texas`: the name, and the state at its end. */
function withState(folded: string): { name: string; state: string }[] {
	const words = folded.split(' ');
	return [1, 2, 3, 4].flatMap((count) => {
		const code = words.length > count ? stateNamed(words.slice(-count).join(' ')) : undefined;
		return code ? [{ name: words.slice(0, -count).join(' '), state: code }] : [];
	});
}

function variants(name: string): string[] {
	const bare = KIND_WORD.exec(name)?.[1] ?? name;
	return bare === name ? [name] : [name, bare];
}

function within(state: string | null): RawBuilder<unknown> {
	return state === null ? sql`true` : sql`state_code = ${state}`;
}

/** Null where it is no match; `least` passes over nulls. */
function rankOf(name: string, state: string | null): RawBuilder<unknown> {
	return sql`case when not ${within(state)} then null when folded = ${name} then 0
		when kind = 'county' and folded like ${`${name} %`} then 1 when folded like ${`${name}%`} then 2
		when folded like ${`% ${name}%`} then 3 end`;
}

const LEAST_NEAR = 4;

/** Patterns for a letter too many, too few, or wrong; `_` is any letter. */
function oneLetterOff(name: string): string[] {
	if (name.length < LEAST_NEAR) return [];
	const patterns = [...name].flatMap((_, i) => [
		`${name.slice(0, i)}_${name.slice(i + 1)}`,
		`${name.slice(0, i)}${name.slice(i + 1)}`,
		`${name.slice(0, i)}_${name.slice(i)}`,
		`${name.slice(0, i)}${name.slice(i + 1, i + 2)}${name[i]}${name.slice(i + 2)}`,
	]);
	return [...new Set([...patterns, `${name}_`])];
}

/** Of one rank, states come before counties, and governments before quarters that only the atlas names. */
async function ranked(rank: RawBuilder<unknown>, sample: boolean, limit: number, tx: Tx): Promise<Place[]> {
	const found = await sql<StoredPlace>`
		select ${PLACE_COLUMNS}
		from (select *, ${rank} as rank from place where sample = ${sample}) as ranked
		where rank is not null
		order by rank, array_position(array['state', 'county', 'city', 'subdivision'], kind), legacy, (geoid is null), name,
			state_code, id
		limit ${limit}`.execute(tx);
	return found.rows.map(located);
}
