import type { Piece } from '../provision.ts';
import { depthOfQuoted } from './amendment.ts';
import { shouted } from './heading.ts';
import { type ListLabel, listLabel, UNITS, type UnitLabel } from './label.ts';
import { cut, type Line } from './line.ts';
import { levelOf, type Node, node } from './node.ts';
import { numerals } from './numeral.ts';
import { defines, expectsTerms, isRecital, isResolved, unfinished } from './phrase.ts';
import type { Note } from './problem.ts';
import { type Segment, segments, unitOf } from './segment.ts';
import { type Ahead, type Place, placeOf } from './sequence.ts';

/** No law nests deeper; what would is put beside the deepest. */
const DEEPEST = 14;
/** How far ahead the next of a list's numbers is looked for: longer lists are found to be lists by then. */
const AHEAD_MOST = 200;
/** Of a provision's words so much is kept to see how they end. */
const WORDS_KEPT = 600;

/** The provisions at the top of the tree that lines make; what is odd is noted. */
export function grow(lines: readonly Line[], note: Note): Node[] {
	const root = node('text', null, {});
	const sections = lines.some((line) => unitOf(line)?.unit === 'section');
	const growth: Growth = { lines, note, sections, path: [root], scope: 0, last: null, kept: null };
	for (let index = 0; index < lines.length; index++) take(growth, index);
	return root.children;
}

/** How far the tree has grown. */
interface Growth {
	readonly lines: readonly Line[];
	readonly note: Note;
	/** Whether the text has sections: where it has none, articles stand in their place. */
	readonly sections: boolean;
	/** From the root to where the next line may go. */
	path: Node[];
	/** Index in the path of the root of what a section quotes; 0 outside. */
	scope: number;
	/** Where words without a number may go on. */
	last: Node | null;
	/** Path and last of what stands, while paragraphs are read that are taken out; null outside. */
	kept: { readonly path: Node[]; readonly last: Node | null } | null;
}

function take(g: Growth, index: number): void {
	const line = g.lines[index] as Line;
	if (line.zone !== 'quoted') turn(g, false);
	if (line.zone !== 'body' && line.zone !== 'act' && line.zone !== 'quoted') {
		takePlain(g, line);
		return;
	}
	// What an act quotes begins and ends beside what stands, whatever was taken out before.
	if ((line.zone === 'quoted') !== g.scope > 0) turn(g, false);
	if (line.zone === 'quoted' && g.scope === 0) openQuoted(g, line);
	if (line.zone !== 'quoted' && g.scope > 0) closeQuoted(g);
	turn(g, line.removed);
	if (line.role === 'row') {
		takeRow(g, line);
		return;
	}
	if (line.role === 'aside') {
		node('text', end(g), { block: line.block, text: [...line.pieces], removed: line.removed });
		return;
	}
	const found = segments(line, line.pieces.length === 1 && more(g, index));
	if (found.length === 0) {
		takeUnnumbered(g, line, index);
		return;
	}
	let pieces: readonly Piece[] = line.pieces;
	let view = line.view;
	found.forEach((segment, nth) => {
		const made = segment.unit ? placeUnit(g, line, segment.unit) : placeList(g, line, segment, index, nth);
		if (!made) return;
		const [number, behind] = cut(pieces, segment.printed, line.removed);
		const [head, rest] = cut(behind, segment.headed - segment.printed, line.removed);
		const slip = segment.list !== null && made.sign !== segment.list.sign ? segment.list.sign : null;
		made.number = slip === null ? number : number.map((at) => ({ ...at, text: at.text.replace(slip, made.sign) }));
		if (segment.heading) made.heading = head;
		else if (head.some(({ text }) => text.trim() !== '')) made.text = head;
		pieces = rest;
		made.words = view.slice(segment.labelled, segment.headed);
		view = view.slice(segment.headed);
		g.last = made;
	});
	if (g.last) put(g.last, pieces, view, true);
}

