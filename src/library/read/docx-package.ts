import { Unreadable } from '#kernel/unreadable.ts';
import { attribute, scan } from '#kernel/xml.ts';
import { type Entry, inflateEntry, zipEntries } from '#kernel/zip.ts';

/** The parts of a Word file. */
export interface Package {
	/** A part as text; null where there is none. */
	part(path: string): string | null;
	/** What a part refers to: path inside the file by the last word of the relation's type, `header`, `styles`. */
	related(path: string): readonly { readonly type: string; readonly target: string; readonly outside: boolean }[];
	readonly names: readonly string[];
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
			const at = path.lastIndexOf('/') + 1;
			const folder = path.slice(0, at);
			const xml = part(`${folder}_rels/${path.slice(at)}.rels`);
			if (xml === null) return [];
			const found: { type: string; target: string; outside: boolean }[] = [];
			scan(xml, 'a list of relations', {
				open(name, attributes) {
					if (name !== 'Relationship') return;
					const outside = attribute(attributes, 'TargetMode') === 'External';
					const target = attribute(attributes, 'Target') ?? '';
					found.push({
						type: (attribute(attributes, 'Type') ?? '').replace(/^.*\//, ''),
						target: outside ? target : resolved(folder, target),
						outside,
					});
				},
				close: () => undefined,
				text: () => undefined,
			});
			return found;
		},
		names: [...entries.keys()],
	};
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
