import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Day, dayOf } from '#kernel/day.ts';
import { toHtml } from '#library/export/html.ts';
import { type Outgoing, paperOf } from '#library/export/outgoing.ts';
import type { Blocks, Refusal } from '#library/read/block.ts';
import { readFile } from '#library/read/read.server.ts';
import { type Structured, structure } from '#library/structure/structure.ts';
import { complaint, diceOf, madeSeeds, mutant } from '../test/library/mutant.ts';

const DAY = dayOf(2026, 1, 1) as Day;
/** No file may hold up a reader for longer; a thread is ended then, and its answer takes a moment more. */
const SLOW_MS = 5_500;
/**
 * Offers mutated DOCX, RTF, PDF, HTML and Akoma Ntoso files as an import does (`readFile`, then `structure`, then the
 * page made of it) and reports what should not be: a crash, a hang over five seconds, a broken promise, a script.
 * `--count 20000`, `--seed` (printed; mutant n is made from seed + n), `--keep FOLDER` for the offenders.
 */
export async function main(args: string[]): Promise<number> {
	const { values } = parseArgs({
		args,
		options: {
			count: { type: 'string', default: '20000' },
			seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
			keep: { type: 'string' },
		},
	});
	const count = Number(values.count);
	const seed = Number(values.seed);
	const seeds = madeSeeds();
	console.log(`soak:texts  ${count} mutants of ${seeds.length} files, --seed ${seed}`);
	const tally = new Map<string, number>();
	const offenders: string[] = [];
	let slowest = { n: -1, ms: 0 };
	// One after the other: a file that waits for the one before it is not slow.
	for (let n = 0; n < count; n++) {
		const bytes = mutant(seeds, diceOf(seed + n));
		const started = performance.now();
		const { outcome, wrong } = await attempt(bytes);
		const ms = performance.now() - started;
		tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
		if (ms > slowest.ms) slowest = { n, ms };
		if (wrong === null && ms <= SLOW_MS) continue;
		offenders.push(`mutant ${n}: ${wrong ?? 'slow'} (${ms.toFixed(0)} ms)`);
		if (values.keep) writeFileSync(join(values.keep, `${seed}-${n}`), bytes);
	}
	for (const [outcome, times] of [...tally].sort((a, b) => b[1] - a[1]))
		console.log(`${String(times).padStart(7)}  ${outcome}`);
	console.log(`slowest: mutant ${slowest.n} with ${slowest.ms.toFixed(0)} ms; peak memory ${peak()} MB`);
	for (const offender of offenders.slice(0, 40)) console.log(`WRONG  ${offender}`);
	console.log(offenders.length === 0 ? 'no crash, no hang, no script, no broken promise' : `${offenders.length} wrong`);
	return offenders.length === 0 ? 0 : 1;
}

async function attempt(bytes: Uint8Array): Promise<{ outcome: string; wrong: string | null }> {
	let read: Blocks | Refusal;
	try {
		read = await readFile(bytes, 'policy');
	} catch (cause) {
		return { outcome: 'readFile threw', wrong: said(cause) };
	}
	const outcome = 'refused' in read ? `refused: ${read.refused}` : `read as ${read.format}`;
	const wrong = complaint(read);
	if (wrong !== null || 'refused' in read) {
		// A thread that failed, or was ended, answers with a refusal: they are told apart here.
		const late = 'refused' in read && read.detail.includes('5 seconds');
		return { outcome: late ? 'refused: ended after 5 seconds' : outcome, wrong };
	}
	try {
		const page = [...toHtml(paperOf(outgoingOf(structure(read))))].join('');
		return { outcome, wrong: scripted(page) };
	} catch (cause) {
		return { outcome: 'structure or page threw', wrong: said(cause) };
	}
}

/** A version of an invented city with that text. */
function outgoingOf(text: Structured): Outgoing {
	const line = {
		id: 'x',
		address: 'xx/place/sample/x',
		title: text.title ?? 'A text',
		language: 'en' as const,
		number: null,
		standing: 'unknown' as const,
		standingSince: null,
		sample: true,
	};
	const work = {
		...line,
		instrument: 'ordinance' as const,
		form: null,
		place: null,
		summary: {},
		blanks: [],
		facts: [],
		relations: [],
		versions: [],
		askCounsel: false,
		notes: [],
		withdrawn: null,
	};
	const source = { name: null, address: null, retrieved: null, file: false, published: false };
	const version = {
		...line,
		...text,
		title: line.title,
		day: DAY,
		nth: 1,
		official: true,
		format: 'text',
		profile: null,
		source,
		addedAt: '',
		earlier: null,
		later: null,
	};
	return { work, version, origin: 'https://compact.example', lawSentence: null };
}

function scripted(page: string): string | null {
	const found = /<script|<iframe|<object|<[a-z]+\s[^>]*\bon[a-z]+\s*=|(?:href|src)\s*=\s*["']?\s*javascript:/i.exec(
		page,
	)?.[0];
	return found === undefined ? null : `the page holds ${found.slice(0, 80)}`;
}

function said(cause: unknown): string {
	return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

/** Largest resident size so far, in MB. */
function peak(): number {
	return Math.round(process.resourceUsage().maxRSS / 1_024);
}
