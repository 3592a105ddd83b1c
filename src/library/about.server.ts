import { VISITOR } from '#access/actor.ts';
import { type Day, parseDay } from '#kernel/day.ts';
import { placeAt } from '#places/address.server.ts';
import { type Place, placePath } from '#places/place.ts';
import { findPlaces } from '#places/search.server.ts';
import type { World } from '#platform/world.ts';
import { isSlug } from './address.ts';
import { instrumentOf } from './instrument.ts';
import { isWebAddress, line } from './line.ts';
import { type Said, saidFacts } from './manifest.ts';
import { type FactKind, INSTRUMENTS, type Instrument, TEXT_LANGUAGES, type TextLanguage } from './policy.ts';
import { PROFILE_NAMES, type ProfileName } from './redline/profile.ts';

/** What the person in charge says of a file. Null: it is read from the text, or not known. */
export interface About {
	/** Null: the coalition's own. */
	readonly place: Place | null;
	readonly day: Day;
	readonly instrument: Instrument;
	/** As its body counts: `Local Law 58 of 2014`. */
	readonly number: string | null;
	readonly title: string | null;
	/** The last piece of its address. */
	readonly slug: string | null;
	readonly language: TextLanguage | null;
	readonly profile: ProfileName | null;
	readonly sourceAddress: string | null;
	readonly retrieved: Day | null;
	/** What became of it, each with its day; `cites` says so. */
	readonly facts: readonly { readonly kind: FactKind; readonly day: Day }[];
	/** What says so; null only where there are no facts. */
	readonly cites: string | null;
}

/** What says nothing of its own kind and names no kind of paper is taken for this. */
const ORDINARY: Instrument = 'ordinance';
/** How the coalition's own policies name their place. */
const COALITION = 'coalition';
const LONGEST_NUMBER = 200;
/** Places of one name among which the one is that may be meant. */
const LOOKED_AT = 12;

/** Turns what was said of a file into what an import needs, or into the sentence that says what is missing. */
export function describing(world: Pick<World, 'db'>): (said: Said) => Promise<About | { readonly wrong: string }> {
	const places = new Map<string, Place | null>();
	async function place(text: string): Promise<Place | null> {
		const known = places.get(text);
		if (known !== undefined) return known;
		const found = await world.db.as(VISITOR, (tx) => placeAt(text, tx));
		places.set(text, found);
		return found;
	}
	return async (said) => {
		if (said.place === undefined)
			return {
				wrong: 'Say whose it is: --place ny/place/new-york-city, or --place coalition for the coalition’s own.',
			};
		const of = said.place.toLowerCase() === COALITION ? null : await place(said.place);
		if (of === null && said.place.toLowerCase() !== COALITION)
			return { wrong: `There is no place ${said.place}. ${await meant(said.place, world)}` };
		return described(said, of);
	};
}

/** The address that may be meant, by the name in what was written. */
async function meant(text: string, world: Pick<World, 'db'>): Promise<string> {
	const [state = '', ...rest] = text.split('/');
	const name = `${rest.at(-1) ?? ''} ${state}`.replaceAll('-', ' ');
	const near = await world.db.as(VISITOR, (tx) => findPlaces(name, { sample: false, limit: LOOKED_AT }, tx));
	const found = near.find((place) => placePath(place).split('/').length === rest.length + 1);
	return found
		? `Do you mean ${placePath(found)}?`
		: 'Write the end of its address, such as ny/place/new-york-city; `citycompact places show NAME` finds it.';
}

function described(said: Said, place: Place | null): About | { readonly wrong: string } {
	if (said.date === undefined) return { wrong: 'Say the day of this version: --date YYYY-MM-DD.' };
	const day = parseDay(said.date.slice(0, 10));
	if (!day) return { wrong: `${said.date} is no day. Write it as YYYY-MM-DD.` };
	const retrieved = said.retrieved === undefined ? null : parseDay(said.retrieved.slice(0, 10));
	if (said.retrieved !== undefined && !retrieved)
		return { wrong: `${said.retrieved} (retrieved) is no day. Write it as YYYY-MM-DD.` };
	const instrument = oneOf('instrument', said.instrument, INSTRUMENTS);
	const language = oneOf('language', said.language, TEXT_LANGUAGES);
	const profile = oneOf('profile', said.profile, PROFILE_NAMES);
	for (const chosen of [instrument, language, profile]) if (typeof chosen === 'object' && chosen) return chosen;
	if (said.as !== undefined && !isSlug(said.as))
		return {
			wrong: `${said.as} cannot be the end of an address. Use small letters, digits and hyphens: local-law-58-of-2014.`,
		};
	const sourceAddress = said.source_address ?? null;
	if (sourceAddress !== null && !isWebAddress(sourceAddress))
		return { wrong: `${sourceAddress} is no address of a page. It begins with https://.` };
	const facts = saidFacts(said);
	if ('wrong' in facts) return facts;
	const number = said.number === undefined ? null : line(said.number).slice(0, LONGEST_NUMBER) || null;
	const cites = said.cites ?? sourceAddress ?? number;
	if (facts.length > 0 && cites === null)
		return { wrong: 'Say what says so, as people cite it: --cites "Local Law 58 of 2014, section 4".' };
	return {
		place,
		day,
		instrument: (instrument as Instrument | null) ?? instrumentOf(number, said.title ?? null) ?? ORDINARY,
		number,
		title: said.title === undefined ? null : line(said.title) || null,
		slug: said.as ?? null,
		language: language as TextLanguage | null,
		profile: profile as ProfileName | null,
		sourceAddress,
		retrieved,
		facts,
		cites,
	};
}

function oneOf<T extends string>(
	name: string,
	text: string | undefined,
	choices: readonly T[],
): T | null | { readonly wrong: string } {
	if (text === undefined) return null;
	const found = choices.find((one) => one === text.toLowerCase().replaceAll(' ', '_'));
	return found ?? { wrong: `${text} is no ${name} we know. Use one of: ${choices.join(', ')}.` };
}
