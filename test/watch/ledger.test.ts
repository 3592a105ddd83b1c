import { describe, expect, test } from 'vitest';
import type { Event, EventKind } from '#watch/event.ts';
import { ledger } from '#watch/ledger.ts';
import type { List } from '#watch/list.ts';
import { crowd, participating, pending, told } from './lists.ts';

const WALKER = "TEXAS | Walker County Sheriff's Office | WSO | 2025-04-02";
const BUTLER_WSO = "PENNSYLVANIA | Butler County Sheriff's Office | WSO | 2025-05-22";
const BUTLER_JEM = "PENNSYLVANIA | Butler County Sheriff's Office | JEM | 2025-05-22";
const BUTLER_TFM = "PENNSYLVANIA | Butler County Sheriff's Office | TFM | 2025-06-12";

/** Participating lists, one a week, each with the same crowd beside its rows. */
function weeks(...rows: readonly (readonly string[])[]): List[] {
	return rows.map((own, week) => participating(`2025-06-${String(1 + week * 7).padStart(2, '0')}`, ...crowd(), ...own));
}

function eventsOf(lists: readonly List[]): string[] {
	return told(ledger(lists).events, true);
}

function only(events: readonly Event[], kind: EventKind): Event {
	const found = events.filter((event) => event.kind === kind && !event.baseline);
	expect(found).toHaveLength(1);
	return found[0] as Event;
}

describe('a row that goes', () => {
	test.each<[string, List[], string[]]>([
		[
			'missing on the last list is not a departure',
			weeks([WALKER], []),
			["06-08 missing Walker County Sheriff's Office WSO"],
		],
		[
			'missing on one list and back is no departure',
			weeks([WALKER], [], [WALKER]),
			["06-08 missing Walker County Sheriff's Office WSO"],
		],
		[
			'away for the next list too is removed, dated to the first list without it',
			weeks([WALKER], [], []),
			["06-08 removed Walker County Sheriff's Office WSO"],
		],
		[
			'away for two lists and back was never removed: it is missing, and listed again',
			weeks([WALKER], [], [], [WALKER]),
			["06-08 missing Walker County Sheriff's Office WSO", "06-22 listed Walker County Sheriff's Office WSO"],
		],
		[
			'back with a later date within two months of going was renewed, not removed',
			weeks([WALKER], [], [], ["TEXAS | Walker County Sheriff's Office | WSO | 2025-06-20"]),
			["06-08 missing Walker County Sheriff's Office WSO", "06-22 renewed Walker County Sheriff's Office WSO"],
		],
		[
			'back with a later date after more than two months is another agreement',
			[
				...weeks([WALKER], [], []),
				participating('2025-08-10', ...crowd(), "TEXAS | Walker County Sheriff's Office | WSO | 2025-08-01"),
			],
			["06-08 removed Walker County Sheriff's Office WSO", "08-10 listed Walker County Sheriff's Office WSO"],
		],
		[
			'an unreadable model is not an absence',
			weeks([WALKER], ["TEXAS | Walker County Sheriff's Office | ? | 2025-04-02"], [WALKER]),
			[],
		],
	])('%s', (_, lists, expected) => {
		expect(eventsOf(lists)).toEqual(expected);
	});

	test('a row printed twice and then renewed is renewed, not half gone', () => {
		const lists = weeks(
			[WALKER, WALKER.replace('Sheriff', 'Sherrif')],
			["TEXAS | Walker County Sheriff's Office | WSO | 2025-06-05"],
		);
		expect(eventsOf(lists)).toEqual(["06-08 renewed Walker County Sheriff's Office WSO"]);
	});

	test('a removal shows the last row, the list that confirms and, last, the list it is dated to', () => {
		const lists = weeks([WALKER], [], []);
		const removed = only(ledger(lists).events, 'removed');
		expect(removed.evidence.map((piece) => [piece.sha256, piece.row])).toEqual([
			[lists[0]?.sha256, 62],
			[lists[2]?.sha256, null],
			[lists[1]?.sha256, null],
		]);
		expect(removed.at).toBe(lists[1]?.modified);
		expect(removed.evidence[0]?.cells?.['LAW ENFORCEMENT AGENCY']).toBe("Walker County Sheriff's Office");
	});

	test('a like row that comes on the same list stops a removal until a person has looked', () => {
		const lists = weeks(
			['FLORIDA | Gulf County Jail | WSO | 2025-02-26 | a | Gulf County'],
			['FLORIDA | Gulf Coast Detention Bureau | WSO | 2025-02-26 | b | Gulf County'],
			['FLORIDA | Gulf Coast Detention Bureau | WSO | 2025-02-26 | b | Gulf County'],
		);
		const made = ledger(lists);
		expect(told(made.events)).toEqual(['listed Gulf Coast Detention Bureau WSO', 'missing Gulf County Jail WSO']);
		expect(made.reviews.map((review) => review.reason)).toContain('possible_rename');
	});
});

