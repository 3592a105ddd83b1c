import { asBase, type Base, type Beside, type Filling, keyOf } from '#adoption/beside.ts';
import { conditionOf, type Shown, shown, textOf } from '#adoption/blank-words.ts';
import type { DraftProvision, State } from '#adoption/draft.ts';
import { leftOutBy } from '#adoption/fill.ts';
import { type Operation, worded } from '#concordance/redline.ts';
import { rising } from '#concordance/shingle.ts';
import type { ProvisionKind } from '#library/provision.ts';
import { gathered, isDivision } from '../library/leaf.ts';

/** Words of a draft that look alike: an edit, an answer in a blank, an open blank, or plain. */
export interface Words extends Pick<Operation, 'op' | 'text'> {
	/** Id of the blank that they stand in; null for what is no blank. */
	readonly blank: string | null;
	readonly open: boolean;
}

/** A provision of a draft as a line of the page: its number hangs. */
export interface Line {
	/** Of the provision; of one that is not in the draft, its key in what the draft is read against. */
	readonly id: string;
	readonly kind: ProvisionKind;
	/** How deep it lies in its leaf; 0 is the leaf itself. */
	readonly level: number;
	readonly number: string | null;
	/** Its number in what the draft is read against, where it has another now. */
	readonly was: string | null;
	readonly heading: readonly Words[];
	readonly words: readonly Words[];
	/** Of what an answer leaves out: `removed` where the other text has it, else `same`. */
	readonly state: 'same' | 'changed' | 'added' | 'removed';
	/** Whether the draft has it, be it left out by an answer. */
	readonly here: boolean;
	/** Whether it stands in another order among those that both have. */
	readonly moved: boolean;
	/** Id of the first part of what it is a later part of since it was divided; null for what is whole, or the first part. */
	readonly cutFrom: string | null;
	/** On which answer it stands, and whether it does; null for what always stands. */
	readonly condition: { readonly blank: string; readonly on: 'yes' | 'no'; readonly stands: boolean | null } | null;
}

/** What is read as one: a section with all in it, a recital with its neighbours. */
export interface Leaf {
	readonly id: string;
	readonly kind: ProvisionKind;
	readonly division: boolean;
	readonly lines: readonly Line[];
	/** What became of it since what the draft is read against, however it is shown; `numbered`: nothing but its numbers. */
	readonly state: Line['state'] | 'numbered';
	/** Whether it stands in another order than there. */
	readonly moved: boolean;
	readonly cutFrom: string | null;
	/** Share of the words of both that are not in both, from 0 to 1. */
	readonly changed: number;
}

export type Show = 'redline' | 'clean';
type Draft = Pick<State, 'provisions' | 'blanks' | 'answers' | 'draft'>;
/** What the draft is read against, by key. */
type Bases = ReadonlyMap<string, Base>;

/**
 * A draft as leaves, in order: against another text, with what only that has where it stood, or as it reads now. What
 * stands only on another answer stays to be seen, and says so.
 */
export function leavesOf(draft: Draft, beside: Beside, show: Show): readonly Leaf[] {
	const redline = gatheredIn(linesOf(draft, beside)).map(judged);
	if (show === 'redline') return redline;
	const became = new Map(redline.flatMap((leaf) => leaf.lines.map(({ id }) => [id, leaf] as const)));
	return gatheredIn(cleanLines(draft)).map(({ lines, ...leaf }) => {
		const { state, moved, cutFrom, changed } = became.get(leaf.id) as Leaf;
		return { ...leaf, lines, state, moved, cutFrom, changed };
	});
}

/** A line on its way into a leaf, and index of that in which it lies. */
interface Standing {
	readonly line: Omit<Line, 'level'>;
	readonly parent: number | null;
}

type Gathered = Pick<Leaf, 'id' | 'kind' | 'division' | 'lines'>;

function gatheredIn(all: readonly Standing[]): readonly Gathered[] {
	const { home, depth } = gathered(all.map(({ line: { kind }, parent }) => ({ kind, parent })));
	const leaves: (Gathered & { lines: Line[] })[] = [];
	all.forEach(({ line }, at) => {
		const { id, kind } = line;
		if (home[at] === leaves.length) leaves.push({ id, kind, division: isDivision(kind), lines: [] });
		leaves[home[at] as number]?.lines.push({ ...line, level: depth[at] ?? 0 });
	});
	return leaves;
}

