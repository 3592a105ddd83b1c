import type { Piece, ProvisionKind } from '../provision.ts';
import type { Unit, Wrap } from './label.ts';
import type { Style } from './numeral.ts';

/** Numbers that a provision's pieces go by, and how far they have come. */
export interface Numbering {
	readonly wrap: Wrap;
	readonly style: Style;
	/** Last number of what stands after the act; null while there is none. */
	after: number | null;
	/** Last number of how it was before. */
	before: number | null;
}

/** A provision while the tree grows. */
export interface Node {
	kind: ProvisionKind;
	readonly parent: Node | null;
	readonly children: Node[];
	/** What its eId says; empty where it has no number. */
	readonly sign: string;
	readonly unit: Unit | 'heading' | null;
	/** Below its section: 0 for a subsection; -1 for a section and above -2. */
	readonly depth: number;
	readonly removed: boolean;
	readonly block: number;
	number: Piece[];
	heading: Piece[];
	text: Piece[];
	numbering: Numbering | null;
	/** Its words so far, as the tree reads them: to see whether a sentence is open or definitions are announced. */
	words: string;
}

/** Kinds by depth below a section. */
const LEVELS = ['section', 'subsection', 'paragraph', 'subparagraph', 'clause', 'item'] as const;

export function levelOf(depth: number): ProvisionKind {
	return LEVELS[Math.max(0, Math.min(depth + 1, LEVELS.length - 1))] as ProvisionKind;
}

export function node(kind: ProvisionKind, parent: Node | null, rest: Partial<Omit<Node, 'kind' | 'parent'>>): Node {
	const made: Node = {
		kind,
		parent,
		children: [],
		sign: '',
		unit: null,
		depth: parent?.depth ?? -2,
		removed: false,
		block: 0,
		number: [],
		heading: [],
		text: [],
		numbering: null,
		words: '',
		...rest,
	};
	parent?.children.push(made);
	return made;
}
