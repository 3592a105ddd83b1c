import { fail, redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { addressIn } from '#i18n/language.ts';
import { identifiersIn } from '#kernel/identifier.ts';
import { readConfig } from '#platform/config.server.ts';
import { report } from '#watch/report.server.ts';
import { ownPath, readReport } from '#watch/report.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['report', 'watch'] as const;

/** Too many reports from everybody together. */
const BUSY = 503;

export const load: PageServerLoad = ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	return { about: ownPath(url.searchParams.get('about') ?? ''), contactAddress: readConfig().contact };
};

export const actions: Actions = {
	default: async ({ locals, request }) => {
		demand(locals.actor, ..._permission);
		const form = await formOf(request);
		if ('fault' in form) return fail(400, { about: '', message: '', contact: '', ...form });
		const text = (name: string) => {
			const value = form.get(name);
			return typeof value === 'string' ? value : '';
		};
		const sent = { about: text('about'), message: text('message'), contact: text('contact') };
		const draft = readReport(sent);
		if ('fault' in draft) return fail(400, { ...sent, fault: draft.fault });
		const said = form.getAll('not_a_person').map(String);
		if (identifiersIn(draft.message, said).some((one) => !one.said)) return fail(400, { ...sent, said });
		// Only a program fills a field that nobody sees: it is told what everybody is told.
		const kept = text('website') !== '' ? 'kept' : await report(draft, locals.world);
		if (kept === 'busy') return fail(BUSY, { ...sent, fault: 'busy' as const });
		const back = new URLSearchParams({ about: draft.about });
		redirect(303, addressIn(locals.language, `/watch/report/thanks?${back}`));
	},
};

/** What was sent; the fault where it is more than the server takes, or no form at all. */
async function formOf(request: Request): Promise<FormData | { readonly fault: 'long' | 'empty' }> {
	try {
		return await request.formData();
	} catch (error) {
		return { fault: (error as { status?: number }).status === TOO_LARGE ? 'long' : 'empty' };
	}
}

const TOO_LARGE = 413;
