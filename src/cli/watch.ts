import { type Day, parseDay } from '#kernel/day.ts';
import { Invalid } from '#kernel/error.ts';
import { agencyRegister } from '#watch/agencies.server.ts';
import { EVENT_KINDS, type EventKind } from '#watch/event.ts';
import { eventSeries } from '#watch/events.server.ts';
import { ingest, type Outcome } from '#watch/ingest.server.ts';
import { agreements, lists, problems, reviews } from '#watch/lists.server.ts';
import { MODELS, type Model } from '#watch/model.ts';
import { offered } from '#watch/read/archive.server.ts';
import { type AgencyView, EVERYTHING, type EventView } from '#watch/reading.ts';
import { type Args, type Noun, type Option, Usage, type Verb } from './command.ts';
import type { Io } from './io.ts';
import { print, TABLE_OPTIONS } from './output.ts';
import { listingOverrules, overruling, withdrawing } from './overrule.ts';

const FILTERS: Readonly<Record<string, Option>> = {
	state: { value: 'CODE', summary: 'only this state, by its postal code (GA)' },
	kind: { value: 'KIND', choices: EVENT_KINDS, summary: 'only events of this kind' },
	model: {
		value: 'MODEL',
		choices: MODELS,
		summary: 'only this model: TFM task force, JEM jail enforcement, WSO warrant service officer',
	},
	since: { value: 'DAY', summary: 'from this day on, YYYY-MM-DD' },
	until: { value: 'DAY', summary: 'up to this day, YYYY-MM-DD' },
	search: { value: 'WORDS', summary: 'only agencies with these words in name, county or state' },
};

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

const events: Verb = {
	name: 'events',
	summary: 'What changed from list to list, oldest first',
	detail: [
		'Every event names the rows it rests on. Events with baseline true were on the first list of their kind: nobody should count them as new. An event that no longer holds carries withdrawn_at.',
	],
	options: { ...TABLE_OPTIONS, ...FILTERS },
	examples: [
		{ command: 'watch events --state FL --since 2025-07-01', what: 'Florida since July 2025' },
		{ command: 'watch events --format json > events.json', what: 'the whole series for a program' },
		{
			command: 'watch events --kind removed --format csv',
			what: 'agreements no longer on the list, for a spreadsheet',
		},
	],
	run: (args, io) => runEvents(args, io),
};

const agencies: Verb = {
	name: 'agencies',
	summary: 'Every agency the lists ever held, with the models it is listed with now',
	options: TABLE_OPTIONS,
	examples: [{ command: 'watch agencies --format csv > agencies.csv', what: 'for a spreadsheet' }],
	async run(args, io) {
		await print((await agencyRegister(await io.world())).map(agencyRecord), AGENCY_COLUMNS, args, io);
	},
};

const agreementsVerb: Verb = {
	name: 'agreements',
	summary: 'Every agreement the lists ever held, with its dates and where it stands',
	options: TABLE_OPTIONS,
	examples: [{ command: 'watch agreements --format json', what: 'every field, for a program' }],
	async run(args, io) {
		const rows = (await agreements(await io.world())).map((a) => ({
			id: a.id,
			agency_id: a.agencyId,
			agency: a.agency,
			state: a.state,
			state_code: a.stateCode,
			county: a.county,
			model: a.model,
			signed: a.signed,
			first_listed: a.firstListed,
			last_listed: a.lastListed,
			standing: a.standing,
			moa: a.moa,
			addendum: a.addendum,
			file: a.file,
			sha256: a.sha256,
			row: a.row,
		}));
		await print(rows, AGREEMENT_COLUMNS, args, io);
	},
};

