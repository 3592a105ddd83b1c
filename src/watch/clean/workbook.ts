import { strToU8, zipSync } from 'fflate';
import { type Entry, inflateEntry, zipEntries } from '#kernel/zip.ts';
import { decode } from '../read/workbook.ts';
import { withoutMailboxes } from './text.ts';

/** The texts of a list take 0.6 MB unpacked; pictures and other bytes are never unpacked. */
const MAX_UNPACKED = 32_000_000;
/** Parts made of text. All others are no part of a list and might hold anything: they come out empty. */
const TEXT_PART = /\.(xml|rels|vml)$/i;
/** Properties that an office adds (who it is shared with, how it is filed), and what an editor threw away inside the zip. */
const DROPPED_PART = /^(docProps\/custom\.xml$|customXml\/|\[trash\]\/)/i;
/** Where the parts above are announced: their types and the relations that lead to them. */
const ANNOUNCED =
	/<(?:\w+:)?(?:Override|Relationship)\b[^<>]*="(?:\.\.\/|\/)*(?:docProps\/custom\.xml|customXml\/[^"<>]*)"[^<>]*\/>/gi;

/** Elements that hold the names of people or offices, in whatever prefix. */
const NAMING_ELEMENTS =
	/(<((?:\w+:)?(?:creator|lastModifiedBy|author|Manager|Company|HyperlinkBase))(?:\s[^<>]*)?>)[^<]*(<\/\2>)/g;
/** Attributes that do: editors of a shared workbook, persons of threaded comments. */
const NAMING_ATTRIBUTES = /(\s(?:userName|displayName|userId|providerId|reservationPassword)=)("[^"<]*"|'[^'<]*')/g;
/** The folder that the workbook was last saved in, by which Excel finds its neighbours: it holds an account's name. */
const SAVED_IN = /<(\w+:)?absPath\b[^<>]*\/>/g;
const AUTHOR = /<(?:\w+:)?author(?:\s[^<>]*)?>([^<]+)<\//g;
/** A sheet has a handful. Where many more are named than could be looked for, nothing of the part is given out. */
const MOST_AUTHORS = 100;
/** A name that leads out of the folder somebody unpacks it in, or that no office gives a part. */
const STRANGE_NAME = /(^|\/)\.{1,2}(\/|$)|[\p{Cc}:]/u;

/**
 * A workbook as it was published, but for the names of people: mail wrappers give way to the addresses inside them,
 * mailboxes, authors and office properties are removed. Parts without any stay as they are, byte for byte, with the
 * times they had in the zip, so that the same bytes always give the same bytes. Throws Unreadable for a workbook that
 * is damaged or far larger than a list.
 */
export function cleanWorkbook(bytes: Uint8Array): Uint8Array {
	let budget = MAX_UNPACKED;
	const parts = zipEntries(bytes)
		.filter((entry) => !DROPPED_PART.test(nameOf(entry)) && !nameOf(entry).endsWith('/'))
		.filter((entry) => !STRANGE_NAME.test(nameOf(entry)))
		.map((entry): [string, [Uint8Array, { mtime: Date }]] => {
			const name = nameOf(entry);
			let part: Uint8Array = new Uint8Array();
			if (TEXT_PART.test(name)) {
				const whole = inflateEntry(bytes, entry, budget);
				budget -= whole.length;
				part = cleanPart(name, whole);
			}
			return [name, [part, { mtime: timeOf(entry) }]];
		});
	return zipSync(Object.fromEntries(parts));
}

function cleanPart(name: string, bytes: Uint8Array): Uint8Array {
	const before = decode(bytes, name);
	const named = new Set([...before.matchAll(AUTHOR)].map((found) => found[1] ?? ''));
	// Text in a writing that does not say which it is shows as letters with nothing between them: no rule would find a name.
	if (before.includes('\u0000') || named.size > MOST_AUTHORS) return new Uint8Array();
	let text = before
		.replace(ANNOUNCED, '')
		.replace(NAMING_ELEMENTS, '$1$3')
		.replace(NAMING_ATTRIBUTES, '$1""')
		.replace(SAVED_IN, '');
	// A comment begins with the name of whoever wrote it.
	for (const author of named) if (author.length > MEANT) text = text.replaceAll(author, '');
	text = withoutMailboxes(text);
	if (text === before) return bytes;
	return strToU8(text.replace(/^(<\?xml[^>]*encoding=["'])[\w-]+/, '$1UTF-8'));
}

/** Shorter names would take letters out of other words. */
const MEANT = 2;

function nameOf(entry: Entry): string {
	return entry.name.replaceAll('\\', '/').replace(/^\//, '');
}

/** The time as the zip has it. Zip times have no zone, and the packer writes the parts of a local date. */
function timeOf({ time }: Entry): Date {
	const from = new Date(Number.isNaN(time) ? ZIP_BEGINS : time);
	return new Date(
		from.getUTCFullYear(),
		from.getUTCMonth(),
		from.getUTCDate(),
		from.getUTCHours(),
		from.getUTCMinutes(),
		from.getUTCSeconds(),
	);
}

const ZIP_BEGINS = Date.UTC(1980, 0, 1);