/** A leaf of a redline with what became of it. What stands in neither text says nothing of it. */
function judged(leaf: Gathered): Leaf {
	const { lines } = leaf;
	const read = lines.filter(({ condition, state }) => condition?.stands !== false || state !== 'same');
	const [first] = read;
	const alike = first && read.every(({ state }) => state === first.state);
	const changed = changedIn(lines);
	const numbered =
		changed === 0 && read.every(({ state, cutFrom }) => state === 'same' || (state === 'changed' && !cutFrom));
	const state = alike && first.state !== 'changed' ? first.state : numbered ? 'numbered' : 'changed';
	const head = lines[0];
	return {
		...leaf,
		state: first ? state : 'same',
		moved: head?.moved ?? false,
		cutFrom: head?.cutFrom ?? null,
		changed,
	};
}

/** The draft as it reads now. */
function cleanLines(draft: Draft): readonly Standing[] {
	return draft.provisions.map((one) => ({ line: cleanLine(one, draft), parent: one.parent }));
}

/** The draft against another text, with what only that has where it stood. */
function linesOf(draft: Draft, beside: Beside): readonly Standing[] {
	const bases: Bases = new Map(beside.texts.flatMap((text) => text.map((one) => [one.key, one] as const)));
	const divided = dividedIn(draft, beside, bases);
	const moved = movedIn(draft.provisions, beside);
	const left = leftOut(draft.provisions, draft.answers, ({ id }) => id);
	const absent = leftOut(asBase(beside), beside.filling.answers, ({ from }) => (from ? keyOf(from) : ''));
	const first = new Map<Base, string>();
	return withRemoved(draft.provisions, beside, absent).map(({ one, parent }) => {
		if ('key' in one) return { line: struckLine(one, beside.filling), parent };
		const origin = beside.partner.get(one.id);
		const there = (origin && bases.get(keyOf(origin))) ?? null;
		const base = there && !absent.has(there.key) ? there : null;
		const cutFrom = (base && first.get(base)) ?? null;
		if (base && cutFrom === null) first.set(base, one.id);
		const clean = { ...cleanLine(one, draft), moved: moved.has(one.id), cutFrom };
		if (!left.has(one.id)) return { line: comparedLine(one, clean, draft, { base, ...beside, divided }), parent };
		// Of what was divided, and is left out in all its parts, the first shows what the other text has.
		const struck = base && cutFrom === null ? struckLine(base, beside.filling) : null;
		return { line: struck ? { ...struck, id: one.id, here: true, condition: clean.condition } : clean, parent };
	});
}

/** Provisions that do not stand by the answers given, with what lies in them. */
function leftOut<P extends Parameters<typeof leftOutBy>[0][number]>(
	provisions: readonly P[],
	answers: Draft['answers'],
	idOf: (one: P) => string,
): ReadonlySet<string> {
	const left = leftOutBy(provisions, answers);
	return new Set(provisions.filter((_, at) => left[at] !== null).map(idOf));
}

function conditionIn(text: string, answers: Draft['answers']): Line['condition'] {
	const { condition } = conditionOf(text);
	const answer = condition ? (answers[condition.blank] ?? '') : '';
	return condition && { ...condition, stands: answer === '' ? null : answer === condition.on };
}

/** By letters, for that is what a reader sees. */
function changedIn(lines: readonly Line[]): number {
	let [both, one] = [0, 0];
	for (const { op, text } of lines.flatMap(({ heading, words }) => [...heading, ...words]))
		if (op === 'same') both += 2 * text.length;
		else one += text.length;
	return both + one === 0 ? 0 : one / (both + one);
}

/** Which provisions stand in another order than in the text that they are read against. */
function movedIn(provisions: readonly DraftProvision[], { texts, partner }: Beside): ReadonlySet<string> {
	const found = new Set<string>();
	for (const text of texts) {
		const places = new Map(text.map(({ key }, at) => [key, at]));
		const taken = new Set<number>();
		const both = provisions.flatMap(({ id }) => {
			const origin = partner.get(id);
			const at = origin && places.get(keyOf(origin));
			if (at === undefined || taken.has(at)) return [];
			taken.add(at);
			return [{ id, at }];
		});
		const stayed = new Set(
			rising(
				Int32Array.from(both, ({ at }) => at),
				both.length,
			),
		);
		both.forEach(({ id }, n) => {
			if (!stayed.has(n)) found.add(id);
		});
	}
	return found;
}

/** A provision of the draft, or one that only the other text has. */
interface Placed {
	readonly one: DraftProvision | Base;
	readonly parent: number | null;
}

