import { strToU8, zipSync } from 'fflate';
import type { ListKind } from '#watch/list.ts';
import type { Model } from '#watch/model.ts';

/** What a cell holds. A string becomes a shared text, a number a number, null an empty styled cell. */
export type CellSpec =
	| string
	| number
	| boolean
	| null
	| { readonly error: string }
	| { readonly inline: string }
	/** Rich text in runs, with a phonetic reading that nobody should see. */
	| { readonly runs: readonly string[]; readonly phonetic?: string }
	| { readonly formula: string; readonly value: string }
	/** A text with a hyperlink relation. */
	| { readonly text: string; readonly href: string };

/** A row of a list in the list's own terms. What is left out is an empty cell. */
export interface RowSpec {
	readonly state?: CellSpec;
	readonly agency?: CellSpec;
	readonly type?: CellSpec;
	readonly county?: CellSpec;
	/** Printed as the lists print it; `support` says it otherwise. */
	readonly model?: Model;
	readonly support?: CellSpec;
	/** A day `2025-05-08` is written as a serial number in a cell of format 14; wrap it in `{ inline }` to have it as text. */
	readonly signed?: CellSpec;
	/** An address is written as the text "link" with a hyperlink. */
	readonly moa?: CellSpec;
	readonly addendum?: CellSpec;
	readonly hidden?: boolean;
}

export interface SheetSpec {
	readonly name?: string;
	readonly state?: 'visible' | 'hidden' | 'veryHidden';
	readonly cells: readonly (readonly CellSpec[])[];
	/** Numbers of hidden rows. */
	readonly hidden?: readonly number[];
}

export interface Packaging {
	/** dcterms:modified; null leaves it out. */
	readonly modified?: string | null;
	readonly created?: string | null;
	readonly from1904?: boolean;
	/** Namespace prefix of every element, such as `x`. */
	readonly prefix?: string;
	/** Leave out the r attributes of rows and cells. */
	readonly unreferenced?: boolean;
	/** Time of the zip's entries; the zip's own beginning, 1980, by default. */
	readonly zipped?: Date;
}

export interface WorkbookSpec extends Packaging {
	readonly kind: ListKind;
	readonly rows: readonly RowSpec[];
	/** Headers in their order, by the list's own names; the usual ones by default. */
	readonly columns?: readonly string[];
	/** Rows above the header. */
	readonly above?: readonly (readonly CellSpec[])[];
	/** Empty styled rows below the list. */
	readonly blankRows?: number;
}

export const MODIFIED = '2025-05-19T03:03:08Z';
const SUPPORT: Readonly<Record<Model, string>> = {
	TFM: 'Task Force Model',
	JEM: 'Jail Enforcement Model',
	WSO: 'Warrant Service Officer',
};
const PENDING = ['STATE', 'LAW ENFORCEMENT AGENCY', 'TYPE', 'COUNTY', 'SUPPORT TYPE'];
const PARTICIPATING = [...PENDING, 'SIGNED', 'MOA', 'ADDENDUM'];

/** The bytes of a list as ICE would publish it, from its rows. */
export function workbook({ kind, rows, columns, above = [], blankRows = 0, ...packaging }: WorkbookSpec): Uint8Array {
	const headers = columns ?? (kind === 'participating' ? PARTICIPATING : PENDING);
	const body = rows.map((row) => headers.map((header) => cellOf(row, header, packaging.from1904 ?? false)));
	const blank = Array.from({ length: blankRows }, () => headers.map(() => null));
	const first = above.length + 2;
	const hidden = rows.flatMap((row, i) => (row.hidden ? [first + i] : []));
	return workbookOf([{ cells: [...above, headers, ...body, ...blank], hidden }], packaging);
}

/** The bytes of a workbook with these sheets, whatever they hold. */
export function workbookOf(sheets: readonly SheetSpec[], packaging: Packaging = {}): Uint8Array {
	return zipOf(partsOf(sheets, packaging), packaging.zipped);
}

