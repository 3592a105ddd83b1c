import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { SYSTEM } from '#access/actor.ts';
import { ENTRIES, openQuietly } from './soak-kill-world.ts';

const [folder = '', from = '0'] = process.argv.slice(2);
await write(folder, Number(from));

/** Writes transactions from a number on until it is killed, and says the number of each that came through. */
async function write(folder: string, from: number): Promise<void> {
	const world = await openQuietly(folder);
	console.log('begun');
	for (let number = from + 1; ; number++) {
		try {
			await world.db.as(SYSTEM, (tx) =>
				sql`insert into watch_alias select ${number}::integer || '/' || n, ${String(number)} from generate_series(1, ${sql.lit(ENTRIES)}) n
					on conflict do nothing`.execute(tx),
			);
			console.log(String(number));
		} catch {
			// The database went away under it: the same number again, as a person would press the button again.
			number--;
			await sleep(20);
		}
	}
}
