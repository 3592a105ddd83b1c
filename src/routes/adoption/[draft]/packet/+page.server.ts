import { fail, redirect } from '@sveltejs/kit';
import { can, demand, ownCity } from '#access/can.ts';
import { findingsIn } from '#adoption/check/findings.server.ts';
import { isOpen } from '#adoption/draft.ts';
import { noticeOf } from '#adoption/name/names.server.ts';
import { BLOCK_FIELDS } from '#adoption/packet/field.ts';
import { say } from '#adoption/packet/packet.server.ts';
import { insideOf, keptOf, LONGEST, PACKET_LOOKS } from '#adoption/packet/packet.ts';
import { LONGEST_TITLE } from '#adoption/packet/title.ts';
import { sayStage } from '#adoption/way/stages.server.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { dayAt } from '#kernel/day.ts';
import { oneLine } from '#kernel/one-line.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import { text } from '../../../sign-in/entry.server.ts';
import { comeIn } from '../../notes.server.ts';
import { packing } from '../../packing.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['read', 'draft'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { actor, language } = locals;
	demand(actor, ..._permission, ownCity(actor));
	const { state, out, city, said, offered, open, kept, stages } = await packing(params.draft, locals, url.origin);
	const { draft, provisions } = state;
	const { named, findings } = await locals.world.db.as(actor, async (tx) => ({
		named: await noticeOf(state, tx),
		findings: await findingsIn(state, actor, locals.world, tx),
	}));
	const ready = kept && open.length === 0;
	return {
		draft,
		outline: provisions.map(({ id, number, kind, parent }) => ({ id, number, kind, parent })),
		open: open.map(({ blank, provisions: at }) => ({ id: blank.id, label: blank.label, at })),
		named,
		findings,
		said,
		offered: { title: offered.title, summary: offered.summary },
		looks: PACKET_LOOKS,
		parts: BLOCK_FIELDS,
		template: { name: city.name, aside: city.aside, unknown: city.report.unknown, enacts: city.report.enacts },
		inside: ready ? insideOf(out, said, city.report.found, speech(language)) : null,
		may: isOpen(draft) && can(actor, 'change', 'draft', ownCity(actor)),
		/** Day on which the stage was done; null while it is not. */
		done: stages.find(({ key }) => key === 'packet')?.done ?? null,
		saved: url.searchParams.has('saved'),
	};
};

export const actions: Actions = {
	save: async ({ locals, params, request }) => {
		const { world, actor, language } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const form = await request.formData();
		const line = (name: string) => oneLine(text(form, name));
		const page = (name: string) => text(form, name).replaceAll('\r\n', '\n').trim();
		const day = line('day');
		const typed = {
			...{ title: line('title'), number: line('number'), day, sponsor: line('sponsor') },
			...{ summary: page('summary'), fiscal: page('fiscal') },
			look: PACKET_LOOKS.find((one) => one === text(form, 'look')) ?? 'chicago',
			parts: BLOCK_FIELDS.filter((part) => form.getAll('parts').includes(part)),
		};
		// What the page offered as it was opened: a colleague may have edited the draft since.
		const offered = { title: line('title='), summary: page('summary=') };
		const again = (fault: 'day' | 'long' | 'parts', field: string, n = 0) =>
			fail(400, { fault, field, n, typed, offered });
		const known = day === '' ? null : readTypedDay(day, language);
		if (day !== '' && known === null) return again('day', 'day');
		if (typed.title.length > LONGEST_TITLE) return again('long', 'title', LONGEST_TITLE);
		for (const name of ['number', 'sponsor'] as const)
			if (typed[name].length > LONGEST.line) return again('long', name, LONGEST.line);
		for (const name of ['summary', 'fiscal'] as const)
			if (typed[name].length > LONGEST.page) return again('long', name, LONGEST.page);
		if (typed.parts.length === 0) return again('parts', 'parts');
		const kept = keptOf({ ...typed, day: known }, offered);
		await world.db.as(actor, (tx) => say(params.draft, kept, actor, world, tx));
		redirect(303, addressIn(language, `/adoption/${params.draft}/packet?saved=yes#ready`));
	},
	done: async ({ locals, params }) => {
		const { world, actor, language } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		await world.db.as(actor, async (tx) => {
			await comeIn(params.draft, locals, tx);
			await sayStage(params.draft, 'packet', { done: dayAt(world.clock.now()), needed: true }, actor, world, tx);
		});
		redirect(303, addressIn(language, `/adoption/${params.draft}/packet#ready`));
	},
};
