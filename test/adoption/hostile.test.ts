import { expect, test } from 'vitest';
import { readRevisions } from '#adoption/word/revision.ts';
import { makeDocx } from '../library/docx.ts';
import { diceOf } from '../library/mutant.ts';
import { attempt } from './complaint.ts';
import { DRAFT, TRAPS, trapFile } from './corpus.ts';
import { counselMutant } from './mutant.ts';

/** Mutants of every test run; `npm run soak:wordin` takes in 10,000. */
const SHORT = 200;

test('a mutated file of counsel breaks nothing, and nothing of it is lost or made up', () => {
	const found = Array.from({ length: SHORT }, (_, n) => attempt(counselMutant(diceOf(20_261_127 + n)), DRAFT));
	expect(found.filter(({ wrong }) => wrong !== null)).toEqual([]);
	expect(found.filter(({ outcome }) => outcome === 'read').length).toBeGreaterThan(SHORT / 2);
});

test('a loss is a complaint', () => {
	const whole = trapFile(TRAPS.find(({ name }) => name === 'insert') as (typeof TRAPS)[number]);
	expect(attempt(whole, DRAFT)).toEqual({ outcome: 'read', wrong: null });
	expect(attempt(Uint8Array.of(1, 2, 3), DRAFT).outcome).toMatch(/^refused/);
});

const TEXT = '<w:p><w:r><w:t>Words.</w:t></w:r></w:p>';

test.each([
	[
		'an entity',
		makeDocx({ document: '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "http://x.example/">]><a>&b;</a>' }),
		/document type/,
	],
	[
		'comments that are a bomb',
		makeDocx({ document: TEXT, comments: `<?xml version="1.0"?><a>${' '.repeat(9_000_000)}</a>` }),
		/shrink/,
	],
	['no text', makeDocx({}), /damaged/],
])('a file with %s is refused', (_, bytes, said) => {
	expect(() => readRevisions(bytes)).toThrow(said);
});
