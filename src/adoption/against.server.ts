import type { Actor } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { workAt } from '#library/at.server.ts';
import { protectionsOf } from '#library/protections.server.ts';
import type { Tx } from '#platform/world.ts';
import {
	type Against,
	asCopied,
	type Beside,
	besideCopied,
	besideDraft,
	besideNewest,
	besideText,
	type Other,
} from './beside.ts';
import type { State } from './draft.ts';
import { copiedFrom } from './history.server.ts';
import { type Kept, keptWords } from './narrowed.ts';
import { type Newer, newerOf } from './newer.server.ts';
import { stateOf } from './state.server.ts';

export interface Comparison {
	readonly other: Other;
	readonly beside: Beside;
	/** What became of the words that give protections in it, by codes that two people confirmed. */
	readonly kept: readonly Kept[];
}

/**
 * A draft beside what it is to be read against. Against the newest version of what was copied it is what was copied where none
 * is newer. Throws `NotFound` for an edit that there is not, and a text that is not in the library, or that the actor may not open.
 * @param found what `newerOf` found for the state, for whoever has it already
 */
export async function comparison(
	state: State,
	against: Against,
	day: Day,
	actor: Actor,
	tx: Tx,
	found?: readonly Newer[],
): Promise<Comparison> {
	if (against.kind === 'text') return withText(state, against.path, day, tx);
	if (against.kind === 'draft' && against.seq > state.draft.seq)
		throw new NotFound(`The draft has ${state.draft.seq} edits. It can be read against one of these.`);
	const copied = await copiedFrom(state.draft.id, state.sources, tx);
	const newest = against.kind === 'newest' ? (found ?? (await newerOf(state, tx))) : [];
	if (newest.length > 0) {
		const beside = besideNewest(state, copied, newest);
		const versions = state.sources.map((source) => {
			const found = newest.find((one) => one.source.nth === source.nth);
			return {
				...source,
				expressionId: found?.version.id ?? source.expressionId,
				day: found?.version.day ?? source.day,
			};
		});
		const days = versions.map(({ day }) => day);
		return { other: { kind: 'newest', days }, beside, kept: await keptOf(state, beside, versions, tx) };
	}
	const own = besideCopied(state, copied);
	const kept = await keptOf(state, own, state.sources, tx);
	if (against.kind !== 'draft') return { other: { kind: 'copied' }, beside: own, kept };
	const then = await stateOf(state.draft.id, actor, tx, against.seq);
	return { other: { kind: 'draft', seq: then.seq }, beside: besideDraft(state, then), kept };
}

async function withText(state: State, path: string, day: Day, tx: Tx): Promise<Comparison> {
	const found = await workAt(path, day, tx);
	const line = found.kind === 'work' ? found.work.versions.find(({ official }) => official) : undefined;
	if (line) return withText(state, line.address, day, tx);
	if (found.kind === 'moved') return withText(state, found.path, day, tx);
	if (found.kind !== 'version' && found.kind !== 'provision')
		throw new NotFound('There is no such text in the library. Open it there, and give the address of its page.');
	const { work, version } = found;
	const beside = besideText(state, version.provisions, work.blanks);
	const only = [{ nth: 1, workId: work.id, expressionId: version.id }];
	return { other: { kind: 'text', work, version }, beside, kept: await keptOf(state, beside, only, tx) };
}

/** Of each text only what stands in it: what was never copied is not missed. */
async function keptOf(
	state: State,
	beside: Beside,
	versions: readonly { readonly nth: number; readonly workId: string; readonly expressionId: string }[],
	tx: Tx,
): Promise<readonly Kept[]> {
	const provisions = asCopied(state, beside);
	const found: Kept[] = [];
	for (const [n, { nth, workId, expressionId }] of versions.entries()) {
		const there = new Set((beside.texts[n] ?? []).map(({ key }) => key.slice(key.indexOf('-') + 1)));
		found.push(...keptWords(await protectionsOf(workId, expressionId, tx), provisions, nth, there));
	}
	return found;
}
