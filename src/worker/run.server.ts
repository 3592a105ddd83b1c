import { SYSTEM } from '#access/actor.ts';
import { CHANGED } from '#library/add.server.ts';
import { type Config, readConfig } from '#platform/config.server.ts';
import { readSecret } from '#platform/secret.server.ts';
import type { OpenWorld } from '#platform/world.server.ts';
import { dailyFetch, fetchMissed } from '#watch/fetch/daily.server.ts';
import { sourceOf } from '#watch/fetch/source.server.ts';
import { FORGETTING, FORGETTING_DRAFTS, FORGETTING_PRESENCE, HOURLY, handlers } from './handlers.server.ts';

/**
 * Works on jobs in this process until its world is closed. Any number of processes may do so side by side. The first jobs
 * bring the ledger and what texts have in common up to date: the rules may have changed with the version, and an import
 * may have died half way.
 */
export async function runJobs(world: OpenWorld, config: Config = readConfig()): Promise<void> {
	const source = config.watch.daily ? sourceOf(config) : null;
	const site = { origin: config.origin, secret: readSecret(config) };
	const schedule = [
		...[HOURLY, FORGETTING, FORGETTING_DRAFTS, FORGETTING_PRESENCE],
		...(source ? [dailyFetch(config.origin)] : []),
	];
	world.work({ tasks: handlers(source, site, world), schedule });
	await world.db.as(SYSTEM, async (tx) => {
		await world.queue.add(tx, 'watch.rebuild', {}, 'watch.rebuild');
		await world.queue.add(tx, CHANGED, {}, CHANGED);
	});
	if (source) await fetchMissed(world);
}
