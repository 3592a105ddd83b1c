/** What a UTF-16 unit is in a word. */
export const LETTER = 1;
export const DIGIT = 2;
/** Apostrophes of every cut stand inside words and are not compared. */
export const APOSTROPHE = 3;
export const HYPHEN = 4;
/** Section sign, and the sign that takes its place where a file was read in the wrong encoding. */
export const SECTION = 5;
/** Soft hyphens and marks of width zero: they are not there. */
export const NOTHING = 6;
export const BREAK = 7;

/** Units looked up in a table; beyond stand scripts that no council on the shelf writes, which are asked one by one. */
const TABLED = 0x2100;

const [CLASS, FOLD] = tables();

/** Class of the unit: one of the constants above, or 0 for signs and spaces. */
export function classOf(unit: number): number {
	if (unit < TABLED) return CLASS[unit] as number;
	if (unit === 0xfffd) return SECTION;
	return /[\p{L}\p{N}]/u.test(String.fromCharCode(unit)) ? LETTER : 0;
}

/** The unit without case and accent; ligatures are left to the caller. */
export function folded(unit: number): number {
	return unit < TABLED ? (FOLD[unit] as number) : unit;
}

function tables(): [Uint8Array, Uint16Array] {
	const kind = new Uint8Array(TABLED);
	const fold = new Uint16Array(TABLED);
	for (let unit = 0; unit < TABLED; unit++) {
		const sign = String.fromCharCode(unit);
		if (/\p{Nd}/u.test(sign)) kind[unit] = DIGIT;
		else if (/[\p{L}\p{N}\p{M}]/u.test(sign)) kind[unit] = LETTER;
		else if (/['’‘ʼ`´]/.test(sign)) kind[unit] = APOSTROPHE;
		else if (/[-‐‑]/.test(sign)) kind[unit] = HYPHEN;
		else if (sign === '§') kind[unit] = SECTION;
		else if (/[\u00ad\u200b-\u200d\u2060]/.test(sign)) kind[unit] = NOTHING;
		else if (/[\n\r\u2028\u2029]/.test(sign)) kind[unit] = BREAK;
		// A letter by its class, an apostrophe by its use.
		if (sign === 'ʼ') kind[unit] = APOSTROPHE;
		// A mark that stands on the letter before it is folded away with it.
		if (/\p{M}/u.test(sign)) kind[unit] = NOTHING;
		const bare = sign.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
		fold[unit] = bare.length > 0 ? bare.charCodeAt(0) : unit;
	}
	return [kind, fold];
}
