import { Unreadable } from '#kernel/unreadable.ts';
import type { Blocks } from './block.ts';
import { decodeBytes, pageOfCharset, pageOfNumber } from './codepage.ts';
import type { Look } from './gather.ts';
import { type Paper, rtfPaper, type Shown, type Sink } from './rtf-paper.ts';
import { type Token, tokens } from './rtf-token.ts';
import { CHARACTERS, DESTINATIONS, UNDERLINES } from './rtf-words.ts';
import { signOf } from './sign.ts';

/** Word nests some 30 groups, drawings 60; a file beyond this is made to hurt. */
const MAX_DEPTH = 400;
/** `\uc` says how many bytes stand in for a character: one, or two in East Asian pages. */
const MAX_STAND_INS = 8;

/** What a group sets for itself and the groups inside it. */
interface State extends Shown {
	readonly sink: Sink;
	readonly font: number;
	readonly standIns: number;
}

/**
 * Reads Rich Text Format (specification 1.9.1) in one pass, in time linear in its length. Throws Unreadable where the
 * bytes are no RTF or are made to hurt; a file that breaks off is read as far as it goes.
 */
export function readRtf(bytes: Uint8Array): Blocks {
	const from = startOf(bytes);
	if (from < 0) throw new Unreadable('damaged', 'The file is no RTF. Save it again in Word as RTF or DOCX.');
	const next = tokens(bytes, from);
	const paper = rtfPaper();
	const words = speller(bytes, paper);
	const stack: State[] = [];
	let state: State = { sink: paper.body, font: -1, standIns: 1, ...paper.plain };
	/** The group was opened by `\*`: its first word may be unknown to us. */
	let optional = false;
	let fresh = false;
	for (let token = next(); token.kind !== 'end'; token = next()) {
		if (token.kind === 'plain' || token.kind === 'byte') {
			words.bytes(token);
			fresh = false;
			continue;
		}
		if (token.kind === 'open') {
			words.flush(state);
			if (stack.length >= MAX_DEPTH) throw new Unreadable('damaged', 'The file nests its parts too deep to be a text.');
			stack.push(state);
			fresh = true;
			optional = false;
		} else if (token.kind === 'close') {
			words.flush(state);
			const outer = stack.pop();
			if (!outer || stack.length === 0) break;
			if (outer.sink !== state.sink) paper.finish(state.sink, outer.sink);
			state = outer;
			fresh = false;
		} else if (token.kind === 'word') {
			if (token.word === '*') {
				optional = true;
				continue;
			}
			if (words.word(token, state)) continue;
			words.flush(state);
			state = fresh || optional ? entered(token.word, optional, state, paper) : state;
			state = obeyed(token.word, token.value, state, paper);
			fresh = false;
			optional = false;
		}
	}
	words.flush(state);
	return paper.done(state);
}

