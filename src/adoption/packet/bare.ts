import { Unreadable } from '#kernel/unreadable.ts';
import { attribute, scan } from '#kernel/xml.ts';
import { inflateEntry, looksZipped, zipEntries } from '#kernel/zip.ts';
import { escaped } from '#library/export/markup.ts';
import { type Relation, readRelations, relationsPath } from '#library/read/docx-package.ts';
import { type BarePart, barePart, type Stripped } from './bare-part.ts';
import { bareImage } from './picture.ts';

/** Why a file is no template that can be used. Each has its words, `template.unfit.` and the name. */
export type Fault = {
	readonly why:
		| BarePart['unfit'][number]['why']
		| 'too_large'
		| 'no_word'
		| 'old_word'
		| 'damaged'
		| 'bomb'
		| 'slow'
		| 'macros'
		| 'linked'
		| 'picture'
		| 'no_fields'
		| 'crowded'
		| 'margin';
	/** A name out of the file or one of our fields, for show; empty where there is none. */
	readonly detail: string;
};

/** A Word file without what says who made it. */
export interface Bare {
	/** Parts by their path, in the order in which they are written: markup as text, pictures and typefaces as bytes. */
	readonly parts: ReadonlyMap<string, string | Uint8Array>;
	/** Path of the text, and of headers, footers and notes. */
	readonly main: string;
	readonly margins: readonly string[];
	/** Path of the styles; null where it has none. */
	readonly styles: string | null;
	readonly stripped: readonly Stripped[];
}

/** A template is a few pages and a seal. */
const LARGEST_TEMPLATE = 5_000_000;
/** Unpacked; a page of a template takes some 20 KB. */
const LARGEST_PART = 5_000_000;
const LARGEST_WHOLE = 30_000_000;
const MOST_PARTS = 400;

export const DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
const TEMPLATE_MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml';
/** Compound files: old Word files, and new ones that are encrypted. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];

/** Relations by the last word of their type: what the pages are made of. */
const KEPT: readonly string[] = [
	...['styles', 'numbering', 'settings', 'fontTable', 'theme'],
	...['header', 'footer', 'footnotes', 'endnotes', 'image', 'font'],
];
const MARGINS: readonly string[] = ['header', 'footer', 'footnotes', 'endnotes'];
/** What no page shows. */
const DROPPED: Readonly<Record<string, Stripped>> = {
	...{ comments: 'comments', commentsExtended: 'comments', commentsIds: 'comments', commentsExtensible: 'comments' },
	...{ people: 'comments', documenttasks: 'comments', customXml: 'data', glossaryDocument: 'data' },
	...{ recipientData: 'data', mailMergeSource: 'data', attachedTemplate: 'paths', printerSettings: 'paths' },
	...{ webSettings: 'data', stylesWithEffects: 'data', keyMapCustomizations: 'data', hyperlink: 'links' },
};

/** Opens a Word file and takes out what is no part of what it shows; or says everything that stands against its use. */
export function bare(bytes: Uint8Array): Bare | { readonly faults: readonly Fault[] } {
	const fault = (why: Fault['why'], detail = '') => ({ faults: [{ why, detail }] });
	if (bytes.length > LARGEST_TEMPLATE) return fault('too_large');
	if (COMPOUND.every((byte, at) => bytes[at] === byte)) return fault('old_word');
	if (!looksZipped(bytes)) return fault('no_word');
	try {
		return opened(bytes);
	} catch (cause) {
		if (!(cause instanceof Unreadable)) throw cause;
		const { code } = cause;
		return fault(code === 'zip_bomb' || code === 'too_large' ? 'bomb' : code === 'encrypted' ? 'old_word' : 'damaged');
	}
}

