import { redirect } from '@sveltejs/kit';
import { demand, ownCity } from '#access/can.ts';
import { edits } from '#adoption/history.server.ts';
import { newestOf } from '#adoption/newer.server.ts';
import { siblingsOf } from '#adoption/siblings.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { namesSeated } from '#coalition/signed.server.ts';
import { addressIn } from '#i18n/language.ts';
import { dayAt } from '#kernel/day.ts';
import { typedPath } from '#library/address.ts';
import { workAt } from '#library/at.server.ts';
import { NOTHING_ASKED } from '#library/search/asked.ts';
import { searchLibrary } from '#library/search/search.server.ts';
import { comeIn } from '../../notes.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'draft'] as const;

/** Drafts that can be chosen here; the page of every change has the others. */
const MOST_DRAFTS = 100;
const MOST_FOUND = 10;

/** What the draft can be read against. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { world, actor, language } = locals;
	demand(actor, ..._permission, ownCity(actor));
	const today = dayAt(world.clock.now());
	const asked = (url.searchParams.get('q') ?? '').trim();
	const found = await world.db.as(actor, async (tx) => {
		await comeIn(params.draft, locals, tx);
		const state = await stateOf(params.draft, actor, tx);
		// Somebody pasted an address of ours.
		const path = typedPath(asked);
		const there = path.includes('/') ? (await workAt(path, today, tx)).kind : 'none';
		if (there === 'work' || there === 'version' || there === 'provision')
			redirect(303, addressIn(language, `/adoption/${params.draft}?${new URLSearchParams({ against: path })}`));
		const people = await namesSeated(tx);
		const all = (await edits(params.draft, tx)).filter(({ seq }) => seq < state.seq);
		return {
			draft: state.draft,
			newer: (await newestOf(state, tx)).map(({ version }) => version.day),
			siblings: await siblingsOf(state, today, tx),
			older: all.length > MOST_DRAFTS,
			drafts: all.slice(0, MOST_DRAFTS).map(({ seq, person, at }) => ({
				...{ seq, at, by: person === null ? null : (people.get(person) ?? null) },
			})),
		};
	});
	const hits = asked === '' ? [] : (await searchLibrary({ ...NOTHING_ASKED, q: asked }, today, world)).hits;
	const works = new Map(hits.map(({ work, version }) => [work.id, { work, version }]));
	return { ...found, asked, found: [...works.values()].slice(0, MOST_FOUND) };
};
