/**
 * Signs of the fonts Symbol and Wingdings, which number them as they like, as Unicode; null for one that means nothing
 * in a text. Codes come as a byte, or with F000 added as Word writes them.
 */
export function signOf(code: number, font: string): string | null {
	const byte = code >= 0xf000 ? code - 0xf000 : code;
	const table = /wingdings/i.test(font) ? WINGDINGS : SYMBOL;
	return table[byte] ?? (byte >= 0x20 && byte < 0x7f && !/wingdings/i.test(font) ? String.fromCharCode(byte) : null);
}

const SYMBOL: Readonly<Record<number, string>> = {
	45: '−',
	97: 'α',
	98: 'β',
	109: 'μ',
	112: 'π',
	162: '′',
	163: '≤',
	165: '∞',
	167: '♣',
	172: '←',
	174: '→',
	176: '°',
	177: '±',
	178: '″',
	179: '≥',
	180: '×',
	183: '•',
	184: '÷',
	185: '≠',
	187: '≈',
	188: '…',
	210: '®',
	211: '©',
	212: '™',
	226: '®',
	227: '©',
	228: '™',
};

const WINGDINGS: Readonly<Record<number, string>> = {
	108: '●',
	110: '■',
	111: '□',
	113: '❑',
	117: '◆',
	118: '❖',
	120: '☒',
	159: '•',
	167: '▪',
	168: '☐',
	216: '➢',
	224: '→',
	232: '➔',
	251: '✗',
	252: '✓',
	253: '☒',
	254: '☑',
};
