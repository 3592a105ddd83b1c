import { fail } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { LONGEST_MESSAGE, writeToSeat } from '#coalition/contact.server.ts';
import { seatToWrite } from '#coalition/directory.server.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { identifiersIn } from '#kernel/identifier.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['contact', 'seat'] as const;

const HERE = { room: 'members', owner: null } as const;

export const load: PageServerLoad = async ({ locals, params }) => {
	demand(locals.actor, ..._permission, HERE);
	const { world, actor, language } = locals;
	const day = dayAt(world.clock.now());
	const to = await world.db.as(actor, (tx) => seatToWrite(params.seat, day, tx));
	if (!to) throw new NotFound(speech(language).say('coalition.unknown'));
	return { to, longest: LONGEST_MESSAGE };
};

export const actions: Actions = {
	default: async ({ locals, params, request, url }) => {
		demand(locals.actor, ..._permission, HERE);
		const { world, actor } = locals;
		const form = await request.formData();
		const message = String(form.get('message') ?? '')
			.replaceAll('\r\n', '\n')
			.trim();
		if (message === '') return fail(400, { fault: 'empty' as const, message });
		if (message.length > LONGEST_MESSAGE) return fail(400, { fault: 'long' as const, message });
		const said = form.getAll('not_a_person').map(String);
		if (identifiersIn(message, said).some((one) => !one.said)) return fail(400, { message, said });
		const sender = { person: actor.person ?? '', seat: actor.seat ?? '' };
		const outcome = await writeToSeat(
			params.seat,
			sender,
			({ language, name, office }) => {
				const t = speech(language);
				const address = url.origin + addressIn(language, `/coalition/contact/${sender.seat}`);
				return {
					subject: t.say('coalition.mail.subject'),
					text: [
						t.say('coalition.mail.from', { name, office }),
						message.replace(/^/gm, '> '),
						t.say('coalition.mail.reply', { address }),
						t.say('coalition.mail.hidden'),
					].join('\n\n'),
				};
			},
			world,
		);
		if (outcome === 'gone') throw new NotFound(speech(locals.language).say('coalition.unknown'));
		if (outcome !== 'sent') return fail(outcome === 'busy' ? 429 : 503, { fault: outcome, message });
		return { sent: true };
	},
};
