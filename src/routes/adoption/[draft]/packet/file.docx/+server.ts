import { demand, ownCity } from '#access/can.ts';
import { packetFile } from '#adoption/packet/packing.server.ts';
import { speech } from '#i18n/message.ts';
import { attached } from '../../../attached.server.ts';
import { packing } from '../../../packing.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'draft'] as const;

/** The packet as a Word file. There is none while a blank is open, or before anybody said what is in it. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission, ownCity(locals.actor));
	return attached(packetFile(await packing(params.draft, locals, url.origin), speech(locals.language)));
};
