import { can } from '#access/can.ts';
import type { State } from '#adoption/draft.ts';
import { enter } from '#adoption/remark/quorum.server.ts';
import { remarksOn } from '#adoption/remark/remarked.server.ts';
import { speech } from '#i18n/message.ts';
import { Conflict } from '#kernel/error.ts';
import type { Tx } from '#platform/world.ts';
import { type Note, notesOf } from './notes.ts';

/** Lets somebody into a draft. Throws `Conflict`, in their language, where the rule of open meetings stands against it. */
export async function comeIn(draft: string, { world, actor, language }: App.Locals, tx: Tx): Promise<void> {
	const found = await enter(draft, actor, world, tx);
	if (found.kind === 'refused') throw new Conflict(speech(language).say('remark.meeting.refused', { n: found.number }));
}

/** The comments on a draft that its reader may see, counsel's for whoever may enter that room. */
export async function notesIn(state: State, { actor }: App.Locals, tx: Tx): Promise<readonly Note[]> {
	return notesOf(await remarksOn(state, ['city', 'counsel'], actor, tx), state);
}

/** For whoever may write in the counsel room: whether that is where they write first. Null for everybody else. */
export function counselOf(actor: App.Locals['actor']): { readonly first: boolean } | null {
	const may = can(actor, 'change', 'draft', { room: 'counsel', owner: actor.city });
	return may ? { first: actor.role === 'counsel' } : null;
}
