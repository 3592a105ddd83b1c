import type { Speech } from '#i18n/message.ts';
import { type Kin, keptBy, keptFrom, likeness, ofOnePlace } from '#reuse/kin.ts';
import type { Descent } from '#reuse/lineage.ts';
import { clauseName, shareName } from './clause-name.ts';

/** A clause that shares words with another, and its index in the lineage. */
export interface KinLine extends Kin {
	readonly at: number;
}

export type When = 'earlier' | 'later' | 'same_day';

/** Whether a clause is of an earlier or a later day than another. */
export function whenOf(day: string, other: string): When {
	return day < other ? 'earlier' : day > other ? 'later' : 'same_day';
}

/** Share of the words of the earlier clause that the later keeps; of two of one day, of the clause asked for. */
export function shareOf(kin: Kin, own: Descent): number {
	return kin.day < own.clause.day ? keptFrom(kin) : keptBy(kin);
}

/** Whether a clause is of another policy of the same place. */
export function isSeries({ placeId }: Kin, own: Descent): boolean {
	return ofOnePlace(placeId, own.clause.work.place?.id);
}

/** What the lineage of a clause comes to, in a sentence without its full stop. */
export function findingOf(own: Descent, kin: readonly KinLine[], told: readonly Descent[], t: Speech): string {
	const later = kin.filter(({ day }) => day > own.clause.day);
	const elsewhere = later.filter((one) => !isSeries(one, own));
	const earlier = kin.filter(({ day }) => day < own.clause.day);
	const say = (key: 'later' | 'series' | 'earlier', list: readonly KinLine[], by: (one: KinLine) => number) => {
		const [first] = list.toSorted((one, other) => by(other) - by(one));
		const clause = first && told[first.at]?.clause;
		return t.say(`lineage.finding.${key}`, {
			n: list.length,
			closest: clause ? clauseName(clause, t) : '',
			share: shareName(first ? shareOf(first, own) : 0, t),
			place: own.clause.work.place?.name ?? '',
		});
	};
	if (elsewhere.length > 0) return say('later', elsewhere, keptBy);
	if (later.length > 0) return say('series', later, keptBy);
	if (earlier.length > 0) return say('earlier', earlier, likeness);
	return t.say('lineage.finding.same_day', { n: kin.length });
}
