import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { editing } from './adoption/editing.ts';
import { merging } from './adoption/merging.ts';
import { typing } from './adoption/typing.ts';
import { wholePath } from './adoption/whole-path.ts';
import { type Measures, report, tell } from './measure.ts';
import { openQuietly } from './soak-kill-world.ts';

/**
 * Measures what a draft of 300 provisions costs to open, save and rearrange in the database that comes along, and how often the
 * edits of a city and of a model go together without a question: 1,000 pairs, 10,000 with `--full`, counted without the
 * merge. `--data` is taken as by the other benches and not needed: the models come along. No peer was named. True when
 * no bar is missed.
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
	const folder = mkdtempSync(join(tmpdir(), 'citycompact-adoption-'));
	// The database's own user must be able to pass through.
	chmodSync(folder, 0o711);
	const say = (line: string) => process.stderr.write(`${line}\n`);
	let measures: Measures = {
		load: tell(loadavg()[0] ?? 0, 'processes that want a core as it begins; the bars are for two cores left alone'),
		...merging(values.full ? 10_000 : 1_000),
	};
	const world = await openQuietly(folder);
	try {
		measures = { ...measures, ...(await editing(values.full ? 1_000 : 200, world)) };
		measures = { ...measures, ...(await typing(values.full ? 2_000 : 500, folder, world)) };
		const most = values.full ? Number.POSITIVE_INFINITY : 60;
		if (existsSync(join(values.data, 'policy')))
			measures = { ...measures, ...(await wholePath(values.data, most, world, say)) };
		else say(`${values.data}/policy is not there: the bills of the concordance were not taken.`);
	} finally {
		await world.close();
		rmSync(folder, { recursive: true, force: true });
	}
	return report(measures, values.json);
}
