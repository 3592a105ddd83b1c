import type { Task } from '#platform/queue.server.ts';
import type { World } from '#platform/world.ts';
import { fetchDaily } from '#watch/fetch/daily.server.ts';
import type { Source } from '#watch/fetch/source.server.ts';
import { rebuild } from '#watch/rebuild.server.ts';

/** What each job does: one verb, no logic. `source`: null where nobody is asked for lists by itself. */
export function handlers(source: Source | null, world: World): Readonly<Record<string, Task>> {
	return {
		'watch.rebuild': async () => {
			await rebuild(world);
		},
		'watch.fetch': async ({ tries }) => {
			if (source) await fetchDaily(tries, source, world);
		},
	};
}
