import type { Speech } from '#i18n/message.ts';
import type { Cell, CoveredPlace } from '#reuse/coverage.ts';

/** A place as it is told from all others: with its state, and as SAMPLE where it is invented. */
export function placeName({ kind, name, stateCode, sample }: CoveredPlace): string {
	const whole = kind === 'state' ? name : `${name}, ${stateCode}`;
	return sample ? `SAMPLE ${whole}` : whole;
}

/** What a cell says, in words; the law of a county or a state is called its own. */
export function cellWords({ kind }: Cell, place: CoveredPlace, t: Speech): string {
	if (kind === 'law' || kind === 'law_with_exception') return t.say(`coverage.${kind}.${place.kind}`);
	return t.say(`coverage.${kind}`);
}
