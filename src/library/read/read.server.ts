import { readingAside } from './aside.server.ts';
import type { Blocks, Refusal } from './block.ts';
import { MAX_BYTES, sniff } from './sniff.ts';

const aside = readingAside();

/**
 * Reads a file into blocks, in a thread of its own with at most 5 seconds and bounded memory; threads are kept for the
 * next file and go when there is none. What the file is says its content, never its name or type. Never throws for
 * what is in the file: a file that cannot be read gives a refusal with a sentence that says what to do.
 * @param name as the person who offered it calls it
 */
export async function readFile(bytes: Uint8Array, name: string): Promise<Blocks | Refusal> {
	// What is too large is not copied into a thread.
	if (bytes.length === 0 || bytes.length > MAX_BYTES) return sniff(bytes, name) as Refusal;
	return aside.read(bytes, name);
}
