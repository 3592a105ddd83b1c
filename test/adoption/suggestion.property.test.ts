import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRevisions } from '#adoption/word/revision.ts';
import { suggestionsOf } from '#adoption/word/suggest.ts';
import { counselFile, DEEDS, DRAFTS, edited, linesOf, reading, unstopped, withTaken } from './counsel.ts';

const CASES = fc.tuple(DRAFTS, DEEDS).map(([draft, deeds]) => ({ draft, ...edited(draft, deeds) }));

test('every word that a file puts in, strikes or says is in exactly one suggestion, or listed', () => {
	fc.assert(
		fc.property(CASES, ({ draft, paragraphs, remarks }) => {
			const { suggestions, unplaced } = suggestionsOf(readRevisions(counselFile(paragraphs, remarks)), draft);
			const wordsOf = (texts: readonly string[]) => texts.flatMap((text) => text.match(/[awr][0-9a-z]+/g) ?? []).sort();
			const pieces = paragraphs.flatMap((paragraph) => paragraph.pieces);
			const put = pieces.filter(({ op }) => op === 'added' || op === 'overtaken').map(({ text }) => text);
			const struck = pieces.filter(({ op }) => op === 'removed').map(({ text }) => text);
			expect(
				wordsOf([
					...suggestions.filter(({ kind }) => kind !== 'comment').map(({ after }) => after),
					...unplaced.filter(({ op }) => op === 'overtaken').map(({ text }) => text),
				]),
			).toEqual(wordsOf(put));
			expect(wordsOf(suggestions.filter(({ kind }) => kind !== 'comment').map(({ before }) => before))).toEqual(
				wordsOf(struck),
			);
			expect(wordsOf(suggestions.filter(({ kind }) => kind === 'comment').map(({ after }) => after))).toEqual(
				wordsOf(remarks.map(({ text }) => text)),
			);
			expect(suggestions.filter(({ tracked }) => !tracked)).toEqual([]);
			for (const { basis, at, before, kind } of suggestions)
				if (kind === 'words') expect(basis.slice(at, at + before.length)).toBe(before);
		}),
		{ numRuns: 300 },
	);
});

test('taking all in any order gives the text of the file with every change accepted', () => {
	fc.assert(
		fc.property(CASES, fc.infiniteStream(fc.nat()), ({ draft, paragraphs, remarks }, stream) => {
			const { suggestions, unplaced } = suggestionsOf(readRevisions(counselFile(paragraphs, remarks)), draft);
			const dice = [...stream.take(suggestions.length)];
			const order = suggestions.map((_, at) => at).sort((one, other) => (dice[one] ?? 0) - (dice[other] ?? 0));
			const made = withTaken(draft, suggestions, order);
			expect(made.clashes).toBe(0);
			// Provisions that the file joins stay two, and their joining is listed.
			const whole = reading(paragraphs, 'after');
			expect(unstopped(linesOf(made.draft))).toEqual(unstopped(whole.split(/[\n¶]/)));
			const joins = whole.match(/[^\s¶]\s*¶[\s¶]*(?=[^\s¶])/g) ?? [];
			expect(unplaced.filter(({ why }) => why === 'joined')).toHaveLength(
				joins.filter((join) => !join.includes('\n')).length,
			);
		}),
		{ numRuns: 300 },
	);
});

test('a file that was saved without a change suggests nothing, with bookmarks or without', () => {
	fc.assert(
		fc.property(DRAFTS, fc.boolean(), (draft, marked) => {
			const paragraphs = linesOf(draft).map((text, at) => ({
				pieces: [{ op: 'same' as const, text }],
				bookmark: marked ? (draft[at]?.bookmark ?? null) : null,
			}));
			const found = suggestionsOf(readRevisions(counselFile(paragraphs)), draft);
			expect(found).toEqual({ suggestions: [], unplaced: [], problems: [] });
		}),
	);
});

/** A file in which somebody worked without tracking, and that lost its bookmarks. */
const RETYPED = fc
	.tuple(
		DRAFTS,
		fc.array(fc.constantFrom(...(['keep', 'keep', 'words', 'drop', 'new', 'join', 'divide', 'last'] as const)), {
			minLength: 7,
			maxLength: 7,
		}),
	)
	.map(([draft, deeds]) => {
		const lines: string[] = [];
		const late: string[] = [];
		let [count, joins] = [0, false];
		draft.forEach((provision, at) => {
			const words = linesOf([provision]).join(' ').split(' ');
			const deed = deeds[at] ?? 'keep';
			if (deed === 'words') words.splice(Math.floor(words.length / 2), 1, `a${count++}a`, `a${count++}a`);
			const line = words.join(' ');
			if (joins) lines[lines.length - 1] += ` ${line}`;
			else if (deed === 'divide' && words.length > 6) lines.push(words.slice(0, 4).join(' '), words.slice(4).join(' '));
			else if (deed === 'last') late.push(line);
			else if (deed !== 'drop') lines.push(line);
			if (deed === 'new') lines.push(`a${count++}a a${count++}a a${count++}a a${count++}a`);
			joins = deed === 'join';
		});
		return { draft, lines: [...lines, ...late] };
	});

test('words that somebody changed without tracking are suggestions too, whatever became of paragraphs and bookmarks', () => {
	fc.assert(
		fc.property(RETYPED, ({ draft, lines }) => {
			const file = readRevisions(counselFile(lines.map((text) => ({ pieces: [{ op: 'same', text }] }))));
			const { suggestions, unplaced, problems } = suggestionsOf(file, draft);
			if (problems.some(({ code }) => code === 'another_text')) {
				expect(unplaced.map(({ text }) => text)).toEqual(lines);
				return;
			}
			expect(unplaced).toEqual([]);
			expect(suggestions.filter(({ tracked }) => tracked)).toEqual([]);
			const made = withTaken(draft, suggestions, [...suggestions.keys()]);
			expect(made.clashes).toBe(0);
			expect(unstopped([linesOf(made.draft).join(' ')])).toEqual(unstopped([lines.join(' ')]));
		}),
		{ numRuns: 300 },
	);
});
