import { Unreadable } from '#kernel/unreadable.ts';
import type { Refusal } from '#library/read/block.ts';
import { type Revised, readRevisions } from './revision.ts';

/** A draft has at most 3,000 provisions. */
const MOST_PARAGRAPHS = 20_000;

/**
 * Readings of a Word file that came back: as it is, and with what an export of ours had tracked in it carried out. A refusal says
 * what is wrong with the file.
 */
export function readingsOf(bytes: Uint8Array): readonly Revised[] | Refusal {
	try {
		const plain = readRevisions(bytes);
		if (plain.paragraphs.length > MOST_PARAGRAPHS)
			return {
				refused: 'too_large',
				detail: `The file has more than ${MOST_PARAGRAPHS} paragraphs. Send it in parts.`,
			};
		const authors = new Set(
			plain.paragraphs.flatMap(({ pieces, mark }) => [mark, ...pieces].flatMap(({ author }) => author ?? [])),
		);
		return authors.size === 0 ? [plain] : [plain, readRevisions(bytes, [...authors])];
	} catch (cause) {
		if (cause instanceof Unreadable) return { refused: 'damaged', detail: cause.message };
		throw cause;
	}
}
