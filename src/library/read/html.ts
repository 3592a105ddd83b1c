import { Parser } from 'htmlparser2';
import { Unreadable } from '#kernel/unreadable.ts';
import type { Block, Blocks } from './block.ts';
import { decodeBytes, decodeUnknown } from './codepage.ts';
import { colourOfHex, isWhite } from './colour.ts';
import { blockOf, gatherer, type Look } from './gather.ts';
import { insideGatherer } from './inside.ts';
import { numeral } from './numeral.ts';
import { rowBlocks } from './rows.ts';

/** Pages nest some 40 elements; beyond this each end tag costs the parser too much. */
const MAX_DEPTH = 1_000;
/** A list lies half an inch deeper than what is around it. */
const LIST_POINTS = 36;
/** The charset stands in the first 1,024 bytes (HTML, 4.2.5.4). */
const META_BYTES = 1_024;

interface Open {
	readonly name: string;
	readonly look: Look;
	/** Words inside are not shown: `skip` drops them, `hide` tells of them. */
	readonly fate: 'show' | 'skip' | 'hide';
	readonly pre: boolean;
}

interface List {
	readonly format: string;
	next: number;
	readonly step: number;
}

/** Reads HTML as a browser shows it, without running or fetching anything. Throws Unreadable for what is made to hurt. */
export function readHtml(bytes: Uint8Array): Blocks {
	const { text, guessed } = decodeHtml(bytes);
	const read = htmlBlocks(text);
	if (!guessed) return read;
	const detail = 'The page does not say its encoding and is not UTF-8; it was read as Windows-1252.';
	return { ...read, problems: [{ code: 'encoding_guessed', block: null, detail }, ...read.problems] };
}

