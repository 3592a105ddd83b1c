import { type Operation, worded } from '#concordance/redline.ts';
import { before, type FlatPiece } from './item.ts';
import type { Signed } from './revision.ts';

/** Number, heading or words of a provision, as a stretch [start, end) of a line. */
export interface Segment {
	readonly provision: string;
	readonly part: 'number' | 'heading' | 'text';
	readonly start: number;
	readonly end: number;
}

/** Words of a segment that give way to others. */
export interface Edit extends Signed {
	readonly segment: Segment;
	/** From the start of the segment. */
	readonly at: number;
	readonly before: string;
	readonly after: string;
	/** False where the file just reads otherwise. */
	readonly tracked: boolean;
}

/** A comment as far as it lies on a line. */
interface Anchor {
	readonly id: string;
	readonly segment: Segment;
	readonly at: number;
	readonly before: string;
	/** What it lies on, with what was put in and struck. */
	readonly quoted: string;
}

/** Words that the file strikes or passes over, and that the draft does not have. */
export interface Lost extends Signed {
	readonly why: 'not_in_draft' | 'overtaken';
	readonly text: string;
}

interface Step extends Signed {
	start: number;
	end: number;
	after: string;
	readonly tracked: boolean;
}

/** What a file makes of a stretch of the draft. */
interface Laid {
	readonly edits: readonly Edit[];
	readonly anchors: readonly Anchor[];
	readonly lost: readonly Lost[];
}

/**
 * Lays the stretches of a paragraph on a line of the draft: what was tracked, with whom and when, and where the file had other
 * words to begin with. Struck words and what was written beside them by the same person are one edit; edits never overlap, and
 * one that reaches over number, heading and words is cut there.
 */
export function laid(line: string, segments: readonly Segment[], pieces: readonly FlatPiece[]): Laid {
	const walk = walker(line, before(pieces));
	const steps: Step[] = [];
	const lost: Lost[] = [];
	const anchors = new Map<string, { start: number; end: number; quoted: string }>();
	const put = (step: Step): void => {
		const last = steps.at(-1);
		if (last && last.end === step.start && last.author === step.author && last.tracked === step.tracked) {
			last.end = step.end;
			last.after += step.after;
		} else steps.push({ ...step });
	};
	for (const { op, text, author, day, comments } of pieces) {
		const start = walk.at();
		if (op === 'overtaken') lost.push({ why: 'overtaken', text, author, day });
		else if (op === 'added') put({ start, end: start, after: text, author, day, tracked: true });
		else
			walk.read(text.length, {
				has(from, to) {
					if (op === 'removed') put({ start: from, end: to, after: '', author, day, tracked: true });
				},
				lacks(from, to) {
					put({ start: from, end: to, after: '', ...NOBODY });
				},
				other(words) {
					if (op === 'removed') lost.push({ why: 'not_in_draft', text: words, author, day });
					else put({ start: walk.at(), end: walk.at(), after: words, ...NOBODY });
				},
			});
		for (const id of comments) {
			const known = anchors.get(id);
			anchors.set(id, { start: known?.start ?? start, end: walk.at(), quoted: (known?.quoted ?? '') + text });
		}
	}
	walk.rest((from, to) => put({ start: from, end: to, after: '', ...NOBODY }));
	return {
		edits: steps.flatMap((step) => edits(step, line, segments)),
		anchors: [...anchors].map(([id, { start, end, quoted }]) => {
			const segment = mostOf(segments, start, end);
			const from = Math.max(start, segment.start);
			return {
				id,
				segment,
				at: Math.min(from, segment.end) - segment.start,
				before: line.slice(from, Math.min(Math.max(end, from), segment.end)),
				quoted,
			};
		}),
		lost: lost.filter(({ text }) => text.trim() !== ''),
	};
}

/** The segment with most of the words between two places; where there are none, the one behind them. */
function mostOf(segments: readonly Segment[], start: number, end: number): Segment {
	const held = (one: Segment) => Math.min(end, one.end) - Math.max(start, one.start);
	const behind = segments.find((one) => one.end > start) ?? (segments.at(-1) as Segment);
	return segments.reduce((best, one) => (held(one) > Math.max(0, held(best)) ? one : best), behind);
}

const NOBODY = { author: null, day: null, tracked: false } as const;

interface Steps {
	/** The line has what was read, here. */
	has(from: number, to: number): void;
	/** The line has words here that the file lacks. */
	lacks(from: number, to: number): void;
	/** The file has words that the line lacks. */
	other(words: string): void;
}

