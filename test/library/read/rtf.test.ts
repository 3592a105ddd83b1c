import { expect, test } from 'vitest';
import type { Block, Blocks } from '#library/read/block.ts';
import { readRtf } from '#library/read/rtf.ts';

/** Runs in short: `+` underlined, `-` struck, `*` bold, `/` italic, `>` tracked as added, `<` as removed, each before its words in braces. */
function shown(block: Block): string {
	return block.runs
		.map((run) => {
			const marks = [
				run.bold && '*',
				run.italic && '/',
				run.underline && '+',
				run.strike && '-',
				run.color && `#${run.color}`,
				run.tracked && (run.tracked === 'added' ? '>' : '<'),
			].filter(Boolean);
			return marks.length > 0 ? `${marks.join('')}{${run.text}}` : run.text;
		})
		.join('');
}

function read(rtf: string): Blocks {
	return readRtf(new TextEncoder().encode(rtf));
}

const HEAD =
	'{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Times;}{\\f1\\fcharset2 Symbol;}{\\f2\\fcharset204 Arial Cyr;}}';

const WORDS: readonly (readonly [string, string, readonly string[]])[] = [
	['a code page gives signs by their bytes', "\\'a7 9-131 \\'93a\\'94", ['§ 9-131 “a”']],
	['a font has a code page of its own', "\\f2\\'c0\\'c1\\f0 x", ['АБx']],
	['a sign of the font Symbol is what it looks like', "{\\f1\\'b7} a", ['• a']],
	[
		'a Unicode sign takes the place of what stands in for it',
		'\\u167? a \\uc2\\u8220 ??b\\u-10179\\u-8704',
		['§ a “b😀'],
	],
	['line ends between words are nothing', 'one\r\ntwo\\par three', ['onetwo', 'three']],
	['underline goes by many names, and ulc is none of them', '\\ul a\\ulnone b\\uldb c\\ul0 d\\ulc2 e', ['+{a}b+{c}de']],
	['strike and double strike remove', '\\strike a\\strike0 b\\striked1 c\\plain d', ['-{a}b-{c}d']],
	['tracked changes are told apart', '\\revised new\\revised0  same\\deleted old', ['>{new} same<{old}']],
	['a break that was removed joins what stood before and behind it', 'a{\\deleted b\\par }c', ['a<{b\n}c']],
	['what a field shows is read, what it says is not', '{\\field{\\*\\fldinst PAGE}{\\fldrslt 7}} a', ['7 a']],
	[
		'a link that is underlined in blue marks no addition',
		'{\\field{\\*\\fldinst HYPERLINK "x"}{\\fldrslt \\ul law}}',
		['+{law}'],
	],
	['a row is its cells with tabs', '\\trowd\\intbl a\\cell b\\par c\\cell\\row after', ['a\tb\nc', 'after']],
	['a row of one cell is a frame around text', '\\trowd\\intbl a\\par b\\cell\\row', ['a', 'b']],
	['an optional destination that nobody knows is skipped', '{\\*\\xyz secret{\\b x}} a', ['a']],
	['binary data is stepped over', '{\\pict\\bin5 }}}}}} a', ['a']],
];

test.each(WORDS)('RTF: %s', (_, rtf, expected) => {
	expect(read(`${HEAD}${rtf}}`).blocks.map(shown)).toEqual(expected);
});

test('the label of a list stands beside its words', () => {
	const { blocks } = read(`${HEAD}{\\listtext\\f0 (a)\\tab}\\li720\\fi-360 one\\par}`);
	expect(blocks).toMatchObject([{ label: '(a)', indent: 36, runs: [{ text: 'one' }] }]);
});

test('a heading is one by the name of its style or by its level', () => {
	const rtf = '{\\stylesheet{\\s1 heading 1;}{\\s2 Body;}}\\s1 A\\par\\pard\\s2\\outlinelevel1 B\\par\\pard\\s2 C';
	expect(read(`${HEAD}${rtf}}`).blocks.map(({ heading, style }) => [heading, style])).toEqual([
		[1, 'heading 1'],
		[2, 'Body'],
		[null, 'Body'],
	]);
});

test('notes stand behind their paragraph, running heads are told of and comments are inside', () => {
	const read1 = read(
		`${HEAD}{\\info{\\author Ada}{\\company City}{\\creatim\\yr2014\\mo11\\dy3}}{\\header Int. No. 656}one{\\footnote{\\chftn} why}{\\*\\atnauthor Bo}{\\*\\annotation check}{\\v draft} two\\par three}`,
	);
	expect(read1.blocks.map((block) => [block.role, block.label, shown(block)])).toEqual([
		['paragraph', null, 'one two'],
		['aside', '1', 'why'],
		['paragraph', null, 'three'],
	]);
	expect(read1.inside).toEqual({
		authors: ['Ada', 'Bo'],
		comments: [{ author: 'Bo', text: 'check' }],
		hidden: ['draft'],
		revisions: 0,
		properties: { author: 'Ada', company: 'City', created: '2014-11-03 00:00' },
	});
	expect(read1.problems.map(({ code }) => code)).toEqual(['page_furniture', 'hidden_text']);
});

test('colours are kept but for black and nearly black', () => {
	const table = '{\\colortbl;\\red0\\green0\\blue0;\\red38\\green38\\blue38;\\red255\\green0\\blue0;}';
	expect(read(`${HEAD}${table}\\cf1 a\\cf2 b\\cf3 c\\cf0 d}`).blocks.map(shown)).toEqual(['ab#ff0000{c}d']);
});

test('a file that breaks off is read as far as it goes, one that nests without end is refused', () => {
	expect(read(`${HEAD}{\\b one \\par tw`).blocks.map(shown)).toEqual(['*{one}', '*{tw}']);
	expect(() => read(`${HEAD}${'{'.repeat(5_000)}`)).toThrow('nests');
	expect(() => read('hello')).toThrow('no RTF');
});