/** The parts of a workbook by name, for tests that damage one. */
export function partsOf(sheets: readonly SheetSpec[], packaging: Packaging = {}): Record<string, string> {
	const { modified = MODIFIED, created = null, from1904 = false } = packaging;
	const strings: string[] = [];
	const parts: Record<string, string> = {
		'[Content_Types].xml':
			'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
		'_rels/.rels': relationships([
			['rId1', 'officeDocument', 'xl/workbook.xml', false],
			['rId2', 'core-properties', 'docProps/core.xml', false],
		]),
		'docProps/core.xml': `<cp:coreProperties xmlns:cp="c" xmlns:dcterms="d">${[
			created === null ? '' : `<dcterms:created>${created}</dcterms:created>`,
			modified === null ? '' : `<dcterms:modified>${modified}</dcterms:modified>`,
		].join('')}</cp:coreProperties>`,
		'xl/_rels/workbook.xml.rels': relationships([
			...sheets.map((_, i) => [`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`, false] as const),
			['rId99', 'sharedStrings', 'sharedStrings.xml', false],
		]),
		'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns="m" xmlns:r="r"><workbookPr${from1904 ? ' date1904="1"' : ''}/><sheets>${sheets
			.map(
				({ name, state }, i) =>
					`<sheet name="${name ?? `Sheet${i + 1}`}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`,
			)
			.join('')}</sheets></workbook>`,
	};
	sheets.forEach((sheet, i) => {
		const links: string[] = [];
		parts[`xl/worksheets/sheet${i + 1}.xml`] = sheetXml(sheet, strings, links, packaging);
		if (links.length > 0) {
			parts[`xl/worksheets/_rels/sheet${i + 1}.xml.rels`] = relationships(
				links.map((href, n) => [`rId${n + 1}`, 'hyperlink', href, true] as const),
			);
		}
	});
	if (strings.length > 0) {
		parts['xl/sharedStrings.xml'] = prefixed(
			`<sst>${strings.map((text) => `<si>${text}</si>`).join('')}</sst>`,
			packaging,
		);
	}
	return parts;
}

/** A zip of texts. */
export function zipOf(parts: Readonly<Record<string, string | Uint8Array>>, mtime = new Date(1980, 0, 1)): Uint8Array {
	const bytes = Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]);
	return zipSync(Object.fromEntries(bytes), { mtime });
}

/** The serial number of a day in the 1900 date system. */
export function serialOf(day: string): number {
	return Math.round(Date.parse(day) / 86_400_000) + 25_569;
}

export function escapeXml(text: string): string {
	return text.replace(/[<>&"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

function cellOf(row: RowSpec, header: string, from1904: boolean): CellSpec {
	switch (header) {
		case 'STATE':
			return row.state ?? null;
		case 'LAW ENFORCEMENT AGENCY':
			return row.agency ?? null;
		case 'TYPE':
			return row.type ?? null;
		case 'COUNTY':
			return row.county ?? null;
		case 'SUPPORT TYPE':
			return row.support ?? (row.model ? SUPPORT[row.model] : null);
		case 'SIGNED':
			if (typeof row.signed !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(row.signed)) return row.signed ?? null;
			return serialOf(row.signed) - (from1904 ? 1_462 : 0);
		case 'MOA':
			return linked(row.moa);
		case 'ADDENDUM':
			return linked(row.addendum);
		default:
			return null;
	}
}

function linked(cell: CellSpec | undefined): CellSpec {
	return typeof cell === 'string' && cell.includes('://') ? { text: 'link', href: cell } : (cell ?? null);
}

function sheetXml({ cells, hidden = [] }: SheetSpec, strings: string[], links: string[], packaging: Packaging): string {
	const anchors: string[] = [];
	const rows = cells.map((row, i) => {
		const number = i + 1;
		const inner = row.map((cell, column) => {
			const ref = `${letters(column)}${number}`;
			if (typeof cell === 'object' && cell !== null && 'href' in cell) {
				anchors.push(`<hyperlink ref="${ref}" r:id="rId${links.push(cell.href)}"/>`);
			}
			return cellXml(cell, packaging.unreferenced ? '' : ` r="${ref}"`, strings);
		});
		const attributes = `${packaging.unreferenced ? '' : ` r="${number}"`}${hidden.includes(number) ? ' hidden="1"' : ''}`;
		return `<row${attributes}>${inner.join('')}</row>`;
	});
	const foot = anchors.length > 0 ? `<hyperlinks>${anchors.join('')}</hyperlinks>` : '';
	return `<?xml version="1.0"?>\n${prefixed(`<worksheet><sheetData>${rows.join('')}</sheetData>${foot}</worksheet>`, packaging)}`;
}

function cellXml(cell: CellSpec, ref: string, strings: string[]): string {
	if (cell === null) return `<c${ref} s="1"/>`;
	if (typeof cell === 'number') return `<c${ref} s="14"><v>${cell}</v></c>`;
	if (typeof cell === 'boolean') return `<c${ref} t="b"><v>${cell ? 1 : 0}</v></c>`;
	if (typeof cell === 'string') return shared(ref, textXml(cell), strings);
	if ('error' in cell) return `<c${ref} t="e"><v>${cell.error}</v></c>`;
	if ('inline' in cell) return `<c${ref} t="inlineStr"><is>${textXml(cell.inline)}</is></c>`;
	if ('formula' in cell) return `<c${ref} t="str"><f>${escapeXml(cell.formula)}</f><v>${escapeXml(cell.value)}</v></c>`;
	if ('href' in cell) return shared(ref, textXml(cell.text), strings);
	const reading = cell.phonetic ? `<rPh sb="0" eb="1">${textXml(cell.phonetic)}</rPh>` : '';
	return shared(ref, cell.runs.map((run) => `<r><rPr><b/></rPr>${textXml(run)}</r>`).join('') + reading, strings);
}

function shared(ref: string, xml: string, strings: string[]): string {
	const at = strings.indexOf(xml);
	return `<c${ref} t="s"><v>${at < 0 ? strings.push(xml) - 1 : at}</v></c>`;
}

function textXml(text: string): string {
	return `<t xml:space="preserve">${escapeXml(text)}</t>`;
}

function prefixed(xml: string, { prefix }: Packaging): string {
	return prefix ? xml.replace(/<(\/?)([a-zA-Z])/g, `<$1${prefix}:$2`) : xml;
}

function relationships(entries: readonly (readonly [string, string, string, boolean])[]): string {
	const rows = entries.map(([id, type, target, external]) => {
		const mode = external ? ' TargetMode="External"' : '';
		return `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/x/${type}" Target="${escapeXml(target)}"${mode}/>`;
	});
	return `<?xml version="1.0"?><Relationships xmlns="p">${rows.join('')}</Relationships>`;
}

function letters(column: number): string {
	return (
		(column >= 26 ? String.fromCharCode(64 + Math.floor(column / 26)) : '') + String.fromCharCode(65 + (column % 26))
	);
}
