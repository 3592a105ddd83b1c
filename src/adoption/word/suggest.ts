import { rising } from '#concordance/shingle.ts';
import { oneLine } from '#kernel/one-line.ts';
import { headingGap } from '#library/export/stretch.ts';
import type { Reading } from '#library/provision.ts';
import { TITLE_STYLE } from '#library/read/own-style.ts';
import { headIn } from './head.ts';
import { after, before, type FlatPiece, type Item, itemsOf } from './item.ts';
import { type Edit, laid, type Segment } from './lay.ts';
import { otherFileOfOurs } from './ours.ts';
import { type Group, placed } from './place.ts';
import type { Revised, Signed, WordProblem } from './revision.ts';
import type { Suggestion, Unplaced } from './suggestion.ts';

/** A provision as it was written into a file: blanks filled. */
export interface WrittenProvision extends Reading {
	readonly id: string;
	/** Words before its own that are none of the draft's; null where there are none. */
	readonly asked: string | null;
	/** Name of its bookmark; null where it has none. */
	readonly bookmark: string | null;
}

export interface Suggested {
	/** In the order of the file; what the file just lacks comes last. */
	readonly suggestions: readonly Suggestion[];
	readonly unplaced: readonly Unplaced[];
	readonly problems: readonly WordProblem[];
}

/** Share of the paragraphs that must be of the draft; below it the file is another text. Few paragraphs prove nothing. */
const LEAST_OF_DRAFT = 0.2;
/** Below it whoever sent the file in is asked whether it is the right one. */
const MOST_OF_DRAFT = 0.5;
const FEWEST = 5;

const NOTHING = { behind: null, part: null, at: 0, basis: '', before: '', after: '' } as const;
const NOBODY = { author: null, day: null } as const;

/**
 * What a Word file that came back suggests for a draft, change by change. All that it puts in, strikes or says is in exactly one
 * suggestion or in `unplaced`: taking all gives the text of the file with every change accepted, taking none leaves the draft.
 * What was changed without tracking is found by comparing the file with the draft, word by word. `title` is that of the draft,
 * which stands before the first provision of such a file; null: it has none.
 */
export function suggestionsOf(
	file: Revised,
	draft: readonly WrittenProvision[],
	title: string | null = null,
): Suggested {
	const finder = new Finder(file);
	if (otherFileOfOurs(file) === 'look') finder.warn('look_alone', '');
	const all = itemsOf(file);
	const items = finder.withoutHead(all, headIn(all, file, draft.map(lineOf), title), title);
	const own = items.filter(({ kind }) => kind === 'base');
	const groups = placed(
		draft.map((provision) => ({
			text: lineOf(provision),
			bookmarks: provision.bookmark === null ? [] : [provision.bookmark],
		})),
		own.map(({ pieces, bookmarks, label }) => ({ text: `${label ?? ''} ${before(pieces)}`, bookmarks })),
	);
	const placedHere = groups.reduce((sum, { paragraphs }) => sum + paragraphs.length, 0);
	const nothing = groups.length === 0 && draft.some((provision) => lineOf(provision).trim() !== '');
	const share = own.length < FEWEST ? 1 : placedHere / own.length;
	const detail = `${placedHere} of ${own.length} paragraphs are of the draft.`;
	if (nothing || share < LEAST_OF_DRAFT) finder.other(items, detail);
	else {
		if (share < MOST_OF_DRAFT) finder.warn('little_of_draft', detail);
		finder.compare(items, own, draft, groups);
	}
	return finder.made();
}

/** How many provisions of a draft stand in a file as they are, less those that do not: of several versions it is a file of the best. */
export function likeness(file: Revised, draft: readonly WrittenProvision[]): number {
	const lines = new Set(itemsOf(file).map(({ pieces, label }) => oneLine(`${label ?? ''} ${before(pieces)}`)));
	const own = draft.map((provision) => oneLine(lineOf(provision))).filter((line) => line !== '');
	return own.reduce((sum, line) => sum + (lines.has(line) ? 1 : -1), 0);
}

class Finder {
	readonly #file: Revised;
	readonly #found: Omit<Suggestion, 'id'>[] = [];
	readonly #unplaced: Unplaced[];
	readonly #problems: WordProblem[];
	readonly #said = new Set<string>();
	/** The last provision that stays where it is: what comes next stands behind it. */
	#behind: string | null = null;

	constructor(file: Revised) {
		this.#file = file;
		this.#unplaced = file.asides.map((aside) => ({ ...aside, text: aside.text.trim() }));
		this.#problems = [...file.problems];
	}