/** Front and back of an act: each paragraph for itself. */
function takePlain(g: Growth, line: Line): void {
	const root = g.path[0] as Node;
	if (g.scope > 0) closeQuoted(g);
	g.path = [root];
	const kind = line.zone as 'preface' | 'recital' | 'formula' | 'conclusion';
	const before = root.children.at(-1);
	if (kind === 'recital' && before?.kind === 'recital' && !isRecital(line.view) && /^\p{Ll}/u.test(line.view)) {
		put(before, line.pieces, line.view);
		return;
	}
	const made = node(kind, root, { block: line.block, removed: line.removed });
	put(made, line.pieces, line.view);
	g.last = null;
}

function openQuoted(g: Growth, line: Line): void {
	const owner = end(g);
	const made = node('quoted', owner, { block: line.block, depth: depthOfQuoted(owner.words) - 1 });
	g.path.push(made);
	g.scope = g.path.length - 1;
	g.last = null;
}

function closeQuoted(g: Growth): void {
	g.path = g.path.slice(0, g.scope);
	g.scope = 0;
	g.last = null;
}

/** What is taken out grows beside what stands, and leaves no trace in where that goes on. */
function turn(g: Growth, removed: boolean): void {
	if (removed && g.kept === null) {
		g.kept = { path: g.path, last: g.last };
		g.path = [...g.path];
	} else if (!removed && g.kept !== null) {
		g.path = g.kept.path;
		g.last = g.kept.last;
		g.kept = null;
	}
}

function deepest(g: Growth): number {
	return Math.max(DEEPEST, g.scope + 1);
}

function end(g: Growth): Node {
	return g.path.at(-1) as Node;
}

function placeUnit(g: Growth, line: Line, label: UnitLabel): Node {
	const { unit, sign } = label;
	const outer = label.named
		? -1
		: g.path.findLastIndex((at, i) => i > g.scope && at.unit === null && lies(sign, at.sign));
	if (outer >= 0) {
		// `1.1` below item `1.` of a list is an item of it, and no section.
		g.path = g.path.slice(0, Math.min(outer + 1, deepest(g)));
		const depth = end(g).depth + 1;
		const item = node(levelOf(depth), end(g), { sign, depth, removed: line.removed, block: line.block });
		g.path.push(item);
		return item;
	}
	let keep = g.path.length;
	const same = g.path.findIndex((at, i) => i > g.scope && at.unit === unit);
	if (same >= 0) {
		const inner = g.path.findLastIndex((at, i) => i > g.scope && at.unit === unit && lies(sign, at.sign));
		keep = inner >= 0 ? inner + 1 : same;
	} else {
		const below = g.path.findIndex((at, i) => i > g.scope && (at.unit === null || at.unit === 'section'));
		if (below >= 0) keep = below;
		else if (unit !== 'section') keep = g.path.length;
	}
	g.path = g.path.slice(0, Math.min(keep, deepest(g)));
	const parent = end(g);
	const nested = parent.unit === 'section' && unit === 'section';
	const level = unit === 'section' || (unit === 'article' && !g.sections);
	const depth = level ? (nested ? parent.depth + 1 : -1) : -2;
	const kind = nested ? levelOf(depth) : UNITS[unit];
	const made = node(kind, parent, { sign, unit, depth, removed: line.removed, block: line.block });
	g.path.push(made);
	return made;
}

function placeList(g: Growth, line: Line, segment: Segment, index: number, nth: number): Node | null {
	const label = segment.list as ListLabel;
	const floor = Math.max(
		g.scope,
		g.path.findLastIndex((at) => at.unit !== null),
	);
	const place = placeOf(label, g.path, floor, line.removed, () => ahead(g, index, line.removed));
	if (place.odd !== null && !line.removed) tell(g, place, line, label, floor);
	g.path = g.path.slice(0, Math.min(place.at + 1, deepest(g)));
	const parent = end(g);
	count(parent, label, place, line, nth);
	const depth = parent.depth + 1;
	const sign = place.sign ?? label.sign;
	const made = node(levelOf(depth), parent, { sign, depth, removed: line.removed, block: line.block });
	g.path.push(made);
	return made;
}

