import { demand, ownCity } from '#access/can.ts';
import { wholeDraft } from '#adoption/program/looks.server.ts';
import { lawSaid } from '#law/said.server.ts';
import { readQuery } from '../../../asked.ts';
import { told } from '../../answer.server.ts';
import { AT } from '../../asked.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'draft'] as const;

/** A draft whole, as it reads or, with `at`, read after an earlier edit. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { actor, world } = locals;
	demand(actor, ..._permission, ownCity(actor));
	const { at } = readQuery(url.searchParams, { at: AT });
	const { record, stateCode, state } = await wholeDraft(params.draft, at, actor, world);
	return told({ law: await lawSaid(stateCode, 'en', world), data: record }, { world, sample: state.draft.sample });
};
