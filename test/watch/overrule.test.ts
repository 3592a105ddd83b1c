import { describe, expect, test } from 'vitest';
import type { Day } from '#kernel/day.ts';
import { ledger } from '#watch/ledger.ts';
import type { List } from '#watch/list.ts';
import type { Overrule } from '#watch/overrule.ts';
import { crowd, participating, told } from './lists.ts';

const WALKER = "TEXAS | Walker County Sheriff's Office | WSO | 2025-04-02";
const printed = {
	state: 'TEXAS',
	agency: "Walker County Sheriff's Office",
	model: 'WSO',
	signed: '2025-04-02' as Day,
} as const;
const ruled = { id: 'a', reason: 'A person looked.' };

const GONE = [participating('2025-06-01', ...crowd(), WALKER), participating('2025-06-08', ...crowd())];
const BACK = [...GONE, participating('2025-06-15', ...crowd(), WALKER)];
const CUT = [
	participating('2025-06-01', ...crowd(100)),
	participating('2025-06-08', ...crowd(100).slice(0, 60)),
	participating('2025-06-15', ...crowd(100).slice(0, 60)),
];
const TWO_NAMES = [
	participating(
		'2025-06-01',
		...crowd(),
		'FLORIDA | Gulf Jail | WSO | 2025-02-26',
		'FLORIDA | Corrections of the Gulf | JEM | 2025-02-26',
	),
];
const ONE_NAME = [
	participating(
		'2025-06-01',
		...crowd(),
		"TEXAS | Walker County Sheriff's Office | WSO | 2025-04-02",
		"TEXAS | Walker County Sheriff's Department | JEM | 2020-06-08",
	),
];
const REDATED = [
	participating('2025-06-01', ...crowd(), 'UTAH | Provo Police Department | TFM | 2025-01-02 | p'),
	participating('2025-06-08', ...crowd(), 'UTAH | Provo Police Department | TFM | 2025-06-02 | q'),
];

function inState(lists: readonly List[], overrules: readonly Overrule[], state: string): string[] {
	return ledger(lists, overrules)
		.agencies.filter((agency) => agency.state === state)
		.map((agency) => agency.name);
}

