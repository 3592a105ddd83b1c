import { expect, test } from 'vitest';
import type { State } from '#adoption/draft.ts';
import type { Remark } from '#adoption/remark/remark.ts';
import { notesOf } from '../../src/routes/adoption/notes.ts';
import { type Quoted, stretches } from '../../src/routes/adoption/quoted.ts';
import type { Words } from '../../src/routes/adoption/reading.ts';

const word = (op: Words['op'], text: string): Words => ({ op, text, blank: null, open: false });
const on = (note: string, start: number, end: number): Quoted => ({ note, part: 'words', start, end });
const WORDS = [word('same', 'The city '), word('removed', 'may'), word('added', 'shall'), word('same', ' post it.')];

test.each([
	['nothing', [], ['The city -may+shall post it.']],
	['a word', [on('a', 4, 8)], ['The ', 'a:city', ' -may+shall post it.']],
	['words over an edit', [on('a', 4, 19)], ['The ', 'a:city -may+shall post', ' it.']],
	['part of what was added', [on('a', 9, 11)], ['The city -may', 'a:+sh', '+all post it.']],
	['two that lie over each other', [on('b', 6, 14), on('a', 4, 8)], ['The ', 'a:city', ' -may+shall post it.']],
	['two side by side', [on('a', 0, 3), on('b', 3, 8)], ['a:The', 'b: city', ' -may+shall post it.']],
	['more than there is', [on('a', 20, 90)], ['The city -may+shall post ', 'a:it.']],
] as const)('a comment on %s marks it, and every word stays', (_, quoted, expected) => {
	const made = stretches(WORDS, quoted);
	const sign = { same: '', added: '+', removed: '-' } as const;
	const read = made.map(({ note, words }) => {
		const text = words.map((one) => sign[one.op] + one.text).join('');
		return note === null ? text : `${note}:${text}`;
	});
	expect(read).toEqual(expected);
	const of = (op: Words['op'], words: readonly Words[]) =>
		words.flatMap((one) => (one.op === op ? [one.text] : [])).join('');
	for (const op of ['same', 'added', 'removed'] as const)
		expect(
			of(
				op,
				made.flatMap(({ words }) => words),
			),
		).toBe(of(op, WORDS));
});

const both = (text: string) => ({ en: text, es: text });
const blank = (id: string, kind: 'text' | 'yes_no') => ({ id, kind, label: both(id), help: both(''), default: null });
const TEXT = '{{if open}} The {{city}} shall post it.';
const state = {
	provisions: [{ id: 'p1', kind: 'section', parent: null, number: '1', heading: 'Notice', text: TEXT, from: null }],
	blanks: [blank('city', 'text'), blank('open', 'yes_no')],
	answers: { city: 'City of Lowmark', open: 'yes' },
	draft: { language: 'en' } as State['draft'],
} as const;

test.each([
	['Notice', 'Notice'],
	['shall post', 'shall post'],
	['{{city}} shall', 'City of Lowmark shall'],
])('a comment on %s is on the words that are read there', (raw, read) => {
	const start = `Notice\n${TEXT}`.indexOf(raw);
	const span = { start, end: start + raw.length };
	const remark = { quote: raw, suggested: null, room: 'city', nth: 1, replies: [] } as unknown as Remark;
	const [note] = notesOf([{ ...remark, place: { kind: 'stands', provision: 'p1', span, changed: false } }], state);
	const line = { heading: 'Notice', words: 'The City of Lowmark shall post it.' };
	expect(note?.on && line[note.on.part].slice(note.on.start, note.on.end)).toBe(read);
});