/** Notes how far a list has come, in either reading. */
function count(parent: Node, label: ListLabel, place: Place, line: Line, nth: number): void {
	const { style, value } = place.numeral;
	let list = parent.numbering;
	if (!list || list.wrap !== label.wrap || list.style !== style) {
		list = { wrap: label.wrap, style, after: null, before: null };
		parent.numbering = list;
	}
	if (!line.removed) list.after = value;
	const was = nth === 0 && line.was !== null ? numerals(line.was).find((way) => way.style === style) : undefined;
	if (was) list.before = was.value;
	else if (line.removed || line.pieces[0]?.op !== 'added') list.before = value;
}

function tell(g: Growth, place: Place, line: Line, label: ListLabel, floor: number): void {
	const list = g.path[place.at]?.numbering;
	const block = line.block;
	if (place.odd === 'slip') {
		g.note('number_slip', block, `“${label.sign}” read as ${place.sign}`);
	} else if (place.odd === 'unexpected') {
		// What an act quotes begins with whatever number it has.
		const top = place.at === floor && (g.path[floor] as Node).children.length === 0;
		if (!top || g.scope === 0) g.note('number_unexpected', block, `No list goes on with “${label.sign}”`);
	} else if (g.scope === 0 || place.odd === 'order') {
		g.note(
			place.odd === 'gap' ? 'number_gap' : 'number_order',
			block,
			`“${label.sign}” stands after number ${list?.after ?? 0}`,
		);
	}
}

function* ahead(g: Growth, index: number, removed: boolean): Iterable<Ahead> {
	const { zone } = g.lines[index] as Line;
	const end = Math.min(g.lines.length, index + AHEAD_MOST);
	for (let i = index + 1; i < end; i++) {
		const line = g.lines[i] as Line;
		if (line.zone === 'act' || (zone === 'quoted') !== (line.zone === 'quoted')) return;
		if (line.removed && !removed) continue;
		if (unitOf(line)) return;
		const label = listLabel(line.view);
		if (label) yield label;
	}
}

function takeUnnumbered(g: Growth, line: Line, index: number): void {
	const { view } = line;
	const block = { block: line.block, removed: line.removed };
	if (isHeading(g, line, index)) {
		const keep = g.path.findIndex(
			(at, i) => i > g.scope && (at.unit === 'heading' || at.unit === 'section' || at.unit === null),
		);
		if (keep >= 0) g.path = g.path.slice(0, keep);
		const made = node('section', end(g), {
			...block,
			unit: 'heading',
			depth: -1,
			heading: [...line.pieces],
			words: view,
		});
		g.path.push(made);
		g.last = made;
		return;
	}
	if (line.zone === 'body' && isResolved(view) && !g.path.some((at) => at.unit === 'section')) {
		g.path = g.path.slice(0, 1);
		const made = node('section', end(g), { ...block, unit: 'heading', depth: -1 });
		put(made, line.pieces, view);
		g.path.push(made);
		g.last = made;
		return;
	}
	const owner = end(g);
	const { last } = g;
	if (last && last.removed === line.removed && goesOn(view, last, owner)) {
		put(last, line.pieces, view);
		return;
	}
	if (
		owner.unit !== null &&
		owner.unit !== 'section' &&
		owner.unit !== 'heading' &&
		isTitle(view) &&
		owner.heading.length === 0
	) {
		owner.heading = [...line.pieces];
		owner.words = view;
		return;
	}
	if (
		defines(
			view,
			g.path.some((at) => at.kind === 'definition' || expectsTerms(at.words)),
		)
	) {
		define(g, line);
		return;
	}
	if (owner.text.length === 0 && owner.children.length === 0 && owner.kind !== 'quoted' && g.path.length > 1) {
		put(owner, line.pieces, view);
		g.last = owner;
		return;
	}
	const opener = introducer(g);
	if (opener >= 0) g.path = g.path.slice(0, opener + 1);
	const kind = opener >= 0 ? 'wrapup' : 'text';
	const made = node(kind, end(g), block);
	put(made, line.pieces, view);
	g.last = made;
}

