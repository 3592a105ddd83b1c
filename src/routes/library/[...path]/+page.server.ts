import { redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { compare } from '#concordance/compare.ts';
import { addressIn } from '#i18n/language.ts';
import { lawFor } from '#law/records.server.ts';
import { COALITION } from '#library/address.ts';
import { protectionsOf } from '#library/protections.server.ts';
import type { Piece, Provision } from '#library/provision.ts';
import { version as readVersion } from '#library/version.server.ts';
import { SHOWS } from '../leaf.ts';
import { readable } from '../readable.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'library'] as const;

/** Choices of an address that are few. */
const KEPT: readonly string[] = ['state', 'show', 'beside'];

interface Changed {
	readonly changes: ReadonlyMap<string, 'added' | 'changed'>;
	readonly edits: ReadonlyMap<string, readonly Piece[]>;
}
const NOTHING_CHANGED: Changed = { changes: new Map(), edits: new Map() };

export const load: PageServerLoad = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission);
	const { world, actor, language } = locals;
	// The coalition is no place, and has a shelf of its own all the same.
	if (params.path === COALITION) redirect(302, addressIn(language, '/library?instrument=model'));
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
	const twin = work.versions.find(
		({ day, nth, language: its }) => day === version.day && nth === version.nth && its !== version.language,
	);
	const { codings, earlier, other } = await world.db.as(actor, async (tx) => ({
		codings: await protectionsOf(work.id, version.id, tx),
		earlier: version.earlier ? await readVersion(work.id, version.earlier.id, tx) : null,
		other: twin && url.searchParams.get('beside') === '1' ? await readVersion(work.id, twin.id, tx) : null,
	}));
	const asked = url.searchParams.get('state')?.trim().toUpperCase() || null;
	const law = await lawFor(asked ?? work.place?.stateCode ?? null, world);
	// A state that is none is told nothing, and its page is not worth keeping.
	locals.cacheable =
		[...url.searchParams.keys()].every((name) => KEPT.includes(name)) && (asked === null || law.state !== null);
	const changes = earlier ? changed(earlier.provisions, version.provisions) : NOTHING_CHANGED;
	return {
		work,
		version,
		codings,
		/** eId of the provision that the page is about; null: the whole text. */
		only: provision?.eId ?? null,
		...changes,
		/** The same in the other language; `other` where it is read beside this one. */
		twin: twin ?? null,
		other,
		law,
		asked,
		show: SHOWS.find((one) => one === url.searchParams.get('show')) ?? null,
	};
};

/** Which provisions of a version are new or changed against the one before, and how, by eId. */
function changed(before: readonly Provision[], after: readonly Provision[]): Changed {
	const changes = new Map<string, 'added' | 'changed'>();
	const edits = new Map<string, readonly Piece[]>();
	for (const { state, after: at, heading, text } of compare(before, after)) {
		const eId = at === null ? undefined : after[at]?.eId;
		if (eId === undefined || (state !== 'added' && state !== 'changed')) continue;
		changes.set(eId, state);
		edits.set(eId, [...heading, ...text]);
	}
	return { changes, edits };
}
