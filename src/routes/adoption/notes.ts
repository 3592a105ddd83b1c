import { asRead, conditionOf } from '#adoption/blank-words.ts';
import type { State } from '#adoption/draft.ts';
import { wordsOf } from '#adoption/remark/anchor.ts';
import type { Remark, Reply, Speaker } from '#adoption/remark/remark.ts';
import { type Operation, worded } from '#concordance/redline.ts';
import type { Speech } from '#i18n/message.ts';
import type { Quoted } from './quoted.ts';

/** A comment as a page of the draft shows it. */
export interface Note extends Reply {
	/** `1`; in the counsel room, where they are counted apart, `C1`. */
	readonly label: string;
	readonly counsel: boolean;
	/** The words it was made on, blanks filled; null for a whole provision. */
	readonly quote: string | null;
	/** Provision where it stands now; null where that is gone. */
	readonly provision: string | null;
	readonly state: 'same' | 'changed' | 'gone';
	/** Where the words that it is on stand now; null for a whole provision, and for words that are gone. */
	readonly on: Omit<Quoted, 'note'> | null;
	/** Of a comment that suggests other words: what becomes of those it is on; else null. */
	readonly suggested: Suggested | null;
	readonly replies: readonly Reply[];
	readonly assigned: Speaker | null;
	readonly resolved: Remark['resolved'];
}

/** Letters beside words that others are suggested for: enough to know the place in a margin. */
const AROUND = 40;

interface Suggested {
	/** From the words it is on to those instead of them, with some around them where they stand as they did. */
	readonly steps: readonly Pick<Operation, 'op' | 'text'>[];
	readonly strikes: boolean;
	/** Whether it can be taken as it is. */
	readonly sure: boolean;
	/** How the words it is on read now; null where they are gone. */
	readonly now: string | null;
}

/** What was typed as a comment and not kept, with why. */
export interface Uncommented {
	readonly provision: string;
	readonly words: string;
	readonly instead: string;
	readonly text: string;
	readonly room: 'city' | 'counsel';
	readonly fault: 'elsewhere' | 'unquoted' | 'equal' | 'text';
}

/** Somebody who can be asked to answer a comment. */
export interface Asked extends Speaker {
	readonly seat: string;
	/** Whether they may enter the counsel room. */
	readonly counsel: boolean;
}

/** Comments with their words as they are read, in the order of the draft. */
export function notesOf(
	remarks: readonly Remark[],
	state: Pick<State, 'provisions' | 'blanks' | 'answers' | 'draft'>,
): readonly Note[] {
	const order = new Map(state.provisions.map(({ id }, at) => [id, at]));
	const read = (quote: string) =>
		quote
			.split('\n')
			.map((line) => asRead(conditionOf(line).words, state))
			.join('');
	const suggestedOf = ({ quote, suggested, place }: Remark): Suggested | null => {
		if (!suggested) return null;
		const steps = worded(read(quote ?? ''), read(suggested.words));
		const of = { strikes: suggested.words === '', sure: suggested.sure };
		const one = state.provisions.find(({ id }) => id === place.provision);
		if (!one || place.kind === 'gone' || place.span === null) return { ...of, steps, now: null };
		const { start, end } = place.span;
		const words = wordsOf(one);
		const now = read(words.slice(start, end));
		if (place.changed) return { ...of, steps, now };
		// The heading is no part of what stands around words, nor they of what stands around the heading.
		const left = read(words.slice(0, start).split('\n').at(-1) ?? '');
		const right = read(words.slice(end).split('\n')[0] ?? '');
		return { ...of, steps: [...around(left, 'left'), ...steps, ...around(right, 'right')], now };
	};
	return remarks
		.map((remark) => ({ ...remark, suggested: suggestedOf(remark) }))
		.map(({ room, nth, quote, place, ...rest }) => ({
			...rest,
			label: room === 'counsel' ? `C${nth}` : String(nth),
			counsel: room === 'counsel',
			quote: quote === null ? null : read(quote.replace('\n', ' \n')),
			provision: place.provision,
			on: onOf(place, state),
			state: place.kind === 'gone' ? ('gone' as const) : place.changed ? ('changed' as const) : ('same' as const),
		}))
		.toSorted((one, other) => placeOf(one, order) - placeOf(other, order));
}

/** A place of a comment in letters as they are read; of words that go on below a heading those in it. */
function onOf(place: Remark['place'], state: Parameters<typeof notesOf>[1]): Note['on'] {
	const one = state.provisions.find(({ id }) => id === place.provision);
	if (!one || place.kind === 'gone' || place.span === null) return null;
	const { start, end } = place.span;
	const within = (part: Quoted['part'], words: string, before: number): Note['on'] => {
		const read = (to: number) => asRead(words.slice(0, Math.max(0, to - before)), state).length;
		return { part, start: read(start), end: read(end) };
	};
	const heading = one.heading ?? '';
	if (start < heading.length) return within('heading', heading, 0);
	const { mark, words } = conditionOf(one.text);
	return within('words', words, wordsOf(one).length - one.text.length + mark.length);
}

/** Some of the words beside others, cut between words. */
function around(words: string, side: 'left' | 'right'): readonly Pick<Operation, 'op' | 'text'>[] {
	if (words === '') return [];
	if (words.length <= AROUND) return [{ op: 'same', text: words }];
	const text =
		side === 'left'
			? `… ${words.slice(-AROUND).replace(/^\S*\s+/, '')}`
			: `${words.slice(0, AROUND).replace(/\s+\S*$/, '')} …`;
	return [{ op: 'same', text }];
}

function placeOf({ provision }: Pick<Note, 'provision'>, order: ReadonlyMap<string, number>): number {
	return provision === null ? Number.POSITIVE_INFINITY : (order.get(provision) ?? Number.POSITIVE_INFINITY);
}

/** `Office of the City Attorney, Ana Reyes`. */
export function speaker({ office, name }: Speaker, t: Speech): string {
	return [office, name].filter((one) => one !== null).join(', ') || t.say('draft.someone');
}
