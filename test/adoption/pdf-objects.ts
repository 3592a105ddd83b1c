import { unzlibSync } from 'fflate';

/** An object of a PDF: names are `/Name`, words are bytes as Latin letters, a reference is the number of its object. */
export type Value = null | boolean | number | string | Words | Reference | Value[] | Dict | Stream;
export type Dict = Map<string, Value>;
export interface Words {
	readonly words: string;
}
export interface Reference {
	readonly ref: number;
}
export interface Stream {
	readonly dict: Dict;
	/** Unpacked. */
	bytes: Uint8Array;
}

/** A PDF as the objects in it, which may be changed. */
export interface Pdf {
	readonly header: string;
	readonly trailer: Dict;
	readonly objects: Map<number, Value>;
}

/** An operator of a drawing with what stands before it. */
export interface Operation {
	readonly operator: string;
	readonly operands: readonly Value[];
}

/**
 * Opens a PDF whose objects stand in one table of addresses, as pdfkit writes it; deflated streams are unpacked.
 * Throws where the table or an object is not as PDF 1.7 has it.
 */
export function opened(file: Uint8Array): Pdf {
	const raw = Buffer.from(file).toString('latin1');
	const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(raw)?.[1]);
	const table = /^xref\n0 (\d+)\n/.exec(raw.slice(start));
	if (!table) throw new Error('There is no table of objects where the end of the file says.');
	const objects = new Map<number, Value>();
	const first = start + table[0].length;
	for (let nth = 1; nth < Number(table[1]); nth++) {
		const [at, , kind] = raw.slice(first + nth * 20, first + nth * 20 + 18).split(' ');
		if (kind !== 'n') continue;
		const head = new RegExp(`^${nth} 0 obj\\s`).exec(raw.slice(Number(at), Number(at) + 20));
		if (!head) throw new Error(`Object ${nth} does not stand where the table says.`);
		objects.set(nth, object(raw, Number(at) + head[0].length));
	}
	const trailer = reader(raw, raw.indexOf('trailer', start) + 'trailer'.length).value();
	if (!(trailer instanceof Map)) throw new Error('There is no trailer.');
	return { header: raw.slice(0, raw.indexOf('\n')), trailer, objects };
}

/** What a value stands for: the object where it is a reference. */
export function got({ objects }: Pdf, value: Value | undefined): Value {
	if (typeof value === 'object' && value !== null && 'ref' in value) return objects.get(value.ref) ?? null;
	return value ?? null;
}

/** A dictionary, or that of a stream; an empty one for anything else. */
export function dictOf(pdf: Pdf, value: Value | undefined): Dict {
	const found = got(pdf, value);
	if (found instanceof Map) return found;
	return isStream(found) ? found.dict : new Map();
}

/** Follows names from a dictionary on. */
export function at(pdf: Pdf, from: Dict, ...path: readonly string[]): Value {
	return path.reduce<Value>((value, name) => got(pdf, dictOf(pdf, value).get(name)), from);
}

export function listOf(pdf: Pdf, value: Value | undefined): readonly Value[] {
	const found = got(pdf, value);
	return Array.isArray(found) ? found : found === null ? [] : [found];
}

export function isStream(value: Value): value is Stream {
	return typeof value === 'object' && value !== null && 'bytes' in value;
}

/** Words as they are read: Unicode where they begin with its mark; null for anything else. */
export function said(value: Value): string | null {
	if (typeof value !== 'object' || value === null || !('words' in value)) return null;
	const { words } = value;
	if (!words.startsWith('\u00fe\u00ff')) return words;
	return Buffer.from(words.slice(2), 'latin1').swap16().toString('utf16le');
}

/** The operators of a drawing in their order. */
export function operations(bytes: Uint8Array): Operation[] {
	const { value, ended } = reader(Buffer.from(bytes).toString('latin1'), 0);
	const made: Operation[] = [];
	let operands: Value[] = [];
	while (!ended()) {
		const next = value();
		if (typeof next === 'string' && !next.startsWith('/')) {
			made.push({ operator: next, operands });
			operands = [];
		} else operands.push(next);
	}
	return made;
}

function object(raw: string, from: number): Value {
	const { value, where } = reader(raw, from);
	const dict = value();
	if (!(dict instanceof Map)) return dict;
	const begin = /^\s*stream\r?\n/.exec(raw.slice(where(), where() + 20));
	if (!begin) return dict;
	const start = where() + begin[0].length;
	const packed = Buffer.from(raw.slice(start, start + Number(dict.get('Length'))), 'latin1');
	return { dict, bytes: dict.get('Filter') === '/FlateDecode' ? unzlibSync(packed) : new Uint8Array(packed) };
}

const TOKEN =
	/(?:[\s\0]|%[^\r\n]*)*(?:(?<ref>\d+) \d+ R\b|(?<number>[+-]?(?:\d+\.?\d*|\.\d+))|(?<name>\/[^\s()<>[\]{}/%]*)|(?<sign><<|>>|\[|\])|<(?<hex>[0-9a-fA-F\s]*)>|(?<words>\()|(?<word>[^\s()<>[\]{}/%]+))/y;

function reader(raw: string, from: number): { value(): Value; where(): number; ended(): boolean } {
	let place = from;
	function value(): Value {
		TOKEN.lastIndex = place;
		const token = TOKEN.exec(raw)?.groups;
		if (!token) throw new Error(`There is nothing that PDF knows at byte ${place}.`);
		place = TOKEN.lastIndex;
		const { ref, number, name, sign, hex, words, word } = token;
		if (ref !== undefined) return { ref: Number(ref) };
		if (number !== undefined) return Number(number);
		if (name !== undefined) return name;
		if (hex !== undefined) return { words: Buffer.from(hex.replaceAll(/\s/g, ''), 'hex').toString('latin1') };
		if (words !== undefined) return { words: bracketed() };
		if (sign === '[') return listed();
		if (sign === '<<') return named(listed());
		if (word === 'true' || word === 'false') return word === 'true';
		return word === 'null' ? null : (word ?? sign ?? null);
	}
	function listed(): Value[] {
		const made: Value[] = [];
		for (let next = value(); next !== ']' && next !== '>>'; next = value()) made.push(next);
		return made;
	}
	function bracketed(): string {
		let [made, depth] = ['', 1];
		for (; ; place++) {
			const sign = raw[place];
			if (sign === undefined) throw new Error('Words have no end.');
			if (sign === '\\') {
				place++;
				const octal = /^[0-7]{1,3}/.exec(raw.slice(place, place + 3))?.[0];
				if (octal) place += octal.length - 1;
				made += octal ? String.fromCharCode(Number.parseInt(octal, 8)) : (ESCAPED[raw[place] ?? ''] ?? raw[place]);
				continue;
			}
			if (sign === '(') depth++;
			if (sign === ')') depth--;
			if (depth === 0) break;
			made += sign;
		}
		place++;
		return made;
	}
	return {
		value,
		where: () => place,
		ended: () => /^[\s\0]*$/.test(raw.slice(place, place + 40)) && raw.slice(place).trim() === '',
	};
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function named(list: readonly Value[]): Dict {
	const made: Dict = new Map();
	for (let nth = 0; nth < list.length; nth += 2) made.set(String(list[nth]).slice(1), list[nth + 1] ?? null);
	return made;
}
