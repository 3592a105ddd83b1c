import { VISITOR } from '#access/actor.ts';
import { demand } from '#access/can.ts';
import { addressIn } from '#i18n/language.ts';
import { type Speech, speech } from '#i18n/message.ts';
import { type Change, changes } from '#library/changes.server.ts';
import { protectionOf } from '#library/taxonomy/taxonomy.ts';
import { dressed, unchanged } from '../../answer.server.ts';
import { readQuery } from '../../asked.ts';
import { atom, documentAddress, type Entry } from '../../atom.ts';
import { placeId } from '../../dataset.server.ts';
import { ground } from '../../ground.server.ts';
import { CHANGE_PARAMETERS } from '../dataset.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'library'] as const;

/** Entries of one document: some months of a shelf. */
const ENTRIES = 100;

/** What was added to the library and what changed on it, latest first. */
export const GET: RequestHandler = async ({ url, locals, request }) => {
	demand(locals.actor, ..._permission);
	const { lang, after, ...asked } = readQuery(url.searchParams, CHANGE_PARAMETERS);
	const { head, etag } = await ground('library', locals);
	const headers = dressed('application/atom+xml; charset=utf-8', 'changes.atom', 'inline', head, etag);
	if (unchanged(request, etag)) return new Response(null, { status: 304, headers });
	const t = speech(lang ?? 'en');
	const filter = { ...asked, after, place: await placeId(asked.place, locals.world) };
	const found = await locals.world.db.as(VISITOR, (tx) => changes(filter, ENTRIES + 1, tx));
	const shown = found.slice(0, ENTRIES);
	const next = found.length > ENTRIES ? (shown.at(-1)?.id ?? null) : null;
	const narrowing = Object.entries(asked).flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`]));
	const here = (given: Readonly<Record<string, string | null>>) => documentAddress(url, given);
	const feed = atom({
		id: here({ after: null, lang: t.language }),
		language: t.language,
		title: [t.say('shelf.feed.title'), ...narrowing].join(' · ') + (locals.sample ? ' (SAMPLE)' : ''),
		subtitle: locals.sample ? t.say('frame.sample.text') : t.say('shelf.feed.about'),
		rights: head.source.licence,
		author: 'City Compact',
		updated: shown[0]?.at ?? locals.world.clock.now().toISOString(),
		self: here({}),
		page: `${url.origin}${addressIn(t.language, '/library')}`,
		next: next === null ? null : here({ after: next }),
		entries: shown.map((change) => entryOf(change, t, url.origin)),
	});
	return new Response(feed, { headers });
};

function entryOf(change: Change, t: Speech, origin: string): Entry {
	const code = change.code === null ? null : (protectionOf(change.code)?.name[t.language] ?? change.code);
	const about = [change.place, change.stateCode].filter(Boolean).join(', ') || t.say('shelf.feed.coalition');
	const page = `${origin}${addressIn(t.language, `/library/${change.address}`)}`;
	const fact = change.fact && t.say(`shelf.fact.${change.fact}`);
	const day = change.day && t.day(change.day);
	return {
		// What happens twice to one page is told twice: the page alone would not tell them apart.
		id: `${page}#${change.id}`,
		title: `${change.title}, ${about}: ${t.say(`shelf.change.${change.kind}`)}${change.sample ? ' (SAMPLE)' : ''}`,
		text: [[fact, code, day].filter(Boolean).join(' · '), change.words].filter(Boolean).join('\n'),
		published: change.at,
		updated: change.at,
		categories: [change.kind, change.instrument, ...(change.stateCode ? [change.stateCode] : [])],
	};
}
