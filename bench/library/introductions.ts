import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { textBlocks } from '../../src/library/read/text.ts';
import { structure } from '../../src/library/structure/structure.ts';
import { type Measures, tell } from '../measure.ts';

/** The introductions of the New York City Council, 2014 to 2021: read, told apart, and timed against `wc -w`. */
export async function introductions(data: string, say: (line: string) => void): Promise<Measures> {
	const texts = gunzipSync(readFileSync(join(data, 'policy/nyc_introductions_2014_2021.jsonl.gz')))
		.toString('utf8')
		.split('\n')
		.filter(Boolean)
		.map((line) => JSON.parse(line) as { id: string; text: string });
	say(`${texts.length} introductions`);
	let provisions = 0;
	const begun = performance.now();
	for (const { text } of texts) provisions += structure(textBlocks(text)).provisions.length;
	const ours = performance.now() - begun;
	const all = texts.map(({ text }) => text).join('\n');
	const before = performance.now();
	execFileSync('wc', ['-w'], { input: all });
	const peer = performance.now() - before;
	return {
		introductions_read: tell(ours, 'ms, reading and structure', peer),
		introduction_provisions: tell(provisions, 'provisions'),
	};
}
