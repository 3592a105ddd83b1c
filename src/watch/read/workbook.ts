import { attribute, scan } from '#kernel/xml.ts';
import { type Entry, inflateEntry, zipEntries } from '#kernel/zip.ts';
import { type Cell, type Grid, readGrid, textCell } from './grid.ts';
import { Refused } from './refusal.ts';

/** An opened workbook: what is needed to read its sheets one after the other. */
export interface Workbook {
	/** Visible worksheets in the order of their tabs. */
	readonly sheets: readonly { readonly name: string; readonly part: string }[];
	/** Whether days are counted from 1904, as old Macintosh workbooks do. */
	readonly from1904: boolean;
	/** From the document properties; null where absent. */
	readonly modified: string | null;
	readonly created: string | null;
	/** Newest time in the zip, milliseconds of UTC; null where none is sane. */
	readonly newestEntry: number | null;
	/** Reads a sheet's cells. */
	grid(part: string): Grid;
	/** Targets of the sheet's external hyperlinks by relation id. */
	targets(part: string): ReadonlyMap<string, string>;
}

/** A list's workbook is .1 MB packed; this is what a mailbox lets through. */
const MAX_FILE = 20_000_000;
/** A list's parts take .6 MB unpacked. This is for all parts that are read together: the worst that fits takes a second. */
const MAX_UNPACKED = 16_000_000;
/** The spreadsheet format is of 2006: an older entry time is a placeholder (Excel writes 1980). */
const FORMAT_BORN = Date.UTC(2006, 0, 1);

/** Opens the bytes of an .xlsx; throws Refused where they are none, or damaged, encrypted or beyond the limits. */
export function openWorkbook(bytes: Uint8Array): Workbook {
	if (bytes.length > MAX_FILE)
		throw new Refused('too_large', `The file has ${bytes.length} bytes; a list stays far below ${MAX_FILE}.`);
	const all = zipEntries(bytes);
	const entries = index(all);
	let budget = MAX_UNPACKED;
	function read(part: string): string | null {
		const entry = entries.get(part.toLowerCase());
		if (!entry) return null;
		const whole = inflateEntry(bytes, entry, budget);
		budget -= whole.length;
		return decode(whole, part);
	}

	const root = relations(read('_rels/.rels'), '_rels/.rels', '');
	const main = root.find((r) => r.type === 'officeDocument')?.target ?? 'xl/workbook.xml';
	const xml = read(main);
	if (xml === null) throw notAWorkbook(entries);
	const links = relations(read(relationsOf(main)), relationsOf(main), main);
	const { tabs, from1904 } = readTabs(xml, main);
	const properties = read(root.find((r) => r.type === 'core-properties')?.target ?? 'docProps/core.xml');
	let strings: readonly (Cell | null)[] | null = null;
	return {
		sheets: tabs.flatMap(({ name, relation }) => {
			const link = links.find((r) => r.id === relation && r.type === 'worksheet');
			return link ? [{ name, part: link.target }] : [];
		}),
		from1904,
		...readProperties(properties),
		newestEntry: newest(all),
		grid(part) {
			if (strings === null) {
				const table = links.find((r) => r.type === 'sharedStrings')?.target ?? 'xl/sharedStrings.xml';
				strings = readStrings(read(table), table);
			}
			const sheet = read(part);
			if (sheet === null) throw new Refused('damaged', 'The workbook is damaged: a sheet that it names is not there.');
			return readGrid(sheet, part, strings);
		},
		targets(part) {
			const of = relations(read(relationsOf(part)), relationsOf(part), null);
			return new Map(of.filter((r) => r.type === 'hyperlink').map((r) => [r.id, r.target]));
		},
	};
}

function index(entries: readonly Entry[]): Map<string, Entry> {
	const byName = new Map<string, Entry>();
	for (const entry of entries) {
		const name = entry.name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase();
		if (byName.has(name)) {
			throw new Refused(
				'damaged',
				'The workbook holds the same part twice, so nobody can say which one counts. Download it again.',
			);
		}
		byName.set(name, entry);
	}
	return byName;
}

