/** Who acts. Until there are accounts there are three: anyone on the web, the person at the server's own terminal, and the system's jobs. */
export type Role = 'visitor' | 'operator' | 'system';

export interface Actor {
	readonly role: Role;
	/** GEOID-like key of the city on whose behalf the actor acts; null for none. */
	readonly city: string | null;
}

export const VISITOR: Actor = { role: 'visitor', city: null };
export const OPERATOR: Actor = { role: 'operator', city: null };
export const SYSTEM: Actor = { role: 'system', city: null };
