import { describe, expect, test } from 'vitest';
import { readName } from '#watch/identity/name.ts';
import { stateOf } from '#watch/identity/state.ts';
import { ledger } from '#watch/ledger.ts';
import { crowd, participating, pending, told } from './lists.ts';

/** The events of two weeks of participating lists, with a crowd beside the rows. */
function between(before: readonly string[], after: readonly string[]): string[] {
	const lists = [before, after, after].map((rows, week) =>
		participating(`2025-06-${8 + week * 7}`.replace(/-(\d)$/, '-0$1'), ...crowd(), ...rows),
	);
	return told(ledger(lists).events);
}

describe('two printed names of one body by the way they are written', () => {
	test.each([
		['TX', "Calhoun County Sheriff's Office", 'Calhoun County Sheriff’s Office'],
		['TX', "Calhoun County Sheriff's Office", "Calhoun County Sheriff''s Office"],
		['TX', "Walker County Sheriff's Department", "Walker County Sheriff's Office"],
		['PA', 'Franklin County Sheriffs Office', "Franklin County Sheriff's Office"],
		['FL', 'Ft. Myers Police Department', 'Fort Myers Police Department'],
		['FL', 'City of Zephyrhills Police Department', 'Zephyrhills Police Department'],
		['FL', 'Town of Palm Beach Police Department', 'Palm Beach PD'],
		['FL', 'St Cloud Police Dept.', 'Saint Cloud Police Department'],
		['FL', 'Alachua Police Departent', 'Alachua Police Department'],
		['MI', "Berrien County Sheriff's Offic", "Berrien County Sheriff's Office"],
		['LA', "Lafourche County Sheriff's Office", "Lafourche Parish Sheriff's Office"],
		['FL', 'Miami Dade Sheriff’s Office', "Miami-Dade County Sheriff's Office"],
		['PA', 'East Donegal Township, PA', 'East Donegal Twp'],
		['PA', 'Derry Township Constable', "Derry Township Constable's Office"],
		['LA', 'Louisiana Department of Wildlife & Fisheries', 'Louisiana Department of Wildlife and Fisheries'],
		['FL', 'Pasco County BOCC', 'Pasco County Board of County Commissioners'],
		['FL', 'The Venice Police Department', 'Venice Police Department'],
		['FL', 'DeSoto County Sheriff', "De Soto County Sheriff's Office"],
		['FL', 'Miami P.D.', 'Miami Police Department'],
		['TX', 'Harris County Constable Pct. 4', 'Harris County Constable, Precinct 4'],
		['FL', 'N. Miami Beach Police Department', 'North Miami Beach Police Department'],
		['TX', 'TX Department of Public Safety', 'Texas Department of Public Safety'],
		['SC', 'S.C. Law Enforcement Division', 'South Carolina Law Enforcement Division'],
		['LA', 'LA SALLE PARISH SHERIFF', "La Salle Parish Sheriff's Office"],
	])('%s: %s = %s', (code, a, b) => {
		expect(readName(a, stateOf(code)).key).toBe(readName(b, stateOf(code)).key);
	});

	test.each([
		['VA', "Roanoke County Sheriff's Office", "City of Roanoke Sheriff's Office"],
		['FL', 'Jackson County Correctional Facility', "Jackson County Sheriff's Office"],
		['NY', 'Nassau County Police Department', "Nassau County Sheriff's Office"],
		['FL', 'Melbourne Police Department', 'Melbourne Beach Police Department'],
		['FL', 'University of Florida Police Department', 'University of North Florida Police Department'],
		['TX', 'Harris County Constable Precinct 1', 'Harris County Constable Precinct 2'],
	])('%s: %s is not %s', (code, a, b) => {
		expect(readName(a, stateOf(code)).key).not.toBe(readName(b, stateOf(code)).key);
	});
});

