import type { Run } from '../read/block.ts';
import type { Note } from './problem.ts';

/** A section sign that was damaged, or read in the wrong code page: what follows is a number, or the letters of a code. */
const DAMAGED_SECTION =
	/\u00c2\u00a7|\ufffd(?=\ufffd?\s{0,6}(?:[A-Z]{1,3}\s?)?\[?\d)|\ufffd(?=\s{0,2}(?:[A-Z]{2,3}\d|[Ss]ection\s))/g;
/** An apostrophe between letters. */
const DAMAGED_APOSTROPHE = /(?<=\p{L})\ufffd(?=\p{L})/gu;
const QUICK = /\ufffd|\u00c2/;

/** Runs with damaged signs put right where what is meant is plain; each paragraph's repairs are a problem, never silent. */
export function repaired(runs: readonly Run[], block: number, note: Note): readonly Run[] {
	if (!runs.some((run) => QUICK.test(run.text))) return runs;
	const whole = runs.map((run) => run.text).join('');
	let sections = 0;
	let apostrophes = 0;
	let fixed = whole.replaceAll(DAMAGED_SECTION, (sign) => {
		sections++;
		return '§'.padEnd(sign.length, '\u0000');
	});
	fixed = fixed.replaceAll(DAMAGED_APOSTROPHE, () => {
		apostrophes++;
		return '’';
	});
	if (sections > 0) note('section_sign', block, `${sections} damaged section signs read as §`);
	if (apostrophes > 0) {
		note('apostrophe', block, `${apostrophes} damaged apostrophes put right`);
	}
	const left = fixed.split('\ufffd').length - 1;
	if (left > 0) note('sign_damaged', block, `${left} signs that cannot be read are left as they stand`);
	let passed = 0;
	return runs.map((run) => {
		const text = fixed.slice(passed, passed + run.text.length).replaceAll('\u0000', '');
		passed += run.text.length;
		return { ...run, text };
	});
}
