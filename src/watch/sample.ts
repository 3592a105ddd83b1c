import { addDays, type Day } from '#kernel/day.ts';
import type { List, ListKind, Row } from './list.ts';
import type { Model } from './model.ts';

/** The invented state of the sample data. No real place is ever given invented facts. */
const STATE = 'FRANKLIN (SAMPLE)';

type Kind = 'County' | 'Municipality' | 'State Agency';
type Entry = { agency: string; type: Kind; county: string | null; model: Model; signed: Day | null; moa: boolean };
type Step = {
	on: Day;
	lists?: readonly string[];
	pending?: readonly string[];
	/** Posts the document of an entry. */
	document?: readonly string[];
	/** Prints a name another way from now on. */
	respell?: readonly (readonly [string, string])[];
	drop?: readonly string[];
	dropPending?: readonly string[];
};

const SHERIFFS = [
	'Ashgrove',
	'Corvane',
	'Fennick',
	'Harrow',
	'Larkmoor',
	'Merrow',
	'Ostrey',
	'Pellam',
	'Sedge',
	'Tillery',
];
const TOWNS = ['Alder Falls', 'Bright Water', 'Dunmere', 'Kestrel Bay', 'Lowmark', 'Vista Llana', 'Wexmoor'];

/** `Merrow TFM` is the sheriff of Merrow County; `Lowmark TFM` the police of Lowmark; anything longer is a name as printed. */
const FIRST: Step = {
	on: '2026-08-05' as Day,
	lists: [
		...SHERIFFS.slice(0, 8).map((name, i) => `${name} ${i % 3 === 0 ? 'TFM' : 'WSO'}`),
		'Merrow JEM',
		'Ostrey JEM',
		...TOWNS.slice(0, 4).map((name) => `${name} TFM`),
		'Franklin State Patrol TFM',
	],
	pending: ['Sedge TFM', 'Lowmark TFM', 'Wexmoor TFM'],
};

const SERIES: readonly Step[] = [
	FIRST,
	{ on: '2026-08-19' as Day, lists: ['Lowmark TFM'], dropPending: ['Lowmark TFM'], document: ['Alder Falls TFM'] },
	{
		on: '2026-09-02' as Day,
		pending: ['Tillery WSO', 'Franklin University Police Department TFM'],
		document: ['Lowmark TFM'],
	},
	{
		on: '2026-09-16' as Day,
		lists: ['Sedge TFM'],
		dropPending: ['Sedge TFM'],
		respell: [['Larkmoor County Sheriff’s Office', "Larkmoor County Sheriff's Department"]],
	},
	{ on: '2026-09-30' as Day, drop: ['Pellam WSO'], pending: ['Vista Llana TFM'] },
	{ on: '2026-10-14' as Day, lists: ['Tillery WSO'], dropPending: ['Tillery WSO', 'Wexmoor TFM'] },
	{ on: '2026-10-28' as Day, lists: ['Corvane TFM'], drop: ['Corvane WSO'], document: ['Sedge TFM'] },
	{
		on: '2026-11-11' as Day,
		lists: ['Franklin University Police Department TFM'],
		dropPending: ['Franklin University Police Department TFM'],
		pending: ['Fennick TFM'],
	},
];

/**
 * Sample lists of an invented state, oldest first: what a new installation shows until the first real import. They go
 * through the same ledger as real lists; the caller gives each its hash.
 */
export function sampleLists(): Omit<List, 'sha256'>[] {
	const held: Record<ListKind, Entry[]> = { participating: [], pending: [] };
	return SERIES.flatMap((step) => {
		held.participating = held.participating.filter((e) => !names(step.drop).has(key(e)));
		held.pending = held.pending.filter((e) => !names(step.dropPending).has(key(e)));
		for (const text of step.lists ?? []) held.participating.push(entry(text, addDays(step.on, -6)));
		for (const text of step.pending ?? []) held.pending.push(entry(text, null));
		const documents = names(step.document);
		const respelled = new Map(step.respell ?? []);
		held.participating = held.participating.map((e) => ({
			...e,
			moa: e.moa || documents.has(key(e)),
			agency: respelled.get(e.agency) ?? e.agency,
		}));
		return (['participating', 'pending'] as const).map((kind, i) => ({
			kind,
			modified: `${step.on}T15:0${i}:00Z`,
			rows: held[kind].toSorted((a, b) => (a.agency < b.agency ? -1 : 1)).map((e, n) => row(e, n + 2, kind)),
			problems: [],
		}));
	});
}

function names(keys: readonly string[] | undefined): Set<string> {
	return new Set((keys ?? []).map((text) => key(entry(text, null))));
}

function key(e: Entry): string {
	return `${e.agency.replace(/ (Police Department|County Sheriff.*)$/, '')} ${e.model}`;
}

function entry(text: string, signed: Day | null): Entry {
	const model = text.slice(-3) as Model;
	const name = text.slice(0, -4);
	const common = { model, signed, moa: false };
	if (SHERIFFS.includes(name))
		return { ...common, agency: `${name} County Sheriff’s Office`, type: 'County', county: `${name} County` };
	if (TOWNS.includes(name))
		return { ...common, agency: `${name} Police Department`, type: 'Municipality', county: null };
	return { ...common, agency: name, type: 'State Agency', county: null };
}

const SUPPORT: Readonly<Record<Model, string>> = {
	TFM: 'Task Force Model',
	JEM: 'Jail Enforcement Model',
	WSO: 'Warrant Service Officer',
};

function row(e: Entry, number: number, kind: ListKind): Row {
	const slug = e.agency.replace(/[^A-Za-z]/g, '');
	const moa =
		kind === 'pending'
			? null
			: { text: e.moa ? 'link' : 'link pending', href: e.moa ? `https://sample.invalid/${slug}_${e.model}.pdf` : null };
	return {
		row: number,
		state: STATE,
		agency: e.agency,
		type: e.type,
		county: e.county,
		model: e.model,
		signed: e.signed,
		moa,
		addendum: null,
		cells: {
			STATE,
			'LAW ENFORCEMENT AGENCY': e.agency,
			TYPE: e.type,
			...(e.county === null ? {} : { COUNTY: e.county }),
			'SUPPORT TYPE': SUPPORT[e.model],
			...(e.signed === null ? {} : { SIGNED: e.signed }),
			...(moa === null ? {} : { MOA: moa.href ?? moa.text }),
		},
	};
}