/** Where the file begins: some programs put spaces or a byte order mark before it. -1: nowhere. */
export function startOf(bytes: Uint8Array): number {
	const head = String.fromCharCode(...bytes.subarray(0, 64));
	return /^(ï»¿)?\s*\{\\rtf/.test(head) ? head.indexOf('{') : -1;
}

/** Optional destinations that hold words of the document somewhere inside. */
const TRANSPARENT = new Set(['ud', 'shpinst', 'shppict', 'do']);

/** The state inside a group whose first word names a destination. */
function entered(word: string, optional: boolean, state: State, paper: Paper): State {
	if (state.sink.kind === 'skip') return state;
	const kind = DESTINATIONS.get(word);
	if (kind === undefined) {
		if (!optional || TRANSPARENT.has(word)) return state;
		return { ...state, sink: paper.open('skip', word) };
	}
	if (word === 'pict') paper.picture();
	if (word === 'objdata') paper.embedded();
	const plain = ['note', 'comment', 'box', 'furniture'].includes(kind) ? paper.plain : {};
	return { ...state, ...plain, sink: paper.open(kind, word) };
}

function obeyed(word: string, value: number | null, state: State, paper: Paper): State {
	const on = value !== 0;
	const { sink } = state;
	if (sink.kind === 'fonts' || sink.kind === 'colours' || sink.kind === 'styles' || sink.kind === 'property') {
		paper.setting(sink, word, value);
		return state;
	}
	switch (word) {
		case 'par':
		case 'sect':
			paper.paragraph(state);
			return state;
		case 'cell':
		case 'row':
		case 'nestcell':
		case 'nestrow':
			paper.table(word, state);
			return state;
		case 'chftn':
			paper.noteMark(sink);
			return state;
		case 'ansicpg':
			paper.setPage(pageOfNumber(value ?? 1_252));
			return state;
		case 'mac':
			paper.setPage('macintosh');
			return state;
		case 'pc':
			paper.setPage('pc437');
			return state;
		case 'pca':
			paper.setPage('pc850');
			return state;
		case 'deff':
			return { ...state, font: value ?? state.font };
		case 'f':
			return { ...state, font: value ?? 0 };
		case 'uc':
			return { ...state, standIns: Math.max(0, Math.min(MAX_STAND_INS, value ?? 1)) };
		case 'v':
			return { ...state, hidden: on };
		case 'pard':
			return { ...state, para: paper.plain.para };
		case 'plain':
			return { ...state, look: {}, hidden: false };
		case 'li':
		case 'lin':
			return { ...state, para: { ...state.para, left: value ?? 0 } };
		case 'fi':
			return { ...state, para: { ...state.para, first: value ?? 0 } };
		case 'intbl':
			return { ...state, para: { ...state.para, inTable: true } };
		case 's':
			return { ...state, para: { ...state.para, style: value ?? 0 } };
		case 'outlinelevel':
			return { ...state, para: { ...state.para, outline: value } };
		case 'revauth':
		case 'revauthdel':
			paper.reviser(value ?? 0);
			return state;
		default: {
			const look = looked(word, value, state.look, paper);
			return look === state.look ? state : { ...state, look };
		}
	}
}

function looked(word: string, value: number | null, look: Look, paper: Paper): Look {
	const on = value !== 0;
	if (word === 'b') return { ...look, bold: on };
	if (word === 'i') return { ...look, italic: on };
	if (word === 'ulnone') return { ...look, underline: false };
	if (UNDERLINES.has(word)) return { ...look, underline: on };
	if (word === 'strike' || word === 'striked' || word === 'strikedl') return { ...look, strike: on };
	if (word === 'cf') return { ...look, color: paper.colour(value ?? 0) };
	if (word === 'revised' || word === 'mvt') return { ...look, tracked: on ? 'added' : null };
	if (word === 'deleted' || word === 'mvf') return { ...look, tracked: on ? 'removed' : null };
	return look;
}

/** Spells bytes, `\u` and characters that have names; keeps the bytes back that stand in for a `\u`. */
function speller(
	bytes: Uint8Array,
	paper: Paper,
): {
	bytes(token: Extract<Token, { kind: 'plain' | 'byte' }>): void;
	/** Whether the word was a character. */
	word(token: Extract<Token, { kind: 'word' }>, state: State): boolean;
	flush(state: State): void;
} {
	let held: number[] = [];
	let text = '';
	let skip = 0;
	function settle(state: State): void {
		if (held.length === 0) return;
		const font = paper.font(state.font);
		const page = font === null || font.charset === null ? null : pageOfCharset(font.charset);
		if (font?.charset === 2 && SIGNS.test(font.name)) {
			text += held.map((byte) => signOf(byte, font.name) ?? '').join('');
		} else text += decodeBytes(Uint8Array.from(held), page ?? paper.page());
		held = [];
	}
	return {
		bytes(token) {
			if (token.kind === 'byte') {
				if (skip > 0) skip--;
				else held.push(token.byte);
				return;
			}
			const from = token.from + Math.min(skip, token.to - token.from);
			skip -= from - token.from;
			for (let at = from; at < token.to; at++) held.push(bytes[at] as number);
		},
		word(token, state) {
			if (token.word === 'u') {
				settle(state);
				const code = (token.value ?? 0) < 0 ? (token.value ?? 0) + 65_536 : (token.value ?? 0);
				const font = paper.font(state.font);
				const sign = code >= 0xf000 && code <= 0xf0ff ? signOf(code, font?.name ?? 'Symbol') : null;
				text += sign ?? (code <= 0x10ffff ? fromCode(code) : '');
				skip = state.standIns;
				return true;
			}
			const character = CHARACTERS.get(token.word);
			if (character === undefined) {
				if (skip > 0 && token.word === '-') skip--;
				return false;
			}
			if (skip > 0) {
				skip--;
				return true;
			}
			settle(state);
			text += character;
			return true;
		},
		flush(state) {
			settle(state);
			if (text !== '') paper.write(text, state);
			text = '';
			skip = 0;
		},
	};
}

const SIGNS = /symbol|wingdings|webdings/i;

/** Halves of a character come as two numbers and meet in the text. */
function fromCode(code: number): string {
	return code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code);
}
