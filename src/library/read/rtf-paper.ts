import type { Block, Blocks } from './block.ts';
import { isLinkBlue, isWhite } from './colour.ts';
import { blockOf, type Gatherer, gatherer, type Look, wordsOf } from './gather.ts';
import { insideGatherer } from './inside.ts';
import { rowBlocks } from './rows.ts';
import { type Font, rtfTables } from './rtf-tables.ts';
import { PROPERTY_NAMES, type SinkKind } from './rtf-words.ts';

/** How the words of an RTF group are shown. */
export interface Shown {
	readonly look: Look;
	readonly hidden: boolean;
	readonly para: Para;
}

/** Of a paragraph; distances in twentieths of a point. */
interface Para {
	readonly left: number;
	readonly first: number;
	readonly inTable: boolean;
	readonly style: number;
	readonly outline: number | null;
}

/** Collects the words of one destination. */
export interface Sink {
	readonly kind: SinkKind;
	/** The control word that opened it. */
	readonly word: string;
	readonly gather: Gatherer;
	/** Paragraphs of the open cell, cells of the open row. */
	cell: Block[];
	row: Block[][];
	label: string | null;
	/** Words stand in the open paragraph that are not tracked as removed. */
	stays: boolean;
	/** What stands behind the open paragraph: its notes and text boxes. */
	behind: Block[];
	link: boolean;
}

/** What is written while an RTF file is read. */
export interface Paper {
	readonly body: Sink;
	readonly plain: Shown;
	open(kind: SinkKind, word: string): Sink;
	/** A destination ends: its words go where they belong. */
	finish(sink: Sink, outer: Sink): void;
	write(text: string, state: Shown & { readonly sink: Sink }): void;
	paragraph(state: Shown & { readonly sink: Sink }): void;
	table(word: 'cell' | 'row' | 'nestcell' | 'nestrow', state: Shown & { readonly sink: Sink }): void;
	noteMark(sink: Sink): void;
	setting(sink: Sink, word: string, value: number | null): void;
	setPage(page: string): void;
	page(): string;
	font(n: number): Font | null;
	colour(n: number): string | null;
	reviser(n: number): void;
	picture(): void;
	embedded(): void;
	/** The end of the file, wherever it stands. */
	done(last: Shown): Blocks;
}

const PLAIN: Shown = {
	look: {},
	hidden: false,
	para: { left: 0, first: 0, inTable: false, style: 0, outline: null },
};
const TWIPS = 20;
/** Sinks whose words are words of the document. */
const TEXTS: readonly SinkKind[] = ['body', 'note', 'box'];

