import type { Task } from '#platform/queue.server.ts';
import type { World } from '#platform/world.ts';
import { rebuild } from '#watch/rebuild.server.ts';

/** What each job does: one verb, no logic. */
export function handlers(world: Pick<World, 'db' | 'clock'>): Readonly<Record<string, Task>> {
	return {
		'watch.rebuild': async () => {
			await rebuild(world);
		},
	};
}
