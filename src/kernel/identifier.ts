/** A number in a text that seems to belong to one person. */
export interface Identifier {
	readonly kind: 'a_number' | 'ssn' | 'itin';
	/** As it stands in the text. */
	readonly text: string;
	readonly from: number;
	readonly to: number;
	/** What stands before and after it, for whoever has to judge. */
	readonly before: string;
	readonly after: string;
	/** The author says that it is something else: a docket, case or grant number. */
	readonly said: boolean;
}

/** Characters shown on each side: a line of a phone. */
const AROUND = 40;
/** Between the name of a number and the number: "Social Security number of the claimant: ". */
const NAMED_WITHIN = 32;

const SPACE = '[ \\u00a0\\u2009\\u202f]';
const HYPHEN = '[-\\u2010-\\u2015\\u2212]';
/** Neither the middle nor the end of a longer number or code. */
const START = `(?<![\\p{L}\\p{N}_]|[\\p{L}\\p{N}]${HYPHEN}|[\\p{L}\\p{N}][./])`;
const END = `(?![\\p{L}\\p{N}_]|(?:${HYPHEN}|[./])\\p{N})`;
const SEPARATED = `(?:${HYPHEN}|${SPACE})`;
const A_DIGITS = `(?:\\d{8,9}|\\d{2,3}${SEPARATED}\\d{3}${SEPARATED}\\d{3})`;

/** An A-number: the letter and eight or nine digits, or its name in words before them. An article before a figure is none. */
const A_NUMBER = [
	new RegExp(`${START}(?:A${HYPHEN}?${SPACE}?#?${SPACE}?|a${HYPHEN}?#?)${A_DIGITS}${END}`, 'gu'),
	named(
		`\\balien(?: registration)? (?:number|no\\b)|\\bA${SEPARATED}?(?:number|file)|\\bUSCIS (?:number|no\\b|#)|número${SPACE}(?:de extranjero|A\\b)`,
		A_DIGITS,
	),
];
/** Three, two and four digits with hyphens; without them only behind their name. */
const SOCIAL = [
	new RegExp(`${START}\\d{3}${HYPHEN}\\d{2}${HYPHEN}\\d{4}${END}`, 'gu'),
	named(
		`\\bSSNs?\\b|\\bSS#|\\bsocial security|\\bseguro social|\\bITIN\\b`,
		`\\d{3}${SEPARATED}?\\d{2}${SEPARATED}?\\d{4}`,
	),
];

/**
 * Numbers of people in a text, in its order. An A-number is an A with eight or nine digits; a Social Security number has
 * an area from 001 to 899 without 666, a group and a serial that are not all zeros (SSA, since 25 June 2011); a taxpayer
 * number (ITIN) begins with 9 and has 50-65, 70-88, 90-92 or 94-99 in the middle (IRS). Bare digits are none without a name
 * before them.
 * @param said what the author says is no number of a person, each as it stands in the text
 */
export function identifiersIn(text: string, said: readonly string[] = []): Identifier[] {
	const found = [
		...A_NUMBER.flatMap((pattern) => matches(pattern, text, () => 'a_number')),
		...SOCIAL.flatMap((pattern) => matches(pattern, text, socialKind)),
	].sort((a, b) => a.from - b.from || b.to - a.to);
	const apart: Identifier[] = [];
	for (const { kind, from, to } of found) {
		if (from < (apart.at(-1)?.to ?? 0)) continue;
		const own = text.slice(from, to);
		const before = shortened(text.slice(Math.max(0, from - AROUND), from), from > AROUND, false);
		const after = shortened(text.slice(to, to + AROUND), false, to + AROUND < text.length);
		apart.push({ kind, text: own, from, to, before, after, said: said.includes(own) });
	}
	return apart;
}

function matches(pattern: RegExp, text: string, kindOf: (digits: string) => Identifier['kind'] | null) {
	return [...text.matchAll(pattern)].flatMap((match) => {
		const kind = kindOf(match[0].replace(/\D/g, ''));
		return kind ? [{ kind, from: match.index, to: match.index + match[0].length }] : [];
	});
}

function socialKind(digits: string): 'ssn' | 'itin' | null {
	const [area, group, serial] = [digits.slice(0, 3), Number(digits.slice(3, 5)), digits.slice(5)];
	if (area === '000' || area === '666' || group === 0 || serial === '0000') return null;
	if (!area.startsWith('9')) return 'ssn';
	const middle = (group >= 50 && group <= 65) || (group >= 70 && group <= 88) || (group >= 90 && group !== 93);
	return middle ? 'itin' : null;
}

function named(names: string, digits: string): RegExp {
	// Looks ahead first: names are sought before digits alone, not at every letter of a long text.
	return new RegExp(
		`(?=${digits}${END})(?<=(?:${names})[^\\d\\n]{0,${NAMED_WITHIN}})(?<![\\p{L}\\p{N}_])${digits}`,
		'giu',
	);
}

/** On one line, and without the piece of a word where it was cut. */
function shortened(text: string, cutBefore: boolean, cutAfter: boolean): string {
	const whole = text.replace(/\s+/g, ' ');
	if (cutBefore) return `…${whole.replace(/^\S*(?= )/, '')}`;
	return cutAfter ? `${whole.replace(/(?<= )\S*$/, '')}…` : whole;
}
