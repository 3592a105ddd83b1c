import type { SeatRole } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import { digest } from '#kernel/digest.ts';
import type { Draft } from './interest.ts';
import type { DatedFact } from './member.ts';

/** What `coalition.json` says; seeds/coalition/README.md tells each field. */
export interface SampleCoalition {
	readonly staff: readonly SampleSeat[];
	readonly cities: readonly SampleCity[];
	readonly cases: readonly SampleCase[];
}

export interface SampleSeat {
	readonly role: SeatRole;
	readonly office: string;
	/** Title of the office again: nobody sits there. */
	readonly name: string;
	readonly governing?: boolean;
	readonly from: Day;
	/** First part of its mail address, where it has an account. */
	readonly account?: string;
	/** Whether one signs in as it by one click. */
	readonly door?: boolean;
}

export interface SampleCity {
	/** End of the address of an invented place. */
	readonly place: string;
	readonly facts: readonly DatedFact[];
	readonly published?: { readonly day: Day; readonly approver: string; readonly office: string };
	readonly seats: readonly SampleSeat[];
}

/** A city that asks. */
export interface SampleCase extends Omit<Draft, 'voteDay'> {
	readonly place: string;
	/** Days from the start until the vote; left out for none. */
	readonly voteIn?: number;
	readonly proved: Day;
	readonly matched?: boolean;
	readonly called?: { readonly day: Day; readonly number: string; readonly site: string };
	/** Accounts of the stewards who see to it, and who approved. */
	readonly keeper?: string;
	readonly approvals?: readonly string[];
}

/** A seat of the sample that one may sign in as by one click. */
export interface DoorSeat {
	readonly role: SeatRole;
	readonly office: string;
	/** Name of its city; null for none. */
	readonly city: string | null;
}

/** The seats that a visitor is offered. */
export interface Offer {
	readonly seats: readonly DoorSeat[];
	/** The code they came with; null: it is to be typed. */
	readonly code: string | null;
}

/** An id that is the same in every installation, as a UUID of version 8 (RFC 9562, 5.8). */
export function sampleId(...parts: readonly string[]): string {
	const hex = digest('coalition.sample', ...parts);
	return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}
