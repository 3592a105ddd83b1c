import { endianness } from 'node:os';
import { setImmediate as breath } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Tx } from '#platform/world.ts';
import type { VersionKey } from './clause.ts';
import { type Reading, readingOf, type Weighed, weighed } from './reading.ts';
import type { Yardstick } from './yardstick.ts';

/** Texts that are read in one statement: some hundred kilobytes. */
const READ_AT_ONCE = 32;
/** Terms of the texts that are held ready for the next comparison: a shelf of 25 MB, in some 50 MB. */
const MOST_HELD = 6_000_000;

/** Reads a version and cuts it; an empty one where there is none. */
export async function readingIn(version: VersionKey, tx: Tx): Promise<Reading> {
	for await (const [, reading] of readings([version], tx)) return reading;
	return readingOf('', []);
}

/** Reads versions and cuts each in its turn; those that are not there are left out. */
export async function* readings<V extends VersionKey>(
	versions: readonly V[],
	tx: Tx,
): AsyncGenerator<readonly [V, Reading]> {
	for (let from = 0; from < versions.length; from += READ_AT_ONCE) {
		const some = versions.slice(from, from + READ_AT_ONCE);
		const asked = JSON.stringify(some.map(({ workId, expressionId }, n) => ({ n, w: workId, e: expressionId })));
		const { rows } = await sql<{ n: number; text: string; provisions: Parameters<typeof readingOf>[1] }>`
			select asked.n, e.text, p.provisions from jsonb_to_recordset(${asked}::jsonb) as asked (n integer, w uuid, e uuid)
			join library_expression e on e.work_id = asked.w and e.id = asked.e
			cross join lateral (
				select coalesce(json_agg(json_build_object('eId', e_id, 'parent', parent, 'start', start_at, 'end', end_at, 'number',
					number) order by position), '[]'::json) as provisions
				from library_provision where work_id = asked.w and expression_id = asked.e
			) p order by asked.n`.execute(tx);
		for (const { n, text, provisions } of rows) {
			const version = some[n];
			if (version) yield [version, readingOf(text, provisions)];
		}
	}
}

/** Terms of compared versions with what each weighs, the last used ones held as far as memory is given for them. */
export class Held {
	readonly #weighed = new Map<number, Weighed>();
	#terms = 0;
	#algorithm = '';

	/** Those of some versions, by slot, of what is held and what is read now. */
	async of(slots: readonly number[], measure: Yardstick, tx: Tx): Promise<ReadonlyMap<number, Weighed>> {
		this.#begin(measure);
		const found = new Map<number, Weighed>();
		const missing = slots.filter((slot) => {
			const had = this.#weighed.get(slot);
			if (had) found.set(slot, had);
			return !had;
		});
		const { rows } = await sql<{ slot: number; keys: Buffer }>`
			select slot, keys from reuse_text where slot = any(${missing}::integer[])`.execute(tx);
		for (const { slot, keys } of rows) {
			found.set(slot, weighed(unpacked(keys), measure));
			await breath();
		}
		for (const [slot, one] of found) this.put(slot, one, measure);
		return found;
	}

	/** Holds one as the last used. */
	put(slot: number, { keys, weights }: Weighed, measure: Yardstick): void {
		this.#begin(measure);
		const had = this.#weighed.delete(slot);
		this.#weighed.set(slot, { keys, weights });
		if (!had) this.#terms += keys.length;
		for (const [first, one] of this.#weighed) {
			if (this.#terms <= MOST_HELD) return;
			this.#weighed.delete(first);
			this.#terms -= one.keys.length;
		}
	}

	/** What was weighed by another yardstick is forgotten. */
	#begin({ algorithm }: Yardstick): void {
		if (algorithm === this.#algorithm) return;
		this.#weighed.clear();
		this.#terms = 0;
		this.#algorithm = algorithm;
	}
}

/** Keys as the database holds them: four bytes each, the lowest first. */
export function packed(keys: Uint32Array): Buffer {
	return lowestFirst(Buffer.from(keys.slice().buffer));
}

function unpacked(bytes: Buffer): Uint32Array {
	// A copy, which begins where a number of four bytes may.
	return new Uint32Array(lowestFirst(Buffer.from(new Uint8Array(bytes).buffer)).buffer);
}

/** Turns numbers of four bytes round where this machine has the highest byte first. */
function lowestFirst(bytes: Buffer): Buffer {
	return endianness() === 'LE' ? bytes : bytes.swap32();
}
