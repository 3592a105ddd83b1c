import { describe, expect, test } from 'vitest';
import { placeIndex } from '#places/match.ts';
import { type Agency, agencyKind } from '#watch/agency.ts';
import { type Area, areasOf } from '#watch/area.ts';
import { stateOf } from '#watch/identity/state.ts';
import type { Overrule } from '#watch/overrule.ts';
import { placeRows } from '../places/rows.ts';

const LINES = [
	'AK county Kodiak Island Borough',
	'AK county North Slope Borough',
	'AK city Kodiak: Kodiak Island Borough',
	'AL county Franklin County',
	'AR county Miller County',
	'AR city Texarkana: Miller County',
	'CA county Kern County',
	'FL county Alachua County',
	'FL county Brevard County',
	'FL county Duval County',
	'FL county Lee County',
	'FL county Leon County',
	'FL county Lake County',
	'FL county Miami-Dade County',
	'FL county Orange County',
	'FL county Okeechobee County',
	'FL county Sarasota County',
	'FL county Manatee County',
	'FL city Alachua: Alachua County',
	'FL city Indian Creek: Miami-Dade County',
	'FL city Jacksonville: Duval County',
	'FL city Longboat Key: Sarasota County + Manatee County',
	'FL city Melbourne: Brevard County',
	'FL city North Port: Sarasota County',
	'FL city Okeechobee: Okeechobee County',
	'FL city Orange City: Orange County',
	'FL city Tallahassee: Leon County',
	'GA county Clarke County',
	'ID county Jerome County',
	'IN city Greens Fork: Wayne County',
	'IN county Wayne County',
	'LA county Orleans Parish',
	'MD county Allegany County',
	'ME city Bar Harbor: Hancock County',
	'ME county Hancock County',
	'MI county Berrien County',
	'MO county Stone County',
	'NC county Stanly County',
	'NC city Albemarle: Stanly County',
	'NH county Carroll County',
	'NH county Coos County',
	'NH subdivision Carroll town: Coos County',
	'NH subdivision Pittsburg town: Coos County',
	'NV county Clark County',
	'NV city Las Vegas: Clark County',
	'OK county Oklahoma County',
	'OK city Oklahoma City: Oklahoma County',
	'IA county Hardin County',
	'IA county Allamakee County',
	'IA city Union: Hardin County',
	'IA city Union City: Allamakee County',
	'NC county Burke County',
	'NC city Rutherford College: Burke County',
	'PA city Arnold: Westmoreland County',
	'PA city S Arnold City: Westmoreland County',
	'PA county Bedford County',
	'PA county Bradford County',
	'PA county Centre County',
	'PA county Dauphin County',
	'PA county Westmoreland County',
	'PA city Lower Burrell: Westmoreland County',
	'PA city Northwest: Bedford County',
	'PA city State College: Centre County',
	'PA subdivision Derry township: Westmoreland County',
	'PA subdivision Derry township: Dauphin County',
	'PA subdivision Sewickley township: Westmoreland County',
	'PR county Ponce Municipio',
	'PR city S Ponce zona urbana: Ponce Municipio',
	'SC county McCormick County',
	'TN county Macon County',
	'TN county Madison County',
	'TX county Bowie County',
	'TX county Collin County',
	'TX county Harris County',
	'TX county Jefferson County',
	'TX county Lamar County',
	'TX county Ward County',
	'TX city Katy: Harris County',
	'TX city Houston: Harris County',
	'TX city Lamar: Lamar County',
	'VA county Henrico County',
	'VA county Richmond County',
	'VA county Richmond city',
	'VA city Richmond: Richmond city',
	'ZZ county Franklin County',
];
const places = placeIndex(placeRows(LINES));

function agency(text: string): Agency {
	const [state = '', name = '', type = '', county = ''] = text.split('|').map((part) => part.trim());
	const { name: stateName, code } = stateOf(state);
	return {
		id: text,
		formerIds: [],
		state: stateName,
		stateCode: code,
		name,
		names: [name],
		kind: agencyKind(name, type || null),
		type: type || null,
		county: county || null,
	};
}

function areaOf(text: string, overrules: readonly Overrule[] = []): Area {
	return areasOf([agency(text)], places, overrules)[0] as Area;
}

/** `level place, body, rule`, with the counties where they are not the place itself. */
function told({ level, placeId, countyIds, body, basis, near }: Area): string {
	const place = placeId ?? (countyIds.length > 0 ? `nowhere (${countyIds.join(' + ')})` : 'nowhere');
	return `${level ?? 'unsaid'}: ${place}, ${body}, ${basis}${near ? ', nearly' : ''}`;
}

