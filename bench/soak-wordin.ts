import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { attempt } from '../test/adoption/complaint.ts';
import { DRAFT } from '../test/adoption/corpus.ts';
import { counselMutant } from '../test/adoption/mutant.ts';
import { diceOf } from '../test/library/mutant.ts';

/** No file may hold up whoever sends it for longer. */
const SLOW_MS = 5_000;

/**
 * Takes in mutated files of counsel as the page of a draft does (`readRevisions`, then `suggestionsOf`) and reports what should
 * not be: a crash, a file over five seconds, a word, a comment or a hidden stretch that is lost or made up, anything fetched.
 * `--count 10000`, `--seed` (printed; mutant n is made from seed + n), `--keep FOLDER` for the offenders.
 */
export function main(args: string[]): number {
	const { values } = parseArgs({
		args,
		options: {
			count: { type: 'string', default: '10000' },
			seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
			keep: { type: 'string' },
		},
	});
	const [count, seed] = [Number(values.count), Number(values.seed)];
	console.log(`soak:wordin  ${count} mutants, --seed ${seed}`);
	let fetched = 0;
	globalThis.fetch = async () => {
		fetched++;
		throw new Error('Nothing is fetched.');
	};
	const tally = new Map<string, number>();
	const offenders: string[] = [];
	let slowest = { n: -1, ms: 0 };
	for (let n = 0; n < count; n++) {
		const bytes = counselMutant(diceOf(seed + n));
		const started = performance.now();
		const { outcome, wrong } = attempt(bytes, DRAFT);
		const ms = performance.now() - started;
		tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
		if (ms > slowest.ms) slowest = { n, ms };
		if (wrong === null && ms <= SLOW_MS) continue;
		offenders.push(`mutant ${n}: ${wrong ?? 'slow'} (${ms.toFixed(0)} ms)`);
		if (values.keep) writeFileSync(join(values.keep, `${seed}-${n}.docx`), bytes);
	}
	for (const [outcome, times] of [...tally].sort((a, b) => b[1] - a[1]))
		console.log(`${String(times).padStart(7)}  ${outcome}`);
	console.log(`slowest: mutant ${slowest.n} with ${slowest.ms.toFixed(0)} ms; ${fetched} fetched`);
	for (const offender of offenders.slice(0, 40)) console.log(`WRONG  ${offender}`);
	console.log(offenders.length === 0 ? 'no crash, no hang, nothing lost' : `${offenders.length} wrong`);
	return offenders.length === 0 && fetched === 0 ? 0 : 1;
}
