import { sql } from 'kysely';
import type { Tx } from '#platform/world.ts';
import { type PlaceIndex, type PlaceRow, placeIndex } from './match.ts';
import type { PlaceKind } from './place.ts';

/**
 * The places of some states (USPS codes), ready to be found by name: the invented ones of the sample data, or all others.
 * A state comes as one text: of 70,000 rows each by itself the driver would take longer than all the rest.
 */
export async function readPlaces(states: readonly string[], sample: boolean, tx: Tx): Promise<PlaceIndex> {
	const { rows } = await sql<{ code: string; lines: string }>`
		select p.state_code as code, string_agg(concat_ws(e'\t', p.id, p.kind, p.name, p.folded, coalesce(p.geoid, ''),
			p.legacy::text, coalesce(p.status, ''), coalesce(c.counties, '')), e'\n' order by p.id) as lines
		from place p left join (
			select place_id, string_agg(county_id, ' ' order by county_id) as counties from place_county group by place_id
		) c on c.place_id = p.id and p.kind in ('city', 'subdivision')
		where p.state_code = any(${states}) and p.sample = ${sample} group by p.state_code`.execute(tx);
	return placeIndex(rows.flatMap(({ code, lines }) => lines.split('\n').map((line) => rowOf(code, line))));
}

function rowOf(stateCode: string, line: string): PlaceRow {
	const [id = '', kind, name = '', folded = '', geoid, legacy, status, counties] = line.split('\t');
	return {
		id,
		kind: kind as PlaceKind,
		name,
		folded,
		stateCode,
		geoid: geoid || null,
		legacy: legacy === 'true',
		status: status || null,
		counties: counties ? counties.split(' ') : [],
	};
}
