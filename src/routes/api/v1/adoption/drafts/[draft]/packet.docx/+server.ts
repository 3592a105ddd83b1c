import { demand, ownCity } from '#access/can.ts';
import { packetFile } from '#adoption/packet/packing.server.ts';
import { speech } from '#i18n/message.ts';
import { attached } from '../../../../../../adoption/attached.server.ts';
import { packing } from '../../../../../../adoption/packing.server.ts';
import { readQuery } from '../../../../asked.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'draft'] as const;

const UNSAID = 'Say first what stands in the packet: POST to packet, {} for all of it as packet.json offers it.';

/** The packet for the agenda, the same that its page offers. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission, ownCity(locals.actor));
	readQuery(url.searchParams, {});
	const packet = packetFile(await packing(params.draft, locals, url.origin), speech('en'), UNSAID);
	return attached(packet, 'private, no-store');
};
