import { fail, redirect } from '@sveltejs/kit';
import { can, demand, ownCity } from '#access/can.ts';
import { FIELDS, meant, written } from '#adoption/packet/field.ts';
import { dropTemplate, keepTemplate, templateOf } from '#adoption/packet/template.server.ts';
import { addressIn } from '#i18n/language.ts';
import { shown } from '#watch/read/archive.server.ts';
import { chosenFiles, sentForm, TOO_LARGE } from '../../upload.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['read', 'draft'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
	const { world, actor, language } = locals;
	demand(actor, ..._permission, ownCity(actor));
	const { report, name, at } = await templateOf(language, actor, world);
	return {
		name,
		at,
		report: {
			...report,
			unknown: report.unknown.map((typed) => {
				const field = meant(typed);
				return { typed, meant: field && written(field, language) };
			}),
		},
		fields: FIELDS.map((field) => ({
			field,
			en: written(field, 'en'),
			es: written(field, 'es'),
			found: report.found.includes(field),
		})),
		may: can(actor, 'change', 'draft', ownCity(actor)),
		done: DONE.find((one) => one === url.searchParams.get('done')) ?? null,
	};
};

/** What a form of this page did before it led back to it. */
const DONE = ['kept', 'dropped'] as const;

export const actions: Actions = {
	send: async ({ locals, request }) => {
		const { world, actor, language } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const form = await sentForm(request);
		if ('fault' in form) return fail(form.fault === 'large' ? TOO_LARGE : 400, { fault: form.fault, faults: [] });
		const [file, another] = chosenFiles(form, 'file');
		if (!file || another) return fail(400, { fault: 'none' as const, faults: [] });
		const name = shown(file.name.replace(/^.*[\\/]/, '')) || 'template.docx';
		const bytes = new Uint8Array(await file.arrayBuffer());
		const made = await keepTemplate({ name, bytes }, actor, world);
		if ('faults' in made) return fail(400, { fault: null, faults: made.faults });
		redirect(303, addressIn(language, '/adoption/template?done=kept'));
	},
	drop: async ({ locals }) => {
		const { world, actor, language } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		await world.db.as(actor, (tx) => dropTemplate(actor, world, tx));
		redirect(303, addressIn(language, '/adoption/template?done=dropped'));
	},
};
