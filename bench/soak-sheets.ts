import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readSheet } from '#watch/read/sheet.ts';
import { complaint, diceOf, MUTATIONS, madeSeeds, mutant } from '../test/watch/mutant.ts';

/** No file may hold up an import for longer. */
const SLOW_MS = 2_000;
/** Heavy sheets cost ten times the others: one in so many is one. */
const HEAVY_EVERY = 25;

/**
 * Reads mutated sheets and reports what should not be: a crash, a reading that breaks its promises, more than two
 * seconds. `--count 20000`, `--seed` (printed; mutant n of a run is made from seed + n), `--data FOLDER` with real
 * captures to damage, `--keep FOLDER` for the offenders. Returns the exit code.
 */
export async function main(args: string[]): Promise<number> {
	const { values } = parseArgs({
		args,
		options: {
			count: { type: 'string', default: '20000' },
			seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
			data: { type: 'string' },
			keep: { type: 'string' },
		},
	});
	const count = Number(values.count);
	const seed = Number(values.seed);
	const seeds = values.data ? [...madeSeeds(), ...workbooksIn(values.data)] : madeSeeds();
	console.log(`soak:sheets  ${count} mutants of ${seeds.length} workbooks, --seed ${seed}`);

	const tally = new Map<string, number>();
	const offenders: string[] = [];
	let slowest = { n: -1, ms: 0 };
	for (let n = 0; n < count; n++) {
		const kind = n % HEAVY_EVERY === 0 ? 'weight' : (MUTATIONS[n % 3] ?? 'bytes');
		const bytes = mutant(kind, seeds, diceOf(seed + n));
		const started = performance.now();
		const { outcome, wrong } = attempt(bytes);
		const ms = performance.now() - started;
		tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
		if (ms > slowest.ms) slowest = { n, ms };
		if (wrong !== null || ms > SLOW_MS) {
			offenders.push(`${kind} ${n}: ${wrong ?? 'slow'} (${ms.toFixed(0)} ms)`);
			if (values.keep) writeFileSync(join(values.keep, `${seed}-${n}.xlsx`), bytes);
		}
	}
	for (const [outcome, times] of [...tally].sort((a, b) => b[1] - a[1]))
		console.log(`${String(times).padStart(7)}  ${outcome}`);
	console.log(`slowest: mutant ${slowest.n} with ${slowest.ms.toFixed(0)} ms; peak memory ${peak()} MB`);
	for (const offender of offenders) console.log(`WRONG  ${offender}`);
	console.log(offenders.length === 0 ? 'no crash, no broken promise, nothing slow' : `${offenders.length} wrong`);
	return offenders.length === 0 ? 0 : 1;
}

function attempt(bytes: Uint8Array): { outcome: string; wrong: string | null } {
	try {
		const result = readSheet(bytes, 'f'.repeat(64));
		return { outcome: 'refused' in result ? result.refused : 'read', wrong: complaint(result) };
	} catch (cause) {
		return { outcome: 'crashed', wrong: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) };
	}
}

function workbooksIn(folder: string): Uint8Array[] {
	const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
	return paths.filter((path) => path.endsWith('.xlsx')).map((path) => new Uint8Array(readFileSync(join(folder, path))));
}

/** Largest resident size so far, in MB. */
function peak(): number {
	return Math.round(process.resourceUsage().maxRSS / 1_024);
}