describe('a person overrules', () => {
	test('a removal is confirmed without a second list', () => {
		const made = ledger(GONE, [{ ...ruled, kind: 'removal', row: printed }]);
		expect(told(made.events)).toEqual(["removed Walker County Sheriff's Office WSO"]);
		expect(made.agreements.find((a) => a.model === 'WSO')?.standing).toBe('removed');
	});

	test('what a person called removed is listed as a new agreement when it comes back', () => {
		const made = ledger(BACK, [{ ...ruled, kind: 'removal', row: printed }]);
		expect(told(made.events)).toEqual([
			"removed Walker County Sheriff's Office WSO",
			"listed Walker County Sheriff's Office WSO",
		]);
		expect(made.agreements.filter((a) => a.model === 'WSO').map((a) => a.standing)).toEqual(['removed', 'listed']);
	});

	test('a quarantined list is released, and the lists after it are compared with it', () => {
		expect(ledger(CUT).quarantined.map((q) => q.sha256)).toEqual([CUT[1]?.sha256, CUT[2]?.sha256]);
		const made = ledger(CUT, [{ ...ruled, kind: 'release', sha256: CUT[1]?.sha256 ?? '' }]);
		expect(made.quarantined).toEqual([]);
		expect(made.events.filter((event) => event.kind === 'removed')).toHaveLength(40);
	});

	test('two names are one body', () => {
		const alias = {
			...ruled,
			kind: 'alias',
			state: 'FLORIDA',
			names: ['Gulf Jail', 'Corrections of the Gulf'],
		} as const;
		expect(inState(TWO_NAMES, [], 'FLORIDA')).toHaveLength(2);
		expect(inState(TWO_NAMES, [alias], 'FLORIDA')).toHaveLength(1);
		const before = ledger(TWO_NAMES).agencies.filter((a) => a.state === 'FLORIDA');
		const [after] = ledger(TWO_NAMES, [alias]).agencies.filter((a) => a.state === 'FLORIDA');
		expect([after?.id, ...(after?.formerIds ?? [])].sort()).toEqual(before.map((a) => a.id).sort());
	});

	test('one name that means two bodies is split', () => {
		const names = ["Walker County Sheriff's Office", "Walker County Sheriff's Department"];
		expect(inState(ONE_NAME, [], 'TEXAS')).toHaveLength(1);
		expect(inState(ONE_NAME, [{ ...ruled, kind: 'split', state: 'TEXAS', names }], 'TEXAS')).toEqual(names);
	});

	test('two agreements are one', () => {
		const row = { state: 'UTAH', agency: 'Provo Police Department', model: 'TFM' } as const;
		const into = { ...row, signed: '2025-01-02' as Day };
		const merge: Overrule = { ...ruled, kind: 'merge', from: { ...row, signed: '2025-06-02' as Day }, into };
		expect(told(ledger(REDATED).events)).toEqual(['renewed Provo Police Department TFM']);
		expect(told(ledger(REDATED, [merge]).events)).toEqual([]);
		expect(ledger(REDATED, [merge]).agreements.filter((a) => a.model === 'TFM')).toHaveLength(1);
	});

	test('a date is read as a person says, and the cell still shows what is printed', () => {
		const row = {
			state: 'UTAH',
			agency: 'Provo Police Department',
			model: 'TFM',
			signed: '2025-01-02' as Day,
		} as const;
		const made = ledger(REDATED, [{ ...ruled, kind: 'date', row, day: '2025-05-30' as Day }]);
		const [event] = made.events.filter((e) => !e.baseline);
		expect([event?.kind, event?.signedBefore, event?.signed]).toEqual(['corrected', '2025-05-30', '2025-06-02']);
		expect(event?.evidence[0]?.cells?.SIGNED).toBe('2025-01-02');
	});

	test('a county is set, and a known misprint is replaced only while it stands', () => {
		const bradford = (county: string) => [
			participating('2025-06-01', `PENNSYLVANIA | Bradford County Sheriff's Office | WSO | 2025-03-27 | | ${county}`),
		];
		const agency = "Bradford County Sheriff's Office";
		const county = (lists: List[], overrules: Overrule[] = []) => ledger(lists, overrules).agencies[0]?.county;
		expect(county(bradford('Bedford County'))).toBe('Bradford County');
		expect(county(bradford('Other County'))).toBe('Other County');
		expect(
			county(bradford('Other County'), [
				{ ...ruled, kind: 'county', state: 'PENNSYLVANIA', agency, county: 'X County' },
			]),
		).toBe('X County');
	});

	test.each<[string, List[], Overrule]>([
		['removal', GONE, { ...ruled, kind: 'removal', row: printed }],
		['release', CUT, { ...ruled, kind: 'release', sha256: CUT[1]?.sha256 ?? '' }],
		[
			'alias',
			TWO_NAMES,
			{ ...ruled, kind: 'alias', state: 'FLORIDA', names: ['Gulf Jail', 'Corrections of the Gulf'] },
		],
	])('withdrawing a %s restores what stood before', (_, lists, overrule) => {
		const before = ledger(lists);
		expect(ledger(lists, [overrule])).not.toEqual(before);
		expect(ledger(lists, [])).toEqual(before);
	});

	test('an overrule about what no list holds changes nothing', () => {
		const nothing: Overrule[] = [
			{ ...ruled, kind: 'removal', row: { ...printed, agency: 'Nobody' } },
			{ ...ruled, kind: 'release', sha256: 'f'.repeat(64) },
			{ ...ruled, kind: 'alias', state: 'TEXAS', names: [] },
			{ ...ruled, kind: 'split', state: 'TEXAS', names: ['Nobody'] },
		];
		expect(ledger(BACK, nothing)).toEqual(ledger(BACK));
	});
});
