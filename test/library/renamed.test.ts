import { expect, test } from 'vitest';
import { policySlug, versionPart, workAddress } from '#library/address.ts';
import { renamed } from '#library/renamed.ts';
import { languageOf } from '#library/tongue.ts';

const one = (eId: string, number: string | null, text: string) => ({ eId, number, heading: null, text });
const LONG = 'No officer shall hold a person for longer than the law of this state allows';

test.each([
	[
		'the same words under another name',
		[one('a', '1.', 'Some words.')],
		[one('b', '2.', 'Some  words.')],
		[['a', 'b']],
	],
	['a name that still stands leads nowhere else', [one('a', '1.', 'Words.')], [one('a', '1.', 'Other.')], []],
	[
		'a clause of one number that is cut elsewhere',
		[one('a', '(a)', `${LONG}, and more.`)],
		[one('b', '(a)', LONG)],
		[['a', 'b']],
	],
	['words that are gone', [one('a', '1.', 'Some words.')], [one('b', '1.', 'Other words.')], []],
	['a clause without words', [one('a', '1.', '')], [one('b', '1.', '')], []],
])('an eId that was given up: %s', (_, before, now, leads) => {
	expect([...renamed(before, now)]).toEqual(leads);
});

test.each([
	['2014-11-14', { day: '2014-11-14', nth: 1, language: null }],
	['2014-11-14.2', { day: '2014-11-14', nth: 2, language: null }],
	['2014-11-14.12.es', { day: '2014-11-14', nth: 12, language: 'es' }],
	['2014-02-30', null],
	['2014-11-14.0', null],
	['2014-11-14.fr', null],
	['sec_2', null],
])('%s names a version: %o', (piece, part) => {
	expect(versionPart(piece)).toEqual(part);
});

test.each([
	['Local Law 58 of 2014', 'x', 'local-law-58-of-2014'],
	[null, 'Ordenanza de protección', 'ordenanza-de-proteccion'],
	['§§§', 'Title', 'title'],
	['2014-11-14', 'A day would name a version', 'a-day-would-name-a-version'],
	['place', 'A place', 'a-place'],
	[null, '—', null],
])('%s, %s is addressed by %s', (number, title, slug) => {
	expect(policySlug(number, title)).toBe(slug);
});

test('a policy of the coalition and one of a city have addresses of their own', () => {
	expect(workAddress(null, 'detainers')).toBe('coalition/detainers');
	expect(workAddress({ kind: 'city', stateCode: 'TX', slug: 'huntsville' }, 'a')).toBe('tx/place/huntsville/a');
});

test.each([
	['No officer shall ask any person for the place of birth', 'en'],
	['Ningún agente de la ciudad preguntará por el lugar de nacimiento', 'es'],
	['', 'en'],
])('%s is %s', (text, language) => {
	expect(languageOf(text)).toBe(language);
});
