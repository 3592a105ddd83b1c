import { columnOf, type TextLine, type TextNote } from './text-line.ts';

/** Fewer numbered lines are a list, or chance. */
const LEAST = 10;
/** So many of the numbers must say how many lines have passed. */
const AGREE = 0.75;
/** And so many of the lines must have one: clerks number each line, or each fifth. */
const SHARE = 0.15;
/** A page begins anew at one of these. */
const FIRST_OF_PAGE = 5;

/** Lines without the numbers that stand in the margin, before or behind the words: each says how many lines have passed. */
export function withoutLineNumbers(lines: readonly TextLine[], note: TextNote): readonly TextLine[] {
	for (const side of ['left', 'right'] as const) {
		const numbered = agreeing(lines, side);
		if (numbered === null) continue;
		note('line_numbers', `${numbered.size} line numbers in the ${side} margin left out`);
		return lines.map((line, index) => (numbered.has(index) ? without(line, side) : line));
	}
	return lines;
}

/** Indexes of lines whose number is one of the margin; null where the text has none. */
function agreeing(lines: readonly TextLine[], side: 'left' | 'right'): Set<number> | null {
	const found = new Set<number>();
	let last: { number: number; at: number; filled: number } | null = null;
	let filled = 0;
	let seen = 0;
	lines.forEach((line, at) => {
		if (line.text === '') return;
		filled++;
		const number = numberOf(line.text, side);
		if (number === null) return;
		seen++;
		const follows =
			last !== null &&
			number > last.number &&
			(number - last.number === at - last.at || number - last.number === filled - last.filled);
		if (follows || number <= FIRST_OF_PAGE) {
			if (follows || last === null || number < last.number) found.add(at);
			last = { number, at, filled };
		}
	});
	return found.size >= LEAST && found.size >= AGREE * seen && found.size >= SHARE * filled ? found : null;
}

function numberOf(text: string, side: 'left' | 'right'): number | null {
	const found =
		side === 'left' ? /^(\d{1,3})(?=\s|$|\p{L}|["“(])/u.exec(text) : /(?:^|\s)(\d{1,2})$/.exec(text.slice(-4));
	return found ? Number(found[1]) : null;
}

function without(line: TextLine, side: 'left' | 'right'): TextLine {
	if (side === 'right') return { ...line, text: line.text.replace(/\s*\d{1,2}$/, '') };
	const raw = line.raw.replace(/\d{1,3}/, (number) => ' '.repeat(number.length));
	return { ...line, raw, text: raw.trim(), column: columnOf(raw) };
}
