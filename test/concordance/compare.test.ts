import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Change, compare, tally } from '#concordance/compare.ts';
import type { Clause } from '#concordance/pair.ts';

/** A clause a line: `sec_1/§ 1/Heading/Words`; what lies in another is indented by its eId. */
function clauses(...lines: readonly string[]): Clause[] {
	const made: Clause[] = [];
	for (const line of lines) {
		const [eId = '', number = '', heading = '', text = ''] = line.split('/');
		const above = made.findLastIndex((one) => eId.startsWith(`${one.eId}__`));
		const kind = (eId.split('__').at(-1) ?? '').replace(/_.*/, '');
		made.push({
			eId,
			kind,
			number: number || null,
			heading: heading || null,
			text,
			parent: above < 0 ? null : above,
		});
	}
	return made;
}

function shown(changes: readonly Change[], before: readonly Clause[], after: readonly Clause[]): string[] {
	return changes.map((one) => {
		const from = one.before === null ? '-' : before[one.before]?.eId;
		const to = one.after === null ? '-' : after[one.after]?.eId;
		return `${one.state}${one.moved ? ' moved' : ''}${one.renumbered ? ' renumbered' : ''}: ${from} > ${to}`;
	});
}

const OLD = clauses(
	'sec_1/§ 1/Definitions/In this chapter these words have these meanings.',
	'sec_2/§ 2/Detainers/The department shall not hold a person on a civil detainer alone.',
	'sec_2__subsec_a/a.//A request without a warrant signed by a judge is refused.',
	'sec_2__subsec_b/b.//The department tells the person of the request within two days.',
	'sec_3/§ 3/Reports/The chief reports to the council each year by the first of March.',
);

describe('versions are compared provision by provision', () => {
	test.each<[string, Clause[], string[]]>([
		['nothing changed', OLD, OLD.map(({ eId }) => `same: ${eId} > ${eId}`)],
		[
			'a section put in before another renumbers it and what is in it, and changes neither',
			clauses(
				'sec_1/§ 1/Definitions/In this chapter these words have these meanings.',
				'sec_2/§ 2/Inquiries/No officer asks a person where that person was born or by what papers that person is here.',
				'sec_3/§ 3/Detainers/The department shall not hold a person on a civil detainer alone.',
				'sec_3__subsec_a/a.//A request without a warrant signed by a judge is refused.',
				'sec_3__subsec_b/b.//The department tells the person of the request within two days.',
				'sec_4/§ 4/Reports/The chief reports to the council each year by the first of March.',
			),
			[
				'same: sec_1 > sec_1',
				'added: - > sec_2',
				'changed renumbered: sec_2 > sec_3',
				'same: sec_2__subsec_a > sec_3__subsec_a',
				'same: sec_2__subsec_b > sec_3__subsec_b',
				'changed renumbered: sec_3 > sec_4',
			],
		],
		[
			'what is removed is shown where it stood',
			OLD.filter(({ eId }) => eId !== 'sec_2__subsec_a'),
			[
				'same: sec_1 > sec_1',
				'same: sec_2 > sec_2',
				'removed: sec_2__subsec_a > -',
				'same: sec_2__subsec_b > sec_2__subsec_b',
				'same: sec_3 > sec_3',
			],
		],
		[
			'what moved is compared with itself',
			clauses(
				'sec_1/§ 1/Definitions/In this chapter these words have these meanings.',
				'sec_2/§ 2/Detainers/The department shall not hold a person on a civil detainer alone.',
				'sec_2__subsec_a/a.//The department tells the person of the request within three days.',
				'sec_2__subsec_b/b.//A request without a warrant signed by a judge is refused.',
				'sec_3/§ 3/Reports/The chief reports to the council each year by the first of March.',
			),
			[
				'same: sec_1 > sec_1',
				'same: sec_2 > sec_2',
				'changed moved renumbered: sec_2__subsec_b > sec_2__subsec_a',
				'changed renumbered: sec_2__subsec_a > sec_2__subsec_b',
				'same: sec_3 > sec_3',
			],
		],
		[
			'wholly new words under an old number are a new provision',
			[
				...OLD.slice(0, 4),
				...clauses('sec_3/§ 3/Remedies/Anyone harmed may sue for damages and costs within one year of harm.'),
			],
			[
				'same: sec_1 > sec_1',
				'same: sec_2 > sec_2',
				'same: sec_2__subsec_a > sec_2__subsec_a',
				'same: sec_2__subsec_b > sec_2__subsec_b',
				'removed: sec_3 > -',
				'added: - > sec_3',
			],
		],
	])('%s', (_, after, expected) => {
		expect(shown(compare(OLD, after), OLD, after)).toEqual(expected);
	});

	test('the tally counts provisions and words', () => {
		const after = OLD.map((one) => ({ ...one, text: one.text.replace('two days', 'three days') }));
		expect(tally(compare(OLD, after))).toEqual({
			same: 4,
			changed: 1,
			added: 0,
			removed: 0,
			moved: 0,
			wordsAdded: 1,
			wordsRemoved: 1,
		});
	});
});

test('every provision of both versions is in the comparison once', () => {
	const version = fc
		.array(fc.tuple(fc.constantFrom('sec', 'para'), fc.lorem({ maxCount: 12 })), { maxLength: 25 })
		.map((list) =>
			list.map(([kind, text], n) => ({
				eId: `${kind}_${n}`,
				kind,
				number: `${n}.`,
				heading: null,
				text,
				parent: null,
			})),
		);
	fc.assert(
		fc.property(version, version, (before, after) => {
			const changes = compare(before, after);
			expect(changes.flatMap((one) => one.after ?? [])).toEqual(after.map((_, n) => n));
			expect(changes.flatMap((one) => one.before ?? []).sort((a, b) => a - b)).toEqual(before.map((_, n) => n));
		}),
	);
});
