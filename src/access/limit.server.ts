import { createHmac } from 'node:crypto';
import { dayAt } from '#kernel/day.ts';
import type { Tx, World } from '#platform/world.ts';

/** How often something may be tried within a time. */
export interface Limit {
	/** What is tried: `sign-in by address`. */
	readonly kind: string;
	readonly most: number;
	readonly minutes: number;
}

const MINUTE = 60_000;
/** Hours that counts are kept: the longest limit looks back a day. */
const KEPT = 24;

/**
 * Counts a try by a subject (an address of the network, an account) and tells whether it is within the limit. What is
 * counted is a hash under a key of the day: after a day nobody can tell of whom, and nothing is left. `tx` acts as `ACCESS`
 * and has to be kept, also where the try fails.
 */
export async function within(
	{ kind, most, minutes }: Limit,
	subject: string,
	{ clock, keys }: Pick<World, 'clock' | 'keys'>,
	tx: Tx,
): Promise<boolean> {
	const now = clock.now();
	const span = minutes * MINUTE;
	const began = new Date(Math.floor(now.getTime() / span) * span);
	await tx
		.deleteFrom('access_attempt')
		.where('began_at', '<', new Date(now.getTime() - KEPT * 60 * MINUTE))
		.execute();
	const key = createHmac('sha256', keys.of(`attempts of ${dayAt(began)}`))
		.update(`${kind}\n${subject}`)
		.digest('base64url');
	const { count } = await tx
		.insertInto('access_attempt')
		.values({ key, began_at: began, count: 1 })
		.onConflict((on) =>
			on.columns(['key', 'began_at']).doUpdateSet((e) => ({ count: e('access_attempt.count', '+', 1) })),
		)
		.returning('count')
		.executeTakeFirstOrThrow();
	return count <= most;
}
