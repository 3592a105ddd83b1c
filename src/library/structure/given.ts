import type { Piece } from '../provision.ts';
import type { Block, Run } from '../read/block.ts';
import { NOTICE_STYLE, type OwnStyle, ownStyle, signOfNumber, TITLE_STYLE, UNMARKED_STYLE } from '../read/own-style.ts';
import { type Node, node } from './node.ts';

/** What the styles of a file say of its text. */
export interface Given {
	/** Title that the file names; null where it names none. */
	readonly title: string | null;
	/** The tree, where the style of every paragraph says what it is; null: it must be found. */
	readonly tops: readonly Node[] | null;
	/** Whether any words are tracked as added or removed; where they are, whether what is added is marked. */
	readonly marked: boolean;
	readonly additions: boolean;
	/** The paragraphs of the text, without those that this library sets around it. */
	readonly blocks: readonly Block[];
}

const AROUND: ReadonlySet<string | null> = new Set([TITLE_STYLE, NOTICE_STYLE, UNMARKED_STYLE]);

/**
 * Takes a file that this library wrote at its word: the styles of its paragraphs say kind and level, so that what goes out
 * comes in as the same tree. Where somebody put in a paragraph of another style the whole tree is found anew.
 */
export function given(blocks: readonly Block[]): Given {
	const own = blocks.filter(({ style }) => !AROUND.has(style));
	const title = blocks.find(({ style }) => style === TITLE_STYLE);
	const styles = own.map(({ style }) => ownStyle(style));
	const runs = own.flatMap((block) => block.runs);
	return {
		title: title ? words(title.runs) : null,
		tops: own.length > 0 && styles.every((style) => style !== null) ? grown(own, styles as OwnStyle[]) : null,
		marked: runs.some(({ tracked }) => tracked !== undefined),
		additions: !blocks.some(({ style }) => style === UNMARKED_STYLE),
		blocks: own,
	};
}

function grown(blocks: readonly Block[], styles: readonly OwnStyle[]): Node[] {
	const root = node('text', null, {});
	let path: Node[] = [root];
	blocks.forEach(({ runs }, index) => {
		const style = styles[index] as OwnStyle;
		path = path.slice(0, Math.max(1, style.depth - style.opens.length + 1));
		for (const kind of style.opens) path.push(node(kind, path.at(-1) as Node, { block: index }));
		const parts = partsOf(runs, style);
		const sign = style.sign ?? signOfNumber(standing(parts.number));
		path.push(node(style.kind, path.at(-1) as Node, { ...parts, sign, block: index }));
	});
	return root.children;
}

/** The number as it reads after, and where it was removed as it read before. */
function standing(pieces: readonly Piece[]): string {
	const after = pieces.filter(({ op }) => op !== 'removed').map(({ text }) => text);
	const words = after.join('');
	return words.trim() === '' ? pieces.map(({ text }) => text).join('') : words;
}

/** The number stands before the first tab; the heading is what is bold at the start of what follows. */
function partsOf(runs: readonly Run[], { kind, numbered }: OwnStyle): Pick<Node, 'number' | 'heading' | 'text'> {
	const made = { number: [] as Piece[], heading: [] as Piece[], text: [] as Piece[] };
	let part: keyof typeof made = numbered ? 'number' : 'heading';
	for (const run of runs) {
		let { text } = run;
		const op = run.tracked ?? 'same';
		if (part === 'number') {
			const tab = text.indexOf('\t');
			const number = tab < 0 ? text : text.slice(0, tab);
			if (number !== '') made.number.push({ op, text: number });
			if (tab < 0) continue;
			part = 'heading';
			text = text.slice(tab + 1);
		}
		if (part === 'heading' && (!run.bold || kind === 'table')) {
			// The stop that parts the two on a line is neither's.
			if (made.heading.length > 0) text = text.replace(/^\.(?=\s|$)/, '');
			if (text.trim() === '') continue;
			part = 'text';
		}
		if (text !== '') made[part].push({ op, text });
	}
	return made;
}

function words(runs: readonly Run[]): string {
	return runs.map(({ text }) => text).join('');
}