/** Puts what only the other text has where it stood: after what stood before it, inside what it lay in. `absent` is not there either. */
function withRemoved(
	provisions: readonly DraftProvision[],
	{ texts, partner }: Beside,
	absent: ReadonlySet<string>,
): readonly Placed[] {
	const here = new Map<string, DraftProvision>();
	for (const one of provisions) {
		const origin = partner.get(one.id);
		if (origin) here.set(keyOf(origin), one);
	}
	const behind = new Map<string | null, Base[]>();
	for (const text of texts) {
		let last: string | null = null;
		for (const one of text) {
			const stays = here.get(one.key);
			if (stays) last = stays.id;
			else if (!absent.has(one.key)) behind.set(last, [...(behind.get(last) ?? []), one]);
		}
	}
	if (behind.size === 0) return provisions.map((one) => ({ one, parent: one.parent }));
	const made: Placed[] = [];
	const [places, depths]: [number[], number[]] = [[], []];
	const put = (one: Placed['one'], parent: number | null) => {
		depths.push(parent === null ? 0 : (depths[parent] ?? 0) + 1);
		return made.push({ one, parent }) - 1;
	};
	const putRemoved = (after: string | null, sibling: number | null) => {
		let near = sibling;
		for (const one of behind.get(after) ?? []) {
			// As deep as it was, as far as there is something there to lie in.
			let parent = near;
			while (parent !== null && (depths[parent] ?? 0) >= one.depth) parent = made[parent]?.parent ?? null;
			near = put(one, parent);
		}
	};
	putRemoved(null, null);
	provisions.forEach((one, at) => {
		places[at] = put(one, one.parent === null ? null : (places[one.parent] ?? null));
		putRemoved(one.id, places[at] ?? null);
	});
	return made;
}

/** A provision as it reads in the draft. */
function cleanLine(one: DraftProvision, draft: Draft): Omit<Line, 'level'> {
	return {
		...{ id: one.id, kind: one.kind, number: one.number, was: null, state: 'same', here: true },
		...wordsOf(one, draft, 'same'),
		...{ moved: false, cutFrom: null, condition: conditionIn(one.text, draft.answers) },
	};
}

/** A provision that the other text has, and the draft has not. */
function struckLine(one: Base, filling: Filling): Omit<Line, 'level'> {
	return {
		...{ id: one.key, kind: one.kind, number: one.number, was: null, state: 'removed', here: false },
		...wordsOf(one, filling, 'removed'),
		...{ moved: false, cutFrom: null, condition: conditionIn(one.text, filling.answers) },
	};
}

/** A provision of the draft against what it is there; all of it new where it is nothing there. */
function comparedLine(
	one: DraftProvision,
	clean: Omit<Line, 'level'>,
	draft: Draft,
	{
		base,
		filling,
		divided,
	}: { readonly base: Base | null; readonly filling: Filling; readonly divided: ReadonlyMap<string, readonly Words[]> },
): Omit<Line, 'level'> {
	if (base === null) return { ...clean, ...wordsOf(one, draft, 'added'), state: 'added' };
	const later = clean.cutFrom !== null;
	const read = (is: string, was: string) => edited(pieces(was, filling), pieces(is, draft));
	// Of what was divided the first part has number and heading.
	const heading = read(one.heading ?? '', later ? '' : (base.heading ?? ''));
	const words = divided.get(one.id) ?? read(conditionOf(one.text).words, conditionOf(base.text).words);
	const was = later || base.number === one.number ? null : base.number;
	const changed = later || was !== null || [...heading, ...words].some(({ op }) => op !== 'same');
	return { ...clean, heading, words, was, state: changed ? 'changed' : 'same' };
}

function wordsOf(one: DraftProvision | Base, filling: Filling, op: Words['op']): Pick<Line, 'heading' | 'words'> {
	const read = (text: string) => whole(pieces(text, filling), op);
	return { heading: read(one.heading ?? ''), words: read(conditionOf(one.text).words) };
}

/** Words of the provisions that are one in the other text: compared with it all together, each gets its part. */
function dividedIn(draft: Draft, { partner, filling }: Beside, bases: Bases): ReadonlyMap<string, readonly Words[]> {
	const parts = new Map<string, DraftProvision[]>();
	for (const one of draft.provisions) {
		const origin = partner.get(one.id);
		if (origin) parts.set(keyOf(origin), [...(parts.get(keyOf(origin)) ?? []), one]);
	}
	const found = new Map<string, readonly Words[]>();
	for (const [key, group] of parts) {
		const base = bases.get(key);
		if (group.length < 2 || !base) continue;
		const each = group.map(({ text }) => pieces(conditionOf(text).words, draft));
		const words = edited(
			pieces(conditionOf(base.text).words, filling),
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

function pieces(text: string, { blanks, answers, draft }: Filling): readonly Shown[] {
	return shown(text, blanks, answers, draft.language);
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

/** Steps from what was copied to what stands, with the blanks of what stands in them. */
function edited(before: readonly Shown[], after: readonly Shown[]): readonly Words[] {
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
