import { sql } from 'kysely';
import { provisions } from '#library/version.server.ts';
import type { Tx } from '#platform/world.ts';
import { type Reading, readingOf } from './reading.ts';
import type { Yardstick } from './yardstick.ts';

/** Terms of the texts that are held ready for the next comparison: some 60 MB. */
const MOST_HELD = 2_000_000;

/** Reads a version and makes it ready to be compared; an empty one where there is none. */
export async function readingIn(workId: string, expressionId: string, measure: Yardstick, tx: Tx): Promise<Reading> {
	const { rows } = await sql<{ text: string }>`
		select text from library_expression where work_id = ${workId} and id = ${expressionId}`.execute(tx);
	return readingOf(rows[0]?.text ?? '', await provisions(workId, expressionId, tx), measure);
}

/** Texts made ready, the last used ones, as far as memory is given for them. */
export class Held {
	readonly #readings = new Map<number, Reading>();
	#terms = 0;

	async get(slot: number, read: () => Promise<Reading>): Promise<Reading> {
		const had = this.#readings.get(slot);
		if (had) this.#readings.delete(slot);
		const reading = had ?? (await read());
		if (had) this.#readings.set(slot, had);
		else this.put(slot, reading);
		return reading;
	}

	put(slot: number, reading: Reading): void {
		this.#readings.set(slot, reading);
		this.#terms += reading.terms.keys.length;
		for (const [first, { terms }] of this.#readings) {
			if (this.#terms <= MOST_HELD) return;
			this.#readings.delete(first);
			this.#terms -= terms.keys.length;
		}
	}
}
