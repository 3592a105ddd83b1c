import { VISITOR } from '#access/actor.ts';
import { dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { toRecord, toRecords } from '#kernel/field.ts';
import { INSTRUMENTS, STANDINGS, TEXT_LANGUAGES } from '#library/policy.ts';
import { insideOf, publish } from '#library/publish.server.ts';
import { PROVISION_FIELDS } from '#library/record/provision.ts';
import { VERSION_WHOLE_FIELDS, WORK_WHOLE_FIELDS } from '#library/record/whole.ts';
import { WORK_FIELDS } from '#library/record/work.ts';
import type { Version, Work } from '#library/view.ts';
import { everyWork, works } from '#library/works.server.ts';
import { placeAt } from '#places/address.server.ts';
import type { World } from '#platform/world.ts';
import { type Args, type Noun, Usage, type Verb } from './command.ts';
import type { Io } from './io.ts';
import { BY, day, find, VERSION, versionAt } from './library-at.ts';
import { exporting } from './library-export.ts';
import { checking, importing, insideLines, outline, plain } from './library-import.ts';
import { PROTECTION_VERBS } from './library-protections.ts';
import { fact, facts, moving, relate, removing, withdrawing } from './library-say.ts';
import { reindexing, searching } from './library-search.ts';
import { counted, print, TABLE_OPTIONS } from './output.ts';

const WIDEST_LINE = 100;

const list: Verb = {
	name: 'list',
	summary: 'Every policy on the shelf, with where it stands',
	options: {
		...TABLE_OPTIONS,
		place: { value: 'PLACE', summary: 'only of this place, by its address (ny/place/new-york-city), or `coalition`' },
		state: { value: 'CODE', summary: 'only of this state and the places in it, by its postal code (NY)' },
		instrument: { value: 'KIND', choices: INSTRUMENTS, summary: 'only papers of this kind' },
		standing: { value: 'STANDING', choices: STANDINGS, summary: 'only those that stand so on the day' },
		language: { value: 'LANGUAGE', choices: TEXT_LANGUAGES, summary: 'only those with a version in this language' },
		on: { value: 'DAY', summary: 'standings as of this day, YYYY-MM-DD; else today' },
		withdrawn: { summary: 'also those that were taken from the shelf' },
	},
	examples: [
		{ command: 'library list --state NY --standing in_force', what: 'what is in force in New York' },
		{ command: 'library list --format csv > policies.csv', what: 'for a spreadsheet' },
	],
	async run(args, io) {
		const world = await io.world();
		const place = args.text('place');
		const coalition = place?.toLowerCase() === 'coalition';
		const state = args.text('state');
		if (state !== undefined && !/^[a-z]{2}$/i.test(state))
			throw new Usage(`--state takes a postal code of two letters, such as NY; ${state} is none.`);
		const filter = {
			...everyWork(day(args.text('on'), '--on') ?? dayAt(world.clock.now())),
			place: place === undefined || coalition ? null : await placeId(place, world),
			coalition: coalition ? true : null,
			state: state?.toUpperCase() ?? null,
			instrument: INSTRUMENTS.find((one) => one === args.text('instrument')) ?? null,
			standing: STANDINGS.find((one) => one === args.text('standing')) ?? null,
			language: TEXT_LANGUAGES.find((one) => one === args.text('language')) ?? null,
			withdrawn: args.has('withdrawn'),
		};
		await print(toRecords(WORK_FIELDS, works(filter, world)), WORK_FIELDS, args, io);
	},
};

const show: Verb = {
	name: 'show',
	summary: 'A policy with its facts and versions, a version with its tree, or a provision with its words',
	operands: [{ name: 'ADDRESS', summary: 'of a policy, a version or a provision: …/2014-11-14/sec_2' }],
	options: {
		format: {
			value: 'FORMAT',
			choices: ['text', 'json'],
			default: 'text',
			summary: 'text for the screen, json for programs (everything)',
		},
	},
	examples: [
		{ command: 'library show ny/place/new-york-city/local-law-58-of-2014', what: 'one policy' },
		{ command: 'library show coalition/detainers/2026-11-26/sec_3', what: 'one provision' },
	],
	run: runShow,
};

const inside: Verb = {
	name: 'inside',
	summary: 'Show what a version’s file holds beside its words: authors, comments, hidden text, revisions',
	detail: [
		'Ends with the number to give to `library publish`: nobody publishes a file without having seen what is in it.',
	],
	operands: [VERSION],
	examples: [
		{ command: 'library inside ny/place/new-york-city/local-law-58-of-2014/2014-11-14', what: 'look into one file' },
	],
	async run(args, io) {
		const world = await io.world();
		const { work, version } = await versionAt(args.operands[0] ?? '', world);
		const seen = await insideOf(work.id, version.id, world);
		const text = [
			`${plain(seen.name)}${seen.published ? ', published' : ', not published'}`,
			...insideLines(seen.inside),
			...Object.entries(seen.inside.properties).map(([name, value]) => `${plain(name)}: ${plain(value)}`),
			'',
			`To let anybody have it: citycompact library publish ${version.address} --seen ${seen.digest}`,
		];
		await io.write(`${text.join('\n')}\n`);
	},
};

const publishing: Verb = {
	name: 'publish',
	summary: 'Let anybody have the file that a version was read from, after having seen what is inside',
	operands: [VERSION],
	options: { seen: { value: 'NUMBER', summary: 'what `library inside` printed at its end' }, by: BY },
	examples: [
		{
			command: 'library publish ny/place/new-york-city/local-law-58-of-2014/2014-11-14 --seen 6f1c2a9e…',
			what: 'publish one file',
		},
	],
	async run(args, io) {
		const seen = args.text('seen');
		if (!seen) throw new Usage('Look at what is inside first: `citycompact library inside VERSION` prints the number.');
		const world = await io.world();
		const { work, version } = await versionAt(args.operands[0] ?? '', world);
		await publish(work.id, version.id, seen, args.text('by') ?? '', world);
		await io.write(`Anybody may now have the file of ${version.address}.\n`);
	},
};

export const library: Noun = {
	name: 'library',
	summary: 'Policies as versioned, citable provisions: import texts, say what became of them',
	verbs: [
		importing,
		checking,
		list,
		show,
		searching,
		exporting,
		facts,
		fact,
		relate,
		withdrawing,
		moving,
		removing,
		inside,
		publishing,
		reindexing,
		...PROTECTION_VERBS,
	],
};

async function runShow(args: Args, io: Io): Promise<void> {
	const world = await io.world();
	const at = await find(args.operands[0] ?? '', world);
	if (args.text('format') === 'json') {
		const shown = at.provision
			? toRecord(PROVISION_FIELDS, at.provision)
			: at.version
				? toRecord(VERSION_WHOLE_FIELDS, at.version)
				: toRecord(WORK_WHOLE_FIELDS, at.work);
		await io.write(`${JSON.stringify(shown, null, '\t')}\n`);
		return;
	}
	const text = at.provision
		? [at.provision.number, at.provision.heading, at.provision.text].filter(Boolean).map((one) => plain(one ?? ''))
		: at.version
			? versionText(at.work, at.version, io.width ?? WIDEST_LINE)
			: workText(at.work);
	await io.write(`${text.join('\n')}\n`);
}

function workText(work: Work): string[] {
	const since = work.standingSince ? ` since ${work.standingSince}` : '';
	return [
		plain(work.title),
		...(work.sample ? ['SAMPLE. An invented text of an invented place.'] : []),
		...(work.withdrawn ? [`Taken from the shelf on ${work.withdrawn.day}: ${plain(work.withdrawn.reason)}`] : []),
		`${[work.number, work.instrument.replaceAll('_', ' '), work.place?.name ?? 'coalition'].filter(Boolean).join(', ')}; ${work.standing.replaceAll('_', ' ')}${since}`,
		...work.facts.map((one) => `  ${one.day}  ${one.kind.replaceAll('_', ' ')}  ${plain(one.source)}`),
		...work.relations.map(
			(one) =>
				`  ${one.direction === 'from' ? one.kind.replaceAll('_', ' ') : `${one.kind.replaceAll('_', ' ')} (the other way)`}: ${plain(one.address ?? one.other)}`,
		),
		'Versions:',
		...work.versions.map(
			(one) => `  ${one.address}  ${one.format}, ${one.language}${one.official ? '' : ', unofficial translation'}`,
		),
	];
}

function versionText(work: Work, version: Version, width: number): string[] {
	return [
		plain(version.title),
		...(work.sample ? ['SAMPLE. An invented text of an invented place.'] : []),
		`${version.address}; read as ${version.format}; ${version.source.published ? 'file published' : 'file not published'}`,
		'',
		...outline(version.provisions, width),
		'',
		`${counted(version.provisions.length, 'provision')}, ${counted(version.problems.length, 'problem')}.`,
		...version.problems.map((one) => `  ${one.code}: ${plain(one.detail)}`),
	];
}

async function placeId(text: string, world: Pick<World, 'db'>): Promise<string> {
	const found = await world.db.as(VISITOR, (tx) => placeAt(text, tx));
	if (!found)
		throw new NotFound(`There is no place ${text}. Write the end of its address, such as ny/place/new-york-city.`);
	return found.id;
}
