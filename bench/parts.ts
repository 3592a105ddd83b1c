import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Part } from './library/part.ts';
import { type Measures, report, tell, timed } from './measure.ts';

/**
 * Measures parts one after the other on the texts below `--data DIR`; `--part NAME` one part alone, `--full` what a bench
 * measures then. True when no bar is missed.
 */
export async function measureParts(
	args: string[],
	parts: (full: boolean) => Readonly<Record<string, Part>>,
): Promise<boolean> {
	const { values } = parseArgs({
		args,
		options: {
			data: { type: 'string', default: '../shared/data' },
			json: { type: 'boolean', default: false },
			part: { type: 'string', multiple: true },
			full: { type: 'boolean', default: false },
		},
	});
	const say = (line: string): void => {
		if (!values.json) console.log(line);
	};
	let measures: Measures = {};
	for (const [name, part] of Object.entries(parts(values.full))) {
		if (values.part && !values.part.includes(name)) continue;
		const spent = await timed(async () => {
			measures = { ...measures, ...(await part(resolve(values.data), say)) };
		});
		say(`${name}: ${(spent / 1_000).toFixed(1)} s in all`);
	}
	measures = {
		...measures,
		peak_memory: tell(Math.round(process.resourceUsage().maxRSS / 1024), 'MB resident, this process'),
	};
	return report(measures, values.json);
}
