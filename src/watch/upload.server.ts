import type { Actor } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { Invalid } from '#kernel/error.ts';
import type { Tx, World } from '#platform/world.ts';
import { type Outcome, takeFile } from './ingest.server.ts';
import { sentFiles, shown } from './read/archive.server.ts';

/** What came with a form. Its name is for show only. */
export interface Upload {
	readonly name: string;
	readonly bytes: Uint8Array;
}

/** What became of a file; `unopened`: it was not looked into, and nothing of it is kept. */
export type Taken =
	| Outcome
	| { readonly name: string; readonly outcome: 'unopened'; readonly why: 'damaged' | 'many' | 'large' | 'late' };

/** Files of one form: the lists of a month. */
export const MOST_UPLOADS = 40;
/** Lists in one form, those in archives among them: two a day for a year. */
const MOST_LISTS = 800;
/** What they unpack to: as many lists of .1 MB, twice. A zip of 50 MB can claim a hundred times more. */
const MOST_UNPACKED = 160_000_000;
/** Whoever waits for the page gives up later than this, in milliseconds. */
const LONGEST = 60_000;
/** Files of one form follow each other within this; then the ledger is made once for all of them. */
const LEDGER_IN_SECONDS = 2;

/**
 * Takes lists in that a signed-in person sent, by the verb of the command line; a job makes the ledger. A file that cannot
 * be opened stops no other. What is over the limits of one form is told, and can be sent again: what is known is not read twice.
 */
export async function takeUploads(
	uploads: readonly Upload[],
	actor: Actor,
	world: Pick<World, 'db' | 'clock' | 'random' | 'queue'>,
): Promise<readonly Taken[]> {
	const end = world.clock.now().getTime() + LONGEST;
	const taken: Taken[] = [];
	let unpacked = 0;
	const files = uploads.slice(0, MOST_UPLOADS).flatMap(({ name, bytes }) => sentFiles(name, bytes));
	for (const { name, open } of files) {
		const why =
			taken.length >= MOST_LISTS
				? 'many'
				: unpacked > MOST_UNPACKED
					? 'large'
					: world.clock.now().getTime() > end
						? 'late'
						: null;
		if (why !== null) {
			taken.push({ name, outcome: 'unopened', why });
			if (taken.length > MOST_LISTS) break;
			continue;
		}
		try {
			const file = open();
			unpacked += file.bytes.length;
			const trace = (sha256: string, tx: Tx) =>
				record({ actor, action: 'list_imported', subject: `list:${sha256}`, owner: actor.city }, world, tx);
			taken.push(await takeFile(file, { ledgerIn: LEDGER_IN_SECONDS, trace }, world));
		} catch (cause) {
			if (!(cause instanceof Invalid)) throw cause;
			taken.push({ name, outcome: 'unopened', why: 'damaged' });
		}
	}
	for (const { name } of uploads.slice(MOST_UPLOADS))
		taken.push({ name: shown(name), outcome: 'unopened', why: 'many' });
	return taken;
}
