import { redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { NotFound } from '#kernel/error.ts';
import { paperFile } from '#library/papers.server.ts';
import { readable } from '../../../readable.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'library'] as const;

/** A paper beside a policy, such as its certified copy. A browser never opens it: it is a stranger's. */
export const GET: RequestHandler = async ({ locals, params }) => {
	demand(locals.actor, ..._permission);
	const { world, actor, language } = locals;
	const found = await readable(params.path, locals);
	if ('moved' in found) redirect(308, addressIn(language, `/library/${found.moved}/paper/${params.nth}`));
	if (!('version' in found) || !/^[1-9]\d{0,5}$/.test(params.nth))
		throw new NotFound(speech(language).say('library.unknown'));
	const { work } = found;
	const { bytes, kind } = await world.db.as(actor, (tx) => paperFile(work.id, Number(params.nth), tx));
	const name = `${work.sample ? 'SAMPLE-' : ''}${work.address.split('/').at(-1)}-${params.nth}.${kind}`;
	return new Response(Buffer.from(bytes), {
		headers: {
			'content-type': 'application/octet-stream',
			'content-length': String(bytes.byteLength),
			'content-disposition': `attachment; filename="${name}"`,
		},
	});
};
