import { redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { NotFound } from '#kernel/error.ts';
import { publishedFile } from '#library/publish.server.ts';
import { readable } from '../../readable.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'library'] as const;

/** The file that a version was read from, where somebody published it. A browser never opens it: it is a stranger's. */
export const GET: RequestHandler = async ({ locals, params }) => {
	demand(locals.actor, ..._permission);
	const found = await readable(params.path, locals);
	if ('moved' in found) redirect(308, addressIn(locals.language, `/library/${found.moved}/source`));
	const file = !('version' in found) ? null : await publishedFile(found.work.id, found.version.id, locals.world);
	if (!file) throw new NotFound(speech(locals.language).say('library.unknown'));
	return new Response(Buffer.from(file.bytes), {
		headers: {
			'content-type': 'application/octet-stream',
			'content-length': String(file.bytes.length),
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
		},
	});
};
