import { speech } from '#i18n/message.ts';
import { type Day, dayAt } from '#kernel/day.ts';
import { Invalid } from '#kernel/error.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import { coverage } from '#reuse/coverage.server.ts';
import { type CoveredPlace, choose, type Row, rowsOf } from '#reuse/coverage.ts';

/** What the address of the matrix asks for, and what the shelf says of it. */
export interface Covered {
	readonly day: Day;
	/** What was typed as a day and is none: the field says so, and today is shown. */
	readonly notADay: string | null;
	/** Whether places were asked for. */
	readonly asked: boolean;
	readonly all: readonly CoveredPlace[];
	readonly places: readonly CoveredPlace[];
	readonly rows: readonly Row[];
}

/** No place has a longer address or id. */
const LONGEST = 250;

/** Reads the matrix of an address, `?on=` a typed day and `?city=` any number of times. Throws `Invalid` for a place without policies on the shelf. */
export async function covered(params: URLSearchParams, locals: App.Locals): Promise<Covered> {
	const { world, actor, language } = locals;
	const typed = params.get('on')?.trim() ?? '';
	const meant = typed === '' ? null : readTypedDay(typed, language);
	const day = meant ?? dayAt(world.clock.now());
	const cities = params.getAll('city').flatMap((city) => city.trim().slice(0, LONGEST) || []);
	const found = await world.db.as(actor, (tx) => coverage(day, tx));
	const chosen = choose(found.places, cities, actor.city);
	if ('unknown' in chosen) throw new Invalid(speech(language).say('coverage.bad.city', { city: chosen.unknown }));
	return {
		day,
		notADay: typed !== '' && meant === null ? typed : null,
		asked: cities.length > 0,
		all: found.places,
		places: chosen.places,
		rows: rowsOf(chosen.places, found.passages),
	};
}
