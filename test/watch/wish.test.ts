import { expect, test } from 'vitest';
import type { Day } from '#kernel/day.ts';
import { readWish, type Wished } from '#watch/wish.ts';

const NOTHING: Wished = {
	...{
		kind: '',
		state: 'TEXAS',
		names: [],
		others: '',
		agreement: 'one',
		into: '',
		day: null,
		county: '',
		sha256: 'ab',
	},
};
const BOTH = ['Walker County Sheriff', 'Waller County Sheriff'];

test.each([
	['two names that were ticked', { kind: 'alias', names: BOTH }, { kind: 'alias', state: 'TEXAS', names: BOTH }],
	[
		'one ticked and one typed, on a line of their own',
		{ kind: 'split', names: BOTH.slice(0, 1), others: `\r\n  ${BOTH[1]} \n` },
		{ kind: 'split', state: 'TEXAS', names: BOTH },
	],
	['the same name twice', { kind: 'alias', names: ['A', ' A '] }, { fault: 'names' }],
	['one name alone', { kind: 'split', names: ['A'] }, { fault: 'names' }],
	['more names than a body has', { kind: 'alias', others: [...Array(30).keys()].join('\n') }, { fault: 'names' }],
	['another agreement by its id', { kind: 'merge', into: ' two ' }, { kind: 'merge', agreement: 'one', into: 'two' }],
	[
		'another agreement by its address',
		{ kind: 'merge', into: 'https://compact.example/es/watch/agreement/two?x=1#y' },
		{ kind: 'merge', agreement: 'one', into: 'two' },
	],
	['an agreement with itself', { kind: 'merge', into: '/watch/agreement/one' }, { fault: 'same' }],
	['an agreement with nothing', { kind: 'merge', into: '  ' }, { fault: 'into' }],
	['a day', { kind: 'date', day: '2025-01-02' as Day }, { kind: 'date', agreement: 'one', day: '2025-01-02' }],
	['no day', { kind: 'date' }, { fault: 'day' }],
	[
		'a county',
		{ kind: 'county', names: ['A'], county: ' Walker\u0000 ' },
		{ kind: 'county', state: 'TEXAS', agency: 'A', county: 'Walker' },
	],
	['no county', { kind: 'county', names: ['A'], county: ' ' }, { fault: 'county' }],
	['a list that was held back', { kind: 'release' }, { kind: 'release', sha256: 'ab' }],
	['a removal', { kind: 'removal' }, { kind: 'removal', agreement: 'one' }],
	['what is no decision', { kind: 'constructor' }, { fault: 'kind' }],
] as const)('a form that names %s is read', (_, said, wish) => {
	expect(readWish({ ...NOTHING, ...said })).toEqual(wish);
});
