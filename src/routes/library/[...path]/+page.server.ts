import { redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { compare } from '#concordance/compare.ts';
import { addressIn } from '#i18n/language.ts';
import { lawFor } from '#law/records.server.ts';
import { protectionsOf } from '#library/protections.server.ts';
import type { Provision } from '#library/provision.ts';
import { version as readVersion } from '#library/version.server.ts';
import { SHOWS } from '../leaf.ts';
import { readable } from '../readable.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'library'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission);
	const { world, actor, language } = locals;
	const found = await readable(params.path, locals);
	if ('moved' in found) redirect(308, addressIn(language, `/library/${found.moved}${url.search}`));
	if ('place' in found)
		redirect(
			302,
			addressIn(
				language,
				found.place.kind === 'state'
					? `/library?state=${found.place.stateCode}`
					: `/library?place=${encodeURIComponent(found.place.id)}`,
			),
		);
	const { work, version, provision } = found;
	const { codings, earlier } = await world.db.as(actor, async (tx) => ({
		codings: await protectionsOf(work.id, version.id, tx),
		earlier: version.earlier ? await readVersion(work.id, version.earlier.id, tx) : null,
	}));
	const asked = url.searchParams.get('state')?.trim().toUpperCase() || null;
	locals.cacheable = [...url.searchParams.keys()].every((name) => name === 'state' || name === 'show');
	return {
		work,
		version,
		codings,
		/** eId of the provision that the page is about; null: the whole text. */
		only: provision?.eId ?? null,
		changes: earlier ? changed(earlier.provisions, version.provisions) : new Map<string, 'added' | 'changed'>(),
		law: await lawFor(asked ?? work.place?.stateCode ?? null, world),
		asked,
		show: SHOWS.find((one) => one === url.searchParams.get('show')) ?? null,
	};
};

/** Which provisions of a version are new or changed against the one before, by eId. */
function changed(before: readonly Provision[], after: readonly Provision[]): Map<string, 'added' | 'changed'> {
	const found = new Map<string, 'added' | 'changed'>();
	for (const { state, after: at } of compare(before, after)) {
		const eId = at === null ? undefined : after[at]?.eId;
		if (eId !== undefined && (state === 'added' || state === 'changed')) found.set(eId, state);
	}
	return found;
}
