import { type Leaving, outgoing } from '#adoption/out/outgoing.server.ts';
import { comeIn } from './notes.server.ts';

/** A draft as whoever is signed in would send it: their office is the author, and they themselves where they say so. */
export function sending(id: string, locals: App.Locals, how: Omit<Leaving, 'office'>) {
	const { world, actor, seats } = locals;
	const office = seats.find((seat) => seat.id === actor.seat)?.office ?? null;
	return outgoing(id, { ...how, office }, (tx) => comeIn(id, locals, tx), actor, world);
}
