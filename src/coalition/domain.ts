import { readCsv } from '#kernel/csv-rows.ts';
import { foldPlace } from '#places/name.ts';
import type { Place } from '#places/place.ts';
import { stateByCode } from '#places/states.ts';

/** A domain of the official list of .gov domains (CISA, dotgov-data). */
export interface Domain {
	readonly name: string;
	/** As the list prints it: City, County, State, Tribal, Federal - Executive and others. */
	readonly type: string;
	readonly organisation: string;
	readonly suborganisation: string | null;
	readonly city: string | null;
	/** USPS code; null where the list has none that is one. */
	readonly stateCode: string | null;
}

/** A line that was left out, counted with the heading, and why. */
export interface DomainProblem {
	readonly line: number;
	readonly detail: string;
}

/** Headings by the field they fill, in lower case; the list changed some of them over the years. */
const HEADINGS = {
	name: ['domain name', 'domain'],
	type: ['domain type'],
	organisation: ['organization name', 'organization'],
	suborganisation: ['suborganization name', 'suborganization'],
	city: ['city'],
	state: ['state'],
} as const;
const NEEDED = ['name', 'type', 'organisation', 'state'] as const;
const NAME = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+gov$/;
/** The list has some 15,000 lines. */
const MOST_ROWS = 500_000;
/** The list holds a sign for what is not given. */
const NOTHING = /^(?:\(blank\)|n\/a|none|-)?$/i;
/** Longest name of an organisation that is kept. */
const LONGEST = 200;

/**
 * Reads the official list (`current-full.csv`) by its headings, in any order and case. A line without a .gov domain is told and
 * left out; of two lines with one domain the first counts. Mail addresses in it are not read.
 */
export function readDomains(
	text: string,
): { readonly refused: string } | { readonly domains: readonly Domain[]; readonly problems: readonly DomainProblem[] } {
	const rows = readCsv(text, MOST_ROWS);
	if (!rows) return { refused: 'A quotation mark in the file is never closed. Download it again.' };
	const head = (rows[0] ?? []).map((cell) => cell.trim().toLowerCase().replace(/\s+/g, ' '));
	const at = (field: keyof typeof HEADINGS) =>
		head.findIndex((cell) => (HEADINGS[field] as readonly string[]).includes(cell));
	const missing = NEEDED.find((field) => at(field) < 0);
	if (missing)
		return {
			refused: `The first line names no column “${HEADINGS[missing][0]}”. Take current-full.csv of the list of .gov domains, as it comes.`,
		};
	const problems: DomainProblem[] = [];
	const domains = new Map<string, Domain>();
	for (const [i, row] of rows.slice(1).entries()) {
		const cell = (field: keyof typeof HEADINGS) => given(at(field) < 0 ? '' : (row[at(field)] ?? '').trim());
		const name = cell('name')?.toLowerCase().replace(/\.$/, '') ?? '';
		const organisation = cell('organisation');
		if (!NAME.test(name)) problems.push({ line: i + 2, detail: 'there is no .gov domain in it' });
		else if (!organisation) problems.push({ line: i + 2, detail: `${name} has no organization` });
		else if (domains.has(name)) problems.push({ line: i + 2, detail: `${name} stands in an earlier line` });
		else
			domains.set(name, {
				name,
				type: cell('type') ?? '',
				organisation,
				suborganisation: cell('suborganisation'),
				city: cell('city'),
				stateCode: stateByCode((cell('state') ?? '').toUpperCase())?.code ?? null,
			});
	}
	if (![...domains.values()].some(({ type }) => type !== '' && !/^federal/i.test(type)))
		return {
			refused: 'No domain of a city, county or state is in the file. Take current-full.csv, not the federal one.',
		};
	return { domains: [...domains.values()], problems };
}

function given(text: string): string | null {
	return NOTHING.test(text) ? null : text.slice(0, LONGEST);
}

/** The .gov domain that an address belongs to, as the list has it (`clerk@mail.albanyny.gov`: albanyny.gov); null for others. */
export function govDomain(email: string): string | null {
	return /@(?:.*\.)?([a-z0-9-]+\.gov)$/.exec(email)?.[1] ?? null;
}

/**
 * What the list says about an address and a place: `same`: the domain is listed for a government of that name and kind in that
 * state; `other`: for somebody else; `unlisted`; `not_gov`: most towns have another domain, which says nothing against them.
 */
export type Comparison = 'same' | 'other' | 'unlisted' | 'not_gov';

/** Compares an address with a place by the list. It is a hint for a person, who confirms. */
export function compareDomain(
	email: string,
	listed: Domain | null,
	place: Pick<Place, 'kind' | 'name' | 'stateCode'>,
): Comparison {
	if (govDomain(email) === null) return 'not_gov';
	if (!listed) return 'unlisted';
	if (listed.stateCode !== place.stateCode) return 'other';
	if (/^county$/i.test(listed.type) !== (place.kind === 'county')) return 'other';
	const state = stateByCode(place.stateCode)?.name ?? '';
	return bare(listed.organisation, place.stateCode, state) === bare(place.name, place.stateCode, state)
		? 'same'
		: 'other';
}

const KIND = '(?:charter township|township|town|city|village|borough|county|parish|municipality|census area)';
/** `City of`, `The Town of`, `Village/Town of`, `Municipal Government of`, as organizations write themselves. */
const BEFORE = new RegExp(`^(?:the )?(?:municipal government|${KIND}(?: (?:and )?${KIND})?) of `);
/** `Abington Township`, `Alpine City Corporation`, and `Apex, Town of`. */
const BEHIND = new RegExp(` (?:${KIND} of|${KIND}(?: corporation)?|corporation)$`);

/** The name alone: without the words for what it is and for its state. `Town of Andes New York` is Andes, and not New York. */
function bare(name: string, stateCode: string, state: string): string {
	const plain = foldPlace(name).replace(BEFORE, '');
	const states = [foldPlace(state), stateCode.toLowerCase()].filter((one) => one !== '');
	const local = states.find((one) => plain.endsWith(` ${one}`));
	const own = local ? plain.slice(0, -local.length - 1) : plain;
	return own.replace(BEHIND, '');
}
