import { Unreadable } from '#kernel/unreadable.ts';
import type { Problem } from '../provision.ts';
import type { Block, Run } from './block.ts';

/** How characters look where a reader stands; what is absent or null is off. */
export interface Look {
	readonly bold?: boolean;
	readonly italic?: boolean;
	readonly underline?: boolean;
	readonly strike?: boolean;
	readonly color?: string | null;
	readonly tracked?: 'added' | 'removed' | null;
}

/** What a reader can find odd; docs/library/problems.md says what each means for the person who checks. */
export const FORMAT_PROBLEMS = [
	'columns',
	'embedded_part',
	'encoding_guessed',
	'hidden_text',
	'line_numbers',
	'ocr_layer',
	'page_furniture',
	'page_without_words',
	'picture',
	'running_head',
	'set_apart',
	'tracked_changes',
	'white_text',
] as const;
export type FormatProblem = (typeof FORMAT_PROBLEMS)[number];

export type Shape = Partial<Omit<Block, 'runs'>>;

/** Where a reader puts what it finds, in reading order. */
export interface Gatherer {
	/** Characters of the block that is open; `\n` breaks a line inside it. */
	write(text: string, look?: Look): void;
	/** Closes the open block and keeps it, unless it holds nothing but space and has no label. */
	close(shape?: Shape): void;
	/** Takes the open block's runs away without keeping it: for cells, which become part of a row. */
	take(): Run[];
	/** Keeps a block made elsewhere. */
	keep(block: Block): void;
	problem(code: FormatProblem, detail: string, block?: number | null): void;
	/** Whether the open block holds something that is seen. */
	holds(): boolean;
	readonly blocks: readonly Block[];
	readonly problems: readonly Problem[];
}

/** The largest municipal code on record has some 12 million characters; more than this is not a policy. */
export const MAX_CHARACTERS = 20_000_000;
/** A code of that size has some 150,000 paragraphs. */
const MAX_BLOCKS = 300_000;
/** A block with more changes of look than this is made to hurt; a redline of a long paragraph has some 200. */
const MAX_RUNS = 1_500_000;
/** The person who checks an import reads these; more of one kind say nothing new. */
const MAX_OF_A_KIND = 200;
/** No page is wider: 20 inches. */
const INDENT_LIMIT = 1_440;
/** Tab stops stand half an inch apart where nobody moved them. */
const TAB_POINTS = 36;
const MOST_TABS = 12;

/** An empty gatherer. Throws Unreadable where more is put in than any policy holds. */
export function gatherer(): Gatherer {
	const blocks: Block[] = [];
	const problems: Problem[] = [];
	const kinds = new Map<FormatProblem, number>();
	let runs: Run[] = [];
	let pieces: string[] = [];
	let look: Look = {};
	let characters = 0;
	let kept = 0;

	function flush(): void {
		if (pieces.length === 0) return;
		runs.push(runOf(pieces.join(''), look));
		pieces = [];
	}
	function take(): Run[] {
		flush();
		const taken = trimmed(runs);
		runs = [];
		return taken;
	}
	function keep(block: Block): void {
		if (block.label === null && block.runs.every((run) => run.text.trim() === '')) return;
		kept += block.runs.length;
		if (blocks.length >= MAX_BLOCKS || kept > MAX_RUNS) throw tooMuch();
		blocks.push(block);
	}
	return {
		blocks,
		problems,
		write(text, next = {}) {
			const clean = cleaned(text);
			if (clean === '') return;
			characters += clean.length;
			if (characters > MAX_CHARACTERS || runs.length > MAX_RUNS) throw tooMuch();
			if (!alike(look, next)) {
				flush();
				look = next;
			}
			pieces.push(clean);
		},
		take,
		keep,
		close(shape = {}) {
			flush();
			const tabs = /^[\s\n]*?(\t+)/.exec(runs.find((run) => run.text !== '')?.text ?? '')?.[1]?.length ?? 0;
			keep(blockOf(take(), { ...shape, indent: (shape.indent ?? 0) + Math.min(tabs, MOST_TABS) * TAB_POINTS }));
		},
		holds: () => runs.length > 0 || pieces.some((piece) => piece.trim() !== ''),
		problem(code, detail, block = null) {
			const times = (kinds.get(code) ?? 0) + 1;
			kinds.set(code, times);
			if (times <= MAX_OF_A_KIND) problems.push({ code, block, detail });
		},
	};
}

