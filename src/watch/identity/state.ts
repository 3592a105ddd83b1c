import { distance } from '#kernel/spelling.ts';
import { STATES } from '#places/states.ts';
import { STATE_MISPRINTS } from './curated.ts';

/** A state, district or territory as the ledger names it. */
export interface State {
	/** Upper case, as the lists print it, corrected. */
	readonly name: string;
	/** USPS code; ZZ where the cell names no state that we know. */
	readonly code: string;
}

const BY_NAME: ReadonlyMap<string, State> = new Map(
	STATES.map(({ code, name: full }) => {
		// The lists say Virgin Islands without what comes before.
		const name = full.toUpperCase().replace('U.S. ', '');
		return [name, { name, code }];
	}),
);
const BY_CODE: ReadonlyMap<string, State> = new Map([...BY_NAME.values()].map((state) => [state.code, state]));

/**
 * The state that a STATE cell means: its name in any case, its USPS code, a known misprint, or the only name one letter
 * away (two, in names of eight letters and more). Anything else keeps its text and has no code.
 */
export function stateOf(cell: string): State {
	const name = cell
		.toUpperCase()
		.replaceAll(/[^A-Z() ]+/g, ' ')
		.replaceAll(/\s+/g, ' ')
		.trim();
	const meant = STATE_MISPRINTS[name] ?? name;
	return BY_NAME.get(meant) ?? BY_CODE.get(meant) ?? nearest(meant) ?? { name: meant, code: 'ZZ' };
}

function nearest(name: string): State | null {
	const most = name.length >= 8 ? 2 : 1;
	const near = [...BY_NAME.values()].filter((state) => distance(name, state.name, most) <= most);
	return near.length === 1 ? (near[0] ?? null) : null;
}

/** `NORTH CAROLINA` as people write it; what stands in brackets stays as it is. */
export function stateTitle(name: string): string {
	return name.replaceAll(/(\([^)]*\))|\b(OF|THE|AND)\b|([A-Z])([A-Z']*)/g, (whole, bracketed, small, first, rest) =>
		bracketed ? whole : small ? whole.toLowerCase() : first + rest.toLowerCase(),
	);
}
