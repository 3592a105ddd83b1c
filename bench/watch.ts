import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as XLSX from 'xlsx';
import { SYSTEM } from '../src/access/actor.ts';
import { furnish } from '../src/places/furnish.server.ts';
import { readConfig } from '../src/platform/config.server.ts';
import { openWorld } from '../src/platform/world.server.ts';
import { ingest } from '../src/watch/ingest.server.ts';
import { type Ledger, ledger } from '../src/watch/ledger.ts';
import type { List } from '../src/watch/list.ts';
import type { Offered } from '../src/watch/read/archive.server.ts';
import { readSheet } from '../src/watch/read/sheet.ts';
import { demand, type Measures, median, paired, report, tell, timed } from './measure.ts';
import { type Capture, captures, randomOf, shuffled } from './watch/archive.ts';
import { compareCounts } from './watch/counts.ts';
import { places } from './watch/places.ts';
import { type Score, score } from './watch/score.ts';
import { served } from './watch/served.ts';

/** Rounds of each pair of timings; the median counts. */
const ROUNDS = 7;
/** How often the archive is repeated, with its dates moved on each time, to see how the cost grows. */
const REPEATS = [1, 3, 10] as const;

/**
 * Reads the captures below `--data DIR`, scores the ledger against the careful reading beside them, and times it against
 * SheetJS reading the same files in the same run. True when no bar is missed.
 */
export async function main(args: string[]): Promise<boolean> {
	const { values } = parseArgs({
		args,
		options: { data: { type: 'string', default: '../shared/data/287g' }, json: { type: 'boolean', default: false } },
	});
	const data = resolve(values.data);
	const files = captures(data);
	const say = (line: string): void => {
		if (!values.json) console.log(line);
	};
	say(`${files.length} files in ${data}`);
	const lists = files.map(read);
	const made = ledger(lists);
	const measures: Measures = {
		...quality(files, lists, made, data, say),
		...order(lists, made),
		...(await speed(files)),
		...growth(lists),
		...(await written(files, made, resolve(data, '../census'))),
		peak_memory: tell(Math.round(process.resourceUsage().maxRSS / 1024), 'MB resident, this process'),
	};
	return report(measures, values.json);
}

function read(file: Capture): List {
	const list = readSheet(file.bytes, file.sha256);
	if ('refused' in list) throw new Error(`${file.folder}/${file.name} was refused: ${list.detail}`);
	return list;
}

function quality(
	files: readonly Capture[],
	lists: readonly List[],
	made: Ledger,
	data: string,
	say: (line: string) => void,
): Measures {
	const text = (name: string): string => readFileSync(join(data, name), 'utf8');
	const found: Score = score(made, files, text('truth_events.csv'));
	for (const kind of found.kinds) {
		say(`${kind.kind.padEnd(28)} recall ${kind.recalled}/${kind.truth}  precision ${kind.correct}/${kind.found}`);
	}
	for (const line of [...found.missed, ...found.falseAlarms]) say(line);
	say('Arguable rows, listed and not counted:');
	for (const line of found.arguable) say(`  ${line}`);
	const counts = compareCounts(files, lists, made, text('truth_counts.csv'));
	for (const line of counts.differences) say(line);
	const others = lists.flatMap((list) => list.problems).filter((problem) => problem.code === 'other').length;
	return {
		false_removals: demand(found.falseRemovals, 'events', { most: 0 }),
		recall: demand(found.recall, 'of truth rows', { least: 0.98 }),
		precision: demand(found.precision, 'of events', { least: 0.98 }),
		counts_differing: demand(counts.differences.length, `of ${counts.compared} counts`, { most: 0 }),
		problems_other: demand(others, 'rows', { most: 0 }),
	};
}

/** The same set in any order, once or twice, gives the same ledger. */
function order(lists: readonly List[], made: Ledger): Measures {
	const expected = JSON.stringify(made);
	const random = randomOf(287);
	const trials = Array.from({ length: 5 }, () => shuffled(lists, random)).concat([[...lists, ...lists]]);
	const different = trials.filter((trial) => JSON.stringify(ledger(trial)) !== expected).length;
	return { orders_differing: demand(different, `of ${trials.length} orders`, { most: 0 }) };
}

