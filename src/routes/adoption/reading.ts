import { conditionOf, type Shown, shown, textOf } from '#adoption/blank-words.ts';
import type { DraftProvision, Origin, State } from '#adoption/draft.ts';
import { type Operation, worded } from '#concordance/redline.ts';
import type { Provision, ProvisionKind } from '#library/provision.ts';
import { gathered, isDivision } from '../library/leaf.ts';

/** Words of a draft that look alike: an edit, an answer in a blank, an open blank, or plain. */
export interface Words extends Pick<Operation, 'op' | 'text'> {
	/** Id of the blank that they stand in; null for what is no blank. */
	readonly blank: string | null;
	readonly open: boolean;
}

/** A provision of a draft as a line of the page: its number hangs. */
export interface Line {
	/** Of the provision; of one that was taken out, what it was copied from. */
	readonly id: string;
	readonly kind: ProvisionKind;
	/** How deep it lies in its leaf; 0 is the leaf itself. */
	readonly level: number;
	readonly number: string | null;
	/** Number that it was copied with, where it has another now. */
	readonly was: string | null;
	readonly heading: readonly Words[];
	readonly words: readonly Words[];
	readonly state: 'same' | 'changed' | 'added' | 'removed';
	/** On which answer it stands, and whether it does; null for what always stands. */
	readonly condition: { readonly blank: string; readonly on: 'yes' | 'no'; readonly stands: boolean | null } | null;
}

/** What is read as one: a section with all in it, a recital with its neighbours. */
export interface Leaf {
	readonly id: string;
	readonly kind: ProvisionKind;
	readonly division: boolean;
	readonly lines: readonly Line[];
	/** Whether anything in it is other than what was copied. */
	readonly state: Line['state'];
}

export type Show = 'redline' | 'clean';
type Draft = Pick<State, 'provisions' | 'blanks' | 'answers' | 'draft'>;
/** What was copied of each source, by its number. */
type Copied = ReadonlyMap<number, readonly Provision[]>;
/** The same by source and eId. */
type Bases = ReadonlyMap<string, Provision>;

function nameOf({ source, eId }: Origin): string {
	return `${source} ${eId}`;
}

/**
 * A draft as leaves, in order: against what was copied, with what was taken out where it stood, or as it reads now. What
 * stands only on another answer stays to be seen, and says so.
 */
export function leavesOf(draft: Draft, copied: Copied, show: Show): readonly Leaf[] {
	const bases: Bases = new Map(
		[...copied].flatMap(([source, text]) => text.map((one) => [nameOf({ source, eId: one.eId }), one] as const)),
	);
	const all = show === 'redline' ? withRemoved(draft.provisions, copied) : draft.provisions.map(kept);
	const { home, depth } = gathered(all.map(({ one, parent }) => ({ kind: one.kind, parent })));
	const divided = show === 'redline' ? dividedIn(draft, bases) : new Map();
	const leaves: { id: string; kind: ProvisionKind; lines: Line[] }[] = [];
	all.forEach(({ one, gone }, at) => {
		const line = lineOf(one, gone, depth[at] ?? 0, draft, bases, show, divided);
		if (home[at] === leaves.length) leaves.push({ id: line.id, kind: one.kind, lines: [] });
		leaves[home[at] as number]?.lines.push(line);
	});
	return leaves.map((leaf) => ({ ...leaf, division: isDivision(leaf.kind), state: stateOf(leaf.lines) }));
}

function stateOf(lines: readonly Line[]): Line['state'] {
	const [first] = lines;
	return first && lines.every(({ state }) => state === first.state) ? first.state : 'changed';
}

interface Placed {
	readonly one: DraftProvision | Provision;
	readonly parent: number | null;
	readonly gone: boolean;
}

function kept(one: DraftProvision): Placed {
	return { one, parent: one.parent, gone: false };
}

/** Puts what was copied and taken out where it stood: after what stood before it, inside what it lay in. */
function withRemoved(provisions: readonly DraftProvision[], copied: Copied): readonly Placed[] {
	const here = new Map<string, DraftProvision>();
	for (const one of provisions) if (one.from) here.set(nameOf(one.from), one);
	const behind = new Map<string | null, Provision[]>();
	for (const [source, text] of copied) {
		let last: string | null = null;
		for (const one of text) {
			const stays = here.get(nameOf({ source, eId: one.eId }));
			if (stays) last = stays.id;
			else behind.set(last, [...(behind.get(last) ?? []), one]);
		}
	}
	if (behind.size === 0) return provisions.map(kept);
	const made: Placed[] = [];
	const [places, depths]: [number[], number[]] = [[], []];
	const put = (one: Placed['one'], parent: number | null, gone: boolean) => {
		depths.push(parent === null ? 0 : (depths[parent] ?? 0) + 1);
		return made.push({ one, parent, gone }) - 1;
	};
	const putRemoved = (after: string | null, sibling: number | null) => {
		let near = sibling;
		for (const one of behind.get(after) ?? []) {
			// As deep as it says itself by its eId, as far as there is something there to lie in.
			const deep = one.eId.split('__').length - 1;
			let parent = near;
			while (parent !== null && (depths[parent] ?? 0) >= deep) parent = made[parent]?.parent ?? null;
			near = put(one, parent, true);
		}
	};
	putRemoved(null, null);
	provisions.forEach((one, at) => {
		places[at] = put(one, one.parent === null ? null : (places[one.parent] ?? null), false);
		putRemoved(one.id, places[at] ?? null);
	});
	return made;
}

