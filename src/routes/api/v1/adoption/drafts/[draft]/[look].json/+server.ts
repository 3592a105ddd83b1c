import { demand, ownCity } from '#access/can.ts';
import { LOOKS, lookAt } from '#adoption/program/looks.server.ts';
import { NotFound } from '#kernel/error.ts';
import { paged, told } from '../../../answer.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'draft'] as const;

/** What there is of a draft beside its text, page by page. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { actor, world } = locals;
	demand(actor, ..._permission, ownCity(actor));
	const look = LOOKS.find(({ name }) => name === params.look);
	if (!look) throw new NotFound(`There is ${LOOKS.map(({ name }) => `${name}.json`).join(', ')} of a draft.`);
	const { draft, records } = await lookAt(params.draft, look, actor, world);
	return told(paged(records, look.key, url.searchParams), { world, sample: draft.sample });
};
