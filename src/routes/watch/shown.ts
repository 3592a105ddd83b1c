import type { Speech } from '#i18n/message.ts';
import type { EventKind } from '#watch/event.ts';
import { stateTitle } from '#watch/identity/state.ts';
import type { Model } from '#watch/model.ts';
import type { EventView, EvidenceView } from '#watch/reading.ts';

/** The shape and colour of a mark. */
export type Tone = 'tf' | 'jem' | 'wso' | 'pend' | 'end';

const TONES: Readonly<Record<Model, Tone>> = { TFM: 'tf', JEM: 'jem', WSO: 'wso' };
const ENDED: readonly EventKind[] = ['missing', 'removed', 'application_gone'];
const WAITING: readonly EventKind[] = ['applied', 'returned_to_pending'];

export function toneOf(model: Model): Tone {
	return TONES[model];
}

/** The mark of an event: a dash where a row is gone, hatched where it waits, else that of its model. */
export function eventTone({ kind, model }: Pick<EventView, 'kind' | 'model'>): Tone {
	return ENDED.includes(kind) ? 'end' : WAITING.includes(kind) ? 'pend' : TONES[model];
}

/** `Merrow County, Franklin`; the state alone where the list names no county. */
export function placeOf({ county, state }: { county: string | null; state: string }): string {
	return county ? `${county}, ${stateTitle(state)}` : stateTitle(state);
}

/** What one agency's rows show on the lists of one day: never empty, in the order given. */
export interface AgencyDay {
	/** `2026-11-18`. */
	readonly day: string;
	/** The first event, whose name and place stand for all. */
	readonly first: EventView;
	readonly events: readonly EventView[];
}

/** Days in the order given, each with its agencies; what a day says of one agency stands together. */
export function byDay(rows: readonly EventView[]): { day: string; agencies: AgencyDay[] }[] {
	const days: { day: string; agencies: (AgencyDay & { events: EventView[] })[] }[] = [];
	for (const event of rows) {
		const day = event.at.slice(0, 10);
		if (days.at(-1)?.day !== day) days.push({ day, agencies: [] });
		const agencies = days.at(-1)?.agencies ?? [];
		const known = agencies.find(({ first }) => first.agencyId === event.agencyId);
		if (known) known.events.push(event);
		else agencies.push({ day, first: event, events: [event] });
	}
	return days;
}

/** The sentence of an event in two pieces: what kind of news it is, up to its colon, and the rest. Its dates stay on one line. */
export function lead(sentence: string): [string, string] {
	const end = sentence.indexOf(':') + 1;
	return [sentence.slice(0, end), sentence.slice(end).replaceAll(DATE, '$1\u00a0$2\u00a0$3')];
}

/** `18 Nov 2026`, as sentences write it in both languages. */
const DATE = /\b(\d{1,2}) (\p{L}{3,4}) (\d{4})\b/gu;

/** A text in three pieces, `part` in the middle, so that the eye finds it. */
export function around(text: string, part: string): [string, string, string] {
	const at = text.indexOf(part);
	if (at < 0) return [text, '', ''];
	return [text.slice(0, at), part, text.slice(at + part.length)];
}

/** `Source: Participating agencies, rows 211 and 1,036`: the rows on the list the event is dated to, or the row that it no longer has. */
export function sourceOf(event: EventView, t: Speech): string {
	const list = t.say(`list.${event.list}`);
	const dated = event.evidence.at(-1)?.sha256;
	const rows = event.evidence.flatMap((piece) => (piece.sha256 === dated && piece.row !== null ? [piece.row] : []));
	if (rows.length === 0) return t.say('watch.events.absent', { list, row: t.number(event.evidence[0]?.row ?? 0) });
	const numbers = [...new Set(rows)].map((row) => t.number(row));
	const last = numbers.pop() ?? '';
	if (numbers.length === 0) return t.say('watch.events.row', { list, rows: last });
	return t.say('watch.events.rows', { list, rows: `${numbers.join(', ')} ${t.say('watch.events.and')} ${last}` });
}

/** Rows of lists side by side: a column for each, a line for each heading of the lists. */
export interface EvidenceTable {
	readonly columns: readonly { readonly file: string; readonly row: number | null }[];
	readonly lines: readonly {
		readonly heading: string;
		/** One for each column; null in the columns of lists that do not hold the row. */
		readonly cells: readonly (EvidenceCell | null)[];
	}[];
	/** Each file once, with its hash. */
	readonly files: readonly { readonly file: string; readonly sha256: string }[];
}

export interface EvidenceCell {
	readonly text: string;
	readonly mark: 'added' | 'removed' | null;
}

/** The rows as printed; a cell that differs from the row before it under the same heading is marked in both. */
export function evidenceTable(evidence: readonly EvidenceView[]): EvidenceTable {
	const printed = evidence.filter((piece) => piece.cells !== null);
	const headings = [...new Set(printed.flatMap((piece) => Object.keys(piece.cells ?? {})))];
	return {
		columns: evidence.map(({ file, row }) => ({ file, row })),
		lines: headings.map((heading) => ({ heading, cells: evidence.map((piece) => cellOf(piece, heading, printed)) })),
		files: [...new Map(evidence.map(({ file, sha256 }) => [sha256, { file, sha256 }])).values()],
	};
}

function cellOf(piece: EvidenceView, heading: string, printed: readonly EvidenceView[]): EvidenceCell | null {
	if (piece.cells === null) return null;
	const at = printed.indexOf(piece);
	const text = piece.cells[heading];
	const differs = (other: string | undefined) => text !== undefined && other !== undefined && other !== text;
	const mark = differs(printed[at - 1]?.cells?.[heading])
		? 'added'
		: differs(printed[at + 1]?.cells?.[heading])
			? 'removed'
			: null;
	return { text: text ?? '', mark };
}

/** Page numbers to link: the first, the last, the neighbours of the current one; null stands for a gap. */
export function pageLinks(page: number, pages: number): (number | null)[] {
	const wanted = [1, 2, 3, page - 1, page, page + 1, pages].filter((n) => n >= 1 && n <= pages);
	const sorted = [...new Set(wanted)].sort((a, b) => a - b);
	return sorted.flatMap((n, i) => {
		const gap = n - (sorted[i - 1] ?? 0);
		return gap > 2 ? [null, n] : gap === 2 ? [n - 1, n] : [n];
	});
}
