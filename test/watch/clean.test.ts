import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { Unreadable } from '#kernel/unreadable.ts';
import { withoutMailboxes } from '#watch/clean/text.ts';
import { cleanWorkbook } from '#watch/clean/workbook.ts';
import { readSheet } from '#watch/read/sheet.ts';
import { partsOf, zipOf } from './workbook.ts';

const FOLDER = '../shared/data/287g/sheets';
const captures = existsSync(FOLDER) ? xlsxIn(FOLDER) : [];
if (captures.length === 0) console.log(`skipped: the real captures are not at ${FOLDER}`);

const INNER = 'https://www.ice.gov/doclib/287gMOA/Walker.pdf';
const WRAPPER = `https://gcc02.safelinks.protection.outlook.com/?url=${encodeURIComponent(INNER)}&data=05%7C02%7CJane.Doe%40ice.dhs.gov%7C1&reserved=0`;
const ESCAPED = WRAPPER.replaceAll('&', '&amp;');
const CAP = 'docProps/core.xml';

/** Everything that may not be left, in any way of writing it. */
const LEFT = /safelinks|jane|doe\b|[@]|%(25)*40|&#x?0*(64|40);|sharepoint|Washington/i;

function dirty(): Record<string, string | Uint8Array> {
	const parts: Record<string, string | Uint8Array> = partsOf([
		{
			cells: [
				['STATE', 'LAW ENFORCEMENT AGENCY', 'TYPE', 'COUNTY', 'SUPPORT TYPE', 'SIGNED', 'MOA'],
				['TEXAS', 'Walker County', 'County', 'Walker', 'Task Force Model', 45800, { text: 'link', href: WRAPPER }],
				['TEXAS', 'Polk County', 'County', 'Polk', 'Task Force Model', 45800, { text: 'link', href: INNER }],
				['TEXAS', `Note ${WRAPPER}`, 'County', 'ask jane.doe@ice.dhs.gov', 'Task Force Model', 45800, null],
			],
		},
	]);
	const core = String(parts[CAP]).replace(
		'<dcterms:modified>',
		'<dc:creator xmlns:dc="x">Doe, Jane</dc:creator><cp:lastModifiedBy>Doe, Jane</cp:lastModifiedBy><dcterms:modified>',
	);
	const workbook = String(parts['xl/workbook.xml']).replace(
		'<sheets>',
		'<x15ac:absPath url="https://x.sharepoint.com/personal/jane_doe/"/><fileSharing userName="Jane Doe"/><sheets>',
	);
	return {
		...parts,
		[CAP]: core,
		'xl/workbook.xml': workbook,
		'docProps/app.xml':
			'<Properties><Application>Excel</Application><Manager>Jane</Manager><Company>Washington</Company></Properties>',
		'docProps/custom.xml': '<Properties><property name="SharedWith">Jane</property></Properties>',
		'customXml/item1.xml': '<x>Jane Doe</x>',
		'[trash]/0000.dat': strToU8('Jane Doe'),
		'xl/printerSettings/printerSettings1.bin': strToU8('\\\\Washington\\jane'),
		'xl/persons/person.xml': '<person displayName="Jane Doe" id="{1}" userId="jane@ice.dhs.gov" providerId="AD"/>',
		'xl/comments1.xml':
			'<comments><authors><author>Jane Doe</author></authors><text>Jane Doe: check &#64;x.gov</text></comments>',
		'_rels/.rels': `${String(parts['_rels/.rels']).replace('</Relationships>', '')}<Relationship Id="rId8" Type="t" Target="docProps/custom.xml"/></Relationships>`,
	};
}

