import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hostile } from './library/hostile.ts';
import { introductions } from './library/introductions.ts';
import { laws } from './library/laws.ts';
import type { Part } from './library/part.ts';
import { reader } from './library/reader.ts';
import { roundtrip } from './library/roundtrip.ts';
import { searchPart } from './library/search.ts';
import { type Measures, report, tell } from './measure.ts';

/** What is measured, in order; a part is a file that exports one function. */
const PARTS: Readonly<Record<string, Part>> = {
	laws,
	introductions,
	hostile,
	roundtrip,
	reader,
	search: searchPart([1]),
};
/** With `--full`, the shelf is searched at these sizes too. */
const SIZES = [1, 3, 10];

/**
 * Measures the library on the texts below `--data DIR`; `--part NAME` one part alone; `--full` searches three and
 * ten times as many texts too. True when no bar is missed.
 */
export async function main(args: string[]): Promise<boolean> {
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
	for (const [name, part] of Object.entries(values.full ? { ...PARTS, search: searchPart(SIZES) } : PARTS)) {
		if (values.part && !values.part.includes(name)) continue;
		measures = { ...measures, ...(await part(resolve(values.data), say)) };
	}
	measures = {
		...measures,
		peak_memory: tell(Math.round(process.resourceUsage().maxRSS / 1024), 'MB resident, this process'),
	};
	return report(measures, values.json);
}
