import { demand } from '#access/can.ts';
import { addressIn } from '#i18n/language.ts';
import { type Speech, speech } from '#i18n/message.ts';
import { eventSeries } from '#watch/events.server.ts';
import { stateTitle } from '#watch/identity/state.ts';
import type { EventView } from '#watch/reading.ts';
import { lead, sourceOf } from '../../../../watch/shown.ts';
import { dressed, unchanged } from '../../answer.server.ts';
import { readQuery } from '../../asked.ts';
import { atom, documentAddress, type Entry } from '../../atom.ts';
import { FEED_PARAMETERS, placeId } from '../../dataset.server.ts';
import { ground } from '../../ground.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'watch'] as const;

/** Entries of one document: some weeks of the whole country. */
const ENTRIES = 100;

/** Events as a feed, those told last first. An event that is withdrawn comes up again and says so. */
export const GET: RequestHandler = async ({ url, locals, request }) => {
	demand(locals.actor, ..._permission);
	const { lang, after, ...asked } = readQuery(url.searchParams, FEED_PARAMETERS);
	const { head, etag } = await ground('watch', locals);
	const headers = dressed('application/atom+xml; charset=utf-8', 'events.atom', 'inline', head, etag);
	if (unchanged(request, etag)) return new Response(null, { status: 304, headers });
	const t = speech(lang ?? 'en');
	const latest = typeof head.as_of === 'string' ? null : head.as_of.participating;
	const filter = { ...asked, after, place: await placeId(asked.place, locals.world) };
	const order = { baseline: false, withdrawn: true, order: 'told' } as const;
	const told: EventView[] = [];
	for await (const event of eventSeries({ ...filter, ...order }, locals.world, ENTRIES + 1)) {
		if (told.push(event) > ENTRIES) break;
	}
	const shown = told.slice(0, ENTRIES);
	const next = told.length > ENTRIES ? (shown.at(-1)?.id ?? null) : null;
	const narrowing = Object.entries(asked).flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`]));
	const here = (changes: Readonly<Record<string, string | null>>) => documentAddress(url, changes);
	const feed = atom({
		id: here({ after: null, lang: t.language }),
		language: t.language,
		title: [t.say('data.feed.title'), ...narrowing].join(' · ') + (locals.sample ? ' (SAMPLE)' : ''),
		subtitle: locals.sample ? t.say('frame.sample.text') : t.say('data.feed.about'),
		rights: head.source.licence,
		author: 'City Compact',
		updated: shown[0] ? toldAt(shown[0]) : (latest ?? locals.world.clock.now().toISOString()),
		self: here({}),
		page: `${url.origin}${addressIn(t.language, '/watch')}`,
		next: next === null ? null : here({ after: next }),
		entries: shown.map((event) => entryOf(event, t, url.origin, locals.sample)),
	});
	return new Response(feed, { headers });
};

function toldAt(event: EventView): string {
	return event.withdrawnAt ?? event.at;
}

function entryOf(event: EventView, t: Speech, origin: string, sample: boolean): Entry {
	const statement = event.statement[t.language];
	const [news] = lead(statement);
	const title = `${news} ${event.agency}, ${stateTitle(event.state)}${sample && !event.state.includes('SAMPLE') ? ' (SAMPLE)' : ''}`;
	const withdrawn = event.withdrawnAt && t.say('data.feed.withdrawn', { day: t.day(event.withdrawnAt) });
	return {
		id: `${origin}${addressIn(t.language, `/watch/event/${event.id}`)}`,
		title: withdrawn ? t.say('data.feed.withdrawn.title', { title }) : title,
		text: [withdrawn, statement, sourceOf(event, t)].filter(Boolean).join('\n'),
		published: event.at,
		updated: toldAt(event),
		categories: [event.kind, event.model, event.stateCode],
	};
}
