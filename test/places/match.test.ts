import { describe, expect, test } from 'vitest';
import { type Designation, type Found, placeIndex } from '#places/match.ts';
import { placeRows } from './rows.ts';

const LINES = [
	'TX county Walker County',
	'TX county Waller County',
	'TX county Bowie County',
	'FL county Lake County',
	'FL county Lee County',
	'FL county Bay County',
	'FL county Clay County',
	'FL county DeSoto County',
	'FL county St. Johns County',
	'FL county Miami-Dade County',
	'IL county LaSalle County',
	'IL county De Witt County',
	'LA county LaSalle Parish',
	"MD county Prince George's County",
	'MD county Baltimore County',
	'MD county Baltimore city',
	'MD county Berrien County',
	'NM county Doña Ana County',
	'NV county Carson City',
	'VA county Richmond County',
	'VA county Richmond city',
	'VA county Alexandria city',
	'VA county Charles City County',
	'VA county King and Queen County',
	'AK county North Slope Borough',
	'CT county Capitol Planning Region',
	'CT legacy Hartford County',
	'AR county Miller County',
	'PA county Westmoreland County',
	'PA county Dauphin County',
	'PA county Lancaster County',
	'NH county Coos County',
	'NY county Oneida County',
	'TN county Davidson County',
];
const TOWNS = [
	'TX city Huntsville: Walker County',
	'TX city Paris: Bowie County',
	'TX city Paris: Waller County',
	'FL city St. Cloud: Lake County',
	'FL city Indialantic: Bay County',
	'AR city Texarkana: Miller County',
	'PA subdivision Derry township: Westmoreland County',
	'PA subdivision Derry township: Dauphin County',
	'PA city Derry: Westmoreland County',
	'PA city Manheim: Lancaster County',
	'PA subdivision F Manheim borough: Lancaster County',
	'PA subdivision Manheim township: Lancaster County',
	'NH city S Colebrook: Coos County',
	'NH subdivision Colebrook town: Coos County',
	'NH subdivision Pittsburg town: Coos County',
	'NY city Camden: Oneida County',
	'NY subdivision Camden town: Oneida County',
	'TN city F Nashville-Davidson metropolitan government (balance): Davidson County',
];
const places = placeIndex(placeRows([...LINES, ...TOWNS]));
const withoutGazetteer = placeIndex(placeRows([...LINES, ...TOWNS], { gazetteer: false }));

function told(found: Found | null): string | null {
	return found && `${found.place.id}${found.near ? ' nearly' : ''}`;
}

describe('a county is found by its name in its state', () => {
	test.each([
		['TX', 'Walker County', 'TX Walker County'],
		['TX', 'WALKER', 'TX Walker County'],
		['TX', 'Waller', 'TX Waller County'],
		['TX', 'Walter County', null],
		['FL', 'Lake', 'FL Lake County'],
		['FL', 'Lee County', 'FL Lee County'],
		['FL', 'Bay', 'FL Bay County'],
		['FL', 'Lay County', null],
		['FL', 'De Soto County', 'FL DeSoto County'],
		['FL', 'Saint Johns', 'FL St. Johns County'],
		['FL', 'St Johns County', 'FL St. Johns County'],
		['FL', 'Miami Dade', 'FL Miami-Dade County'],
		['IL', 'La Salle County', 'IL LaSalle County'],
		['IL', 'DeWitt', 'IL De Witt County'],
		['LA', 'La Salle Parish', 'LA LaSalle Parish'],
		['MD', 'Prince Georges', "MD Prince George's County"],
		['MD', 'Prince George’s County', "MD Prince George's County"],
		['MD', 'Berrian County', 'MD Berrien County nearly'],
		['NM', 'Dona Ana', 'NM Doña Ana County'],
		['AR', 'Bowie County', null],
		['AR', 'Bowie', null],
		['NV', 'Carson City', 'NV Carson City'],
		['AK', 'North Slope Borough', 'AK North Slope Borough'],
		['CT', 'Hartford County', 'CT Hartford County'],
		['ZZ', 'Walker County', null],
		['TX', '', null],
		['TX', 'County', null],
	])('%s %s', (state, text, expected) => {
		expect(told(places.county(state, text))).toBe(expected);
	});

	test.each([
		['VA', 'Richmond County', 'VA Richmond County'],
		['VA', 'Richmond City', 'VA Richmond city'],
		['VA', 'City of Richmond', 'VA Richmond city'],
		['VA', 'Richmond', null],
		['VA', 'Alexandria', 'VA Alexandria city'],
		['VA', 'Alexandria County', 'VA Alexandria city'],
		['VA', 'Charles City', 'VA Charles City County'],
		['VA', 'Charles City County', 'VA Charles City County'],
		['VA', 'King and Queen', 'VA King and Queen County'],
		['MD', 'Baltimore City', 'MD Baltimore city'],
		['MD', 'Baltimore', null],
		['TX', 'Walker City', null],
	])('a county is not the independent city of its name: %s %s', (state, text, expected) => {
		expect(told(places.county(state, text))).toBe(expected);
	});
});

