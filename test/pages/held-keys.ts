import { ACCESS } from '#access/actor.ts';
import { makeKey, type NewKey } from '#access/key.server.ts';
import type { World } from '#platform/world.ts';
import type { SignedIn } from '../access/signed-in.ts';

/** A key for programs of somebody who holds a seat. */
export async function keyFor(
	of: Pick<SignedIn, 'person' | 'seat'>,
	wish: Pick<NewKey, 'opens'> & Partial<NewKey>,
	world: Pick<World, 'db' | 'clock' | 'random'>,
): Promise<string> {
	const key = { name: 'Key of tests', seat: of.seat ?? '', counsel: false, days: 30, ...wish };
	const made = await world.db.as(ACCESS, (tx) => makeKey(of.person, key, world, tx));
	if (typeof made === 'string') throw new Error(`No key was made: ${made}.`);
	return made.key;
}
