import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPERATOR } from '#access/actor.ts';
import { compareDomain, type Domain, govDomain, readDomains } from '#coalition/domain.ts';
import { domainsNamed, domainsSource, importDomains } from '#coalition/domains.server.ts';
import { csvCell } from '#kernel/csv.ts';
import { readCsv } from '#kernel/csv-rows.ts';
import { testDatabase } from '../database.ts';

const HEAD = 'Domain name,Domain type,Organization name,Suborganization name,City,State,Security contact email';
const LIST = [
	HEAD,
	'alderfallsny.gov,City,"City of Alder Falls, New York",,Alder Falls,NY,it@alderfallsny.gov',
	'alder.gov,County,Alder County,Clerk,Alder Falls,NY,(blank)',
].join('\n');
const ALDER: Domain = {
	name: 'alderfallsny.gov',
	type: 'City',
	organisation: 'City of Alder Falls, New York',
	suborganisation: null,
	city: 'Alder Falls',
	stateCode: 'NY',
};

describe('a CSV file', () => {
	it('gives back whatever was written into it, with quotes, commas and line ends inside', () => {
		const cell = fc
			.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é', '-') })
			.map((one) => one.trim());
		fc.assert(
			fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), (rows) => {
				const text = rows.map((row) => row.map((one) => csvCell(one, true)).join(',')).join('\r\n');
				expect(readCsv(text, 1_000)).toEqual(rows.filter((row) => row.some((one) => one !== '')));
			}),
			{ numRuns: 300 },
		);
	});

	it('of any bytes is read or refused, and never hangs or throws', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom('"', ',', '\n', 'x') }), (text) => {
				expect(() => readCsv(text, 1_000)).not.toThrow();
			}),
			{ numRuns: 300 },
		);
		expect(readCsv('a,"b', 10)).toBeNull();
	});
});

describe('the official list of domains', () => {
	it.each([
		['as it is printed', LIST],
		[
			'with another order and case',
			'STATE,Domain  Name,organization NAME,domain type\r\nny,AlderFallsNY.gov.,"City of Alder Falls, New York",City\r\n',
		],
		[
			'with the headings of earlier years',
			`Domain Name,Domain Type,Agency,Organization,City,State\nalderfallsny.gov,City,Non-Federal Agency,"City of Alder Falls, New York",Alder Falls,NY`,
		],
	])('is read %s', (_, text) => {
		const read = readDomains(text);
		if ('refused' in read) throw new Error(read.refused);
		expect(read.domains[0]).toMatchObject({
			name: ALDER.name,
			organisation: ALDER.organisation,
			stateCode: 'NY',
			type: 'City',
		});
	});

	it('keeps no mail address', () => {
		expect(JSON.stringify(readDomains(LIST))).not.toContain('@');
	});

	it.each([
		['names no organization', 'Domain name,Domain type,State\na.gov,City,NY', 'organization name'],
		['is cut inside a quotation', `${HEAD}\na.gov,City,"City of`, 'never closed'],
		['is the federal one', `${HEAD}\nx.gov,Federal - Executive,Office of X,,Washington,DC,`, 'current-full.csv'],
		['is empty', '', 'domain name'],
	])('that %s is refused with what to do', (_, text, said) => {
		expect(readDomains(text)).toEqual({ refused: expect.stringContaining(said) });
	});

	it('tells of lines that it leaves out', () => {
		const read = readDomains(
			`${LIST}\nexample.org,City,Town of X,,X,NY,\nalder.gov,City,Again,,X,NY,\nno.gov,City,(blank),,X,NY,`,
		);
		expect(read).toMatchObject({ problems: [{ line: 4 }, { line: 5 }, { line: 6 }] });
	});
});

it.each([
	['clerk@alderfallsny.gov', 'alderfallsny.gov'],
	['clerk@mail.alderfallsny.gov', 'alderfallsny.gov'],
	['clerk@alderfalls.ny.us', null],
	['clerk@alderfallsny.gov.example.org', null],
	['clerk@notalderfallsny.gov', 'notalderfallsny.gov'],
])('%s is of the .gov domain %s', (email, domain) => {
	expect(govDomain(email)).toBe(domain);
});

