/** White space, control characters, marks that turn the direction of writing, and the invisible ones that word processors leave: all become one space. */
const BLANK = /[\s\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+/gu;
const SPACE = 0x20;
const DELETE = 0x7f;
/** How much of a cell a problem shows. */
const DETAIL_LENGTH = 120;
/** How much of a cell is looked at for that; a word that is cut could be half a mail address. */
const LOOKED_AT = 400;

/** A cell's text as the list means it: trimmed, inner white space folded to one space, lone surrogates made U+FFFD. */
export function foldSpace(text: string): string {
	if (isFolded(text)) return text;
	return text
		.replace(/\p{Cs}/gu, '\ufffd')
		.replace(BLANK, ' ')
		.trim();
}

/** Letters and digits only, lower case: how headers and support types are compared. */
export function foldName(text: string): string {
	return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** What a problem may show of a cell: shortened, and without mail addresses. */
export function excerpt(text: string): string {
	const start = text.length <= LOOKED_AT ? text : text.slice(0, Math.max(0, text.lastIndexOf(' ', LOOKED_AT)));
	const shown = start.replace(/[^\s@]{1,64}@[^\s@]{1,255}/g, '(mail address)').replaceAll('@', '(at)');
	return shown.length <= DETAIL_LENGTH && start === text
		? shown
		: `${shown.slice(0, DETAIL_LENGTH - 1).toWellFormed()}…`;
}

/** Nearly every text is plain ASCII with single spaces: seeing that is ten times faster than folding it. */
function isFolded(text: string): boolean {
	let before = SPACE;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code < SPACE || code >= DELETE || (code === SPACE && before === SPACE)) return false;
		before = code;
	}
	return text === '' || before !== SPACE;
}
