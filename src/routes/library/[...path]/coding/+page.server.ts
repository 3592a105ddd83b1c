import { redirect } from '@sveltejs/kit';
import { byline } from '#access/byline.server.ts';
import { demand } from '#access/can.ts';
import { namesSigned } from '#coalition/signed.server.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { workAt } from '#library/at.server.ts';
import { codings, EVERY_CODING } from '#library/protections.server.ts';
import { suggest } from '#library/taxonomy/suggest.ts';
import { TAXONOMY } from '#library/taxonomy/taxonomy.ts';
import type { Tx } from '#platform/world.ts';
import { agree, propose, takeBack } from '../../coded.server.ts';
import { signedBy } from '../../signed.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['confirm', 'library'] as const;

/** Codings of a version that are looked through. */
const MOST = 5_000;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission);
	const { world, actor } = locals;
	const own = byline(actor.person ?? '', world);
	return world.db.as(actor, async (tx) => {
		const { work, version, provision } = await provisionAt(params.path, locals, tx);
		const found = await codings({ ...EVERY_CODING, work: work.id, expression: version.id }, MOST, tx);
		const names = await namesSigned(world, tx);
		const words = version.text.slice(provision.start, provision.end);
		return {
			work: { title: work.title, number: work.number, address: version.address },
			provision: { eId: provision.eId, words, language: version.language },
			codings: found
				.filter(({ eId }) => eId === provision.eId)
				.map((one) => ({ own: one.author === own, coding: signedBy(one, names) })),
			suggestions: suggest(words, TAXONOMY).map(({ code, words }) => ({ code, words })),
			areas: TAXONOMY.areas.map(({ code, name, protections }) => ({
				code,
				name,
				protections: protections.map((one) => ({ code: one.code, short: one.short, name: one.name })),
			})),
			asked: { code: url.searchParams.get('code') ?? '', words: url.searchParams.get('words') ?? '' },
		};
	});
};

export const actions: Actions = {
	propose: async ({ locals, params, request }) => {
		demand(locals.actor, ..._permission);
		const at = await locals.world.db.as(locals.actor, (tx) => provisionAt(params.path, locals, tx));
		const { start, end, eId } = at.provision;
		const text = at.version.text.slice(start, end);
		return propose(await request.formData(), { workId: at.work.id, expressionId: at.version.id, eId, text }, locals);
	},
	confirm: async ({ locals, request }) => {
		demand(locals.actor, ..._permission);
		return agree(await request.formData(), locals);
	},
	take_back: async ({ locals, request }) => {
		demand(locals.actor, ..._permission);
		return takeBack(await request.formData(), locals);
	},
};

/** The provision at a path, with its version whole. Throws `NotFound`. */
async function provisionAt(path: string, { world, language }: App.Locals, tx: Tx) {
	const found = await workAt(path, dayAt(world.clock.now()), tx);
	if (found.kind === 'moved') redirect(302, addressIn(language, `/library/${found.path}/coding`));
	if (found.kind !== 'provision') throw new NotFound(speech(language).say('library.unknown'));
	return found;
}
