import { speech } from '#i18n/message.ts';
import type { Outgoing } from '../out/outgoing.ts';
import type { Pair } from './section.ts';
import { cited, sectionsIn } from './title.ts';

/**
 * What a summary can begin with: how many sections the text has, what it was copied from, and what became of the sections
 * there, each by its number in this text, and where that is another by its number there. Numbers alone; what that means in
 * law is for people to say.
 */
export function startOf(out: Outgoing): string {
	const t = speech(out.draft.language);
	const [first] = out.sources;
	const { unit, count, numbered, added, removed, outside, ...pairs } = sectionsIn(out);
	const told = (what: 'added' | 'removed' | keyof typeof pairs, numbers: readonly string[]) =>
		numbers.length === 0 ? [] : [t.say(`packet.start.${what}`, { sections: cited(unit, numbers, t) })];
	const both = (list: readonly Pair[]) =>
		list.map(({ is, was }) => (is === was ? is : t.say('packet.start.pair', { is, was })));
	const since = [
		...told('changed', both(pairs.changed)),
		...told('moved', both(pairs.moved)),
		...told('added', added),
		...told('divided', both(pairs.divided)),
		...told(
			'joined',
			pairs.joined.map(({ is, was }) => t.say('packet.start.into', { is, was })),
		),
		...told('removed', removed),
		...(numbered.length > 0 ? [t.say('packet.start.numbered', { n: numbered.length })] : []),
		...(outside ? [t.say('packet.start.outside')] : []),
	];
	return [
		t.say(`packet.start.${unit}s`, { n: count }),
		...(first ? [t.say('packet.start.since', { title: first.title, day: t.date(first.day) })] : []),
		...(first && since.length === 0 ? [t.say('packet.start.same')] : []),
		...(first ? since : []),
	].join(' ');
}
