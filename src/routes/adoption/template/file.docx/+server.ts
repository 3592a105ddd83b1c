import { demand, ownCity } from '#access/can.ts';
import { ownTemplate } from '#adoption/packet/own-template.ts';
import { templateFile } from '#adoption/packet/template.server.ts';
import { WORD_TYPE } from '#kernel/media-type.ts';
import { attached } from '../../attached.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'draft'] as const;

/** The template that packets are made with; `?ours=yes`: ours, to begin one's own with. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const { world, actor, language } = locals;
	demand(actor, ..._permission, ownCity(actor));
	const ours = url.searchParams.get('ours') === 'yes';
	const bytes = ours
		? ownTemplate(language)
		: (await world.db.as(actor, (tx) => templateFile(language, actor, tx))).bytes;
	return attached({ bytes, mediaType: WORD_TYPE, name: language === 'es' ? 'plantilla.docx' : 'template.docx' });
};