function lineOf(
	one: DraftProvision | Provision,
	gone: boolean,
	level: number,
	draft: Draft,
	bases: Bases,
	show: Show,
	divided: ReadonlyMap<string, readonly Words[]>,
): Line {
	const { condition, words } = conditionOf(one.text);
	const answer = condition ? (draft.answers[condition.blank] ?? '') : '';
	const base = 'from' in one && one.from ? (bases.get(nameOf(one.from)) ?? null) : null;
	const pieces = (text: string) => shown(text, draft.blanks, draft.answers, draft.draft.language);
	const marked = show === 'redline' && !gone;
	const read = (is: string, was: string | null): readonly Words[] => {
		if (gone) return whole(pieces(is), 'removed');
		return marked ? edited(was === null ? null : pieces(was), pieces(is)) : whole(pieces(is), 'same');
	};
	const heading = read(one.heading ?? '', base && (base.heading ?? ''));
	const text = divided.get('id' in one ? one.id : '') ?? read(words, base && conditionOf(base.text).words);
	const was = marked && base && base.number !== one.number ? base.number : null;
	const changed = was !== null || [...heading, ...text].some(({ op }) => op !== 'same');
	return {
		id: 'id' in one ? one.id : one.eId,
		kind: one.kind,
		level,
		number: one.number,
		was,
		heading,
		words: text,
		state: gone ? 'removed' : marked && !base ? 'added' : marked && changed ? 'changed' : 'same',
		condition: condition && { ...condition, stands: answer === '' ? null : answer === condition.on },
	};
}

/** Words of the provisions that were one when they were copied: compared with it all together, each gets its part. */
function dividedIn({ provisions, blanks, answers, draft }: Draft, bases: Bases): ReadonlyMap<string, readonly Words[]> {
	const parts = new Map<string, DraftProvision[]>();
	for (const one of provisions) {
		if (!one.from) continue;
		const name = nameOf(one.from);
		parts.set(name, [...(parts.get(name) ?? []), one]);
	}
	const found = new Map<string, readonly Words[]>();
	for (const [name, group] of parts) {
		const base = bases.get(name);
		if (group.length < 2 || !base) continue;
		const pieces = (text: string) => shown(conditionOf(text).words, blanks, answers, draft.language);
		const each = group.map(({ text }) => pieces(text));
		const words = edited(
			pieces(base.text),
			each.flatMap((own, n) => (n === 0 ? own : [SPACE, ...own])),
		);
		cutAt(
			words,
			each.map((own) => textOf(own).length),
		).forEach((own, n) => {
			if (group[n]) found.set(group[n].id, own);
		});
	}
	return found;
}

const SPACE: Shown = { text: ' ', mark: null, blank: null, open: false };

/** Words cut into stretches of so many letters, with one space between them; what was taken out goes with what stands before it. */
function cutAt(words: readonly Words[], lengths: readonly number[]): readonly (readonly Words[])[] {
	const made: Words[][] = lengths.map(() => []);
	let [nth, left] = [0, lengths[0] ?? 0];
	for (const one of words) {
		if (one.op === 'removed') made[nth]?.push(one);
		for (let rest = one.op === 'removed' ? '' : one.text; rest !== ''; ) {
			const part = nth + 1 < lengths.length ? rest.slice(0, left) : rest;
			if (part !== '') made[nth]?.push({ ...one, text: part });
			rest = rest.slice(part.length);
			left -= part.length;
			if (left > 0 || nth + 1 >= lengths.length) continue;
			if (rest === '') break;
			rest = rest.slice(1);
			left = lengths[++nth] ?? 0;
		}
	}
	return made;
}

function whole(pieces: readonly Shown[], op: Words['op']): readonly Words[] {
	return pieces.filter(({ text }) => text !== '').map(({ text, blank, open }) => ({ op, text, blank, open }));
}

/** Steps from what was copied to what stands, with the blanks of what stands in them; all of it new where nothing was copied. */
function edited(before: readonly Shown[] | null, after: readonly Shown[]): readonly Words[] {
	if (before === null) return whole(after, 'added');
	const made: Words[] = [];
	let [piece, used] = [0, 0];
	for (const { op, text } of worded(textOf(before), textOf(after))) {
		if (op === 'removed') {
			made.push({ op, text, blank: null, open: false });
			continue;
		}
		let rest = text;
		for (let at = after[piece]; at && rest !== ''; at = after[piece]) {
			const part = rest.slice(0, at.text.length - used);
			if (part !== '') made.push({ op, text: part, blank: at.blank, open: at.open });
			rest = rest.slice(part.length);
			used += part.length;
			if (used >= at.text.length) [piece, used] = [piece + 1, 0];
		}
	}
	return made;
}
