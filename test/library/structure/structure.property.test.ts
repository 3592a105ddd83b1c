import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PROVISION_KINDS } from '#library/provision.ts';
import type { Blocks, Run } from '#library/read/block.ts';
import { blockOf } from '#library/read/gather.ts';
import { textBlocks } from '#library/read/text.ts';
import { PROFILE_NAMES } from '#library/redline/profile.ts';
import { type Structured, structure } from '#library/structure/structure.ts';

const WORDS = fc.constantFrom(
	...'shall be the department may detainer [ ] (( )) "Term" means following: or and; A. report. § Section 1. §2. 9-131 (a) (i) (ii) (h) a. b. 1. 2. WHEREAS'.split(
		' ',
	),
	'is amended to read as follows:',
	'Be it enacted by the Council as follows:',
	'\ufffd 2.',
	'“Quoted”',
	'This local law takes effect immediately.',
	'CHAPTER 5',
	'Definitions.',
);
const TEXT = fc.array(WORDS, { minLength: 1, maxLength: 9 }).map((words) => words.join(' '));
const RUN: fc.Arbitrary<Run> = fc
	.record({
		text: TEXT,
		look: fc.constantFrom({}, { underline: true }, { strike: true }, { tracked: 'added' }, { tracked: 'removed' }),
	})
	.map(({ text, look }) => ({ text: `${text} `, ...look }) as Run);
const BLOCKS: fc.Arbitrary<Blocks> = fc
	.array(
		fc.record({
			runs: fc.array(RUN, { minLength: 1, maxLength: 4 }),
			label: fc.option(fc.constantFrom('1.', '(a)', 'ii.', '•'), { nil: null }),
			heading: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
			role: fc.constantFrom('paragraph' as const, 'paragraph' as const, 'row' as const, 'aside' as const),
		}),
		{ maxLength: 14 },
	)
	.map((rows) => ({
		format: 'docx' as const,
		blocks: rows.map(({ runs, ...shape }) => blockOf(runs, shape)),
		inside: { authors: [], comments: [], hidden: [], revisions: 0, properties: {} },
		problems: [],
	}));
const PROFILE = fc.option(fc.constantFrom(...PROFILE_NAMES), { nil: undefined });

describe('whatever the blocks', () => {
	test('every word of them is in some provision', () => {
		fc.assert(
			fc.property(BLOCKS, PROFILE, (blocks, profile) => {
				const made = structure(blocks, profile ? { profile } : {});
				const held = counted(wordsIn(made));
				const wanted = counted(
					blocks.blocks.map((block) => [block.label, ...block.runs.map((run) => run.text)].join(' ')).join(' '),
				);
				const lost = [...wanted].filter(([word, times]) => (held.get(word) ?? 0) < times);
				expect(lost).toEqual([]);
			}),
			{ numRuns: 300 },
		);
	});

	test('the tree, its names and its offsets keep their promises', () => {
		fc.assert(
			fc.property(BLOCKS, PROFILE, (blocks, profile) => {
				keepsPromises(structure(blocks, profile ? { profile } : {}));
			}),
			{ numRuns: 300 },
		);
	});

	test('text of any signs is read without complaint', () => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(TEXT, fc.string({ unit: 'binary', maxLength: 40 })), { maxLength: 30 }),
				(lines) => {
					keepsPromises(structure(textBlocks(lines.join('\n'))));
				},
			),
			{ numRuns: 200 },
		);
	});
});

function keepsPromises(made: Structured): void {
	const { text, provisions } = made;
	expect(new Set(provisions.map(({ eId }) => eId)).size).toBe(provisions.length);
	let end = 0;
	provisions.forEach((at, index) => {
		expect(PROVISION_KINDS).toContain(at.kind);
		expect(at.eId).toMatch(/^[A-Za-z0-9._-]+$/);
		if (at.parent !== null) {
			expect(at.parent).toBeLessThan(index);
			expect(at.eId.startsWith(`${provisions[at.parent]?.eId}__`)).toBe(true);
		}
		const line = [at.number, at.heading, at.text].filter(Boolean).join(' ');
		expect(text.slice(at.start, at.end)).toBe(at.state === 'removed' ? '' : line);
		expect(at.start).toBeGreaterThanOrEqual(end);
		end = at.end;
		expect(at.redline === null).toBe(at.state === 'same');
		if (at.redline && at.kind !== 'table') {
			const reads = (but: string): string =>
				(at.redline ?? [])
					.filter(({ op }) => op !== but)
					.map((piece) => piece.text)
					.join('');
			if (at.state !== 'removed') expect(bare(reads('removed'))).toBe(bare(line));
			if (at.before)
				expect(bare(reads('added'))).toBe(bare([at.before.number, at.before.heading, at.before.text].join(' ')));
		}
	});
	const names = new Set(provisions.map(({ eId }) => eId));
	for (const { by, quoted } of made.amendments) {
		expect(names).toContain(by);
		if (quoted !== null) expect(names).toContain(quoted);
	}
}

/** Letters and signs without blanks: of these both readings and the redline must agree. */
function bare(text: string): string {
	return text.replaceAll(/\s+/g, '');
}

function wordsIn(made: Structured): string {
	return made.provisions
		.map((at) =>
			at.redline ? at.redline.map(({ text }) => text).join(' ') : [at.number, at.heading, at.text].join(' '),
		)
		.join(' ');
}

/** How often each word stands, without the signs that a profile takes for marks, or a repair puts in. */
function counted(text: string): Map<string, number> {
	const counts = new Map<string, number>();
	for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
		if (/^[l1io0]$/.test(word)) continue;
		counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	return counts;
}
