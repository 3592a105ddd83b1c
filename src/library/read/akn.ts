import { Unreadable } from '#kernel/unreadable.ts';
import { attribute, scan } from '#kernel/xml.ts';
import type { ProvisionKind } from '../provision.ts';
import { isInline, kindOf, type Part, partOf, zoneOf } from './akn-kind.ts';
import type { Block, Blocks, Run } from './block.ts';
import { decodeUnknown } from './codepage.ts';
import { blockOf, cleaned, MAX_CHARACTERS } from './gather.ts';
import { signOfEId, signOfNumber, styleName, TITLE_STYLE, UNMARKED_STYLE } from './own-style.ts';

/** A code of fourteen levels that quotes another one nests some 90 deep; far beyond is made to hurt. */
const MAX_NESTING = 256;

interface Entry {
	readonly kind: ProvisionKind;
	readonly depth: number;
	readonly eId: string | null;
	readonly number: Run[];
	readonly heading: Run[];
	readonly text: Run[];
	/** Something lies in it: words that follow are a piece of their own. */
	opened: boolean;
	/** A paragraph ended: the next words stand apart. */
	ended: boolean;
	/** Rows of a table and cells of its last row so far. */
	rows: number;
	cells: number;
}

/** An open element. */
interface Frame {
	readonly entry: Entry | null;
	readonly part: Part | null;
	readonly op: 'added' | 'removed' | null;
	readonly zone: ProvisionKind | null;
	/** How many elements around it, and itself, hold words whose blanks count; how many are provisions. */
	readonly inline: number;
	readonly depth: number;
}

const OUTSIDE: Frame = { entry: null, part: null, op: null, zone: null, inline: 0, depth: 0 };

/**
 * Reads Akoma Ntoso 3.0, ours and others', into blocks whose styles say kind and level as the file does. `ins` and `del`
 * become tracked changes. Nothing outside the file is read. Throws Unreadable for what is not well-formed or holds more than
 * any policy.
 */
export function readAkn(bytes: Uint8Array): Blocks {
	const entries: Entry[] = [];
	const frames: Frame[] = [OUTSIDE];
	let title: string | null = null;
	let unmarked = false;
	let skipping = 0;
	let characters = 0;
	const here = (): Frame => frames.at(-1) as Frame;

	function add(kind: ProvisionKind, eId: string | null): Entry {
		const parts = { number: [], heading: [], text: [] };
		const made = { kind, depth: here().depth, eId, ...parts, opened: false, ended: false, rows: 0, cells: 0 };
		entries.push(made);
		return made;
	}

	/** Where words go that stand here: behind what lies in a provision they are a piece of their own. */
	function owner(part: Part): Entry {
		const { entry, zone, depth } = here();
		if (entry && (part !== 'text' || !entry.opened)) return entry;
		const kind = entry ? 'text' : (zone ?? 'text');
		const last = entries.at(-1);
		const goesOn = last && last.depth === depth && last.eId === null && last.kind === kind && !last.ended;
		return goesOn ? last : add(kind, null);
	}

	function write(value: string): void {
		const text = cleaned(value);
		characters += text.length;
		if (characters > MAX_CHARACTERS) {
			throw new Unreadable(
				'too_large',
				'The file holds more words than any policy: offer its parts as files of their own.',
			);
		}
		const { part, op } = here();
		const to = owner(part ?? 'text');
		const runs = to[part ?? 'text'];
		if (to.ended && part === null && runs.length > 0) runs.push({ text: ' ' });
		to.ended = false;
		runs.push(op === null ? { text } : { text, tracked: op });
	}

	function open(name: string, attributes: string): void {
		if (skipping > 0 || name === 'meta') {
			if (name === 'FRBRalias' && attribute(attributes, 'name') === 'title') title ??= attribute(attributes, 'value');
			if (name === 'library' && attribute(attributes, 'additions') === 'unmarked') unmarked = true;
			skipping++;
			return;
		}
		const outer = here();
		const inTable = outer.entry?.kind === 'table';
		if (inTable) lay(outer.entry as Entry, name);
		if (name === 'eol' || name === 'br') write(inTable ? '\n' : ' ');
		const kind = kindOf(name, attributes, inTable);
		if (kind !== null && outer.entry && name !== 'authorialNote') outer.entry.opened = true;
		const entry = kind === null ? outer.entry : add(kind, attribute(attributes, 'eId'));
		const fresh = kind !== null;
		frames.push({
			entry,
			part: partOf(name, attributes) ?? (fresh ? null : outer.part),
			op: name === 'ins' ? 'added' : name === 'del' ? 'removed' : fresh ? null : outer.op,
			zone: zoneOf(name) ?? outer.zone,
			inline: outer.inline + (isInline(name) ? 1 : 0),
			depth: outer.depth + (fresh ? 1 : 0),
		});
	}

	function close(name: string): void {
		if (skipping > 0) {
			skipping--;
			return;
		}
		frames.pop();
		const at = here().entry ?? entries.at(-1);
		if (at && at.kind !== 'table' && ['p', 'block', 'li', 'listIntroduction'].includes(name)) at.ended = true;
		const last = entries.at(-1);
		if (last && last !== at && last.eId === null && name === 'p') last.ended = true;
	}

	const on = {
		open,
		close,
		text(value: string) {
			if (skipping === 0 && (value.trim() !== '' || here().inline > 0)) write(value);
		},
	};
	scan(decodeUnknown(bytes).text.replace(/^\ufeff/, ''), 'the text', on, MAX_NESTING);
	const inside = { authors: [], comments: [], hidden: [], revisions: 0, properties: {} };
	return { format: 'akn', blocks: [...headOf(title, unmarked), ...blocksOf(entries)], inside, problems: [] };
}