/** Goes along a line while the words of a file are read. */
function walker(line: string, words: string) {
	const operations: Operation[] = line === words ? [{ op: 'same', text: line, was: null }] : worded(line, words);
	const stretches = operations
		.flatMap((operation, at) => apart(operation, operations[at - 1], operations[at + 1]))
		.map(({ op, text, was }) => ({
			op,
			text,
			own: op === 'added' ? 0 : (was ?? text).length,
			file: op === 'removed' ? 0 : text.length,
		}));
	let [n, into, here] = [0, 0, 0];
	/** Where on the line the stretch began. */
	let began = 0;

	function step(): void {
		began += stretches[n]?.own ?? 0;
		here = began;
		n++;
		into = 0;
	}
	return {
		at: () => here,
		read(length: number, steps: Steps): void {
			for (let left = length; left > 0; ) {
				const stretch = stretches[n];
				if (!stretch) return;
				if (stretch.op === 'removed') {
					const from = here;
					step();
					steps.lacks(from, here);
					continue;
				}
				const count = Math.min(left, stretch.file - into);
				const from = here;
				const said = stretch.text.slice(into, into + count);
				into += count;
				left -= count;
				if (stretch.op === 'same') here = began + Math.min(into, stretch.own);
				if (into === stretch.file) step();
				if (stretch.op === 'same') steps.has(from, here);
				else steps.other(said);
			}
		},
		rest(lacks: Steps['lacks']): void {
			while (n < stretches.length) {
				const [stretch, from] = [stretches[n], here];
				step();
				if (stretch?.op === 'removed') lacks(from, here);
			}
		},
	};
}

/**
 * Space by itself: what is written in another way has another one before it, and what is struck and what is written for it have
 * the same, so that what was tracked behind that has its place.
 */
function apart(operation: Operation, last: Operation | undefined, next: Operation | undefined): Operation[] {
	const { op, text, was } = operation;
	if (op === 'same') {
		if (was === null) return [operation];
		const [now, old] = [space(text), space(was)];
		return [
			{ op, text: now, was: old },
			{ op, text: text.slice(now.length), was: was.slice(old.length) },
		];
	}
	const other =
		op === 'removed' && next?.op === 'added' ? next : op === 'added' && last?.op === 'removed' ? last : null;
	const both = other && space(text) === space(other.text) ? space(text) : '';
	const rest = { ...operation, text: text.slice(both.length) };
	return both === '' || op === 'added' ? [rest] : [{ op: 'same', text: both, was: null }, rest];
}

function space(words: string): string {
	return /^\s*/.exec(words)?.[0] ?? '';
}

/** A step cut where number, heading and words meet; what is written stands where the first words give way. */
function edits({ start, end, after, author, day, tracked }: Step, line: string, segments: readonly Segment[]): Edit[] {
	const touched = segments.filter((one) => one.start < end && one.end > start);
	const places = touched.length > 0 ? touched : [placeOf(start, after, line, segments)];
	const shares = shared(after, places);
	const made = places.flatMap((segment, n): Edit[] => {
		const [from, to] = [Math.max(start, segment.start), Math.min(end, segment.end)];
		const at = Math.max(0, Math.min(from, segment.end) - segment.start);
		const gone = from < to ? line.slice(from, to) : '';
		const share = unstopped(shares[n] ?? '', end > segment.end && stopAt(line, segment));
		const written = start < segment.start && gone === '' ? spacedOut(share, segment) : share;
		return [{ segment, at, before: gone, after: written, author, day, tracked }];
	});
	// Spaces alone, where nobody said so, are how a file was made.
	return made.filter(
		({ before, after }) => before !== after && (tracked ? before + after !== '' : (before + after).trim() !== ''),
	);
}

/** The segment that words belong to which are written between others. */
function placeOf(at: number, words: string, line: string, segments: readonly Segment[]): Segment {
	const inside = segments.findIndex((one) => one.start <= at && at <= one.end);
	const found = inside >= 0 ? inside : segments.findLastIndex((one) => one.end <= at);
	const segment = segments[Math.max(0, found)] as Segment;
	const next = segments[found + 1];
	// Behind a number with a space before them they are no part of it, nor behind the stop that ends a heading.
	const behind =
		segment.part === 'number'
			? at === segment.end && /^\s/.test(words)
			: at > segment.end && words.trim() !== '' && stopAt(line, segment);
	return behind && next && next.provision === segment.provision ? next : segment;
}

/** Whether a stop stands on the line behind a heading, which has none of its own. */
function stopAt(line: string, { part, end }: Segment): boolean {
	return part === 'heading' && line[end] === '.';
}

/** Words for a heading without a stop that stands behind it on the line. */
function unstopped(words: string, stopped: boolean): string {
	return stopped ? words.replace(/\.\s*$/, '') : words;
}

/** Words from behind a number as the first of what follows it: the space that parts them is on the other side now. */
function spacedOut(words: string, { start, end }: Segment): string {
	const own = words.trimStart();
	return start === end || /\s$/.test(own) ? own : `${own} `;
}

/** What is written over number, heading and words: a number ends at a tab, a heading at a stop; else all goes to the first. */
function shared(words: string, places: readonly Segment[]): string[] {
	const shares: string[] = [];
	let left = words;
	for (const { part } of places.slice(0, -1)) {
		const [own, space] = (part === 'number' ? /^[^\t]*(\t)/ : /^.*?[.:](\s+)(?=\S)/s).exec(left) ?? [];
		if (own === undefined || space === undefined) break;
		shares.push(own.slice(0, -space.length));
		left = left.slice(own.length);
	}
	return [...shares, left];
}
