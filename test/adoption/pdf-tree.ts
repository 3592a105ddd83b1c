import { at, type Dict, dictOf, got, isStream, listOf, operations, type Pdf, said, type Value } from './pdf-objects.ts';

/** An element of the structure. */
export interface Element {
	readonly dict: Dict;
	/** As the file has it, and as the standard knows it. */
	readonly role: string;
	readonly type: string;
	readonly parent: Element | null;
	readonly children: Element[];
	/** Marked stretches of pages: `page number:MCID`. */
	readonly marks: string[];
	/** Objects that it holds: annotations. */
	readonly held: number[];
}

/** Something drawn on a page: letters, or a line or area. */
export interface Drawn {
	readonly page: number;
	readonly what: 'letters' | 'shape';
	/** The marks around it, the outermost first. */
	readonly around: readonly Mark[];
	/** Of letters: the name of their typeface on the page, and their codes. */
	readonly face: string;
	readonly codes: readonly number[];
	/** Whether it stands out to the eye alone: in a colour, or aslant. */
	readonly marked: boolean;
}

export interface Mark {
	readonly tag: string;
	/** Null: an artifact, or a mark without a place in the structure. */
	readonly id: string | null;
}

export function pagesOf(pdf: Pdf): readonly Dict[] {
	const under = (node: Dict): readonly Dict[] =>
		node.get('Type') === '/Page' ? [node] : listOf(pdf, node.get('Kids')).flatMap((kid) => under(dictOf(pdf, kid)));
	return under(dictOf(pdf, at(pdf, pdf.trailer, 'Root', 'Pages')));
}

export function rootOf(pdf: Pdf): Dict {
	return dictOf(pdf, pdf.trailer.get('Root'));
}

/** What a role stands for in the standard; the role itself where its map runs in a circle or leads nowhere. */
export function typeOf(pdf: Pdf, role: string): string {
	const map = dictOf(pdf, at(pdf, rootOf(pdf), 'StructTreeRoot', 'RoleMap'));
	let type = role;
	for (let step = 0; step < 10 && map.has(type.slice(1)); step++) type = String(map.get(type.slice(1)));
	return type;
}

/** The structure, each element before what is in it. */
export function elementsOf(pdf: Pdf): readonly Element[] {
	const pages = pagesOf(pdf);
	const made: Element[] = [];
	const under = (value: Value, parent: Element | null): void => {
		const dict = dictOf(pdf, value);
		const role = String(dict.get('S'));
		const element: Element = { dict, role, type: typeOf(pdf, role), parent, children: [], marks: [], held: [] };
		made.push(element);
		parent?.children.push(element);
		for (const kid of listOf(pdf, dict.get('K'))) {
			const found = dictOf(pdf, kid);
			const [type, of] = [found.get('Type'), found.get('Pg') ?? dict.get('Pg')];
			const page = pages.indexOf(dictOf(pdf, of));
			if (typeof kid === 'number') element.marks.push(`${page}:${kid}`);
			else if (type === '/MCR') element.marks.push(`${page}:${found.get('MCID')}`);
			else if (type === '/OBJR') element.held.push((found.get('Obj') as { ref: number }).ref);
			else under(kid, element);
		}
	};
	for (const kid of listOf(pdf, at(pdf, rootOf(pdf), 'StructTreeRoot', 'K'))) under(kid, null);
	return made;
}

/** The elements around and including one, the innermost first. */
export function upwards(element: Element | null): readonly Element[] {
	return element === null ? [] : [element, ...upwards(element.parent)];
}

