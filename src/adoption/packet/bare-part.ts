import { attribute, scan } from '#kernel/xml.ts';
import { MAX_NESTING } from '#library/read/docx-package.ts';
import type { Span } from './story.ts';

/** What was taken out of a template, and is told to whoever sent it. */
export type Stripped = 'properties' | 'comments' | 'ids' | 'links' | 'hidden' | 'data' | 'paths' | 'picture_data';

/** Why a template cannot be used; `detail`: of which part or field, for show. */
export interface Unfit {
	readonly why: 'tracked' | 'embedded' | 'field';
	readonly detail: string;
}

/** A part of a Word file without what says who wrote it, and what stands against its use. */
export interface BarePart {
	readonly xml: string;
	readonly stripped: readonly Stripped[];
	readonly unfit: readonly Unfit[];
}

/** Elements that go, with all in them, and what that is called. */
const GONE: Readonly<Record<string, Stripped>> = {
	...{ commentRangeStart: 'comments', commentRangeEnd: 'comments', permStart: 'ids', permEnd: 'ids' },
	...{ rsids: 'ids', rsid: 'ids', docId: 'ids', docVars: 'data', dataBinding: 'data', mailMerge: 'data' },
	...{ attachedTemplate: 'paths', saveThroughXslt: 'paths', hlinkClick: 'links', hlinkHover: 'links' },
};
/** Runs with one of these go. */
const REMARKED: readonly string[] = ['commentReference', 'annotationRef'];
const TRACKED: readonly string[] = [
	...['ins', 'del', 'moveFrom', 'moveTo', 'rPrChange', 'pPrChange', 'sectPrChange', 'tblPrChange', 'tblGridChange'],
	...['tcPrChange', 'trPrChange', 'tblPrExChange', 'numberingChange', 'cellIns', 'cellDel', 'cellMerge'],
];
/** What would bring in another file, or a program. */
const EMBEDDED: readonly string[] = ['altChunk', 'subDoc', 'object', 'control', 'movie', 'OLEObject', 'oleObj'];
/** Fields of Word's that stay within the file; the others ask the computer, its user or another file. */
const FIELDS: readonly string[] = [
	...['PAGE', 'NUMPAGES', 'SECTION', 'SECTIONPAGES', 'TOC', 'TC', 'REF', 'PAGEREF', 'NOTEREF', 'STYLEREF', 'SEQ'],
	...['DATE', 'TIME', 'SYMBOL', 'EQ', 'QUOTE', 'ADVANCE', 'LISTNUM', 'XE', 'INDEX', '='],
	...['FORMTEXT', 'FORMCHECKBOX', 'FORMDROPDOWN'],
];
const IDS = /\s(?:\w+:)?(?:rsid\w*|paraId|textId)\s*=\s*(?:"[^"]*"|'[^']*')/g;
const PATHS =
	/\s(?:\w+:)?(?:descr|name|title|alt|href|src)\s*=\s*(?:"[^"]*(?:[A-Za-z]:\\|\\\\|file:)[^"]*"|'[^']*(?:[A-Za-z]:\\|\\\\|file:)[^']*')/g;
const HREF = /\shref\s*=\s*(?:"[^"]*"|'[^']*')/g;

