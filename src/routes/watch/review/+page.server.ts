import { fail } from '@sveltejs/kit';
import { record } from '#access/audit.server.ts';
import { can, demand } from '#access/can.ts';
import { namesSigned } from '#coalition/signed.server.ts';
import { NotFound } from '#kernel/error.ts';
import { questions } from '#watch/files.server.ts';
import { lists, reviews, unplaced } from '#watch/lists.server.ts';
import { overrules, withdrawAside } from '#watch/ruling.server.ts';
import { text } from '../../sign-in/entry.server.ts';
import type { Actions, PageServerLoad } from './$types';
import { decide } from './decide.server.ts';

export const _permission = ['read', 'watch'] as const;

/** Questions of one page, each with its form: about four screens when they are closed. */
const PER_PAGE = 40;

/** Numbers only for the public: a named suspicion is for the people who can settle it. */
export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	locals.cacheable = url.searchParams.size === 0;
	const desk = can(locals.actor, 'overrule', 'watch')
		? await deskAt(Number(url.searchParams.get('page')), locals)
		: null;
	return { questions: await questions(locals.world), desk };
};

async function deskAt(asked: number, { world, actor }: App.Locals) {
	const open = await reviews(world);
	const pages = Math.max(1, Math.ceil(open.length / PER_PAGE));
	const page = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), pages) : 1;
	const names = await world.db.as(actor, (tx) => namesSigned(world, tx));
	const files = await lists(world);
	return {
		page,
		pages,
		open: open.slice((page - 1) * PER_PAGE, page * PER_PAGE),
		unplaced: await unplaced(world),
		heldBack: files.filter(({ standing }) => standing === 'quarantined'),
		decisions: (await overrules(world))
			.map((one) => ({ ...one, author: names.get(one.author) ?? one.author }))
			.reverse(),
	};
}

export const actions: Actions = {
	decide: async ({ locals, request }) => {
		demand(locals.actor, 'overrule', 'watch');
		return decide(await request.formData(), locals);
	},
	take_back: async ({ locals, request }) => {
		demand(locals.actor, 'overrule', 'watch');
		const { actor, world } = locals;
		const id = text(await request.formData(), 'id');
		const subject = `overrule:${id}`;
		try {
			await withdrawAside(
				id,
				(_, tx) => record({ actor, action: 'overrule_taken_back', subject, owner: actor.city }, world, tx),
				world,
			);
		} catch (error) {
			if (error instanceof NotFound) return fail(409, { lost: true as const });
			throw error;
		}
		return { done: 'taken_back' as const };
	},
};
