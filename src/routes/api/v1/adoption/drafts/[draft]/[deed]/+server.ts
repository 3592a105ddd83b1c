import { demand, ownCity } from '#access/can.ts';
import { DEEDS } from '#adoption/program/deeds.server.ts';
import { NotFound } from '#kernel/error.ts';
import { readQuery } from '../../../../asked.ts';
import { changed } from '../../../answer.server.ts';
import { demandKey, sentJson, withReadings } from '../../../sent.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['change', 'draft'] as const;

/** Does what a form of the page of a draft does. */
export const POST: RequestHandler = async ({ locals, params, request, url }) => {
	const { actor, world } = locals;
	demand(actor, ..._permission, ownCity(actor));
	demandKey(locals);
	readQuery(url.searchParams, {});
	const deed = DEEDS.find(({ name }) => name === params.deed);
	if (!deed) throw new NotFound(`A draft takes: ${DEEDS.map(({ name }) => name).join(', ')}, suggestions.`);
	const sent = await sentJson(request);
	if (sent instanceof Response) return sent;
	return withReadings(async () => changed(params.draft, await deed.run(params.draft, sent.json, actor, world), locals));
};
