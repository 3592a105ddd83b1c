import type { Day } from '#kernel/day.ts';
import type { Event, EventKind, Evidence } from './event.ts';
import { stateTitle } from './identity/state.ts';
import type { Model } from './model.ts';
import { dayInText } from './read/signed.ts';

/** The one sentence of an event, in the languages of the site. */
export interface Statement {
	readonly en: string;
	readonly es: string;
}

/**
 * What an event says, in one sentence a language: the only one that pages, feeds and mails use. It says what the lists
 * print and no more: listed, missing, no longer on the list; never what anyone may do, or why.
 */
export function statement(event: Event): Statement {
	return { en: SENTENCES[event.kind].en(saidOf(event, EN)), es: SENTENCES[event.kind].es(saidOf(event, ES)) };
}

/** An event in the words of one language. */
interface Said {
	readonly baseline: boolean;
	/** Name as printed, with its state. */
	readonly who: string;
	readonly before: string;
	readonly model: string;
	readonly modelBefore: string;
	/** Day of the list. */
	readonly on: string;
	readonly signed: string;
	readonly signedBefore: string;
	readonly pending: boolean;
	/** What is printed otherwise, each with what stood before: who is right, the list does not say. */
	readonly corrections: string;
	/** A list after the one it is missing on shows the row, or a list before had lost it. */
	readonly again: boolean;
	/** A second list without the row is among the evidence. */
	readonly confirmed: boolean;
	/** The row on the list of the event is the one that stayed. */
	readonly stayed: boolean;
	readonly document: string;
}

