import { openBlanksOf } from '#adoption/counsel/question.ts';
import { BLOCK_FIELDS } from '#adoption/packet/field.ts';
import { lastLook, saidFor } from '#adoption/packet/packet.server.ts';
import type { Said } from '#adoption/packet/packet.ts';
import { startOf } from '#adoption/packet/start.ts';
import { templateOf } from '#adoption/packet/template.server.ts';
import { titleOf } from '#adoption/packet/title.ts';
import { stateOf } from '#adoption/state.server.ts';
import { wayTo } from '#adoption/way/stages.server.ts';
import { placeDetails } from '#places/list.server.ts';
import { sending } from './sending.server.ts';

/** Everything that the packet of a draft is made of. `said` is what was said last, or what is offered before anything was. */
export async function packing(id: string, locals: App.Locals, origin: string) {
	const { world, actor } = locals;
	const { out } = await sending(id, locals, { origin, named: false, against: null });
	const city = await templateOf(out.draft.language, actor, world);
	return world.db.as(actor, async (tx) => {
		const state = await stateOf(id, actor, tx);
		const kept = await saidFor(id, actor, tx);
		const [place] = await placeDetails({ ids: [state.draft.city] }, tx);
		const own = out.sources[0]?.address.startsWith(`${place?.path}/`) ?? false;
		const offered: Said = {
			...{ title: titleOf(out, own), number: '', day: null, sponsor: '', summary: startOf(out), fiscal: '' },
			look: (await lastLook(tx)) ?? 'chicago',
			parts: BLOCK_FIELDS.filter(
				(part) => part !== 'enacting' || !city.report.enacts || city.report.found.includes(part),
			),
		};
		return {
			...{ state, out, city, offered, open: openBlanksOf(state) },
			stages: (await wayTo(id, tx))?.stages ?? [],
			kept: kept !== null,
			// A title that was left as it was offered goes on following the draft.
			said: kept ? { ...kept, title: kept.title || offered.title } : offered,
		};
	});
}
