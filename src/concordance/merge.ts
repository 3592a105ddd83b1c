import { pairUp } from './diff.ts';
import { hunks } from './phrase.ts';
import { type Block, blocks, boxOf, type Cut } from './provision.ts';
import { LONGEST_TEXTS } from './redline.ts';
import { type Lexicon, lexicon, type Scan, scan } from './scan.ts';
import { segments } from './segment.ts';
import { type Parameter, substituted } from './substitute.ts';

/** A passage that both sides changed: each reads it its own way, and nothing is decided. */
export interface Clash {
	readonly base: string;
	readonly ours: string;
	readonly theirs: string;
}

/** One text, or its passages in order: words that are settled, and clashes; `too long` where nothing was read. */
export type Merged =
	| { readonly kind: 'clean'; readonly text: string }
	| { readonly kind: 'clash'; readonly passages: readonly (string | Clash)[] }
	| { readonly kind: 'too long' };

/** A text beside the base: `partner[i]` is its token for token `i` of the base, -1 where it has none. */
interface Side {
	readonly scan: Scan;
	readonly partner: Int32Array;
	/** Provisions of the base that stand elsewhere in it, and those that are not in it. */
	readonly moved: ReadonlySet<number>;
	readonly struck: ReadonlySet<number>;
}

/**
 * What both sides made of one text (three-way merge as diff3 does it; S. Khanna, K. Kunal, B. Pierce, "A formal
 * investigation of diff3", 2007): provisions are aligned first, then words inside them; what one side changed is taken, what
 * both changed alike is taken once, and where they differ, or change words side by side, all three readings are given.
 * `parameters` are what the city put for words of the model: they are put into base and theirs first, so that a changed name
 * is no change. Spacing is merged word by word. It is symmetric but for the order of a clash's readings.
 */
export function merged(base: string, ours: string, theirs: string, parameters: readonly Parameter[] = []): Merged {
	const [root, upstream] = [substituted(base, parameters), substituted(theirs, parameters)];
	if (root.length + Math.max(ours.length, upstream.length) > LONGEST_TEXTS) return { kind: 'too long' };
	if (root === ours) return { kind: 'clean', text: upstream };
	if (root === upstream || ours === upstream) return { kind: 'clean', text: ours };
	const words = lexicon();
	const cut = (text: string): Cut => {
		const made = scan(text, words);
		return { scan: made, segments: segments(made) };
	};
	const one = cut(root);
	const sides = [beside(one, cut(ours), words), beside(one, cut(upstream), words)] as const;
	const found = collected(one.scan, ...sides);
	const contested = found.kind === 'clean' && disputed(one, ...sides, found.text);
	return contested ? { kind: 'clash', passages: [{ base: root, ours, theirs: upstream }] } : found;
}

/**
 * Whether a provision has two places, or one and none: both sides moved it and it would stand twice, or one moved what the other
 * struck. Word by word neither is seen, as each side changed other words.
 */
function disputed({ scan, segments }: Cut, ours: Side, theirs: Side, text: string): boolean {
	for (const at of new Set([...ours.moved, ...theirs.moved])) {
		if (ours.struck.has(at) || theirs.struck.has(at)) return true;
		if (!ours.moved.has(at) || !theirs.moved.has(at)) continue;
		const words = stretch(scan, segments.from[at] as number, segments.from[at + 1] as number).trim();
		if (text.split(words).length !== 2) return true;
	}
	return false;
}

/** Matches of the base with one side: those inside a phrase that was written anew count for nothing, because an edit between them has no place. */
function beside(base: Cut, other: Cut, words: Lexicon): Side {
	const partner = new Int32Array(base.scan.count).fill(-1);
	const placed = blocks(base, other, words);
	const boxes = placed
		.filter(({ a0, a1, b0, b1, moved }) => !moved && a0 < a1 && b0 < b1)
		.map((block) => boxOf(block, base, other));
	pairUp(base.scan.id, other.scan.id, boxes, partner);
	for (const { a0, a1, b0, b1 } of boxes) {
		const found = hunks(base.scan, a0, a1, other.scan, b0, b1, partner, words.joints);
		let [i, j] = [a0, b0];
		for (const hunk of [...found, { a0: a1, a1, b0: b1, b1 }]) {
			while (i < hunk.a0) partner[i++] = j++;
			partner.fill(-1, hunk.a0, hunk.a1);
			[i, j] = [hunk.a1, hunk.b1];
		}
	}
	return {
		scan: other.scan,
		partner,
		moved: provisionsOf(placed.filter(({ b0, b1, moved }) => moved && b0 < b1)),
		struck: provisionsOf(placed.filter(({ b0, b1 }) => b0 === b1)),
	};
}

function provisionsOf(placed: readonly Block[]): ReadonlySet<number> {
	return new Set(placed.flatMap(({ a0, a1 }) => Array.from({ length: a1 - a0 }, (_, n) => a0 + n)));
}

/** Walks along what both sides kept and settles what lies between. */
function collected(base: Scan, ours: Side, theirs: Side): Merged {
	const passages: (string | Clash)[] = [];
	let [i, j, k] = [0, 0, 0];
	for (let at = 0; at <= base.count; at++) {
		const [x, y] =
			at === base.count
				? [ours.scan.count, theirs.scan.count]
				: [ours.partner[at] as number, theirs.partner[at] as number];
		if (x < 0 || y < 0) continue;
		// What both keep is settled by itself, space and all; so is what stands before it.
		settle(stretch(base, i, at), stretch(ours.scan, j, x), stretch(theirs.scan, k, y));
		if (at === base.count) settle(tail(base), tail(ours.scan), tail(theirs.scan));
		else settle(stretch(base, at, at + 1), stretch(ours.scan, x, x + 1), stretch(theirs.scan, y, y + 1));
		[i, j, k] = [at + 1, x + 1, y + 1];
	}
	if (passages.every((one) => typeof one === 'string')) return { kind: 'clean', text: passages.join('') };
	return { kind: 'clash', passages };

	function settle(root: string, one: string, other: string): void {
		const choice = one === root || one === other ? other : other === root ? one : null;
		const last = passages.at(-1);
		if (choice === null) {
			// Clashes side by side are one.
			if (last !== undefined && typeof last !== 'string')
				passages[passages.length - 1] = {
					base: last.base + root,
					ours: last.ours + one,
					theirs: last.theirs + other,
				};
			else passages.push({ base: root, ours: one, theirs: other });
		} else if (choice !== '') {
			if (typeof last === 'string') passages[passages.length - 1] = last + choice;
			else passages.push(choice);
		}
	}
}

/** Tokens [from, to) with the space before each. */
function stretch({ text, end }: Scan, from: number, to: number): string {
	if (from >= to) return '';
	return text.slice(from === 0 ? 0 : (end[from - 1] as number), end[to - 1]);
}

function tail({ text, count, end }: Scan): string {
	return text.slice(count === 0 ? 0 : (end[count - 1] as number));
}
