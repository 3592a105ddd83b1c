import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
<<<<<<< HEAD
import { redlinePart } from './concordance/redline.ts';
import type { Part } from './library/part.ts';
import { type Measures, report } from './measure.ts';

/** What is measured, in order; a part is a file that exports one function. */
const PARTS: Readonly<Record<string, Part>> = { redline: redlinePart };
=======
import { alignments } from './concordance/alignments.ts';
import { families } from './concordance/families.ts';
import { hostile } from './concordance/hostile.ts';
import { pairs } from './concordance/pairs.ts';
import { planted } from './concordance/planted.ts';
import { reintroduced } from './concordance/reintroduced.ts';
import type { Part } from './library/part.ts';
import { type Measures, report, tell } from './measure.ts';

/** What is measured, in order; a part is a file that exports one function. */
const PARTS: Readonly<Record<string, Part>> = { pairs, families, alignments, reintroduced, planted, hostile };
>>>>>>> 89efe33 (Read texts as terms, tell kinship and reuse: fingerprints with a guarantee, weighed candidates, bounded spans)

/** Measures the concordance on the texts below `--data DIR`; `--part NAME` one part alone. True when no bar is missed. */
export async function main(args: string[]): Promise<boolean> {
	const { values } = parseArgs({
		args,
		options: {
			data: { type: 'string', default: '../shared/data' },
			json: { type: 'boolean', default: false },
			part: { type: 'string', multiple: true },
<<<<<<< HEAD
=======
			full: { type: 'boolean', default: false },
>>>>>>> 89efe33 (Read texts as terms, tell kinship and reuse: fingerprints with a guarantee, weighed candidates, bounded spans)
		},
	});
	const say = (line: string): void => {
		if (!values.json) console.log(line);
	};
	let measures: Measures = {};
<<<<<<< HEAD
	for (const [name, part] of Object.entries(PARTS))
		if (!values.part || values.part.includes(name))
			measures = { ...measures, ...(await part(resolve(values.data), say)) };
=======
	for (const [name, part] of Object.entries(PARTS)) {
		if (values.part && !values.part.includes(name)) continue;
		measures = { ...measures, ...(await part(resolve(values.data), say)) };
	}
	measures = {
		...measures,
		peak_memory: tell(Math.round(process.resourceUsage().maxRSS / 1024), 'MB resident, this process'),
	};
>>>>>>> 89efe33 (Read texts as terms, tell kinship and reuse: fingerprints with a guarantee, weighed candidates, bounded spans)
	return report(measures, values.json);
}
