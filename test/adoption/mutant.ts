import { makeDocx } from '../library/docx.ts';
import { type Dice, mutant } from '../library/mutant.ts';
import { TRAPS, trapFile } from './corpus.ts';

interface Node {
	tag: string;
	children: (Node | string)[];
}

const WRAPS = ['w:ins', 'w:del', 'w:moveFrom', 'w:moveTo', 'w:sdt', 'w:hyperlink', 'mc:Choice', 'mc:Fallback'];
const LEAVES = [
	'w:tab',
	'w:br',
	'w:commentRangeStart w:id="0"',
	'w:commentRangeEnd w:id="0"',
	'w:commentReference w:id="1"',
	'w:moveFromRangeStart w:name="move1"',
	'w:moveToRangeStart w:name="move1"',
	'w:vanish',
	'w:fldChar w:fldCharType="begin"',
	'w:p',
];
const SIGNED = 'w:id="9" w:author="Cyd" w:date="2026-11-22T08:00:00Z"';

/** A file of the corpus that was damaged as bytes, or whose text was made strange and stays well-formed. */
export function counselMutant(dice: Dice): Uint8Array {
	if (dice(3) === 0) return mutant(TRAPS.map(trapFile), dice);
	const trap = TRAPS[dice(TRAPS.length)] as (typeof TRAPS)[number];
	const root: Node = { tag: '', children: parsed(trap.parts.document ?? '') };
	for (let n = 1 + dice(6); n > 0; n--) strange(root, dice);
	return makeDocx({ ...trap.parts, document: root.children.map(written).join('') });
}

function parsed(xml: string): (Node | string)[] {
	const open: Node[] = [{ tag: '', children: [] }];
	for (const [all, close, tag, empty, text] of xml.matchAll(/<(\/)?([^<>]*?)(\/)?>|([^<]+)/g)) {
		const around = open.at(-1) as Node;
		if (text !== undefined) around.children.push(all);
		else if (close) open.pop();
		else {
			const node = { tag: tag ?? '', children: [] };
			around.children.push(node);
			if (!empty) open.push(node);
		}
	}
	return (open[0] as Node).children;
}

function written(node: Node | string): string {
	if (typeof node === 'string') return node;
	const inner = node.children.map(written).join('');
	return `<${node.tag}${inner === '' ? '/' : ''}>${inner}${inner === '' ? '' : `</${node.tag.split(' ')[0]}>`}`;
}

/** One element is taken out, doubled, moved, wrapped, unwrapped, renamed, bared, filled or cut. */
function strange(root: Node, dice: Dice): void {
	const all: { node: Node; around: Node }[] = [];
	const walk = (around: Node): void => {
		for (const node of around.children) {
			if (typeof node === 'string') continue;
			all.push({ node, around });
			walk(node);
		}
	};
	walk(root);
	const one = all[dice(all.length || 1)];
	const other = all[dice(all.length || 1)];
	if (!one || !other) return;
	const { node, around } = one;
	const at = around.children.indexOf(node);
	const name = node.tag.split(' ')[0] ?? '';
	const copy = (): Node => structuredClone(node);
	const tracked = `${WRAPS[dice(WRAPS.length)]} ${SIGNED}`;
	const deeds: readonly (() => void)[] = [
		() => around.children.splice(at, 1),
		() => around.children.splice(at, 0, ...Array.from({ length: 1 + dice(3) }, copy)),
		() => other.around.children.splice(dice(other.around.children.length + 1), 0, copy()),
		() => around.children.splice(at, 1, { tag: tracked, children: [node] }),
		() => node.children.splice(0, node.children.length, { tag: tracked, children: [...node.children] }),
		() => around.children.splice(at, 1, ...node.children),
		() => {
			const swap: Record<string, string> = {
				'w:ins': 'w:del',
				'w:del': 'w:moveTo',
				'w:t': 'w:delText',
				'w:delText': 'w:t',
				'w:moveFrom': 'w:ins',
				'w:moveTo': 'w:moveFrom',
				'w:tc': 'w:p',
			};
			node.tag = (swap[name] ?? name) + node.tag.slice(name.length);
		},
		() => {
			node.tag = name;
		},
		() =>
			node.children.splice(dice(node.children.length + 1), 0, {
				tag: LEAVES[dice(LEAVES.length)] as string,
				children: [],
			}),
		() => {
			node.children = node.children.map((child) =>
				typeof child === 'string' ? child.slice(0, dice(child.length + 1)) : child,
			);
		},
		() => {
			node.children = node.children.map((child) =>
				typeof child === 'string' ? child.split(' ').reverse().join(' ') : child,
			);
		},
	];
	deeds[dice(deeds.length)]?.();
}
