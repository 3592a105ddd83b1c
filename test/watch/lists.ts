import type { Day } from '#kernel/day.ts';
import type { Event } from '#watch/event.ts';
import type { List, ListKind, Row } from '#watch/list.ts';
import type { Model } from '#watch/model.ts';

/**
 * A list of the series, by the day it was saved. A row is `STATE | agency | model | signed | document | county | type`,
 * what is left out is empty; `|` and spaces around it do not count. Participating lists are saved at noon, pending ones
 * three minutes before.
 */
export function list(kind: ListKind, day: string, ...rows: readonly string[]): List {
	const modified = `${day}T${kind === 'participating' ? '12:03' : '12:00'}:00Z`;
	return {
		sha256: hashOf(`${kind} ${day} ${rows.join('\n')}`),
		kind,
		modified,
		rows: rows.map((text, i) => row(text, i + 2, kind)),
		problems: [],
	};
}

export function participating(day: string, ...rows: readonly string[]): List {
	return list('participating', day, ...rows);
}

export function pending(day: string, ...rows: readonly string[]): List {
	return list('pending', day, ...rows);
}

function row(text: string, number: number, kind: ListKind): Row {
	const [state = '', agency = '', model = '', signed = '', file = '', county = '', type = 'County'] = text
		.split('|')
		.map((part) => part.trim());
	const href = file === '' ? null : `https://www.ice.gov/doclib/287gMOA/${file}.pdf`;
	const cells: Record<string, string> = { STATE: state, 'LAW ENFORCEMENT AGENCY': agency, 'SUPPORT TYPE': model };
	if (county !== '') cells.COUNTY = county;
	if (signed !== '') cells.SIGNED = signed;
	if (kind === 'participating') cells.MOA = href ?? 'link pending';
	return {
		row: number,
		state,
		agency,
		type,
		county: county === '' ? null : county,
		model: model === '?' ? null : (model as Model),
		signed: kind === 'pending' || signed === '' ? null : (signed as Day),
		moa: kind === 'pending' ? null : { text: href ? 'link' : 'link pending', href },
		addendum: null,
		cells,
	};
}

/** As many agencies as are needed for a list not to be suspected when a few of its rows go. */
export function crowd(size = 60): string[] {
	return Array.from(
		{ length: size },
		(_, i) =>
			`OHIO | ${NAMES[i % 26]}${NAMES[Math.floor(i / 26) + 3]} County Sheriff's Office | JEM | 2024-01-15 | crowd${i}`,
	);
}

const NAMES =
	'Alvarez Bendorf Castline Drummel Elkwood Farnbach Gullick Hestern Indorel Jaxtow Kolvane Lumbert Myrrick Nostrand Oxbower Pralick Quennel Rotherby Sumpter Tollivan Umberly Vexford Wolcrane Xanders Yarrowby Zelkova'.split(
		' ',
	);

/** `kind agency model` of the events that are not of the first lists, in order; dates where `withDay` is set. */
export function told(events: readonly Event[], withDay = false): string[] {
	return events
		.filter((event) => !event.baseline)
		.map((event) => `${withDay ? `${event.at.slice(5, 10)} ` : ''}${event.kind} ${event.agency} ${event.model}`);
}

/** 64 hex digits that follow from the text: tests need an identity, not a secure one. */
export function hashOf(text: string): string {
	let a = 0x811c9dc5;
	let b = 0x9e3779b9;
	for (let i = 0; i < text.length; i++) {
		a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
		b = Math.imul(b + text.charCodeAt(i), 0x85ebca6b) ^ (b >>> 13);
	}
	const word = `${(a >>> 0).toString(16).padStart(8, '0')}${(b >>> 0).toString(16).padStart(8, '0')}`;
	return word.repeat(4);
}
