import { demand } from '#access/can.ts';
import { lossOfLetter, stopByLetter } from '#coalition/loss.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['change', 'sign_in'] as const;

/** Opening a link stops nothing: programs that look into mail open every one. */
export const load: PageServerLoad = async ({ locals, params }) => {
	demand(locals.actor, ..._permission);
	const loss = await lossOfLetter(params.token, locals.world);
	return { loss: loss && { name: loss.name, due: loss.due.toISOString() }, token: params.token };
};

export const actions: Actions = {
	default: async ({ locals, params }) => {
		demand(locals.actor, ..._permission);
		return { outcome: await stopByLetter(params.token, locals.world) };
	},
};
