import { sql } from 'kysely';
import type { Provision } from '#library/provision.ts';
import { provisions } from '#library/version.server.ts';
import type { Tx } from '#platform/world.ts';
import type { EditAct, Source } from './draft.ts';

/** One edit of a draft. */
export interface Edit {
	readonly seq: number;
	readonly act: EditAct;
	/** Id of the provision it was about; null where it was about none or several. */
	readonly provision: string | null;
	/** Account of who made it; null where no person did. */
	readonly person: string | null;
	readonly at: Date;
}

/** The edits of a draft, the latest first. `tx` acts for its city. */
export async function edits(id: string, tx: Tx): Promise<readonly Edit[]> {
	const { rows } = await sql<Edit>`
		select seq, act, provision_id as provision, person, at from adoption_edit where draft_id::text = ${id}
		order by seq desc`.execute(tx);
	return rows;
}

/** What was ever copied from each source, as its version of now has it, by the number of the source; in the order of the version. */
export async function copiedFrom(
	id: string,
	sources: readonly Source[],
	tx: Tx,
): Promise<ReadonlyMap<number, readonly Provision[]>> {
	const { rows } = await sql<{ source: number; eId: string }>`
		select distinct source, source_e_id as "eId" from adoption_wording
		where draft_id::text = ${id} and source is not null`.execute(tx);
	const found = new Map<number, readonly Provision[]>();
	for (const { nth, workId, expressionId } of sources) {
		const copied = new Set(rows.filter(({ source }) => source === nth).map(({ eId }) => eId));
		const all = await provisions(workId, expressionId, tx);
		found.set(
			nth,
			all.filter(({ eId }) => copied.has(eId)),
		);
	}
	return found;
}

/** Names of the people who hold or held a seat of the actor's city, by account. */
export async function peopleOf(tx: Tx): Promise<ReadonlyMap<string, string>> {
	const { rows } = await sql<{ person: string; name: string }>`
		select distinct on (person) person, name from coalition_seat
		where person is not null and name is not null order by person, added_at desc`.execute(tx);
	return new Map(rows.map(({ person, name }) => [person, name]));
}
