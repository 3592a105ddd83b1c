import { type Day, dayOf, parseDay } from './day.ts';

const MONTHS: readonly (readonly [en: string, es: string])[] = [
	['jan', 'ene'],
	['feb', 'feb'],
	['mar', 'mar'],
	['apr', 'abr'],
	['may', 'may'],
	['jun', 'jun'],
	['jul', 'jul'],
	['aug', 'ago'],
	['sep', 'sep'],
	['oct', 'oct'],
	['nov', 'nov'],
	['dec', 'dic'],
];
/** Nobody types a longer day. */
const LONGEST = 40;

/**
 * The day that somebody typed: 2026-12-03, 3 Dec 2026, December 3, 2026, 3 de diciembre de 2026, 12/3/2026. Numbers alone are
 * month, day and year in English; in Spanish only where they can mean one day. Null for everything else.
 */
export function readTypedDay(text: string, language: 'en' | 'es'): Day | null {
	const plain = text
		.slice(0, LONGEST)
		.normalize('NFD')
		.replace(/\p{M}+/gu, '')
		.toLowerCase()
		.trim();
	const iso = parseDay(plain);
	if (iso) return iso;
	const numbers = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(plain);
	if (numbers) {
		const [a, b, year] = [Number(numbers[1]), Number(numbers[2]), Number(numbers[3])];
		const meant = [dayOf(year, a, b), dayOf(year, b, a)];
		if (language === 'en') return meant[0] ?? null;
		const days = [...new Set(meant.filter((day) => day !== null))];
		return days.length === 1 ? (days[0] ?? null) : null;
	}
	const words = plain.split(/[\s,.]+/).filter((word) => word !== '' && word !== 'de' && word !== 'del');
	const [first = '', second = '', last = ''] = words;
	if (words.length !== 3 || !/^\d{4}$/.test(last)) return null;
	const [month, date] = /^\d/.test(first) ? [second, first] : [first, second];
	const at = MONTHS.findIndex((names) => names.some((name) => month.startsWith(name)));
	const day = /^(\d{1,2})(?:st|nd|rd|th|o)?$/.exec(date);
	return at < 0 || !day ? null : dayOf(Number(last), at + 1, Number(day[1]));
}
