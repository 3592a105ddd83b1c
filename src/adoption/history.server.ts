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
	/** What the draft was called before, where it got another title. */
	readonly formerTitle: string | null;
	/** Title of the text whose words were taken, where some were. */
	readonly from: string | null;
}

/** The edits of a draft that is there, the latest first. `tx` acts for its city. */
export async function edits(id: string, tx: Tx): Promise<readonly Edit[]> {
	const { rows } = await sql<Edit>`
		select e.seq, e.act, e.provision_id as provision, e.person, e.at, e.former_title as "formerTitle", (
			select w.title from adoption_source s join library_work w on w.id = s.work_id
			where s.draft_id = e.draft_id and s.nth = e.borrowed limit 1) as "from"
		from adoption_edit e where e.draft_id = ${id} order by e.seq desc`.execute(tx);
	return rows;
}

/**
 * What the draft has of each source, or had since the source is the version it is, as that version has it: by the number of the
 * source, in the order of the version. eIds of an earlier version say nothing here.
 */
export async function copiedFrom(
	id: string,
	sources: readonly Source[],
	tx: Tx,
): Promise<ReadonlyMap<number, readonly Provision[]>> {
	const found = new Map<number, readonly Provision[]>();
	for (const { nth, since, workId, expressionId } of sources) {
		const { rows } = await sql<{ eId: string }>`
			select source_e_id as "eId" from adoption_wording
			where draft_id = ${id} and source = ${nth} and seq >= ${since}
			union
			select source_e_id from (
				select distinct on (provision_id) provision_id, source, source_e_id from adoption_wording
				where draft_id = ${id} and seq <= ${since} order by provision_id, seq desc
			) w
			where source = ${nth} and provision_id in (
				select piece ->> 0 from jsonb_array_elements((
					select outline from adoption_edit
					where draft_id = ${id} and seq <= ${since} and outline is not null order by seq desc limit 1)) piece)`.execute(
			tx,
		);
		const copied = new Set(rows.map(({ eId }) => eId));
		const all = await provisions(workId, expressionId, tx);
		found.set(
			nth,
			all.filter(({ eId }) => copied.has(eId)),
		);
	}
	return found;
}
