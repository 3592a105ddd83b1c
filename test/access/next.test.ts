import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextPath } from '#access/next.ts';

test.each([
	['/account', '/account'],
	['/es/watch?state=FR&model=TFM', '/es/watch?state=FR&model=TFM'],
	[null, null],
	['', null],
	['account', null],
	['//evil.example', null],
	['/\\evil.example', null],
	['/a\\b', null],
	['/\t/evil.example', null],
	['https://evil.example', null],
	['javascript:alert(1)', null],
	['/sign-in', null],
	['/es/sign-in/second', null],
	['/sign-in?next=/sign-in', null],
	['/sign-invite', '/sign-invite'],
	[`/${'a'.repeat(500)}`, null],
])('after signing in %j leads to %j', (text, path) => expect(nextPath(text)).toBe(path));

test('no text leads to another site', () => {
	fc.assert(
		fc.property(fc.string({ unit: fc.constantFrom(...'/\\.:@?#a%2F \t\n') }), (text) => {
			const path = nextPath(text);
			if (path !== null) expect(new URL(path, 'https://here.example').origin).toBe('https://here.example');
		}),
	);
});
