import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { identifiersIn } from '#kernel/identifier.ts';

const FILE = join(import.meta.dirname, '../../../shared/data/policy/nyc_introductions_2014_2021.jsonl.gz');
const there = existsSync(FILE);
if (!there)
	console.log('There are no introductions of the New York City Council here: false refusals are not counted.');

/** Characters of a passage that is one: shorter ones are headings and numbers. */
const SHORTEST = 80;
const ASKED = 500;
/** Share of passages of law that may be given back although no person is in them. */
const MOST_REFUSED = 0.005;

function passages(): string[] {
	return gunzipSync(readFileSync(FILE))
		.toString()
		.split('\n')
		.filter(Boolean)
		.flatMap((line) => (JSON.parse(line) as { text: string }).text.split('\n'))
		.filter((passage) => passage.trim().length >= SHORTEST);
}

test.skipIf(!there)('passages of ordinances are not given back as if a person were in them', () => {
	const all = passages();
	const step = Math.floor(all.length / ASKED);
	const asked = all.filter((_, n) => n % step === 0).slice(0, ASKED);
	const refused = (some: readonly string[]) => some.filter((passage) => identifiersIn(passage).length > 0);
	expect(asked).toHaveLength(ASKED);
	console.log(`${refused(asked).length} of ${ASKED} passages given back, ${refused(all).length} of all ${all.length}.`);
	expect(refused(asked).length / ASKED).toBeLessThan(MOST_REFUSED);
	expect(refused(all).length / all.length).toBeLessThan(MOST_REFUSED);
});

test.skipIf(!there)('the same passages are given back where a number of a person was put into them', () => {
	const all = passages();
	const step = Math.floor(all.length / ASKED);
	const asked = all.filter((_, n) => n % step === 0).slice(0, ASKED);
	for (const [n, passage] of asked.entries()) {
		const number = ['A012345678', '219-09-9999', 'A 12-345-678', '912-70-1234'][n % 4];
		const words = passage.split(' ');
		words.splice(n % words.length, 0, `${number}`);
		expect(identifiersIn(words.join(' ')).map(({ text }) => text)).toContain(number);
	}
});