describe('a town is found by its name in its state', () => {
	const at = (state: string, name: string, designation: Designation | null = null, ...counties: string[]) =>
		places.town(state, { name, designation, counties });

	test.each<[string, string, string, string | null, string[], string | null]>([
		['the only one of its name', 'TX', 'Huntsville', null, [], 'TX Huntsville (Walker)'],
		['Saint for St.', 'FL', 'saint cloud', null, [], 'FL St. Cloud (Lake)'],
		['two of one name, and no county', 'TX', 'Paris', null, [], null],
		['two of one name, and the county', 'TX', 'Paris', null, ['TX Waller County'], 'TX Paris (Waller)'],
		['two of one name, and another county', 'TX', 'Paris', null, ['TX Walker County'], null],
		[
			'a name that stands once, and another county',
			'TX',
			'Huntsville',
			null,
			['TX Bowie County'],
			'TX Huntsville (Walker)',
		],
		['a township of a name borne by two', 'PA', 'Derry', 'township', [], null],
		['a township and its county', 'PA', 'Derry', 'township', ['PA Dauphin County'], 'PA Derry township (Dauphin)'],
		['a borough beside a township', 'PA', 'Derry', 'borough', [], 'PA Derry (Westmoreland)'],
		['a bare name is the town, not the township', 'PA', 'Derry', null, [], 'PA Derry (Westmoreland)'],
		['a borough that is a part of its county too', 'PA', 'Manheim', 'borough', [], 'PA Manheim (Lancaster)'],
		['a township in one county with a borough', 'PA', 'Manheim', 'township', [], 'PA Manheim township (Lancaster)'],
		['a township that is none', 'TX', 'Huntsville', 'township', [], null],
		['a town before the village in it that has no government', 'NH', 'Colebrook', null, [], 'NH Colebrook town (Coos)'],
		['a village before the town around it', 'NY', 'Camden', null, [], 'NY Camden (Oneida)'],
		['a town that says so', 'NY', 'Camden', 'town', [], 'NY Camden town (Oneida)'],
		['one letter too many', 'NH', 'Pittsburgh', null, [], 'NH Pittsburg town (Coos) nearly'],
		['one letter too many, elsewhere', 'FL', 'Indiatlantic', null, [], 'FL Indialantic (Bay) nearly'],
		[
			'a city that governs with its county',
			'TN',
			'Nashville',
			null,
			[],
			'TN Nashville-Davidson metropolitan government (balance) (Davidson)',
		],
		['a town of another state', 'TX', 'Texarkana', null, [], null],
		['no name', 'TX', '', null, [], null],
	])('%s', (_, state, name, designation, counties, expected) => {
		expect(told(at(state, name, designation as Designation | null, ...counties))).toBe(expected);
	});

	test('without a gazetteer a letter off is a guess, unless the county agrees', () => {
		const indiatlantic = { name: 'Indiatlantic', designation: null };
		expect(withoutGazetteer.town('FL', { ...indiatlantic, counties: [] })).toBeNull();
		expect(told(withoutGazetteer.town('FL', { ...indiatlantic, counties: ['FL Bay County'] }))).toBe(
			'FL Indialantic (Bay) nearly',
		);
	});

	test('without a gazetteer a name that is found once may stand twice: another county is not passed over', () => {
		expect(
			withoutGazetteer.town('TX', { name: 'Huntsville', designation: null, counties: ['TX Bowie County'] }),
		).toBeNull();
	});
});
