import { type Clash, merged } from '#concordance/merge.ts';
import { oneLine } from '#kernel/one-line.ts';
import type { Answered, Batch } from './exchange.ts';
import { type Order, type Piece, plainly, type Read, sameRead } from './piece.ts';
import { nextSibling } from './place.ts';

/** A provision as it stands in the editor; what is `fresh` the draft does not have yet. */
export interface Leaf extends Read {
	/** As the draft names it; what is fresh goes by a name that the editor gave it. */
	readonly id: string;
	readonly depth: number;
	/** Null for what the draft has; `split`: the rest of the provision before it; `added`: new after it, `inside`: new in it. */
	readonly fresh: 'split' | 'added' | 'inside' | null;
}

/** Words in the editor and in the draft that both changed the same. */
export interface Contested {
	readonly id: string;
	readonly heading: readonly (string | Clash)[];
	readonly words: readonly (string | Clash)[];
}

/** Words that have no provision any more. */
export interface Aside extends Read {
	readonly id: string;
	/** Provision behind which they stood; null: at the beginning. */
	readonly after: string | null;
	readonly depth: number;
}

/** What an editor knows of the draft beside what stands in it. */
export interface Copybook {
	/** The edit that `pieces` and `order` are from. */
	readonly seq: number;
	readonly order: Order;
	readonly pieces: ReadonlyMap<string, Piece>;
	/** What words were typed over where that is not what the draft has now: others changed it, and both are not one yet. */
	readonly bases: ReadonlyMap<string, Read>;
	/** Words that were too long, also of what is new: not sent again until they are others. */
	readonly stuck: ReadonlyMap<string, Read>;
	/** What was sent and not answered. It is sent again as it was, until there is an answer. */
	readonly flight: Batch | null;
	/** Words that have no provision any more, until somebody puts them back or lets them go. */
	readonly aside: readonly Aside[];
}

/** What stands in the editor after an answer, and what is known then. */
export interface Turn {
	readonly book: Copybook;
	readonly leaves: readonly Leaf[];
	readonly contested: readonly Contested[];
}

/** What of an answer concerns the words. */
type Said = Pick<Answered, 'seq' | 'order' | 'pieces' | 'outcomes' | 'born' | 'refused'>;

export function copybook(seq: number, order: Order, pieces: readonly Piece[]): Copybook {
	const known = new Map(pieces.map((one) => [one.id, one]));
	return { seq, order, pieces: known, bases: new Map(), stuck: new Map(), flight: null, aside: [] };
}

/** The provisions of the draft as an editor that just opened has them. */
export function leavesOf({ order, pieces }: Pick<Copybook, 'order' | 'pieces'>): readonly Leaf[] {
	return order.flatMap(([id, depth]) => {
		const piece = pieces.get(id);
		return piece ? [leafOf(piece, depth)] : [];
	});
}

function leafOf({ id, heading, words }: Piece, depth: number): Leaf {
	return { id, depth, heading, words, fresh: null };
}

/** Whether anything in the editor is not in the draft. */
export function isUnsaved(book: Copybook, leaves: readonly Leaf[]): boolean {
	return (
		book.flight !== null ||
		book.aside.length > 0 ||
		leaves.some((leaf) => {
			if (leaf.fresh !== null) return !isEmpty(leaf);
			const piece = book.pieces.get(leaf.id);
			return !piece || !sameRead(piece, leaf);
		})
	);
}

/**
 * What the answer to the batch under way, or to a mere question, makes of the editor: what others did comes in, merged with what
 * was typed meanwhile; caret and spaces are left alone. Nothing that was typed goes: what has no place is set aside, and where
 * both changed the same words those in the editor stay and both are given.
 */
export function answered(book: Copybook, leaves: readonly Leaf[], answer: Said): Turn {
	const { flight } = book;
	const settled = flight === null ? { leaves, bases: book.bases } : landed(book, flight, leaves, answer);
	const stuck = new Map(book.stuck);
	for (const { id, kind } of answer.outcomes) {
		const sent = flight?.words.find((one) => one.id === id);
		if (kind === 'too_long' && sent) stuck.set(id, plainly(sent));
		else stuck.delete(id);
	}
	const { deed = null } = flight ?? {};
	// Where it would stand is gone: it gets another place with this answer.
	if (deed?.act === 'added' && answer.refused !== null && answer.refused !== 'not_there')
		stuck.set(deed.name, plainly(deed));
	const pieces = new Map(book.pieces);
	for (const piece of answer.pieces) pieces.set(piece.id, piece);
	const order = answer.order ?? book.order;
	const there = new Set(order.map(([id]) => id));
	for (const id of pieces.keys()) if (!there.has(id)) pieces.delete(id);
	const next: Copybook = { ...book, seq: answer.seq, order, pieces, bases: settled.bases, stuck, flight: null };
	return reconciled(next, book, settled.leaves);
}