/** Lines between the rows of a table, tabs between its cells. */
function lay(entry: Entry, name: string): void {
	if (name === 'tr') {
		if (entry.rows++ > 0) entry.text.push({ text: '\n' });
		entry.cells = 0;
	}
	if ((name === 'td' || name === 'th') && entry.cells++ > 0) entry.text.push({ text: '\t' });
}

/** What the file says of its text as a whole, as paragraphs that are no part of it. */
function headOf(title: string | null, unmarked: boolean): Block[] {
	const head: Block[] = title === null ? [] : [blockOf([{ text: cleaned(title) }], { style: TITLE_STYLE })];
	if (unmarked) head.push(blockOf([{ text: 'unmarked' }], { style: UNMARKED_STYLE }));
	return head;
}

function blocksOf(entries: readonly Entry[]): Block[] {
	const blocks: Block[] = [];
	let opens: Entry[] = [];
	for (const entry of entries) {
		opens = opens.filter(({ depth }) => depth < entry.depth);
		const { kind, depth, number } = entry;
		if (![number, entry.heading, entry.text].some(holds)) {
			opens.push(entry);
			continue;
		}
		const style = { kind, depth, numbered: holds(number), opens: opens.map((open) => open.kind), sign: signOf(entry) };
		opens = [];
		// Longer than what a gatherer keeps of a style's name, and no less ours.
		blocks.push({ ...blockOf(runsOf(entry)), style: styleName(style) });
	}
	return blocks;
}

function signOf({ eId, number }: Entry): string | null {
	const sign = eId === null ? '' : signOfEId(eId);
	const printed = number.map(({ text }) => text).join('');
	const counted = !holds(number) && /^\d+$/.test(sign);
	return counted || sign === '' || /\s/.test(sign) || sign === signOfNumber(printed) ? null : sign;
}

/** Number, tab, heading in bold, words. */
function runsOf({ kind, number, heading, text }: Entry): Run[] {
	const bold = heading.map((run): Run => ({ ...run, bold: true }));
	const runs: Run[] = holds(number) ? [...number.map(flat), { text: '\t' }] : [];
	if (holds(bold)) runs.push(...bold.map(flat), { text: ' ' });
	runs.push(...(kind === 'table' ? text : text.map(flat)));
	return runs;
}

function flat(run: Run): Run {
	return { ...run, text: run.text.replaceAll(/\s+/g, ' ') };
}

function holds(runs: readonly Run[]): boolean {
	return runs.some(({ text }) => text.trim() !== '');
}
