import { escaped } from '#library/export/markup.ts';
import { ADDED_COLOUR } from '#library/export/stretch.ts';
import type { Look } from '#library/redline/profile.ts';

/** Words that look alike. A tab in them leads from a hanging number to its words. */
export interface Run {
	readonly text: string;
	readonly bold?: boolean;
	/** How what is added or removed looks; null: it is neither. */
	readonly look?: Look | null;
}

/** A paragraph of a packet. */
export interface PacketParagraph {
	readonly runs: readonly Run[];
	/** How far it lies in from what stands at the field: 0 is as far in as that. */
	readonly level: number;
	/** The number hangs before the words. */
	readonly hangs?: boolean;
	readonly centred?: boolean;
	/** It stands on one page with what follows. */
	readonly heads?: boolean;
	/** It begins a page. */
	readonly turns?: boolean;
}

/** What a paragraph takes over from the place where it is put: markup as it stands there. */
export interface Setting {
	/** What tags begin with: `w:`. */
	readonly prefix: string;
	/** Inside of `<w:pPr>`, element by element. */
	readonly shape: readonly { readonly name: string; readonly xml: string }[];
	/** Inside of `<w:rPr>`, the same way. */
	readonly look: readonly { readonly name: string; readonly xml: string }[];
	/** How far in it lies, in twentieths of a point. */
	readonly left: number;
	/** Whether its style makes a list. */
	readonly counted: boolean;
}

/** Three eighths of an inch, in twentieths of a point: `(viii)` fits before its words. */
const STEP = 540;
/** No page is wide enough for more. */
const DEEPEST = 8;

/** Order of what `<w:pPr>` holds (ECMA-376, CT_PPrBase): Word calls a file damaged that has another. */
const ORDER: readonly string[] = [
	...['pStyle', 'keepNext', 'keepLines', 'pageBreakBefore', 'framePr', 'widowControl', 'numPr', 'suppressLineNumbers'],
	...['pBdr', 'shd', 'tabs', 'suppressAutoHyphens', 'kinsoku', 'wordWrap', 'overflowPunct', 'topLinePunct'],
	...['autoSpaceDE', 'autoSpaceDN', 'bidi', 'adjustRightInd', 'snapToGrid', 'spacing', 'ind', 'contextualSpacing'],
	...['mirrorIndents', 'suppressOverlap', 'jc', 'textDirection', 'textAlignment', 'textboxTightWrap', 'outlineLvl'],
	...['divId', 'cnfStyle', 'rPr', 'sectPr', 'pPrChange'],
];

/** A paragraph as the file has it; around its runs markup that has to stay, and properties of a section that ends with it. */
export function paragraphXml(
	one: PacketParagraph,
	{ prefix: w, shape, look, left, counted }: Setting,
	{
		before = '',
		behind = '',
		section = '',
	}: { readonly before?: string; readonly behind?: string; readonly section?: string } = {},
): string {
	const level = Math.min(one.level, DEEPEST);
	const [indent, hang] = [left + level * STEP, one.hangs ? STEP : 0];
	const own = [
		...(one.heads ? [{ name: 'keepNext', xml: `<${w}keepNext/>` }] : []),
		...(one.turns ? [{ name: 'pageBreakBefore', xml: `<${w}pageBreakBefore/>` }] : []),
		// A list that the style of the field makes would number every paragraph.
		...(counted
			? [{ name: 'numPr', xml: `<${w}numPr><${w}ilvl ${w}val="0"/><${w}numId ${w}val="0"/></${w}numPr>` }]
			: []),
		...(level > 0
			? [
					{
						name: 'ind',
						xml: `<${w}ind ${w}left="${indent}" ${hang > 0 ? `${w}hanging="${hang}"` : `${w}firstLine="0"`}/>`,
					},
				]
			: []),
		...(one.centred
			? [
					{ name: 'ind', xml: `<${w}ind ${w}left="0" ${w}firstLine="0"/>` },
					{ name: 'jc', xml: `<${w}jc ${w}val="center"/>` },
				]
			: []),
	];
	const kept = shape.filter(
		({ name }) => name !== 'sectPr' && name !== 'numPr' && !own.some((other) => other.name === name),
	);
	const all = [...kept, ...own].toSorted((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
	const inner = all.map(({ xml }) => xml).join('') + section;
	const pPr = inner === '' ? '' : `<${w}pPr>${inner}</${w}pPr>`;
	return `<${w}p>${pPr}${before}${one.runs.map((run) => runXml(run, w, look)).join('')}${behind}</${w}p>`;
}

function runXml({ text, bold = false, look = null }: Run, w: string, base: Setting['look']): string {
	const own = [
		...(bold ? [{ name: 'b', xml: `<${w}b/>` }] : []),
		...(look?.italic ? [{ name: 'i', xml: `<${w}i/>` }] : []),
		...(look?.strike ? [{ name: 'strike', xml: `<${w}strike/>` }] : []),
		...(look?.color ? [{ name: 'color', xml: `<${w}color ${w}val="${ADDED_COLOUR}"/>` }] : []),
		// Colour alone does not survive a printer: what is told by it is underlined too.
		...(look?.underline || look?.color ? [{ name: 'u', xml: `<${w}u ${w}val="single"/>` }] : []),
	];
	const kept = base.filter(({ name }) => !own.some((other) => other.name === name));
	const all = [...kept, ...own].map(({ xml }) => xml).join('');
	return `<${w}r>${all === '' ? '' : `<${w}rPr>${all}</${w}rPr>`}${wordsXml(text, w)}</${w}r>`;
}

/** Words with their tabs and line ends as elements. */
export function wordsXml(text: string, w: string): string {
	return text
		.split(/([\t\n])/)
		.filter((part) => part !== '')
		.map((part) => {
			if (part === '\t') return `<${w}tab/>`;
			return part === '\n' ? `<${w}br/>` : `<${w}t xml:space="preserve">${escaped(part)}</${w}t>`;
		})
		.join('');
}
