import { Inflate, inflateSync } from 'fflate';
import { Unreadable } from './unreadable.ts';

/** One file inside a zip, as its central directory describes it. */
export interface Entry {
	readonly name: string;
	/** Bytes once inflated, as declared; `inflateEntry` holds the entry to it. */
	readonly size: number;
	readonly packedSize: number;
	readonly crc: number;
	readonly method: number;
	readonly encrypted: boolean;
	readonly headerAt: number;
	/** Time of the entry without its zone (zip has none), as milliseconds of UTC; NaN where it is no time. */
	readonly time: number;
}

/** A workbook of the list has 21 entries, a Word file some 30; an archive of ten years of captures twice a day has 15,000. */
const MAX_ENTRIES = 20_000;
/** Deflate cannot do better than 1,032 to 1, and sheets stay below 40 to 1: above this the declared size is an attack. */
const MAX_RATIO = 250;
/** Below this size a high ratio is harmless: an empty sheet of a million identical bytes costs a millisecond. */
const RATIO_FREE_BYTES = 1_048_576;
/** Packed bytes given to the inflater at once: they can grow 1,032 times before the size is checked, so 68 MB at most. */
const SLICE = 65_536;

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const MAX_COMMENT = 65_535;
const CENTRAL_LENGTH = 46;
const LOCAL_LENGTH = 30;
const STORED = 0;
const DEFLATED = 8;
const ZIP64 = 0xffffffff;

/** Whether bytes begin as a zip does (also an empty one). */
export function looksZipped(bytes: Uint8Array): boolean {
	return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5) && bytes[3] === bytes[2] + 1;
}

/**
 * The entries of a zip in the order of its central directory; throws Unreadable where it is damaged or has too many.
 * Layout from PKWARE's APPNOTE 6.3.10, sections 4.3.7 to 4.3.16; zip64 (over 4 GB) is refused.
 * @param bytes the whole zip, or its end with the whole central directory
 * @param offset where `bytes` begins in the zip
 */
export function zipEntries(bytes: Uint8Array, offset = 0): Entry[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const end = findEnd(view);
	const count = view.getUint16(end + 10, true);
	const size = view.getUint32(end + 12, true);
	const start = view.getUint32(end + 16, true);
	if (size === ZIP64 || start === ZIP64)
		throw new Unreadable('too_large', 'The zip uses the form for files over 4 GB.');
	if (count > MAX_ENTRIES)
		throw new Unreadable('zip_bomb', `The zip holds ${count} files; the limit is ${MAX_ENTRIES}.`);
	let at = end - size;
	// What stands before the first entry (some mail gateways put bytes there) shifts every offset.
	const shift = offset + at - start;
	if (at < 0 || shift < 0) throw damaged('its table of contents lies outside of it');
	const entries: Entry[] = [];
	for (let n = 0; n < count; n++) {
		if (at + CENTRAL_LENGTH > end || view.getUint32(at, true) !== CENTRAL) {
			throw damaged('its table of contents is broken off');
		}
		const nameLength = view.getUint16(at + 28, true);
		const next = at + CENTRAL_LENGTH + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
		if (next > end) throw damaged('its table of contents is broken off');
		entries.push({
			name: new TextDecoder().decode(bytes.subarray(at + CENTRAL_LENGTH, at + CENTRAL_LENGTH + nameLength)),
			size: view.getUint32(at + 24, true),
			packedSize: view.getUint32(at + 20, true),
			crc: view.getUint32(at + 16, true),
			method: view.getUint16(at + 10, true),
			encrypted: (view.getUint16(at + 8, true) & 1) === 1,
			headerAt: view.getUint32(at + 42, true) + shift,
			time: dosTime(view.getUint16(at + 14, true), view.getUint16(at + 12, true)),
		});
		at = next;
	}
	return entries;
}

/**
 * The bytes of one entry, at most `limit`. Throws Unreadable where it is encrypted, larger than declared or allowed,
 * packed beyond belief, or does not match its checksum.
 */