describe('a county agency has a county', () => {
	test.each([
		["FL | Lake County Sheriff's Office | County | Lake County", 'county: FL Lake County, general, county_cell'],
		["FL | Lee County Sheriff's Office | County |", 'county: FL Lee County, general, agency_name'],
		['FL | LEE COUNTY SHERIFF | County |', 'county: FL Lee County, general, agency_name'],
		[
			"FL | Miami Dade Sheriff's Office | County | Miami-Dade County",
			'county: FL Miami-Dade County, general, county_cell',
		],
		["FL | Jacksonville Sheriff's Office | County | Duval County", 'county: FL Duval County, general, county_cell'],
		["FL | Jacksonville Sheriff's Office | County |", 'county: FL Duval County, general, place_name'],
		["LA | Orleans Parish Sheriff's Office | County | Orleans", 'county: LA Orleans Parish, general, county_cell'],
		[
			"PA | Bradford County Sheriff's Office | County | Bedford County",
			'county: PA Bradford County, general, agency_name',
		],
		["TN | Madison County Sheriff's Office | County | Macon County", 'county: TN Madison County, general, agency_name'],
		[
			"AL | Franklin County Sheriff's Office | County | Frankin County",
			'county: AL Franklin County, general, agency_name',
		],
		[
			"SC | McCormick County Sheriff's Office | County | McCorkmick County",
			'county: SC McCormick County, general, agency_name',
		],
		[
			"SC | McCormik County Sheriff's Office | County | McCorkmik County",
			'county: SC McCormick County, general, agency_name, nearly',
		],
		[
			"MI | Berrian County Sheriff's Office | County | Berrian County",
			'county: MI Berrien County, general, county_cell, nearly',
		],
		["TX | Boowie County Sheriff's Office | County |", 'county: TX Bowie County, general, agency_name, nearly'],
		["TX | Boone County Sheriff's Office | County |", 'county: nowhere, general, none'],
		[
			'FL | Lake & Lee Sheriff | County | Lake County, Lee County',
			'county: nowhere (FL Lake County + FL Lee County), general, county_cell',
		],
		['TX | Harris County Constable Precinct 4 | County |', 'county: TX Harris County, general, agency_name'],
		['TX | Constable Precinct 2 | County | Ward', 'county: TX Ward County, general, county_cell'],
		['TX | Ward County Jail | County |', 'county: TX Ward County, jail, agency_name'],
		[
			'FL | Miami Dade Corrections and Rehabilitation | County | Miami-Dade County',
			'county: FL Miami-Dade County, jail, county_cell',
		],
		[
			"PA | Dauphin County District Attorney's Office | County | Dauphin",
			'county: PA Dauphin County, special, county_cell',
		],
		['FL | Lee County Board of County Commissioners | County |', 'county: FL Lee County, general, agency_name'],
		[
			'NV | Las Vegas Metropolitan Police Department | County | Clark County',
			'county: NV Clark County, general, county_cell',
		],
		['GA | Athens-Clarke County Police Department | County |', 'county: GA Clarke County, general, agency_name'],
		['PR | Ponce Municipal Police | Municipality |', 'county: PR Ponce Municipio, general, agency_name'],
		['AK | North Slope Borough Police Department | County |', 'county: AK North Slope Borough, general, agency_name'],
		["VA | Richmond City Sheriff's Office | County |", 'county: VA Richmond city, general, agency_name'],
		["VA | City of Richmond Sheriff's Office | County |", 'county: VA Richmond city, general, agency_name'],
		["VA | Richmond County Sheriff's Office | County |", 'county: VA Richmond County, general, agency_name'],
		["VA | Richmond Sheriff's Office | County |", 'county: nowhere, general, none'],
	])('%s', (text, expected) => {
		expect(told(areaOf(text))).toBe(expected);
	});
});

