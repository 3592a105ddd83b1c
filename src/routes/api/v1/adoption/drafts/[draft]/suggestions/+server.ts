import { demand, ownCity } from '#access/can.ts';
import { sendIn } from '#adoption/program/sending.server.ts';
import { WORD_TYPE } from '#kernel/media-type.ts';
import { said } from '#platform/problem.server.ts';
import { readQuery } from '../../../../asked.ts';
import { changed } from '../../../answer.server.ts';
import { NAME } from '../../../asked.ts';
import { demandKey, mediaTypeOf } from '../../../sent.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['change', 'draft'] as const;

const CREATED = 201;
const WRONG_TYPE = 415;

/** Takes in a Word file that came back for a draft: the file is what is sent, its name stands in the address. */
export const POST: RequestHandler = async ({ locals, params, request, url }) => {
	const { actor, world } = locals;
	demand(actor, ..._permission, ownCity(actor));
	demandKey(locals);
	const { name } = readQuery(url.searchParams, { name: NAME });
	if (mediaTypeOf(request) !== WORD_TYPE)
		return said(WRONG_TYPE, { detail: `Send the Word file itself, and say so: Content-Type: ${WORD_TYPE}.` });
	const bytes = new Uint8Array(await request.arrayBuffer());
	const made = await sendIn(params.draft, { name: name ?? 'file.docx', bytes }, actor, world);
	return changed(params.draft, made, locals, CREATED);
};
