import { setImmediate as breath } from 'node:timers/promises';
import { against, type Span } from '#concordance/span.ts';
import type { Tx } from '#platform/world.ts';
import type { Candidate } from './candidates.server.ts';
import type { Measured, Reading } from './reading.ts';
import { type Held, readings } from './readings.server.ts';
import type { Yardstick } from './yardstick.ts';

/** A version that shares passages with a text, and what it reads. */
interface Sharing extends Candidate {
	/** Of the terms of the version, and of those of the text. */
	readonly spans: readonly Span[];
	readonly reading: Reading;
}

/**
 * The candidates that share a passage with a text, in their order; only those are read. Whatever else this thread has to do
 * comes in between: pages are made in it too.
 */
export async function* sharing(
	text: Measured,
	near: readonly Candidate[],
	held: Held,
	measure: Yardstick,
	tx: Tx,
): AsyncGenerator<Sharing> {
	const slots = near.map(({ slot }) => slot);
	const terms = await held.of(slots, measure, tx);
	const beside = against(text.prepared);
	const found: Omit<Sharing, 'reading'>[] = [];
	for (const candidate of near) {
		const own = terms.get(candidate.slot);
		const spans = own ? beside({ ...own, ...candidate.shared }).spans : [];
		if (spans.length > 0) found.push({ ...candidate, spans });
		await breath();
	}
	for await (const [candidate, reading] of readings(found, tx)) {
		yield { ...candidate, reading };
		await breath();
	}
}