describe('what takes the place of a row', () => {
	const renewed = "TEXAS | Smith County Sheriff's Office | JEM | 2025-06-05 | SmithCoTX_JEM_MOA_06052025";
	const old = "TEXAS | Smith County Sheriff's Office | JEM | 2020-06-08 | 287gJEM_SmithCoTx2020-06-08";

	test.each<[string, List[], string[]]>([
		[
			'a later date in its place is a renewal',
			weeks([old], [renewed]),
			["06-08 renewed Smith County Sheriff's Office JEM"],
		],
		[
			'a renewal may stand beside the old row for one list',
			weeks([old], [old, renewed], [renewed]),
			["06-08 renewed Smith County Sheriff's Office JEM"],
		],
		[
			'a renewal may come on the list after the old row went',
			weeks([old], [], [renewed]),
			["06-08 missing Smith County Sheriff's Office JEM", "06-15 renewed Smith County Sheriff's Office JEM"],
		],
		[
			'a renewal may stand beside the old row for many lists',
			weeks([old], [old, renewed], [old, renewed], [old, renewed], [renewed], [renewed]),
			["06-08 renewed Smith County Sheriff's Office JEM"],
		],
		[
			'an old agreement that goes while its renewal stands there since the first list is not removed',
			weeks([old, renewed], [renewed], [renewed]),
			["06-08 missing Smith County Sheriff's Office JEM"],
		],
		[
			'two agreements of one model that stay side by side are two',
			weeks([old], [old, renewed], [old, renewed]),
			["06-08 listed Smith County Sheriff's Office JEM"],
		],
		[
			'another model in its place is a switch',
			weeks([BUTLER_WSO], [BUTLER_TFM]),
			["06-08 model_switched Butler County Sheriff's Office TFM"],
		],
		[
			'a switch may leave one list without the agency, as in Butler County',
			weeks([BUTLER_WSO], [], [BUTLER_TFM]),
			["06-08 missing Butler County Sheriff's Office WSO", "06-15 model_switched Butler County Sheriff's Office TFM"],
		],
		[
			'a switch may leave two lists without the agency',
			weeks([BUTLER_WSO], [], [], [BUTLER_TFM]),
			["06-08 missing Butler County Sheriff's Office WSO", "06-22 model_switched Butler County Sheriff's Office TFM"],
		],
		[
			'a renewal that comes a list later is no switch to the model that came meanwhile',
			weeks([BUTLER_WSO], [BUTLER_TFM], [BUTLER_TFM, BUTLER_WSO.replace('2025-05-22', '2026-05-20')]),
			[
				"06-08 listed Butler County Sheriff's Office TFM",
				"06-08 missing Butler County Sheriff's Office WSO",
				"06-15 renewed Butler County Sheriff's Office WSO",
			],
		],
		[
			'an agency may switch and, after more than a month, switch back',
			[
				...weeks([BUTLER_WSO], [], [BUTLER_TFM]),
				...['07-24', '07-31', '08-07'].map((day, i) =>
					participating(
						`2025-${day}`,
						...crowd(),
						...(i === 0 ? [BUTLER_TFM] : []),
						BUTLER_WSO.replace('05-22', '07-17'),
					),
				),
			],
			[
				"06-08 missing Butler County Sheriff's Office WSO",
				"06-15 model_switched Butler County Sheriff's Office TFM",
				"07-24 model_switched Butler County Sheriff's Office WSO",
			],
		],
		[
			'one model may take the place of two: nothing is removed',
			weeks([BUTLER_WSO, BUTLER_JEM], [BUTLER_TFM], [BUTLER_TFM]),
			["06-08 model_switched Butler County Sheriff's Office TFM", "06-08 missing Butler County Sheriff's Office JEM"],
		],
		[
			'of two models that came together one may be removed',
			weeks([BUTLER_TFM], [BUTLER_TFM, BUTLER_WSO, BUTLER_JEM], [BUTLER_TFM, BUTLER_JEM], [BUTLER_TFM, BUTLER_JEM]),
			[
				"06-08 listed Butler County Sheriff's Office WSO",
				"06-08 listed Butler County Sheriff's Office JEM",
				"06-15 removed Butler County Sheriff's Office WSO",
			],
		],
		[
			'another model beside it is no switch',
			weeks([BUTLER_WSO], [BUTLER_WSO, BUTLER_TFM], [BUTLER_WSO, BUTLER_TFM]),
			["06-08 listed Butler County Sheriff's Office TFM"],
		],
	])('%s', (_, lists, expected) => {
		expect(eventsOf(lists)).toEqual(expected);
	});

	test('a renewal is a new agreement and the old one is replaced', () => {
		const { agreements, events } = ledger(weeks([old], [renewed]));
		expect(agreements.filter((a) => a.signed !== '2024-01-15').map((a) => [a.signed, a.standing])).toEqual([
			['2020-06-08', 'replaced'],
			['2025-06-05', 'listed'],
		]);
		const event = only(events, 'renewed');
		expect([event.signedBefore, event.signed]).toEqual(['2020-06-08', '2025-06-05']);
	});
});

