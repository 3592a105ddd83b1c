import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findLists } from '#watch/fetch/page.ts';

const PAGE = 'https://www.ice.gov/identify-and-arrest/287g';
const LIB = 'https://www.ice.gov/doclib/about/offices/ero/287g';

function found(html: string): readonly string[] | string {
	const result = findLists(html, PAGE);
	return result.found ? result.addresses : `${result.shape} of ${result.spreadsheets}`;
}

/** The last pieces of what was found. */
function names(html: string): readonly string[] | string {
	const result = found(html);
	return typeof result === 'string' ? result : result.map((address) => address.replace(/^.*\//, ''));
}

describe('the two lists are found', () => {
	test.each([
		[
			'by the words of the links',
			'<p>See <a href="/a.xlsx">participating agencies</a> and <a href="/b.xlsx">pending agencies</a>.',
			['a.xlsx', 'b.xlsx'],
		],
		[
			'whichever comes first',
			'<a href="b.xlsx">Pending <b>Agencies</b></a><a href="a.xlsx">Participating&nbsp;Agencies [XLSX]</a>',
			['a.xlsx', 'b.xlsx'],
		],
		[
			'by the names of the files',
			'<a href="x/participatingAgencies07042025pm.xlsx">here</a> <a href="x/pendingAgencies07042025pm.xlsx">here</a>',
			['participatingAgencies07042025pm.xlsx', 'pendingAgencies07042025pm.xlsx'],
		],
		[
			'by the sentence before each link',
			'<p>Participating agencies: <a href="1.xlsx">download</a>. Pending agencies: <a href="2.xlsx">download</a></p>',
			['1.xlsx', '2.xlsx'],
		],
		[
			'by the sentence after each link',
			'<li><a href="1.xlsx">Download</a> the pending agencies<li><a href="2.xlsx">Download</a> participating agencies',
			['2.xlsx', '1.xlsx'],
		],
		[
			'by the heading above',
			'<h3>Pending</h3><p>As of today<ul><li><a href="1.xlsx">List</a></ul><h3>Participating</h3><p><a href="2.xlsx">List</a>',
			['2.xlsx', '1.xlsx'],
		],
		[
			'by the cell beside',
			'<table><tr><td>Participating<td><a href="1.xlsx">Excel</a><tr><td>Pending<td><a href="2.xlsx">Excel</a></table>',
			['1.xlsx', '2.xlsx'],
		],
		[
			'by what a screen reader says',
			'<a href="1.xlsx" aria-label="Pending agencies">Excel</a><a href="2.xlsx" title="Participating agencies">Excel</a>',
			['2.xlsx', '1.xlsx'],
		],
		['with nothing to tell them by, being two', '<a href="1.xlsx">x</a><a href="2.xlsx">y</a>', ['1.xlsx', '2.xlsx']],
		['with one of two that tells', '<a href="1.xlsx">pending</a><a href="2.xlsx">the other</a>', ['2.xlsx', '1.xlsx']],
		[
			'among other spreadsheets',
			'<a href="a.xlsx">participating</a><a href="b.xlsx">pending</a><a href="c.xlsx">Removals 2024</a><a href="d.csv">x</a>',
			['a.xlsx', 'b.xlsx'],
		],
		[
			'once, though linked twice',
			'<a href="a.xlsx#top"><img></a><a href="a.xlsx">participating</a><a href="b.xlsx">pending</a><a href="/identify-and-arrest/b.xlsx">again</a>',
			['a.xlsx', 'b.xlsx'],
		],
		[
			'beside older ones that are called so',
			'<a href="a.xlsx">participating</a><a href="b.xlsx">pending</a><h2>Archive</h2><a href="c.xlsx">participating</a><a href="e.xlsx">Pending (previous)</a>',
			['a.xlsx', 'b.xlsx'],
		],
		[
			'beside older ones whose names carry an earlier day',
			'<a href="participating09242026pm.xlsx">List</a><a href="pending09242026pm.xlsx">List</a><a href="participating09232026am.xlsx">List</a><a href="pending-2026-09-23.xlsx">List</a>',
			['participating09242026pm.xlsx', 'pending09242026pm.xlsx'],
		],
	])('%s', (_, html, expected) => {
		expect(names(html)).toEqual(expected);
	});

	test('relative to the page, or to the base it names, in any case, with query, wrapped by a mail program', () => {
		expect(found('<A HREF=/doclib/Participating.XLSX?v=2#top>x</A><a href="../pending%2Exlsx">y</a>')).toEqual([
			'https://www.ice.gov/doclib/Participating.XLSX?v=2',
			'https://www.ice.gov/pending%2Exlsx',
		]);
		const wrapped = `https://gcc02.safelinks.protection.outlook.com/?url=${encodeURIComponent(`${LIB}/a.xlsx`)}&data=05%7Cclerk`;
		expect(
			found(
				`<base href="${LIB}/"><a href="${wrapped.replace('&', '&amp;')}">participating</a><a href=b.xlsx>pending</a>`,
			),
		).toEqual([`${LIB}/a.xlsx`, `${LIB}/b.xlsx`]);
	});
});

describe('a page that changed is told', () => {
	test.each([
		['empty', '', 'none of 0'],
		['without a spreadsheet', '<a href="a.pdf">participating</a><a href="xlsx">pending</a>', 'none of 0'],
		[
			'with links that nobody sees',
			'<!-- <a href=a.xlsx> --><script>"<a href=b.xlsx>"</script><template><a href=c.xlsx>',
			'none of 0',
		],
		['with links that are no web address', '<a href="mailto:a.xlsx">x</a><a href="file:///b.xlsx">y</a>', 'none of 0'],
		['with a single list', '<a href="a.xlsx">participating</a>', 'one of 1'],
		[
			'with one of the lists twice',
			'<a href="a.xlsx">participating</a><a href="b.xlsx">participating</a>',
			'missing of 2',
		],
		[
			'with three that nothing tells apart',
			'<a href="1.xlsx">x</a><a href="2.xlsx">y</a><a href="3.xlsx">z</a>',
			'many of 3',
		],
		[
			'with two current ones of a kind',
			'<a href="1.xlsx">participating</a><a href="2.xlsx">participating</a><a href="3.xlsx">pending</a>',
			'many of 3',
		],
		[
			'with a name whose year cannot be, which has happened',
			'<a href="participating01052025.xlsx">x</a><a href="participating12312025.xlsx">x</a><a href="pending.xlsx">x</a>',
			'many of 3',
		],
	])('%s', (_, html, expected) => {
		expect(names(html)).toBe(expected);
	});
});

describe('whatever stands on the page', () => {
	const piece = fc.oneof(
		fc.constantFrom(
			...[
				'<a href=',
				'"a.xlsx"',
				"'b.xlsx'",
				'>',
				'</a>',
				'<h2>',
				'</h2>',
				'<p',
				'<base href="',
				'&amp;',
				'&#0;',
				'&#xfffff',
			],
			...[
				'participating',
				'pending',
				'<!--',
				'-->',
				'<script>',
				'</script>',
				'<![CDATA[',
				'%',
				'%zz.xlsx',
				'<td>',
				'\u0000',
			],
			...[
				'https://x.safelinks.protection.outlook.com/?url=',
				'javascript:.xlsx',
				'<svg',
				'/>',
				'<',
				'"',
				"'",
				'=',
				' ',
			],
		),
		fc.string({ unit: 'binary', maxLength: 10 }),
	);

	test('it gives an answer whose addresses are spreadsheets on the web', () => {
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
				const result = findLists(pieces.join(''), PAGE);
				if (!result.found) return;
				for (const address of result.addresses) expect(new URL(address).protocol).toMatch(/^https?:$/);
				expect(result.addresses[0]).not.toBe(result.addresses[1]);
			}),
			{ numRuns: 400 },
		);
	});

	test.each([
		['open elements and closing tags of none', `${'<b>'.repeat(800_000)}${'</x>'.repeat(650_000)}`],
		['links to spreadsheets', '<a href=a.xlsx>participating'.repeat(180_000)],
		['different links', Array.from({ length: 300_000 }, (_, i) => `<a href=${i}.xlsx>`).join('')],
		['attributes', `<a ${'href=x.xlsx '.repeat(400_000)}>`],
		['one address', `<a href="${'x'.repeat(5_000_000)}.xlsx">`],
		['entities in an address', `<a href="${'&amp;'.repeat(1_000_000)}.xlsx">`],
		['wrappers in wrappers', `<a href="${'https://x.safelinks.protection.outlook.com/?url='.repeat(100_000)}a.xlsx">`],
		['comments that never end', '<!--'.repeat(1_250_000)],
		['angle brackets', '<'.repeat(5_000_000)],
		['headings', '<h2>participating'.repeat(290_000)],
		['entities', '&#x41;'.repeat(800_000)],
	])('five million characters of %s are answered', (_, html) => {
		expect(findLists(html, PAGE).found).toBe(false);
	});
});
