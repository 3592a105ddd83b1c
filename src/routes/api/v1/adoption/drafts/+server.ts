import { demand, ownCity } from '#access/can.ts';
import { begin } from '#adoption/program/text.server.ts';
import { readQuery } from '../../asked.ts';
import { changed } from '../answer.server.ts';
import { demandKey, sentJson } from '../sent.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['change', 'draft'] as const;

const CREATED = 201;

/** Begins a draft with a copy. */
export const POST: RequestHandler = async ({ locals, request, url }) => {
	const { actor, world } = locals;
	demand(actor, ..._permission, ownCity(actor));
	demandKey(locals);
	readQuery(url.searchParams, {});
	const sent = await sentJson(request);
	if (sent instanceof Response) return sent;
	const made = await begin(sent.json, actor, world);
	const answer = await changed(made.id, made, locals, CREATED);
	answer.headers.set('location', `/api/v1/adoption/drafts/${made.id}.json`);
	return answer;
};
