import { type Day, isoSecond } from '#kernel/day.ts';

/** A whole day in a calendar. */
export interface Entry {
	/** The same for the same stage of the same draft: a calendar that is taken over again moves it and adds no second one. */
	readonly id: string;
	readonly day: Day;
	readonly title: string;
}

/** No line of a calendar has more octets, without its end: RFC 5545, 3.1. */
const LONGEST_LINE = 75;

/**
 * Days as a calendar file, iCalendar as RFC 5545 has it: CRLF, folded lines, escaped texts. Each entry is private, takes no time
 * and says nothing but its title. `at`: the moment it is written.
 */
export function calendarOf(name: string, entries: readonly Entry[], at: Date): string {
	const stamp = compact(isoSecond(at));
	return [
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//City Compact//Dates of a draft//EN',
		`X-WR-CALNAME:${escaped(name)}`,
		...entries.flatMap(({ id, day, title }) => [
			'BEGIN:VEVENT',
			`UID:${id}`,
			`DTSTAMP:${stamp}`,
			`DTSTART;VALUE=DATE:${compact(day)}`,
			`SUMMARY:${escaped(title)}`,
			'CLASS:PRIVATE',
			'TRANSP:TRANSPARENT',
			'END:VEVENT',
		]),
		'END:VCALENDAR',
	]
		.map((line) => `${folded(line)}\r\n`)
		.join('');
}

/** `20261201`, `20261127T150000Z`. */
function compact(iso: string): string {
	return iso.replaceAll(/[-:]/g, '');
}

/** A text as 3.3.11 has it. Control characters may not stand in one. */
function escaped(text: string): string {
	return text
		.toWellFormed()
		.replaceAll(/\r\n?|\n/g, '\n')
		.replaceAll(/(?!\n)\p{Cc}/gu, ' ')
		.replaceAll(/[\\;,]/g, '\\$&')
		.replaceAll('\n', '\\n');
}

/** Goes on in the next line after a space, and never within a letter. */
function folded(line: string): string {
	const lines: string[] = [];
	let [current, octets] = ['', 0];
	for (const letter of line) {
		const size = octetsOf(letter);
		if (octets + size > LONGEST_LINE) {
			lines.push(current);
			[current, octets] = [' ', 1];
		}
		current += letter;
		octets += size;
	}
	return [...lines, current].join('\r\n');
}

function octetsOf(letter: string): number {
	const point = letter.codePointAt(0) ?? 0;
	if (point < 0x80) return 1;
	if (point < 0x800) return 2;
	return point < 0x1_0000 ? 3 : 4;
}
