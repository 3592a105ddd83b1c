import { demand, ownCity } from '#access/can.ts';
import { filledIn } from '#adoption/packet/fill.ts';
import { fillingOf, packetName } from '#adoption/packet/packet.ts';
import { speech } from '#i18n/message.ts';
import { Conflict } from '#kernel/error.ts';
import { WORD_TYPE } from '#kernel/media-type.ts';
import { attached } from '../../../attached.server.ts';
import { packing } from '../../../packing.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'draft'] as const;

/** The packet as a Word file. There is none while a blank is open, or before anybody said what is in it. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission, ownCity(locals.actor));
	const { out, city, said, open, kept } = await packing(params.draft, locals, url.origin);
	const t = speech(locals.language);
	if (open.length > 0) throw new Conflict(t.say('packet.blocked', { n: open.length }));
	if (!kept) throw new Conflict(t.say('packet.unsaid'));
	const bytes = filledIn(city.template, fillingOf(out, said, city.report.found));
	return attached({ bytes, mediaType: WORD_TYPE, name: packetName(out) });
};
