import { alignments } from './concordance/alignments.ts';
import { families } from './concordance/families.ts';
import { hostile } from './concordance/hostile.ts';
import { hostileRedline } from './concordance/hostile-redline.ts';
import { masks } from './concordance/masks.ts';
import { mergePart } from './concordance/merge.ts';
import { pairs } from './concordance/pairs.ts';
import { planted } from './concordance/planted.ts';
import { redlinePart } from './concordance/redline.ts';
import { reintroduced } from './concordance/reintroduced.ts';
import { shelfPart } from './concordance/shelf.ts';
import type { Part } from './library/part.ts';
import { measureParts } from './parts.ts';

/** What is measured, in order; a part is a file that exports one function. */
const partsOf = (full: boolean): Readonly<Record<string, Part>> => ({
	pairs,
	families,
	alignments,
	reintroduced,
	planted,
	masks,
	hostile,
	redline: redlinePart(full),
	merge: mergePart,
	'hostile-redline': hostileRedline,
	shelf: shelfPart(full),
});

/** Measures the concordance on the texts below `--data DIR`; `--part NAME` one part alone. True when no bar is missed. */
export async function main(args: string[]): Promise<boolean> {
	return measureParts(args, partsOf);
}
