import { demand, ownCity } from '#access/can.ts';
import { packetSaid } from '#adoption/program/packet.server.ts';
import { readQuery } from '../../../../asked.ts';
import { told } from '../../../answer.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'draft'] as const;

/** What the packet of a draft says: `data` is what can be sent back. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { actor, world } = locals;
	demand(actor, ..._permission, ownCity(actor));
	readQuery(url.searchParams, {});
	const { record, sample, ...rest } = await packetSaid(params.draft, actor, world);
	return told({ ...rest, data: record }, { world, sample });
};
