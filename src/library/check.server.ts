import type { TextLanguage } from './policy.ts';
import type { Blocks, Refusal } from './read/block.ts';
import { readFile } from './read/read.server.ts';
import type { ProfileName } from './redline/profile.ts';
import { type Structured, structure } from './structure/structure.ts';
import { languageOf } from './tongue.ts';

/** A file as it would be imported. */
export interface Checked {
	readonly format: string;
	readonly language: TextLanguage;
	readonly title: string;
	readonly reading: Structured;
	readonly inside: Blocks['inside'];
	/** What was read, before any tree was made of it. */
	readonly blocks: Blocks['blocks'];
}

/** Longest title that is kept; a long title of a bill has 600 letters. */
const LONGEST_TITLE = 1_000;

/** Reads a file as an import would, and keeps nothing. */
export async function check(bytes: Uint8Array, name: string, profile: ProfileName | null): Promise<Checked | Refusal> {
	const blocks = await readFile(bytes, name);
	if ('refused' in blocks) return blocks;
	const reading = structure(blocks, profile === null ? {} : { profile });
	if (reading.provisions.length === 0)
		return { refused: 'empty', detail: `${name} has no words in it. Look whether it is the file you meant.` };
	const title = titleOf(reading.title ?? name.replace(/\.[^.]{1,5}$/, ''));
	return {
		format: blocks.format,
		language: languageOf(reading.text),
		title,
		reading,
		inside: blocks.inside,
		blocks: blocks.blocks,
	};
}

/** A title on one line, cut where it is longer than any is. */
export function titleOf(text: string): string {
	const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
	return line.slice(0, LONGEST_TITLE).toWellFormed() || '—';
}