export function inflateEntry(bytes: Uint8Array, entry: Entry, limit: number): Uint8Array {
	const { name, size, packedSize, method } = entry;
	if (entry.encrypted) throw new Unreadable('encrypted', 'The zip is protected by a password: save it without one.');
	if (size > limit) {
		throw new Unreadable(
			'too_large',
			`The part ${shown(name)} would take ${size} bytes unpacked; ${limit} are allowed.`,
		);
	}
	if (size > RATIO_FREE_BYTES && size > packedSize * MAX_RATIO) {
		throw new Unreadable(
			'zip_bomb',
			`The part ${shown(name)} claims to shrink ${Math.floor(size / packedSize)} times: refused.`,
		);
	}
	const packed = packedBytes(bytes, entry);
	const whole = method === STORED ? packed : inflate(packed, size, name);
	if (whole.length !== size || crc32(whole) !== entry.crc) {
		throw damaged(`${shown(name)} does not match its checksum`);
	}
	return whole;
}

function packedBytes(bytes: Uint8Array, { name, headerAt, packedSize, method }: Entry): Uint8Array {
	if (method !== STORED && method !== DEFLATED) throw damaged(`${shown(name)} is packed in an unknown way`);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (headerAt + LOCAL_LENGTH > bytes.length || view.getUint32(headerAt, true) !== LOCAL) {
		throw damaged(`${shown(name)} is not where its table of contents says`);
	}
	const from = headerAt + LOCAL_LENGTH + view.getUint16(headerAt + 26, true) + view.getUint16(headerAt + 28, true);
	if (from + packedSize > bytes.length) throw damaged(`${shown(name)} is broken off`);
	return bytes.subarray(from, from + packedSize);
}

function inflate(packed: Uint8Array, size: number, name: string): Uint8Array {
	const whole = new Uint8Array(size);
	try {
		if (packed.length <= SLICE) return inflateSync(packed, { out: whole });
		let filled = 0;
		const stream = new Inflate((piece) => {
			if (filled + piece.length > size) throw damaged(`${shown(name)} is larger than it says`);
			whole.set(piece, filled);
			filled += piece.length;
		});
		for (let at = 0; at < packed.length; at += SLICE) {
			stream.push(packed.subarray(at, at + SLICE), at + SLICE >= packed.length);
		}
		return whole.subarray(0, filled);
	} catch (cause) {
		if (cause instanceof Unreadable) throw cause;
		throw damaged(`${shown(name)} cannot be unpacked`);
	}
}

function findEnd(view: DataView): number {
	const last = view.byteLength - END_LENGTH;
	for (let at = last; at >= 0 && at >= last - MAX_COMMENT; at--) {
		if (view.getUint32(at, true) === END && at + END_LENGTH + view.getUint16(at + 20, true) <= view.byteLength)
			return at;
	}
	throw damaged('its end is missing, as after a broken download');
}

function dosTime(date: number, time: number): number {
	const month = (date >> 5) & 15;
	if (month < 1 || month > 12) return Number.NaN;
	return Date.UTC(1980 + (date >> 9), month - 1, date & 31, time >> 11, (time >> 5) & 63, (time & 31) * 2);
}

function damaged(what: string): Unreadable {
	return new Unreadable('damaged', `The zip is damaged: ${what}. Download the file again.`);
}

/** Names inside a zip are a stranger's text: printable characters only, and short. */
function shown(name: string): string {
	return name.replace(/[^\x20-\x7e]/g, '?').slice(-60);
}

/** Tables for four bytes at a time (slicing-by-4, Kounavis and Berry 2005): half the time of one by one. */
const CRC_TABLES = crcTables();

function crcTables(): Int32Array {
	const tables = new Int32Array(1_024);
	for (let byte = 0; byte < 256; byte++) {
		let value = byte;
		for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
		tables[byte] = value;
	}
	for (let at = 256; at < 1_024; at++) {
		const before = tables[at - 256] as number;
		tables[at] = (before >>> 8) ^ (tables[before & 255] as number);
	}
	return tables;
}

function crc32(bytes: Uint8Array): number {
	const t = CRC_TABLES;
	let crc = -1;
	let at = 0;
	for (const last = bytes.length - 3; at < last; at += 4) {
		crc ^=
			(bytes[at] as number) |
			((bytes[at + 1] as number) << 8) |
			((bytes[at + 2] as number) << 16) |
			((bytes[at + 3] as number) << 24);
		crc =
			(t[768 + (crc & 255)] as number) ^
			(t[512 + ((crc >>> 8) & 255)] as number) ^
			(t[256 + ((crc >>> 16) & 255)] as number) ^
			(t[crc >>> 24] as number);
	}
	for (; at < bytes.length; at++) crc = (t[(crc ^ (bytes[at] as number)) & 255] as number) ^ (crc >>> 8);
	return ~crc >>> 0;
}
