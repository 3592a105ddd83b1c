import type { Actor } from '#access/actor.ts';
import type { Speech } from '#i18n/message.ts';
import { Conflict } from '#kernel/error.ts';
import { WORD_TYPE } from '#kernel/media-type.ts';
import { placeDetails } from '#places/list.server.ts';
import type { World } from '#platform/world.ts';
import { actOf, answeredNumber } from '../act.ts';
import { openBlanksOf } from '../counsel/question.ts';
import type { State } from '../draft.ts';
import type { Sent } from '../out/export.ts';
import type { Outgoing } from '../out/outgoing.ts';
import { wayTo } from '../way/stages.server.ts';
import { BLOCK_FIELDS } from './field.ts';
import { filledIn } from './fill.ts';
import { lastLook, saidFor } from './packet.server.ts';
import { fillingOf, packetName, type Said, saidIn } from './packet.ts';
import { startOf } from './start.ts';
import { templateOf } from './template.server.ts';
import { titleOf } from './title.ts';

export type Packing = Awaited<ReturnType<typeof packing>>;

/**
 * Everything that the packet of a draft is made of. `said` is what was said last, or what is offered before anything was.
 * @param leaving the draft as it goes out, without anybody's name, marked against what nobody chose, and what that was made of
 */
export async function packing(
	{ out, state }: { readonly out: Outgoing; readonly state: State },
	actor: Actor,
	world: Pick<World, 'db'>,
) {
	const { id, instrument } = state.draft;
	const kept = await world.db.as(actor, (tx) => saidFor(id, actor, tx));
	const act = actOf(instrument);
	const number = answeredNumber(act, state.answers);
	// A note on money is for a body that votes it.
	const usual = BLOCK_FIELDS.filter((part) => part !== 'fiscal' || act.way === 'voted');
	const said = { number: kept?.number ?? number, parts: kept?.parts ?? usual };
	const decided = { act, answers: state.answers, ...said };
	const city = await templateOf(out.draft.language, actor, world, decided);
	return world.db.as(actor, async (tx) => {
		const [place] = await placeDetails({ ids: [state.draft.city] }, tx);
		const own = out.sources[0]?.address.startsWith(`${place?.path}/`) ?? false;
		const offered: Said = {
			...{ title: titleOf(out, own), number, day: null, sponsor: '', summary: startOf(out), fiscal: '' },
			look: (await lastLook(tx)) ?? 'chicago',
			parts: usual.filter((part) => part !== 'enacting' || !city.report.enacts || city.report.found.includes(part)),
		};
		return {
			...{ state, out, city, offered, open: openBlanksOf(state) },
			stages: (await wayTo(id, tx))?.stages ?? [],
			kept: kept !== null,
			said: kept ? saidIn(kept, offered) : offered,
		};
	});
}

/**
 * The packet as a Word file. Throws `Conflict` while a blank is open, or before anybody said what is in it.
 * @param unsaid how that is said, in a sentence; left out: for whoever sees the page
 */
export function packetFile({ out, city, said, open, kept }: Packing, t: Speech, unsaid = t.say('packet.unsaid')): Sent {
	if (open.length > 0) throw new Conflict(t.say('packet.blocked', { n: open.length }));
	if (!kept) throw new Conflict(unsaid);
	const bytes = filledIn(city.template, fillingOf(out, said, city.report.found));
	return { bytes, mediaType: WORD_TYPE, name: packetName(out) };
}