/** The same without an answer: whether words that clashed go together by now. */
export function reviewed(book: Copybook, leaves: readonly Leaf[]): Turn {
	return reconciled(book, book, leaves);
}

/** What somebody decides about words that clash: their own reading, that of the draft, or both side by side to write one of them. */
export function decided(
	book: Copybook,
	leaves: readonly Leaf[],
	{ id, heading, words }: Contested,
	how: 'mine' | 'theirs' | 'both',
): Pick<Turn, 'book' | 'leaves'> {
	const bases = new Map(book.bases);
	bases.delete(id);
	const read = (passages: readonly (string | Clash)[]) => passages.map((one) => chosen(one, how)).reduce(beside, '');
	return {
		book: { ...book, bases },
		leaves: leaves.map((leaf) => (leaf.id === id ? { ...leaf, heading: read(heading), words: read(words) } : leaf)),
	};
}

/** Where one side took a word out, its space went with it: no two words become one. */
function beside(one: string, other: string): string {
	return /[\p{L}\p{N}.,;:!?)]$/u.test(one) && /^[\p{L}\p{N}]/u.test(other) ? `${one} ${other}` : one + other;
}

function chosen(passage: string | Clash, how: 'mine' | 'theirs' | 'both'): string {
	if (typeof passage === 'string') return passage;
	const { ours, theirs } = passage;
	if (how === 'mine') return ours;
	if (how === 'theirs') return theirs;
	return /\s$/.test(ours) || /^\s/.test(theirs) || ours === '' ? ours + theirs : `${ours} ${theirs}`;
}

/** Leaves and bases once it is known what became of a batch: what is new has its name, what was joined is one. */
function landed(
	book: Copybook,
	flight: Batch,
	leaves: readonly Leaf[],
	{ outcomes, born, refused, order }: Said,
): { readonly leaves: readonly Leaf[]; readonly bases: ReadonlyMap<string, Read> } {
	const bases = new Map(book.bases);
	for (const { id, kind } of outcomes) {
		const sent = flight.words.find((one) => one.id === id);
		const piece = book.pieces.get(id);
		if (kind === 'kept' && sent) bases.set(id, plainly(sent));
		else if (kind === 'clash' && piece && !bases.has(id)) bases.set(id, piece);
	}
	const { deed } = flight;
	if (deed === null) return { leaves, bases };
	const ids = new Map(born);
	// It came in by itself, and somebody typed in it, before it was known to be the same.
	const twins = new Set([...ids.values()].filter((id) => isTypedIn(book, leaves, id)));
	// What another window brought first may read otherwise: both are there to be seen.
	const elsewhere = new Set(outcomes.flatMap(({ id, kind }) => (kind === 'clash' ? [id] : [])));
	const baseOf = (name: string, sent: Read) => (elsewhere.has(name) ? { heading: '', words: '' } : plainly(sent));
	if (deed.act === 'split') {
		const { provision, names, paragraphs } = deed;
		const lost = names.filter((name) => !ids.has(name));
		// What could not be split off is part of it again.
		if (lost.length < names.length && !elsewhere.has(provision)) {
			const words = paragraphs.slice(0, lost.length + 1).join(' ');
			bases.set(provision, plainly({ heading: headingOf(bases, book, provision), words }));
		}
		for (const [n, name] of names.entries()) {
			const id = ids.get(name);
			if (id !== undefined && !twins.has(id))
				bases.set(id, baseOf(name, { heading: '', words: paragraphs[n + 1] ?? '' }));
		}
		return { leaves: putBack(named(leaves, ids, twins), new Set(lost)), bases };
	}
	if (deed.act === 'added') {
		const id = ids.get(deed.name);
		if (id === undefined) return { leaves, bases };
		if (!twins.has(id)) bases.set(id, baseOf(deed.name, deed));
		return { leaves: named(leaves, ids, twins), bases };
	}
	if (deed.act !== 'joined' || refused !== null || order === null) return { leaves, bases };
	return joinedIn(deed.provision, leaves, bases, book, order);
}

