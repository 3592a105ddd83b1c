import type { Blocks, Refusal } from './block.ts';

/** Plain text as blocks. */
export function readText(bytes: Uint8Array): Blocks | Refusal {
	const text = new TextDecoder().decode(bytes);
	return text.trim() === ''
		? { refused: 'empty', detail: 'The file holds no words. Choose another.' }
		: textBlocks(text);
}

/** Text that is decoded already, as blocks. */
export function textBlocks(text: string): Blocks {
	const blocks = text
		.split(/\r\n|\n|\r|\f/)
		.filter((line) => line.trim() !== '')
		.map((line) => ({
			runs: [{ text: line.trim() }],
			label: null,
			indent: 0,
			heading: null,
			style: null,
			role: 'paragraph' as const,
			page: null,
		}));
	return {
		format: 'text',
		blocks,
		inside: { authors: [], comments: [], hidden: [], revisions: 0, properties: {} },
		problems: [],
	};
}
