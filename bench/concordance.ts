import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { alignments } from './concordance/alignments.ts';
import { families } from './concordance/families.ts';
import { hostile } from './concordance/hostile.ts';
import { hostileRedline } from './concordance/hostile-redline.ts';
import { mergePart } from './concordance/merge.ts';
import { pairs } from './concordance/pairs.ts';
import { planted } from './concordance/planted.ts';
import { redlinePart } from './concordance/redline.ts';
import { reintroduced } from './concordance/reintroduced.ts';
import type { Part } from './library/part.ts';
import { type Measures, report, tell } from './measure.ts';

/** What is measured, in order; a part is a file that exports one function. */
const PARTS: Readonly<Record<string, Part>> = {
	pairs,
	families,
	alignments,
	reintroduced,
	planted,
	hostile,
	redline: redlinePart,
	merge: mergePart,
	'hostile-redline': hostileRedline,
};

/** Measures the concordance on the texts below `--data DIR`; `--part NAME` one part alone. True when no bar is missed. */
export async function main(args: string[]): Promise<boolean> {
	const { values } = parseArgs({
		args,
		options: {
			data: { type: 'string', default: '../shared/data' },
			json: { type: 'boolean', default: false },
			part: { type: 'string', multiple: true },
		},
	});
	const say = (line: string): void => {
		if (!values.json) console.log(line);
	};
	let measures: Measures = {};
	for (const [name, part] of Object.entries(PARTS))
		if (!values.part || values.part.includes(name))
			measures = { ...measures, ...(await part(resolve(values.data), say)) };
	measures = {
		...measures,
		peak_memory: tell(Math.round(process.resourceUsage().maxRSS / 1024), 'MB resident, this process'),
	};
	return report(measures, values.json);
}