	made(): Suggested {
		for (const { id, text, author, day } of this.#file.comments)
			if (!this.#said.has(id)) this.#unplaced.push({ why: 'lost_comment', op: 'said', text, author, day });
		return {
			suggestions: this.#found.map((one, at) => ({ ...one, id: String(at + 1) })),
			unplaced: this.#unplaced,
			problems: this.#problems,
		};
	}

	/** What was done to title and notices is told. A notice says what holds of any file of ours; a title is known by its words. */
	withoutHead(items: readonly Item[], head: ReadonlySet<Item>, title: string | null): Item[] {
		for (const { style, pieces } of head) {
			const known = style !== TITLE_STYLE || title === null || oneLine(before(pieces)) === oneLine(title);
			for (const piece of pieces) if (!known || piece.op !== 'same') this.#lose(piece, 'head');
			this.#comment(pieces);
		}
		return items.filter((item) => !head.has(item));
	}

	warn(code: WordProblem['code'], detail: string): void {
		this.#problems.push({ code, detail });
	}

	/** Nothing of another text is held against the draft. */
	other(items: readonly Item[], detail: string): void {
		this.warn('another_text', detail);
		for (const { pieces } of items) for (const piece of pieces) this.#lose(piece, 'another_text');
	}

	compare(
		items: readonly Item[],
		own: readonly Item[],
		draft: readonly WrittenProvision[],
		groups: readonly Group[],
	): void {
		const partner = new Map(groups.flatMap((group) => group.paragraphs.map((at) => [own[at] as Item, group] as const)));
		const leaving = new Map(
			groups.flatMap((group) => {
				const item = own[group.paragraphs[0] as number] as Item;
				return item.move !== null && group.paragraphs.length === 1 && group.provisions.length === 1
					? [[item.move, group] as const]
					: [];
			}),
		);
		const elsewhere = moved(groups.filter((group) => ![...leaving.values()].includes(group)));
		const done = new Set<Group>();
		for (const item of items) {
			if (item.joins) {
				const { author, day } = item.joins;
				this.#unplaced.push({ why: 'joined', op: 'removed', text: `¶ ${after(item.pieces).trim()}`, author, day });
			}
			const group = item.kind === 'landing' ? leaving.get(item.move ?? -1) : partner.get(item);
			if (!group) this.#fresh(item);
			else if (item.kind === 'landing')
				this.#move(draft[group.provisions[0] as number]?.id, { ...signed(item.pieces), tracked: true });
			else if (!done.has(group)) {
				done.add(group);
				const provisions = group.provisions.map((at) => draft[at] as WrittenProvision);
				const leaves = leaving.get(item.move ?? -1) === group;
				const away = leaves || elsewhere.has(group);
				if (!leaves && away) for (const { id } of provisions) this.#move(id, { ...NOBODY, tracked: false });
				this.#group(
					provisions,
					group.paragraphs.map((at) => own[at] as Item),
					leaves,
				);
				if (!away) this.#behind = provisions.at(-1)?.id ?? this.#behind;
			}
		}
		const here = new Set(groups.flatMap(({ provisions }) => provisions));
		draft.forEach((provision, at) => {
			const line = lineOf(provision);
			if (!here.has(at) && line.trim() !== '')
				this.#found.push({
					...NOTHING,
					kind: 'removed',
					provision: provision.id,
					before: line,
					...NOBODY,
					tracked: false,
				});
		});
	}

	/** What stands elsewhere is behind one that stays: the others may not be taken, or taken later. */
	#move(provision: string | undefined, by: Signed & Pick<Suggestion, 'tracked'>): void {
		if (provision !== undefined)
			this.#found.push({ ...NOTHING, kind: 'moved', provision, behind: this.#behind, ...by });
	}

	/** What the file makes of provisions that it has. */
	#group(provisions: readonly WrittenProvision[], items: readonly Item[], leaves: boolean): void {
		const [first] = items as [Item];
		const pieces = items.flatMap((item, n) => [...(n > 0 ? [BREAK] : []), ...item.pieces]);
		const counted = this.#counted(provisions, first);
		const { line, segments } = lineAndSegments(provisions, counted);
		const landed = leaves ? first.landed : null;
		const told = landed && oneLine(before(landed)) !== oneLine(before(pieces)) ? landed.map(settled) : landed;
		const { edits, anchors, lost } = laid(line, segments, told ?? pieces);
		for (const { why, text, ...by } of lost)
			this.#unplaced.push({ ...by, why, op: why === 'overtaken' ? why : 'removed', text: text.trim() });
		const sign = landed && told !== landed ? { ...signed(landed), tracked: true } : null;
		const gone = new Set<string>();
		for (const { id } of provisions) {
			const mine = edits.filter(({ segment }) => segment.provision === id);
			const whole = wholeOf(mine, segments, id);
			if (!whole) continue;
			gone.add(id);
			const provision = provisions.find((one) => one.id === id) as WrittenProvision;
			this.#found.push({ ...NOTHING, kind: 'removed', provision: id, before: lineOf(provision), ...whole, ...sign });
		}
		for (const { segment, ...edit } of edits) {
			if (gone.has(segment.provision)) continue;
			this.#found.push({ ...NOTHING, kind: 'words', ...placeOf(segment, line), ...edit, ...sign });
		}
		const leftAnchors = landed ? laid(line, segments, pieces).anchors : [];
		for (const { id, segment, at, before: on, quoted } of [...anchors, ...leftAnchors])
			this.#say(id, { ...placeOf(segment, line), at, before: on || quoted });
	}

	/** Whether Word counts the number of the first provision, so that it stands in no words. */
	#counted([provision]: readonly WrittenProvision[], { label, pieces }: Item): boolean {
		if (label === null) return false;
		const number = oneLine(provision?.number ?? '');
		if (number !== oneLine(label) && !this.#problems.some(({ code }) => code === 'automatic_numbers'))
			this.warn('automatic_numbers', `${label} / ${number}`);
		return number !== '' && !oneLine(before(pieces)).startsWith(number);
	}

	/** Words that the draft does not have. */
	#fresh(item: Item): void {
		const { kind, pieces, label } = item;
		for (const piece of pieces) {
			if (piece.op === 'overtaken') this.#lose(piece, 'overtaken');
			else if (piece.op === 'removed') this.#lose(piece, 'not_in_draft');
		}
		const words = after(pieces).trim();
		if (words !== '') {
			const own = kind === 'base' ? pieces.filter(({ op }) => op === 'added') : pieces;
			this.#found.push({
				...NOTHING,
				kind: 'added',
				provision: this.#behind,
				after: label === null ? words : `${label}\t${words}`,
				...signed(own),
				tracked: kind !== 'base',
			});
		}
		this.#comment(pieces);
	}

	/** Comments on what is no provision of the draft. */
	#comment(pieces: readonly FlatPiece[]): void {
		const quoted = new Map<string, string>();
		for (const { text, comments } of pieces) for (const id of comments) quoted.set(id, (quoted.get(id) ?? '') + text);
		for (const [id, on] of quoted) this.#say(id, { provision: this.#behind, before: on.trim() });
	}

	#say(id: string, place: Partial<Suggestion> & Pick<Suggestion, 'provision'>): void {
		const comment = this.#file.comments.find((one) => one.id === id);
		if (!comment || this.#said.has(id)) return;
		this.#said.add(id);
		const { text, author, day } = comment;
		this.#found.push({ ...NOTHING, kind: 'comment', ...place, after: text, author, day, tracked: true });
	}

	#lose({ op, text, author, day }: FlatPiece, why: Unplaced['why']): void {
		if (text.trim() !== '') this.#unplaced.push({ why, op, text: text.trim(), author, day });
	}
}

