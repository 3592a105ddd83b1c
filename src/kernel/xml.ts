import { Unreadable } from './unreadable.ts';

/**
 * What a scan tells: local names without their prefix, attributes as they stand (ask `attribute`), texts unescaped; and of each
 * the stretch [from, to) of the document. A tag that closes itself is opened, and closed over no letters at its end.
 */
export interface Listener {
	open(name: string, attributes: string, from: number, to: number): void;
	close(name: string, from: number, to: number): void;
	text(text: string, from: number, to: number): void;
}

/** Sheets nest 8 deep; anything far beyond is made to hurt. Formats that nest deeper say so. */
const MAX_DEPTH = 64;

/**
 * Walks an XML document once, front to back, in time linear in its length, and throws Unreadable ('damaged') where it is
 * not well-formed. It is a subset of XML 1.0 that suffices for what offices and
 * parliaments write: a document type declaration is refused, so
 * there are no entities but the five that XML predefines and character references, and nothing is ever fetched.
 */
export function scan(xml: string, part: string, on: Listener, depth = MAX_DEPTH): void {
	const tags: string[] = [];
	const names: string[] = [];
	let at = 0;
	for (;;) {
		const from = xml.indexOf('<', at);
		if (from < 0) break;
		if (from > at && tags.length > 0) on.text(unescapeXml(xml.slice(at, from)), at, from);
		const mark = xml.charCodeAt(from + 1);
		if (mark === SLASH) {
			const tag = tags.pop();
			at = tag === undefined ? -1 : endOfClosing(xml, from + 2, tag);
			if (at < 0) throw broken(part, 'a tag is closed that was not open');
			on.close(names.pop() as string, from, at);
		} else if (mark === BANG) {
			at = skipDeclaration(xml, from, tags.length > 0, part, on);
		} else if (mark === QUESTION) {
			at = after(xml, '?>', from + 2, part);
		} else {
			const nameEnd = endOfName(xml, from + 1);
			const end = endOfTag(xml, nameEnd, part);
			const empty = xml.charCodeAt(end - 1) === SLASH;
			const tag = xml.slice(from + 1, nameEnd);
			const name = localName(tag);
			on.open(name, xml.slice(nameEnd, empty ? end - 1 : end), from, end + 1);
			if (empty) on.close(name, end + 1, end + 1);
			else if (tags.push(tag) > depth) throw broken(part, 'it is nested too deep');
			else names.push(name);
			at = end + 1;
		}
	}
	if (tags.length > 0) throw broken(part, 'it ends in the middle');
}

/** The value of an attribute by its local name, unescaped, from the attributes of one tag; null where it is absent. */
export function attribute(attributes: string, name: string): string | null {
	let at = 0;
	for (;;) {
		const equals = attributes.indexOf('=', at);
		if (equals < 0) return null;
		let nameEnd = equals;
		while (nameEnd > at && attributes.charCodeAt(nameEnd - 1) <= SPACE) nameEnd--;
		let from = equals + 1;
		while (attributes.charCodeAt(from) <= SPACE) from++;
		const quote = attributes.charCodeAt(from);
		if (quote !== DOUBLE && quote !== SINGLE) return null;
		const to = attributes.indexOf(quote === DOUBLE ? '"' : "'", from + 1);
		if (to < 0) return null;
		const nameFrom = nameEnd - name.length;
		if (attributes.startsWith(name, nameFrom) && (nameFrom <= at || isBoundary(attributes.charCodeAt(nameFrom - 1)))) {
			return unescapeXml(attributes.slice(from + 1, to));
		}
		at = to + 1;
	}
}

/** Replaces the predefined entities and character references. What XML does not allow becomes U+FFFD, an unknown entity stays as it stands. */
export function unescapeXml(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(/&(?:#(\d{1,8})|#[xX]([0-9a-fA-F]{1,8})|(lt|gt|amp|quot|apos));/g, (_, decimal, hex, name) =>
		name === undefined ? character(decimal ? Number(decimal) : Number.parseInt(hex, 16)) : (ENTITIES[name] as string),
	);
}

const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const GREATER = 0x3e;
const SPACE = 0x20;
const COLON = 0x3a;
const DOUBLE = 0x22;
const SINGLE = 0x27;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function character(code: number): string {
	const control = code < SPACE && code !== 9 && code !== 10 && code !== 13;
	const surrogate = code >= 0xd800 && code <= 0xdfff;
	if (control || surrogate || code === 0xfffe || code === 0xffff || code > 0x10ffff) return '\ufffd';
	return String.fromCodePoint(code);
}

function isBoundary(code: number): boolean {
	return code <= SPACE || code === COLON;
}

function skipDeclaration(xml: string, from: number, inside: boolean, part: string, on: Listener): number {
	if (xml.startsWith('<!--', from)) return after(xml, '-->', from + 4, part);
	if (xml.startsWith('<![CDATA[', from) && inside) {
		const end = after(xml, ']]>', from + 9, part);
		on.text(xml.slice(from + 9, end - 3), from, end);
		return end;
	}
	throw broken(part, 'it declares a document type, which no such file needs');
}

function after(xml: string, mark: string, from: number, part: string): number {
	const at = xml.indexOf(mark, from);
	if (at < 0) throw broken(part, 'it ends in the middle');
	return at + mark.length;
}

function endOfName(xml: string, from: number): number {
	let at = from;
	for (; at < xml.length; at++) {
		const code = xml.charCodeAt(at);
		if (code <= SPACE || code === GREATER || code === SLASH) break;
	}
	return at;
}

/** The place of the tag's `>`: one inside quotes does not count. */
function endOfTag(xml: string, from: number, part: string): number {
	for (let at = from; at < xml.length; at++) {
		const code = xml.charCodeAt(at);
		if (code === GREATER) return at;
		if (code === DOUBLE || code === SINGLE) {
			at = xml.indexOf(code === DOUBLE ? '"' : "'", at + 1);
			if (at < 0) break;
		}
	}
	throw broken(part, 'it ends in the middle');
}

/** The place behind the closing tag of `tag`, whose name begins at `from`; -1 where another one, or none, is closed there. */
function endOfClosing(xml: string, from: number, tag: string): number {
	if (!xml.startsWith(tag, from)) return -1;
	let at = from + tag.length;
	while (xml.charCodeAt(at) <= SPACE) at++;
	return xml.charCodeAt(at) === GREATER ? at + 1 : -1;
}

function localName(tag: string): string {
	const colon = tag.indexOf(':');
	return colon < 0 ? tag : tag.slice(colon + 1);
}

function broken(part: string, what: string): Unreadable {
	return new Unreadable(
		'damaged',
		`The file is damaged: ${part} is not well-formed, ${what}. Download the file again.`,
	);
}
