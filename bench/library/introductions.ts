import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { textBlocks } from '../../src/library/read/text.ts';
import { structure } from '../../src/library/structure/structure.ts';
import { demand, type Measures, median, paired, tell } from '../measure.ts';
import { faults } from './recognised.ts';

/** Rounds of the pair of timings; the median counts. */
const ROUNDS = 3;
/** Of each cause so many texts are named. */
const EXAMPLES = 5;

/** A bill as the council's own file has it. */
export interface Introduction {
	readonly id: string;
	readonly name: string;
	/** Days; `0001-01-01` where there is none. */
	readonly intro: string;
	readonly enacted: string;
	readonly text: string;
}

/**
 * The introductions of the New York City Council, 2014 to 2021: the share whose sections, subdivisions and amended code
 * sections were recognised, the causes of the others, and the time of reading against `wc -w` of the same texts.
 */
export async function introductions(data: string, say: (line: string) => void): Promise<Measures> {
	const texts = readIntroductions(data);
	const causes = new Map<string, string[]>();
	let provisions = 0;
	let recognised = 0;
	for (const { id, text } of texts) {
		const made = structure(textBlocks(text));
		provisions += made.provisions.length;
		const found = faults(text, made);
		if (found.length === 0) recognised++;
		for (const cause of new Set(found.map((fault) => fault.split(':')[0] ?? ''))) {
			const first = found.find((fault) => fault.startsWith(`${cause}:`)) ?? '';
			causes.set(cause, [...(causes.get(cause) ?? []), `${id}  ${first}`]);
		}
	}
	say(`${recognised} of ${texts.length} introductions recognised; the others by cause, a text may have several:`);
	for (const [cause, of] of [...causes].toSorted((a, b) => b[1].length - a[1].length)) {
		say(`  ${cause}: ${of.length} texts`);
		for (const line of of.slice(0, EXAMPLES)) say(`    ${line.slice(0, 160)}`);
	}
	const all = texts.map(({ text }) => text).join('\n');
	const times = await paired(
		() => {
			for (const { text } of texts) structure(textBlocks(text));
		},
		() => execFileSync('wc', ['-w'], { input: all }),
		ROUNDS,
	);
	const ours = median(times.ours);
	return {
		introductions_recognised: demand(recognised / texts.length, 'of texts', { least: 0.97 }),
		introduction_provisions: tell(provisions, 'provisions'),
		introductions_read: tell(ours, 'ms, reading and structure; peer: wc -w', median(times.peer)),
		introductions_speed: tell(all.length / 1_048_576 / (ours / 1_000), 'MB a second'),
	};
}

export function readIntroductions(data: string): Introduction[] {
	return gunzipSync(readFileSync(join(data, 'policy/nyc_introductions_2014_2021.jsonl.gz')))
		.toString('utf8')
		.split('\n')
		.filter(Boolean)
		.map((line) => JSON.parse(line) as Introduction);
}
