import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { SYSTEM, VISITOR } from '#access/actor.ts';
import { Invalid, NotFound } from '#kernel/error.ts';
import { inflateEntry, looksZipped, zipEntries } from '#kernel/zip.ts';
import { type Imported, importGazetteer, importOrder } from '#places/import.server.ts';
import { placeDetails, placeSources } from '#places/list.server.ts';
import { findPlaces } from '#places/search.server.ts';
import { rebuild } from '#watch/rebuild.server.ts';
import type { Args, Noun, Verb } from './command.ts';
import type { Io } from './io.ts';
import { print, TABLE_OPTIONS } from './output.ts';

/** The largest gazetteer has 4 MB; a file is held in memory. */
const MOST_BYTES = 40_000_000;
/** Lines told one by one; the rest are counted. */
const MOST_TOLD = 20;
const MOST_FOUND = 20;

const importing: Verb = {
	name: 'import',
	summary: 'Read gazetteers of the Census Bureau, so that cities carry their GEOIDs and towns are places',
	detail: [
		'Takes the national gazetteer files of counties, places and county subdivisions and the national list of places by county, as .txt or .zip, of any year. What a file is stands in its columns; its name does not matter. Files of one command are taken in the order they need. Importing again changes nothing, and no place ever loses its address.',
		'A line that cannot be read is told and left out; the others go in. Afterwards the areas of agencies are worked out again.',
	],
	operands: [{ name: 'FILE', summary: 'a gazetteer, .txt or .zip', many: true }],
	examples: [
		{
			command: 'places import 2025_Gaz_place_national.txt 2025_Gaz_cousubs_national.txt',
			what: 'places and county subdivisions of 2025',
		},
	],
	run: runImport,
};

const list: Verb = {
	name: 'list',
	summary: 'Where the places come from: packages and files, their versions and rows',
	options: TABLE_OPTIONS,
	examples: [{ command: 'places list', what: 'the sources on the screen' }],
	async run(args, io) {
		const world = await io.world();
		await print(await world.db.as(VISITOR, placeSources), SOURCE_COLUMNS, args, io);
	},
};

const show: Verb = {
	name: 'show',
	summary: 'Places by address or name, with their GEOID and the counties they lie in',
	options: TABLE_OPTIONS,
	operands: [{ name: 'PLACE', summary: 'an address (tx/place/huntsville) or a name ("huntsville tx")' }],
	examples: [{ command: 'places show tx/walker-county', what: 'one county' }],
	async run(args, io) {
		const world = await io.world();
		const text = args.operands[0] ?? '';
		const rows = await world.db.as(VISITOR, async (tx) => {
			const at = await placeDetails({ path: text }, tx);
			if (at.length > 0) return at;
			const sample = (await findPlaces(text, { sample: false, limit: 1 }, tx)).length === 0;
			return placeDetails({ ids: (await findPlaces(text, { sample, limit: MOST_FOUND }, tx)).map(({ id }) => id) }, tx);
		});
		if (rows.length === 0)
			throw new NotFound(`No place is called ${text}. Try its name alone, or its address such as tx/walker-county.`);
		await print(rows, PLACE_COLUMNS, args, io);
	},
};

/** Where a place is: the gazetteers behind the watch. */
export const places: Noun = {
	name: 'places',
	summary: 'States, counties, cities and towns: what they are made from, and gazetteers to make them exact',
	verbs: [importing, list, show],
};

async function runImport(args: Args, io: Io): Promise<void> {
	const world = await io.world();
	const files: { name: string; bytes: Uint8Array; order: number }[] = [];
	for (const path of args.operands) {
		for (const { name, bytes } of await contents(path)) files.push({ name, bytes, order: importOrder(decoded(bytes)) });
	}
	let refused = 0;
	for (const { name, bytes } of files.toSorted((a, b) => a.order - b.order)) {
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		const done = await world.db.as(SYSTEM, (tx) => importGazetteer(decoded(bytes), sha256, world, tx));
		if (done.outcome === 'refused') {
			refused++;
			io.say(`Not read: ${name}. ${done.detail}`);
		} else await tell(name, done, io);
	}
	if (refused === files.length)
		throw new Invalid('None of the files could be read as a gazetteer. The reasons stand above.');
	const made = await rebuild(world);
	await io.write(
		made.outcome === 'rebuilt' ? 'Areas of agencies worked out again.\n' : 'The ledger stands as it was.\n',
	);
}

async function tell(name: string, done: Extract<Imported, { outcome: 'imported' }>, io: Io): Promise<void> {
	for (const { line, detail } of done.problems.slice(0, MOST_TOLD)) io.say(`${name}, line ${line}: ${detail}`);
	if (done.problems.length > MOST_TOLD) io.say(`${name}: ${done.problems.length - MOST_TOLD} more lines like these.`);
	const { form, added, changed, unchanged, joined, left } = done;
	await io.write(
		`${name} (${form.replaceAll('_', ' ')}): ${added} added, ${changed} changed (${joined} now have a GEOID), ${unchanged} as they were, ${left} left out.\n`,
	);
}

/** The file, or the text files inside it where it is a zip. Throws `Invalid` where it is too large or cannot be opened. */
async function contents(path: string): Promise<{ name: string; bytes: Uint8Array }[]> {
	const size = await stat(path).then(
		(found) => found.size,
		() => null,
	);
	if (size === null) throw new Invalid(`There is no file ${path}. Check its name.`);
	if (size > MOST_BYTES) throw new Invalid(`${path} is larger than ${MOST_BYTES / 1e6} MB; no gazetteer is.`);
	const bytes = await readFile(path);
	if (!looksZipped(bytes)) return [{ name: basename(path), bytes }];
	try {
		return zipEntries(bytes)
			.filter((entry) => /\.txt$/i.test(entry.name))
			.map((entry) => ({ name: basename(entry.name), bytes: inflateEntry(bytes, entry, MOST_BYTES) }));
	} catch {
		throw new Invalid(`${path} is a damaged zip. Download it again.`);
	}
}

/** Gazetteers of some years are Latin-1. */
function decoded(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

const SOURCE_COLUMNS = [
	{ name: 'name', heading: 'Source' },
	{ name: 'version', heading: 'Version' },
	{ name: 'vintage', heading: 'Vintage' },
	{ name: 'rows', heading: 'Rows', align: 'right' },
	{ name: 'added_at', heading: 'Since' },
] as const;

const PLACE_COLUMNS = [
	{ name: 'path', heading: 'Address' },
	{ name: 'name', heading: 'Place' },
	{ name: 'kind', heading: 'Kind' },
	{ name: 'state', heading: 'State' },
	{ name: 'counties', heading: 'Counties' },
	{ name: 'geoid', heading: 'GEOID' },
	{ name: 'id' },
	{ name: 'source' },
] as const;
