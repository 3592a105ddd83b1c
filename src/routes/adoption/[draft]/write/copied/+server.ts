import { json } from '@sveltejs/kit';
import { demand, ownCity } from '#access/can.ts';
import { copiedFrom } from '#adoption/history.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { copiedWords } from '#adoption/write/copied-words.ts';
import { comeIn } from '../../../notes.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['change', 'draft'] as const;

/** What the provisions of a draft read as when they were copied: an editor marks changes against it. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const { world, actor } = locals;
	demand(actor, ..._permission, ownCity(actor));
	const words = await world.db.as(actor, async (tx) => {
		await comeIn(params.draft, locals, tx);
		const state = await stateOf(params.draft, actor, tx);
		return copiedWords(state, await copiedFrom(params.draft, state.sources, tx));
	});
	return json(words);
};
