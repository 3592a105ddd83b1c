import { demand, ownCity } from '#access/can.ts';
import { drafts } from '#adoption/program/looks.server.ts';
import { paged, told } from '../answer.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'draft'] as const;

/** The drafts of the city that whoever asks has a seat of. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const { actor, world } = locals;
	demand(actor, ..._permission, ownCity(actor));
	const page = paged(await drafts(actor, world), 'id', url.searchParams);
	return told(page, { world, sample: page.data.some(({ sample }) => sample === true) });
};
