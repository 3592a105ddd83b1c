/** Somebody who sits on the governing body of a city and takes part in a draft. */
export interface Party {
	readonly seat: string;
	/** Account; null in the sample, where a seat is somebody by itself. */
	readonly person: string | null;
}

/** Whether a member of the governing body may take part in a draft. `joins`: as one more who does from now on. */
export type Entry =
	| { readonly kind: 'in' }
	| { readonly kind: 'joins' }
	| { readonly kind: 'refused'; readonly number: number };

/** A member of the governing body, as the page of a draft names them. */
export interface Sitting {
	readonly seat: string;
	readonly name: string | null;
	readonly office: string;
	/** Since when they take part; null for who does not. */
	readonly since: Date | null;
	/** Why counsel lets them take part beyond the number; null where nobody had to. */
	readonly reason: string | null;
}

/** How open meetings stand with a draft. */
export interface Meeting {
	/** How many members make a meeting. */
	readonly number: number;
	/** Whether counsel of the city set it. */
	readonly set: boolean;
	/** Every member of the governing body who has a seat today, those who take part first. */
	readonly body: readonly Sitting[];
}

/** How many members make a meeting where the city said nothing: the strictest of the state laws count two. */
export const USUAL_NUMBER = 2;

/**
 * What the rule of open meetings says of one more member in a draft. Who takes part already goes on; who would complete the
 * number is refused, unless counsel allowed it. Somebody with two seats is one.
 * @param parties members who take part and still sit on the body
 * @param number of members that make a meeting
 */
export function entry(mine: Party, parties: readonly Party[], number: number, allowed: boolean): Entry {
	if (parties.some(({ seat }) => seat === mine.seat)) return { kind: 'in' };
	const who = new Set(parties.map(somebody));
	if (allowed || who.has(somebody(mine)) || who.size + 1 < number) return { kind: 'joins' };
	return { kind: 'refused', number };
}

function somebody({ seat, person }: Party): string {
	return person ?? seat;
}
