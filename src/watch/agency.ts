/** What kind of body an agency is. The law says any political subdivision; so it is more than sheriffs and police. */
export const AGENCY_KINDS = [
	'sheriff',
	'police',
	'constable',
	'corrections',
	'state_police',
	'campus',
	'airport_port',
	'wildlife_environment',
	'prosecutor',
	'military',
	'county_board',
	'other',
] as const;
export type AgencyKind = (typeof AGENCY_KINDS)[number];

/** One body in one state. */
export interface Agency {
	/** Made from its earliest known row. */
	readonly id: string;
	/** Earlier ids of the same body, from merges or from before older files came in. */
	readonly formerIds: readonly string[];
	readonly state: string;
	readonly stateCode: string;
	/** As printed on the latest list that holds it. */
	readonly name: string;
	/** Every printed form, earliest first. */
	readonly names: readonly string[];
	readonly kind: AgencyKind;
	/** TYPE cell, latest: County, Municipality, State Agency. */
	readonly type: string | null;
	/** COUNTY cell, latest that is not an error or empty; a known misprint or an overrule replaces it. */
	readonly county: string | null;
}

/** In order: the first that fits decides. A county jail is corrections before it is anything of the county. */
const SIGNS: readonly (readonly [AgencyKind, RegExp])[] = [
	['military', /\b(national guard|state guard|military department|army|air guard)\b/],
	['campus', /\b(university|college|school|schools|campus|isd|academy|polytechnic institute)\b/],
	['airport_port', /\b(airport|aviation|port authority|seaport|harbor police|port of)\b/],
	['sheriff', /\bsheriff/],
	['constable', /\bconstable/],
	['prosecutor', /\b(attorney|prosecutor|solicitor)/],
	[
		'wildlife_environment',
		/\b(wildlife|fish|game|marine|environment\w*|natural resources|conservation|forest\w*|parks?)\b/,
	],
	['corrections', /\b(correction\w*|jail|detention|prison|doc|criminal justice authority|probation|parole)\b/],
	['county_board', /\b(board of (county )?(commissioners|supervisors)|bocc|county commission|county judge)\b/],
	['state_police', /\b(state police|highway patrol|state patrol|state troopers|thp)\b/],
];

const STATE_LEVEL =
	/\b(bureau of investigation|law enforcement division|department of law enforcement|public safety|criminal investigation)\b/;

/**
 * The kind of a body, from its printed name and TYPE cell. Total: what no sign settles is police where the name says
 * so, otherwise `other`.
 */
export function agencyKind(name: string, type: string | null): AgencyKind {
	const text = name.toLowerCase().replaceAll(/[’‘`']/g, '');
	const state = type !== null && /state/i.test(type);
	// A wildlife or parks word inside the name of a town does not make a town's police a ranger (Lake Park, Pinellas Park).
	const municipal = /\bpolice\b/.test(text) && !state;
	for (const [kind, sign] of SIGNS) {
		if (municipal && kind === 'wildlife_environment') continue;
		if (sign.test(text)) return kind;
	}
	if (state && STATE_LEVEL.test(text)) return 'state_police';
	if (/\b(police|pd|public safety|marshal)\b/.test(text)) return 'police';
	return 'other';
}