/** Two that were joined, if one of them went: what was typed in the second meanwhile goes with it. */
function joinedIn(
	id: string,
	leaves: readonly Leaf[],
	bases: Map<string, Read>,
	book: Copybook,
	order: Order,
): { readonly leaves: readonly Leaf[]; readonly bases: ReadonlyMap<string, Read> } {
	const gone = nextSibling(book.order, id);
	const [at, next] = [leaves.findIndex((leaf) => leaf.id === id), leaves.findIndex((leaf) => leaf.id === gone)];
	const [one, two] = [leaves[at], leaves[next]];
	if (gone === null || !one || !two || order.some(([other]) => other === gone)) return { leaves, bases };
	const [first, second] = [one, two].map((leaf) => bases.get(leaf.id) ?? book.pieces.get(leaf.id) ?? leaf);
	if (!first || !second) return { leaves, bases };
	bases.set(id, together(plainly(first), plainly(second)));
	bases.delete(gone);
	// What was split off either of them meanwhile is part of the whole.
	const [own, others] = [restOf(leaves, at), restOf(leaves, next)];
	const behind = others.reduce<Read>(together, two);
	const { heading } = together(one, behind);
	const last = own.at(-1) ?? one;
	const { words } = together(last, behind);
	return {
		leaves: leaves.flatMap((leaf) => {
			if (leaf === two || others.includes(leaf)) return [];
			return [{ ...leaf, ...(leaf === one ? { heading } : {}), ...(leaf === last ? { words } : {}) }];
		}),
		bases,
	};
}

/** As the draft joins two: `Costs; Transfer` over the words of both. */
export function together(one: Read, two: Read): Read {
	const heading =
		one.heading === '' || two.heading === ''
			? one.heading + two.heading
			: `${one.heading.trimEnd().replace(/[.;:]$/, '')}; ${two.heading}`;
	return { heading, words: [one.words.trimEnd(), two.words].filter((part) => part.trim() !== '').join(' ') };
}

function headingOf(bases: ReadonlyMap<string, Read>, book: Copybook, id: string): string {
	return (bases.get(id) ?? book.pieces.get(id))?.heading ?? '';
}

/** Leaves with the names that the draft gave. Of two that are the same by now the one is left out in which nobody typed; words in both are set aside with the name they had. */
function named(leaves: readonly Leaf[], ids: ReadonlyMap<string, string>, twins: ReadonlySet<string>): readonly Leaf[] {
	const born = new Set(ids.values());
	return leaves.flatMap((leaf) => {
		const id = ids.get(leaf.id);
		if (id === undefined) return born.has(leaf.id) && !twins.has(leaf.id) ? [] : [leaf];
		return [{ ...leaf, id: twins.has(id) ? leaf.id : id, fresh: null }];
	});
}

function isTypedIn({ bases, pieces }: Copybook, leaves: readonly Leaf[], id: string): boolean {
	const base = bases.get(id) ?? pieces.get(id);
	return leaves.some((leaf) => leaf.id === id && !(base && sameRead(base, leaf)));
}

/** Leaves without some that are the rest of others: their words stand in those again. */
function putBack(leaves: readonly Leaf[], names: ReadonlySet<string>): readonly Leaf[] {
	const made: Leaf[] = [];
	for (const leaf of leaves) {
		const last = made.at(-1);
		if (names.has(leaf.id) && last) made[made.length - 1] = { ...last, ...together(last, leaf) };
		else made.push(leaf);
	}
	return made;
}

function isEmpty({ heading, words }: Read): boolean {
	return oneLine(heading + words) === '';
}

/** Puts what stands in the editor in the order of the draft, with the words of the draft where they are newer. */
function reconciled(next: Copybook, book: Copybook, leaves: readonly Leaf[]): Turn {
	const own = new Map(leaves.map((leaf, at) => [leaf.id, { leaf, rest: restOf(leaves, at) }]));
	const bases = new Map<string, Read>();
	const contested: Contested[] = [];
	const made: Leaf[] = [];
	const rests = new Map<string, Leaf | null>();
	for (const [id, depth] of next.order) {
		const piece = next.pieces.get(id);
		if (!piece) continue;
		const { leaf, rest } = own.get(id) ?? { leaf: null, rest: [] };
		if (!leaf) {
			made.push(leafOf(piece, depth));
			continue;
		}
		const base = next.bases.get(id) ?? book.pieces.get(id) ?? piece;
		const whole = rest.reduce<Read>(together, leaf);
		const heading = mergedPart(base.heading, whole.heading, piece.heading);
		const words = mergedPart(base.words, whole.words, piece.words);
		if (heading.kind === 'clean' && words.kind === 'clean') {
			const cut = recut(leaf, rest, words.text === whole.words ? null : words.text);
			for (const [n, one] of cut.rest.entries()) rests.set(rest[n]?.id ?? '', one);
			const same = leaf.depth === depth && leaf.heading === heading.text && leaf.words === cut.words;
			made.push(same ? leaf : { ...leaf, depth, heading: heading.text, words: cut.words });
			continue;
		}
		bases.set(id, base);
		contested.push({ id, heading: passagesOf(heading), words: passagesOf(words) });
		for (const one of rest) rests.set(one.id, null);
		made.push({ ...leaf, depth, words: whole.words });
	}
	const left = leaves.flatMap((leaf) => {
		const one = rests.get(leaf.id);
		return one === null ? [] : [one ?? leaf];
	});
	const { leaves: placed, aside } = placedFresh(next, book, left, made);
	return { book: { ...next, bases, aside: [...next.aside, ...aside] }, contested, leaves: placed };
}