const SENTENCES: Readonly<Record<EventKind, { readonly en: (s: Said) => string; readonly es: (s: Said) => string }>> = {
	listed: {
		en: (s) =>
			s.baseline
				? `Listed: ${s.who}, ${s.model}, on the earliest list read, of ${s.on} (signing date on the list: ${s.signed}).`
				: s.again
					? `Listed again: ${s.who}, ${s.model}, is on the list of ${s.on} after lists that did not show it (signing date on the list: ${s.signed}).`
					: `Listed: ${s.who}, ${s.model}, first listed ${s.on} (signing date on the list: ${s.signed}).`,
		es: (s) =>
			s.baseline
				? `En la lista: ${s.who}, ${s.model}, en la primera lista leída, del ${s.on} (fecha de firma según la lista: ${s.signed}).`
				: s.again
					? `De nuevo en la lista: ${s.who}, ${s.model}, figura en la lista del ${s.on} después de listas que no la mostraban (fecha de firma según la lista: ${s.signed}).`
					: `En la lista: ${s.who}, ${s.model}, figura por primera vez el ${s.on} (fecha de firma según la lista: ${s.signed}).`,
	},
	renewed: {
		en: (s) =>
			`New signing date: the list of ${s.on} shows ${s.who}, ${s.model}, with signing date ${s.signed}; before, it showed ${s.signedBefore}.`,
		es: (s) =>
			`Nueva fecha de firma: la lista del ${s.on} muestra a ${s.who}, ${s.model}, con fecha de firma ${s.signed}; antes mostraba ${s.signedBefore}.`,
	},
	model_switched: {
		en: (s) =>
			`Model switched: the list of ${s.on} shows ${s.who} under the ${s.model}; before, it showed the ${s.modelBefore} (signing date on the list: ${s.signed}).`,
		es: (s) =>
			`Cambio de modelo: la lista del ${s.on} muestra a ${s.who} con el ${s.model}; antes mostraba el ${s.modelBefore} (fecha de firma según la lista: ${s.signed}).`,
	},
	document_posted: {
		en: (s) =>
			`Document linked: the list of ${s.on} links to a document for ${s.who}, ${s.model}; before, its row had no link to one.`,
		es: (s) =>
			`Documento enlazado: la lista del ${s.on} enlaza un documento para ${s.who}, ${s.model}; antes su fila no enlazaba ninguno.`,
	},
	addendum_posted: {
		en: (s) =>
			`Addendum linked: the list of ${s.on} links to an addendum for ${s.who}, ${s.model}; before, its row had no link to one.`,
		es: (s) =>
			`Anexo enlazado: la lista del ${s.on} enlaza un anexo para ${s.who}, ${s.model}; antes su fila no enlazaba ninguno.`,
	},
	missing: {
		en: (s) =>
			`Missing: ${s.who}, ${s.model}, is not on the ${s.pending ? 'pending list' : 'list'} of ${s.on}${s.again ? '; a later list shows it again' : '; that alone does not mean it has left'}.`,
		es: (s) =>
			`Ausente: ${s.who}, ${s.model}, no figura en la lista${s.pending ? ' de pendientes' : ''} del ${s.on}${s.again ? '; una lista posterior vuelve a mostrarla' : '; eso por sí solo no significa que haya salido'}.`,
	},
	removed: {
		en: (s) =>
			`No longer on the list: ${s.who}, ${s.model}, is not on the list of ${s.on}${s.confirmed ? ' nor on the next one' : ', as a person has confirmed'} (signing date on the last list that held it: ${s.signed}).`,
		es: (s) =>
			`Ya no figura en la lista: ${s.who}, ${s.model}, no está en la lista del ${s.on}${s.confirmed ? ' ni en la siguiente' : ', según confirmó una persona'} (fecha de firma según la última lista que la mostró: ${s.signed}).`,
	},
	applied: {
		en: (s) =>
			s.baseline
				? `Pending: ${s.who}, ${s.model}, is on the earliest pending list read, of ${s.on}.`
				: `Pending: ${s.who}, ${s.model}, is on the pending list for the first time on ${s.on}.`,
		es: (s) =>
			s.baseline
				? `Pendiente: ${s.who}, ${s.model}, figura en la primera lista de pendientes leída, del ${s.on}.`
				: `Pendiente: ${s.who}, ${s.model}, figura en la lista de pendientes por primera vez el ${s.on}.`,
	},
	granted: {
		en: (s) =>
			`From pending to participating: ${s.who}, ${s.model}, is no longer on the pending list of ${s.on} and is on the participating list (signing date on the list: ${s.signed}).`,
		es: (s) =>
			`De pendiente a participante: ${s.who}, ${s.model}, ya no figura en la lista de pendientes del ${s.on} y figura en la de participantes (fecha de firma según la lista: ${s.signed}).`,
	},
	application_gone: {
		en: (s) =>
			`No longer on the pending list: ${s.who}, ${s.model}, is not on the pending list of ${s.on}, and the participating list does not show it.`,
		es: (s) =>
			`Ya no figura en la lista de pendientes: ${s.who}, ${s.model}, no está en la lista de pendientes del ${s.on}, y la lista de participantes no la muestra.`,
	},
	returned_to_pending: {
		en: (s) =>
			`Back to pending: ${s.who}, ${s.model}, is not on the participating list of ${s.on}, and the pending list shows it.`,
		es: (s) =>
			`De vuelta a pendiente: ${s.who}, ${s.model}, no figura en la lista de participantes del ${s.on}, y la lista de pendientes la muestra.`,
	},
	corrected: {
		en: (s) => `Row changed: for ${s.who}, ${s.model}, the list of ${s.on} prints ${s.corrections}.`,
		es: (s) => `Fila modificada: para ${s.who}, ${s.model}, la lista del ${s.on} indica ${s.corrections}.`,
	},
	relabelled: {
		en: (s) => `Row renamed: the row of the ${s.model} that named ${s.before} names ${s.who} on the list of ${s.on}.`,
		es: (s) =>
			`Fila con otro nombre: la fila del ${s.model} que nombraba a ${s.before} nombra a ${s.who} en la lista del ${s.on}.`,
	},
	duplicate_row: {
		en: (s) =>
			s.stayed
				? `For review: one of two rows for ${s.who}, ${s.model}, is gone from the list of ${s.on}; the other is on it.`
				: `For review: the list of ${s.on} shows ${s.who}, ${s.model}, in more than one row.`,
		es: (s) =>
			s.stayed
				? `Por revisar: una de las dos filas de ${s.who}, ${s.model}, ya no está en la lista del ${s.on}; la otra sí.`
				: `Por revisar: la lista del ${s.on} muestra a ${s.who}, ${s.model}, en más de una fila.`,
	},
	suspect_link: {
		en: (s) =>
			`For review: on the list of ${s.on} the link for ${s.who}, ${s.model}, leads to “${s.document}”, which may be another agency’s document.`,
		es: (s) =>
			`Por revisar: en la lista del ${s.on} el enlace de ${s.who}, ${s.model}, lleva a «${s.document}», que podría ser el documento de otra agencia.`,
	},
};

interface Words {
	readonly models: Readonly<Record<Model, string>>;
	readonly months: readonly string[];
	readonly noDate: string;
	readonly before: string;
	readonly quotes: readonly [string, string];
	readonly parts: Readonly<Record<'name' | 'date' | 'state' | 'county', string>>;
	readonly and: string;
	readonly details: string;
	/** Between the day that a list prints and the day that a person put in its place. */
	readonly decided: string;
}

