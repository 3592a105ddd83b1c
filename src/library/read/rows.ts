import type { Block, Run } from './block.ts';
import { blockOf, joined, rowOf } from './gather.ts';

/**
 * The blocks that a row of a table becomes: one row, its paragraphs in a cell parted by line breaks. A row of a single
 * cell is a frame around text, which stays what it is.
 */
export function rowBlocks(cells: readonly (readonly Block[])[]): readonly Block[] {
	if (cells.length === 1) return cells[0] ?? [];
	if (cells.every((cell) => cell.length === 0)) return [];
	return [blockOf(rowOf(cells.map(cellRuns)), { role: 'row' })];
}

/** The runs of a cell: labels stand before their words, since a row has none of its own. */
function cellRuns(paragraphs: readonly Block[]): Run[] {
	const runs: Run[] = [];
	paragraphs.forEach((block, n) => {
		if (n > 0) runs.push({ text: '\n' });
		if (block.label !== null) runs.push({ text: `${block.label} ` });
		runs.push(...block.runs);
	});
	return joined(runs);
}
