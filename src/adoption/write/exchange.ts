import { Invalid } from '#kernel/error.ts';
import { isUuid } from '#kernel/uuid.ts';
import type { Blank } from '#library/view.ts';
import { MOST_PARAGRAPHS, type Place, type Refused } from '../structure/outline.ts';
import type { Order, Piece, Read } from './piece.ts';

/** Provisions whose words are sent at once: a chapter typed without a connection goes in a few turns. */
export const MOST_WORDS = 20;
/** Characters of one field that are sent; the draft itself takes 40,000 of a provision and says so. */
export const LONGEST = 100_000;

/** Words of a provision as somebody typed them. */
export interface TypedWords extends Read {
	readonly id: string;
}

/** A change of the structure. `names` and `name` are those that the editor gave to what is new, until the draft names it. */
export type Deed =
	| {
			readonly act: 'split';
			readonly provision: string;
			readonly paragraphs: readonly string[];
			readonly names: readonly string[];
	  }
	| ({ readonly act: 'added'; readonly name: string; readonly place: Place } & Read)
	/** `next`: the one that it becomes one with, as its writer saw it. */
	| { readonly act: 'joined'; readonly provision: string; readonly next: string }
	/** With its heading and words as they stood where it was taken out. */
	| ({ readonly act: 'removed'; readonly provision: string } & Read)
	| { readonly act: 'moved'; readonly provision: string; readonly place: Place }
	| { readonly act: 'undone'; readonly to: number; readonly from: number };

/** What an editor sends at once: words, and after them at most one change of the structure. Sent twice it is done once. */
export interface Batch {
	readonly id: string;
	/** Edit that its words were typed over. */
	readonly since: number;
	readonly words: readonly TypedWords[];
	readonly deed: Deed | null;
}

/** A person, and the seat they act under. */
export interface Writer {
	readonly account: string;
	readonly seat: string;
}

/** What an editor asks every second or two. */
export interface Asked {
	/** For whom the page was made: in another window of the browser somebody else may have signed in since. */
	readonly writer: Writer;
	/** Of the window that asks: somebody may write in two. */
	readonly desk: string;
	/** Last edit that it has. */
	readonly since: number;
	/** Provision in which its caret stands. */
	readonly at: string | null;
	readonly batch: Batch | null;
}

/**
 * What became of words that were sent: kept; not, for others changed the same; not, for the provision is gone; or too long.
 * What is new clashes where another window sent it before: what the draft has of it may be other.
 */
export interface Outcome {
	/** Of the provision, or the name of what is new. */
	readonly id: string;
	readonly kind: 'kept' | 'clash' | 'gone' | 'too_long';
}

/** Somebody else who has the draft open. */
export interface Colleague {
	readonly name: string | null;
	readonly office: string;
	/** Provision they write in. */
	readonly at: string | null;
}

/** Words that give a protection and do not stand as they were read. */
export interface Narrowed {
	readonly provision: string;
	readonly code: string;
	readonly missing: readonly string[];
}

/** Why a change of the structure was not made: what the structure says, or somebody's edits or words in the way. */
export type NotDone = Outcome['kind'] | Refused['refused'] | 'edited' | 'written';

export interface Answered {
	readonly seq: number;
	/** Null where nothing changed since what was asked from. */
	readonly order: Order | null;
	/** What reads otherwise than at `since`, or was not there. */
	readonly pieces: readonly Piece[];
	readonly outcomes: readonly Outcome[];
	/** Ids of what the batch made, by the names it gave. */
	readonly born: readonly (readonly [name: string, id: string])[];
	readonly refused: NotDone | null;
	/** Names of blanks that stand no more where words were kept, for they were written over. */
	readonly lost: readonly Blank['label'][];
	/** References that mean what is gone. */
	readonly dangling: readonly { readonly words: string; readonly in: string }[];
	/** From which edit to which the deed of the batch can be taken back, while nobody edits after it. */
	readonly undo: { readonly to: number; readonly from: number } | null;
	readonly colleagues: readonly Colleague[];
	/** Null where nothing changed. */
	readonly narrowed: readonly Narrowed[] | null;
	/** What provisions are called, by id, where the order changed. */
	readonly names: Readonly<Record<string, string>> | null;
}

/** What an editor sent, checked; `Invalid` for anything else. */
export function askedOf(sent: unknown): Asked {
	const { writer, desk, since, at, batch } = record(sent);
	const { account, seat } = record(writer);
	return {
		...{ writer: { account: text(account), seat: text(seat) }, desk: uuid(desk) },
		...{ since: edit(since), at: at === null ? null : id(at), batch: batchOf(batch) },
	};
}

function batchOf(sent: unknown): Batch | null {
	if (sent === null) return null;
	const { id: own, since, words, deed } = record(sent);
	return {
		id: uuid(own),
		since: edit(since),
		words: list(words, MOST_WORDS).map((one) => {
			const { id: provision, heading, words: typed } = record(one);
			return { id: id(provision), heading: text(heading), words: text(typed) };
		}),
		deed: deed === null ? null : deedOf(record(deed)),
	};
}

function deedOf(sent: Readonly<Record<string, unknown>>): Deed {
	const { act } = sent;
	switch (act) {
		case 'split': {
			const [paragraphs, names] = [list(sent.paragraphs, MOST_PARAGRAPHS), list(sent.names, MOST_PARAGRAPHS)];
			if (names.length !== paragraphs.length - 1) throw wrong();
			return { act, provision: id(sent.provision), paragraphs: paragraphs.map(text), names: names.map(id) };
		}
		case 'added':
			return {
				...{ act, name: id(sent.name), place: placeOf(sent.place) },
				...{ heading: text(sent.heading), words: text(sent.words) },
			};
		case 'joined':
			return { act, provision: id(sent.provision), next: id(sent.next) };
		case 'removed':
			return { act, provision: id(sent.provision), heading: text(sent.heading), words: text(sent.words) };
		case 'moved':
			return { act, provision: id(sent.provision), place: placeOf(sent.place) };
		case 'undone':
			return { act, to: edit(sent.to), from: edit(sent.from) };
		default:
			throw wrong();
	}
}

function placeOf(sent: unknown): Place {
	if (sent === 'end') return sent;
	const { after, first } = record(sent);
	return after === undefined ? { first: first === null ? null : id(first) } : { after: id(after) };
}

function record(sent: unknown): Readonly<Record<string, unknown>> {
	if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) throw wrong();
	return sent as Record<string, unknown>;
}

function list(sent: unknown, most: number): readonly unknown[] {
	if (!Array.isArray(sent) || sent.length > most) throw wrong();
	return sent;
}

function uuid(sent: unknown): string {
	if (typeof sent !== 'string' || !isUuid(sent)) throw wrong();
	return sent;
}

/** Of a provision, or a name that an editor gave. */
function id(sent: unknown): string {
	if (typeof sent !== 'string' || !/^[a-z0-9]{1,40}$/.test(sent)) throw wrong();
	return sent;
}

function edit(sent: unknown): number {
	if (!Number.isInteger(sent) || (sent as number) < 1 || (sent as number) > 2 ** 31 - 1) throw wrong();
	return sent as number;
}

function text(sent: unknown): string {
	if (typeof sent !== 'string' || sent.length > LONGEST) throw wrong();
	// PostgreSQL keeps no NUL, and no halves of letters.
	return sent.replaceAll('\0', '').toWellFormed();
}

function wrong(): Invalid {
	return new Invalid('This is nothing that the editor sends. Load the page again; your words are kept.');
}
