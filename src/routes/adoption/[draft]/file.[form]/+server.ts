import { demand, ownCity } from '#access/can.ts';
import { readAgainst } from '#adoption/beside.ts';
import { wayOf } from '#adoption/out/export.ts';
import { taken } from '#adoption/out/pdf.server.ts';
import { speech } from '#i18n/message.ts';
import { NotFound } from '#kernel/error.ts';
import { attached } from '../../attached.server.ts';
import { sending } from '../../sending.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'draft'] as const;

/** The draft as a file: `file.docx?what=marked&look=chicago&named=yes&against=draft-12`. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission, ownCity(locals.actor));
	const asked = url.searchParams;
	const way = wayOf(params.form, asked.get('what') ?? 'clean', asked.get('look'));
	if (!way) throw new NotFound(speech(locals.language).say('takeout.none'));
	const { out } = await sending(params.draft, locals, {
		origin: url.origin,
		named: asked.get('named') === 'yes',
		against: readAgainst(asked.get('against')),
	});
	return attached(await taken(out, way));
};
