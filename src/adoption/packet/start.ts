import { speech } from '#i18n/message.ts';
import type { Outgoing } from '../out/outgoing.ts';
import { actsOf, cited } from './title.ts';

/**
 * What a summary can begin with: how many sections the draft has, what it was copied from, and which sections read otherwise,
 * are new or left out. Numbers alone; what that means in law is for people to say.
 */
export function startOf(out: Outgoing): string {
	const t = speech(out.draft.language);
	const [first] = out.sources;
	const { unit, amended, added, repealed } = actsOf(out);
	const n = out.provisions.filter(({ kind }) => kind === unit).length;
	const list = (numbers: readonly string[]) => cited(unit, numbers, t);
	const same = amended.length + added.length + repealed.length === 0;
	return [
		t.say(`packet.start.${unit}s`, { n }),
		...(first ? [t.say('packet.start.since', { title: first.title, day: t.day(first.day) })] : []),
		...(first && same ? [t.say('packet.start.same')] : []),
		...(first && amended.length > 0 ? [t.say('packet.start.changed', { sections: list(amended) })] : []),
		...(first && added.length > 0 ? [t.say('packet.start.added', { sections: list(added) })] : []),
		...(first && repealed.length > 0 ? [t.say('packet.start.removed', { sections: list(repealed) })] : []),
	].join(' ');
}