describe('a row that goes while one like it comes', () => {
	test.each<[string, string, string, string[]]>([
		[
			'a misspelling introduced',
			'FLORIDA | Indialantic Police Department | TFM | 2025-05-13',
			'FLORIDA | Indiatlantic Police Department | TFM | 2025-05-13',
			['corrected Indiatlantic Police Department TFM'],
		],
		[
			'a name that loses its short form',
			'TENNESSEE | Tennessee Department of Safety and Homeland Security / THP | TFM | 2025-05-13',
			'TENNESSEE | Tennessee Department of Safety and Homeland Security | TFM | 2025-05-13',
			['corrected Tennessee Department of Safety and Homeland Security TFM'],
		],
		[
			'another body of the same university',
			'FLORIDA | University of West Florida Board of Trustees | TFM | 2025-04-15',
			'FLORIDA | University of West Florida Police Department | TFM | 2025-04-15',
			['corrected University of West Florida Police Department TFM'],
		],
		[
			'a space that slipped',
			"TEXAS | Goliad County Sheriff's Office | WSO | 2025-02-18",
			"TEXAS | Goliad CountySheriff's Office | WSO | 2025-02-18",
			["corrected Goliad CountySheriff's Office WSO"],
		],
		[
			'spelling and date at once',
			"MICHIGAN | Berrian County Sheriff's Office | WSO | 2025-05-06",
			"MICHIGAN | Berrien County Sheriff's Office | WSO | 2025-05-05",
			["corrected Berrien County Sheriff's Office WSO"],
		],
		[
			'a renamed body with the same document',
			'LOUISIANA | Acadia Detention Center | JEM | 2025-02-01 | AcadiaLA_JEM_MOA_02012025',
			'LOUISIANA | Acadia Public Works Jail Division | JEM | 2025-02-01 | AcadiaLA_JEM_MOA_02012025',
			['corrected Acadia Public Works Jail Division JEM'],
		],
		[
			'a misprinted state',
			"UTAHJ | Weber County Sheriff's Office | TFM | 2025-07-02",
			"UTAH | Weber County Sheriff's Office | TFM | 2025-07-02",
			["corrected Weber County Sheriff's Office TFM"],
		],
		[
			'a wholly wrong state',
			"OHIO | Weber County Sheriff's Office | TFM | 2025-07-02",
			"UTAH | Weber County Sheriff's Office | TFM | 2025-07-02",
			["corrected Weber County Sheriff's Office TFM"],
		],
		[
			'the case of a state',
			'AlABAMA | Ozark Police Department | TFM | 2025-07-02',
			'ALABAMA | Ozark Police Department | TFM | 2025-07-02',
			[],
		],
		[
			'the kind of apostrophe',
			'TEXAS | Kerr County Sheriff’s Office | JEM | 2025-05-02',
			"TEXAS | Kerr County Sheriff's Office | JEM | 2025-05-02",
			[],
		],
		[
			'a county that was wrong',
			"PENNSYLVANIA | Bradford County Sheriff's Office | WSO | 2025-03-27 | | Bedford County",
			"PENNSYLVANIA | Bradford County Sheriff's Office | WSO | 2025-03-27 | | Bradford County",
			["corrected Bradford County Sheriff's Office WSO"],
		],
		[
			'a county filled in',
			'FLORIDA | Ocala Police Department | TFM | 2025-04-24',
			'FLORIDA | Ocala Police Department | TFM | 2025-04-24 | | Marion County',
			[],
		],
		[
			'a document posted',
			'FLORIDA | Ocala Police Department | TFM | 2025-04-24',
			'FLORIDA | Ocala Police Department | TFM | 2025-04-24 | OcalaPDFL_TFM_MOA_042425',
			['document_posted Ocala Police Department TFM'],
		],
		[
			"another agency's document",
			'NORTH DAKOTA | Mercer Police Department | TFM | 2025-06-13',
			'NORTH DAKOTA | Mercer Police Department | TFM | 2025-06-13 | AlvarezDrummelCoSheriffsOfficeOH_JEM_MOA_01152024',
			['document_posted Mercer Police Department TFM', 'suspect_link Mercer Police Department TFM'],
		],
		[
			'one-letter names apart in a state far away',
			"TEXAS | Marion County Sheriff's Office | WSO | 2025-04-02 | a",
			"FLORIDA | Martin County Sheriff's Office | WSO | 2025-04-02 | b",
			["removed Marion County Sheriff's Office WSO", "listed Martin County Sheriff's Office WSO"],
		],
	])('%s', (_, before, after, expected) => {
		expect(between([before], [after]).sort()).toEqual([...expected].sort());
	});

	test.each([
		['TEXAS', 'Walker County', 'Waller County'],
		['FLORIDA', 'Lake County', 'Lee County'],
		['FLORIDA', 'Bay County', 'Clay County'],
		['FLORIDA', 'Brevard County', 'Broward County'],
	])('%s: %s never becomes %s, which stands on the same lists', (state, gone, other) => {
		const goes = `${state} | ${gone} Sheriff's Office | WSO | 2025-04-02`;
		const stays = `${state} | ${other} Sheriff's Office | TFM | 2025-02-26`;
		const comes = `${state} | ${other} Sheriff's Office | WSO | 2025-04-02`;
		const made = ledger([
			participating('2025-06-01', ...crowd(), goes, stays),
			participating('2025-06-08', ...crowd(), stays, comes),
			participating('2025-06-15', ...crowd(), stays, comes),
		]);
		expect(made.events.filter((event) => event.kind === 'corrected')).toEqual([]);
		expect(made.agencies.filter((agency) => agency.state === state)).toHaveLength(2);
	});

	test.each([
		['TEXAS', 'Walker County', 'Waller County', '2025-04-02'],
		['TEXAS', 'Walker County', 'Waller County', '2025-06-03'],
		['FLORIDA', 'Lake County', 'Lee County', '2025-06-03'],
		['FLORIDA', 'Bay County', 'Clay County', '2025-04-02'],
		['FLORIDA', 'Brevard County', 'Broward County', '2025-04-02'],
		['PENNSYLVANIA', 'Bradford County', 'Bedford County', '2025-04-02'],
	])('%s: %s leaves for good on the list on which %s comes, dated %s', (state, gone, other, signed) => {
		const goes = `${state} | ${gone} Sheriff's Office | WSO | 2025-04-02`;
		const comes = `${state} | ${other} Sheriff's Office | WSO | ${signed}`;
		const made = ledger([
			participating('2025-06-01', ...crowd(), goes),
			participating('2025-06-08', ...crowd(), comes),
			participating('2025-06-15', ...crowd(), comes),
		]);
		expect(told(made.events).sort()).toEqual([
			`listed ${other} Sheriff's Office WSO`,
			`removed ${gone} Sheriff's Office WSO`,
		]);
	});

	test('another office of the same county, signed on another day, does not hide that the sheriff left', () => {
		const goes = "TEXAS | Walker County Sheriff's Office | WSO | 2025-04-02";
		const comes = 'TEXAS | Walker County Constable | WSO | 2025-06-03';
		const made = ledger([
			participating('2025-06-01', ...crowd(), goes),
			participating('2025-06-08', ...crowd(), comes),
			participating('2025-06-15', ...crowd(), comes),
		]);
		expect(told(made.events).sort()).toEqual([
			'listed Walker County Constable WSO',
			"removed Walker County Sheriff's Office WSO",
		]);
	});

	test('a misspelling that is put right weeks later is one agency throughout', () => {
		const [right, wrong] = ['Indialantic', 'Indiatlantic'].map(
			(name) => `FLORIDA | ${name} Police Department | TFM | 2025-05-13`,
		);
		const days = ['05-16', '05-19', '06-02', '07-15'];
		const made = ledger(
			days.map((day, i) => participating(`2025-${day}`, ...crowd(), (i === 1 || i === 2 ? wrong : right) ?? '')),
		);
		expect(told(made.events, true)).toEqual([
			'05-19 corrected Indiatlantic Police Department TFM',
			'07-15 corrected Indialantic Police Department TFM',
		]);
		const [agency] = made.agencies.filter((a) => a.state === 'FLORIDA');
		expect(agency).toMatchObject({
			name: 'Indialantic Police Department',
			names: ['Indialantic Police Department', 'Indiatlantic Police Department'],
		});
		expect(agency?.formerIds).toHaveLength(1);
	});

	test('one of the rows of an agency is misspelt, and put right again, while the others stay', () => {
		const row = (name: string, model: string) => `TENNESSEE | ${name} Police Department | ${model} | 2025-11-16`;
		const [right, wrong] = [row('Martin', 'TFM'), row('Mratin', 'TFM')];
		const days = ['12-02', '12-03', '12-13', '12-23', '12-25'];
		const made = ledger(
			days.map((day, i) =>
				participating(`2025-${day}`, ...crowd(), i > 0 && i < 4 ? wrong : right, row('Martin', 'JEM')),
			),
		);
		expect(told(made.events, true)).toEqual([
			'12-03 corrected Mratin Police Department TFM',
			'12-25 corrected Martin Police Department TFM',
		]);
	});

	test('a county that leaves the pending list is not its namesake that comes on it in another state', () => {
		const row = (state: string) => `${state} | Marion County Sheriff's Office | JEM | | | Marion County`;
		const made = ledger([
			pending('2025-07-01', row('ALABAMA')),
			participating('2025-07-01', ...crowd()),
			pending('2025-07-08', row('ARKANSAS')),
			participating('2025-07-08', ...crowd()),
			pending('2025-07-15', row('ARKANSAS')),
		]);
		expect(told(made.events).sort()).toEqual([
			"application_gone Marion County Sheriff's Office JEM",
			"applied Marion County Sheriff's Office JEM",
		]);
	});

	test('a grant stays a grant when the agreement is printed in another state later', () => {
		const name = "Anderson County Sheriff's Office | WSO | 2025-06-12 | | Anderson County";
		const made = ledger([
			pending('2025-06-10', "SOUTH CAROLINA | Anderson County Sheriff's Office | WSO"),
			participating('2025-06-10', ...crowd()),
			pending('2025-06-17'),
			participating('2025-06-17', ...crowd(), `SOUTH CAROLINA | ${name}`),
			pending('2025-06-24'),
			participating('2025-06-24', ...crowd(), `LOUISIANA | ${name}`),
		]);
		expect(told(made.events).map((text) => text.split(' ')[0])).toEqual(['granted', 'listed', 'corrected']);
	});

	test('the row moves to another body that the place has: relabelled, and both stay agencies', () => {
		const sheriff = "FLORIDA | Okaloosa County Sheriff's Office";
		const document = '2025-02-26 | okaloosaCoCommishBoard_WSO_MOA_02262025';
		const made = ledger([
			participating('2025-07-01', ...crowd(), `${sheriff} | TFM | 2025-02-26`, `${sheriff} | WSO | ${document}`),
			participating(
				'2025-07-03',
				...crowd(),
				`${sheriff} | TFM | 2025-02-26`,
				`FLORIDA | Okaloosa County Department of Corrections | WSO | ${document}`,
			),
		]);
		expect(told(made.events)).toEqual(['relabelled Okaloosa County Department of Corrections WSO']);
		expect(made.agencies.filter((a) => a.state === 'FLORIDA').map((a) => a.kind)).toEqual(['sheriff', 'corrections']);
	});

	test('one name printed two ways on a list is one agreement in two rows, and losing one is no departure', () => {
		const city = 'FLORIDA | City of Zephyrhills Police Department | TFM | 2025-04-14';
		const plain = 'FLORIDA | Zephyrhills Police Department | TFM | 2025-04-14';
		const made = ledger([
			participating('2025-06-06', ...crowd(), city),
			participating('2025-06-17', ...crowd(), city, plain),
			participating('2025-07-03', ...crowd(), plain),
			participating('2025-07-04', ...crowd(), plain),
		]);
		expect(told(made.events, true)).toEqual([
			'06-17 duplicate_row Zephyrhills Police Department TFM',
			'07-03 duplicate_row City of Zephyrhills Police Department TFM',
		]);
		expect(made.figures.map((list) => [list.rows, list.agreements, list.duplicateRows])).toEqual([
			[61, 61, 0],
			[62, 61, 1],
			[61, 61, 0],
			[61, 61, 0],
		]);
	});
});

test('a misspelling beside the right name stays a row of its own, and a person is asked', () => {
	const row = (name: string) => `TENNESSEE | ${name} County Sheriff's Office | WSO | 2025-06-03 | | Bradley County`;
	const made = ledger([
		participating('2025-06-04', ...crowd(), row('Bradley')),
		participating('2025-06-06', ...crowd(), row('Bradley'), row('Bradely')),
	]);
	expect(told(made.events)).toEqual(["listed Bradely County Sheriff's Office WSO"]);
	expect(made.reviews.map((review) => [review.reason, review.agencyIds.length])).toEqual([['near_spelling', 2]]);
});

describe('states', () => {
	test.each([
		['TEXAS', 'TX'],
		['texas ', 'TX'],
		['TX', 'TX'],
		['UTAHJ', 'UT'],
		['AlABAMA', 'AL'],
		['PENNSYLVANNIA', 'PA'],
		['NORTHERN MARIANA ISLANDS', 'MP'],
		['NORTH CAROLINA', 'NC'],
		['FRANKLIN (SAMPLE)', 'ZZ'],
		['', 'ZZ'],
	])('%s is %s', (cell, code) => {
		expect(stateOf(cell).code).toBe(code);
	});
});
