import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { crowd } from './access/crowd.ts';
import { hashing } from './access/hashing.ts';
import { reading } from './access/reading.ts';
import { signing } from './access/signing.ts';
import { telling } from './access/telling.ts';
import { type Measures, report, tell } from './measure.ts';
import { openQuietly } from './soak-kill-world.ts';
import { startSite } from './watch/site.ts';

/** People who are signed in at once. */
const PEOPLE = 200;

/**
 * Measures what people with a seat cost: 200 of 65 invented cities read in a built server of their own, sign in, and are
 * told apart from nobody by no clock. `--full` asks longer; `--data` is taken as by the other benches and not needed: everything is
 * invented. The peer is the same work under the least that OWASP recommends of Argon2id; for pages nobody named one. True
 * when no bar is missed.
 */
export async function main(args: string[]): Promise<boolean> {
	const { values } = parseArgs({
		args,
		options: {
			data: { type: 'string', default: '../shared/data' },
			json: { type: 'boolean', default: false },
			full: { type: 'boolean', default: false },
		},
	});
	const say = (line: string): void => {
		if (!values.json) console.log(line);
	};
	const folder = mkdtempSync(join(tmpdir(), 'citycompact-access-'));
	// The database's own user must be able to pass through.
	chmodSync(folder, 0o711);
	let measures: Measures = {
		load: tell(loadavg()[0] ?? 0, 'processes that want a core as it begins; the bars are for two cores left alone'),
		...(await hashing(say)),
	};
	// Everybody comes from a network address of their own, as a proxy would tell it.
	const site = await startSite(folder, { COMPACT_TRUST_PROXY: 'yes' });
	const world = await openQuietly(folder);
	try {
		const people = await crowd(PEOPLE, world);
		say(
			`${people.length} people hold seats in ${new Set(people.map(({ city }) => city)).size} invented cities; peer: none was named for pages`,
		);
		measures = { ...measures, ...(await reading(site.origin, people, values.full, say)) };
		measures = { ...measures, ...(await signing(site.origin, people, world, say)) };
		measures = { ...measures, ...(await telling(site.origin, people, values.full, say)) };
		measures = { ...measures, web_memory: tell(site.resident(), 'MB resident after all this') };
	} finally {
		await world.close();
		await site.stop();
		rmSync(folder, { recursive: true, force: true });
	}
	return report(measures, values.json);
}
