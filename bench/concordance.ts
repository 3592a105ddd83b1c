import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { redlinePart } from './concordance/redline.ts';
import type { Part } from './library/part.ts';
import { type Measures, report } from './measure.ts';

/** What is measured, in order; a part is a file that exports one function. */
const PARTS: Readonly<Record<string, Part>> = { redline: redlinePart };

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
	return report(measures, values.json);
}
