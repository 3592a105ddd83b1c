import { SYSTEM } from '#access/actor.ts';
import type { OpenWorld } from '#platform/world.server.ts';
import { handlers } from './handlers.server.ts';

/**
 * Works on jobs in this process until its world is closed. Any number of processes may do so side by side. The first job
 * brings the ledger up to date: its rules may have changed with the version, and an import may have died half way.
 */
export async function runJobs(world: OpenWorld): Promise<void> {
	world.work({ tasks: handlers(world) });
	await world.db.as(SYSTEM, (tx) => world.queue.add(tx, 'watch.rebuild', {}, 'watch.rebuild'));
}
