import { sql } from 'kysely';
import { SYSTEM } from '#access/actor.ts';
import { sha256 } from '#kernel/digest.ts';
import type { Daily } from '#platform/queue.server.ts';
import type { Random, World } from '#platform/world.ts';
import { fetchLists, type Manners } from './fetch.server.ts';
import type { Source } from './source.server.ts';

const TASK = 'watch.fetch';
/** The job exists once, whether it waits for its hour or for another try. */
const KEY = 'watch.fetch';
const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** After a failure we ask again after these seconds, then wait for the next day. */
const RETRIES: readonly number[] = [15 * MINUTE, HOUR, 4 * HOUR];
/** So much longer at most, as a share, that installations which failed together do not come back together. */
const JITTER = 0.2;
/** Lists were last had longer ago than this: the day's fetch was missed while the server was off. */
const MISSED = 26 * HOUR;
/** Longer than the longest wait for another try: a server that is started again and again asks no oftener. */
const TRIED = 5 * HOUR;
/** The lists are published on working days until the late afternoon in Washington. */
const FIRST_HOUR = 20;
const HOURS = 4;

/** When an installation asks: a time of the evening, in UTC, that follows from its address, at an odd minute. */
export function dailyFetch(origin: string): Daily {
	const number = Number.parseInt(sha256(origin).slice(0, 8), 16);
	const slot = number % (HOURS * 30);
	return { task: TASK, key: KEY, hour: (FIRST_HOUR + Math.floor(slot / 30)) % 24, minute: 2 * (slot % 30) + 1 };
}

/**
 * The day's fetch: looks, and where that fails asks for another try later. `tries`: how often it was tried today before,
 * as the job carries it.
 */
export async function fetchDaily(
	tries: string | undefined,
	source: Source,
	world: Pick<World, 'db' | 'clock' | 'random' | 'http' | 'queue' | 'log'>,
	manners?: Manners,
): Promise<void> {
	const done = /^\d$/.test(tries ?? '') ? Number(tries) : 0;
	const { outcome } = await fetchLists(source, world, manners);
	const wait = RETRIES[done];
	if ((outcome !== 'failed' && outcome !== 'busy') || wait === undefined) return;
	const delay = spread(wait, world.random);
	await world.db.as(SYSTEM, (tx) => world.queue.add(tx, TASK, { tries: String(done + 1) }, KEY, delay));
}

/** At the start of a server: where the last day's fetch was missed, asks for one in the next quarter of an hour. */
export async function fetchMissed(world: Pick<World, 'db' | 'clock' | 'random' | 'queue'>): Promise<void> {
	const now = world.clock.now().getTime();
	await world.db.as(SYSTEM, async (tx) => {
		const { rows } = await sql<{ had: Date | null; tried: Date | null }>`
			select max(began_at) filter (where outcome <> 'failed') as had, max(began_at) as tried from watch_fetch`.execute(
			tx,
		);
		const since = (at: Date | null | undefined): number =>
			at ? (now - at.getTime()) / 1_000 : Number.POSITIVE_INFINITY;
		if (since(rows[0]?.had) < MISSED || since(rows[0]?.tried) < TRIED) return;
		await world.queue.add(tx, TASK, {}, KEY, Math.round(chance(world.random) * 14 * MINUTE) + MINUTE);
	});
}

function spread(seconds: number, random: Random): number {
	return Math.round(seconds * (1 + JITTER * chance(random)));
}

/** A number from 0 to 1. */
function chance(random: Random): number {
	const [high = 0, low = 0] = random.bytes(2);
	return (high * 256 + low) / 65_535;
}
