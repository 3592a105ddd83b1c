import type { Key } from '#i18n/message.ts';
import { type Day, parseDay } from '#kernel/day.ts';
import { Invalid } from '#kernel/error.ts';
import { AGENCY_KINDS, type AgencyKind } from '#watch/agency.ts';
import { EVENT_KINDS, type EventKind } from '#watch/event.ts';
import { MODELS, type Model } from '#watch/model.ts';
import { AGENCY_SORTS, type AgencyFilter, type AgencySort, EVERYTHING, type EventFilter } from '#watch/reading.ts';

/** What the address of the watch page asks for. `q`, `state`, `place` and `model` narrow both lists of the page. */
export interface Asked {
	readonly q: string | null;
	readonly state: string | null;
	/** Address of a place after `/watch/place/`: `tx/walker-county`. */
	readonly place: string | null;
	readonly model: Model | null;
	/** Agencies, and the map. */
	readonly standing: Standing | null;
	/** Events only. */
	readonly kind: EventKind | null;
	readonly since: Day | null;
	readonly until: Day | null;
	readonly after: string | null;
	/** Agencies only. */
	readonly agency_kind: AgencyKind | null;
	readonly sort: AgencySort;
	readonly direction: 'ascending' | 'descending';
	readonly page: number;
	/** What was typed as a day and is none: the field says so, and the rest of the page stays. */
	readonly notADay: Readonly<Record<'since' | 'until', string | null>>;
	/** Whether the address draws on a bounded set, so that its page may be kept: no words, no place, no cursor, no day, nothing unknown. */
	readonly bounded: boolean;
}

const STANDINGS = ['listed', 'pending'] as const;
type Standing = (typeof STANDINGS)[number];
const PLACE = /^[a-z]{2}(\/(place\/)?[a-z0-9-]{1,100})?$/;

/** Events of one page: about three screens of a phone. */
const EVENTS_PER_PAGE = 25;
const LONGEST_Q = 100;
/** What narrows the lists of the page, in the order of the address. */
const FIELDS = ['q', 'state', 'place', 'model', 'standing', 'kind', 'since', 'until', 'after', 'agency_kind'] as const;
const PARAMETERS: readonly string[] = [...FIELDS, 'sort', 'direction', 'page'];

/** Reads the query of an address. Throws `Invalid`, in the visitor's words, for a choice that the page does not offer. */
export function readAsked(params: URLSearchParams, say: (key: Key) => string): Asked {
	const value = (name: string) => params.get(name)?.trim() || null;
	const one = <T extends string>(name: string, choices: readonly T[], wrong: Key): T | null => {
		const given = value(name);
		if (given === null) return null;
		const found = choices.find((choice) => choice === given);
		if (found === undefined) throw new Invalid(say(wrong));
		return found;
	};
	const state = value('state')?.toUpperCase() ?? null;
	if (state !== null && !/^[A-Z]{2}$/.test(state)) throw new Invalid(say('watch.bad.state'));
	const place = value('place')?.toLowerCase() ?? null;
	if (place !== null && !PLACE.test(place)) throw new Invalid(say('watch.bad.place'));
	const page = value('page') ?? '1';
	if (!/^[1-9]\d{0,4}$/.test(page)) throw new Invalid(say('watch.bad.page'));
	const sort = one('sort', AGENCY_SORTS, 'watch.bad.sort') ?? 'changed';
	const q = value('q')?.slice(0, LONGEST_Q) ?? null;
	const after = value('after');
	const [since, until] = [dayOf(value('since')), dayOf(value('until'))];
	return {
		q,
		state,
		place,
		model: one('model', MODELS, 'watch.bad.model'),
		standing: one('standing', STANDINGS, 'watch.bad.standing'),
		kind: one('kind', EVENT_KINDS, 'watch.bad.kind'),
		since: since.day,
		until: until.day,
		after,
		agency_kind: one('agency_kind', AGENCY_KINDS, 'watch.bad.body'),
		sort,
		direction: one('direction', ['ascending', 'descending'] as const, 'watch.bad.sort') ?? usual(sort),
		page: Number(page),
		notADay: { since: since.wrong, until: until.wrong },
		bounded:
			[q, place, after, value('since'), value('until')].every((text) => !text) &&
			[...params.keys()].every((name) => PARAMETERS.includes(name)),
	};
}

function dayOf(typed: string | null): { day: Day | null; wrong: string | null } {
	const day = parseDay(typed ?? '');
	return { day, wrong: day === null ? typed : null };
}

/** The way a column is first sorted: names from A, dates from the latest. */
export function usual(sort: AgencySort): 'ascending' | 'descending' {
	return sort === 'changed' || sort === 'signed' ? 'descending' : 'ascending';
}

/** The path of the page that asks for the same with `changes`; what is usual is left out. */
export function addressOf(asked: Asked, changes: Partial<Asked>): string {
	const next = { ...asked, ...changes };
	const params = new URLSearchParams();
	for (const name of FIELDS) {
		const value = next[name];
		if (value !== null) params.set(name, value);
	}
	if (next.sort !== 'changed') params.set('sort', next.sort);
	if (next.direction !== usual(next.sort)) params.set('direction', next.direction);
	if (next.page > 1) params.set('page', String(next.page));
	return params.size ? `/watch?${params}` : '/watch';
}

const OF_EVENTS = ['q', 'state', 'place', 'model', 'kind', 'since', 'until'] as const;
const OF_AGENCIES = ['q', 'state', 'place', 'model', 'standing', 'agency_kind'] as const;

/** The same question to the API: what a reader downloads is what the page shows, on all its pages. */
export function feedOf(asked: Asked): string {
	return questionOf('/api/v1/watch/events.atom', asked, OF_EVENTS);
}

export function downloadOf(asked: Asked): string {
	return questionOf('/api/v1/watch/agencies.csv', asked, OF_AGENCIES);
}

function questionOf(path: string, asked: Asked, names: readonly (typeof FIELDS)[number][]): string {
	const params = new URLSearchParams(names.flatMap((name) => (asked[name] === null ? [] : [[name, asked[name]]])));
	return params.size ? `${path}?${params}` : path;
}

/** What the map is narrowed to: the model, or applications. */
export function chosenOf({ model, standing }: Asked): Model | 'pending' | null {
	return model ?? (standing === 'pending' ? 'pending' : null);
}

/** True where the events shown are fewer than all. */
export function narrowed(asked: Asked): boolean {
	return [asked.q, asked.state, asked.place, asked.model, asked.kind, asked.since, asked.until].some(
		(value) => value !== null,
	);
}

/** `place` is the id of the place that the address names. */
export function eventFilter(asked: Asked, place: string | null): EventFilter {
	const { q, kind, model, state, since, until, after } = asked;
	return { ...EVERYTHING, q, kind, model, state, place, since, until, after, limit: EVENTS_PER_PAGE };
}

export function agencyFilter(asked: Asked, place: string | null): AgencyFilter {
	const { q, model, state, standing, agency_kind: kind, sort, direction, page } = asked;
	return { q, model, state, place, kind, standing, sort, direction, page };
}