function opened(bytes: Uint8Array): Bare | { readonly faults: readonly Fault[] } {
	const files = unpacked(bytes);
	const faults: Fault[] = [];
	const stripped = new Set<Stripped>();
	const types = typesOf(files);
	if ([...files.keys()].some((name) => /vba(?:project|data)/i.test(name)) || types.macros)
		faults.push({ why: 'macros', detail: '' });
	const root = relations('', files).find(({ type, outside }) => type === 'officeDocument' && !outside);
	const main = root?.target ?? '';
	if (![MAIN, TEMPLATE_MAIN].includes(types.of(main)))
		return { faults: faults.length > 0 ? faults : [{ why: 'no_word', detail: '' }] };
	if (!files.has(main.toLowerCase())) throw new Unreadable('damaged', 'The Word file has no text.');
	const parts = new Map<string, string | Uint8Array>();
	const seen = new Set<string>();
	const margins: string[] = [];
	let styles: string | null = null;
	const queue = [{ path: main, kind: 'main' }];
	for (let next = queue.shift(); next; next = queue.shift()) {
		const { path, kind } = next;
		const name = path.toLowerCase();
		const file = files.get(name);
		if (!file || seen.has(name)) continue;
		seen.add(name);
		if (kind === 'image' || kind === 'font') {
			const kept = kind === 'image' ? bareImage(file) : file;
			if (!kept) faults.push({ why: 'picture', detail: path.replace(/^.*\//, '').slice(-40) });
			else if (kept.length < file.length) stripped.add('picture_data');
			parts.set(path, kept ?? file);
			continue;
		}
		const made = barePart(textOf(file), path);
		for (const one of made.stripped) stripped.add(one);
		faults.push(...made.unfit);
		parts.set(path, made.xml);
		if (MARGINS.includes(kind)) margins.push(path);
		if (kind === 'styles') styles ??= path;
		const [kept, named]: [Relation[], ReadonlySet<string>] = [[], quoted(made.xml)];
		for (const one of relations(path, files)) {
			// What no page refers to shows nothing: newer programs add such parts of their own.
			const shows = named.has(one.id) || KEPT.includes(one.type);
			const drop = DROPPED[one.type] ?? (shows ? null : one.outside ? 'links' : 'data');
			if (drop) stripped.add(drop);
			else if (one.outside) faults.push({ why: 'linked', detail: one.type.slice(0, 40) });
			else if (!KEPT.includes(one.type)) faults.push({ why: 'embedded', detail: one.type.slice(0, 40) });
			else {
				kept.push(one);
				queue.push({ path: one.target, kind: one.type });
			}
		}
		if (kept.length > 0) parts.set(relationsPath(path), relationsXml(kept));
	}
	if ([...files.keys()].some((name) => name.startsWith('docprops/'))) stripped.add('properties');
	if (faults.length > 0) return { faults: unique(faults) };
	const whole = new Map<string, string | Uint8Array>([
		['[Content_Types].xml', typesXml([...parts.keys()], main, types.of)],
		['_rels/.rels', relationsXml([{ id: 'r1', fullType: root?.fullType ?? '', target: main }])],
		...parts,
	]);
	return { parts: whole, main, margins, styles, stripped: [...stripped] };
}

/** Whatever stands between quotes, where a part names what it refers to. In time linear in its length. */
function quoted(xml: string): ReadonlySet<string> {
	return new Set(Array.from(xml.matchAll(/["']([^"'<>]+)(?=["'])/g), ([, word = '']) => word));
}

/** Files by their path in small letters: a package does not tell letters of two sizes apart. */
function unpacked(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
	const entries = zipEntries(bytes).filter(({ name }) => !name.endsWith('/'));
	const whole = entries.reduce((sum, { size }) => sum + size, 0);
	if (entries.length > MOST_PARTS || whole > LARGEST_WHOLE)
		throw new Unreadable('too_large', 'The Word file is too large unpacked.');
	const files = new Map<string, Uint8Array>();
	for (const entry of entries) {
		const name = entry.name.toLowerCase();
		if (files.has(name)) throw new Unreadable('damaged', 'The Word file has a part twice.');
		files.set(name, inflateEntry(bytes, entry, LARGEST_PART));
	}
	return files;
}

/** Markup in UTF-8, as every program writes it. */
function textOf(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		throw new Unreadable('damaged', 'A part of the Word file is not in UTF-8.');
	}
}

function typesOf(files: ReadonlyMap<string, Uint8Array>) {
	const [byPath, byEnding] = [new Map<string, string>(), new Map<string, string>()];
	const file = files.get('[content_types].xml');
	if (!file) throw new Unreadable('damaged', 'The file does not say what its parts are.');
	scan(textOf(file), 'the list of parts', {
		open(name, attributes) {
			const said = (of: string) => attribute(attributes, of) ?? '';
			if (name === 'Override') byPath.set(said('PartName').replace(/^\//, '').toLowerCase(), said('ContentType'));
			if (name === 'Default') byEnding.set(said('Extension').toLowerCase(), said('ContentType'));
		},
		close: () => undefined,
		text: () => undefined,
	});
	return {
		of: (path: string): string =>
			byPath.get(path.toLowerCase()) ?? byEnding.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase()) ?? '',
		macros: [...byPath.values(), ...byEnding.values()].some((type) => /macroEnabled|vba/i.test(type)),
	};
}

function relations(path: string, files: ReadonlyMap<string, Uint8Array>): readonly Relation[] {
	const file = files.get(relationsPath(path).toLowerCase());
	return file ? readRelations(textOf(file), path) : [];
}

/** A list of relations, in the order given. */
function relationsXml(relations: readonly Pick<Relation, 'id' | 'fullType' | 'target'>[]): string {
	const made = relations.map(
		({ id, fullType, target }) =>
			`<Relationship Id="${escaped(id)}" Type="${escaped(fullType)}" Target="/${escaped(target)}"/>`,
	);
	return `${DECLARED}<Relationships xmlns="${PACKAGE}/relationships">${made.join('')}</Relationships>`;
}

/** What each part is. A template of Word's becomes a document. */
function typesXml(paths: readonly string[], main: string, typeOf: (path: string) => string): string {
	const rels = 'application/vnd.openxmlformats-package.relationships+xml';
	const made = paths
		.filter((path) => !path.endsWith('.rels'))
		.map((path) => {
			const type = path === main ? MAIN : typeOf(path);
			return `<Override PartName="/${escaped(path)}" ContentType="${escaped(type)}"/>`;
		});
	return `${DECLARED}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="${rels}"/><Default Extension="xml" ContentType="application/xml"/>${made.join('')}</Types>`;
}

function unique(faults: readonly Fault[]): readonly Fault[] {
	return [...new Map(faults.map((one) => [`${one.why} ${one.detail}`, one])).values()];
}