describe('police of a town have that town', () => {
	test.each([
		['FL | North Port Police Department | Municipality |', 'city: FL North Port (Sarasota), general, place_name'],
		['FL | Orange City Police Department | Municipality |', 'city: FL Orange City (Orange), general, place_name'],
		['FL | Okeechobee Police Department | County |', 'city: FL Okeechobee (Okeechobee), general, place_name'],
		['FL | Alachua Police Departent | County | Alachua County', 'city: FL Alachua (Alachua), general, place_name'],
		[
			'FL | Indian Creek Village Department of Public Safety | Municipality |',
			'city: FL Indian Creek (Miami-Dade), general, place_name',
		],
		['OK | Oklahoma City Police Department | Municipality |', 'city: OK Oklahoma City (Oklahoma), general, place_name'],
		['VA | Richmond Police Department | Municipality |', 'city: VA Richmond (Richmond city), general, place_name'],
		['NH | Carroll Police Department | Municipality |', 'city: NH Carroll town (Coos), general, subdivision'],
		[
			'NH | Pittsburgh Police Department | Municipality |',
			'city: NH Pittsburg town (Coos), general, subdivision, nearly',
		],
		['IN | Green Forks Police Department | Municipality |', 'city: nowhere, general, none'],
		[
			'AR | Texarkana Police Department | Municipality | Bowie County',
			'city: AR Texarkana (Miller), general, place_name',
		],
		["PA | Derry Township Constable's Office | Municipality |", 'city: nowhere, general, none'],
		['PA | Derry Twp PD | Municipality | Dauphin', 'city: PA Derry township (Dauphin), general, subdivision'],
		[
			'PA | Derry Township, Westmoreland County Constable | Municipality |',
			'city: PA Derry township (Westmoreland), general, subdivision',
		],
		[
			'PA | Township of Sewickley Police | Municipality |',
			'city: PA Sewickley township (Westmoreland), general, subdivision',
		],
		[
			'PA | Lower Burrell Fourth Ward Constable | Municipality | Westmoreland County',
			'city: PA Lower Burrell (Westmoreland), general, place_name',
		],
		['PA | State College Police Department | Municipality |', 'city: PA State College (Centre), general, place_name'],
		['ME | Bar Harbor Police Department | Municipality |', 'city: ME Bar Harbor (Hancock), general, place_name'],
		['PA | Arnold City Police | Municipality |', 'city: PA Arnold (Westmoreland), general, place_name'],
		['IA | Union City Police | Municipality | Hardin', 'city: IA Union (Hardin), general, place_name'],
		['IA | Union City Police | Municipality |', 'city: IA Union City (Allamakee), general, place_name'],
		['NC | Town of Rutherford College PD | Municipality |', 'city: NC Rutherford College (Burke), general, place_name'],
		['AK | Kodiak Police Department | Municipality |', 'city: AK Kodiak (Kodiak Island Borough), general, place_name'],
		[
			'TX | Nowhere Police Department | Municipality | Harris County',
			'city: nowhere (TX Harris County), general, county_cell',
		],
		['PA | Northwest Regional Police Department | Municipality |', 'unsaid: nowhere, general, none'],
		['NC | Albemarle District Jail | County | Albemarle County', 'unsaid: nowhere, jail, none'],
	])('%s', (text, expected) => {
		expect(told(areaOf(text))).toBe(expected);
	});

	test('a town that lies in two counties lies in both', () => {
		expect(areaOf('FL | Longboat Key Police Department | Municipality |').countyIds).toEqual([
			'FL Sarasota County',
			'FL Manatee County',
		]);
	});
});

describe('a state agency has its state, whatever its cell says', () => {
	test.each([
		['ID | Idaho State Police | State Agency | Jerome County', 'state: ID, statewide, state_agency'],
		[
			'VA | Virginia Department of Wildlife Resources | State Agency | Henrico County',
			'state: VA, statewide, state_agency',
		],
		['FL | Florida Department of Corrections | State Agency |', 'state: FL, statewide, state_agency'],
		['TX | Texas National Guard | State Agency |', 'state: TX, statewide, state_agency'],
		['LA | Louisiana Alcohol and Tobacco Control | Municipality |', 'state: LA, statewide, state_agency'],
		['VA | Southwest Virginia Regional Jail Authority | State Agency |', 'unsaid: nowhere, jail, none'],
	])('%s', (text, expected) => {
		expect(told(areaOf(text))).toBe(expected);
	});
});

describe('a campus or an airport has the county of its home, where it says one', () => {
	test.each([
		[
			'FL | Melbourne International Airport Police Department | Municipality |',
			'county: FL Brevard County, special, place_name',
		],
		['FL | Lee County Port Authority Police | County | Lee County', 'county: FL Lee County, special, county_cell'],
		['TX | Katy ISD Police Department | Municipality |', 'county: TX Harris County, special, place_name'],
		['TX | Collin County Community College Police | County |', 'county: TX Collin County, special, agency_name'],
		['TX | University of Houston Police Department | State Agency |', 'county: TX Harris County, special, place_name'],
		[
			'TX | Lamar University Police Department | State Agency | Jefferson County',
			'county: TX Jefferson County, special, county_cell',
		],
		['TX | Lamar University Police Department | State Agency |', 'state: TX, special, state_agency'],
		['FL | University of Florida Police Department | State Agency |', 'state: FL, special, state_agency'],
		['FL | Tallahassee College Police | Municipality |', 'unsaid: nowhere, special, none'],
	])('%s', (text, expected) => {
		expect(told(areaOf(text))).toBe(expected);
	});
});

test("a person's word for the county wins, in whatever form the list prints the agency", () => {
	const overrule: Overrule = {
		id: 'a',
		reason: 'A person asked the constable.',
		kind: 'county',
		state: 'Pennsylvania',
		agency: 'Derry Township Constable',
		county: 'Dauphin County',
	};
	expect(told(areaOf('PA | Derry Township Constable | Municipality | Dauphin County', [overrule]))).toBe(
		'city: PA Derry township (Dauphin), general, overrule',
	);
	const sheriff = {
		...overrule,
		state: 'TENNESSEE',
		agency: "Madison County Sheriff's Office",
		county: 'Macon County',
	};
	expect(told(areaOf("TN | Madison County Sheriff's Office | County | Macon County", [sheriff]))).toBe(
		'county: TN Macon County, general, overrule',
	);
	expect(
		told(
			areaOf('ID | Idaho State Police | State Agency | Jerome County', [
				{ ...overrule, state: 'ID', agency: 'Idaho State Police' },
			]),
		),
	).toBe('county: ID Jerome County, general, overrule');
});
