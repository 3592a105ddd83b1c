import { readAgainst, usualOf } from '#adoption/beside.ts';
import { gathered, gatheredAgainst } from '#adoption/out/outgoing.server.ts';
import { type Outgoing, sender } from '#adoption/out/outgoing.ts';
import { speech } from '#i18n/message.ts';
import { dayAt } from '#kernel/day.ts';
import { lawFor } from '#law/records.server.ts';
import { lawSentence } from '../library/law-sentence.ts';
import { otherName } from './against-words.ts';
import { comeIn } from './notes.server.ts';

/**
 * A draft as whoever is signed in would send it: their office is the author, and they themselves where they say so.
 * @param against as `readAgainst` takes it: what a redline is drawn against
 */
export async function sending(
	id: string,
	locals: App.Locals,
	{ origin, named, against }: { readonly origin: string; readonly named: boolean; readonly against: string | null },
): Promise<{ readonly out: Outgoing; readonly name: string | null }> {
	const { world, actor, seats } = locals;
	const day = dayAt(world.clock.now());
	const { name, compared, ...rest } = await world.db.as(actor, async (tx) => {
		await comeIn(id, locals, tx);
		const all = await gathered(id, actor, tx);
		const than = readAgainst(against) ?? usualOf(all.draft);
		return { ...all, compared: than.kind === 'copied' ? null : await gatheredAgainst(id, than, day, actor, tx) };
	});
	const { draft, place } = rest;
	const law = await lawFor(place.stateCode, world);
	const office = seats.find((seat) => seat.id === actor.seat)?.office;
	const t = speech(draft.language);
	const out: Outgoing = {
		...rest,
		...(compared && { provisions: compared.provisions, base: compared.base }),
		since: compared && { ...compared, name: otherName(compared.other, rest.sources, t) },
		...sender(rest, office ?? null),
		person: named ? name : null,
		day,
		origin,
		lawSentence: lawSentence(law, t),
	};
	return { out, name };
}
