import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { SYSTEM } from '#access/actor.ts';
import { backgroundOf, weighing } from '#concordance/background.ts';
import { editionOf, readBackground, writeBackground } from '#concordance/background-bytes.ts';
import { FINGERPRINT_VERSION } from '#concordance/fingerprint.ts';
import { termsOf } from '#concordance/term.ts';
import { packageRoot } from '#platform/root.server.ts';
import type { Tx, World } from '#platform/world.ts';
import type { Yardstick } from './yardstick.ts';

/** Raise it when the same passages give other links. */
const LINKS_VERSION = 1;
/** A shelf of fewer than 2^8 public texts says less of what is common than the table that comes along; more than 2^12 say no more. */
const LOWEST = 8;
const HIGHEST = 12;
/** Texts of which the terms are cut at once. */
const BATCH = 256;

/** What texts are weighed by: fingerprints by the background that comes along, passages by the shelf's own, the last that was made. */
export async function yardstick(world: Pick<World, 'keep'>, tx: Tx): Promise<Yardstick> {
	const { edition, choosing } = await world.keep.of(shipped);
	const { rows } = await sql<{ level: number }>`select max(level) as level from reuse_background`.execute(tx);
	const level = rows[0]?.level ?? 0;
	const kept = world.keep.of(last);
	if (level > 0 && kept.level !== level) {
		const found = await sql<{ bytes: Buffer }>`
			select bytes from reuse_background where level = ${level}`.execute(tx);
		const bytes = found.rows[0]?.bytes;
		if (bytes) [kept.level, kept.scoring] = [level, weighing(readBackground(bytes))];
	}
	return {
		algorithm: `${FINGERPRINT_VERSION}.${LINKS_VERSION}.${edition}.${level}`,
		choosing,
		scoring: (level > 0 && kept.scoring) || choosing,
	};
}

/** Counts the terms of the shelf anew where it has doubled since that was done. Public texts alone: a table of all would tell what private ones are about. */
export async function weighShelf(world: Pick<World, 'db' | 'clock'>): Promise<void> {
	await world.db.as(SYSTEM, async (tx) => {
		const { rows } = await sql<{ texts: number; level: number | null }>`
			select (select count(*)::integer from library_expression where room = 'public') as texts,
				(select max(level) from reuse_background) as level`.execute(tx);
		const { texts = 0, level = null } = rows[0] ?? {};
		const wanted = Math.min(HIGHEST, Math.floor(Math.log2(Math.max(1, texts))));
		if (wanted < LOWEST || (level !== null && wanted <= level)) return;
		const keys: Uint32Array[] = [];
		while (keys.length < 2 ** wanted) {
			const batch = await sql<{ text: string }>`
				select text from library_expression where room = 'public' order by added_at, id
				offset ${keys.length} limit ${Math.min(BATCH, 2 ** wanted - keys.length)}`.execute(tx);
			keys.push(...batch.rows.map(({ text }) => termsOf(text).keys));
			if (batch.rows.length === 0) break;
		}
		await sql`
			insert into reuse_background (level, bytes, made_at)
			values (${wanted}, ${Buffer.from(writeBackground(backgroundOf(keys)))}, ${world.clock.now()})
			on conflict do nothing`.execute(tx);
	});
}

async function shipped() {
	const bytes = await readFile(join(packageRoot(), 'seeds', 'background.bin'));
	return { edition: editionOf(bytes), choosing: weighing(readBackground(bytes)) };
}

/** The shelf's own background that this process read last. */
function last(): { level: number; scoring: Yardstick['scoring'] | null } {
	return { level: 0, scoring: null };
}
