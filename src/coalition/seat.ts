import type { SeatRole } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';

/** A seat as the directory shows it. */
export interface Seat {
	readonly id: string;
	/** OCD id of the city; null for the coalition's own and for advocates. */
	readonly city: string | null;
	readonly role: SeatRole;
	/** A name, for advocates the alias they chose; in the sample the title of the office. */
	readonly name: string | null;
	readonly office: string;
	/** Whether its holder sits on a governing body. */
	readonly governing: boolean;
	/** Whether it may enter the counsel room of its city, beside counsel itself. */
	readonly inCounsel: boolean;
	readonly from: Day;
	readonly until: Day | null;
	/** Whether there is an account that it can be written to. */
	readonly held: boolean;
}

/** A seat of the city that waits for whoever takes it over. */
export interface HandOver {
	readonly seat: string;
	/** Who is to take it. */
	readonly name: string;
	readonly askedAt: Date;
	/** Whether they were called, and whether they accepted and have only to take the seat. */
	readonly called: boolean;
	readonly answered: boolean;
}
