import type { Provision, Text } from '../provision.ts';
import type { Block, Blocks } from '../read/block.ts';
import type { ProfileName } from '../redline/profile.ts';

/** A text with what was guessed about it. */
export interface Structured extends Text {
	/** Its long title as printed; null where it has none. */
	readonly title: string | null;
	/** How additions and deletions were taken to be marked; null where nothing in it is marked. */
	readonly profile: ProfileName | null;
	/** Why, in words. */
	readonly why: readonly string[];
}

/** What the person in charge says about a text instead of letting it be guessed. */
export interface Wish {
	readonly profile?: ProfileName;
}

/** The tree of provisions that the blocks of a file hold. Every word of them is in some provision. */
export function structure(blocks: Blocks, wish: Wish = {}): Structured {
	const provisions: Provision[] = [];
	const lines: string[] = [];
	let start = 0;
	for (const block of blocks.blocks) {
		const text = words(block);
		if (text === '') continue;
		provisions.push({
			eId: `text_${provisions.length + 1}`,
			kind: 'text',
			number: null,
			heading: null,
			text,
			parent: null,
			start,
			end: start + text.length,
			state: 'same',
			before: null,
			redline: null,
		});
		lines.push(text);
		start += text.length + 1;
	}
	return {
		text: lines.join('\n'),
		provisions,
		amendments: [],
		problems: [...blocks.problems],
		title: null,
		profile: wish.profile ?? null,
		why: [],
	};
}

function words(block: Block): string {
	return `${block.label ?? ''} ${block.runs.map((run) => run.text).join('')}`.replaceAll(/\s+/g, ' ').trim();
}
