import { DESIGNATIONS, type Designation } from '#places/match.ts';
import type { Agency } from './agency.ts';
import { foldName, readName } from './identity/name.ts';

/** A printed name, taken apart into what may name a place. */
export interface AreaName {
	/** Lower case, quotes made straight. */
	readonly text: string;
	/** What stands before County or Parish, or before a sheriff: `walker county`, `richmond city`; the likeliest reading first. */
	readonly counties: readonly string[];
	/** The name itself says County, or is a sheriff's: a stronger witness than a cell. */
	readonly saysCounty: boolean;
	/** Runs of words between those that say what kind of body it is, the longer first; the word County is in none. */
	readonly runs: readonly string[];
	/** What the town calls itself: `Township of Derry`, `Manheim Borough`. */
	readonly designation: Designation | null;
	/** That word stands before the name: the Village of Four Seasons is called so in full. */
	readonly prefixed: boolean;
	/** Of several towns or counties together, so that its name is no town's. */
	readonly regional: boolean;
}

/** Words that say what kind of body it is: the name of a place ends before them. */
const ENDS: ReadonlySet<string> = new Set(
	'police sheriff constable marshal public safety law enforcement bureau service authority correction jail detention facility prison rehabilitation probation parole board trustee commissioner commission attorney prosecutor district solicitor precinct municipal regional metropolitan metro unified consolidated airport aviation international port seaport university college community junior technical state school schools isd cisd independent campus academy criminal justice patrol trooper division agency unit transit transportation tribal fire'.split(
		' ',
	),
);
/** Those of them that are in no town's name: State College, North Port and University Park have the others in theirs. */
const FIRM: ReadonlySet<string> = new Set('police sheriff constable marshal safety enforcement precinct'.split(' '));
const PART = /^(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (ward|precinct|district)$/;
const PREFIX = /^(?:the )?(?:charter )?(city|town|township|village|borough) of /;
const REGIONAL = /\b(regional|district jail|area police|joint)\b/;
const COUNTY = /\b(county|parish|co|cnty)\b/;

/** Reads the name of an agency for the places in it. Total; the same name always reads the same. */
export function areaName({ name, state, stateCode, kind }: Agency): AreaName {
	const text = foldName(name);
	const prefix = PREFIX.exec(text)?.[1] as Designation | undefined;
	const { words } = readName(name, { code: stateCode, name: state });
	const own = prefix && prefix !== 'city' ? withoutPrefix(words, prefix) : words;
	const [firm, all] = [runsOf(own, FIRM), runsOf(own, ENDS)];
	const runs = [...new Set([...firm.runs, ...all.runs])];
	const sheriff = kind === 'sheriff';
	// A sheriff's name is read without County, save where that stands behind.
	const before = [
		...new Set([firm.before ?? (sheriff ? firm.runs[0] : null), all.before ?? (sheriff ? all.runs[0] : null)]),
	];
	const counties = before.filter((county) => typeof county === 'string');
	const last = DESIGNATIONS.find((word) => word !== 'city' && all.runs[0]?.endsWith(` ${word}`));
	return {
		text,
		counties: COUNTY.test(text) ? counties.map((county) => `${county} county`) : counties,
		saysCounty: sheriff || firm.before !== null,
		runs,
		designation: sheriff ? null : (prefix ?? last ?? null),
		prefixed: prefix !== undefined,
		regional: REGIONAL.test(text),
	};
}

function withoutPrefix(words: readonly string[], prefix: string): readonly string[] {
	const at = words.indexOf(prefix);
	return at === 0 || (at === 1 && words[0] === 'charter') ? words.slice(at + 1) : words;
}

function runsOf(
	words: readonly string[],
	ends: ReadonlySet<string>,
): { readonly runs: readonly string[]; readonly before: string | null } {
	const runs: string[] = [];
	let run: string[] = [];
	let before: string | null = null;
	words.forEach((word, i) => {
		const next = words[i + 1] ?? '';
		// Public Safety, Law Enforcement end a name; Law alone does not.
		const pair = /^(public safety|law enforcement)$/.test(`${word} ${next}`);
		// The Fourth Ward is a part of a town; Ward County is a county.
		const part = PART.test(`${word} ${next}`) || PART.test(`${words[i - 1]} ${word}`) || /^\d/.test(word);
		const ended = pair || part || word === 'county' || ends.has(word);
		if (!ended) run.push(word);
		// Derry Township, Westmoreland County: the name of the one ends there.
		if (run.length > 0 && (ended || /^(township|borough)$/.test(word))) {
			if (word === 'county') before ??= run.join(' ');
			runs.push(run.join(' '));
			run = [];
		}
	});
	if (run.length > 0) runs.push(run.join(' '));
	return { runs, before };
}
