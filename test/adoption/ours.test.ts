import { describe, expect, test } from 'vitest';
import { exported } from '#adoption/out/export.ts';
import { BLOCK_FIELDS } from '#adoption/packet/field.ts';
import { filledIn } from '#adoption/packet/fill.ts';
import { ownTemplate } from '#adoption/packet/own-template.ts';
import { fillingOf, PACKET_LOOKS, type Said } from '#adoption/packet/packet.ts';
import { readTemplate, reportOf } from '#adoption/packet/template.ts';
import { otherFileOfOurs } from '#adoption/word/ours.ts';
import { readRevisions } from '#adoption/word/revision.ts';
import { suggestionsOf } from '#adoption/word/suggest.ts';
import { DRAFT } from './corpus.ts';
import { counselFile } from './counsel.ts';
import { leaving } from './leaving.ts';
import { draftOf } from './shelf.ts';
import { uglyTemplate } from './templates.ts';

const BEFORE = draftOf('# An ordinance\n\n## Section 1. Records\n\nThe clerk shall keep records for a year.');
const NOW = draftOf('# An ordinance\n\n## Section 1. Records\n\nThe clerk shall keep records for ten years.');

const out = (language: 'en' | 'es') =>
	leaving({ name: 'records', blanks: [], provisions: [] }, NOW, {
		draft: { title: 'An ordinance', instrument: 'ordinance', language, sample: true },
		base: BEFORE,
	});
const kindOf = (bytes: Uint8Array) => otherFileOfOurs(readRevisions(bytes));

function packet(language: 'en' | 'es', bytes: Uint8Array, said: Partial<Said>): Uint8Array {
	const template = readTemplate(bytes);
	if ('faults' in template) throw new Error(JSON.stringify(template.faults));
	const all: Said = {
		...{ title: 'An ordinance', number: '', day: null, sponsor: '', summary: 'It keeps.', fiscal: 'None.' },
		...{ look: 'chicago', parts: BLOCK_FIELDS, ...said },
	};
	return filledIn(template, fillingOf(out(language), all, reportOf(template).found));
}

describe.each(['en', 'es'] as const)('of a draft in %s', (language) => {
	test.each(PACKET_LOOKS)('a packet with a redline in the look of %s is known, in any template', (look) => {
		for (const bytes of [ownTemplate(language), uglyTemplate()])
			expect(kindOf(packet(language, bytes, { look }))).toBe('packet');
	});

	test.each([
		['sources', {}],
		['no summary', { summary: '' }],
		['no fiscal note', { fiscal: '' }],
	])('a packet without a redline is known by its %s', (part, said) => {
		const parts = BLOCK_FIELDS.filter((one) => one !== 'redline' && (part === 'sources' || one !== 'sources'));
		expect(kindOf(packet(language, ownTemplate(language), { parts, ...said }))).toBe('packet');
	});

	test.each([
		['clean', 'tracked', null],
		['marked', 'tracked', null],
		...PACKET_LOOKS.map((look) => ['marked', look, 'look'] as const),
	] as const)('a file of it, %s, in the look %s, is known as %s', (what, profile, kind) => {
		expect(kindOf(exported(out(language), { form: 'docx', what, profile }).bytes)).toBe(kind);
	});
});

test('a file that hardly matches the draft is asked about, and one that counsel wrote much into is not', () => {
	const own = DRAFT.map(({ number, heading, text }) => [number, heading, text].filter(Boolean).join(' '));
	const problems = (texts: readonly string[]) => {
		const file = counselFile(texts.map((text) => ({ pieces: [{ op: 'same', text }] })));
		return suggestionsOf(readRevisions(file), DRAFT).problems.map(({ code }) => code);
	};
	const lease = ['A lease of a garage.', 'Rent is due.', 'Dogs are allowed.', 'Cats are not.', 'Signed.', 'Sealed.'];
	expect(problems([...own.slice(0, 3), ...lease])).toEqual(['little_of_draft']);
	expect(problems([...own, ...lease.slice(0, 5)])).toEqual([]);
});
