import { gathered } from '#adoption/out/outgoing.server.ts';
import type { Outgoing } from '#adoption/out/outgoing.ts';
import { speech } from '#i18n/message.ts';
import { dayAt } from '#kernel/day.ts';
import { lawFor } from '#law/records.server.ts';
import { lawSentence } from '../library/law-sentence.ts';
import { comeIn } from './notes.server.ts';

/** A draft as whoever is signed in would send it: their office is the author, and they themselves where they say so. */
export async function sending(
	id: string,
	locals: App.Locals,
	{ origin, named }: { readonly origin: string; readonly named: boolean },
): Promise<{ readonly out: Outgoing; readonly name: string | null }> {
	const { world, actor, seats } = locals;
	const { name, ...rest } = await world.db.as(actor, async (tx) => {
		await comeIn(id, locals, tx);
		return gathered(id, actor, tx);
	});
	const { draft, place } = rest;
	const law = await lawFor(place.stateCode, world);
	const city = draft.sample && !/\bSAMPLE\b/.test(place.name) ? `SAMPLE ${place.name}` : place.name;
	const office = seats.find((seat) => seat.id === actor.seat)?.office;
	const out: Outgoing = {
		...rest,
		place: { ...place, name: city },
		office: office ? `${office}, ${city}` : city,
		person: named ? name : null,
		day: dayAt(world.clock.now()),
		origin,
		lawSentence: lawSentence(law, speech(draft.language)),
	};
	return { out, name };
}
