import type { Opens } from './key.ts';

/**
 * Who acts: anyone on the web, the person at the server's own terminal, the system's jobs, what signs people in, or a person
 * by the seat they act under.
 */
export type Role = 'visitor' | 'operator' | 'system' | 'access' | SeatRole;

/** What a seat is for. Stewards and editors work for the coalition, advocates for no city, the others for one city. */
export type SeatRole = (typeof SEAT_ROLES)[number];
export const SEAT_ROLES = ['steward', 'editor', 'member', 'counsel', 'observer', 'advocate'] as const;

export interface Actor {
	readonly role: Role;
	/** OCD id of the city on whose behalf the actor acts; null for none. */
	readonly city: string | null;
	/** Account of the person; null where no person signed in. */
	readonly person?: string | null;
	/** Id of the seat that is acted under. */
	readonly seat?: string | null;
	/** Whether the counsel room of the city is open to this seat. */
	readonly counsel?: boolean;
	/** Joint matters that this seat is of: `matter:` and an id. */
	readonly matters?: readonly string[];
	/** Whether the city of the seat is no member yet, or no more: the room of the members is closed to it. */
	readonly outside?: boolean;
	/** What a program may do that came with a key of the person; left out: the person is there. */
	readonly program?: Opens;
	/** Whether the seat is of the sample coalition, where nobody sits. */
	readonly sample?: boolean;
}

export const VISITOR: Actor = { role: 'visitor', city: null };
export const OPERATOR: Actor = { role: 'operator', city: null };
export const SYSTEM: Actor = { role: 'system', city: null };
/** Reads and writes accounts, sessions and factors, and nothing else that is walled. */
export const ACCESS: Actor = { role: 'access', city: null };
