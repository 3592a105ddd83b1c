import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { VISITOR } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import { describing } from '#library/about.server.ts';
import { importPolicies, type Outcome } from '#library/import.server.ts';
import { offers } from '#library/offer.server.ts';
import { clauses } from '#reuse/clauses.server.ts';
import { compareTexts } from '#reuse/compare.server.ts';
import { around } from '#reuse/kin.server.ts';
import { kept, lineage } from '#reuse/lineage.ts';
import { testDatabase } from '../database.ts';

const LAWS = '../shared/data/policy/nyc_local_laws';
const there = existsSync(LAWS);
if (!there) console.info(`The true detainer laws are not looked at: ${LAWS} is not there.`);

const here = await testDatabase();
const { world } = here;
const TODAY = '2026-07-01' as Day;

/** Number of the local law, and the day it was enacted. */
const ENACTED: readonly (readonly [name: string, number: string, day: string])[] = [
	['LL-2011-062', 'Local Law 62 of 2011', '2011-11-22'],
	['LL-2013-021', 'Local Law 21 of 2013', '2013-03-18'],
	['LL-2013-022', 'Local Law 22 of 2013', '2013-03-18'],
	['LL-2014-035', 'Local Law 35 of 2014', '2014-07-10'],
	['LL-2014-058', 'Local Law 58 of 2014', '2014-11-14'],
	['LL-2014-059', 'Local Law 59 of 2014', '2014-11-14'],
];

/**
 * What happened. In 2011 New York wrote section 9-131, on whom its jails hold for a detainer. In 2013 two laws of one day
 * narrowed it (22) and wrote the like for the police as section 14-154 (21). In 2014 two laws of one day rewrote 9-131 (58) and
 * 14-154 (59). The identity card of 2014 has nothing to do with it.
 */
const STORY: Readonly<Record<string, string | null>> = {
	'Local Law 62 of 2011': null,
	'Local Law 21 of 2013': 'Local Law 62 of 2011',
	'Local Law 22 of 2013': 'Local Law 62 of 2011',
	'Local Law 58 of 2014': 'Local Law 22 of 2013',
	'Local Law 59 of 2014': 'Local Law 21 of 2013',
};

describe.runIf(there)('the detainer laws of New York, 2011 to 2014', () => {
	beforeAll(async () => {
		const outcomes: Outcome[] = [];
		for (const [name, number, date] of ENACTED) {
			const all = { place: 'ny/place/new-york-city', date, number };
			await importPolicies(
				offers([`${LAWS}/${name}.rtf`], { all, manifest: null, naming: {}, describe: describing(world) }),
				{ by: 'test', again: false, told: (one) => void outcomes.push(one), signal: null },
				world,
			);
		}
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(ENACTED.map(() => 'added'));
		await compareTexts(world);
	}, 60_000);

	test.each(Object.keys(STORY))('tell their story, asked from %s', async (number) => {
		const told = await world.db.as(VISITOR, async (tx) => {
			const { rows } = await sql<{ work_id: string; id: string }>`
				select e.work_id, e.id from library_work w join library_expression e on e.work_id = w.id
				where w.number = ${number}`.execute(tx);
			const [law] = rows;
			if (!law) throw new Error(`${number} is not on the shelf.`);
			const start = { workId: law.work_id, expressionId: law.id, eId: '' };
			return lineage(await clauses((await around(start, tx)).clauses, TODAY, 'en', tx));
		});
		const nameAt = (at: number | null) => (at === null ? null : (told[at]?.clause.work.number ?? null));
		expect(Object.fromEntries(told.map((one) => [one.clause.work.number, nameAt(one.parent)]))).toEqual(STORY);
		for (const { clause, parent, kept: share, series } of told) {
			expect(series).toBe(parent !== null);
			if (parent !== null) expect(share).toBe(kept(told[parent]?.clause.words ?? '', clause.words));
		}
	});
});
