/**
 * A text in shorthand: one character a word, so that it is small to keep, quick to send, and two texts are compared by
 * comparing strings. Different words may share a character (one in fifty thousand): shorthand ranks and finds places,
 * and does not decide alone what matches.
 */
export function sign(lexeme: string): string {
	let hash = 0x811c9dc5;
	for (let i = 0; i < lexeme.length; i++) {
		hash ^= lexeme.charCodeAt(i);
		hash = Math.imul(hash, 0x01000193);
	}
	// Fold the high bits in: the low ones alone spread badly.
	hash ^= hash >>> 15;
	return String.fromCharCode(FIRST + ((hash >>> 0) % SIGNS));
}

/** Plain characters between the controls and the surrogates. */
const FIRST = 0x100;
const SIGNS = 0xd7ff - FIRST;

/** Between the heading and the words. */
export const AFTER_HEADING = '!';
/** Before the other forms of its words, which have no place in the order. */
export const BEFORE_FORMS = '#';
