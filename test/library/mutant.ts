import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Blocks, Refusal } from '#library/read/block.ts';
import { makeDocx } from './docx.ts';
import { drawn, makePdf } from './pdf.ts';

/** Numbers from 0 up to below n, the same for the same seed. */
export type Dice = (n: number) => number;

/** Dice of a seed (mulberry32). */
export function diceOf(seed: number): Dice {
	let state = seed >>> 0;
	return (n) => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * n);
	};
}

const REFUSALS = ['empty', 'too_large', 'unknown_format', 'damaged', 'encrypted', 'scanned', 'bomb', 'not_a_policy'];
/** So many times is much to a reader that is not linear, and little to one that is. */
const MANY = 4_000;

/** A damaged or strange file made from one of `seeds`: bytes changed, cut or mixed, or its markup made to hurt. */
export function mutant(seeds: readonly Uint8Array[], dice: Dice): Uint8Array {
	const seed = seeds[dice(seeds.length)] as Uint8Array;
	const other = seeds[dice(seeds.length)] as Uint8Array;
	const kind = dice(10);
	if (kind < 3) return flipped(seed, dice);
	if (kind === 3) return seed.slice(0, dice(seed.length + 1));
	if (kind === 4) return spliced(seed, other, dice);
	if (seed[0] === 0x50) return packed(seed, dice);
	return latinBytes(strange(latin(seed), dice));
}

/** What is wrong with a reading, for a file that may be anything; null where nothing is. */
export function complaint(read: Blocks | Refusal): string | null {
	if ('refused' in read) {
		if (!REFUSALS.includes(read.refused)) return `an unknown refusal: ${read.refused}`;
		return /[.)]$/.test(read.detail) ? null : `a refusal is no sentence: ${read.detail}`;
	}
	if (read.blocks.length === 0) return 'nothing was read, and it was not refused';
	for (const block of read.blocks) {
		if (!Number.isFinite(block.indent)) return 'an indent is no number';
		for (const run of block.runs) {
			// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
			if (/[\u0000-\u0008\u000b-\u001f]/.test(run.text) || !run.text.isWellFormed())
				return 'half a character came through';
			if (run.color !== undefined && !/^[0-9a-f]{6}$/.test(run.color)) return `a colour is ${run.color}`;
			if (/SENTINEL/.test(run.text) && read.format === 'akn') return 'an entity was resolved';
		}
	}
	return null;
}

function flipped(seed: Uint8Array, dice: Dice): Uint8Array {
	const bytes = seed.slice();
	for (let n = 1 + dice(20); n > 0; n--) bytes[dice(bytes.length)] = dice(256);
	return bytes;
}

function spliced(seed: Uint8Array, other: Uint8Array, dice: Dice): Uint8Array {
	const head = seed.subarray(0, dice(seed.length));
	const tail = other.subarray(dice(other.length));
	return Uint8Array.from([...head, ...tail]);
}

/** A Word file with one part made strange, a part missing, or a part that is a bomb. */
function packed(seed: Uint8Array, dice: Dice): Uint8Array {
	const parts: Record<string, Uint8Array> = unzipSync(seed);
	const names = Object.keys(parts);
	const name = names[dice(names.length)] as string;
	const kind = dice(12);
	if (kind === 0) delete parts[name];
	else if (kind === 1) parts[name] = new Uint8Array(3_000_000 + dice(3_000_000)).fill(32);
	else if (kind === 2) parts[name] = parts[names[dice(names.length)] as string] as Uint8Array;
	else parts[name] = strToU8(strange(strFromU8(parts[name] as Uint8Array), dice));
	return zipSync(parts, { level: kind === 1 ? 9 : 1 });
}

/** Text of any markup made strange at one to three places. */
function strange(text: string, dice: Dice): string {
	let out = text;
	for (let n = 1 + dice(3); n > 0; n--)
		out = (STRANGE[dice(STRANGE.length)] as (text: string, dice: Dice) => string)(out, dice);
	return out;
}

const STRANGE: readonly ((text: string, dice: Dice) => string)[] = [
	// A stretch twice, moved, or taken out.
	(text, dice) => put(text, dice, stretch(text, dice)),
	(text, dice) => put(text, dice, stretch(text, dice).repeat(1 + dice(50))),
	(text, dice) => text.replace(stretch(text, dice), ''),
	// Names and numbers that are others.
	(text, dice) =>
		replaceOne(
			text,
			/<\/?[\w:]+/g,
			dice,
			() => ['<w:p', '</w:p', '<w:tbl', '<w:tc', '</w:r', '<constructor', '<w:del'][dice(7)] as string,
		),
	(text, dice) =>
		replaceOne(text, /-?\d+/g, dice, () => ['99999999999', '-1', '0', '2147483648', '1e309', ''][dice(6)] as string),
	(text, dice) =>
		replaceOne(
			text,
			/\\[a-z]+/g,
			dice,
			() =>
				['\\bin99999999', '\\u-70000', '\\uc99', '\\cell', '\\row', '\\par', '\\*', '\\footnote', "\\'zz"][
					dice(9)
				] as string,
		),
	(text, dice) =>
		replaceOne(
			text,
			/\/[A-Z]\w+/g,
			dice,
			() => ['/Kids', '/Length', '/Parent', '/Contents', '/Encrypt', '/ObjStm'][dice(6)] as string,
		),
	// Nesting without end, closed or not.
	(text, dice) =>
		put(
			text,
			dice,
			['{', '{\\b ', '<div>', '<w:tbl><w:tr><w:tc>', '<w:p><w:r>', '<b>', '<ol><li>', '[', 'q '][dice(9)]?.repeat(
				MANY,
			) ?? '',
		),
	(text, dice) =>
		put(
			text,
			dice,
			['}', '</w:p>', '</div>', '{}', '<p>', '<br/>', '\\par ', '&amp;', '0 0 m '][dice(9)]?.repeat(MANY) ?? '',
		),
	// What must never be resolved, fetched or run.
	(text) => `<!DOCTYPE x [<!ENTITY a "SENTINEL"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${text}`,
	(text) => text.replace(/(<\?xml[^>]*\?>)?/, '$1<!DOCTYPE x SYSTEM "file:///etc/passwd">'),
	(text, dice) =>
		put(text, dice, ['&a;', '&#0;', '&#xd800;', '&#x110000;', '&lt;script&gt;', '\u0000'][dice(6)] as string),
	(text, dice) =>
		put(
			text,
			dice,
			[
				'<script>alert(1)</script>',
				'<img src=x onerror=alert(1)>',
				'<svg onload=alert(1)>',
				'" onload="alert(1)',
				"'><script>",
				'javascript:alert(1)',
			][dice(6)] as string,
		),
	(text, dice) => put(text, dice, 'a'.repeat(200_000)),
];

