import { dayOf, type Trouble } from '#adoption/way/plan.ts';
import type { Stage } from '#adoption/way/stage.ts';
import type { Speech } from '#i18n/message.ts';
import { heading } from '../../stage-words.ts';

/** What does not fit, in a sentence; the source of a rule behind it, where the city named one. */
export function troubleWords(trouble: Trouble, t: Speech): string {
	switch (trouble.kind) {
		case 'past':
			return t.say('dates.trouble.past', { stage: heading(trouble.stage, t), day: t.day(trouble.day) });
		case 'no_meeting':
			return t.say('dates.trouble.no_meeting', { stage: heading(trouble.stage, t), day: t.day(trouble.day) });
		case 'closed':
			return t.say('dates.trouble.closed', {
				...{ stage: heading(trouble.stage, t), day: t.day(trouble.day) },
				why: whyClosed(trouble.closed, t),
			});
		case 'order':
			return t.say('dates.trouble.order', ends(trouble, t));
		case 'short': {
			const { rule, has } = trouble;
			const words = t.say(`dates.trouble.short.${rule.unit}`, { ...ends(trouble, t), n: has, needs: rule.days });
			return rule.source === '' ? words : `${words} ${t.say('dates.trouble.source', { source: rule.source })}`;
		}
	}
}

type Closed = Extract<Trouble, { kind: 'closed' }>['closed'];

function whyClosed(closed: Closed, t: Speech): string {
	if (closed.kind === 'holiday') return t.say(`dates.holiday.${closed.holiday}`);
	return closed.kind === 'own' && closed.name !== '' ? closed.name : t.say(`dates.trouble.${closed.kind}`);
}

function ends({ earlier, later }: { readonly earlier: Stage; readonly later: Stage }, t: Speech) {
	const day = (stage: Stage) => t.day(dayOf(stage) ?? '');
	return {
		...{ earlier: heading(earlier, t), earlierDay: day(earlier) },
		...{ later: heading(later, t), laterDay: day(later) },
	};
}