/** HTML that is decoded already, as blocks. */
export function htmlBlocks(html: string): Blocks {
	const out = gatherer();
	const inside = insideGatherer();
	const open: Open[] = [{ name: '', look: {}, fate: 'show', pre: false }];
	const lists: List[] = [];
	const cells: Block[][] = [];
	const rows: Block[][][] = [];
	let label: string | null = null;
	let space = true;
	let hidden = '';
	let title = '';
	let tracked = 0;

	const top = (): Open => open.at(-1) as Open;

	function write(text: string, look: Look): void {
		const words = top().pre ? text : text.replace(/[ \t\r\n\f]+/g, ' ');
		const shown = space && !top().pre ? words.replace(/^ /, '') : words;
		if (shown === '') return;
		space = /[ \n]$/.test(shown);
		out.write(shown, look);
	}

	function settle(): void {
		const words = out.take();
		space = true;
		if (hidden.trim() !== '') {
			inside.hide(hidden);
			out.problem('hidden_text', hidden.replace(/\s+/g, ' ').trim().slice(0, 200), out.blocks.length);
		}
		hidden = '';
		if (words.length === 0 && label === null) return;
		// An item's number waits for its words.
		if (words.length === 0) return;
		const tag = open.findLast(({ name }) => BLOCKS.has(name))?.name ?? null;
		const heading = /^h([1-6])$/.exec(open.findLast(({ name }) => /^h[1-6]$/.test(name))?.name ?? '')?.[1];
		place(
			blockOf(words, {
				label,
				indent: lists.length * LIST_POINTS,
				heading: heading ? Number(heading) : null,
				style: tag,
			}),
		);
		label = null;
	}

	function place(block: Block): void {
		const cell = cells.at(-1);
		if (cell) cell.push(block);
		else out.keep(block);
	}

	function enter(name: string, attributes: Readonly<Record<string, string>>): void {
		if (name === 'br') {
			if (top().fate === 'show') out.write('\n', top().look);
			space = true;
			return;
		}
		if (name === 'img' && top().fate === 'show')
			out.problem('picture', (attributes.alt || 'A picture stands here.').slice(0, 200), out.blocks.length);
		if (name === 'meta') meta(attributes);
		if (BLOCKS.has(name)) settle();
		if (name === 'ul' || name === 'ol') lists.push(listOf(name, attributes));
		if (name === 'li') label = labelOf(lists.at(-1), attributes);
		if (name === 'tr') rows.push([]);
		if (name === 'td' || name === 'th') cells.push([]);
		if ((name === 'ins' || name === 'del') && top().fate === 'show') {
			tracked++;
			inside.revise();
		}
		if (VOID.has(name)) return;
		if (open.length > MAX_DEPTH) throw new Unreadable('damaged', 'The page nests its parts too deep to be a text.');
		const around = top();
		const fate =
			around.fate !== 'show' ? around.fate : SKIPPED.has(name) ? 'skip' : isHidden(attributes) ? 'hide' : 'show';
		open.push({ name, look: looked(name, attributes, around.look), fate, pre: around.pre || name === 'pre' });
	}

	function leave(name: string): void {
		if (VOID.has(name)) return;
		if (BLOCKS.has(name)) settle();
		if (top().name === name && open.length > 1) open.pop();
		if (name === 'ul' || name === 'ol') lists.pop();
		if (name === 'li') label = null;
		if (name === 'td' || name === 'th') {
			const cell = cells.pop();
			if (cell) rows.at(-1)?.push(cell);
		}
		if (name === 'tr') for (const block of rowBlocks(rows.pop() ?? [])) place(block);
	}

	function meta(attributes: Readonly<Record<string, string>>): void {
		const name = (attributes.name ?? '').toLowerCase();
		if (name === 'author') inside.author(attributes.content ?? null);
		if (['author', 'generator', 'originator', 'description', 'keywords'].includes(name))
			inside.property(name, attributes.content ?? null);
	}

	const parser = new Parser(
		{
			onopentag: enter,
			onclosetag: leave,
			ontext(text) {
				const { fate, look, name } = top();
				if (name === 'title') title += text;
				if (fate === 'hide') hidden += text;
				if (fate !== 'show') return;
				if (isWhite(look.color ?? null) && text.trim() !== '') {
					inside.hide(text);
					out.problem('white_text', text.trim().slice(0, 200), out.blocks.length);
				}
				write(name === 'sup' ? raised(text) : text, look);
			},
			oncomment(text) {
				if (!/^\[(if|endif)/i.test(text.trim())) inside.comment(null, text);
			},
		},
		{ decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
	);
	parser.write(html);
	parser.end();
	settle();
	while (cells.length > 0) for (const block of cells.pop() ?? []) out.keep(block);
	inside.property('title', title);
	if (tracked > 0) out.problem('tracked_changes', `The page marks ${tracked} additions and removals.`);
	return { format: 'html', blocks: out.blocks, inside: inside.inside, problems: out.problems };
}

/** By its byte order mark, by what the page says of itself, or as UTF-8 or windows-1252. */
function decodeHtml(bytes: Uint8Array): { text: string; guessed: boolean } {
	const unknown = decodeUnknown(bytes);
	if (unknown.page.startsWith('utf-16')) return { text: unknown.text, guessed: false };
	const head = decodeBytes(bytes.subarray(0, META_BYTES), 'windows-1252');
	const said = /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})/i.exec(head)?.[1]?.toLowerCase();
	if (said === undefined || /^utf-?(8|16)/.test(said)) return { text: unknown.text, guessed: unknown.page !== 'utf-8' };
	return { text: decodeBytes(bytes, said), guessed: false };
}

