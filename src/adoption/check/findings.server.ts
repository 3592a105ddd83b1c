import type { Actor } from '#access/actor.ts';
import { dayAt } from '#kernel/day.ts';
import type { Tx, World } from '#platform/world.ts';
import { turnsOf } from '../counsel/counsel.server.ts';
import { danglingIn } from '../dangling.server.ts';
import type { State } from '../draft.ts';
import { saidFor } from '../packet/packet.server.ts';
import { remarksOn } from '../remark/remarked.server.ts';
import { dayOf, type StageKey } from '../way/stage.ts';
import { wayTo } from '../way/stages.server.ts';
import { uploadsOf } from '../word/suggestions.server.ts';
import { foundInDays, type Known } from './dated.ts';
import { type Finding, MOST_FINDINGS } from './finding.ts';
import { foundInWords } from './worded.ts';

/**
 * What is to be looked at before a draft is printed or recorded: its days, words in their order, then what people left open, in
 * the rooms that the actor may enter. `tx` acts for its city.
 */
export async function findingsIn(
	state: State,
	actor: Actor,
	{ clock }: Pick<World, 'clock'>,
	tx: Tx,
): Promise<readonly Finding[]> {
	const { id } = state.draft;
	const words = foundInWords(state);
	const known = new Set(words.map((one) => ('words' in one ? `${one.provision} ${one.words}` : '')));
	const hanging = (await danglingIn(state, tx)).flatMap(({ in: provision, words }): readonly Finding[] =>
		known.has(`${provision} ${words}`) ? [] : [{ what: 'reference', provision, words }],
	);
	const days = foundInDays(state, await daysKnown(id, actor, tx), dayAt(clock.now()));
	return [...[...days, ...words, ...hanging].slice(0, MOST_FINDINGS), ...(await leftOpen(state, actor, tx))];
}

/** As they were said or planned; that of the vote or of signing else as the packet has it. */
async function daysKnown(id: string, actor: Actor, tx: Tx): Promise<Known> {
	const stages = (await wayTo(id, tx))?.stages ?? [];
	const of = (key: StageKey) => stages.filter((stage) => stage.key === key).map(dayOf)[0] ?? null;
	return { decided: of('adopted') ?? (await saidFor(id, actor, tx))?.day ?? null, inForce: of('in_force') };
}

async function leftOpen(state: State, actor: Actor, tx: Tx): Promise<readonly Finding[]> {
	const { id } = state.draft;
	const [turn] = await turnsOf(id, tx);
	const open = (await remarksOn(state, ['city', 'counsel'], actor, tx)).filter(({ resolved }) => resolved === null);
	const remarks = open.filter(({ suggested }) => suggested === null).length;
	const sent = (await uploadsOf(id, actor, tx)).flatMap(({ suggestions }) => suggestions);
	const suggestions = open.length - remarks + sent.filter(({ state }) => state === 'open').length;
	return [
		...(turn?.act === 'sent' ? [{ what: 'counsel', day: dayAt(turn.at) } as const] : []),
		...(remarks > 0 ? [{ what: 'remarks', n: remarks } as const] : []),
		...(suggestions > 0 ? [{ what: 'suggestions', n: suggestions } as const] : []),
	];
}
