import { createHmac } from 'node:crypto';
import { alike } from '#platform/alike.server.ts';
import type { World } from '#platform/world.ts';

type Needs = Pick<World, 'keys'>;

/** A text with a seal that only this server can make, for links and hidden fields. `purpose`: one seal is good for one. */
export function sealed(purpose: string, text: string, world: Needs): string {
	return `${text}.${sealOf(purpose, text, world)}`;
}

/** The text of something sealed for this purpose; null where we did not seal it. */
export function unsealed(purpose: string, given: string, world: Needs): string | null {
	const at = given.lastIndexOf('.');
	if (at < 1) return null;
	const text = given.slice(0, at);
	return alike(sealOf(purpose, text, world), given.slice(at + 1)) ? text : null;
}

function sealOf(purpose: string, text: string, { keys }: Needs): string {
	return createHmac('sha256', keys.of(purpose)).update(text).digest('base64url');
}
