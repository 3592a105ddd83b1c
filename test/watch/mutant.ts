import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { List } from '#watch/list.ts';
import { PROBLEM_CODES } from '#watch/problem.ts';
import { REFUSAL_CODES, type Refusal } from '#watch/read/refusal.ts';
import { type CellSpec, type RowSpec, workbook } from './workbook.ts';

/** Numbers from 0 up to below n, the same for the same seed (mulberry32). */
export type Dice = (n: number) => number;

export function diceOf(seed: number): Dice {
	let state = seed >>> 0;
	return (n) => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * n);
	};
}

export const MUTATIONS = ['bytes', 'xml', 'cells', 'weight'] as const;
export type Mutation = (typeof MUTATIONS)[number];

/** One damaged or strange workbook, made from one of `seeds` or from invented cells. */
export function mutant(kind: Mutation, seeds: readonly Uint8Array[], dice: Dice): Uint8Array {
	if (kind === 'cells') return strangeCells(dice);
	if (kind === 'weight') return heavyCells(dice);
	const seed = seeds[dice(seeds.length)] as Uint8Array;
	return kind === 'bytes' ? damageBytes(seed, dice) : damageXml(seed, dice);
}

/** What is wrong with a reading, for a file that may be anything; null where nothing is. */
export function complaint(result: List | Refusal): string | null {
	const text = JSON.stringify(result);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
	if (/[\u0000-\u001f]|\\u00[01]|\\ud[89a-f]/i.test(text))
		return 'a control character or half a character came through';
	if (/safelinks/i.test(text)) return 'a mail wrapper came through';
	if ('refused' in result) {
		if (result.refused === 'other' || !REFUSAL_CODES.includes(result.refused)) return result.detail;
		return result.detail.endsWith('.') ? null : 'a refusal is no sentence';
	}
	if (result.rows.length === 0) return 'a list without rows was read';
	if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(result.modified)) return 'modified is no instant';
	if (result.problems.some(({ code }) => code === 'other' || !PROBLEM_CODES.includes(code)))
		return 'an unknown problem';
	for (const row of result.rows) {
		if (row.state === '' || row.agency === '') return `row ${row.row} has no state or agency`;
		if (row.signed !== null && (row.signed < '1996-09-30' || row.signed.slice(0, 4) > result.modified.slice(0, 4)))
			if (Date.parse(row.signed) > Date.parse(result.modified) + 3 * 86_400_000) return `row ${row.row}: ${row.signed}`;
		for (const link of [row.moa, row.addendum]) {
			if (link?.href && !/^https?:\/\//.test(link.href)) return `row ${row.row} links to ${link.href}`;
		}
	}
	return null;
}

/** A few lists to damage where the real ones are not at hand. */
export function madeSeeds(): Uint8Array[] {
	const rows = Array.from({ length: 12 }, (_, i) => ({
		state: 'TEXAS',
		agency: `County ${i} Sheriff’s Office`,
		type: 'County',
		county: i % 3 === 0 ? { error: '#N/A' } : `County ${i}`,
		model: (['TFM', 'JEM', 'WSO'] as const)[i % 3] ?? 'TFM',
		signed: i === 5 ? '05/082025' : `2025-03-${10 + i}`,
		moa: WRAPPED,
		hidden: i % 4 === 0,
	}));
	return [
		workbook({ kind: 'participating', rows, blankRows: 5 }),
		workbook({ kind: 'pending', rows, prefix: 'x', unreferenced: true }),
	];
}

const WRAPPED =
	'https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.ice.gov%2Fa.pdf&data=05%7Cclerk%40example.gov';
const FIELDS = ['state', 'agency', 'type', 'county', 'support', 'signed', 'moa', 'addendum'] as const;
const TOKENS = [
	'<',
	'>',
	'/>',
	'"',
	"'",
	'&',
	'&#0;',
	'&#xD800;',
	'&lt;',
	'<![CDATA[',
	']]>',
	'<!--',
	'-->',
	'<?',
	'<!DOCTYPE a [<!ENTITY b "c">]>',
	'</row>',
	'<row r="1048577">',
	'<c r="ZZZ9"/>',
	'<c r="A1" t="s"><v>999999</v></c>',
	'<v>1e308</v>',
	'\0',
	'\ufffe',
	'_xD800_',
	' r="',
	'<hyperlink ref="A1:XFD1048576" r:id="rId1"/>',
	'<mergeCell ref="A1:B9"/>',
];
const TEXTS: readonly CellSpec[] = [
	null,
	' ',
	'\u0000\u001f',
	'\ud800',
	'STATE',
	'LAW ENFORCEMENT AGENCY',
	'__proto__',
	'constructor',
	'x'.repeat(32_768),
	'=cmd|calc',
	'05/082025',
	'13/45/2025',
	'1'.repeat(400),
	WRAPPED,
	`${WRAPPED} ${WRAPPED}`,
	'https://',
	'http://[::1',
	'javascript:alert(1)',
	'safelinks.protection.outlook.com',
	'%E0%A4%A',
	0,
	-1,
	60,
	1e300,
	2_958_466,
	45_785.5,
	true,
	{ error: '#REF!' },
	{ inline: 'a\r\n\tb' },
	{ runs: ['a', '<b>'], phonetic: 'c' },
	{ formula: `HYPERLINK("${'("'.repeat(200)}`, value: 'x' },
	{ formula: `HYPERLINK("${WRAPPED}")`, value: 'link' },
	{ text: 'link', href: `https://${'a'.repeat(5_000)}` },
	{ text: 'link', href: `${WRAPPED.replace('ice.gov', 'safelinks.protection.outlook.com')}` },
	{ text: '', href: 'mailto:clerk@example.gov' },
];

