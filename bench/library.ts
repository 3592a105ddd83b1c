import { hostile } from './library/hostile.ts';
import { introductions } from './library/introductions.ts';
import { laws } from './library/laws.ts';
import type { Part } from './library/part.ts';
import { reader } from './library/reader.ts';
import { roundtrip } from './library/roundtrip.ts';
import { searchPart } from './library/search.ts';
import { measureParts } from './parts.ts';

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
	return measureParts(args, (full) => (full ? { ...PARTS, search: searchPart(SIZES) } : PARTS));
}
