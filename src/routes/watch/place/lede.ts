import type { Speech } from '#i18n/message.ts';
import type { AreaBody } from '#watch/area.ts';
import type { PlaceRecord } from '#watch/views.ts';

/** What a county or a city has on the list, in sentences: its own and its county's first, what serves the whole state last. */
export function ledeOf({ place, serving, inside }: PlaceRecord, day: string, t: Speech): string {
	const count = (body: AreaBody) => serving.filter((one) => one.body === body).length;
	const [jail, special, statewide] = [count('jail'), count('special'), count('statewide')];
	const own = serving.length - statewide;
	const { name } = place;
	const kind = place.kind === 'county' ? 'county' : 'city';
	const sentences = [
		own > 0 ? t.say(`place.lede.${kind}`, { n: own, name, day }) : t.say(`place.lede.${kind}.none`, { name, day }),
	];
	if (jail > 0) sentences.push(t.say('place.lede.jail', { n: jail }));
	if (special > 0) sentences.push(t.say('place.lede.special', { n: special }));
	if (inside.length > 0) sentences.push(t.say('place.lede.inside', { n: inside.length }));
	if (statewide > 0) sentences.push(t.say('place.lede.statewide', { n: statewide }));
	return sentences.join(' ');
}
