import { redirect } from '@sveltejs/kit';
import { can, demand, ownCity } from '#access/can.ts';
import { compare } from '#concordance/compare.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { NotFound } from '#kernel/error.ts';
import { lawFor } from '#law/records.server.ts';
import { COALITION } from '#library/address.ts';
import { pinpoint } from '#library/cite.ts';
import { excerpt } from '#library/excerpt.server.ts';
import { type Excerpt, tooLong } from '#library/excerpt.ts';
import { chain, subtree } from '#library/export/tree.ts';
import { papersOf } from '#library/papers.server.ts';
import type { TextLanguage } from '#library/policy.ts';
import { protectionsOf } from '#library/protections.server.ts';
import type { Piece, Provision } from '#library/provision.ts';
import type { VersionLine, Work } from '#library/view.ts';
import type { Tx } from '#platform/world.ts';
import { policiesOf } from '#reuse/clauses.server.ts';
import { documented } from '#reuse/documented.server.ts';
import { kinOf } from '#reuse/kin.server.ts';
import { type ReuseNote, reuseNotes } from '../elsewhere.ts';
import { SHOWS } from '../leaf.ts';
import { meant } from '../readable.server.ts';
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
	const found = await world.db.as(actor, (tx) => meant(params.path, locals, tx));
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
	const { work, line, eId } = found;
	const twin = work.versions.find(
		({ day, nth, language: its }) => day === line.day && nth === line.nth && its !== line.language,
	);
	const page = Number(url.searchParams.get('page') ?? 1);
	const { read, codings, earlier, other, reuse, papers } = await world.db.as(actor, async (tx) => {
		const read = await excerpt(work, line, eId, page, tx);
		const long = read === null || read.outline !== null;
		return {
			read,
			papers: await papersOf(work.id, tx),
			codings: long ? [] : await protectionsOf(work.id, line.id, tx),
			earlier: long || !read.earlier ? null : await excerpt(work, read.earlier, partial(read) ? eId : null, 1, tx),
			reuse: long || read === null ? [] : await reuseIn(work, line, read.provisions, eId, language, tx),
			other: !long && twin && url.searchParams.get('beside') === '1' ? await excerpt(work, twin, eId, 1, tx) : null,
		};
	});
	if (!read) throw new NotFound(speech(language).say('library.unknown'));
	const asked = url.searchParams.get('state')?.trim().toUpperCase() || null;
	const law = await lawFor(asked ?? work.place?.stateCode ?? null, world);
	// A state that is none is told nothing, and its page is not worth keeping.
	locals.cacheable =
		[...url.searchParams.keys()].every((name) => KEPT.includes(name)) && (asked === null || law.state !== null);
	const changes =
		earlier && !earlier.outline ? changed(earlier.provisions, read.provisions, partial(read)) : NOTHING_CHANGED;
	return {
		work,
		/** What the page shows of the version; `provisions` begins with what the provision lies in. */
		version: { ...line, ...read },
		codings,
		papers,
		/** eId of the provision that the page is about; null: the whole text. */
		only: eId,
		...changes,
		reuse,
		/** The same in the other language; `other` where it is read beside this one. */
		twin: twin ?? null,
		other: twin && other && !other.outline ? { ...twin, ...other } : null,
		law,
		codes: can(actor, 'confirm', 'library'),
		drafts: can(actor, 'change', 'draft', ownCity(actor)),
		asked,
		show: SHOWS.find((one) => one === url.searchParams.get('show')) ?? null,
	};
};

/** Where else the words of a version stand: of what the page shows, all of it or one provision. */
async function reuseIn(
	work: Work,
	line: VersionLine,
	provisions: readonly Provision[],
	eId: string | null,
	words: TextLanguage,
	tx: Tx,
): Promise<readonly ReuseNote[]> {
	const kin = await kinOf(work.id, line.id, null, tx);
	const works = await policiesOf(
		kin.map(({ workId }) => workId),
		line.day,
		tx,
	);
	const said = await documented([work.id, ...works.keys()], tx);
	const modelledOn = new Map(
		said.flatMap(({ workId, otherId, kind, source }) =>
			workId === work.id && kind === 'modelled_on' ? [[otherId, source] as const] : [],
		),
	);
	const places = new Map(provisions.map((one, n) => [one.eId, n]));
	return reuseNotes(
		kin,
		works,
		{ day: line.day, placeId: work.place?.id ?? null, modelledOn },
		eId === null ? provisions : subtree(provisions, eId),
		(cited) => pinpoint(chain(provisions, places.get(cited) ?? -1), words),
	);
}

/** Whether less than the version was read, as that is too long for a page. */
function partial({ whole }: Excerpt): boolean {
	return tooLong(whole);
}

/**
 * Which provisions of a version are new or changed against the one before, and how, by eId. Of a part only what changed
 * under its own eId is told: what seems new in it may have stood elsewhere in the text.
 */
function changed(before: readonly Provision[], after: readonly Provision[], part: boolean): Changed {
	const changes = new Map<string, 'added' | 'changed'>();
	const edits = new Map<string, readonly Piece[]>();
	for (const { state, before: was, after: at, heading, text } of compare(before, after)) {
		const eId = at === null ? undefined : after[at]?.eId;
		if (eId === undefined || (state !== 'added' && state !== 'changed')) continue;
		if (part && (was === null || before[was]?.eId !== eId)) continue;
		changes.set(eId, state);
		edits.set(eId, [...heading, ...text]);
	}
	return { changes, edits };
}