describe('a workbook given to the public', () => {
	const before = zipOf(dirty());
	const after = cleanWorkbook(before);
	const parts = unzipSync(after);

	test('names no mailbox, no author and no office, in any part', () => {
		for (const [name, part] of Object.entries(parts))
			expect([name, strFromU8(part).match(LEFT)?.[0]]).toEqual([name, undefined]);
		expect(Object.keys(parts).filter((name) => /custom|trash/.test(name))).toEqual([]);
		expect(parts['xl/printerSettings/printerSettings1.bin']).toHaveLength(0);
		expect(strFromU8(parts['_rels/.rels'] ?? new Uint8Array())).toContain('xl/workbook.xml');
	});

	test('leads where the published one leads, and is read as the same rows', () => {
		const [old, now] = [readSheet(before, 'a'), readSheet(after, 'a')];
		if ('refused' in old || 'refused' in now) throw new Error('One of them is no list.');
		expect(now.modified).toBe(old.modified);
		expect(now.rows.slice(0, 2)).toEqual(old.rows.slice(0, 2));
		expect(now.rows[0]?.moa?.href).toBe(INNER);
		expect(now.rows[2]).toMatchObject({ agency: `Note ${INNER}`, county: 'ask mailbox-removed' });
	});

	test('keeps every other part byte for byte, and is the same whenever it is made', () => {
		expect(strFromU8(parts['xl/_rels/workbook.xml.rels'] ?? new Uint8Array())).toBe(
			dirty()['xl/_rels/workbook.xml.rels'],
		);
		expect(Buffer.from(cleanWorkbook(zipOf(dirty()))).equals(after)).toBe(true);
		expect(Buffer.from(cleanWorkbook(after)).equals(after)).toBe(true);
	});

	test('keeps the date of a list that only its zip tells', () => {
		const [{ modified, ...list }] = [{ modified: null, ...dirtySheet() }];
		const bytes = zipOf(partsOf([list], { modified }), new Date(2025, 4, 19, 3, 4, 6));
		const read = readSheet(cleanWorkbook(bytes), 'a');
		expect('refused' in read ? read.detail : read.modified).toBe('2025-05-19T03:04:06Z');
	});

	test('says nothing in a writing that hides its letters, nor under names that lead elsewhere', () => {
		const utf16 = Buffer.from('<?xml version="1.0"?><x>jane@ice.dhs.gov</x>', 'utf16le');
		const given = unzipSync(
			cleanWorkbook(
				zipOf({
					...dirty(),
					'xl/notes.xml': utf16,
					'../../up.xml': '<x/>',
					'xl/../../up.xml': '<x/>',
					'C:/windows.xml': '<x/>',
				}),
			),
		);
		expect(given['xl/notes.xml']).toHaveLength(0);
		expect(Object.keys(given).filter((name) => /up|windows/.test(name))).toEqual([]);
	});

	test.each([
		['openings without end', '<author <Override <x15ac:absPath <si '.repeat(26_000)],
		['texts without end', '<si><t>a'.repeat(120_000)],
		['attributes without end', ' userName="'.repeat(90_000)],
		['authors by the thousand', Array.from({ length: 36_000 }, (_, n) => `<author>name${n}</author>`).join('')],
		['ends alone', '</si>@'.repeat(170_000)],
	])('is cleaned in a moment where it is full of %s', (_, hostile) => {
		// What took the square of its length would not come back within the patience of a test.
		expect(cleanWorkbook(zipOf({ ...dirty(), 'xl/hostile.xml': hostile })).length).toBeGreaterThan(0);
	});

	test('is refused where it would take more memory than any list', () => {
		const bytes = zipOf({ ...dirty(), 'xl/big.xml': `<x>${'abcdefgh'.repeat(5_000_000)}</x>` });
		expect(() => cleanWorkbook(bytes)).toThrow(Unreadable);
	});
});

function xlsxIn(folder: string): string[] {
	const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
	return names.filter((name) => name.endsWith('.xlsx')).map((name) => `${folder}/${name}`);
}

function dirtySheet() {
	return {
		cells: [
			['STATE', 'LAW ENFORCEMENT AGENCY', 'SUPPORT TYPE'],
			['TEXAS', 'Walker County', 'Task Force Model'],
		],
	};
}

