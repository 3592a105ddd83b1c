import { readingAside } from '#platform/aside.server.ts';
import type { Blocks, Refusal } from './block.ts';
import { readBytes } from './read.ts';
import { MAX_BYTES, sniff } from './sniff.ts';

const aside = readingAside<{ readonly bytes: Uint8Array; readonly name: string }, Blocks | Refusal>({
	entry: 'reading-thread.js',
	here: ({ bytes, name }) => readBytes(bytes, name),
	// A chapter of 1,000 pages takes one second; whatever takes longer than this would hold up those who wait.
	maxMs: 5_000,
	// The largest municipal code as a PDF takes some 300 MB while it is read.
	maxMb: 700,
	slow: {
		refused: 'damaged',
		detail:
			'Reading the file took more than 5 seconds, which no text needs. Save it again, or offer its parts as files of their own.',
	},
	large: {
		refused: 'too_large',
		detail: 'The file needs more memory than a text may take. Save it without its pictures, or in parts.',
	},
	broken: {
		refused: 'damaged',
		detail: 'The file is damaged and cannot be read. Save it again, or offer a PDF of it.',
	},
});

/**
 * Reads a file into blocks, in a thread of its own with at most 5 seconds and bounded memory; threads are kept for the
 * next file and go when there is none. What the file is says its content, never its name or type. Never throws for
 * what is in the file: a file that cannot be read gives a refusal with a sentence that says what to do.
 * @param name as the person who offered it calls it
 */
export async function readFile(bytes: Uint8Array, name: string): Promise<Blocks | Refusal> {
	// What is too large is not copied into a thread.
	if (bytes.length === 0 || bytes.length > MAX_BYTES) return sniff(bytes, name) as Refusal;
	return aside({ bytes, name });
}
