import type { PlaceRow } from '#places/match.ts';
import { foldPlace } from '#places/name.ts';

/** Kind words as the gazetteers print them, which a folded name goes without. */
const KIND_WORD = / (?:charter )?(city|town|village|borough|township)$/;

/**
 * Places of a small table. A line is `TX county Walker County`, `TX city Huntsville: Walker County` or, with a status other
 * than A, `NH city S Colebrook: Coos County`; a state is there with its first line. With `gazetteer: false` cities carry
 * neither GEOID nor status, as those of the package do.
 */
export function placeRows(lines: readonly string[], { gazetteer = true } = {}): PlaceRow[] {
	const rows = new Map<string, PlaceRow>();
	lines.forEach((line, i) => {
		const [, stateCode = '', kind = '', status = 'A', name = '', counties = ''] =
			/^(\w\w) (county|legacy|city|subdivision)(?: ([A-Z])(?= [A-Z]))? ([^:]+)(?:: (.+))?$/.exec(line) ?? [];
		rows.set(stateCode, { ...EMPTY, id: stateCode, kind: 'state', name: stateCode, folded: stateCode, stateCode });
		const town = kind === 'city' || kind === 'subdivision';
		rows.set(line, {
			...EMPTY,
			id: `${stateCode} ${name}${town ? ` (${counties.split(' + ')[0]?.replace(' County', '')})` : ''}`,
			kind: kind === 'legacy' ? 'county' : (kind as PlaceRow['kind']),
			name,
			folded: foldPlace(town ? name.replace(KIND_WORD, '') : name),
			stateCode,
			geoid: town && !gazetteer ? null : String(i),
			status: town && gazetteer ? status : null,
			legacy: kind === 'legacy',
			counties: counties === '' ? [] : counties.split(' + ').map((county) => `${stateCode} ${county}`),
		});
	});
	return [...rows.values()];
}

const EMPTY: Omit<PlaceRow, 'id' | 'kind' | 'name' | 'folded' | 'stateCode'> = {
	geoid: null,
	status: null,
	legacy: false,
	counties: [],
};
