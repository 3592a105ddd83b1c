import type { Key, Values } from '#i18n/message.ts';
import type { AreaBody } from '#watch/area.ts';
import type { PlaceRecord } from '#watch/views.ts';

/** A sentence and the hook of the figure `n` in it. */
interface Sentence {
	readonly key: Key;
	readonly values: Values;
	readonly id: string;
}

/** What the lists show of a place, the nearest first; a sentence without a figure says that there is none. */
export function ledeOf({ place, listed, serving, inside }: PlaceRecord, day: string): Sentence[] {
	const { name } = place;
	if (place.kind === 'state') {
		const key = listed > 0 ? 'place.lede.state' : 'place.lede.state.none';
		return [{ key, values: { n: listed, state: name, day }, id: 'agencies-listed' }];
	}
	const count = (body: AreaBody) => serving.filter((one) => one.body === body).length;
	const own = serving.length - count('statewide');
	const kind = place.kind === 'county' ? 'county' : 'city';
	const first: Key = own > 0 ? `place.lede.${kind}` : `place.lede.${kind}.none`;
	const others = [
		{ key: 'place.lede.jail', values: { n: count('jail') }, id: 'agencies-jail' },
		{ key: 'place.lede.special', values: { n: count('special') }, id: 'agencies-special' },
		{ key: 'place.lede.inside', values: { n: inside.length }, id: 'agencies-inside' },
		{ key: 'place.lede.statewide', values: { n: count('statewide') }, id: 'agencies-statewide' },
	] as const;
	return [
		{ key: first, values: { n: own, name, day }, id: 'agencies-own' },
		...others.filter(({ values }) => values.n > 0),
	];
}