const BREAK: FlatPiece = { op: 'same', text: '\n', author: null, day: null, comments: [] };

/** A provision as a file has it: `(a)`, a tab, the heading, the words. */
export function lineOf(provision: WrittenProvision): string {
	return lineAndSegments([provision], false).line;
}

function lineAndSegments(
	provisions: readonly WrittenProvision[],
	counted: boolean,
): { line: string; segments: Segment[] } {
	let line = '';
	const segments: Segment[] = [];
	provisions.forEach(({ id, number, heading, asked, text }, at) => {
		if (at > 0) line += '\n';
		const put = (part: Segment['part'], words: string): void => {
			segments.push({ provision: id, part, start: line.length, end: line.length + words.length });
			line += words;
		};
		const hasNumber = number !== null && number !== '' && !(counted && at === 0);
		if (hasNumber) put('number', number);
		if (hasNumber) line += '\t';
		if (heading !== null && heading !== '') put('heading', heading);
		if (heading !== null && heading !== '' && (text !== '' || asked !== null)) line += headingGap(heading);
		if (asked !== null) line += `${asked} `;
		if (text !== '' || heading === null || heading === '') put('text', text);
	});
	return { line, segments };
}

function placeOf(
	{ provision, part, start, end }: Segment,
	line: string,
): Pick<Suggestion, 'provision' | 'part' | 'basis'> {
	return { provision, part, basis: line.slice(start, end) };
}

/** Who struck a provision whole; null where some of it stays, or several struck a part each. */
function wholeOf(
	edits: readonly Edit[],
	segments: readonly Segment[],
	id: string,
): (Signed & { tracked: boolean }) | null {
	const [first] = edits;
	if (
		!first ||
		edits.some(({ author, tracked, after }) => author !== first.author || tracked !== first.tracked || after !== '')
	)
		return null;
	const struck = edits.reduce((sum, { before }) => sum + before.length, 0);
	const all = segments
		.filter(({ provision }) => provision === id)
		.reduce((sum, { start, end }) => sum + end - start, 0);
	return struck === all ? { author: first.author, day: first.day, tracked: first.tracked } : null;
}

/** As what was tracked in it is taken. */
function settled(piece: FlatPiece): FlatPiece {
	const stays = piece.op === 'same' || piece.op === 'added';
	return { ...piece, op: 'same', text: stays ? piece.text : '' };
}

/** All who had a hand in it, and the last day. */
function signed(pieces: readonly FlatPiece[]): Signed {
	const by = pieces.filter(({ text }) => text.trim() !== '');
	const authors = [...new Set(by.flatMap(({ author }) => author ?? []))];
	const days = by.flatMap(({ day }) => day ?? []).sort();
	return { author: authors.join(', ') || null, day: days.at(-1) ?? null };
}

/** Groups that stand in another order than most. */
function moved(groups: readonly Group[]): ReadonlySet<Group> {
	const stayed = new Set(
		rising(
			Int32Array.from(groups, ({ provisions }) => provisions[0] as number),
			groups.length,
		),
	);
	return new Set(groups.filter((_, at) => !stayed.has(at)));
}
