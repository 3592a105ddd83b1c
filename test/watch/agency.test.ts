import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from '#kernel/digest.ts';
import { distance } from '#kernel/spelling.ts';
import { type AgencyKind, agencyKind } from '#watch/agency.ts';
import { documentDay, documentWords } from '#watch/identity/document.ts';
import { stateOf } from '#watch/identity/state.ts';

test.each<[string, string | null, AgencyKind]>([
	["Walker County Sheriff's Office", 'County', 'sheriff'],
	['Alachua Police Departent', 'County', 'police'],
	['Lake Park Police Department', 'Municipality', 'police'],
	['Daytona Beach Shores Public Safety', 'Municipality', 'police'],
	['Damascus Township Constable', 'Municipality', 'constable'],
	['Jackson County Correctional Facility', 'County', 'corrections'],
	['Virginia DOC Law Enforcement Services', 'State Agency', 'corrections'],
	['Okmulgee County Criminal Justice Authority', 'County', 'corrections'],
	['Louisiana State Patrol', 'State Agency', 'state_police'],
	['Idaho State Police', 'State Agency', 'state_police'],
	['Kansas Bureau of Investigation', 'State Agency', 'state_police'],
	['New College of Florida Police Department', 'State Agency', 'campus'],
	['Florida A&M University Board of Trustees', 'State Agency', 'campus'],
	['Lee County Port Authority Police', 'County', 'airport_port'],
	['Sarasota Manatee Airport Authority Police Department', 'Municipality', 'airport_port'],
	['Florida Fish and Wildlife Conservation Commission', 'State Agency', 'wildlife_environment'],
	['Virginia Marine Resources Commission', 'State Agency', 'wildlife_environment'],
	["Luzerne County District Attorney's Office", 'County', 'prosecutor'],
	["Mississippi Attorney General's Office", 'State Agency', 'prosecutor'],
	['Louisiana Military Department', 'State Agency', 'military'],
	['Pasco County Board of County Commissioners', 'County', 'county_board'],
	['Florida Department of Lottery Services', 'State Agency', 'other'],
	['', null, 'other'],
])('%s is %s, %s', (name, type, kind) => {
	expect(agencyKind(name, type)).toBe(kind);
});

test.each([
	['', '', 0],
	['lake', 'lee', 2],
	['walker', 'waller', 1],
	['bay', 'clay', 2],
	['brevard', 'broward', 2],
	['protection', 'protectoin', 1],
	['abc', 'xyz', 3],
])('%s and %s are %i apart', (a, b, expected) => {
	expect(distance(a, b, 2)).toBe(expected);
	expect(distance(b, a, 2)).toBe(expected);
});

test.each([
	['BerrienCoSheriffsOfficeMI_WSO_MOA_05.05.25.pdf', 'MI', 'berrien sheriff', '2025-05-05'],
	['LakeClarkShoresPDFL_TFM_MOA_042925.pdf', 'FL', 'lake clark shores police', '2025-04-29'],
	['287gWSO_KodiakAk2020-07-20.pdf', 'AK', 'kodiak', '2020-07-20'],
	['WinklerCoSheriffsOfficeTX_JEM_MOA_03.21.2025.pdf', 'ND', 'winkler sheriff', '2025-03-21'],
	['BellairePoliceDept_TFM_MOA_02.28.25%20508.pdf', 'FL', 'bellaire police', '2025-02-28'],
	['%E0%A4.pdf', 'FL', 'e 0 a 4', null],
])('the file %s names an agency and a day', (file, code, words, day) => {
	const href = `https://www.ice.gov/doclib/287gMOA/${file}?x=1#y`;
	if (day !== null) expect(documentWords(href, stateOf(code)).join(' ')).toBe(words);
	expect(documentDay(href)).toBe(day);
});

test.each(['', 'abc', 'ñ'.repeat(27), 'a'.repeat(55), 'a'.repeat(56), 'a'.repeat(64), 'x'.repeat(1000)])(
	'the hash of %j is that of the platform',
	(text) => {
		expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
	},
);
