import { sql } from 'kysely';
import { provisions } from '#library/version.server.ts';
import type { Tx } from '#platform/world.ts';
import { type Measured, measured, type Reading, readingOf } from './reading.ts';
import type { Yardstick } from './yardstick.ts';

/** Terms of the texts that are held ready for the next comparison: some 80 MB. */
const MOST_HELD = 2_000_000;

/** Reads a version and cuts it; an empty one where there is none. */
export async function readingIn(workId: string, expressionId: string, tx: Tx): Promise<Reading> {
	const { rows } = await sql<{ text: string }>`
		select text from library_expression where work_id = ${workId} and id = ${expressionId}`.execute(tx);
	return readingOf(rows[0]?.text ?? '', await provisions(workId, expressionId, tx));
}

/** Terms of compared versions made ready, the last used ones held as far as memory is given for them. */
export class Held {
	readonly #measured = new Map<number, Measured>();
	#terms = 0;
	#algorithm = '';

	/** Those of some versions, by slot, of what is held and what is read now. */
	async of(slots: readonly number[], measure: Yardstick, tx: Tx): Promise<ReadonlyMap<number, Measured>> {
		this.#begin(measure);
		const found = new Map<number, Measured>();
		const missing = slots.filter((slot) => {
			const had = this.#measured.get(slot);
			if (had) found.set(slot, had);
			return !had;
		});
		const { rows } = await sql<{ slot: number; keys: Buffer }>`
			select slot, keys from reuse_text where slot = any(${missing}::integer[])`.execute(tx);
		for (const { slot, keys } of rows) found.set(slot, measured(unpacked(keys), measure));
		for (const [slot, one] of found) this.put(slot, one, measure);
		return found;
	}

	/** Holds one as the last used. */
	put(slot: number, one: Measured, measure: Yardstick): void {
		this.#begin(measure);
		const had = this.#measured.delete(slot);
		this.#measured.set(slot, one);
		if (!had) this.#terms += one.prepared.keys.length;
		for (const [first, { prepared }] of this.#measured) {
			if (this.#terms <= MOST_HELD) return;
			this.#measured.delete(first);
			this.#terms -= prepared.keys.length;
		}
	}

	/** What was made ready by another yardstick is forgotten. */
	#begin({ algorithm }: Yardstick): void {
		if (algorithm === this.#algorithm) return;
		this.#measured.clear();
		this.#terms = 0;
		this.#algorithm = algorithm;
	}
}

/** Keys as the database holds them: four bytes each, the lowest first. */
export function packed(keys: Uint32Array): Buffer {
	const bytes = Buffer.alloc(keys.length * 4);
	keys.forEach((key, n) => {
		bytes.writeUInt32LE(key, n * 4);
	});
	return bytes;
}

function unpacked(bytes: Buffer): Uint32Array {
	return Uint32Array.from({ length: bytes.length / 4 }, (_, n) => bytes.readUInt32LE(n * 4));
}
