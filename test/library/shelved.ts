import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { SYSTEM } from '#access/actor.ts';
import type { World } from '#platform/world.ts';

/** A policy of the coalition, or of a place, with one version, as a test wants it: a line for each provision, `eId | number | words`. */
export async function shelved(
	given: {
		readonly address: string;
		readonly instrument?: string;
		readonly day?: string;
		readonly workId?: string;
		/** OCD id and state. */
		readonly place?: { readonly id: string; readonly stateCode: string };
		readonly lines: readonly string[];
	},
	world: Pick<World, 'db'>,
): Promise<{ readonly workId: string; readonly expressionId: string }> {
	const workId = given.workId ?? randomUUID();
	const expressionId = randomUUID();
	const rows = given.lines.map((line) => line.split(' | '));
	const whole = rows.map(([, number, words]) => `${number} ${words}`);
	await world.db.as(SYSTEM, async (tx) => {
		await sql`
			insert into library_work (id, address, place_id, state_code, instrument, title, language, added_at, added_by)
			values (${workId}, ${given.address}, ${given.place?.id ?? null}, ${given.place?.stateCode ?? null},
				${given.instrument ?? 'ordinance'}, 'An ordinance', 'en', now(), 'test')
			on conflict do nothing`.execute(tx);
		await sql`
			insert into library_expression (work_id, id, day, language, title, text, format, reader, digest, added_at, added_by)
			values (${workId}, ${expressionId}, ${given.day ?? '2026-01-02'}, 'en', 'An ordinance', ${whole.join('\n')},
				'text', 1, 'd', now(), 'test')`.execute(tx);
		let start = 0;
		for (const [position, [eId, number, words]] of rows.entries()) {
			const end = start + (whole[position]?.length ?? 0);
			await sql`
				insert into library_provision (work_id, expression_id, position, e_id, kind, number, text, start_at, end_at, state)
				values (${workId}, ${expressionId}, ${position}, ${eId}, 'section', ${number}, ${words}, ${start}, ${end}, 'same')`.execute(
				tx,
			);
			start = end + 1;
		}
	});
	return { workId, expressionId };
}
