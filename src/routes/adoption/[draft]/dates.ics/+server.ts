import { demand, ownCity } from '#access/can.ts';
import { calendarOf } from '#adoption/way/calendar.ts';
import { wayOf } from '#adoption/way/stage.ts';
import { wayTo } from '#adoption/way/stages.server.ts';
import { speech } from '#i18n/message.ts';
import { NotFound } from '#kernel/error.ts';
import { heading, isOnTheDay } from '../../stage-words.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'draft'] as const;

/** The days of a draft that somebody waits for, for the calendar of somebody of its city: title, stage and day, nothing else. */
export const GET: RequestHandler = async ({ locals, params }) => {
	demand(locals.actor, ..._permission, ownCity(locals.actor));
	const { world, actor, language } = locals;
	const way = await world.db.as(actor, (tx) => wayTo(params.draft, tx));
	if (!way) throw new NotFound('There is no such draft in your city.');
	const t = speech(language);
	const title = `${way.draft.sample ? 'SAMPLE: ' : ''}${way.draft.title}`;
	const entries = wayOf(way.stages).flatMap((stage) => {
		if (stage.due === null || stage.done !== null || stage.over) return [];
		const words = { title, stage: heading(stage, t) };
		const key = isOnTheDay(stage.key) ? 'dates.ics.entry' : 'dates.ics.due';
		return [{ id: `${way.draft.id}-${stage.key}`, day: stage.due, title: t.say(key, words) }];
	});
	return new Response(calendarOf(t.say('dates.ics.name', { title }), entries, world.clock.now()), {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': `attachment; filename="${way.draft.sample ? 'SAMPLE-' : ''}dates.ics"`,
			'cache-control': 'no-store',
		},
	});
};
