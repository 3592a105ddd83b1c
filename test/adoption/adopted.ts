import type { Actor } from '#access/actor.ts';
import { type Adoption, adopt } from '#adoption/adopt.server.ts';
import { answer } from '#adoption/answers.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import type { Day } from '#kernel/day.ts';
import type { World } from '#platform/world.ts';

type Adopting = Pick<World, 'db' | 'clock' | 'random' | 'queue' | 'keys'>;

/** Fills every blank of a draft but those that are named with something that fits, a text with `words`. */
export async function fillAll(
	id: string,
	words: string,
	actor: Actor,
	world: Adopting,
	but: readonly string[] = [],
): Promise<void> {
	await world.db.as(actor, async (tx) => {
		const { blanks } = await stateOf(id, actor, tx);
		const said = blanks.map(({ id, kind, choices, default: usual }) => {
			const other = { number: '30', yes_no: 'no', date: '2026-10-01', choice: choices?.[0]?.value ?? '' };
			return [id, kind === 'text' || kind === 'office' ? words : (usual ?? other[kind])] as const;
		});
		await answer(id, Object.fromEntries(said.filter(([blank]) => !but.includes(blank))), actor, world, tx);
	});
}

/** Records a draft with every blank filled as what its city adopted, and gives the address of the policy. */
export async function adopted(
	id: string,
	said: Partial<Adoption> & Pick<Adoption, 'number'>,
	actor: Actor,
	world: Adopting,
): Promise<string> {
	const voted = { adopted: '2026-11-20' as Day, vote: '5 to 2', inForce: null, tellsSources: true };
	const made = await adopt(id, { ...voted, ...said }, actor, world);
	if ('refused' in made) throw new Error(`Not recorded: ${made.refused}`);
	return made.address;
}