function looked(name: string, attributes: Readonly<Record<string, string>>, around: Look): Look {
	let look = around;
	const set = (change: Look): void => {
		look = { ...look, ...change };
	};
	if (name === 'b' || name === 'strong' || name === 'th') set({ bold: true });
	if (name === 'i' || name === 'em') set({ italic: true });
	if (name === 'u') set({ underline: true });
	if (name === 's' || name === 'strike') set({ strike: true });
	if (name === 'ins') set({ tracked: 'added' });
	if (name === 'del') set({ tracked: 'removed' });
	if (name === 'font' && attributes.color) set({ color: colourOfHex(named(attributes.color)) });
	const style = (attributes.style ?? '').slice(0, 2_000).toLowerCase();
	if (style === '') return look;
	const decoration = /text-decoration(?:-line)?\s*:\s*([^;]*)/.exec(style)?.[1];
	if (decoration?.includes('underline')) set({ underline: true });
	if (decoration?.includes('line-through')) set({ strike: true });
	if (decoration?.includes('none')) set({ underline: false, strike: false });
	const weight = /font-weight\s*:\s*(\w+)/.exec(style)?.[1];
	if (weight) set({ bold: weight.startsWith('bold') || Number(weight) >= 600 });
	if (/font-style\s*:\s*italic/.test(style)) set({ italic: true });
	const color = /(?:^|[;\s])color\s*:\s*(#[0-9a-f]{3,6}|[a-z]+)/.exec(style)?.[1];
	if (color) set({ color: colourOfHex(named(color)) });
	return look;
}

function isHidden(attributes: Readonly<Record<string, string>>): boolean {
	const style = (attributes.style ?? '').slice(0, 2_000);
	return (
		attributes.hidden !== undefined || /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all/i.test(style)
	);
}

function listOf(name: string, attributes: Readonly<Record<string, string>>): List {
	if (name === 'ul') return { format: 'bullet', next: 1, step: 1 };
	const format = LIST_TYPES.get(attributes.type ?? '') ?? listStyle(attributes.style ?? '') ?? 'decimal';
	return { format, next: number(attributes.start) ?? 1, step: attributes.reversed === undefined ? 1 : -1 };
}

function labelOf(list: List | undefined, attributes: Readonly<Record<string, string>>): string | null {
	if (!list || list.format === 'bullet') return '•';
	const n = number(attributes.value) ?? list.next;
	list.next = n + list.step;
	return list.format === 'none' ? null : `${numeral(n, list.format)}.`;
}

function listStyle(style: string): string | null {
	const said =
		/list-style(?:-type)?\s*:\s*(lower-alpha|lower-latin|upper-alpha|upper-latin|lower-roman|upper-roman|none)/i.exec(
			style.slice(0, 2_000),
		)?.[1];
	return said === undefined ? null : (LIST_STYLES.get(said.toLowerCase()) ?? null);
}

function number(text: string | undefined): number | null {
	return text !== undefined && /^-?\d{1,6}$/.test(text.trim()) ? Number(text) : null;
}

/** A raised number is a mark of a note, and must not grow onto the number before it. */
function raised(text: string): string {
	return /^\s*\d{1,3}\s*$/.test(text) ? text.trim().replace(/\d/g, (digit) => RAISED[Number(digit)] as string) : text;
}

function named(colour: string): string {
	return NAMED.get(colour.trim().toLowerCase()) ?? colour;
}

const RAISED = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
const NAMED: ReadonlyMap<string, string> = new Map([
	['red', 'ff0000'],
	['blue', '0000ff'],
	['green', '008000'],
	['white', 'ffffff'],
	['purple', '800080'],
	['maroon', '800000'],
	['orange', 'ffa500'],
]);
const LIST_TYPES: ReadonlyMap<string, string> = new Map([
	['a', 'lowerLetter'],
	['A', 'upperLetter'],
	['i', 'lowerRoman'],
	['I', 'upperRoman'],
	['1', 'decimal'],
]);
const LIST_STYLES: ReadonlyMap<string, string> = new Map([
	['lower-alpha', 'lowerLetter'],
	['lower-latin', 'lowerLetter'],
	['upper-alpha', 'upperLetter'],
	['upper-latin', 'upperLetter'],
	['lower-roman', 'lowerRoman'],
	['upper-roman', 'upperRoman'],
	['none', 'none'],
]);
const VOID = new Set([
	'br',
	'img',
	'meta',
	'hr',
	'input',
	'link',
	'wbr',
	'area',
	'base',
	'col',
	'embed',
	'source',
	'track',
]);
const SKIPPED = new Set([
	...[
		'script',
		'style',
		'head',
		'title',
		'noscript',
		'template',
		'svg',
		'math',
		'iframe',
		'object',
		'select',
		'textarea',
	],
	...['button', 'nav', 'canvas', 'audio', 'video', 'dialog', 'datalist', 'noembed', 'noframes', 'xml'],
]);
const BLOCKS = new Set([
	...['p', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'ul', 'ol', 'dl', 'dt', 'dd', 'blockquote', 'pre', 'table'],
	...[
		'tr',
		'td',
		'th',
		'caption',
		'thead',
		'tbody',
		'tfoot',
		'section',
		'article',
		'header',
		'footer',
		'aside',
		'main',
	],
	...[
		'figure',
		'figcaption',
		'address',
		'center',
		'form',
		'fieldset',
		'legend',
		'hr',
		'body',
		'html',
		'details',
		'summary',
	],
]);
