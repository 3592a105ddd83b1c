import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLines } from '#kernel/csv.ts';
import type { Day } from '#kernel/day.ts';
import { scan } from '#kernel/xml.ts';
import type { WorkLine } from '#library/view.ts';
import type { Clause } from '#reuse/clause.ts';
import type { Documented } from '#reuse/documented.ts';
import { graphml } from '#reuse/graphml.ts';
import { kept, lineage } from '#reuse/lineage.ts';
import { lineageRows } from '#reuse/lineage-rows.ts';
import { LINEAGE_COLUMNS } from '#reuse/record/lineage.ts';

const work = (id: string, told: Partial<WorkLine> = {}): WorkLine => ({
	id,
	address: `coalition/${id}`,
	title: `Policy ${id}`,
	number: null,
	instrument: 'ordinance',
	form: null,
	place: null,
	language: 'en',
	standing: 'unknown',
	standingSince: null,
	sample: false,
	withdrawn: null,
	...told,
});
const clause = (id: string, day: string, words: string, told: Partial<WorkLine> = {}): Clause => ({
	workId: id,
	expressionId: `e${id}`,
	eId: 'sec_1',
	work: work(id, told),
	day: day as Day,
	language: 'en',
	version: `coalition/${id}/${day}`,
	address: `coalition/${id}/${day}/sec_1`,
	cited: '§ 1',
	words,
});
const DETAINER =
	'No officer shall hold a person on a civil detainer unless a judge has signed a warrant for that person.';
const TOLD = lineage([
	clause('c', '2018-01-01', `${DETAINER} The Clerk reports on it each year.`),
	clause('a', '2014-01-01', DETAINER),
	clause('b', '2016-01-01', DETAINER.replace('civil detainer', 'detainer & <b>notice</b>'), {
		title: '=HYPERLINK("x")',
		sample: true,
	}),
	clause('d', '2019-01-01', 'The library opens at nine in the morning, on Sundays at noon.'),
]);
const RELATIONS: readonly Documented[] = [
	{ workId: 'b', otherId: 'a', kind: 'modelled_on', source: 'Staff report, "page 2"', sourceAddress: null },
];

test('a clause goes on from the earlier one that it has most in common with', () => {
	expect(TOLD.map(({ clause: { workId }, parent }) => [workId, parent])).toEqual([
		['a', null],
		['b', 0],
		['c', 0],
		['d', null],
	]);
	expect(TOLD[2]?.kept).toBe(1);
});

test('what cannot be the likest is not aligned, and the lineage is that of all compared with all', () => {
	const words = fc
		.array(fc.constantFrom('hold', 'person', 'detainer', 'warrant', 'judge', 'city'), { minLength: 1, maxLength: 14 })
		.map((list) => list.join(' '));
	fc.assert(
		fc.property(fc.array(fc.tuple(words, fc.integer({ min: 1, max: 6 })), { maxLength: 8 }), (texts) => {
			const told = lineage(texts.map(([text, day], n) => clause(String(n), `2014-01-0${day}`, text)));
			const size = (text: string) => text.split(' ').length;
			for (const [n, { clause: own, parent }] of told.entries()) {
				const alike = told.slice(0, n).map(({ clause: earlier }) => {
					if (earlier.day >= own.day) return 0;
					const same = Math.round(kept(earlier.words, own.words) * size(earlier.words));
					return (2 * same) / (size(earlier.words) + size(own.words));
				});
				const most = Math.max(0, ...alike);
				expect(parent).toBe(most < 0.4 ? null : alike.indexOf(most));
			}
		}),
		{ numRuns: 300 },
	);
});

test('as a table it says what is inferred and what a source says, and no text in it becomes a formula', async () => {
	const rows = lineageRows(TOLD, RELATIONS, 'https://here.example/library/');
	expect(rows[1]).toMatchObject({ basis: 'modelled_on', source: 'Staff report, "page 2"', sample: true });
	expect(rows[2]).toMatchObject({ basis: 'inferred', keeps: 1, source: null });
	expect(rows[2]?.earlier).toBe('https://here.example/library/coalition/a/2014-01-01/sec_1');
	expect(rows[3]).toMatchObject({ earlier: null, keeps: null, basis: null, own_series: null });
	let text = '';
	for await (const line of csvLines(LINEAGE_COLUMNS, rows, false)) text += line;
	expect(text).toContain(`"'=HYPERLINK(""x"")"`);
	expect(Object.keys(rows[0] ?? {}).sort()).toEqual([...LINEAGE_COLUMNS].sort());
});

test('as a graph it is well-formed, with an edge for each clause that goes on from another', () => {
	const opened: string[] = [];
	const texts: string[] = [];
	scan(graphml(lineageRows(TOLD, RELATIONS, 'https://here.example/library/')), 'lineage', {
		open: (name, attributes) => void opened.push(name === 'edge' ? `edge${attributes}` : name),
		close: () => undefined,
		text: (text) => void texts.push(text),
	});
	expect(opened.filter((name) => name === 'node')).toHaveLength(4);
	expect(opened.filter((name) => name.startsWith('edge')).map((edge) => edge.trim())).toEqual([
		'edge source="n0" target="n1"',
		'edge source="n0" target="n2"',
	]);
	expect(texts).toContain('Staff report, "page 2"');
	expect(texts).toContain('=HYPERLINK("x")');
});
