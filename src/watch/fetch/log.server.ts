import { sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import { isoSecond } from '#kernel/day.ts';
import type { Tx, World } from '#platform/world.ts';
import type { Failed } from './code.ts';
import type { FetchView, LastFetch } from './look.ts';

/** When the lists were last looked at, and what came of it. ISO instants to the second. */
export async function lastFetch(world: Pick<World, 'db'>): Promise<LastFetch> {
	return world.db.as(VISITOR, async (tx) => {
		const rows = tx.selectFrom('watch_fetch').selectAll().orderBy('began_at', 'desc').limit(1);
		const latest = await rows.executeTakeFirst();
		const success = await rows.where('outcome', '<>', 'failed').executeTakeFirst();
		return { latest: latest ? view(latest) : null, success: success ? view(success) : null };
	});
}

interface Row {
	readonly began_at: Date;
	readonly outcome: string;
	readonly code: string | null;
	readonly detail: unknown;
	readonly lists: number;
}

function view({ began_at, outcome, code, detail, lists }: Row): FetchView {
	const head = { at: isoSecond(began_at), lists };
	if (outcome !== 'failed') return { ...head, outcome: outcome as 'unchanged' | 'read' };
	return { ...head, outcome, code: code as Failed['code'], detail: detail as Failed['detail'] };
}

/** Notes what came of a fetch. */
export async function note(
	{ began, failed, lists }: { readonly began: Date; readonly failed: Failed | null; readonly lists: number },
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<void> {
	const outcome = failed ? 'failed' : lists > 0 ? 'read' : 'unchanged';
	await sql`
		insert into watch_fetch (id, began_at, ended_at, outcome, code, detail, lists)
		values (${world.random.uuid()}, ${began}, ${world.clock.now()}, ${outcome}, ${failed?.code ?? null},
			${JSON.stringify(failed?.detail ?? {})}::jsonb, ${lists})`.execute(tx);
}
