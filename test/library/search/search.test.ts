import { expect, test as it } from 'vitest';
import { SYSTEM } from '../../../src/access/actor.ts';
import type { Day } from '../../../src/kernel/day.ts';
import { readAsked } from '../../../src/library/search/asked.ts';
import { indexVersion } from '../../../src/library/search/index.server.ts';
import { searchLibrary } from '../../../src/library/search/search.server.ts';
import { testDatabase } from '../../database.ts';
import { shelved } from '../shelved.ts';

const test = await testDatabase();
const DAY = '2026-07-01' as Day;

const WARRANTS = await shelve('coalition/warrants', [
	'sec_1 | § 9-131. | Persons not to be detained. The department shall not honor a civil immigration detainer unless it comes with a judicial warrant.',
	'sec_2 | § 9-132. | Nothing herein prohibits what 8 U.S.C. § 1373 or section 1644 requires of a city.',
	'sec_3 | § 14-101. | No officer shall fill in a form I-247A or act under section 287(g) of the Immigration and Nationality Act.',
]);
const CAMERAS = await shelve('coalition/cameras', [
	'sec_1 | Section 1. | License plate readers keep no record of vehicles beyond 30 days.',
	'sec_2 | Section 2. | The council votes before any agreement of the police with a federal agency; a warrant that is judicial is honored.',
]);

async function shelve(address: string, lines: readonly string[]): Promise<string> {
	const { workId, expressionId } = await shelved({ address, lines }, test.world);
	await test.world.db.as(SYSTEM, (tx) => indexVersion(workId, expressionId, tx));
	return workId;
}

async function found(query: string): Promise<string[]> {
	const { hits } = await searchLibrary(readAsked(new URLSearchParams(query)), DAY, test.world);
	return hits.map(
		({ work, eId }) => `${work.id === WARRANTS ? 'warrants' : work.id === CAMERAS ? 'cameras' : '?'} ${eId}`,
	);
}

it.each([
	['q=judicial warrant', ['warrants sec_1', 'cameras sec_2']],
	['q="judicial warrant"', ['warrants sec_1']],
	['q=warrants -detainer', ['cameras sec_2']],
	['q=vehicles OR detainers', ['warrants sec_1', 'cameras sec_1']],
	['q=detain*', ['warrants sec_1']],
	['q=287(g)', ['warrants sec_3']],
	['q=§ 1373', ['warrants sec_2']],
	['q=8 USC 1373', ['warrants sec_2']],
	['q=section 1644', ['warrants sec_2']],
	['q=I-247A', ['warrants sec_3']],
	['q=9-131', ['warrants sec_1']],
	['q=lisence plates', ['cameras sec_1']],
	['q=judicial warrant -council vehicles -detainer', []],
	['q=', ['cameras sec_1', 'warrants sec_1']],
	['q=vehicles&place=x%00y', ['cameras sec_1']],
])('%s finds what has it', async (query, wanted) => {
	expect(await found(query.replaceAll(' ', '+'))).toEqual(wanted);
});
