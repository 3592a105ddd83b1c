import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DraftProvision } from '#adoption/draft.ts';
import type { TextLanguage } from '#library/policy.ts';
import { readMarkdown } from '#library/read/markdown.ts';
import { structure } from '#library/structure/structure.ts';

const SHELF = join(import.meta.dirname, '..', '..', 'seeds', 'library');

/** Every text of the shelf as a draft of it begins, ids `p0`, `p1` in order. */
export const SHELF_TEXTS = readdirSync(SHELF)
	.filter((name) => !name.includes('.'))
	.flatMap((name) =>
		readdirSync(join(SHELF, name))
			.filter((file) => /^\d{4}-\d\d-\d\d\.\w\w\.md$/.test(file))
			.map((file) => ({
				name: `${name}/${file}`,
				language: file.split('.')[1] as TextLanguage,
				text: draftOf(readFileSync(join(SHELF, name, file))),
			})),
	);

/** The newest reading of a text of the shelf. */
export function shelved(name: string): readonly DraftProvision[] {
	return SHELF_TEXTS.findLast((text) => text.name.startsWith(`${name}/`))?.text ?? [];
}

/** Markdown as a draft. */
export function draftOf(markdown: string | Uint8Array): readonly DraftProvision[] {
	const bytes = typeof markdown === 'string' ? new TextEncoder().encode(markdown) : markdown;
	return structure(readMarkdown(bytes)).provisions.map(({ kind, parent, number, heading, text, eId }, at) => ({
		id: `p${at}`,
		kind,
		parent,
		number,
		heading,
		text,
		from: { source: 1, eId },
	}));
}

/** Number, heading and words of each provision in a line, two blanks for each that it lies in. */
export function outlined(text: readonly DraftProvision[]): string {
	const depth = (at: number | null): number => (at === null ? 0 : 1 + depth(text[at]?.parent ?? null));
	return text
		.map(({ parent, number, heading, text: words }) => {
			const parts = [number, heading, words].filter((part) => part !== null && part !== '');
			return '  '.repeat(depth(parent)) + parts.join(' | ');
		})
		.join('\n');
}
