import { type Base, type Beside, type Filling, keyOf } from '#adoption/beside.ts';
import { conditionOf, type Shown, shown, textOf } from '#adoption/blank-words.ts';
import type { DraftProvision, State } from '#adoption/draft.ts';
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
	readonly state: 'same' | 'changed' | 'added' | 'removed';
	/** Whether it stands in another order among those that both have. */
	readonly moved: boolean;
	/** On which answer it stands, and whether it does; null for what always stands. */
	readonly condition: { readonly blank: string; readonly on: 'yes' | 'no'; readonly stands: boolean | null } | null;
}

/** What is read as one: a section with all in it, a recital with its neighbours. */
export interface Leaf {
	readonly id: string;
	readonly kind: ProvisionKind;
	readonly division: boolean;
	readonly lines: readonly Line[];
	/** Whether anything in it is other than in what the draft is read against. */
	readonly state: Line['state'];
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
	const bases: Bases = new Map(beside.texts.flatMap((text) => text.map((one) => [one.key, one] as const)));
	const all = show === 'redline' ? withRemoved(draft.provisions, beside) : draft.provisions.map(kept);
	const { home, depth } = gathered(all.map(({ one, parent }) => ({ kind: one.kind, parent })));
	const divided = show === 'redline' ? dividedIn(draft, beside, bases) : new Map();
	const moved = movedIn(draft.provisions, beside);
	const left = leftOut(draft);
	const leaves: { id: string; kind: ProvisionKind; lines: Line[] }[] = [];
	const seen = new Set<Base>();
	all.forEach(({ one, gone }, at) => {
		const origin = gone ? undefined : beside.partner.get(idOf(one));
		const whole = (origin && bases.get(keyOf(origin))) ?? null;
		// Of what was split the first part has number and heading.
		const base = whole && seen.has(whole) ? { ...whole, number: null, heading: null } : whole;
		if (whole) seen.add(whole);
		// What an answer leaves out is no addition to a text that has it not.
		const shows = base === null && !gone && left.has(idOf(one)) ? 'clean' : show;
		const read = lineOf(one, gone, depth[at] ?? 0, draft, { base, filling: beside.filling }, shows, divided);
		const line = { ...read, moved: show === 'redline' && moved.has(read.id) };
		if (home[at] === leaves.length) leaves.push({ id: line.id, kind: one.kind, lines: [] });
		leaves[home[at] as number]?.lines.push(line);
	});
	return leaves.map((leaf) => ({
		...leaf,
		division: isDivision(leaf.kind),
		state: stateOf(leaf.lines),
		changed: changedIn(leaf.lines),
	}));
}

function stateOf(lines: readonly Line[]): Line['state'] {
	const [first] = lines;
	return first && lines.every(({ state }) => state === first.state) ? first.state : 'changed';
}

/** Provisions that do not stand by the answers given, with what lies in them. */
function leftOut({ provisions, answers }: Draft): ReadonlySet<string> {
	const left = new Set<string>();
	for (const { id, parent, text } of provisions) {
		const { condition } = conditionOf(text);
		const answer = condition ? (answers[condition.blank] ?? '') : '';
		const stands = !condition || answer === '' || answer === condition.on;
		if (!stands || left.has(provisions[parent ?? -1]?.id ?? '')) left.add(id);
	}
	return left;
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

interface Placed {
	readonly one: DraftProvision | Base;
	readonly parent: number | null;
	readonly gone: boolean;
}

function idOf(one: DraftProvision | Base): string {
	return 'key' in one ? one.key : one.id;
}

function kept(one: DraftProvision): Placed {
	return { one, parent: one.parent, gone: false };
}

/** Puts what only the other text has where it stood: after what stood before it, inside what it lay in. */
function withRemoved(provisions: readonly DraftProvision[], { texts, partner }: Beside): readonly Placed[] {
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
			// As deep as it was, as far as there is something there to lie in.
			let parent = near;
			while (parent !== null && (depths[parent] ?? 0) >= one.depth) parent = made[parent]?.parent ?? null;
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
	one: DraftProvision | Base,
	gone: boolean,
	level: number,
	draft: Draft,
	{ base, filling }: { readonly base: Base | null; readonly filling: Filling },
	show: Show,
	divided: ReadonlyMap<string, readonly Words[]>,
): Omit<Line, 'moved'> {
	const { condition, words } = conditionOf(one.text);
	const answer = condition ? ((gone ? filling : draft).answers[condition.blank] ?? '') : '';
	const marked = show === 'redline' && !gone;
	const read = (is: string, was: string | null): readonly Words[] => {
		if (gone) return whole(pieces(is, filling), 'removed');
		if (!marked) return whole(pieces(is, draft), 'same');
		return edited(was === null ? null : pieces(was, filling), pieces(is, draft));
	};
	const heading = read(one.heading ?? '', base && (base.heading ?? ''));
	const text = divided.get(gone ? '' : idOf(one)) ?? read(words, base && conditionOf(base.text).words);
	const was = marked && base && base.number !== one.number ? base.number : null;
	const changed = was !== null || [...heading, ...text].some(({ op }) => op !== 'same');
	return {
		id: idOf(one),
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
