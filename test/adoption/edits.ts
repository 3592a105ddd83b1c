import { copiedOf } from '#adoption/copied.ts';
import type { Drafted } from '#adoption/out/marked.ts';
import type { Provision } from '#library/provision.ts';
import type { Dice } from '../library/mutant.ts';

/** A copy of a text as a draft begins with. */
export function copied(provisions: readonly Provision[]): readonly Drafted[] {
	return copiedOf(1, provisions, null);
}

/** A draft after so many edits of any kind that a page makes, by the dice. */
export function edited(draft: readonly Drafted[], edits: number, dice: Dice): readonly Drafted[] {
	let tree = treeOf(draft);
	for (let n = 0; n < edits; n++) tree = EDITS[dice(EDITS.length)]?.(tree, dice) ?? tree;
	return flat(tree);
}

interface Node extends Omit<Drafted, 'parent'> {
	readonly inside: readonly Node[];
}
type Edit = (tree: readonly Node[], dice: Dice) => readonly Node[];

const WORDS =
	'the office shall not may keep records within ten days of a request “as filed” — and § 4(b); {{city}} [sic] ñ'.split(
		' ',
	);

const EDITS: readonly Edit[] = [
	(tree, dice) => changed(tree, dice, (one) => [{ ...one, text: reworded(one.text, dice) }]),
	(tree, dice) => changed(tree, dice, (one) => [{ ...one, text: reworded(one.text, dice) }]),
	(tree, dice) => changed(tree, dice, (one) => [{ ...one, text: some(dice) }]),
	(tree, dice) =>
		changed(tree, dice, (one) => [{ ...one, heading: dice(3) === 0 ? null : reworded(one.heading ?? '', dice) }]),
	(tree, dice) => changed(tree, dice, (one) => [{ ...one, number: dice(4) === 0 ? null : `(${'abcxyz'[dice(6)]})` }]),
	(tree, dice) => changed(tree, dice, () => []),
	(tree, dice) => changed(tree, dice, (one) => [one, fresh(one, dice)]),
	(tree, dice) => changed(tree, dice, (one) => [fresh(one, dice), one]),
	(tree, dice) => changed(tree, dice, (one) => [{ ...one, inside: [fresh(one, dice), ...one.inside] }]),
	(tree, dice) => changed(tree, dice, (one) => split(one, dice)),
	(tree, dice) =>
		changed(tree, dice, (one) => [{ ...one, text: one.text.replace(/ (?=\S)/, '  ').replaceAll('"', '”') }]),
	(tree, dice) => changed(tree, dice, (one) => [...one.inside]),
	joined,
	moved,
	moved,
];

function joined(tree: readonly Node[], dice: Dice): readonly Node[] {
	const at = dice(tree.length);
	const [one, next] = [tree[at], tree[at + 1]];
	if (!one || !next) return tree;
	const both = { ...one, text: `${one.text} ${next.text}`.trim(), inside: [...one.inside, ...next.inside] };
	return [...tree.slice(0, at), both, ...tree.slice(at + 2)];
}

function moved(tree: readonly Node[], dice: Dice): readonly Node[] {
	let taken: Node | null = null;
	const without = changed(tree, dice, (one) => {
		taken = one;
		return [];
	});
	if (taken === null || without.length === 0) return tree;
	const lifted: Node = taken;
	const into = dice(3) === 0;
	return changed(without, dice, (one) => (into ? [{ ...one, inside: [...one.inside, lifted] }] : [one, lifted]));
}

/** Puts others in the place of one provision, whichever. */
function changed(tree: readonly Node[], dice: Dice, make: (one: Node) => readonly Node[]): readonly Node[] {
	const many = count(tree);
	if (many === 0) return tree;
	let left = dice(many);
	const walk = (list: readonly Node[]): readonly Node[] =>
		list.flatMap((one) => (left-- === 0 ? make(one) : [{ ...one, inside: walk(one.inside) }]));
	return walk(tree);
}

function count(tree: readonly Node[]): number {
	return tree.reduce((sum, { inside }) => sum + 1 + count(inside), 0);
}

function reworded(text: string, dice: Dice): string {
	const words = text.split(' ');
	words.splice(
		dice(words.length + 1),
		dice(4),
		...Array.from({ length: dice(4) }, () => WORDS[dice(WORDS.length)] ?? ''),
	);
	return words.join(' ').trim();
}

function some(dice: Dice): string {
	return Array.from({ length: dice(12) }, () => WORDS[dice(WORDS.length)]).join(' ');
}

function fresh({ kind }: Node, dice: Dice): Node {
	if (dice(8) === 0) {
		const text = `${some(dice)} a\t${some(dice)} b\nc\t${some(dice)} d`;
		return { kind: 'table', number: null, heading: null, text, from: null, inside: [] };
	}
	const number = dice(3) === 0 ? null : `(${'abcxyz'[dice(6)]})`;
	return { kind, number, heading: dice(3) === 0 ? some(dice) : null, text: some(dice), from: null, inside: [] };
}

function split(one: Node, dice: Dice): readonly Node[] {
	const words = one.text.split(' ');
	const at = dice(words.length);
	const [head, tail] = [words.slice(0, at).join(' '), words.slice(at).join(' ')];
	return [
		{ ...one, text: head },
		{ ...fresh(one, dice), text: tail },
	];
}

function treeOf(draft: readonly Drafted[], parent: number | null = null): readonly Node[] {
	return draft.flatMap((one, at) => {
		if (one.parent !== parent) return [];
		const { parent: _, ...rest } = one;
		return [{ ...rest, inside: treeOf(draft, at) }];
	});
}

function flat(tree: readonly Node[]): readonly Drafted[] {
	const made: Drafted[] = [];
	const walk = (list: readonly Node[], parent: number | null): void => {
		for (const { inside, ...one } of list) walk(inside, made.push({ ...one, parent }) - 1);
	};
	walk(tree, null);
	return made;
}
