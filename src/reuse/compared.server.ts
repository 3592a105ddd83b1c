import { sql } from 'kysely';
import type { Tx } from '#platform/world.ts';
import type { Compared } from './compared.ts';

/** How many policies were compared with each other, as far as the actor of the transaction may read them. */
export async function compared(tx: Tx): Promise<Compared> {
	const { rows } = await sql<Compared>`
		select count(distinct t.work_id)::integer as policies, max(t.compared_at) as at,
			(count(*) filter (where t.digest is distinct from e.digest))::integer as waiting
		from library_expression e left join reuse_text t on t.work_id = e.work_id and t.expression_id = e.id`.execute(tx);
	return rows[0] ?? { policies: 0, at: null, waiting: 0 };
}