describe('a date that changes', () => {
	const at = (signed: string, file = '') => `UTAH | Utah Department of Corrections | WSO | ${signed} | ${file}`;
	test.each<[string, string, string, EventKind]>([
		['a day, when the document comes', at('2025-05-12'), at('2025-05-13', 'UtahDOC_WSO_MOA_05.13.2025'), 'corrected'],
		['29 days back, when the document comes', at('2025-05-13'), at('2025-04-14', 'Utah_WSO_MOA_04142025'), 'corrected'],
		['a day, with the same document', at('2025-02-26', 'u'), at('2025-02-25', 'u'), 'corrected'],
		['exactly a year', at('2024-05-12', 'u'), at('2025-05-12', 'u'), 'corrected'],
		['back by months', at('2025-05-12', 'u'), at('2025-02-12', 'v'), 'corrected'],
		['to what the old document says', at('2025-02-12', 'U_WSO_MOA_05122025'), at('2025-05-12', 'v'), 'corrected'],
		['from none that can be read', at(''), at('2025-05-12'), 'corrected'],
		['exactly a year, never linked', at('2024-05-12'), at('2025-05-12', 'v'), 'corrected'],
		['exactly a year, with another document', at('2024-05-12', 'u'), at('2025-05-12', 'v'), 'renewed'],
		['exactly a year, the old document taken away', at('2024-05-12', 'u'), at('2025-05-12'), 'renewed'],
		['on by months, with another document', at('2024-11-12', 'u'), at('2025-05-12', 'v'), 'renewed'],
		['the same day of another year, with the same document', at('2020-06-08', 'u'), at('2025-06-08', 'u'), 'corrected'],
		['on by five years, with the same document', at('2020-06-08', 'u'), at('2025-06-10', 'u'), 'renewed'],
	])('%s', (_, before, after, kind) => {
		const { events } = ledger(weeks([before], [after]));
		const changes = events.filter((event) => !event.baseline && event.kind !== 'document_posted');
		expect(told(changes)).toEqual([`${kind} Utah Department of Corrections WSO`]);
	});

	test('a correction changes how an agreement is shown, never when it began', () => {
		const { agreements } = ledger(weeks([at('2025-05-12')], [at('2025-05-13')]));
		const own = agreements.find((a) => a.signed === '2025-05-13');
		expect(own?.firstListed).toBe('2025-06-01T12:03:00Z');
		expect(own?.formerIds).toHaveLength(1);
	});
});

