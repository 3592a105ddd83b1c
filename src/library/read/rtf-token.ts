/** What stands at one place of an RTF file. */
export type Token =
	| { readonly kind: 'open' | 'close' | 'end' }
	/** A control word without its number, or a control symbol; `value` is null where no number follows. */
	| { readonly kind: 'word'; readonly word: string; readonly value: number | null }
	/** A character given as a byte of the code page (`\'e9`). */
	| { readonly kind: 'byte'; readonly byte: number }
	/** Bytes as they stand, [from, to). */
	| { readonly kind: 'plain'; readonly from: number; readonly to: number };

/** The longest control word in the specification has 30 letters; more is no word. */
const MAX_WORD = 40;
/** Numbers of control words have ten digits at most; what follows is cut off, as Word does. */
const MAX_DIGITS = 10;

/**
 * Gives the tokens of an RTF file one after the other; at its end `end`, for ever. Written after the Rich Text Format
 * Specification 1.9.1, "Conventions of an RTF Reader". Line ends and NUL between words are nothing; binary data is
 * stepped over whole.
 */
export function tokens(bytes: Uint8Array, from: number): () => Token {
	let at = from;
	return next;

	function next(): Token {
		for (;;) {
			const byte = bytes[at];
			if (byte === undefined) return END;
			if (byte === CR || byte === LF || byte === 0) {
				at++;
				continue;
			}
			if (byte === OPENING) {
				at++;
				return OPEN;
			}
			if (byte === CLOSING) {
				at++;
				return CLOSE;
			}
			if (byte === BACKSLASH) {
				const token = control();
				if (token === null) continue;
				return token;
			}
			const start = at;
			while (at < bytes.length && !SPECIAL[bytes[at] as number]) at++;
			return { kind: 'plain', from: start, to: at };
		}
	}

	function control(): Token | null {
		const first = bytes[++at];
		if (first === undefined) return END;
		if (first === QUOTE) {
			const byte = Number.parseInt(String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0), 16);
			if (!HEX[bytes[at + 1] ?? 0] || !HEX[bytes[at + 2] ?? 0]) {
				at++;
				return null;
			}
			at += 3;
			return { kind: 'byte', byte };
		}
		if (!isLetter(first)) {
			at++;
			return { kind: 'word', word: first === CR || first === LF ? 'par' : String.fromCharCode(first), value: null };
		}
		const start = at;
		while (at - start < MAX_WORD && isLetter(bytes[at] ?? 0)) at++;
		const word = String.fromCharCode(...bytes.subarray(start, at));
		const value = number();
		if (bytes[at] === SPACE) at++;
		if (word === 'bin') {
			at += Math.max(0, Math.min(value ?? 0, bytes.length - at));
			return null;
		}
		return { kind: 'word', word, value };
	}

	function number(): number | null {
		const negative = bytes[at] === MINUS && isDigit(bytes[at + 1] ?? 0);
		const start = negative ? at + 1 : at;
		let end = start;
		while (isDigit(bytes[end] ?? 0)) end++;
		if (end === start) return null;
		at = end;
		const text = String.fromCharCode(...bytes.subarray(start, Math.min(end, start + MAX_DIGITS)));
		const value = Math.min(Number(text), 2_147_483_647);
		return negative ? -value : value;
	}
}

const CR = 13;
const LF = 10;
const SPACE = 32;
const QUOTE = 39;
const MINUS = 45;
const BACKSLASH = 92;
const OPENING = 123;
const CLOSING = 125;
const OPEN: Token = { kind: 'open' };
const CLOSE: Token = { kind: 'close' };
const END: Token = { kind: 'end' };
const SPECIAL: readonly boolean[] = Array.from({ length: 256 }, (_, byte) =>
	[0, CR, LF, BACKSLASH, OPENING, CLOSING].includes(byte),
);
const HEX: readonly boolean[] = Array.from({ length: 256 }, (_, byte) => /[0-9a-f]/i.test(String.fromCharCode(byte)));

function isLetter(byte: number): boolean {
	return (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90);
}

function isDigit(byte: number): boolean {
	return byte >= 48 && byte <= 57;
}
