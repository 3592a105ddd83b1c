/**
 * Text of bytes in a code page, by the names and numbers that RTF and HTML use. Node's own decoder is taken where it
 * knows the page; windows-1252 is ours, since some versions of Node decode it as ISO 8859-1.
 */
export function decodeBytes(bytes: Uint8Array, page: string): string {
	const high = Object.hasOwn(HIGH, page) ? HIGH[page] : undefined;
	if (high !== undefined) return decodeSingle(bytes, high);
	try {
		return new TextDecoder(page).decode(bytes);
	} catch {
		return decodeSingle(bytes, WINDOWS_1252);
	}
}

/** The name of a Windows code page for `decodeBytes`; windows-1252 for one that is not known. */
export function pageOfNumber(number: number): string {
	return NUMBERED[number] ?? (number >= 1_250 && number <= 1_258 ? `windows-${number}` : 'windows-1252');
}

/** The code page of a font's `\fcharset`; null where the font has that of the document. */
export function pageOfCharset(charset: number): string | null {
	return CHARSETS[charset] ?? null;
}

/** UTF-8 where the bytes are that, else windows-1252: what an editor without a declared page writes. */
export function decodeUnknown(bytes: Uint8Array): { text: string; page: string } {
	const [a, b, c] = bytes;
	if (a === 0xff && b === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), page: 'utf-16le' };
	if (a === 0xfe && b === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), page: 'utf-16be' };
	try {
		return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), page: 'utf-8' };
	} catch {
		// A file cut off in the middle of a character, or with one slip, is UTF-8 all the same.
		const text = new TextDecoder().decode(bytes);
		const bad = text.split('\ufffd').length - 1;
		const good = text.match(/[\u0080-\ufffc]/g)?.length ?? 0;
		if ((a === 0xef && b === 0xbb && c === 0xbf) || good > bad * 4) return { text, page: 'utf-8' };
		return { text: decodeBytes(bytes, 'windows-1252'), page: 'windows-1252' };
	}
}

/** Bytes decoded at once: `String.fromCharCode` takes no more arguments on the smallest stacks. */
const PIECE = 8_192;

function decodeSingle(bytes: Uint8Array, high: string): string {
	const out: string[] = [];
	for (let at = 0; at < bytes.length; at += PIECE) {
		const codes = Array.from(bytes.subarray(at, at + PIECE), (byte) =>
			byte < 128 ? byte : high.charCodeAt(byte - 128),
		);
		out.push(String.fromCharCode(...codes));
	}
	return out.join('');
}

const LATIN = Array.from({ length: 96 }, (_, n) => String.fromCharCode(160 + n)).join('');
const WINDOWS_1252 = `€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ${LATIN}`;
const PC_437 =
	'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';
const PC_850 =
	'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

const HIGH: Readonly<Record<string, string>> = {
	'windows-1252': WINDOWS_1252,
	'iso-8859-1': WINDOWS_1252,
	latin1: WINDOWS_1252,
	ascii: WINDOWS_1252,
	'us-ascii': WINDOWS_1252,
	pc437: PC_437,
	pc850: PC_850,
};

const NUMBERED: Readonly<Record<number, string>> = {
	437: 'pc437',
	850: 'pc850',
	858: 'pc850',
	866: 'ibm866',
	874: 'windows-874',
	932: 'shift_jis',
	936: 'gbk',
	949: 'euc-kr',
	950: 'big5',
	10000: 'macintosh',
	65001: 'utf-8',
};

const CHARSETS: Readonly<Record<number, string>> = {
	0: 'windows-1252',
	77: 'macintosh',
	128: 'shift_jis',
	129: 'euc-kr',
	134: 'gbk',
	136: 'big5',
	161: 'windows-1253',
	162: 'windows-1254',
	163: 'windows-1258',
	177: 'windows-1255',
	178: 'windows-1256',
	186: 'windows-1257',
	204: 'windows-1251',
	222: 'windows-874',
	238: 'windows-1250',
	254: 'pc437',
	255: 'pc850',
};
