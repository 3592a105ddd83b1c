import type { OpenWorld } from '#platform/world.server.ts';
import { handlers } from './handlers.server.ts';

/** Works on jobs in this process until its world is closed. Any number of processes may do so side by side. */
export function runJobs(world: OpenWorld): void {
	world.work({ tasks: handlers(world) });
}