/** Takes out of a part what is no part of what it shows. Throws `Unreadable` where it is not well-formed. */
export function barePart(dressed: string, part: string): BarePart {
	const stripped = new Set<Stripped>();
	const unfit: Unfit[] = [];
	const cut: Span[] = [];
	const xml = uncommented(dressed);
	const path: { readonly name: string; readonly from: number; readonly to: number; link: boolean }[] = [];
	const runs: { words: boolean; hidden: boolean; remark: boolean; field: boolean }[] = [];
	const codes: string[] = [];
	let [gone, code]: [number, boolean] = [0, false];
	const judge = (typed: string): void => {
		const [name = ''] = /\S+/.exec(typed) ?? [];
		const inside = /^\s*HYPERLINK\s+\\l\b/i.test(typed);
		if (name !== '' && !inside && !FIELDS.includes(name.replace(/^=.*/, '=').toUpperCase()))
			unfit.push({ why: 'field', detail: name.slice(0, 40) });
	};
	/** Takes attributes out, or their values alone where an element must have them. */
	const without = (attributes: string, from: number, which: RegExp, what: Stripped, values = false): void => {
		for (const { 0: text, index } of attributes.matchAll(which)) {
			stripped.add(what);
			const [start, end] = values ? [text.search(/["']/) + 1, text.length - 1] : [0, text.length];
			if (gone === 0) cut.push({ from: from + index + start, to: from + index + end });
		}
	};
	scan(
		xml,
		part,
		{
			open(name, attributes, from, to) {
				const run = runs.at(-1);
				const link = name === 'hyperlink' && attribute(attributes, 'id') !== null;
				path.push({ name, from, to, link });
				if (GONE[name]) gone++;
				if (name === 'r') runs.push({ words: false, hidden: false, remark: false, field: false });
				else if (run && name === 't') run.words = true;
				else if (run && REMARKED.includes(name)) run.remark = true;
				else if (run && name === 'vanish' && !/^(?:0|false|off)$/.test(attribute(attributes, 'val') ?? ''))
					run.hidden ||= path.at(-2)?.name === 'rPr' && path.at(-3)?.name === 'r';
				if (run && (name === 'fldChar' || name === 'instrText')) run.field = true;
				if (name === 'instrText') code = true;
				else if (name === 'fldSimple') judge(attribute(attributes, 'instr') ?? '');
				else if (name === 'fldChar') {
					const kind = attribute(attributes, 'fldCharType');
					if (kind === 'begin') codes.push('');
					else if (codes.length > 0) {
						judge(codes.at(-1) as string);
						if (kind === 'end') codes.pop();
						else codes[codes.length - 1] = '';
					}
				}
				if (TRACKED.includes(name)) unfit.push({ why: 'tracked', detail: '' });
				if (EMBEDDED.includes(name)) unfit.push({ why: 'embedded', detail: name });
				if (link) {
					stripped.add('links');
					if (gone === 0) cut.push({ from, to });
					return;
				}
				const at = xml.indexOf(attributes, from);
				if (attributes.length > 5) {
					without(attributes, at, IDS, 'ids');
					without(attributes, at, PATHS, 'paths', true);
					if (/^(?:shape|group|rect|line|oval|roundrect)/.test(name)) without(attributes, at, HREF, 'links');
				}
			},
			text(words) {
				if (code && codes.length > 0) codes[codes.length - 1] += words;
			},
			close(name, from, to) {
				const began = path.pop();
				const what = GONE[name];
				if (what && began) {
					gone--;
					stripped.add(what);
					if (gone === 0) cut.push({ from: began.from, to });
				}
				if (name === 'instrText') code = false;
				if (began?.link && gone === 0) cut.push({ from, to });
				if (name !== 'r') return;
				const run = runs.pop();
				if (!run || !began || gone > 0) return;
				const hides = run.hidden && run.words && !run.field;
				if (hides || run.remark) {
					stripped.add(hides ? 'hidden' : 'comments');
					cut.push({ from: began.from, to });
				}
			},
		},
		MAX_NESTING,
	);
	return { xml: cutOut(xml, cut), stripped: [...stripped], unfit };
}

/** Without remarks of the markup itself and instructions to programs; the first line stays. In time linear in its length. */
function uncommented(xml: string): string {
	const first = xml.startsWith('<?xml') ? xml.indexOf('?>') + 2 : 0;
	return xml.slice(0, first) + between(between(xml.slice(first), '<!--', '-->'), '<?', '?>');
}

/** Without every stretch from one sign to the next of another; one that does not end stays. */
function between(xml: string, open: string, close: string): string {
	let [made, at] = ['', 0];
	for (let from = xml.indexOf(open); from >= 0; from = xml.indexOf(open, at)) {
		const to = xml.indexOf(close, from + open.length);
		if (to < 0) break;
		made += xml.slice(at, from);
		at = to + close.length;
	}
	return made + xml.slice(at);
}

/** A text without stretches of it, which may lie in each other. */
function cutOut(xml: string, spans: readonly Span[]): string {
	let [made, at] = ['', 0];
	for (const { from, to } of spans.toSorted((one, other) => one.from - other.from || other.to - one.to)) {
		if (from < at) continue;
		made += xml.slice(at, from);
		at = to;
	}
	return made + xml.slice(at);
}
