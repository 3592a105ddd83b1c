import { at, type Dict, dictOf, got, isStream, listOf, type Pdf, type Value } from './pdf-objects.ts';
import {
	type Drawn,
	drawnOn,
	type Element,
	elementsOf,
	type Face,
	faceOf,
	pagesOf,
	rootOf,
	upwards,
	wordsIn,
} from './pdf-tree.ts';

/**
 * What ISO 14289-1 (PDF/UA-1) asks of a file, as far as a machine can tell and as far as files of ours have it, by clause; the
 * machine's part of the Matterhorn Protocol. Each gives a sentence for every fault. The last two are our own.
 */
export const RULES = {
	'5 identification': function* (pdf) {
		if (!/xmlns:pdfuaid="http:\/\/www\.aiim\.org\/pdfua\/ns\/id\/"/.test(metadata(pdf)))
			yield 'its prefix is not bound';
		if (!/<pdfuaid:part>1<\/pdfuaid:part>/.test(metadata(pdf))) yield 'it does not say part 1';
	},
	'6.1 header': function* (pdf) {
		if (!/^%PDF-1\.[0-7]$/.test(pdf.header)) yield pdf.header;
	},
	'6.2 marked': function* (pdf) {
		if (at(pdf, rootOf(pdf), 'MarkInfo', 'Marked') !== true) yield 'it does not say that it is tagged';
	},
	'7.1 suspects': function* (pdf) {
		if (at(pdf, rootOf(pdf), 'MarkInfo', 'Suspects') === true) yield 'its tags are said to be doubtful';
	},
	'7.1 tagged or artifact': function* (_, { drawn, elements }) {
		const owned = new Set(elements.flatMap(({ marks }) => marks));
		for (const { page, what, around } of drawn) {
			const [artifact, tagged] = [around.some(isArtifact), around.some(({ id }) => id !== null && owned.has(id))];
			if (artifact === tagged) yield `page ${page + 1}: ${what} ${artifact ? 'both' : 'neither'}`;
		}
	},
	'7.1 roles': function* (pdf, { elements }) {
		const map = dictOf(pdf, at(pdf, rootOf(pdf), 'StructTreeRoot', 'RoleMap'));
		for (const name of map.keys()) if (STANDARD.has(`/${name}`)) yield `${name} is mapped, and stands for itself`;
		for (const { role, type } of elements) if (!STANDARD.has(type)) yield `${role} is no role`;
	},
	'7.1 title': function* (pdf) {
		const told = /<dc:title>\s*<rdf:Alt>\s*<rdf:li xml:lang="x-default">([^<>&]+)<\/rdf:li>/.exec(metadata(pdf))?.[1];
		if (!told?.trim()) yield 'the metadata has none';
		if (told !== wordsIn(pdf, dictOf(pdf, pdf.trailer.get('Info')), 'Title')) yield 'it is told in two ways';
		if (at(pdf, rootOf(pdf), 'ViewerPreferences', 'DisplayDocTitle') !== true) yield 'the name of the file is shown';
	},
	'7.1 tree': function* (pdf, { elements }) {
		const root = dictOf(pdf, at(pdf, rootOf(pdf), 'StructTreeRoot'));
		for (const { dict, role, parent } of elements)
			if (dictOf(pdf, dict.get('P')) !== (parent?.dict ?? root)) yield `${role} names another parent`;
		const owners = new Map<string, Dict>();
		for (const { dict, role, marks } of elements)
			for (const id of marks) {
				if (owners.has(id)) yield `${role} has ${id}, which has another owner`;
				owners.set(id, dict);
			}
		const rows = numbered(listOf(pdf, at(pdf, root, 'ParentTree', 'Nums')));
		for (const [nth, page] of pagesOf(pdf).entries()) {
			const row = listOf(pdf, rows.get(Number(page.get('StructParents'))));
			for (const [id, owner] of row.entries())
				if (owners.get(`${nth}:${id}`) === dictOf(pdf, owner)) owners.delete(`${nth}:${id}`);
		}
		for (const id of owners.keys()) yield `${id} is not in the tree of parents`;
	},
	'7.2 language': function* (pdf, { elements }) {
		const language = /^(?:en|es)(?:-[A-Z]{2})?$/;
		if (!language.test(wordsIn(pdf, rootOf(pdf), 'Lang') ?? '')) yield 'the file names none';
		for (const { dict, role } of elements)
			if (dict.has('Lang') && !language.test(wordsIn(pdf, dict, 'Lang') ?? ''))
				yield `${role} names none that there is`;
	},
	'7.2 nesting': function* (_, { elements }) {
		for (const { type, parent, children } of elements) {
			if (PARENTS[type]?.includes(parent?.type ?? '') === false) yield `${type} lies in ${parent?.type}`;
			for (const child of children)
				if (CHILDREN[type]?.includes(child.type) === false) yield `${type} holds ${child.type}`;
		}
	},
	'7.3 figures': function* (pdf, { elements }) {
		for (const { dict, type } of elements)
			if (/^\/(?:Figure|Formula)$/.test(type) && !spoken(pdf, dict)) yield `${type} has no words`;
	},
	'7.4 headings': function* (_, { elements }) {
		let depth = 0;
		for (const { type } of elements) {
			if (type === '/H') yield 'a heading without its level';
			const level = Number(/^\/H([1-6])$/.exec(type)?.[1] ?? 0);
			if (level > depth + 1) yield `H${level} after H${depth}`;
			depth = level || depth;
		}
	},
	'7.5 tables': function* (pdf, { elements }) {
		for (const { dict, type } of elements)
			if (type === '/TH' && !/^\/(?:Row|Column|Both)$/.test(String(dictOf(pdf, dict.get('A')).get('Scope'))))
				yield 'a head of a table does not say what it is the head of';
	},
	'7.9 notes': function* (pdf, { elements }) {
		const notes = elements.filter(({ type }) => type === '/Note');
		const ids = notes.map(({ dict }) => wordsIn(pdf, dict, 'ID'));
		if (ids.includes(null) || new Set(ids).size < ids.length) yield 'a note has no name of its own';
	},
	'7.10 to 7.20 nothing else': function* (pdf) {
		for (const name of ['OCProperties', 'AcroForm', 'OpenAction', 'AA', 'AF', 'Perms'])
			if (rootOf(pdf).has(name)) yield name;
		if (at(pdf, rootOf(pdf), 'Names', 'EmbeddedFiles') !== null) yield 'EmbeddedFiles';
		if (pdf.trailer.has('Encrypt')) yield 'Encrypt';
		for (const page of pagesOf(pdf)) if (dictOf(pdf, at(pdf, page, 'Resources', 'XObject')).size > 0) yield 'XObject';
	},
	'7.18 annotations': function* (pdf, { elements }) {
		for (const page of pagesOf(pdf)) {
			const all = listOf(pdf, page.get('Annots'));
			if (all.length > 0 && page.get('Tabs') !== '/S') yield 'the tab key does not follow the structure';
			for (const one of all) {
				const [dict, ref] = [dictOf(pdf, one), (one as { ref?: number }).ref];
				const owner = elements.find(({ held }) => ref !== undefined && held.includes(ref));
				if (!owner) yield 'one is not in the structure';
				else if (dict.get('Subtype') === '/Link' && owner.type !== '/Link') yield `a link lies in ${owner.type}`;
				if (!wordsIn(pdf, dict, 'Contents')) yield 'one has no words';
			}
		}
	},
	'7.21.3 composite typefaces': function* (_, { faces }) {
		for (const { face } of faces) {
			if (face.dict.get('Subtype') !== '/Type0' || face.dict.get('Encoding') !== '/Identity-H') yield 'not by glyph';
			if (face.below.get('CIDToGIDMap') !== '/Identity') yield 'codes are not glyphs';
		}
	},
	'7.21.4 embedded': function* (pdf, { faces }) {
		for (const { face, codes } of faces) {
			if (face.own.length === 0) yield `${face.dict.get('BaseFont')} is not embedded`;
			else for (const code of codes) if (code >= face.own.length) yield `glyph ${code} is missing`;
			const set = got(pdf, face.descriptor.get('CIDSet'));
			const listed = (glyph: number): boolean =>
				isStream(set) && ((set.bytes[glyph >> 3] ?? 0) & (0x80 >> (glyph & 7))) !== 0;
			for (const glyph of face.own.keys()) if (isStream(set) && !listed(glyph)) yield `its CIDSet lacks glyph ${glyph}`;
		}
	},
	'7.21.5 widths': function* (_, { faces }) {
		for (const { face, codes } of faces)
			for (const code of codes)
				if (Math.abs((face.widths.get(code) ?? 1000) - (face.own[code] ?? 0)) > 1) yield `glyph ${code} has two widths`;
	},
	'7.21.7 unicode': function* (_, { faces }) {
		for (const { face, codes } of faces)
			for (const code of codes)
				if (!/^[^\0\ufeff\ufffe]+$/.test(face.unicode.get(code) ?? '')) yield `glyph ${code} stands for nothing`;
	},
	'7.21.8 no .notdef': function* (_, { faces }) {
		for (const { codes } of faces) if (codes.has(0)) yield 'a letter is missing in its typeface';
	},
	'no empty element': function* (_, { elements }) {
		for (const { role, children, marks, held } of elements)
			if (children.length + marks.length + held.length === 0) yield role;
	},
	'what only the eye tells is said': function* (pdf, { drawn, elements }) {
		const owners = new Map(elements.flatMap((element) => element.marks.map((id) => [id, element] as const)));
		for (const { page, around, marked } of drawn) {
			if (!marked || around.some(isArtifact)) continue;
			const owner: Element | null = around.map(({ id }) => owners.get(id ?? '')).find((one) => one) ?? null;
			if (!upwards(owner).some(({ dict }) => spoken(pdf, dict))) yield `page ${page + 1}: a mark in ${owner?.role}`;
		}
	},
} as const satisfies Readonly<Record<string, (pdf: Pdf, whole: Whole) => Iterable<string>>>;
export type Rule = keyof typeof RULES;