/** What was split off a provision and is not the draft's yet: its own words end with it there. */
export function restOf(leaves: readonly Leaf[], at: number): readonly Leaf[] {
	if (leaves[at]?.fresh === 'split') return [];
	let end = at + 1;
	while (leaves[end]?.fresh === 'split') end++;
	return leaves.slice(at + 1, end);
}

/** Words of a provision and of what was split off it, after others changed the whole; null: nobody did. Where the cut cannot be found again it is one. */
function recut(
	leaf: Leaf,
	rest: readonly Leaf[],
	whole: string | null,
): { readonly words: string; readonly rest: readonly (Leaf | null)[] } {
	if (whole === null || rest.length === 0) return { words: whole ?? leaf.words, rest };
	const behind = rest.map(({ words }) => words).join(' ');
	if (whole.endsWith(behind)) return { words: whole.slice(0, whole.length - behind.length).trimEnd(), rest };
	const [one, ...others] = rest;
	if (one && others.length === 0 && whole.startsWith(leaf.words))
		return { words: leaf.words, rest: [{ ...one, words: whole.slice(leaf.words.length).trimStart() }] };
	return { words: whole, rest: rest.map(() => null) };
}

type MergedPart =
	| { readonly kind: 'clean'; readonly text: string }
	| { readonly kind: 'clash'; readonly passages: readonly (string | Clash)[] };

function passagesOf(part: MergedPart): readonly (string | Clash)[] {
	return part.kind === 'clean' ? [part.text] : part.passages;
}

/** What was typed over a base, with what the draft has. Spaces that are being typed stay as they are. */
function mergedPart(base: string, mine: string, theirs: string): MergedPart {
	const [was, typed] = [oneLine(base), oneLine(mine)];
	if (theirs === was || theirs === typed) return { kind: 'clean', text: mine };
	const [before, after] = [/^\s*/.exec(mine)?.[0] ?? '', /\S(\s*)$/.exec(mine)?.[1] ?? ''];
	if (typed === was) return { kind: 'clean', text: before + theirs + after };
	const found = merged(was, typed, theirs);
	if (found.kind === 'clean') return { kind: 'clean', text: before + found.text + after };
	return {
		kind: 'clash',
		passages: found.kind === 'clash' ? found.passages : [{ base: was, ours: typed, theirs }],
	};
}

/** Puts what the draft does not have yet behind what it followed, and sets aside what the draft has no more and somebody typed in. */
function placedFresh(
	next: Copybook,
	book: Copybook,
	leaves: readonly Leaf[],
	made: readonly Leaf[],
): Pick<Turn, 'leaves'> & Pick<Copybook, 'aside'> {
	const behind = new Map<string | null, Leaf[]>();
	const aside: Aside[] = [];
	const there = new Set(made.map(({ id }) => id));
	let last: string | null = null;
	let lost = false;
	for (const [at, leaf] of leaves.entries()) {
		// The rest of what is gone goes with it.
		if (lost && leaf.fresh === 'split') continue;
		lost = leaf.fresh === null && !there.has(leaf.id);
		if (there.has(leaf.id)) last = leaf.id;
		else if (leaf.fresh !== null) behind.set(last, [...(behind.get(last) ?? []), leaf]);
		else {
			const base = next.bases.get(leaf.id) ?? book.pieces.get(leaf.id);
			const { heading, words } = restOf(leaves, at).reduce<Read>(together, leaf);
			if (base && sameRead(base, { heading, words })) continue;
			aside.push({ id: leaf.id, heading, words, after: last, depth: leaf.depth });
		}
	}
	const depths = new Map(made.map(({ id, depth }) => [id, depth]));
	const with_ = (id: string | null): readonly Leaf[] => {
		const over = id === null ? 0 : (depths.get(id) ?? 0);
		return (behind.get(id) ?? []).map((leaf) => ({ ...leaf, depth: leaf.fresh === 'inside' ? over + 1 : over }));
	};
	return { leaves: [...with_(null), ...made.flatMap((leaf) => [leaf, ...with_(leaf.id)])], aside };
}
