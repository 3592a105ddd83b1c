import fc from 'fast-check';
import { lineOf, type WrittenProvision } from '#adoption/word/suggest.ts';
import type { Suggestion, Unplaced } from '#adoption/word/suggestion.ts';
import { standing, taken } from '#adoption/word/suggestion.ts';
import { makeDocx } from '../library/docx.ts';

export type Op = 'same' | 'added' | 'removed' | 'overtaken';

/** A stretch as somebody in Word makes it. */
export interface Typed {
	readonly op: Op;
	readonly text: string;
	readonly by?: string;
	/** When; left out: some day. */
	readonly date?: string;
	/** Ids of comments on it. */
	readonly on?: readonly string[];
	readonly move?: { readonly name: string; readonly way: 'from' | 'to' };
}

export interface TypedParagraph {
	readonly pieces: readonly Typed[];
	readonly mark?: 'added' | 'removed';
	readonly by?: string;
	readonly bookmark?: string | null;
}

export interface Remark {
	readonly id: string;
	readonly by: string;
	readonly text: string;
}

const DAY = '2026-11-20T10:15:00Z';
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const sign = (by = 'Ada', date = DAY) => `w:id="1" w:author="${escaped(by)}" w:date="${date}"`;

/** A Word file as counsel would send it. */
export function counselFile(paragraphs: readonly TypedParagraph[], remarks: readonly Remark[] = []): Uint8Array {
	const open = new Set<string>();
	/** By comment, the last piece that it is on, counted from 1. */
	const last = new Map<string, number>();
	paragraphs
		.flatMap(({ pieces }) => pieces)
		.forEach(({ on = [] }, n) => {
			for (const id of on) last.set(id, n + 1);
		});
	let at = 0;
	const body = paragraphs.map(({ pieces, mark, by, bookmark }, n) => {
		const marked = mark ? `<w:pPr><w:rPr><w:${mark === 'added' ? 'ins' : 'del'} ${sign(by)}/></w:rPr></w:pPr>` : '';
		const name = bookmark ? `<w:bookmarkStart w:id="${n}" w:name="${bookmark}"/><w:bookmarkEnd w:id="${n}"/>` : '';
		const inner = pieces.map((piece) => {
			at++;
			const starts = (piece.on ?? []).filter((id) => !open.has(id));
			for (const id of starts) open.add(id);
			const ends = (piece.on ?? []).filter((id) => (last.get(id) as number) <= at);
			return `${starts.map((id) => `<w:commentRangeStart w:id="${id}"/>`).join('')}${run(piece)}${ends
				.map((id) => `<w:commentRangeEnd w:id="${id}"/><w:r><w:commentReference w:id="${id}"/></w:r>`)
				.join('')}`;
		});
		return `<w:p>${marked}${name}${inner.join('')}</w:p>`;
	});
	const comments = remarks.map(
		({ id, by, text }) =>
			`<w:comment w:id="${id}" w:author="${by}" w:date="${DAY}"><w:p><w:r><w:t>${escaped(text)}</w:t></w:r></w:p></w:comment>`,
	);
	return makeDocx({ document: body.join(''), ...(remarks.length > 0 && { comments: comments.join('') }) });
}

function run({ op, text, by, date, move }: Typed): string {
	const runOf = (element: string) =>
		`<w:r>${text
			.split(/([\t\n])/)
			.filter((part) => part !== '')
			.map((part) =>
				part === '\t'
					? '<w:tab/>'
					: part === '\n'
						? '<w:br/>'
						: `<w:${element} xml:space="preserve">${escaped(part)}</w:${element}>`,
			)
			.join('')}</w:r>`;
	const own =
		op === 'same'
			? runOf(move?.way === 'from' ? 'delText' : 't')
			: op === 'added'
				? `<w:ins ${sign(by, date)}>${runOf('t')}</w:ins>`
				: op === 'removed'
					? `<w:del ${sign(by, date)}>${runOf('delText')}</w:del>`
					: `<w:ins ${sign(by)}><w:del ${sign('Ben')}>${runOf('delText')}</w:del></w:ins>`;
	if (!move) return own;
	const [tag, range] = move.way === 'from' ? ['moveFrom', 'moveFromRange'] : ['moveTo', 'moveToRange'];
	return `<w:${range}Start ${sign(by)} w:name="${move.name}"/><w:${tag} ${sign(by)}>${own}</w:${tag}><w:${range}End w:id="1"/>`;
}

