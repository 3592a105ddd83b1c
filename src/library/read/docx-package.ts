import { Unreadable } from '#kernel/unreadable.ts';
import { attribute, scan } from '#kernel/xml.ts';
import { type Entry, inflateEntry, zipEntries } from '#kernel/zip.ts';

/** The parts of a Word file. */
export interface Package {
	/** A part as text; null where there is none. */
	part(path: string): string | null;
	/** What a part refers to; the empty path is the file itself. */
	related(path: string): readonly Relation[];
	readonly names: readonly string[];
}

/** What a part of a Word file refers to, and by which id. */
export interface Relation {
	readonly id: string;
	/** Last word of what it is called in full: `header`, `styles`. */
	readonly type: string;
	readonly fullType: string;
	/** Path inside the file, or the address of what is outside. */
	readonly target: string;
	readonly outside: boolean;
}

/** The text of a code of 12 million characters takes some 60 MB as Word's XML. */
const MAX_PART = 120_000_000;
/** All parts that are read of one file. */
const MAX_TOTAL = 250_000_000;
/** Parts nest by tables in tables and frames in frames; Word itself gives up long before. */
export const MAX_NESTING = 300;

/** Opens a Word file. Throws Unreadable for what is no zip, is broken, or is beyond the bounds. */
export function openPackage(bytes: Uint8Array): Package {
	const entries = new Map<string, Entry>();
	for (const entry of zipEntries(bytes)) entries.set(entry.name.toLowerCase(), entry);
	let total = 0;
	function part(path: string): string | null {
		const entry = entries.get(path.toLowerCase());
		if (!entry) return null;
		total += entry.size;
		if (total > MAX_TOTAL)
			throw new Unreadable('too_large', 'The Word file is too large unpacked. Offer its parts as files of their own.');
		return xmlText(inflateEntry(bytes, entry, MAX_PART));
	}
	return {
		part,
		related(path) {
			const xml = part(relationsPath(path));
			return xml === null ? [] : readRelations(xml, path);
		},
		names: [...entries.keys()],
	};
}

/** Where a Word file says what a part of it refers to. */
export function relationsPath(path: string): string {
	const at = path.lastIndexOf('/') + 1;
	return `${path.slice(0, at)}_rels/${path.slice(at)}.rels`;
}

/** Reads what stands there for the part at a path. Throws Unreadable where it is not well-formed. */
export function readRelations(xml: string, path: string): readonly Relation[] {
	const folder = path.slice(0, path.lastIndexOf('/') + 1);
	const found: Relation[] = [];
	scan(xml, 'a list of relations', {
		open(name, attributes) {
			if (name !== 'Relationship') return;
			const said = (of: string) => attribute(attributes, of) ?? '';
			const outside = said('TargetMode') === 'External';
			found.push({
				id: said('Id'),
				type: said('Type').replace(/^.*\//, ''),
				fullType: said('Type'),
				target: outside ? said('Target') : resolved(folder, said('Target')),
				outside,
			});
		},
		close: () => undefined,
		text: () => undefined,
	});
	return found;
}

/** XML in the encoding its first bytes show; offices write UTF-8, a few tools UTF-16. */
function xmlText(bytes: Uint8Array): string {
	const [a, b] = bytes;
	if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return new TextDecoder('utf-16le').decode(bytes);
	if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return new TextDecoder('utf-16be').decode(bytes);
	return new TextDecoder().decode(bytes);
}

function resolved(folder: string, target: string): string {
	const parts = target.startsWith('/') ? [] : folder.split('/').filter(Boolean);
	for (const piece of target.split('/')) {
		if (piece === '..') parts.pop();
		else if (piece !== '' && piece !== '.') parts.push(piece);
	}
	return parts.join('/');
}
