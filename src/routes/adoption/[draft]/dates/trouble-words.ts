import type { Trouble } from '#adoption/way/plan.ts';
import { dayOf, type Stage } from '#adoption/way/stage.ts';
import type { Speech } from '#i18n/message.ts';
import { heading } from '../../stage-words.ts';

/** What does not fit, in a sentence; the source of a rule behind it, where the city named one. */
export function troubleWords(trouble: Trouble, t: Speech): string {
	switch (trouble.kind) {
		case 'past':
			return t.say(trouble.stage.key === 'adopted' ? 'dates.trouble.past.vote' : 'dates.trouble.past', {
				...{ stage: heading(trouble.stage, t), day: t.date(trouble.day) },
			});
		case 'tight':
			return tightWords(trouble, t);
		case 'uncopied':
			return t.say('dates.trouble.uncopied', {
				...{ stage: heading(trouble.stage, t), day: t.date(trouble.day), copied: t.date(trouble.copied) },
			});
		case 'no_meeting':
			return t.say('dates.trouble.no_meeting', { stage: heading(trouble.stage, t), day: t.date(trouble.day) });
		case 'closed':
			return t.say('dates.trouble.closed', {
				...{ stage: heading(trouble.stage, t), day: t.date(trouble.day) },
				why: whyClosed(trouble.closed, t),
			});
		case 'order':
			return [t.say('dates.trouble.order', ends(trouble, t)), wayOut(trouble, t)].join(' ');
		case 'short': {
			const { rule, has } = trouble;
			const words = t.say(`dates.trouble.short.${rule.unit}`, { ...ends(trouble, t), n: has, needs: rule.days });
			return rule.source === '' ? words : `${words} ${t.say('dates.trouble.source', { source: rule.source })}`;
		}
	}
}

function tightWords({ day, short, steps, copied }: Trouble & { kind: 'tight' }, t: Speech): string {
	const due = steps.map((step) =>
		t.say('dates.trouble.tight.step', { stage: heading(step.stage, t), day: t.date(step.day) }),
	);
	return [
		t.say('dates.trouble.tight', { day: t.date(day), n: short, steps: due.join('; ') }),
		...(copied ? [t.say('dates.trouble.tight.copied', { copied: t.date(copied) })] : []),
	].join(' ');
}

/** Nobody can move what has happened. */
function wayOut({ earlier, later }: Trouble & { kind: 'order' }, t: Speech): string {
	const names = { earlier: heading(earlier, t), later: heading(later, t) };
	if (earlier.done && later.done) return t.say('dates.trouble.order.both');
	if (earlier.done) return t.say('dates.trouble.order.earlier', names);
	return later.done ? t.say('dates.trouble.order.later', names) : t.say('dates.trouble.order.none');
}

type Closed = Extract<Trouble, { kind: 'closed' }>['closed'];

function whyClosed(closed: Closed, t: Speech): string {
	if (closed.kind === 'holiday') return t.say(`dates.holiday.${closed.holiday}`);
	return closed.kind === 'own' && closed.name !== '' ? closed.name : t.say(`dates.trouble.${closed.kind}`);
}

function ends({ earlier, later }: { readonly earlier: Stage; readonly later: Stage }, t: Speech) {
	const day = (stage: Stage) => t.date(dayOf(stage) ?? '');
	return {
		...{ earlier: heading(earlier, t), earlierDay: day(earlier) },
		...{ later: heading(later, t), laterDay: day(later) },
	};
}
