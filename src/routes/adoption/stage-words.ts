import type { Filled } from '#adoption/blanks-in.ts';
import { dayOf, isStageKey, type Stage, type Standing } from '#adoption/way/stage.ts';
import type { Speech } from '#i18n/message.ts';
import { type Day, daysBetween } from '#kernel/day.ts';

const ON_THE_DAY: readonly string[] = ['introduced', 'hearing', 'adopted', 'in_force', 'grant_answer'];

/** What a stage is called: by the city, else by us. */
export function heading({ key, name }: Pick<Stage, 'key' | 'name'>, t: Speech): string {
	return name ?? (isStageKey(key) ? t.say(`stages.name.${key}`) : key);
}

/** Whether something happens on the day of a stage; everything else has to be done by then. */
export function isOnTheDay(key: string): boolean {
	return ON_THE_DAY.includes(key);
}

/** `due December 1, 2026`, or the day alone where something happens on it or was done. */
export function when({ stage, state }: Standing, t: Speech): string {
	const day = dayOf(stage);
	if (day === null) return state === 'passed' ? '' : t.say('stages.no_day');
	return state === 'done' || state === 'passed' || isOnTheDay(stage.key)
		? t.date(day)
		: t.say('stages.due', { day: t.date(day) });
}

/** How far away it is, in words: nothing is said by colour alone. `blanks` are told beside their stage, and beside that of counsel since when it is `sent`. */
export function how(
	{ stage, state, left }: Standing,
	way: readonly Stage[],
	t: Speech,
	{ blanks = null, sent = null }: { readonly blanks?: Filled | null; readonly sent?: Day | null } = {},
): string {
	if (state === 'done') return t.say('stages.done');
	if (state === 'passed') return t.say(stage.key === 'in_force' ? 'stages.in_force' : 'stages.passed');
	const lies = stage.key === 'counsel' && sent ? [t.say('stages.sent', { day: t.date(sent) })] : [];
	if (state === 'overdue') return [t.say('stages.overdue', { n: -(left ?? 0) }), ...lies].join(', ');
	const of = (key: string) => {
		const found = way.find((one) => one.key === key);
		return found ? dayOf(found) : null;
	};
	const [due, adopted, force, notice] = [stage.due, of('adopted'), of('in_force'), of('notice')];
	const beside = [
		...lies,
		...(state === 'now' && left !== null
			? [left === 0 ? t.say('stages.today') : t.say('stages.left', { n: left })]
			: []),
		...(stage.key === 'blanks' && blanks ? [filled(blanks, t)] : []),
		...(stage.key === 'hearing' && notice
			? [
					t.say(way.some(({ key, done }) => key === 'notice' && done) ? 'stages.notice.done' : 'stages.notice', {
						day: t.date(notice),
					}),
				]
			: []),
		...(stage.key === 'in_force' && due && adopted && adopted <= due
			? [t.say('stages.after_vote', { n: daysBetween(adopted, due) })]
			: []),
		...(stage.key === 'grant_answer' && due && force ? [spare(daysBetween(force, due), t)] : []),
	];
	return beside.join(', ') || (left === null ? t.say('stages.no_day') : t.say('stages.in', { n: left }));
}

function filled({ filled, of }: Filled, t: Speech): string {
	return of === 0 ? t.say('stages.blanks.none') : t.say('stages.blanks', { n: filled, of });
}

function spare(days: number, t: Speech): string {
	return days < 0 ? t.say('stages.too_late', { n: -days }) : t.say('stages.spare', { n: days });
}