const SHAPES = /^(?:[SsFfBb]|[fBb]\*|sh|Do|EI)$/;
const LETTERS = /^(?:Tj|TJ|'|")$/;

/** Everything that is drawn on every page. Throws where marks or states are not closed as they were opened. */
export function drawnOn(pdf: Pdf): readonly Drawn[] {
	return pagesOf(pdf).flatMap((page, nth) => onPage(pdf, page, nth));
}

function onPage(pdf: Pdf, dict: Dict, page: number): readonly Drawn[] {
	const content = listOf(pdf, dict.get('Contents')).map((one) => got(pdf, one));
	const made: Drawn[] = [];
	const around: Mark[] = [];
	let state = { face: '', coloured: false };
	const kept: (typeof state)[] = [];
	let aslant = false;
	for (const { operator, operands } of content.flatMap((one) => (isStream(one) ? operations(one.bytes) : []))) {
		const last = operands.at(-1) ?? null;
		if (operator === 'q') kept.push(state);
		else if (operator === 'Q') state = kept.pop() ?? broken(page, 'Q without q');
		else if (operator === 'BMC' || operator === 'BDC') around.push(markOf(pdf, operands, page));
		else if (operator === 'EMC') around.pop() ?? broken(page, 'EMC without BDC');
		else if (operator === 'Tf') state = { ...state, face: String(operands[0]).slice(1) };
		else if (/^(?:scn?|SCN?|rg|RG|[gGkK])$/.test(operator))
			state = { ...state, coloured: operands.some((one) => typeof one === 'number' && one !== 0) };
		else if (operator === 'Tm') aslant = operands[2] !== 0;
		else if (LETTERS.test(operator)) {
			const codes = (Array.isArray(last) ? last : [last]).flatMap(codesIn);
			made.push({
				page,
				what: 'letters',
				around: [...around],
				face: state.face,
				codes,
				marked: state.coloured || aslant,
			});
		} else if (SHAPES.test(operator))
			made.push({ page, what: 'shape', around: [...around], face: '', codes: [], marked: true });
	}
	if (around.length > 0 || kept.length > 0) broken(page, 'marks or states are left open');
	return made;
}

function markOf(pdf: Pdf, [tag = null, properties]: readonly Value[], page: number): Mark {
	const id = dictOf(pdf, properties).get('MCID');
	return { tag: String(tag), id: id === undefined ? null : `${page}:${id}` };
}

/** Of typefaces with two bytes a letter. */
function codesIn(value: Value): readonly number[] {
	if (typeof value !== 'object' || value === null || !('words' in value)) return [];
	const bytes = Buffer.from(value.words, 'latin1');
	return Array.from({ length: bytes.length / 2 }, (_, nth) => bytes.readUInt16BE(nth * 2));
}

function broken(page: number, why: string): never {
	throw new Error(`Page ${page + 1}: ${why}.`);
}

/** A typeface of the file: what it says of each code, and what its own program says. */
export interface Face {
	readonly dict: Dict;
	readonly below: Dict;
	readonly descriptor: Dict;
	/** As the file says, in thousandths of the letter size. */
	readonly widths: ReadonlyMap<number, number>;
	/** As the embedded TrueType program says; empty where none is embedded. */
	readonly own: readonly number[];
	readonly unicode: ReadonlyMap<number, string>;
}

export function faceOf(pdf: Pdf, page: number, name: string): Face {
	const dict = dictOf(pdf, at(pdf, pagesOf(pdf)[page] as Dict, 'Resources', 'Font', name));
	const below = dictOf(pdf, listOf(pdf, dict.get('DescendantFonts'))[0]);
	const descriptor = dictOf(pdf, below.get('FontDescriptor'));
	const program = got(pdf, descriptor.get('FontFile2'));
	const map = got(pdf, dict.get('ToUnicode'));
	return {
		dict,
		below,
		descriptor,
		widths: widthsOf(listOf(pdf, below.get('W'))),
		own: isStream(program) ? advances(program.bytes) : [],
		unicode: isStream(map) ? unicodeOf(Buffer.from(map.bytes).toString('latin1')) : new Map(),
	};
}

function widthsOf(list: readonly Value[]): ReadonlyMap<number, number> {
	const made = new Map<number, number>();
	for (let nth = 0; nth < list.length; nth += 2) {
		const [from, row] = [Number(list[nth]), list[nth + 1]];
		if (Array.isArray(row)) for (const [more, wide] of row.entries()) made.set(from + more, Number(wide));
	}
	return made;
}

/** Advance widths of a TrueType program, in thousandths, from its tables `head`, `hhea`, `maxp` and `hmtx`. */
function advances(bytes: Uint8Array): readonly number[] {
	const view = Buffer.from(bytes);
	const tables = new Map(
		Array.from({ length: view.readUInt16BE(4) }, (_, nth) => {
			const entry = 12 + nth * 16;
			return [view.toString('latin1', entry, entry + 4), view.readUInt32BE(entry + 8)] as const;
		}),
	);
	const table = (name: string): number => tables.get(name) ?? broken(0, `the typeface has no ${name}`);
	const em = view.readUInt16BE(table('head') + 18);
	const [long, glyphs] = [view.readUInt16BE(table('hhea') + 34), view.readUInt16BE(table('maxp') + 4)];
	return Array.from(
		{ length: glyphs },
		(_, glyph) => (view.readUInt16BE(table('hmtx') + 4 * Math.min(glyph, long - 1)) * 1000) / em,
	);
}

/** The map of `bfchar` and `bfrange`. */
function unicodeOf(map: string): ReadonlyMap<number, string> {
	const made = new Map<number, string>();
	const letters = (hex: string): string => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex').swap16().toString('utf16le');
	for (const [, body = ''] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
		for (const [, code = '', to = ''] of body.matchAll(/<([^>]*)>\s*<([^>]*)>/g))
			made.set(Number.parseInt(code, 16), letters(to));
	for (const [, body = ''] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
		for (const [, from = '', , list = ''] of body.matchAll(/<([^>]*)>\s*<([^>]*)>\s*\[([^\]]*)\]/g))
			for (const [more, [, to = '']] of [...list.matchAll(/<([^>]*)>/g)].entries())
				made.set(Number.parseInt(from, 16) + more, letters(to));
	return made;
}

/** The words of an entry of a dictionary; null where there are none. */
export function wordsIn(pdf: Pdf, dict: Dict, name: string): string | null {
	return said(got(pdf, dict.get(name)));
}
