import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	aDay,
	bodySchema,
	fields,
	flag,
	idOf,
	list,
	named,
	needed,
	orNone,
	picked,
	readBody,
	whole,
	words,
} from '#kernel/body.ts';

const TABLE = {
	title: needed(words('a title', 20)),
	kind: picked(['one', 'other'] as const),
	n: whole('a number', 1, 9),
	sure: flag('it is'),
	day: aDay('a day'),
	who: orNone(words('somebody', 20)),
	ids: list('ids', idOf('an id'), 3),
	answers: named('answers', words('an answer', 5), 2),
	rules: list('rules', fields('a rule', { days: needed(whole('days', 0, 9)) }), 2, 0),
};

test('what a program sends is read by its table, and what is left out stays out', () => {
	const sent = {
		title: 'A',
		kind: 'one',
		n: 3,
		sure: false,
		day: '2026-11-27',
		who: null,
		ids: ['a'],
		answers: { a: 'b' },
		rules: [{ days: 3 }],
	};
	expect(readBody(sent, TABLE)).toEqual(sent);
	expect(readBody({ title: 'A' }, TABLE)).toEqual({ title: 'A' });
	expect(readBody({ title: 'A', rules: [] }, TABLE)).toEqual({ title: 'A', rules: [] });
});

describe('what is not in the table is refused with what is', () => {
	test.each([
		['no object', [], 'Send a JSON object. The fields are: title, kind (may be left out),'],
		['nothing', null, 'Send a JSON object.'],
		['a field too many', { title: 'A', tilte: 'B' }, 'There is no field tilte here. The fields are: title,'],
		['a field of every object', { title: 'A', constructor: 1 }, 'There is no field constructor here.'],
		['a field missing', {}, 'Send title: it takes a title, at most 20 letters.'],
		['a number for words', { title: 1 }, 'title takes a title, at most 20 letters.'],
		['too many letters', { title: 'a'.repeat(21) }, 'title takes'],
		['half a letter', { title: '\ud800' }, 'title takes'],
		['a NUL', { title: 'a\0' }, 'title takes'],
		['another choice', { title: 'A', kind: 'third' }, 'kind takes one of one, other.'],
		['a fraction', { title: 'A', n: 1.5 }, 'n takes a number: a whole number from 1 to 9.'],
		['figures as words', { title: 'A', n: '3' }, 'n takes'],
		['yes for true', { title: 'A', sure: 'yes' }, 'sure takes true or false: it is.'],
		['no such day', { title: 'A', day: '2026-02-30' }, 'day takes a day, YYYY-MM-DD.'],
		['null where something has to be', { title: null }, 'title takes'],
		['an empty list', { title: 'A', ids: [] }, 'ids takes ids: a list of at most 3.'],
		['too long a list', { title: 'A', ids: ['1', '2', '3', '4'] }, 'ids takes'],
		['a list of others', { title: 'A', ids: [1] }, 'ids takes'],
		['too many names', { title: 'A', answers: { a: '', b: '', c: '' } }, 'answers takes answers: an object.'],
		['a fault within a list', { title: 'A', rules: [{ days: 10 }] }, 'In a rule: days takes days: a whole number'],
		['words within a list', { title: 'A', rules: ['3'] }, 'rules takes rules: a list of at most 2.'],
		['a list for an object', { title: 'A', answers: [] }, 'answers takes'],
	])('%s', (_, sent, sentence) => {
		expect(() => readBody(sent, TABLE)).toThrow(sentence);
	});
});

test('whatever is sent, it is read or refused in one line', () => {
	fc.assert(
		fc.property(
			fc.jsonValue(),
			fc.dictionary(fc.constantFrom(...Object.keys(TABLE), '__proto__', 'x\n'), fc.jsonValue()),
			(one, other) => {
				for (const sent of [one, other, { title: 'A', ...other }]) {
					try {
						const read = readBody(sent, TABLE);
						expect(Object.keys(read).every((name) => Object.hasOwn(TABLE, name))).toBe(true);
					} catch (error) {
						expect((error as Error).name).toBe('Invalid');
						expect((error as Error).message).not.toMatch(/[\n\r]/);
					}
				}
			},
		),
	);
});

test('the document says of each field what it takes and which have to be there', () => {
	expect(bodySchema(TABLE)).toMatchObject({
		...{ required: ['title'], additionalProperties: false },
		properties: {
			title: { type: 'string', maxLength: 20, description: 'a title, at most 20 letters' },
			who: { type: ['string', 'null'] },
			kind: { enum: ['one', 'other'] },
		},
	});
});
