import { VISITOR } from '#access/actor.ts';
import { type Day, parseDay } from '#kernel/day.ts';
import { Invalid, NotFound } from '#kernel/error.ts';
import { toRecords } from '#kernel/field.ts';
import { placeAt } from '#places/address.server.ts';
import type { World } from '#platform/world.ts';
import { AGENCY_KINDS } from '#watch/agency.ts';
import { STANDINGS } from '#watch/agreement.ts';
import { agreements } from '#watch/agreements.server.ts';
import { EVENT_KINDS } from '#watch/event.ts';
import { eventSeries, SERIES } from '#watch/events.server.ts';
import { ingest, type Outcome } from '#watch/ingest.server.ts';
import { lists, problems, reviews } from '#watch/lists.server.ts';
import { MODELS } from '#watch/model.ts';
import { offered } from '#watch/read/archive.server.ts';
import { AGENCY_FIELDS } from '#watch/record/agency.ts';
import { AGREEMENT_FIELDS } from '#watch/record/agreement.ts';
import { EVENT_FIELDS } from '#watch/record/event.ts';
import { LIST_FIELDS } from '#watch/record/list.ts';
import { SERIES_FIELDS } from '#watch/record/series.ts';
import { agencyRegister, REGISTER_STANDINGS } from '#watch/register.server.ts';
import { series } from '#watch/series.server.ts';
import { type Args, type Noun, type Option, Usage, type Verb } from './command.ts';
import { fetching } from './fetch.ts';
import type { Io } from './io.ts';
import { counted, print, TABLE_OPTIONS } from './output.ts';
import { listingOverrules, overruling, withdrawing } from './overrule.ts';
import { closingReport, listingReports } from './report.ts';

const STATE: Option = { value: 'CODE', summary: 'only this state, by its postal code (GA)' };
const KIND: Option = { value: 'KIND', choices: EVENT_KINDS, summary: 'only events of this kind' };
const MODEL: Option = {
	value: 'MODEL',
	choices: MODELS,
	summary: 'only this model: TFM task force, JEM jail enforcement, WSO warrant service officer',
};
const SINCE: Option = { value: 'DAY', summary: 'from this day on, YYYY-MM-DD' };
const UNTIL: Option = { value: 'DAY', summary: 'up to this day, YYYY-MM-DD' };
const AGENCY: Option = { value: 'ID', summary: 'only this agency, by its id' };
const PLACE: Option = {
	value: 'PLACE',
	summary:
		'only agencies whose area includes this place or lies in it: the end of its address (tx/walker-county, tx/place/huntsville) or its OCD id',
};
const SEARCH: Option = { value: 'WORDS', summary: 'only agencies with these words in name, county or state' };

const importing: Verb = {
	name: 'import',
	summary: 'Read published lists and bring the ledger up to date',
	detail: [
		'Takes spreadsheets, folders of captures (a folder without one of the two lists means that list was unchanged), .zip, .tar.gz, or - for standard input. Order and names do not matter: a list is known by its content and dated by the date inside it. Importing again changes nothing.',
		'A file that cannot be read as a list is kept with the reason and shown by `citycompact watch lists`; the others go in all the same.',
	],
	operands: [{ name: 'PATH', summary: 'a file, a folder, an archive, or - for standard input', many: true }],
	examples: [
		{ command: 'watch import participatingAgencies.xlsx pendingAgencies.xlsx', what: 'the two lists of today' },
		{ command: 'watch import captures/', what: 'a whole archive of captures' },
	],
	run: runImport,
};

const eventsVerb: Verb = {
	name: 'events',
	summary: 'What changed from list to list, oldest first',
	detail: [
		'Every event names the rows it rests on. Events with baseline true were on the first list of their kind: nobody should count them as new. An event that no longer holds carries withdrawn_at.',
	],
	options: {
		...TABLE_OPTIONS,
		state: STATE,
		kind: KIND,
		model: MODEL,
		since: SINCE,
		until: UNTIL,
		agency: AGENCY,
		place: PLACE,
		search: SEARCH,
	},
	examples: [
		{ command: 'watch events --state FL --since 2025-07-01', what: 'Florida since July 2025' },
		{ command: 'watch events --format json > events.json', what: 'the whole series for a program' },
		{
			command: 'watch events --kind removed --format csv',
			what: 'agreements no longer on the list, for a spreadsheet',
		},
		{ command: 'watch events --place tx/walker-county', what: 'one county, and the places in it' },
	],
	async run(args, io) {
		const world = await io.world();
		const filter = {
			...SERIES,
			q: args.text('search') ?? null,
			kind: choice(args, 'kind', EVENT_KINDS),
			model: choice(args, 'model', MODELS),
			state: postalCode(args),
			since: day(args, 'since'),
			until: day(args, 'until'),
			agency: args.text('agency') ?? null,
			place: await place(args, world),
		};
		await print(toRecords(EVENT_FIELDS, eventSeries(filter, world)), EVENT_FIELDS, args, io);
	},
};