/** The draft after some suggestions are taken, one after the other, and what is left of it all. */
export function withTaken(
	draft: readonly WrittenProvision[],
	suggestions: readonly Suggestion[],
	order: readonly number[],
): { draft: WrittenProvision[]; clashes: number } {
	let now = [...draft];
	let open = [...suggestions];
	let clashes = 0;
	for (const n of order) {
		const id = suggestions[n]?.id;
		const one = open.find((other) => other.id === id);
		if (!one) continue;
		open = open.filter((other) => other !== one);
		const ids = now.map((provision) => provision.id);
		const put = (provision: WrittenProvision, made: string | null) => {
			const found = standing(one, ids, open, made);
			now = now.filter((other) => other !== provision);
			now.splice(found.behind === null ? 0 : now.findIndex((other) => other.id === found.behind) + 1, 0, provision);
			open = [...found.others];
		};
		if (one.kind === 'words') {
			const at = now.findIndex((other) => other.id === one.provision);
			const provision = now[at];
			if (!provision || !one.part) continue;
			const made = taken(provision[one.part] ?? '', one, open);
			if (made.kind === 'clash') {
				clashes++;
				continue;
			}
			open = [...made.others];
			now[at] = { ...provision, [one.part]: made.words };
		} else if (one.kind === 'added')
			put(
				{ id: `new${one.id}`, number: null, heading: null, text: one.after, asked: null, bookmark: null },
				`new${one.id}`,
			);
		else if (one.kind === 'removed') {
			open = [...standing(one, ids, open, null).others];
			now = now.filter((other) => other.id !== one.provision);
		} else if (one.kind === 'moved') {
			const provision = now.find((other) => other.id === one.provision);
			if (provision) put(provision, null);
		}
	}
	return { draft: now, clashes };
}

/** The words of a draft in lines, spaces aside. */
export function linesOf(draft: readonly WrittenProvision[]): string[] {
	return draft.flatMap((provision) => lineOf(provision).split('\n').map(spaced)).filter((line) => line !== '');
}

/** Lines without the stops that end headings: one that lost its own gets another where it goes out. */
export function unstopped(lines: readonly string[]): string[] {
	return lines.map((line) => spaced(line.replaceAll('.', ''))).filter((line) => line !== '');
}

export function spaced(text: string): string {
	return text.replaceAll(/\s+/g, ' ').trim();
}

/** Suggestions and what has no place as lines to look at. */
export function told({
	suggestions,
	unplaced,
}: {
	suggestions: readonly Suggestion[];
	unplaced: readonly Unplaced[];
}): string[] {
	const by = ({ author, day }: { author: string | null; day: string | null }) => `${author ?? '-'} ${day ?? '-'}`;
	const shown = (text: string) => JSON.stringify(text);
	return [
		...suggestions.map((one) => {
			const where = one.part === null ? (one.provision ?? 'top') : `${one.provision}.${one.part}@${one.at}`;
			const to = one.kind === 'moved' ? ` behind ${one.behind ?? 'top'}` : '';
			const words = [one.before && `- ${shown(one.before)}`, one.after && `+ ${shown(one.after)}`]
				.filter(Boolean)
				.join('  ');
			return `${one.id} ${one.kind} ${where}${to}  ${words}  (${one.tracked ? by(one) : 'untracked'})`;
		}),
		...unplaced.map((one) => `? ${one.why} ${one.op}  ${shown(one.text)}  (${by(one)})`),
	];
}

/** A draft whose words are all different: what became of each can be counted. */
export const DRAFTS: fc.Arbitrary<WrittenProvision[]> = fc
	.array(
		fc.record({
			number: fc.boolean(),
			heading: fc.integer({ min: 0, max: 3 }),
			stopped: fc.boolean(),
			text: fc.integer({ min: 0, max: 14 }),
		}),
		{ minLength: 1, maxLength: 7 },
	)
	.map((shapes) => {
		let count = 0;
		const words = (n: number) => Array.from({ length: n }, () => `w${(count++).toString(36)}x`).join(' ');
		return shapes.map(({ number, heading, stopped, text }, at) => ({
			id: `p${at}`,
			number: number ? `(${at + 1})` : null,
			heading: heading > 0 ? words(heading) + (stopped ? '.' : '') : null,
			text: words(heading > 0 ? text : text + 1),
			asked: null,
			bookmark: `p${at}`,
		}));
	});

/** What somebody does to one paragraph. */
interface Deed {
	readonly whole: 'keep' | 'edit' | 'remove' | 'new after' | 'entered after' | 'divide' | 'join' | 'move';
	readonly steps: readonly {
		readonly deed: 'keep' | 'remove' | 'add' | 'replace' | 'overtaken';
		readonly by: string;
		readonly remark: boolean;
	}[];
	readonly by: string;
	readonly marked: boolean;
}

export const DEEDS: fc.Arbitrary<Deed[]> = fc.array(
	fc.record({
		whole: fc.constantFrom(
			...(['keep', 'edit', 'edit', 'edit', 'remove', 'new after', 'entered after', 'divide', 'join', 'move'] as const),
		),
		steps: fc.array(
			fc.record({
				deed: fc.constantFrom(...(['keep', 'keep', 'keep', 'remove', 'add', 'replace', 'overtaken'] as const)),
				by: fc.constantFrom('Ada', 'Ben'),
				remark: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
			}),
			{ minLength: 1, maxLength: 20 },
		),
		by: fc.constantFrom('Ada', 'Ben'),
		marked: fc.boolean(),
	}),
	{ minLength: 7, maxLength: 7 },
);

