import { demand, ownCity } from '#access/can.ts';
import { sayRules } from '#adoption/program/rules.server.ts';
import { readQuery } from '../../asked.ts';
import { counted } from '../answer.server.ts';
import { demandKey, sentJson } from '../sent.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['change', 'draft'] as const;

/** Says how the city counts its days, for all its drafts. */
export const POST: RequestHandler = async ({ locals, request, url }) => {
	const { actor, world } = locals;
	demand(actor, ..._permission, ownCity(actor));
	demandKey(locals);
	readQuery(url.searchParams, {});
	const sent = await sentJson(request);
	if (sent instanceof Response) return sent;
	return counted(await sayRules(sent.json, actor, world), world);
};
