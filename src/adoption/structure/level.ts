import type { ProvisionKind } from '#library/provision.ts';
import type { Branch } from './tree.ts';

/** From a section down; what is larger than a section counts as one, for an article may hold `(a)` as a section does. */
const LADDER = ['section', 'subsection', 'paragraph', 'subparagraph', 'clause', 'item'] as const;
const DIVISIONS: readonly ProvisionKind[] = ['title', 'chapter', 'article', 'part', 'section'];
/** Only at the top, for they speak of the whole text. */
const OUTER: readonly ProvisionKind[] = ['preface', 'recital', 'formula', 'conclusion'];
/** Words of their own in which nothing lies. */
const FLAT: readonly ProvisionKind[] = [...OUTER, 'text', 'table', 'wrapup'];

/** 0 for a section and what holds sections, 1 for a subsection, down to 5 for an item; null for what is no level. */
export function rung(kind: ProvisionKind): number | null {
	if (DIVISIONS.includes(kind)) return 0;
	const at = LADDER.indexOf(kind as (typeof LADDER)[number]);
	return at < 0 ? null : at;
}

/** The kind a provision takes when it is put among others: that of its new siblings, or the level below what it lies in. */
export function kindAmong(
	kind: ProvisionKind | null,
	parent: ProvisionKind | null,
	siblings: readonly ProvisionKind[],
): ProvisionKind | null {
	if (kind !== null && rung(kind) === null) return fits(kind, parent) ? kind : null;
	const levels = siblings.filter((sibling) => rung(sibling) !== null);
	const [sibling] = levels;
	const divides = kind !== null && rung(kind) === 0;
	const keeps = kind !== null && (levels.includes(kind) || (sibling !== undefined && divides && rung(sibling) === 0));
	// Among chapters what comes from below is a section, not a chapter; among articles it may be one.
	const lifted = kind !== null && !divides && sibling !== undefined && HOLDERS.includes(sibling);
	const made = keeps ? kind : lifted ? 'section' : (sibling ?? below(kind, parent));
	return made !== null && fits(made, parent) ? made : null;
}

/** Divisions that hold sections. */
const HOLDERS: readonly ProvisionKind[] = ['title', 'chapter', 'part'];

/** The level below what it lies in, where it has no siblings that say it. */
function below(kind: ProvisionKind | null, parent: ProvisionKind | null): ProvisionKind | null {
	if (parent === 'quoted') return kind ?? 'section';
	const division = kind !== null && rung(kind) === 0 ? kind : 'section';
	if (parent === null || HOLDERS.includes(parent)) return division;
	if (kind === division && rung(parent) === 0 && larger(parent, kind)) return kind;
	return LADDER[(rung(parent) ?? 1) + 1] ?? null;
}

function fits(kind: ProvisionKind, parent: ProvisionKind | null): boolean {
	if (parent === null) return kind !== 'wrapup';
	if (OUTER.includes(kind) || FLAT.includes(parent)) return false;
	const [own, over] = [rung(kind), rung(parent)];
	if (own === null || over === null) return true;
	return own === 0 && over === 0 ? larger(parent, kind) : own > over;
}

/** Articles lie in parts and parts in articles; nothing lies in its own kind. */
function larger(over: ProvisionKind, kind: ProvisionKind): boolean {
	const rank = (of: ProvisionKind) => (of === 'part' ? 2 : DIVISIONS.indexOf(of));
	return over !== kind && rank(over) <= rank(kind);
}

/**
 * A branch with another kind at its head, and what lies in it as far below as it lay before. Null where something would lie
 * deeper than an item.
 */
export function recast(branch: Branch, kind: ProvisionKind): Branch | null {
	const { provision } = branch;
	if (provision.kind === kind) return branch;
	const inside: Branch[] = [];
	for (const child of branch.inside) {
		const lower = recastChild(child.provision.kind, provision.kind, kind);
		const made = lower === null ? null : recast(child, lower);
		if (made === null) return null;
		inside.push(made);
	}
	return { provision: { ...provision, kind }, inside };
}

function recastChild(kind: ProvisionKind, was: ProvisionKind, is: ProvisionKind): ProvisionKind | null {
	const [own, over, now] = [rung(kind), rung(was), rung(is)];
	if (own === null || over === null || now === null || (own === 0 && now === 0)) return kind;
	return LADDER[now + Math.max(1, own - over)] ?? null;
}