async function speed(files: readonly Capture[]): Promise<Measures> {
	const times = await paired(
		() => ledger(files.map(read)),
		() => files.map(sheetJs),
		ROUNDS,
	);
	const reading = await paired(
		() => files.map(read),
		() => files.map(sheetJs),
		ROUNDS,
	);
	const ratio = median(times.ours.map((ours, i) => ours / (times.peer[i] as number)));
	return {
		sheetjs: tell(median(times.peer), 'ms reading the same files'),
		reading: tell(median(reading.ours), 'ms', median(reading.peer)),
		reading_and_ledger: tell(median(times.ours), 'ms', median(times.peer)),
		reading_and_ledger_ratio: demand(ratio, 'of SheetJS reading', { most: 0.8 }),
	};
}

function sheetJs(file: Capture): unknown[] {
	const book = XLSX.read(file.bytes);
	return XLSX.utils.sheet_to_json(book.Sheets[book.SheetNames[0] as string] as XLSX.WorkSheet);
}

/** Time of the ledger over the archive repeated with its dates moved on; the exponent of time over length. */
function growth(lists: readonly List[]): Measures {
	const measures: Measures = {};
	const points: [number, number][] = [];
	for (const times of REPEATS) {
		const archive = repeated(lists, times);
		const runs = Array.from({ length: 3 }, () => {
			const begun = performance.now();
			ledger(archive);
			return performance.now() - begun;
		});
		measures[`ledger_${times}x`] = tell(median(runs), `ms for ${archive.length} lists`);
		points.push([archive.length, median(runs)]);
	}
	const [first, last] = [points[0] as [number, number], points.at(-1) as [number, number]];
	const exponent = Math.log(last[1] / first[1]) / Math.log(last[0] / first[0]);
	return { ...measures, growth_exponent: demand(exponent, 'of time over lists', { most: 1.1 }) };
}

const MS_PER_DAY = 86_400_000;

function repeated(lists: readonly List[], times: number): List[] {
	const dates = lists.map((list) => Date.parse(list.modified));
	const span = Math.ceil((Math.max(...dates) - Math.min(...dates)) / MS_PER_DAY) + 1;
	return Array.from({ length: times }, (_, n) =>
		lists.map((list) => ({
			...list,
			sha256: n === 0 ? list.sha256 : `${n.toString(16).padStart(4, '0')}${list.sha256.slice(4)}`,
			modified: new Date(Date.parse(list.modified) + n * span * MS_PER_DAY).toISOString().replace('.000', ''),
		})),
	).flat();
}

/** The last of three imports, whose database nobody serves: its places may change. */
const ROUND_OF_PLACES = 2;

/** A whole import into a new database: reading, one transaction a list, the ledger and its writes; what was placed; then the page under load. */
async function written(files: readonly Capture[], made: Ledger, census: string): Promise<Measures> {
	const folder = mkdtempSync(join(tmpdir(), 'citycompact-bench-'));
	// The database's own user must be able to pass through.
	chmodSync(folder, 0o711);
	const ratios: number[] = [];
	const furnished: number[] = [];
	const times: number[] = [];
	const peers: number[] = [];
	let loads: Measures;
	let found: Measures = {};
	try {
		for (let round = 0; round <= ROUND_OF_PLACES; round++) {
			const config = readConfig({ COMPACT_DATA: join(folder, String(round)) });
			const world = await openWorld({ config, write: () => {}, terminal: () => {} });
			// Once in the life of a database, and no part of reading lists.
			furnished.push(await timed(() => world.db.as(SYSTEM, (tx) => furnish(world, tx))));
			const ours = await timed(() => ingest(offering(files), world));
			const peer = await timed(() => files.map(sheetJs));
			if (round === ROUND_OF_PLACES) found = await places(census, made, world);
			await world.close();
			times.push(ours);
			peers.push(peer);
			ratios.push(ours / peer);
		}
		loads = await served(join(folder, '0'));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	return {
		places_furnished: tell(median(furnished), 'ms, once in a new database'),
		with_database: tell(median(times), 'ms', median(peers)),
		with_database_ratio: demand(median(ratios), 'of SheetJS reading', { most: 2 }),
		...found,
		...loads,
	};
}

async function* offering(files: readonly Capture[]): AsyncGenerator<Offered> {
	for (const { folder, name, bytes } of files) yield { name, source: folder, bytes };
}
