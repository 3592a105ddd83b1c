import type { Stage } from '#adoption/way/stage.ts';
import type { Speech } from '#i18n/message.ts';
import { heading } from '../../stage-words.ts';

type Said = Pick<Stage, 'key' | 'name' | 'due' | 'done' | 'who' | 'note' | 'needed'> & {
	readonly at: Date;
	/** Name of whoever said it; null where nobody of the city is known. */
	readonly by: string | null;
};

/** What was said of a stage at some time: when, by whom, and how it stood from then on. */
export function saidWords({ at, by, due, done, who, note, needed, ...stage }: Said, t: Speech): string {
	const iso = at.toISOString();
	const how = [
		...(needed ? [] : [t.say('dates.said.unneeded')]),
		...(done ? [t.say('dates.said.done', { day: t.date(done) })] : []),
		...(due ? [t.say('stages.due', { day: t.date(due) })] : []),
		...(who ? [who] : []),
		...(note ? [note] : []),
	];
	return t.say('dates.said.line', {
		...{ day: t.date(iso), time: t.time(iso), stage: heading(stage, t) },
		how: how.join(', ') || t.say('stages.no_day'),
		by: by ?? t.say('dates.said.nobody'),
	});
}