describe('a text', () => {
	test.each([
		['<t>a link</t>', '<t>a link</t>'],
		[`<Relationship Target="${ESCAPED}"/>`, `<Relationship Target="${INNER}"/>`],
		[`<hyperlink display="${ESCAPED}"/>`, `<hyperlink display="${INNER}"/>`],
		[`<f>HYPERLINK(&quot;${ESCAPED}&quot;,&quot;x&quot;)</f>`, `<f>HYPERLINK(&quot;${INNER}&quot;,&quot;x&quot;)</f>`],
		['<f>HYPERLINK("https://a.safelinks.protection.outlook.com/?x=1")</f>', '<f>HYPERLINK("about:blank")</f>'],
		['gcc02.safelinks.protection.outlook.com/?data=me%40x.gov end', 'about:blank end'],
		['Target="mailto:a.b@x.gov?subject=hi"', 'Target="about:blank"'],
		['write to o&apos;neil@ice.dhs.gov, please', 'write to o&apos;mailbox-removed, please'],
		['a%2540b.gov a&#64;b.gov a&#x40;b.gov', 'amailbox-removed mailbox-removed mailbox-removed'],
		['jane&#46;doe@x&#46;gov j&#x61;ne&#0064;x.gov', 'mailbox-removed mailbox-removed'],
		['a &#38; b &#10; &#233; &#46;', 'a &#38; b &#10; &#233; &#46;'],
		[
			'<si><r><rPr><b/></rPr><t>ask jane.doe</t></r><r><t xml:space="preserve">@x.gov </t></r></si><si><t>b</t></si>',
			'<si><t xml:space="preserve">ask mailbox-removed </t></si><si><t>b</t></si>',
		],
		[
			'<x:is><x:r><x:t>a@</x:t></x:r><x:r><x:t>x.gov</x:t></x:r></x:is>',
			'<x:is><x:t xml:space="preserve">mailbox-removed</x:t></x:is>',
		],
		['<si><r><t>Polk</t></r><r><t> County</t></r></si>', '<si><r><t>Polk</t></r><r><t> County</t></r></si>'],
		['<numFmt formatCode="_(@_)"/>', '<numFmt formatCode="_(@_)"/>'],
	])('%s', (before, after) => {
		expect(withoutMailboxes(before)).toBe(after.replace('amailbox', 'mailbox'));
	});

	test('never holds a mailbox or a wrapper afterwards, whatever stands around them', () => {
		const piece = fc.oneof(
			fc.constantFrom(ESCAPED, WRAPPER, 'jane@ice.gov', '%40x.gov', '&amp;', '"', ' ', 'safelinks', '<t>'),
			fc.string(),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
				expect(withoutMailboxes(pieces.join(''))).not.toMatch(/safelinks|jane@|doe%40/i);
			}),
		);
	});
});

test.skipIf(captures.length === 0)('every real capture loses its mailboxes and nothing else', () => {
	expect(captures.length).toBeGreaterThan(0);
	for (const path of captures) {
		const bytes = readFileSync(path);
		const cleaned = cleanWorkbook(bytes);
		for (const [name, part] of Object.entries(unzipSync(cleaned))) {
			const found = strFromU8(part, true).match(/safelinks|[\w.]+(@|%40)[\w-]+\.\w+|Spina|absPath|customXml/i);
			expect([path, name, found?.[0]]).toEqual([path, name, undefined]);
		}
		const [old, now] = [readSheet(bytes, 'a'), readSheet(cleaned, 'a')];
		if ('refused' in old || 'refused' in now) throw new Error(`${path} is no list.`);
		expect(createHash('sha256').update(JSON.stringify(now.rows)).digest('hex')).toBe(
			createHash('sha256').update(JSON.stringify(old.rows)).digest('hex'),
		);
		expect(now.modified).toBe(old.modified);
	}
});
