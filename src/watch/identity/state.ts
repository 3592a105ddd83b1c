import { distance } from '#kernel/spelling.ts';
import { STATE_MISPRINTS } from './curated.ts';

/** A state, district or territory as the ledger names it. */
export interface State {
	/** Upper case, as the lists print it, corrected. */
	readonly name: string;
	/** USPS code; ZZ where the cell names no state that we know. */
	readonly code: string;
}

const CODES =
	'ALABAMA AL|ALASKA AK|ARIZONA AZ|ARKANSAS AR|CALIFORNIA CA|COLORADO CO|CONNECTICUT CT|DELAWARE DE|DISTRICT OF COLUMBIA DC|FLORIDA FL|GEORGIA GA|HAWAII HI|IDAHO ID|ILLINOIS IL|INDIANA IN|IOWA IA|KANSAS KS|KENTUCKY KY|LOUISIANA LA|MAINE ME|MARYLAND MD|MASSACHUSETTS MA|MICHIGAN MI|MINNESOTA MN|MISSISSIPPI MS|MISSOURI MO|MONTANA MT|NEBRASKA NE|NEVADA NV|NEW HAMPSHIRE NH|NEW JERSEY NJ|NEW MEXICO NM|NEW YORK NY|NORTH CAROLINA NC|NORTH DAKOTA ND|OHIO OH|OKLAHOMA OK|OREGON OR|PENNSYLVANIA PA|RHODE ISLAND RI|SOUTH CAROLINA SC|SOUTH DAKOTA SD|TENNESSEE TN|TEXAS TX|UTAH UT|VERMONT VT|VIRGINIA VA|WASHINGTON WA|WEST VIRGINIA WV|WISCONSIN WI|WYOMING WY|AMERICAN SAMOA AS|GUAM GU|NORTHERN MARIANA ISLANDS MP|PUERTO RICO PR|VIRGIN ISLANDS VI';

const BY_NAME: ReadonlyMap<string, State> = new Map(
	CODES.split('|').map((entry) => {
		const [name, code] = [entry.slice(0, -3), entry.slice(-2)];
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