const listsVerb: Verb = {
	name: 'lists',
	summary: 'Every file ever offered: its date, its rows, its problems, and why one takes no part',
	options: TABLE_OPTIONS,
	examples: [{ command: 'watch lists', what: 'the lists on the screen' }],
	async run(args, io) {
		const rows = (await lists(await io.world())).map(({ addedAt, ...list }) => ({ ...list, added_at: addedAt }));
		await print(rows, LIST_COLUMNS, args, io);
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
		events,
		agencies,
		agreementsVerb,
		listsVerb,
		problemsVerb,
		review,
		overruling,
		listingOverrules,
		withdrawing,
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
	await io.write(`${tally.added} lists read, ${tally.known} known already, ${tally.refused} refused.\n`);
	const problems = report.files.reduce((sum, file) => sum + (file.outcome === 'added' ? file.problems.length : 0), 0);
	if (problems > 0) await io.write(`${problems} rows or cells had a problem: see \`citycompact watch problems\`.\n`);
	const { ledger } = report;
	if (ledger.outcome === 'rebuilt') {
		await io.write(
			`Ledger made from ${ledger.lists} lists: ${ledger.events.added} events added, ${ledger.events.changed} changed, ${ledger.events.withdrawn} withdrawn.\n`,
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

async function runEvents(args: Args, io: Io): Promise<void> {
	const filter = {
		...EVERYTHING,
		q: args.text('search') ?? null,
		kind: (args.text('kind') as EventKind | undefined) ?? null,
		model: (args.text('model') as Model | undefined) ?? null,
		state: postalCode(args),
		since: day(args, 'since'),
		until: day(args, 'until'),
	};
	await print(records(eventSeries(filter, await io.world())), EVENT_COLUMNS, args, io);
}

function postalCode(args: Args): string | null {
	const text = args.text('state');
	if (text === undefined) return null;
	if (!/^[a-z]{2}$/i.test(text))
		throw new Usage(`--state takes a postal code of two letters, such as GA; ${text} is none.`);
	return text.toUpperCase();
}

function day(args: Args, option: string): Day | null {
	const text = args.text(option);
	if (text === undefined) return null;
	const found = parseDay(text);
	if (!found) throw new Usage(`--${option} takes a day as YYYY-MM-DD; ${text} is none.`);
	return found;
}

async function* records(views: AsyncIterable<EventView>) {
	for await (const view of views) yield eventRecord(view);
}

/** An event by the published contract: the same names in the CLI, the API and the feeds. */
function eventRecord(e: EventView) {
	return {
		id: e.id,
		kind: e.kind,
		at: e.at,
		list: e.list,
		state: e.state,
		state_code: e.stateCode,
		agency_id: e.agencyId,
		agency: e.agency,
		agency_before: e.agencyBefore,
		agreement_id: e.agreementId,
		model: e.model,
		model_before: e.modelBefore,
		signed: e.signed,
		signed_before: e.signedBefore,
		evidence: e.evidence.map(({ file, sha256, row, cells }) => ({ file, sha256, row, cells })),
		confidence: e.confidence,
		baseline: e.baseline,
		statement_en: e.statement.en,
		statement_es: e.statement.es,
		withdrawn_at: e.withdrawnAt,
		replaced_by: e.replacedBy,
	};
}

function agencyRecord(a: AgencyView) {
	return {
		id: a.id,
		name: a.name,
		state: a.state,
		state_code: a.stateCode,
		county: a.county,
		kind: a.kind,
		models: a.models.map((m) => m.model).join(' '),
		applications: a.applications.join(' '),
		first_signed: a.firstSigned,
		last_change: a.lastChange,
	};
}

/** The fields of an event, by the published contract. */
export const EVENT_COLUMNS = [
	{ name: 'id' },
	{ name: 'at', heading: 'List of' },
	{ name: 'kind', heading: 'Event' },
	{ name: 'list' },
	{ name: 'state' },
	{ name: 'state_code', heading: 'State' },
	{ name: 'agency_id' },
	{ name: 'agency', heading: 'Agency' },
	{ name: 'agency_before' },
	{ name: 'agreement_id' },
	{ name: 'model', heading: 'Model' },
	{ name: 'model_before' },
	{ name: 'signed', heading: 'Signing date' },
	{ name: 'signed_before' },
	{ name: 'evidence' },
	{ name: 'confidence' },
	{ name: 'baseline' },
	{ name: 'statement_en' },
	{ name: 'statement_es' },
	{ name: 'withdrawn_at' },
	{ name: 'replaced_by' },
] as const;

const AGENCY_COLUMNS = [
	{ name: 'id' },
	{ name: 'state' },
	{ name: 'state_code', heading: 'State' },
	{ name: 'name', heading: 'Agency' },
	{ name: 'county', heading: 'County' },
	{ name: 'kind', heading: 'Kind' },
	{ name: 'models', heading: 'Listed with' },
	{ name: 'applications', heading: 'Applied for' },
	{ name: 'first_signed', heading: 'First signing date' },
	{ name: 'last_change' },
] as const;

const AGREEMENT_COLUMNS = [
	{ name: 'id' },
	{ name: 'agency_id' },
	{ name: 'state' },
	{ name: 'state_code', heading: 'State' },
	{ name: 'agency', heading: 'Agency' },
	{ name: 'county' },
	{ name: 'model', heading: 'Model' },
	{ name: 'signed', heading: 'Signing date' },
	{ name: 'first_listed', heading: 'First listed' },
	{ name: 'last_listed', heading: 'Last listed' },
	{ name: 'standing', heading: 'Standing' },
	{ name: 'moa' },
	{ name: 'addendum' },
	{ name: 'file' },
	{ name: 'sha256' },
	{ name: 'row' },
] as const;

const LIST_COLUMNS = [
	{ name: 'modified', heading: 'Dated' },
	{ name: 'kind', heading: 'List' },
	{ name: 'rows', heading: 'Rows', align: 'right' },
	{ name: 'problems', heading: 'Problems', align: 'right' },
	{ name: 'standing', heading: 'Standing' },
	{ name: 'reason', heading: 'Reason' },
	{ name: 'file', heading: 'File' },
	{ name: 'detail' },
	{ name: 'sha256' },
	{ name: 'added_at' },
	{ name: 'sample' },
] as const;

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