const agenciesVerb: Verb = {
	name: 'agencies',
	summary: 'Every agency the lists ever held, with the models it is listed with now and the area it serves',
	options: {
		...TABLE_OPTIONS,
		state: STATE,
		model: MODEL,
		kind: { value: 'KIND', choices: AGENCY_KINDS, summary: 'only this kind of agency' },
		standing: {
			value: 'STANDING',
			choices: REGISTER_STANDINGS,
			summary: 'with a listed agreement, with a pending application, or with neither any more',
		},
		agency: AGENCY,
		place: PLACE,
		search: SEARCH,
	},
	examples: [
		{ command: 'watch agencies --format csv > agencies.csv', what: 'for a spreadsheet' },
		{ command: 'watch agencies --place ga --standing listed', what: 'who is listed in Georgia' },
	],
	async run(args, io) {
		const world = await io.world();
		const filter = {
			q: args.text('search') ?? null,
			state: postalCode(args),
			kind: choice(args, 'kind', AGENCY_KINDS),
			model: choice(args, 'model', MODELS),
			standing: choice(args, 'standing', REGISTER_STANDINGS),
			agency: args.text('agency') ?? null,
			place: await place(args, world),
			after: null,
		};
		await print(toRecords(AGENCY_FIELDS, agencyRegister(filter, world)), AGENCY_FIELDS, args, io);
	},
};

const agreementsVerb: Verb = {
	name: 'agreements',
	summary: 'Every agreement the lists ever held, with its dates and where it stands',
	options: {
		...TABLE_OPTIONS,
		state: STATE,
		model: MODEL,
		standing: {
			value: 'STANDING',
			choices: STANDINGS,
			summary: 'where it stands on the latest list',
		},
		agency: AGENCY,
		place: PLACE,
		search: SEARCH,
	},
	examples: [
		{ command: 'watch agreements --format json', what: 'every field, for a program' },
		{ command: 'watch agreements --state TX --model TFM --standing listed', what: 'task force agreements in Texas' },
	],
	async run(args, io) {
		const world = await io.world();
		const filter = {
			q: args.text('search') ?? null,
			state: postalCode(args),
			model: choice(args, 'model', MODELS),
			standing: choice(args, 'standing', STANDINGS),
			agency: args.text('agency') ?? null,
			place: await place(args, world),
			after: null,
		};
		await print(toRecords(AGREEMENT_FIELDS, agreements(filter, world)), AGREEMENT_FIELDS, args, io);
	},
};

const listsVerb: Verb = {
	name: 'lists',
	summary: 'Every file ever offered: its date, its rows, its problems, and why one takes no part',
	options: TABLE_OPTIONS,
	examples: [{ command: 'watch lists', what: 'the lists on the screen' }],
	async run(args, io) {
		await print(toRecords(LIST_FIELDS, await lists(await io.world())), LIST_FIELDS, args, io);
	},
};

const seriesVerb: Verb = {
	name: 'series',
	summary: 'Listed agreements on each list that takes part, by model, of all states or of one',
	options: { ...TABLE_OPTIONS, state: STATE },
	examples: [{ command: 'watch series --state TX --format csv', what: 'Texas, for a chart' }],
	async run(args, io) {
		await print(toRecords(SERIES_FIELDS, await series(postalCode(args), await io.world())), SERIES_FIELDS, args, io);
	},
};

const problemsVerb: Verb = {
	name: 'problems',
	summary: 'What was odd about files and rows; docs/watch/problems.md explains each code',
	options: TABLE_OPTIONS,
	examples: [{ command: 'watch problems --format csv > problems.csv', what: 'for a spreadsheet' }],
	async run(args, io) {
		await print(await problems(await io.world()), PROBLEM_COLUMNS, args, io);
	},
};

