import type { Block, Blocks, Refusal } from '#library/read/block.ts';

/**
 * A reading as a person reads it in a diff: a line each block. Runs that are marked stand in braces behind their marks:
 * `*` bold, `/` italic, `_` underlined, `-` struck, `#ff0000` coloured, `+` tracked as added, `~` tracked as removed.
 */
export function shown(read: Blocks | Refusal): string {
	if ('refused' in read) return `refused: ${read.refused}\n${read.detail}\n`;
	const { inside } = read;
	const lines = read.blocks.map((block) => {
		const sides = [
			block.role === 'paragraph' ? '' : block.role,
			block.heading === null ? '' : `h${block.heading}`,
			block.page === null ? '' : `p${block.page}`,
			block.indent === 0 ? '' : `>${block.indent}`,
			block.style ? `{${block.style}}` : '',
			block.label === null ? '' : `[${block.label}]`,
		];
		return [...sides.filter(Boolean), shownRuns(block)].join(' ');
	});
	const beside = [
		...inside.authors.map((name) => `author: ${name}`),
		...inside.comments.map(({ author, text }) => `comment: ${author ?? '?'}: ${text}`),
		...inside.hidden.map((text) => `hidden: ${text}`),
		...(inside.revisions > 0 ? [`revisions: ${inside.revisions}`] : []),
		...Object.entries(inside.properties).map(([name, value]) => `property: ${name}: ${value}`),
		...read.problems.map(
			({ code, block, detail }) => `problem: ${code}${block === null ? '' : ` at ${block}`}: ${detail}`,
		),
	];
	return `${[read.format, ...lines, ...beside].join('\n')}\n`;
}

/** The words of a block with their marks, tabs and line breaks written out. */
export function shownRuns(block: Block): string {
	return block.runs
		.map((run) => {
			const marks = [
				run.bold && '*',
				run.italic && '/',
				run.underline && '_',
				run.strike && '-',
				run.color && `#${run.color}`,
				run.tracked && (run.tracked === 'added' ? '+' : '~'),
			].filter(Boolean);
			const text = run.text.replaceAll('\t', '⇥').replaceAll('\n', '⏎');
			return marks.length > 0 ? `${marks.join('')}{${text}}` : text;
		})
		.join('');
}
