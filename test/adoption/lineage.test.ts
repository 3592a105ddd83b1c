import { expect, test } from 'vitest';
import { VISITOR } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import { compareTexts } from '#reuse/compare.server.ts';
import { documentedOf } from '#reuse/documented.ts';
import { around } from '#reuse/kin.server.ts';
import { toldOf } from '#reuse/told.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { adopted, fillAll } from './adopted.ts';
import { begun, textAt } from './begun.ts';
import { stocked } from './stocked.ts';

const { here, world, cityOf } = await stocked();
here.now = new Date('2026-12-20T12:00:00Z');

test('a lineage names the model of an adopted policy as told only where its city agreed; else it is inferred', async () => {
	const made = async (slug: string, number: string, tellsSources: boolean) => {
		const { actor } = await signedIn(world, { role: 'member', placeId: cityOf(slug) });
		const id = await begun('Judicial warrants', actor, world);
		await fillAll(id, 'Town of Nowhere', actor, world);
		return adopted(id, { number, tellsSources, adopted: '2026-12-10' as Day }, actor, world);
	};
	const open = await made('dunmere', 'Ordinance 2026-7', true);
	const quiet = await made('wexmoor', 'Ordinance 2026-8', false);
	await compareTexts(world);
	const basis = async (address: string) => {
		const { workId, expressionId } = await textAt(`${address}/2026-12-10`, world);
		return world.db.as(VISITOR, async (tx) => {
			const { clauses } = await around({ workId, expressionId, eId: 'sec_13' }, tx);
			const { told, documented } = await toldOf(clauses, '2026-12-20' as Day, 'en', tx);
			const own = told.find(({ clause }) => clause.workId === workId);
			const parent = own?.parent == null ? null : told[own.parent]?.clause.work.address;
			return { parent, kind: own ? (documentedOf(own, told, documented)?.kind ?? 'inferred') : null };
		});
	};
	expect(await basis(open)).toEqual({ parent: 'coalition/detainers', kind: 'modelled_on' });
	expect(await basis(quiet)).toEqual({ parent: 'coalition/detainers', kind: 'inferred' });
});
