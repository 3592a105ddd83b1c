/** Ways to count that drafters use: `1 2 3`, `a b c`, `A B C`, `i ii iii`, `I II III`, and a sign that only says: one more. */
export type Style = '1' | 'a' | 'A' | 'i' | 'I' | '*';

/** One way to read a sign as a number. */
export interface Numeral {
	readonly style: Style;
	/** From 1; half-steps for what was put in between: `3-a` is 3.01. */
	readonly value: number;
}

const ROMAN: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };
/** Written anew, a number that was read must give the same sign: `iiii` is no numeral. Drafters seldom pass 50. */
const ROMAN_SIGN = /^(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/;
/** `a` to `z`, then `aa` to `zz`, then `aaa`. */
const LETTERS = 26;

/** Every way to read a sign as a number, the plainer first; none where it is no number. `i` is the ninth letter and one. */
export function numerals(sign: string): Numeral[] {
	const split = /^(\d{1,4}|[A-Za-z]{1,6})(?:-(\d{1,2}|[a-z]{1,2}))?$/.exec(sign);
	if (!split) return [];
	const base = split[1] as string;
	const between = split[2] ? (/\d/.test(split[2]) ? Number(split[2]) : letters(split[2])) / 100 : 0;
	if (/^\d/.test(base)) return [{ style: '1', value: Number(base) + between }];
	const lower = base.toLowerCase();
	if (base !== lower && base !== base.toUpperCase()) return [];
	const upper = base !== lower;
	const found: Numeral[] = [];
	if (/^([a-z])\1*$/.test(lower) && lower.length <= 4) {
		found.push({ style: upper ? 'A' : 'a', value: letters(lower) + between });
	}
	if (ROMAN_SIGN.test(lower) && lower !== '') found.push({ style: upper ? 'I' : 'i', value: roman(lower) + between });
	return found;
}

function letters(sign: string): number {
	return (sign.length - 1) * LETTERS + sign.charCodeAt(0) - 96;
}

function roman(sign: string): number {
	let sum = 0;
	for (let at = 0; at < sign.length; at++) {
		const value = ROMAN[sign[at] as string] ?? 0;
		sum += value < (ROMAN[sign[at + 1] as string] ?? 0) ? -value : value;
	}
	return sum;
}
