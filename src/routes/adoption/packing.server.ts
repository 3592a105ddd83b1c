import { type Packing, packing as packed } from '#adoption/packet/packing.server.ts';
import { sending } from './sending.server.ts';

/** Everything that the packet of a draft is made of, for whoever is signed in. */
export async function packing(id: string, locals: App.Locals, origin: string): Promise<Packing> {
	const leaving = await sending(id, locals, { origin, named: false, against: null });
	return packed(leaving, locals.actor, locals.world);
}
