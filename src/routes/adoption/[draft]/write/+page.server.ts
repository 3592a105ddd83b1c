import { demand, ownCity } from '#access/can.ts';
import { isOpen } from '#adoption/draft.ts';
import { outlineOf } from '#adoption/edit.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { narrowedIn } from '#adoption/write/exchange.server.ts';
import { piecesOf } from '#adoption/write/piece.ts';
import { addressIn } from '#i18n/language.ts';
import { scripted, speech } from '#i18n/message.ts';
import { comeIn } from '../../notes.server.ts';
import { namesOf } from '../../shown.ts';
import type { PageServerLoad } from './$types';
import { blankNames, type Left, noticesOf, type Opened } from './turn.ts';

export const _permission = ['change', 'draft'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { world, actor, language } = locals;
	demand(actor, ..._permission, ownCity(actor));
	const t = speech(language);
	const here = addressIn(language, `/adoption/${params.draft}`);
	const { state, narrowed } = await world.db.as(actor, async (tx) => {
		await comeIn(params.draft, locals, tx);
		const state = await stateOf(params.draft, actor, tx);
		return { state, narrowed: await narrowedIn(state, actor, world, tx) };
	});
	const { draft, provisions, seq } = state;
	const said = scripted(language, 'write.');
	const writer = { account: actor.person ?? '', seat: actor.seat ?? '' };
	// What this browser keeps for a draft that was adopted or closed meanwhile can still be read.
	const left: Left = { draft: draft.id, language: draft.language, account: writer.account, said };
	const opened: Opened = {
		...{ draft: draft.id, language: draft.language, seq, here, order: outlineOf(provisions), pieces: piecesOf(state) },
		...{ names: Object.fromEntries(namesOf(provisions, t)), narrowed: noticesOf(narrowed, t) },
		...{ blanks: blankNames(state, t), said, writer },
	};
	// Only over a safe line does a browser forget what it kept when somebody signs out.
	return { draft, ...(isOpen(draft) ? { opened } : { left }), safe: url.protocol === 'https:' };
};
