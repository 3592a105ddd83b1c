import { Forbidden } from '#kernel/error.ts';

/** Somebody who signed in, or half signed in. */
export interface Session {
	readonly id: string;
	/** Account of the person. */
	readonly person: string;
	readonly name: string;
	readonly email: string;
	/** Seat acted under; null for none. */
	readonly seat: string | null;
	/** Whether both factors were shown. A session with one opens nothing but the page that asks for the other. */
	readonly second: boolean;
	/** When both factors were last shown; null before. */
	readonly freshAt: Date | null;
	/** Whether it is of the sample, where nobody sits: it lasts an hour and changes no way to sign in. */
	readonly sample: boolean;
}

/** Minutes that a sign-in counts for acts that are dear to undo: enough for one errand, less than a lunch. */
const FRESH = 10;

/** Whether both factors were shown a moment ago. */
export function isFresh(session: Session | null, now: Date): boolean {
	return (
		session?.second === true && session.freshAt !== null && now.getTime() - session.freshAt.getTime() < FRESH * 60_000
	);
}

/** The person has to show both factors again; hooks lead to the page that asks for them, and back. */
export class Stale extends Forbidden {}

/**
 * For acts that are dear to undo: a new factor, a new address, a full export. Call it where the form is shown and where it is
 * taken. @throws Stale where both factors were not shown within the last ten minutes
 */
export function requireFresh(session: Session | null, now: Date): void {
	if (!isFresh(session, now)) throw new Stale('Show both factors again first.');
}
