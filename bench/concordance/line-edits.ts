/** Edits of whole lines by a second generator, which shares nothing with the first: another way to edit and to find the place. */

/** What a city makes of a text, and the same made of a newer one; null where a line that is edited is not in the newer one just so. */
export interface Edited {
	readonly ours: string;
	readonly intended: string | null;
}

const SENTENCES = [
	'The clerk keeps a copy for the public.',
	'This does not delay any other act.',
	'A department may ask counsel first.',
];
const ITEMS = ['(zz) any other matter that the body names;', 'The report is also read aloud at the next meeting.'];
/** Lines with fewer letters are headings and numbers. */
const SHORTEST = 40;

/**
 * Three edits of the lines of a text: one line gets a sentence, one is struck, one gets another behind it or another number of days.
 * @param there whether only lines are taken that the newer text has just so
 */
export function lineEdits(base: string, theirs: string, there: boolean, random: () => number): Edited | null {
	const lines = base.split('\n');
	const newer = theirs.split('\n');
	const times = (list: readonly string[], line: string) => list.filter((one) => one === line).length;
	const fit = lines.filter(
		(line) => line.trim().length >= SHORTEST && times(lines, line) === 1 && (!there || times(newer, line) === 1),
	);
	const taken = new Set<string>();
	while (taken.size < 3 && taken.size < fit.length) taken.add(fit[Math.floor(random() * fit.length)] as string);
	if (taken.size < 3) return null;
	const made = new Map([...taken].map((line, n) => [line, change(line, n, random)]));
	const put = (list: readonly string[]) => list.flatMap((line) => made.get(line) ?? [line]).join('\n');
	const known = [...taken].every((line) => times(newer, line) === 1);
	return { ours: put(lines), intended: known ? put(newer) : null };
}

/** What a line becomes: none, one or two lines. */
function change(line: string, nth: number, random: () => number): readonly string[] {
	const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
	if (nth === 0) return [`${line.trimEnd()} ${one(SENTENCES)}`];
	if (nth === 1) return [];
	const days = line.replace(/\b(\d{1,3})(?= days?\b)/, (number) => String(Number(number) + 5));
	return days === line ? [line, one(ITEMS)] : [days];
}