function put(text: string, dice: Dice, what: string): string {
	const at = dice(text.length + 1);
	return text.slice(0, at) + what + text.slice(at);
}

function stretch(text: string, dice: Dice): string {
	const marks = [...text.matchAll(/[<{\\\n]/g)].map((match) => match.index);
	const from = marks[dice(marks.length || 1)] ?? 0;
	return text.slice(from, marks[Math.min(marks.length - 1, marks.indexOf(from) + 1 + dice(12))] ?? text.length);
}

function replaceOne(text: string, pattern: RegExp, dice: Dice, by: () => string): string {
	const found = [...text.matchAll(pattern)];
	const one = found[dice(found.length || 1)];
	return one ? text.slice(0, one.index) + by() + text.slice(one.index + one[0].length) : text;
}

function latin(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function latinBytes(text: string): Uint8Array {
	return Uint8Array.from(text, (sign) => sign.charCodeAt(0) & 255);
}

/** A few files of each format to damage, small so that thousands are read in minutes. */
export function madeSeeds(): Uint8Array[] {
	const p = (words: string, props = ''): string => `<w:p><w:pPr>${props}</w:pPr><w:r><w:t>${words}</w:t></w:r></w:p>`;
	const list = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>';
	const docx = makeDocx({
		document: `${p('Section 1. Title', '<w:pStyle w:val="H"/>')}${p('one', list)}<w:tbl><w:tr><w:tc>${p('a')}</w:tc><w:tc>${p('b')}</w:tc></w:tr></w:tbl><w:p><w:ins w:author="A"><w:r><w:t>new</w:t></w:r></w:ins><w:del w:author="B"><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:footnoteReference w:id="2"/></w:r></w:p>`,
		styles:
			'<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:basedOn w:val="H"/><w:rPr><w:b/></w:rPr></w:style>',
		numbering:
			'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
		footnotes: `<w:footnote w:id="2">${p('a note')}</w:footnote>`,
		comments: `<w:comment w:id="0" w:author="C">${p('a comment')}</w:comment>`,
		core: '<dc:creator>Ada</dc:creator>',
	});
	const rtf =
		"{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times;}{\\f1\\fcharset2 Symbol;}}{\\colortbl;\\red255\\green0\\blue0;}{\\info{\\author Ada}}{\\header Head}\\pard Section 1. \\ul new\\ulnone  [old] \\'a7 9-131 \\u8220?x{\\footnote\\chftn note}\\par\\trowd\\intbl a\\cell b\\cell\\row\\pard{\\listtext (a)\\tab}one\\par{\\field{\\*\\fldinst PAGE}{\\fldrslt 7}}\\cf1 red\\par}";
	const pdf = makePdf([
		drawn(
			'72 750 [9] Head\n72 700 b:Section 1. Persons not to be de-\n72 686 tained by any officer of the city.\n_ 72 200 684\n72 660 (a) A text that is long enough to be one.\n300 40 1',
		),
		drawn('72 750 [9] Head\n72 700 (b) Another paragraph of the same policy text.\n300 40 2'),
	]);
	const html =
		'<!DOCTYPE html><html><head><meta charset="utf-8"><title>T</title></head><body><h2>Section 1.</h2><p>No <ins>new</ins> <del>old</del> <u>x</u> &sect; 4</p><ol type="a"><li>one<li>two</ol><table><tr><td>a<td>b</table></body></html>';
	const akn =
		'<?xml version="1.0" encoding="UTF-8"?><akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="ordinance"><meta/><preface><p>An act</p></preface><body><section eId="sec_1"><num>Section 1.</num><heading>Title</heading><content><p>Words of it.</p></content></section><section eId="sec_2"><num>2.</num><subsection eId="sec_2__subsec_a"><num>(a)</num><content><p>More <ins>new</ins><del>old</del> words.</p></content></subsection></section></body></act></akomaNtoso>';
	return [docx, latinBytes(rtf), pdf, latinBytes(html), latinBytes(akn)];
}
