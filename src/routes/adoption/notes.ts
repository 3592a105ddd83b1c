import { asRead, conditionOf } from '#adoption/blank-words.ts';
import type { State } from '#adoption/draft.ts';
import type { Remark, Reply, Speaker } from '#adoption/remark/remark.ts';
import type { Speech } from '#i18n/message.ts';

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
	readonly replies: readonly Reply[];
	readonly assigned: Speaker | null;
	readonly resolved: Remark['resolved'];
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
	return remarks
		.map(({ room, nth, quote, place, ...rest }) => ({
			...rest,
			label: room === 'counsel' ? `C${nth}` : String(nth),
			counsel: room === 'counsel',
			quote: quote === null ? null : read(quote.replace('\n', ' \n')),
			provision: place.provision,
			state: place.kind === 'gone' ? ('gone' as const) : place.changed ? ('changed' as const) : ('same' as const),
		}))
		.toSorted((one, other) => placeOf(one, order) - placeOf(other, order));
}

function placeOf({ provision }: Pick<Note, 'provision'>, order: ReadonlyMap<string, number>): number {
	return provision === null ? Number.POSITIVE_INFINITY : (order.get(provision) ?? Number.POSITIVE_INFINITY);
}

/** `Office of the City Attorney, Ana Reyes`. */
export function speaker({ office, name }: Speaker, t: Speech): string {
	return [office, name].filter((one) => one !== null).join(', ') || t.say('draft.someone');
}
