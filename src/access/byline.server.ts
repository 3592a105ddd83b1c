import { createHmac } from 'node:crypto';
import type { World } from '#platform/world.ts';

/** Of the hash; two people of a coalition of thousands do not share it. */
const DIGITS = 10;

/**
 * How a person signs what everybody may read: the same in whatever seat they act, and without who they are. Those who hold
 * a seat are shown the name (`coalition/signed`).
 */
export function byline(person: string, { keys }: Pick<World, 'keys'>): string {
	return `Person ${createHmac('sha256', keys.of('bylines')).update(person).digest('hex').slice(0, DIGITS)}`;
}
