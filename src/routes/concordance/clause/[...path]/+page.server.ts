import { demand } from '#access/can.ts';
import { askedClause } from '../../asked.server.ts';
import { besideOf } from '../../lineage.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'library'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission);
	const { key, kin, ...asked } = await askedClause(params.path, url.search, locals);
	const own = asked.told.findIndex(({ clause }) => clause.workId === key.workId);
	const { beside, exact } = besideOf(asked.told, Math.max(0, own), url.searchParams);
	locals.cacheable = exact;
	const at = new Map(asked.told.map(({ clause }, n) => [clause.workId, n]));
	return {
		...asked,
		/** Index of the clause in its lineage; null where its policy was withdrawn from the shelf. */
		own: own < 0 ? null : own,
		beside,
		eId: key.eId,
		kin: kin.flatMap((one) => {
			const n = at.get(one.workId);
			return n === undefined || asked.told[n]?.clause.expressionId !== one.expressionId ? [] : [{ ...one, at: n }];
		}),
		/** Policies that share words with it and for which there is no room. */
		more: kin.filter(({ workId }) => !at.has(workId)).length,
	};
};
