import { fail } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { MOST_UPLOADS, takeUploads } from '#watch/upload.server.ts';
import { chosenFiles, sentForm, TOO_LARGE } from '../../upload.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['import', 'watch'] as const;

export const load: PageServerLoad = ({ locals }) => {
	demand(locals.actor, ..._permission);
	return { most: MOST_UPLOADS };
};

export const actions: Actions = {
	default: async ({ locals, request }) => {
		demand(locals.actor, ..._permission);
		const form = await sentForm(request);
		if ('fault' in form) return fail(form.fault === 'large' ? TOO_LARGE : 400, { fault: form.fault });
		const files = chosenFiles(form, 'lists');
		if (files.length === 0) return fail(400, { fault: 'none' as const });
		const uploads = await Promise.all(
			files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
		);
		const taken = await takeUploads(uploads, locals.actor, locals.world);
		return {
			taken: taken.map((one) => ({
				name: one.name,
				outcome: one.outcome,
				sha256: 'sha256' in one ? one.sha256 : null,
				code: one.outcome === 'refused' ? one.code : one.outcome === 'unopened' ? one.why : null,
				list:
					one.outcome === 'added'
						? { kind: one.kind, day: one.modified, rows: one.rows, problems: one.problems.length }
						: null,
			})),
		};
	},
};
