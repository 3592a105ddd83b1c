import { applied, redlined } from '../src/concordance/redline.ts';
import { seeded } from './concordance/related.ts';

const PAIRS = 100_000;
const WORDS =
	'the city shall not , . detain § 9-131 (a) or “x” \n \n(b) don’t \n\n 8 U.S.C. § 1373 {{name}} año - – 1,000'.split(
		' ',
	);

/** Random pairs of texts, half of them a text and the same one edited: every redline must give the second to the letter. */
export function main(args: string[]): boolean {
	const random = seeded(Number(args[0] ?? 1));
	const pick = (most: number) => Math.floor(random() * most);
	const text = () => Array.from({ length: pick(80) }, () => WORDS[pick(WORDS.length)]);
	let wrong = 0;
	for (let n = 0; n < PAIRS; n++) {
		const one = text();
		const other = n % 2 === 0 ? text() : [...one];
		if (n % 2 === 1)
			for (let edit = pick(6); edit > 0; edit--) other.splice(pick(other.length), pick(5), ...text().slice(0, pick(5)));
		const [before, after] = [one.join(n % 3 === 0 ? '' : ' '), other.join(n % 5 === 0 ? '  ' : ' ')];
		if (applied(before, redlined(before, after) ?? []) !== after) {
			wrong++;
			console.log(JSON.stringify({ before, after }));
		}
	}
	console.log(`${PAIRS} pairs, ${wrong} wrong`);
	return wrong === 0;
}
