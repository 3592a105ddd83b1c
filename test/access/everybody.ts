import { ACCESS } from '#access/actor.ts';
import { beginSession } from '#access/session.server.ts';
import type { World } from '#platform/world.ts';
import { signedIn } from './signed-in.ts';

type Needs = Pick<World, 'db' | 'clock' | 'random'>;

/** OCD ids of three cities: two members, and one that asked and is none yet. */
export interface Cities {
	readonly here: string;
	readonly there: string;
	readonly asking: string;
}

/** A letter for everybody who may come: small letters are of the city here, capitals of the city there; `g` is of one that is no member yet. */
export async function everybody({ here, there, asking }: Cities, matter: string, world: Needs) {
	return {
		v: null,
		n: await signedIn(world, { role: 'visitor' }),
		h: await half(world),
		t: await signedIn(world, { role: 'steward' }),
		e: await signedIn(world, { role: 'editor' }),
		m: await signedIn(world, { role: 'member', placeId: here }),
		k: await signedIn(world, { role: 'member', placeId: here, counsel: true }),
		c: await signedIn(world, { role: 'counsel', placeId: here, matters: [matter] }),
		b: await signedIn(world, { role: 'observer', placeId: here }),
		M: await signedIn(world, { role: 'member', placeId: there }),
		C: await signedIn(world, { role: 'counsel', placeId: there, matters: [matter] }),
		g: await signedIn(world, { role: 'member', placeId: asking, standing: 'interested' }),
		a: await signedIn(world, { role: 'advocate' }),
	} as const;
}

/** Somebody who showed one factor of two. */
async function half(world: Needs): Promise<{ readonly cookie: string }> {
	const { person } = await signedIn(world, { role: 'steward' });
	return world.db.as(ACCESS, async (tx) => ({ cookie: `compact=${await beginSession(person, false, world, tx)}` }));
}