/** A paragraph that defines a term, beside the other definitions or below what announces them. */
function define(g: Growth, line: Line): void {
	let at = g.path.findLastIndex((held, i) => i >= g.scope && held.children.some(({ kind }) => kind === 'definition'));
	if (at < 0)
		at = g.path.findLastIndex((held, i) => i >= g.scope && held.kind !== 'definition' && expectsTerms(held.words));
	if (at < 0) at = g.path.findLastIndex((held) => held.kind !== 'definition');
	g.path = g.path.slice(0, Math.min(Math.max(at, g.scope) + 1, deepest(g)));
	const made = node('definition', end(g), { block: line.block, removed: line.removed });
	const term = /^[^.:"“]{1,100}\.\s+(?=(?:the|el|la)\s)/i.exec(line.view)?.[0].length ?? 0;
	let pieces: Piece[] = [...line.pieces];
	if (term > 0) [made.heading, pieces] = cut(pieces, term, line.removed);
	put(made, pieces, line.view);
	g.path.push(made);
	g.last = made;
}

/** Index of what opened the list that the end of the path is the last of, where its words say so by a colon; -1: none. */
function introducer(g: Growth): number {
	const at = g.path.length - 2;
	const [owner, item] = [g.path[at], g.path.at(-1)];
	if (!owner || !item || at <= g.scope || item.kind === 'definition' || item.unit !== null) return -1;
	if (/[:—–-]\s*$/.test(item.words) && item.children.length === 0) return -1;
	return /[:—–]\s*$|\b(?:following|if|that)\s*$/.test(owner.words) && owner.numbering !== null ? at : -1;
}

function takeRow(g: Growth, line: Line): void {
	const previous = g.last;
	if (previous?.kind === 'table' && previous.removed === line.removed) {
		previous.text.push({ op: line.pieces[0]?.op ?? 'same', text: '\n' });
		for (const piece of line.pieces) previous.text.push(piece);
		return;
	}
	g.last = node('table', end(g), { block: line.block, removed: line.removed, text: [...line.pieces] });
}

/** Whether a paragraph without a number is a heading that holds what follows: where the text numbers no sections. */
function isHeading(g: Growth, line: Line, index: number): boolean {
	if (line.zone !== 'body') return false;
	if (line.heading !== null) return true;
	if (!shouted(line.view) || !isTitle(line.view)) return false;
	const next = g.lines[index + 1];
	return next !== undefined && next.zone === 'body' && !g.path.some((at) => at.unit === 'section');
}

/** Whether words without a number or a new list come next. */
function more(g: Growth, index: number): boolean {
	const next = g.lines[index + 1];
	const line = g.lines[index] as Line;
	if (!next || (next.zone !== line.zone && !(line.zone === 'act' && next.zone === 'body'))) return false;
	if (unitOf(next)) return false;
	const [own, label] = [listLabel(line.view), listLabel(next.view)];
	if (!label) return next.role === 'paragraph';
	return !own || own.wrap !== label.wrap || label.numerals.some((way) => way.value === 1);
}

function put(at: Node, pieces: readonly Piece[], view: string, same = false): void {
	if (pieces.length === 0) return;
	if (at.text.length > 0 && !same) at.text.push({ op: spaceOp(at.text, pieces), text: ' ' });
	for (const piece of pieces) at.text.push(piece);
	at.words = `${at.words} ${view}`.slice(-WORDS_KEPT);
}
function spaceOp(left: readonly Piece[], right: readonly Piece[]): Piece['op'] {
	const [a, b] = [left.at(-1)?.op, right[0]?.op];
	return a === b && a !== undefined ? a : 'same';
}

/** `105.4.1` lies in `105.4`. */
function lies(sign: string, outer: string): boolean {
	return outer !== '' && sign.startsWith(`${outer}.`);
}

function isTitle(view: string): boolean {
	return view.length <= 120 && !/[.;:,]$/.test(view);
}

/** Whether words go on with the sentence of the provision before, that a line end or what was taken out has cut. */
function goesOn(view: string, last: Node, owner: Node): boolean {
	if (!/^[\p{Ll},;)]/u.test(view) || last.kind === 'table' || !unfinished(last.words || ':')) return false;
	if (last.text.length === 0 && last.children.length > 0) return false;
	// After a list that a colon opened, these go on with the sentence of what opened it.
	const list = last === owner && last.parent !== null && /[:—–]\s*$/.test(last.parent.words);
	return !(list && /^(?:shall|is|are|may|must|be|commits?|will|then)\b/.test(view));
}