/** What is read of a file once for all rules. */
interface Whole {
	readonly elements: readonly Element[];
	readonly drawn: readonly Drawn[];
	/** Typefaces by page, with the codes that are set in them. */
	readonly faces: readonly { readonly face: Face; readonly codes: ReadonlySet<number> }[];
}

/** Faults by rule, each told once. */
export function faults(pdf: Pdf): Readonly<Partial<Record<Rule, readonly string[]>>> {
	const drawn = drawnOn(pdf);
	const whole: Whole = { elements: elementsOf(pdf), drawn, faces: letters(pdf, drawn) };
	const found = Object.entries(RULES).map(([rule, look]) => [rule, [...new Set(look(pdf, whole))]] as const);
	return Object.fromEntries(found.filter(([, list]) => list.length > 0));
}

const STANDARD = new Set(
	`Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR
	TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form`
		.split(/\s+/)
		.map((name) => `/${name}`),
);
const ROWS = ['/TR', '/THead', '/TBody', '/TFoot'];
const PARENTS: Readonly<Record<string, readonly string[]>> = {
	'/TR': ['/Table', '/THead', '/TBody', '/TFoot'],
	...{ '/THead': ['/Table'], '/TBody': ['/Table'], '/TFoot': ['/Table'], '/TH': ['/TR'], '/TD': ['/TR'] },
	...{ '/LI': ['/L'], '/LBody': ['/LI'], '/TOCI': ['/TOC'] },
};
const CHILDREN: Readonly<Record<string, readonly string[]>> = {
	'/Table': [...ROWS, '/Caption'],
	...{ '/THead': ['/TR'], '/TBody': ['/TR'], '/TFoot': ['/TR'], '/TR': ['/TH', '/TD'] },
	...{ '/L': ['/L', '/LI', '/Caption'], '/LI': ['/Lbl', '/LBody'], '/TOC': ['/TOC', '/TOCI', '/Caption'] },
};

function metadata(pdf: Pdf): string {
	const found = at(pdf, rootOf(pdf), 'Metadata');
	return isStream(found) ? Buffer.from(found.bytes).toString('utf8') : '';
}

function isArtifact({ tag }: { readonly tag: string }): boolean {
	return tag === '/Artifact';
}

function spoken(pdf: Pdf, dict: Dict): boolean {
	return Boolean(wordsIn(pdf, dict, 'Alt')?.trim() || wordsIn(pdf, dict, 'ActualText')?.trim());
}

function numbered(list: readonly Value[]): ReadonlyMap<number, Value> {
	return new Map(list.flatMap((key, nth) => (nth % 2 === 0 ? [[Number(key), list[nth + 1] ?? null] as const] : [])));
}

function letters(pdf: Pdf, drawn: readonly Drawn[]): Whole['faces'] {
	const made = new Map<string, { face: Face; codes: Set<number> }>();
	for (const { page, what, face, codes } of drawn) {
		if (what !== 'letters') continue;
		const key = `${page} ${face}`;
		const row = made.get(key) ?? { face: faceOf(pdf, page, face), codes: new Set() };
		for (const code of codes) row.codes.add(code);
		made.set(key, row);
	}
	return [...made.values()];
}