const review: Verb = {
	name: 'review',
	summary: 'Questions that no rule settled, for a person to decide with `watch overrule`',
	options: TABLE_OPTIONS,
	examples: [{ command: 'watch review', what: 'the open questions on the screen' }],
	async run(args, io) {
		await print(await reviews(await io.world()), REVIEW_COLUMNS, args, io);
	},
};

export const watch: Noun = {
	name: 'watch',
	summary: 'The ledger of 287(g) agreements: import the published lists, read what changed',
	verbs: [
		importing,
		fetching,
		eventsVerb,
		agenciesVerb,
		agreementsVerb,
		listsVerb,
		seriesVerb,
		problemsVerb,
		review,
		overruling,
		listingOverrules,
		withdrawing,
		listingReports,
		closingReport,
	],
};

async function runImport(args: Args, io: Io): Promise<void> {
	const world = await io.world();
	const bar = io.progress('Reading lists');
	const tally = { added: 0, known: 0, refused: 0 };
	const told = (file: Outcome): void => {
		tally[file.outcome]++;
		bar.at(tally.added + tally.known + tally.refused, 0, file.name);
		if (file.outcome === 'refused') io.say(`Not read: ${file.name}. ${file.detail} (${file.code})`);
	};
	const report = await ingest(offered(args.operands, io.stdin), world, told).finally(() => bar.end());
	if (report.files.length === 0)
		throw new Invalid(
			'There is no spreadsheet in what you named. Name .xlsx files, or a folder or archive that holds some.',
		);
	await io.write(`${counted(tally.added, 'list')} read, ${tally.known} known already, ${tally.refused} refused.\n`);
	const problems = report.files.reduce((sum, file) => sum + (file.outcome === 'added' ? file.problems.length : 0), 0);
	if (problems > 0)
		await io.write(
			`${counted(problems, 'row or cell', 'rows or cells')} had a problem: see \`citycompact watch problems\`.\n`,
		);
	const { ledger } = report;
	if (ledger.outcome === 'rebuilt') {
		await io.write(
			`Ledger made from ${counted(ledger.lists, 'list')}: ${counted(ledger.events.added, 'event')} added, ${ledger.events.changed} changed, ${ledger.events.withdrawn} withdrawn.\n`,
		);
		for (const sha256 of ledger.quarantined) {
			io.say(
				`The list ${sha256} takes no part: too many rows vanished without an explanation. See \`citycompact watch lists\`.`,
			);
		}
	} else await io.write('The ledger stands as it was.\n');
	if (tally.refused === report.files.length)
		throw new Invalid('None of the files could be read as a list. The reasons stand above.');
}

function postalCode(args: Args): string | null {
	const text = args.text('state');
	if (text === undefined) return null;
	if (!/^[a-z]{2}$/i.test(text))
		throw new Usage(`--state takes a postal code of two letters, such as GA; ${text} is none.`);
	return text.toUpperCase();
}

async function place(args: Args, world: Pick<World, 'db'>): Promise<string | null> {
	const text = args.text('place');
	if (text === undefined) return null;
	const found = await world.db.as(VISITOR, (tx) => placeAt(text, tx));
	if (!found) throw new NotFound(`There is no place ${text}. Write the end of its address, such as tx/walker-county.`);
	return found.id;
}

/** The parser has checked it against the choices of the option. */
function choice<T extends string>(args: Args, option: string, choices: readonly T[]): T | null {
	return choices.find((one) => one === args.text(option)) ?? null;
}

function day(args: Args, option: string): Day | null {
	const text = args.text(option);
	if (text === undefined) return null;
	const found = parseDay(text);
	if (!found) throw new Usage(`--${option} takes a day as YYYY-MM-DD; ${text} is none.`);
	return found;
}

const PROBLEM_COLUMNS = [
	{ name: 'file', heading: 'File' },
	{ name: 'row', heading: 'Row', align: 'right' },
	{ name: 'column', heading: 'Column' },
	{ name: 'code', heading: 'Problem' },
	{ name: 'detail', heading: 'What stands there' },
	{ name: 'kind' },
	{ name: 'sha256' },
] as const;

const REVIEW_COLUMNS = [
	{ name: 'id' },
	{ name: 'reason', heading: 'Question' },
	{ name: 'state', heading: 'State' },
	{ name: 'agencies', heading: 'Agencies' },
	{ name: 'file', heading: 'File' },
	{ name: 'rows', heading: 'Rows' },
	{ name: 'sha256' },
] as const;