function notAWorkbook(entries: ReadonlyMap<string, Entry>): Refused {
	const kind = entries.has('word/document.xml')
		? 'a Word document'
		: entries.has('ppt/presentation.xml')
			? 'a presentation'
			: entries.has('content.xml')
				? 'an OpenDocument file'
				: 'a zip without a workbook in it';
	const old = entries.has('xl/workbook.bin');
	return old
		? new Refused('old_format', 'This is a binary workbook (.xlsb): save it as .xlsx and offer it again.')
		: new Refused('not_a_spreadsheet', `This is ${kind}, not an .xlsx workbook.`);
}

/** Text of a part: UTF-8 as nearly always, UTF-16 where the byte order mark says so. Throws Refused for bytes that are no text. */
export function decode(bytes: Uint8Array, part: string): string {
	const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
	const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8';
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		throw new Refused(
			'damaged',
			`The workbook is damaged: ${part} holds bytes that are no text. Download the file again.`,
		);
	}
}

interface Relation {
	readonly id: string;
	/** Last word of the type's address: it is the same in the transitional and the strict form of the format. */
	readonly type: string;
	/** Part name, or for external targets the address as it stands. */
	readonly target: string;
}

/** Relations of a part. With `source` null only external ones are wanted, else only parts of the package. */
function relations(xml: string | null, part: string, source: string | null): Relation[] {
	const found: Relation[] = [];
	if (xml === null) return found;
	scan(xml, part, {
		open(name, attributes) {
			if (name !== 'Relationship') return;
			const external = attribute(attributes, 'TargetMode') === 'External';
			if (external !== (source === null)) return;
			const type = attribute(attributes, 'Type') ?? '';
			const target = attribute(attributes, 'Target') ?? '';
			found.push({
				id: attribute(attributes, 'Id') ?? '',
				type: type.slice(type.lastIndexOf('/') + 1),
				target: source === null ? target : resolve(target, source),
			});
		},
		close() {},
		text() {},
	});
	return found;
}

function relationsOf(part: string): string {
	const slash = part.lastIndexOf('/') + 1;
	return `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
}

function resolve(target: string, source: string): string {
	const clean = target.replaceAll('\\', '/');
	const path = clean.startsWith('/') ? [] : source.split('/').slice(0, -1);
	for (const step of clean.split('/')) {
		if (step === '..') path.pop();
		else if (step !== '' && step !== '.') path.push(step);
	}
	return path.join('/');
}

function readTabs(xml: string, part: string) {
	const tabs: { name: string; relation: string }[] = [];
	let from1904 = false;
	scan(xml, part, {
		open(name, attributes) {
			if (name === 'sheet') {
				const state = attribute(attributes, 'state');
				if (state === 'hidden' || state === 'veryHidden') return;
				tabs.push({ name: attribute(attributes, 'name') ?? '', relation: attribute(attributes, 'id') ?? '' });
			} else if (name === 'workbookPr') {
				const flag = attribute(attributes, 'date1904');
				from1904 = flag === '1' || flag === 'true';
			}
		},
		close() {},
		text() {},
	});
	return { tabs, from1904 };
}

/** The table of shared texts as cells, made once for all that name them: rich text runs joined, phonetic readings left out. */
function readStrings(xml: string | null, part: string): (Cell | null)[] {
	const strings: (Cell | null)[] = [];
	if (xml === null) return strings;
	let text = '';
	let phonetic = false;
	let wanted = false;
	scan(xml, part, {
		open(name) {
			if (name === 'si') text = '';
			else if (name === 'rPh') phonetic = true;
			else if (name === 't') wanted = !phonetic;
		},
		text(piece) {
			if (wanted) text += piece;
		},
		close(name) {
			if (name === 'si') strings.push(textCell(text));
			else if (name === 'rPh') phonetic = false;
			else if (name === 't') wanted = false;
		},
	});
	return strings;
}

function readProperties(xml: string | null): { modified: string | null; created: string | null } {
	const found: { modified: string | null; created: string | null } = { modified: null, created: null };
	if (xml === null) return found;
	let into: 'modified' | 'created' | null = null;
	scan(xml, 'docProps/core.xml', {
		open(name) {
			into = name === 'modified' || name === 'created' ? name : null;
		},
		text(text) {
			if (into) found[into] = (found[into] ?? '') + text;
		},
		close() {
			into = null;
		},
	});
	return found;
}

function newest(entries: readonly Entry[]): number | null {
	let time = Number.NaN;
	for (const entry of entries) if (entry.time >= FORMAT_BORN && !(entry.time <= time)) time = entry.time;
	return Number.isNaN(time) ? null : time;
}
