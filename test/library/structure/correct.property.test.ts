import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PROVISION_KINDS } from '#library/provision.ts';
import { readBytes } from '#library/read/read.ts';
import { besideEach } from '#library/structure/beside.ts';
import { type Correction, corrected, levels } from '#library/structure/correct.ts';
import { type Structured, structure } from '#library/structure/structure.ts';

async function read(...lines: readonly string[]): Promise<Structured> {
	const blocks = await readBytes(Buffer.from(lines.join('\n\n')), 'law.txt');
	if ('refused' in blocks) throw new Error(blocks.detail);
	return structure(blocks);
}

const LAW = [
	'AN ORDINANCE concerning the jail',
	'WHEREAS, the city keeps a jail; and',
	'Section 1. Purpose. This chapter says who is held.',
	'Section 2. Detainers.',
	'(a) No officer shall honor a detainer.',
	'(b) Except where:',
	'(1) a judge signed a warrant; or',
	'(2) the person agrees.',
	'3 Records. The jail keeps a record of each request.',
	'Section 4. This ordinance takes effect at once.',
];
const law = await read(...LAW);
const at = (begin: string) =>
	law.provisions.findIndex(({ number, heading, text }) =>
		[number, heading, text].filter(Boolean).join(' ').startsWith(begin),
	);
const fix = (begin: string, correction: Correction) => corrected(law, new Map([[at(begin), correction]]));

const words = (one: { number: string | null; heading: string | null; text: string }) =>
	[one.number, one.heading, one.text].filter(Boolean).join(' ');

describe('a correction', () => {
	test('of nothing gives the reading back', () => {
		expect(corrected(law, new Map())).toEqual({ reading: law, faults: new Map() });
	});

	test('of a level takes along what lies in it, and names it by where it lies', () => {
		const { reading } = fix('(b) Except', { level: 1 });
		expect(reading.provisions.map(({ eId }) => eId)).toEqual(
			expect.arrayContaining(['sec_b', 'sec_b__subsec_1', 'sec_b__subsec_2']),
		);
		expect(reading.text).toBe(law.text);
	});

	test('of number and heading moves the bound between them and the words', () => {
		const i = at('3 Records');
		const { reading, faults } = fix('3 Records', { level: 1, kind: 'section', number: '3', heading: 'Records.' });
		expect(faults.size).toBe(0);
		expect(reading.provisions[i]).toMatchObject({
			...{ eId: 'sec_3', kind: 'section', number: '3', heading: 'Records.', parent: null },
			text: 'The jail keeps a record of each request.',
		});
		expect(reading.provisions.at(-1)?.eId).toBe('sec_4');
	});

	test.each([
		['number', { number: 'Section 9.', heading: null }],
		['heading', { number: '3', heading: 'Rec' }],
	] as const)('of a %s that its words do not begin with is told, and changes none of them', (fault, correction) => {
		const i = at('3 Records');
		const { reading, faults } = fix('3 Records', correction);
		expect([...faults]).toEqual([[i, fault]]);
		expect(reading.provisions[i]).toEqual(law.provisions[i]);
	});

	test('leads what an act amends to the new names', async () => {
		const act = await read(
			'A LOCAL LAW',
			'Section 1. Section 9-131 of the administrative code is amended to read as follows:',
			'§ 9-131 Detainers. a. No person shall be held.',
			'§ 2. This local law takes effect at once.',
		);
		const { reading } = corrected(
			act,
			new Map([[act.provisions.findIndex(({ kind }) => kind === 'section'), { kind: 'article' }]]),
		);
		const eIds = new Set(reading.provisions.map(({ eId }) => eId));
		expect(act.amendments.length).toBeGreaterThan(0);
		expect(reading.amendments.every(({ by, quoted }) => eIds.has(by) && (quoted === null || eIds.has(quoted)))).toBe(
			true,
		);
		expect(reading.amendments[0]?.by).toBe('art_1');
	});
});

const line = fc.oneof(
	fc.constantFrom(...LAW),
	fc
		.tuple(
			fc.constantFrom('(a)', '(1)', '§ 4.', 'Section 7.', 'Article II', '1.', '-', ''),
			fc.string({ maxLength: 40 }),
		)
		.map((parts) => parts.join(' ')),
);
const correction = fc.record(
	{
		level: fc.integer({ min: -3, max: 30 }),
		kind: fc.constantFrom(...PROVISION_KINDS),
		number: fc.option(fc.constantFrom('(a)', 'Section', 'Section 1.', '3', '§'), { nil: null }),
		heading: fc.option(fc.constantFrom('Purpose.', 'No', 'Records.', ' '), { nil: null }),
	},
	{ requiredKeys: [] },
);

test('whatever is corrected: every word stays in its place, names are one of a kind, and the tree holds', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(line, { minLength: 1, maxLength: 14 }),
			fc.array(fc.tuple(fc.nat({ max: 16 }), correction), { maxLength: 6 }),
			async (lines, wishes) => {
				const blocks = await readBytes(Buffer.from(lines.join('\n\n')), 'law.txt');
				fc.pre(!('refused' in blocks));
				const before = structure(blocks as Exclude<typeof blocks, { refused: unknown }>);
				const { reading } = corrected(before, new Map(wishes));
				expect(reading.text).toBe(before.text);
				expect(reading.provisions.map(words)).toEqual(before.provisions.map(words));
				reading.provisions.forEach((one, i) => {
					expect([one.start, one.end]).toEqual([before.provisions[i]?.start, before.provisions[i]?.end]);
					if (one.state !== 'removed') expect(reading.text.slice(one.start, one.end)).toBe(words(one));
					expect(one.parent === null || one.parent < i).toBe(true);
				});
				expect(new Set(reading.provisions.map(({ eId }) => eId)).size).toBe(reading.provisions.length);
				for (const level of levels(reading.provisions)) expect(level).toBeLessThanOrEqual(reading.provisions.length);
				expect(corrected(reading, new Map()).reading).toEqual(reading);
			},
		),
		{ numRuns: 200 },
	);
});

describe('side by side', () => {
	test('each paragraph stands beside the provision that it begins in, what is in none where it was met', () => {
		const provisions = ['Section 1. Purpose. This says who.', '(a) No officer', '(b) Except where a judge signed.'];
		const paragraphs = [
			'Section 1. Purpose.',
			'This says who.',
			'(a) No',
			'officer',
			'Page 12',
			'(b) Except where a judge',
		];
		expect(besideEach(paragraphs, provisions)).toEqual([0, 0, 1, 1, 2, 2]);
	});

	test('is total: one place for each paragraph, in order, within the provisions', () => {
		fc.assert(
			fc.property(fc.array(fc.string()), fc.array(fc.string(), { minLength: 1 }), (paragraphs, provisions) => {
				const places = besideEach(paragraphs, provisions);
				expect(places).toHaveLength(paragraphs.length);
				expect(places.every((at, i) => at >= (places[i - 1] ?? 0) && at < provisions.length)).toBe(true);
			}),
		);
	});
});