const EN: Words = {
	models: { TFM: 'task force model', JEM: 'jail enforcement model', WSO: 'warrant service officer model' },
	months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
	noDate: 'none that can be read',
	before: 'before',
	quotes: ['“', '”'],
	parts: { name: 'the name', date: 'the signing date', state: 'the state', county: 'the county' },
	and: ' and ',
	details: 'other details in its row',
	decided: ', which a person corrected to ',
};

const ES: Words = {
	models: {
		TFM: 'modelo de fuerza operativa',
		JEM: 'modelo de control en cárceles',
		WSO: 'modelo de oficial de ejecución de órdenes',
	},
	months: ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sept', 'oct', 'nov', 'dic'],
	noDate: 'ninguna legible',
	before: 'antes',
	quotes: ['«', '»'],
	parts: { name: 'el nombre', date: 'la fecha de firma', state: 'el estado', county: 'el condado' },
	and: ' y ',
	details: 'otros datos en la fila',
	decided: ', que una persona corrigió a ',
};

function saidOf(event: Event, words: Words): Said {
	const last = event.evidence.at(-1);
	const between = event.evidence.slice(1, -1);
	const moa = cell(last, 'MOA');
	return {
		baseline: event.baseline,
		who: `${event.agency} (${stateTitle(event.state)})`,
		before: event.agencyBefore ?? event.agency,
		model: words.models[event.model],
		modelBefore: words.models[event.modelBefore ?? event.model],
		on: dayText(event.at.slice(0, 10), words),
		signed: signedText(event.signed, event.evidence.findLast(printsDay), words),
		signedBefore: signedText(event.signedBefore, event.evidence.find(printsDay), words),
		pending: event.list === 'pending',
		corrections: corrections(event, words),
		again: event.kind === 'listed' ? event.evidence.length > 1 : between.some((piece) => piece.row !== null),
		confirmed: between.some((piece) => piece.row === null),
		stayed: event.evidence[0]?.sha256 !== last?.sha256,
		document: moa.slice(moa.lastIndexOf('/') + 1),
	};
}

function corrections(event: Event, words: Words): string {
	const [before, after] = [event.evidence[0], event.evidence.at(-1)];
	const quoted = (text: string): string => `${words.quotes[0]}${text}${words.quotes[1]}`;
	const part = (name: keyof Words['parts'], now: string, was: string): string =>
		`${words.parts[name]} ${now} (${words.before}: ${was})`;
	const parts: string[] = [];
	if (event.agencyBefore !== null) parts.push(part('name', quoted(event.agency), quoted(event.agencyBefore)));
	if (event.signedBefore !== event.signed && (event.signedBefore !== null || datesDiffer(before, after))) {
		parts.push(part('date', signedText(event.signed, after, words), signedText(event.signedBefore, before, words)));
	}
	for (const name of ['state', 'county'] as const) {
		const [was, now] = [cell(before, name.toUpperCase()), cell(after, name.toUpperCase())];
		if (named(was) && named(now) && named(was) !== named(now)) parts.push(part(name, quoted(now), quoted(was)));
	}
	if (parts.length === 0) return words.details;
	return parts.length === 1 ? (parts[0] ?? '') : parts.slice(0, -1).join(', ') + words.and + (parts.at(-1) ?? '');
}

/** What a cell names, for comparison; empty for an error value. */
function named(text: string): string {
	return /^#?n\/?a$/i.test(text) ? '' : text.toLowerCase();
}

function datesDiffer(before: Evidence | undefined, after: Evidence | undefined): boolean {
	return cell(before, 'SIGNED') !== cell(after, 'SIGNED');
}

function cell(piece: Evidence | undefined, header: string): string {
	return piece?.cells?.[header]?.trim() ?? '';
}

function printsDay(piece: Evidence): boolean {
	return cell(piece, 'SIGNED') !== '';
}

/** The day as the list prints it and, where a person put another in its place, both: what the list says stays said. */
function signedText(day: Day | null, piece: Evidence | undefined, words: Words): string {
	const printed = cell(piece, 'SIGNED');
	const read = dayInText(printed);
	if (day === null || printed === '' || read === day) return dayText(day, words);
	const shown = read === null ? `${words.quotes[0]}${printed}${words.quotes[1]}` : dayText(read, words);
	return `${shown}${words.decided}${dayText(day, words)}`;
}

function dayText(day: Day | string | null, words: Words): string {
	const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '');
	if (!match) return words.noDate;
	return `${Number(match[3])} ${words.months[Number(match[2]) - 1]} ${match[1]}`;
}