/** A file of the draft with deeds done to it. Words that are put in are `a1a`, `a2a`, …; remarks say `r1`, … */
export function edited(
	draft: readonly WrittenProvision[],
	deeds: readonly Deed[],
): { paragraphs: TypedParagraph[]; remarks: Remark[] } {
	const paragraphs: TypedParagraph[] = [];
	const remarks: Remark[] = [];
	const arriving: TypedParagraph[] = [];
	let count = 0;
	const fresh = () => `a${(count++).toString(36)}a`;
	draft.forEach((provision, at) => {
		const { whole, steps, by, marked } = deeds[at % deeds.length] as Deed;
		const line = lineOf(provision);
		const bookmark = marked ? provision.bookmark : null;
		const tokens = line.match(/\s|\S+/g) ?? [];
		const added = (): Typed => ({ op: 'added', text: `${fresh()} ${fresh()} ${fresh()}`, by });
		const plain: Typed[] = [{ op: 'same', text: line }];
		const isLast = at === draft.length - 1;
		if (whole === 'keep' || (whole === 'join' && isLast)) paragraphs.push({ pieces: plain, bookmark });
		else if (whole === 'edit')
			paragraphs.push({
				bookmark,
				pieces: tokens.flatMap((token, n): Typed[] => {
					const step = steps[n % steps.length] as Deed['steps'][number];
					const on: string[] = [];
					if (step.remark) {
						on.push(String(remarks.length));
						remarks.push({ id: String(remarks.length), by: step.by, text: `r${remarks.length}` });
					}
					if (/^\s$/.test(token)) return [{ op: 'same', text: token, on }];
					if (step.deed === 'remove') return [{ op: 'removed', text: token, by: step.by, on }];
					if (step.deed === 'add')
						return [
							{ op: 'same', text: token, on },
							{ op: 'added', text: ` ${fresh()}`, by: step.by },
						];
					if (step.deed === 'replace')
						return [
							{ op: 'removed', text: token, by: step.by, on },
							{ op: 'added', text: fresh(), by: step.by },
						];
					if (step.deed === 'overtaken')
						return [
							{ op: 'overtaken', text: fresh(), by: step.by },
							{ op: 'same', text: token, on },
						];
					return [{ op: 'same', text: token, on }];
				}),
			});
		else if (whole === 'remove')
			paragraphs.push({ pieces: [{ op: 'removed', text: line, by }], mark: 'removed', by, bookmark });
		else if (whole === 'new after')
			paragraphs.push({ pieces: plain, bookmark }, { pieces: [added()], mark: 'added', by });
		else if (whole === 'entered after')
			paragraphs.push({ pieces: plain, bookmark, mark: 'added', by }, { pieces: [added()] });
		else if (whole === 'divide') {
			const half = Math.ceil(tokens.length / 2);
			paragraphs.push(
				{ pieces: [{ op: 'same', text: tokens.slice(0, half).join('') }], mark: 'added', by, bookmark },
				{ pieces: [{ op: 'same', text: tokens.slice(half).join('') }] },
			);
		} else if (whole === 'join') paragraphs.push({ pieces: plain, bookmark, mark: 'removed', by });
		else {
			const name = `move${at}`;
			paragraphs.push({
				pieces: [{ op: 'same', text: line, by, move: { name, way: 'from' } }],
				mark: 'removed',
				by,
				bookmark,
			});
			arriving.push({ pieces: [{ op: 'same', text: line, by, move: { name, way: 'to' } }], mark: 'added', by });
		}
		if (at % 3 === 2) paragraphs.push(...arriving.splice(0));
	});
	paragraphs.push(...arriving);
	return { paragraphs, remarks };
}

/**
 * The text of a file before anything was tracked, or with all of it accepted, as Word reads it: lines, spaces aside. Ends of
 * paragraphs that were struck are `¶`.
 */
export function reading(paragraphs: readonly TypedParagraph[], which: 'before' | 'after'): string {
	let text = '';
	for (const { pieces, mark } of paragraphs) {
		for (const { op, text: words, move } of pieces) {
			const ops = [op, move?.way === 'from' ? 'removed' : move?.way === 'to' ? 'added' : 'same'];
			if (op === 'overtaken' || (ops.includes('added') && ops.includes('removed'))) continue;
			if (!ops.includes(which === 'before' ? 'added' : 'removed')) text += words;
		}
		if (mark !== (which === 'before' ? 'added' : 'removed')) text += '\n';
		else if (which === 'after') text += '¶';
	}
	return text;
}
