import type { Scan } from './scan.ts';

/** Provisions of a plain text: each is a line with its number; tokens [from[n], from[n + 1]) are its words. */
export interface Segments {
	readonly count: number;
	/** First token of each, and the number of all tokens at the end. */
	readonly from: Int32Array;
	/** Number as printed: `§ 9-131`, `(a)`, `Section 2`; null where a line has none. */
	readonly label: readonly (string | null)[];
}

/** A number at the start of a line; `�` is a section sign that a careless export has damaged. */
const LABEL =
	/^(?:(?:§{1,2}|�)\s*\d[\w.:-]{0,30}|(?:Section|Sec\.|Sección|Article|Artículo|Art\.|SECTION|SECCIÓN|ARTÍCULO)\s+[\dIVX][\w.:-]{0,30}|\([a-zA-Z0-9]{1,5}\)|[a-zA-Z0-9]{1,3}[.)](?=\s)|\d{1,3}(?:\.\d{1,3}){1,4}\.?(?=\s))/u;
/** Longest number that is looked for, in characters. */
const LONGEST_LABEL = 48;

/** The lines of a text that have words. */
export function segments({ text, count, start, lines }: Scan): Segments {
	const from = new Int32Array(lines.length + 1);
	const label: (string | null)[] = [];
	for (const [n, token] of lines.entries()) {
		from[n] = token;
		const at = start[token] as number;
		const found = LABEL.exec(text.slice(at, at + LONGEST_LABEL));
		label.push(found ? found[0].replace('�', '§').replace(/[.:]$/, '') : null);
	}
	from[lines.length] = count;
	return { count: lines.length, from, label };
}

/** How each provision is cited, from the numbers above it: `§ 4(b)` for `(b)` below `§ 4`; null where it has no number. */
export function citations({ count, label }: Segments): (string | null)[] {
	const open: { kind: string; number: string }[] = [];
	const cited: (string | null)[] = [];
	for (let n = 0; n < count; n++) {
		const printed = label[n] ?? null;
		if (printed === null) {
			cited.push(null);
			continue;
		}
		const kind = kindOf(printed);
		const level = kind === 'section' ? 0 : open.findIndex((one) => one.kind === kind);
		if (level >= 0) open.length = level;
		open.push({ kind, number: kind === 'section' ? spaced(printed) : `(${printed.replace(/[().]/g, '')})` });
		const inside = open[0]?.kind === 'section';
		cited.push(inside || open.length > 1 ? open.map(({ number }) => number).join('') : printed);
	}
	return cited;
}

function kindOf(label: string): string {
	if (/^(?:§|sec|art)/iu.test(label)) return 'section';
	const shape = label.replace(/[ivxl]+(?=[.)])/i, (s) => (s.length > 1 ? 'r' : s));
	return shape
		.replace(/[0-9]+/g, '1')
		.replace(/[a-z]+/g, (s) => (s === 'r' ? 'i' : 'a'))
		.replace(/[A-Z]+/g, 'A');
}

function spaced(label: string): string {
	return label.replace(/^(§+)\s*/, '$1 ');
}