/** A block with everything that is not given left at what a plain paragraph has. */
export function blockOf(runs: readonly Run[], shape: Shape = {}): Block {
	const indent = shape.indent ?? 0;
	return {
		runs,
		label: shape.label ?? null,
		indent: Number.isFinite(indent) ? Math.round(Math.max(-INDENT_LIMIT, Math.min(INDENT_LIMIT, indent)) * 10) / 10 : 0,
		heading: shape.heading ?? null,
		style: shape.style ? cleaned(shape.style).slice(0, 80) : null,
		role: shape.role ?? 'paragraph',
		page: shape.page ?? null,
	};
}

/** The words of runs, as one string. */
export function wordsOf(runs: readonly Run[]): string {
	return runs.map((run) => run.text).join('');
}

/** A row of a table from the runs of its cells: tabs between the cells, and none inside them. */
export function rowOf(cells: readonly (readonly Run[])[]): Run[] {
	const runs: Run[] = [];
	cells.forEach((cell, n) => {
		if (n > 0) runs.push({ text: '\t' });
		for (const run of cell) runs.push({ ...run, text: run.text.replaceAll('\t', ' ') });
	});
	return joined(runs);
}

/** Runs with neighbours that look alike made one. */
export function joined(runs: readonly Run[]): Run[] {
	const out: { run: Run; pieces: string[] }[] = [];
	for (const run of runs) {
		const last = out.at(-1);
		if (last && alike(last.run, run)) last.pieces.push(run.text);
		else out.push({ run, pieces: [run.text] });
	}
	return out.map(({ run, pieces }) => ({ ...run, text: pieces.join('') }));
}

/**
 * Characters that are no words: controls, byte order marks, soft hyphens, halves of characters, and what turns the
 * direction of a line, so that it reads otherwise than it is kept. Hard hyphens become plain ones.
 */
export function cleaned(text: string): string {
	if (!UNCLEAN.test(text)) return text;
	return text
		.replace(CONTROLS, '')
		.replace(/\r\n?|[\u2028\u2029\v\f]/g, '\n')
		.replaceAll('\u2011', '-')
		.toWellFormed();
}

const CONTROLS =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
	/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]/g;
const UNCLEAN =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
	/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u2011\u2028-\u202e\u2060\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]/;

function runOf(text: string, look: Look): Run {
	return {
		text,
		...(look.bold && { bold: true as const }),
		...(look.italic && { italic: true as const }),
		...(look.underline && { underline: true as const }),
		...(look.strike && { strike: true as const }),
		...(look.color && { color: look.color }),
		...(look.tracked && { tracked: look.tracked }),
	};
}

function alike(a: Look, b: Look): boolean {
	return (
		a === b ||
		(!a.bold === !b.bold &&
			!a.italic === !b.italic &&
			!a.underline === !b.underline &&
			!a.strike === !b.strike &&
			(a.color ?? null) === (b.color ?? null) &&
			(a.tracked ?? null) === (b.tracked ?? null))
	);
}

/** Without the line breaks and spaces before the first and behind the last words; tabs before the first stay out too. */
function trimmed(runs: readonly Run[]): Run[] {
	let from = 0;
	let to = runs.length;
	while (from < to && (runs[from] as Run).text.trim() === '') from++;
	while (to > from && (runs[to - 1] as Run).text.trim() === '') to--;
	return runs.slice(from, to).map((run, n, all) => {
		const left = n === 0 ? run.text.trimStart() : run.text;
		return { ...run, text: n === all.length - 1 ? left.trimEnd() : left };
	});
}

function tooMuch(): Unreadable {
	return new Unreadable(
		'too_large',
		'The file holds more words than any policy: offer its parts as files of their own.',
	);
}
