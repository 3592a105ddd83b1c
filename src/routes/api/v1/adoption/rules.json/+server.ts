import { demand, ownCity } from '#access/can.ts';
import { counting } from '#adoption/program/rules.server.ts';
import { readQuery } from '../../asked.ts';
import { counted } from '../answer.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'draft'] as const;

/** How the city that whoever asks has a seat of counts its days. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const { actor, world } = locals;
	demand(actor, ..._permission, ownCity(actor));
	readQuery(url.searchParams, {});
	return counted(await counting(actor, world), world);
};
