import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idOf, pathOf } from '#alerts/link.server.ts';

const SITE = { secret: 'a secret of thirty-two characters' };

describe('a link', () => {
	const id = '0a0a0a0a-1111-4222-8333-444444444444';
	const token = (purpose: 'begin' | 'yours', site = SITE) => pathOf(purpose, id, site).split('/').at(-1) ?? '';

	test('leads back to what it was made for, and to nothing else', () => {
		expect(idOf('yours', token('yours'), SITE)).toBe(id);
		expect(idOf('begin', token('yours'), SITE)).toBeNull();
		expect(idOf('yours', token('yours'), { secret: `${SITE.secret}x` })).toBeNull();
		expect(idOf('yours', token('yours').replace('0a0a0a0a', '0b0a0a0a'), SITE)).toBeNull();
	});

	test('of any other letters leads nowhere', () => {
		const near = fc.tuple(fc.constantFrom(id, ''), fc.constantFrom('.', '..', ''), fc.string({ unit: 'binary' }));
		fc.assert(
			fc.property(
				fc.oneof(
					near.map((parts) => parts.join('')),
					fc.string({ unit: 'binary' }),
				),
				(text) => {
					expect(idOf('yours', text, SITE)).toBeNull();
				},
			),
			{ numRuns: 200 },
		);
	});
});
