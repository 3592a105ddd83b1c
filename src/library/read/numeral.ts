/**
 * A number as Word prints it in a list of a format (ECMA-376, 17.18.59 ST_NumberFormat); formats of other scripts than
 * ours count in digits, `none` and `bullet` give nothing.
 */
export function numeral(n: number, format: string): string {
	switch (format) {
		case 'none':
		case 'bullet':
			return '';
		case 'lowerLetter':
			return letters(n);
		case 'upperLetter':
			return letters(n).toUpperCase();
		case 'lowerRoman':
			return roman(n);
		case 'upperRoman':
			return roman(n).toUpperCase();
		case 'decimalZero':
			return String(n).padStart(2, '0');
		case 'ordinal':
			return `${n}${suffix(n)}`;
		case 'cardinalText':
			return sentence(cardinal(n));
		case 'ordinalText':
			return sentence(ordinal(n));
		case 'decimalEnclosedParen':
			return `(${n})`;
		case 'decimalEnclosedFullstop':
			return `${n}.`;
		default:
			return String(n);
	}
}

/** Word repeats the letter once the alphabet is through: z, aa, bb. Longer than this is no number. */
const MOST_LETTERS = 30;

function letters(n: number): string {
	if (n < 1 || n > 26 * MOST_LETTERS) return String(n);
	return String.fromCharCode(97 + ((n - 1) % 26)).repeat(Math.ceil(n / 26));
}

const ROMAN: readonly (readonly [number, string])[] = [
	[1_000, 'm'],
	[900, 'cm'],
	[500, 'd'],
	[400, 'cd'],
	[100, 'c'],
	[90, 'xc'],
	[50, 'l'],
	[40, 'xl'],
	[10, 'x'],
	[9, 'ix'],
	[5, 'v'],
	[4, 'iv'],
	[1, 'i'],
];

function roman(n: number): string {
	if (n < 1 || n > 4_999) return String(n);
	let rest = n;
	let text = '';
	for (const [value, sign] of ROMAN) {
		text += sign.repeat(Math.floor(rest / value));
		rest %= value;
	}
	return text;
}

function suffix(n: number): string {
	if (n % 100 >= 11 && n % 100 <= 13) return 'th';
	return ['th', 'st', 'nd', 'rd'][n % 10] ?? 'th';
}

const ONES = [
	...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
	...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
];
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const IRREGULAR: Readonly<Record<string, string>> = {
	one: 'first',
	two: 'second',
	three: 'third',
	five: 'fifth',
	eight: 'eighth',
	nine: 'ninth',
	twelve: 'twelfth',
};

function cardinal(n: number): string {
	if (n < 0 || n > 999) return String(n);
	if (n < 20) return ONES[n] as string;
	if (n < 100) return `${TENS[Math.floor(n / 10)]}${n % 10 === 0 ? '' : `-${ONES[n % 10]}`}`;
	return `${ONES[Math.floor(n / 100)]} hundred${n % 100 === 0 ? '' : ` ${cardinal(n % 100)}`}`;
}

function ordinal(n: number): string {
	if (n < 0 || n > 999) return `${n}${suffix(n)}`;
	return cardinal(n).replace(
		/[a-z]+$/,
		(last) => IRREGULAR[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`),
	);
}

function sentence(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