const CITY = { kind: 'city', name: 'Alder Falls', stateCode: 'NY' } as const;
it.each([
	['a city of that name and state', 'a@alderfallsny.gov', ALDER, CITY, 'same'],
	['a city of another state', 'a@alderfallsny.gov', ALDER, { ...CITY, stateCode: 'OH' }, 'other'],
	[
		'a city whose name holds the other',
		'a@alderfallsny.gov',
		{ ...ALDER, organisation: 'City of Falls' },
		CITY,
		'other',
	],
	[
		'a county against a city of its name',
		'a@x.gov',
		{ ...ALDER, type: 'County', organisation: 'Alder Falls County' },
		CITY,
		'other',
	],
	[
		'a county',
		'a@x.gov',
		{ ...ALDER, type: 'County', organisation: 'Alder County' },
		{ kind: 'county', name: 'Alder County', stateCode: 'NY' },
		'same',
	],
	[
		'a township',
		'a@x.gov',
		{ ...ALDER, organisation: 'Township of Abington' },
		{ kind: 'subdivision', name: 'Abington township', stateCode: 'NY' },
		'same',
	],
	['a domain that is not listed', 'a@x.gov', null, CITY, 'unlisted'],
	['a domain of somebody who posts for a town', 'a@alderfalls.example', null, CITY, 'not_gov'],
] as const)('compares %s', (_, email, listed, place, verdict) => {
	expect(compareDomain(email, listed, place)).toBe(verdict);
});

it.each([
	['Abilene', 'TX', 'City of Abilene'],
	['Addison', 'TX', 'Town Of Addison'],
	['Acton', 'MA', 'Town of Acton, Massachusetts'],
	['Ashland', 'KY', 'The City of Ashland, KY'],
	['Ada', 'OH', 'Village of Ada Ohio'],
	['Abington township', 'PA', 'Abington Township'],
	['Adrian charter township', 'MI', 'Adrian Charter Township'],
	['Alpine', 'UT', 'Alpine City Corporation'],
	['Apex', 'NC', 'APEX, TOWN OF'],
	['Scarsdale', 'NY', 'Village/Town of Scarsdale'],
	['Anchorage municipality', 'AK', 'Municipality of Anchorage'],
	['Arroyo', 'PR', 'Municipal Government of Arroyo'],
	['Atlantic City', 'NJ', 'City of Atlantic City'],
	['New York', 'NY', 'City of New York'],
	['New York', 'NY', 'City of New York, New York'],
	['Oregon City', 'OR', 'City of Oregon City, Oregon'],
])('%s, %s is who writes itself “%s”', (name, stateCode, organisation) => {
	const kind = / township$/.test(name) ? 'subdivision' : 'city';
	expect(compareDomain('a@x.gov', { ...ALDER, organisation, stateCode }, { kind, name, stateCode })).toBe('same');
});

it.each([
	['New York', 'NY', 'Town of Andes New York'],
	['Abington township', 'PA', 'South Abington Township'],
	['Albany', 'IN', 'City of New Albany'],
	['Ocean', 'NJ', 'City of Ocean Grove'],
	['Washington', 'WA', 'City of Arlington Washington'],
])('%s, %s is not plainly “%s”', (name, stateCode, organisation) => {
	expect(compareDomain('a@x.gov', { ...ALDER, organisation, stateCode }, { kind: 'city', name, stateCode })).toBe(
		'other',
	);
});

it('an import puts the whole list in the place of the one before, and a refused one changes nothing', async () => {
	const { world } = await testDatabase();
	expect(await importDomains(LIST, 'a'.repeat(64), world)).toMatchObject({ rows: 2, problems: [] });
	await importDomains(LIST.split('\n').slice(0, 2).join('\n'), 'b'.repeat(64), world);
	expect(await importDomains('nothing', 'c'.repeat(64), world)).toHaveProperty('refused');
	const [source, found] = await world.db.as(
		OPERATOR,
		async (tx) => [await domainsSource(tx), await domainsNamed(['alder.gov', 'alderfallsny.gov'], tx)] as const,
	);
	expect(source?.rows).toBe(1);
	expect([...found.values()]).toEqual([ALDER]);
});
