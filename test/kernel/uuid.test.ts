import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isUuid } from '#kernel/uuid.ts';

it('every id that we make is one', () => {
	fc.assert(fc.property(fc.uuid(), (id) => isUuid(id)));
});

it.each([
	'',
	'none',
	'-'.repeat(36),
	'a'.repeat(36),
	'0f8fad5b-d9cb-469f-a165-70867728950e\n',
	'0f8fad5bd9cb469fa16570867728950e',
])('%j is none', (text) => {
	expect(isUuid(text)).toBe(false);
});