/** What a careless expression would go over again and again. */
const MOTIFS = [
	'T',
	')',
	' ',
	'@',
	'a@',
	'.',
	'/',
	'=',
	'"',
	'&amp;',
	'%25',
	'_x',
	'5/',
	'https://',
	'safelinks',
	WRAPPED,
];

function damageBytes(seed: Uint8Array, dice: Dice): Uint8Array {
	let bytes: Uint8Array = new Uint8Array(seed);
	for (let n = 1 + dice(6); n > 0 && bytes.length > 0; n--) {
		const at = dice(bytes.length);
		const length = 1 + dice(40);
		switch (dice(6)) {
			case 0:
				bytes[at] = dice(256);
				break;
			case 1:
				bytes = spliced(bytes, at, length, new Uint8Array());
				break;
			case 2:
				bytes = spliced(bytes, at, 0, bytes.slice(at, at + length));
				break;
			case 3:
				bytes.fill(dice(2) * 255, at, at + Math.min(length, 4));
				break;
			case 4:
				// The table of contents stands at the end: it deserves more than its share.
				bytes[Math.max(0, bytes.length - 1 - dice(600))] = dice(256);
				break;
			default:
				if (dice(4) === 0) bytes = bytes.slice(0, at);
		}
	}
	return bytes;
}

function damageXml(seed: Uint8Array, dice: Dice): Uint8Array {
	const parts = unzipSync(seed);
	const names = Object.keys(parts).filter((name) => /xl\/(workbook|sharedStrings|worksheets)|rels$|core/.test(name));
	for (let n = 1 + dice(3); n > 0; n--) {
		const name = names[dice(names.length)] as string;
		let xml = strFromU8(parts[name] ?? new Uint8Array());
		const at = dice(xml.length + 1);
		const token = TOKENS[dice(TOKENS.length)] as string;
		switch (dice(7)) {
			case 0:
				xml = xml.slice(0, at) + token + xml.slice(at);
				break;
			case 1:
				xml = xml.slice(0, at) + xml.slice(at + 1 + dice(200));
				break;
			case 2:
				xml = xml.slice(0, at) + token.repeat(1 + dice(20_000)) + xml.slice(at);
				break;
			case 3:
				xml = xml.slice(0, at) + xml.slice(at, at + dice(400)).repeat(1 + dice(2_000)) + xml.slice(at);
				break;
			case 4:
				xml = xml.replace(/\d+/g, (digits) => (dice(30) === 0 ? String(dice(2) * 10 ** dice(12)) : digits));
				break;
			case 5:
				xml = xml.replace(/<(\/?)([a-z]+)/gi, (tag, slash, word) => (dice(60) === 0 ? `<${slash}${word}x` : tag));
				break;
			default:
				if (dice(3) === 0) delete parts[name];
				else xml = xml.slice(0, at);
		}
		if (name in parts) parts[name] = strToU8(xml.slice(0, 8_000_000));
	}
	return zipSync(parts, { level: 1, mtime: new Date(1980, 0, 1) });
}

function strangeCells(dice: Dice): Uint8Array {
	const rows = Array.from({ length: 1 + dice(8) }, (): RowSpec => {
		const row: Record<string, CellSpec> = {
			state: 'OHIO',
			agency: 'Town Police',
			support: 'Task Force Model',
			signed: 45_700,
		};
		for (let n = dice(4); n > 0; n--) {
			row[FIELDS[dice(FIELDS.length)] as string] = TEXTS[dice(TEXTS.length)] as CellSpec;
		}
		return row;
	});
	const text = () => TEXTS[dice(TEXTS.length)] as CellSpec;
	return workbook({
		kind: dice(2) === 0 ? 'participating' : 'pending',
		rows,
		above: Array.from({ length: dice(4) }, () => [text(), text()]),
		from1904: dice(5) === 0,
		unreferenced: dice(5) === 0,
		blankRows: dice(3),
		...(dice(6) === 0 ? { modified: String(text()) } : {}),
	});
}

/** Up to three megabytes of cells as long as a cell can be, each a repeated motif with an end that it does not expect. */
function heavyCells(dice: Dice): Uint8Array {
	const ends = ['', 'x', '@', '!', ' safelinks', ' 12:00'];
	const rows = Array.from({ length: 1 + dice(90) }, (_, n): RowSpec => {
		const motif = MOTIFS[dice(MOTIFS.length)] as string;
		const inline = `${n} ${motif.repeat(32_000 / motif.length)}${ends[dice(ends.length)]}`;
		const row: RowSpec = { state: 'OHIO', agency: 'Town Police', support: 'Task Force Model', signed: 45_700 };
		return { ...row, [FIELDS[dice(FIELDS.length)] as string]: { inline } };
	});
	return workbook({ kind: 'participating', rows });
}

function spliced(bytes: Uint8Array, at: number, drop: number, add: Uint8Array): Uint8Array {
	const out = new Uint8Array(bytes.length - Math.min(drop, bytes.length - at) + add.length);
	out.set(bytes.subarray(0, at));
	out.set(add, at);
	out.set(bytes.subarray(Math.min(at + drop, bytes.length)), at + add.length);
	return out;
}
