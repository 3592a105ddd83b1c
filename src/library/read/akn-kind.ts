import { attribute } from '#kernel/xml.ts';
import { PROVISION_KINDS, type ProvisionKind } from '../provision.ts';

/** Elements that are a provision, by the kind they are kept as. */
const KINDS: Readonly<Record<string, ProvisionKind>> = {
	book: 'title',
	tome: 'title',
	title: 'title',
	subtitle: 'title',
	chapter: 'chapter',
	subchapter: 'part',
	article: 'article',
	part: 'part',
	subpart: 'part',
	division: 'part',
	section: 'section',
	rule: 'section',
	level: 'section',
	subrule: 'subsection',
	subsection: 'subsection',
	subdivision: 'subsection',
	paragraph: 'paragraph',
	subparagraph: 'subparagraph',
	clause: 'clause',
	subclause: 'item',
	point: 'item',
	indent: 'item',
	item: 'item',
	recital: 'recital',
	citation: 'recital',
	formula: 'formula',
	longTitle: 'preface',
	quotedStructure: 'quoted',
	wrapUp: 'wrapup',
	listWrapUp: 'wrapup',
	crossHeading: 'text',
	alinea: 'text',
	proviso: 'text',
	transitional: 'text',
	authorialNote: 'text',
	tblock: 'text',
};

/** What words that are in no provision are, by the part of the document they stand in. */
const ZONES: Readonly<Record<string, ProvisionKind>> = {
	coverPage: 'preface',
	preface: 'preface',
	preamble: 'preface',
	conclusions: 'conclusion',
};

/** Elements whose blanks are words; elsewhere they only lay out the file. */
const INLINE: ReadonlySet<string> = new Set([
	'p',
	'block',
	'num',
	'heading',
	'subheading',
	'crossHeading',
	'listIntroduction',
	'listWrapUp',
	'li',
	'caption',
]);

export type Part = 'number' | 'heading' | 'text';

/** The kind of the provision that an element is; null where it is none, or only holds one. */
export function kindOf(name: string, attributes: string, inTable: boolean): ProvisionKind | null {
	if (name === 'table') return inTable ? null : 'table';
	if (name !== 'hcontainer' && name !== 'container') return KINDS[name] ?? null;
	const given = attribute(attributes, 'name');
	if (given === 'quoted' || given === 'none') return null;
	return PROVISION_KINDS.find((kind) => kind === given) ?? 'text';
}

export function partOf(name: string, attributes: string): Part | null {
	if (name === 'num') return 'number';
	if (name === 'heading' || name === 'subheading') return 'heading';
	if (name !== 'inline') return null;
	const given = attribute(attributes, 'name');
	return given === 'num' ? 'number' : given === 'heading' ? 'heading' : null;
}

export function zoneOf(name: string): ProvisionKind | null {
	return ZONES[name] ?? null;
}

export function isInline(name: string): boolean {
	return INLINE.has(name);
}
