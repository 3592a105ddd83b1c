import { addressIn, type Language } from '#i18n/language.ts';
import { type Speech, speech } from '#i18n/message.ts';
import { type Place, placePath } from '#places/place.ts';
import type { Cause, Event } from '#watch/event.ts';

/** A place as a reader is reminded of it. */
export interface Chosen extends Pick<Place, 'id' | 'kind' | 'name' | 'stateCode' | 'slug'> {
	/** Name of its state. */
	readonly state: string;
}

/** What the watch says of one event, and where it is printed. */
export interface Notice extends Pick<Event, 'id'> {
	readonly statement: Readonly<Record<Language, string>>;
	/** The rows it rests on, in the order of the lists. */
	readonly rows: readonly SourceRow[];
	/** Null while it stands. */
	readonly withdrawn: Withdrawal | null;
}

interface SourceRow {
	/** Name of the list's file. */
	readonly file: string;
	/** Instant of the list, ISO UTC. */
	readonly at: string;
	/** Number of the row; null where the list does not hold it. */
	readonly row: number | null;
}

interface Withdrawal {
	/** ISO instant. */
	readonly at: string;
	readonly cause: Cause;
	/** The sentence that stands in its place; null where none does. */
	readonly now: Readonly<Record<Language, string>> | null;
}

export interface Letter {
	readonly subject: string;
	readonly text: string;
}

/** What a letter leads to. */
export interface Ways {
	/** Scheme and host. */
	readonly origin: string;
	/** Path of the page with the button, without language. */
	readonly button: string;
}

/** Events told in one letter, about a screen each ten; the pages of the places hold the others. */
export const MOST_TOLD = 100;

/**
 * What a reader is told: the sentence of each event as the pages have it, its source rows and its address, oldest first;
 * and what was told before and was withdrawn since. `today`: ISO day. The subject names no place and no matter: it stands
 * on screens that others see.
 */
export function noticeLetter(
	told: { readonly events: readonly Notice[]; readonly withdrawn: readonly Notice[] },
	{
		places,
		language,
		today,
	}: { readonly places: readonly Chosen[]; readonly language: Language; readonly today: string },
	ways: Ways,
): Letter {
	const t = speech(language);
	const to = (path: string) => ways.origin + addressIn(language, path);
	const shown = told.events.slice(0, MOST_TOLD);
	const parts = [
		[
			t.say('alert.mail.asked'),
			...places.map((place) => `- ${nameOf(place)}: ${to(`/watch/place/${placePath(place)}`)}`),
		],
		...shown.map((notice) => [notice.statement[language], ...sources(notice, t), to(`/watch/event/${notice.id}`)]),
	];
	if (told.events.length > shown.length)
		parts.push([t.say('alert.mail.more', { n: told.events.length - shown.length })]);
	if (told.withdrawn.length > 0) parts.push([t.say('alert.mail.withdrawn')]);
	for (const notice of told.withdrawn.slice(0, MOST_TOLD)) parts.push(withdrawnLines(notice, t, to));
	parts.push(
		[t.say('alert.mail.listed')],
		[t.say('alert.mail.wrong'), to('/watch/report')],
		[t.say('alert.mail.stop'), to(ways.button)],
		[t.say('alert.mail.kept')],
	);
	return { subject: plain(t.say('alert.mail.subject', { day: t.day(today) })), text: textOf(parts) };
}

/** The letter that proves an address: it begins nothing by itself. */
export function proofLetter(place: Chosen, language: Language, ways: Ways): Letter {
	const t = speech(language);
	return {
		subject: plain(t.say('alert.proof.subject')),
		text: textOf([
			[t.say('alert.proof.asked', { place: nameOf(place) })],
			[t.say('alert.proof.press'), ways.origin + addressIn(language, ways.button)],
			[t.say('alert.proof.not')],
		]),
	};
}

/** `Houston, Texas`; a state alone. */
export function nameOf(place: Chosen): string {
	return place.kind === 'state' ? place.name : `${place.name}, ${place.state}`;
}

function sources(notice: Notice, t: Speech): string[] {
	return notice.rows.map(({ file, at, row }) =>
		row === null
			? t.say('alert.mail.absent', { file, day: t.day(at) })
			: t.say('alert.mail.row', { file, day: t.day(at), row: String(row) }),
	);
}

function withdrawnLines(notice: Notice, t: Speech, to: (path: string) => string): string[] {
	const { withdrawn } = notice;
	if (!withdrawn) return [];
	return [
		t.say('alert.mail.before', { statement: notice.statement[t.language] }),
		`${t.say('alert.mail.withdrawn.day', { day: t.day(withdrawn.at) })} ${t.say(`correction.cause.${withdrawn.cause}`)}`,
		withdrawn.now ? t.say('alert.mail.now', { statement: withdrawn.now[t.language] }) : t.say('correction.gone'),
		to(`/watch/event/${notice.id}`),
	];
}

function textOf(parts: readonly (readonly string[])[]): string {
	return `${parts.map((lines) => lines.map(plain).join('\n')).join('\n\n')}\n`;
}

/** What could begin a line of its own, hide, or turn a line around. Names of files and agencies come from outside. */
const STEERING = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

function plain(line: string): string {
	return line.replaceAll(STEERING, ' ').replaceAll('\u00a0', ' ').trim();
}
