import { redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { NotFound } from '#kernel/error.ts';
import { lawSaid } from '#law/said.server.ts';
import { DOWNLOADS } from '#library/export/downloads.ts';
import { readable } from '../../readable.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'library'] as const;

/** A version as a file. It says what it is before its first word, wherever it goes. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission);
	const t = speech(locals.language);
	const way = DOWNLOADS.find(({ extension }) => extension === params.extension);
	if (!way) throw new NotFound(t.say('library.unknown'));
	const found = await readable(params.path, locals);
	if ('moved' in found)
		redirect(308, addressIn(locals.language, `/library/${found.moved}/download.${way.extension}${url.search}`));
	if ('place' in found) throw new NotFound(t.say('library.unknown'));
	const { work, version } = found;
	const state = url.searchParams.get('state') ?? work.place?.stateCode ?? null;
	const law = await lawSaid(state, locals.language, locals.world);
	const written = await way.write({ work, version, origin: url.origin, lawSentence: law });
	const body = written instanceof Uint8Array ? Buffer.from(written) : await whole(written);
	const name = `${work.sample ? 'SAMPLE-' : ''}${version.address.replaceAll('/', '-')}.${way.extension}`;
	return new Response(body, {
		headers: {
			'content-type': way.mediaType,
			'content-length': String(Buffer.byteLength(body)),
			'content-disposition': `attachment; filename="${name}"`,
		},
	});
};

async function whole(pieces: Iterable<string> | AsyncIterable<string>): Promise<string> {
	let text = '';
	for await (const piece of pieces) text += piece;
	return text;
}
