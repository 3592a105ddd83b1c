import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { SYSTEM } from '../../src/access/actor.ts';
import { readConfig } from '../../src/platform/config.server.ts';
import { openWorld } from '../../src/platform/world.server.ts';
import type { World } from '../../src/platform/world.ts';
import { compareTexts } from '../../src/reuse/compare.server.ts';
import { shelve } from '../library/corpus.ts';
import { readIntroductions } from '../library/introductions.ts';
import { demand, type Measures, tell, timed } from '../measure.ts';

/** Of the texts every so many-th is compared by itself, as one that was imported last. */
const IMPORTS = 40;
/** Without `--full` every so many-th text is shelved. */
const EVERY = 4;

/** The shelf in its database: all texts compared with all by the job, and one more text. */
export function shelfPart(full: boolean) {
	return async (data: string, say: (line: string) => void): Promise<Measures> => {
		const texts = readIntroductions(data).filter((_, n) => full || n % EVERY === 0);
		const folder = mkdtempSync(join(tmpdir(), 'bench-shelf-'));
		const world = await openWorld({ config: readConfig({ COMPACT_DATA: folder }), write: () => undefined });
		try {
			const shelved = await timed(() => shelve(texts, 'bills', world));
			say(`${texts.length} texts shelved in ${Math.round(shelved / 1000)} s`);
			const whole = await timed(() => compareTexts(world));
			const rows = await counts(world);
			const one = await oneMore(world);
			return {
				shelf_whole: tell(whole, `ms, ${texts.length} texts compared with all, in the database`),
				shelf_links: tell(rows.links, 'rows that link provisions'),
				shelf_fingerprints: tell(rows.fingerprints, `rows of fingerprints, ${rows.bytes} MB with what finds them`),
				shelf_links_size: tell(rows.linkBytes, 'MB of links'),
				shelf_left_out: tell(rows.leftOut, 'neighbours that the limit left out'),
				shelf_import_median: tell(one.median, 'ms, one text more among all'),
				shelf_import_p95: demand(one.p95, `ms, the same, of ${IMPORTS} texts`, { most: 300 }),
			};
		} finally {
			await world.close();
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

async function counts(world: World) {
	const { rows } = await world.db.as(SYSTEM, (tx) =>
		sql<{ links: number; fingerprints: number; bytes: number; linkBytes: number; leftOut: number }>`
			select (select count(*) from reuse_link)::integer as links,
				(select count(*) from reuse_fingerprint)::integer as fingerprints,
				(select sum(pg_total_relation_size(relid)) / 1e6 from pg_partition_tree('reuse_fingerprint'))::integer as bytes,
				(pg_total_relation_size('reuse_link') / 1e6)::integer as "linkBytes",
				(select sum(left_out) from reuse_text)::integer as "leftOut"`.execute(tx),
	);
	return rows[0] ?? { links: 0, fingerprints: 0, bytes: 0, linkBytes: 0, leftOut: 0 };
}

/** Some texts are forgotten, one at a time, and compared again; the first warms the code up and counts for nothing. */
async function oneMore(world: World): Promise<{ median: number; p95: number }> {
	const { rows } = await world.db.as(SYSTEM, (tx) =>
		sql<{ slot: number }>`select slot from reuse_text order by slot`.execute(tx),
	);
	const step = Math.max(1, Math.floor(rows.length / (IMPORTS + 1)));
	const times: number[] = [];
	for (const { slot } of rows.filter((_, n) => n % step === 0).slice(0, IMPORTS + 1)) {
		await world.db.as(SYSTEM, (tx) => sql`delete from reuse_text where slot = ${slot}`.execute(tx));
		times.push(await timed(() => compareTexts(world)));
	}
	const sorted = times.slice(1).sort((a, b) => a - b);
	return { median: sorted[sorted.length >> 1] ?? 0, p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0 };
}