describe('pending and participating together', () => {
	const lyon = "NEVADA | Lyon County Sheriff's Office | WSO";
	const crowded = (day: string, ...rows: string[]) => participating(day, ...crowd(), ...rows);
	test.each<[string, List[], string[]]>([
		[
			'a grant is told on both lists',
			[
				pending('2025-06-01', lyon),
				crowded('2025-06-01'),
				pending('2025-06-03'),
				crowded('2025-06-03', `${lyon} | 2025-06-02`),
			],
			["06-03 granted Lyon County Sheriff's Office WSO", "06-03 listed Lyon County Sheriff's Office WSO"],
		],
		[
			'a grant may show on a later participating list',
			[
				pending('2025-06-01', lyon),
				crowded('2025-06-01'),
				pending('2025-06-03'),
				pending('2025-06-05'),
				crowded('2025-06-07', `${lyon} | 2025-06-02`),
			],
			["06-03 granted Lyon County Sheriff's Office WSO", "06-07 listed Lyon County Sheriff's Office WSO"],
		],
		[
			'who was listed before leaving the pending list was granted all the same',
			[crowded('2025-06-01', `${lyon} | 2025-05-02`), pending('2025-06-01', lyon), pending('2025-06-03')],
			["06-03 granted Lyon County Sheriff's Office WSO"],
		],
		[
			'an application that is away on two lists and not granted is gone',
			[
				pending('2025-06-01', lyon),
				crowded('2025-06-01'),
				pending('2025-06-03'),
				crowded('2025-06-03'),
				pending('2025-06-05'),
			],
			["06-03 application_gone Lyon County Sheriff's Office WSO"],
		],
		[
			'an application away on the last list is missing',
			[pending('2025-06-01', lyon), crowded('2025-06-01'), pending('2025-06-03'), crowded('2025-06-03')],
			["06-03 missing Lyon County Sheriff's Office WSO"],
		],
		[
			'an application may be missing on one list',
			[pending('2025-06-01', lyon), crowded('2025-06-01'), pending('2025-06-03'), pending('2025-06-05', lyon)],
			["06-03 missing Lyon County Sheriff's Office WSO"],
		],
		[
			'who is on the pending list again went back to it',
			[
				crowded('2025-06-01', `${lyon} | 2025-05-02`),
				pending('2025-06-01'),
				pending('2025-06-03', lyon),
				crowded('2025-06-03'),
				crowded('2025-06-05'),
			],
			["06-03 applied Lyon County Sheriff's Office WSO", "06-03 returned_to_pending Lyon County Sheriff's Office WSO"],
		],
		[
			'an application under a like name is granted under the other',
			[
				pending('2025-06-01', "PENNSYLVANIA | Lower Burrell Fourth Ward Constable's Office | TFM"),
				crowded('2025-06-01'),
				pending('2025-06-03'),
				crowded('2025-06-03', 'PENNSYLVANIA | Lower Burrell Fourth Ward Constable | TFM | 2025-06-02'),
			],
			[
				"06-03 granted Lower Burrell Fourth Ward Constable's Office TFM",
				'06-03 listed Lower Burrell Fourth Ward Constable TFM',
			],
		],
		[
			'County becomes Parish on the pending list',
			[
				pending('2025-06-01', "LOUISIANA | Lafourche County Sheriff's Office | WSO"),
				pending('2025-06-03', "LOUISIANA | Lafourche Parish Sheriff's Office | WSO"),
			],
			["06-03 corrected Lafourche Parish Sheriff's Office WSO"],
		],
	])('%s', (_, lists, expected) => {
		expect(eventsOf(lists)).toEqual(expected);
	});

	test('a grant links the application to the agreement, and ends with the pending list without the row', () => {
		const lists = [
			pending('2025-06-01', lyon),
			crowded('2025-06-01'),
			pending('2025-06-03'),
			crowded('2025-06-03', `${lyon} | 2025-06-02`),
		];
		const { events, applications } = ledger(lists);
		const [granted, listed] = [only(events, 'granted'), only(events, 'listed')];
		expect(granted.agreementId).toBe(listed.agreementId);
		expect(applications[0]).toMatchObject({ standing: 'granted', agreementId: listed.agreementId });
		expect(granted.evidence.at(-1)).toEqual({ sha256: lists[2]?.sha256, row: null, cells: null });
		expect(granted.evidence).toHaveLength(3);
		expect(granted.signed).toBe('2025-06-02');
	});
});