/** An empty paper. */
export function rtfPaper(): Paper {
	const inside = insideGatherer();
	const tables = rtfTables();
	const body = sinkOf('body', '');
	let page = 'windows-1252';
	let notes = 0;
	let hidden = '';
	let tracked: string | null = null;
	let commenter: string | null = null;
	const furniture = new Set<string>();

	function settleHidden(): void {
		if (hidden.trim() !== '') {
			inside.hide(hidden);
			body.gather.problem('hidden_text', hidden.trim().slice(0, 200));
		}
		hidden = '';
	}
	function keep(sink: Sink, blocks: readonly Block[]): void {
		for (const block of [...blocks, ...sink.behind]) sink.gather.keep(block);
		sink.behind = [];
	}
	function flushRow(sink: Sink): void {
		if (sink.cell.length > 0) sink.row.push(sink.cell);
		const cells = sink.row;
		sink.cell = [];
		sink.row = [];
		keep(sink, rowBlocks(cells));
	}
	function close(state: Shown & { readonly sink: Sink }): void {
		const { sink, para } = state;
		const words = sink.gather.take();
		const heading = tables.heading(para.style) ?? (para.outline !== null && para.outline < 9 ? para.outline + 1 : null);
		const indent = (sink.label === null ? para.left + para.first : para.left) / TWIPS;
		const style = tables.style(para.style);
		const block = blockOf(words, { label: sink.label, indent, heading: para.outline === 9 ? null : heading, style });
		const empty = words.length === 0 && sink.label === null;
		sink.label = null;
		sink.stays = false;
		if (para.inTable && sink.kind === 'body') {
			if (!empty) sink.cell.push(block);
			return;
		}
		if (sink.row.length > 0 || sink.cell.length > 0) flushRow(sink);
		keep(sink, empty ? [] : [block]);
	}
	return {
		body,
		plain: PLAIN,
		open: (kind, word) => sinkOf(kind, word),
		finish(sink, outer) {
			if (['fonts', 'colours', 'styles'].includes(sink.kind)) return;
			if (sink.kind === 'property') {
				const value = tables.moment(sink.word) ?? wordsOf(sink.gather.take());
				if (sink.word === 'author' || sink.word === 'operator' || sink.word === 'manager') inside.author(value);
				inside.property(PROPERTY_NAMES[sink.word] ?? sink.word, value);
				return;
			}
			if (sink.kind === 'instruction') {
				if (/^\s*HYPERLINK\b/i.test(wordsOf(sink.gather.take()))) outer.link = true;
				return;
			}
			if (sink.kind === 'label') {
				outer.label = wordsOf(sink.gather.take()).trim() || null;
				return;
			}
			if (sink.kind === 'author') {
				const name = wordsOf(sink.gather.take()).trim();
				if (sink.word === 'atnauthor') commenter = name;
				inside.author(name);
				return;
			}
			if (sink.kind === 'authors') {
				tables.authors(wordsOf(sink.gather.take()));
				return;
			}
			if (!['note', 'box', 'comment', 'furniture'].includes(sink.kind)) return;
			close({ ...PLAIN, sink });
			const words = sink.gather.blocks.map((block) => wordsOf(block.runs)).join('\n');
			if (sink.kind === 'comment') {
				inside.comment(commenter, words);
				commenter = null;
			} else if (sink.kind === 'furniture') {
				const shown = words.replace(/\s+/g, ' ').trim();
				if (/\p{L}/u.test(shown) && !furniture.has(shown)) {
					furniture.add(shown);
					body.gather.problem('page_furniture', shown.slice(0, 200));
				}
			} else if (sink.kind === 'box') {
				if (sink.gather.blocks.length > 0)
					body.gather.problem('set_apart', words.slice(0, 200), body.gather.blocks.length);
				outer.behind.push(...sink.gather.blocks);
			} else {
				outer.behind.push(
					...sink.gather.blocks.map((block, n) => ({
						...block,
						role: 'aside' as const,
						label: n === 0 ? (sink.label ?? block.label ?? String(++notes)) : block.label,
					})),
				);
			}
		},
		write(text, state) {
			const { sink } = state;
			if (sink.kind === 'skip') return;
			if (['fonts', 'colours', 'styles'].includes(sink.kind)) {
				tables.text(sink.kind, text);
				return;
			}
			if (!TEXTS.includes(sink.kind)) {
				sink.gather.write(text);
				return;
			}
			if (state.hidden) {
				hidden += text;
				return;
			}
			if (hidden !== '') settleHidden();
			const { look } = state;
			if (look.tracked && look.tracked !== tracked) inside.revise();
			tracked = look.tracked ?? null;
			if (isWhite(look.color ?? null) && text.trim() !== '') {
				inside.hide(text);
				body.gather.problem('white_text', text.slice(0, 200), body.gather.blocks.length);
			}
			if (look.tracked !== 'removed' && text.trim() !== '') sink.stays = true;
			sink.gather.write(text, sink.link && isLinkBlue(look.color ?? null) ? unlinked(look) : look);
		},
		paragraph(state) {
			if (!TEXTS.includes(state.sink.kind)) {
				if (state.sink.kind === 'comment' || state.sink.kind === 'furniture') close(state);
				return;
			}
			settleHidden();
			if (state.look.tracked === 'removed' && state.sink.stays) state.sink.gather.write('\n', { tracked: 'removed' });
			else close(state);
		},
		table(word, state) {
			const { sink } = state;
			if (!TEXTS.includes(sink.kind)) return;
			if (word === 'nestcell') sink.gather.write('\t');
			else if (word === 'nestrow') sink.gather.write('\n');
			else {
				close({ ...state, para: { ...state.para, inTable: true } });
				if (word === 'cell') {
					sink.row.push(sink.cell);
					sink.cell = [];
				} else flushRow(sink);
			}
		},
		noteMark(sink) {
			if (sink.kind === 'note') sink.label ??= String(++notes);
		},
		setting: (sink, word, value) => tables.setting(sink.kind, sink.word, word, value),
		setPage(name) {
			page = name;
		},
		page: () => page,
		font: tables.font,
		colour: tables.colour,
		reviser(n) {
			inside.author(tables.reviser(n));
		},
		picture: () => body.gather.problem('picture', 'A picture stands here.', body.gather.blocks.length),
		embedded: () => body.gather.problem('embedded_part', 'An object of another program is inside.'),
		done(last) {
			settleHidden();
			close({ ...last, sink: body });
			if (body.row.length > 0 || body.cell.length > 0) flushRow(body);
			const { revisions } = inside.inside;
			if (revisions > 0) body.gather.problem('tracked_changes', `The file holds ${revisions} tracked changes.`);
			return { format: 'rtf', blocks: body.gather.blocks, inside: inside.inside, problems: body.gather.problems };
		},
	};
}

function sinkOf(kind: SinkKind, word: string): Sink {
	return { kind, word, gather: gatherer(), cell: [], row: [], label: null, stays: false, behind: [], link: false };
}

function unlinked(look: Look): Look {
	return { ...look, underline: false, color: null };
}
