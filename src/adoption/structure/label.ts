import type { ProvisionKind } from '#library/provision.ts';
import { numeral } from '#library/read/numeral.ts';
import { listLabel, unitLabel } from '#library/structure/label.ts';
import { type Numeral, numerals, type Style } from '#library/structure/numeral.ts';

/** A printed number taken apart: `Section 3.` is `Section `, 3 and a stop; `(a)` is a letter in parentheses. */
export interface Label {
	readonly open: string;
	/** Without what stands around it: `9.40.030`. */
	readonly sign: string;
	readonly close: string;
	/** Every way to read the sign as a number; none for `9.40.030` and for words. */
	readonly ways: readonly Numeral[];
}

/** A number taken apart, or null where nothing in it counts. */
export function labelOf(number: string): Label | null {
	const known = unitLabel(number)?.sign || listLabel(number)?.sign;
	const sign = known || (/[0-9A-Za-z]+(?:[-–.:][0-9A-Za-z]+)*(?=\W*$)/.exec(number)?.[0] ?? '');
	const at = number.lastIndexOf(sign);
	if (sign === '' || at < 0) return null;
	return { open: number.slice(0, at), sign, close: number.slice(at + sign.length), ways: numerals(sign) };
}

/** The sign of a number, empty where it has none. */
export function signOf(number: string | null): string {
	return number === null ? '' : (labelOf(number)?.sign ?? '');
}

const FORMATS: Readonly<Record<Style, string>> = {
	'1': 'decimal',
	a: 'lowerLetter',
	A: 'upperLetter',
	i: 'lowerRoman',
	I: 'upperRoman',
	'*': 'bullet',
};

/** The sign of a number in a style: 3 is `3`, `c`, `C`, `iii`, `III`. */
export function signIn(style: Style, value: number): string {
	return numeral(value, FORMATS[style]);
}

/** How drafters number a level where nothing in the text says it. */
export const USUAL: Readonly<Partial<Record<ProvisionKind, Readonly<Record<'en' | 'es', string>>>>> = {
	title: { en: 'Title 1.', es: 'Título 1.' },
	chapter: { en: 'Chapter 1.', es: 'Capítulo 1.' },
	article: { en: 'Article 1.', es: 'Artículo 1.' },
	part: { en: 'Part 1.', es: 'Parte 1.' },
	section: { en: 'Section 1.', es: 'Sección 1.' },
	subsection: { en: '(a)', es: '(a)' },
	paragraph: { en: '(1)', es: '(1)' },
	subparagraph: { en: '(A)', es: '(A)' },
	clause: { en: '(i)', es: '(i)' },
	item: { en: '(I)', es: '(I)' },
};

/**
 * Signs for what is put between two numbers of a code that has gaps: between `9.40.030` and `9.40.040` comes `9.40.035`, after
 * the last the next by the same step; where no number is free, the one before with a letter, `9.40.031A`, `(a-1)`. Null
 * where there is no way to say it: before a first 1.
 * @param step by which the last numbers of the group rise
 */
export function between(left: string | null, right: string | null, count: number, step: number): (string | null)[] {
	const [low, high] = [left === null ? null : split(left), right === null ? null : split(right)];
	const nth = Array.from({ length: count }, (_, at) => at + 1);
	const write = ({ stem, width, style }: Split, value: number) =>
		stem + (style === '1' ? String(value).padStart(width, '0') : signIn(style, value));
	if (low && high && low.stem === high.stem && low.style === high.style && high.value > low.value) {
		const gap = high.value - low.value;
		if (gap > count) return nth.map((at) => write(low, low.value + Math.floor((gap * at) / (count + 1))));
	} else if (low) {
		return nth.map((at) => write(low, low.value + step * at));
	} else if (high && left === null) {
		if (high.value <= count) return nth.map(() => null);
		return nth.map((at) => write(high, Math.floor((high.value * at) / (count + 1))));
	}
	if (left === null || !low) return nth.map(() => null);
	return nth.map(
		(at) => left + (low.stem !== '' ? signIn('A', at) : low.style === '1' ? `-${signIn('a', at)}` : `-${at}`),
	);
}

interface Split {
	readonly stem: string;
	readonly value: number;
	/** Digits, zeros before it included. */
	readonly width: number;
	readonly style: Style;
}

function split(sign: string): Split | null {
	const [, stem = '', digits] = /^(.*?)(\d+)$/.exec(sign) ?? [];
	if (digits !== undefined) return { stem, value: Number(digits), width: digits.length, style: '1' };
	const way = numerals(sign).find(({ value }) => Number.isInteger(value));
	return way ? { stem: '', value: way.value, width: 0, style: way.style } : null;
}

/** A number as a sentence calls it: `Section 3.` as `Section 3`. */
export function undotted(number: string): string {
	return number.replace(/[.\s]+$/, '');
}
