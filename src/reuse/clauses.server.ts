import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { versionAddress } from '#library/address.ts';
import { pinpoint } from '#library/cite.ts';
import { chain } from '#library/export/tree.ts';
import type { TextLanguage } from '#library/policy.ts';
import type { Provision } from '#library/provision.ts';
import type { WorkLine } from '#library/view.ts';
import { workLines } from '#library/works.server.ts';
import type { Tx } from '#platform/world.ts';
import type { Clause, ClauseKey } from './clause.ts';

/** Clauses of one answer. */
const MOST = 400;

type Placed = Pick<Provision, 'eId' | 'kind' | 'number' | 'parent'> & { readonly start: number; readonly end: number };

/**
 * Clauses by their keys, in the order asked for; those that are not there, or whose policy was withdrawn from the shelf, are
 * left out. At most 400.
 * @param day the day that standings are told of
 * @param words language of whoever reads the citations
 */
export async function clauses(
	keys: readonly ClauseKey[],
	day: Day,
	words: TextLanguage,
	tx: Tx,
): Promise<readonly Clause[]> {
	const asked = keys.slice(0, MOST);
	if (asked.length === 0) return [];
	const works = await policiesOf(
		asked.map(({ workId }) => workId),
		day,
		tx,
	);
	const texts = await textsOf(asked, tx);
	return asked.flatMap((key) => {
		const work = works.get(key.workId);
		const text = texts.get(`${key.workId} ${key.expressionId}`);
		const made = work && text && clauseIn(key, work, text, words);
		return made ? [made] : [];
	});
}

/** Policies that stand on the shelf, by their ids. */
export async function policiesOf(ids: readonly string[], day: Day, tx: Tx): Promise<ReadonlyMap<string, WorkLine>> {
	const different = [...new Set(ids)];
	const lines = await workLines(
		sql`w.id = any(${different}::uuid[]) and w.withdrawn_at is null`,
		day,
		different.length,
		tx,
	);
	return new Map(lines.map((line) => [line.id, line]));
}

interface Text {
	work_id: string;
	id: string;
	day: Day;
	nth: number;
	language: TextLanguage;
	text: string;
	provisions: readonly Placed[];
}

async function textsOf(keys: readonly ClauseKey[], tx: Tx): Promise<ReadonlyMap<string, Text>> {
	const asked = JSON.stringify([...new Set(keys.map(({ workId, expressionId }) => `${workId} ${expressionId}`))]);
	const { rows } = await sql<Text>`
		select e.work_id, e.id, e.day, e.nth, e.language, e.text, (
			select coalesce(jsonb_agg(jsonb_build_object('eId', p.e_id, 'kind', p.kind, 'number', p.number, 'parent', p.parent,
				'start', p.start_at, 'end', p.end_at) order by p.position), '[]'::jsonb)
			from library_provision p where p.work_id = e.work_id and p.expression_id = e.id) as provisions
		from jsonb_array_elements_text(${asked}::jsonb) as asked (pair)
		join library_expression e
			on e.work_id = split_part(pair, ' ', 1)::uuid and e.id = split_part(pair, ' ', 2)::uuid`.execute(tx);
	return new Map(rows.map((row) => [`${row.work_id} ${row.id}`, row]));
}

function clauseIn(key: ClauseKey, work: WorkLine, text: Text, words: TextLanguage): Clause | null {
	const { provisions } = text;
	const at = provisions.findIndex(({ eId }) => eId === key.eId);
	if (key.eId !== '' && at < 0) return null;
	const version = versionAddress(work, text);
	return {
		...key,
		work,
		day: text.day,
		language: text.language,
		version,
		address: key.eId === '' ? version : `${version}/${key.eId}`,
		cited: key.eId === '' ? null : pinpoint(chain(provisions, at), words),
		words: at < 0 ? text.text : wordsAt(text.text, provisions, at),
	};
}

/** The words of a provision and of what lies in it, without its own number. */
function wordsAt(text: string, provisions: readonly Placed[], at: number): string {
	const inside = new Set([at]);
	let last = at;
	for (let n = at + 1; n < provisions.length && inside.has(provisions[n]?.parent ?? -1); n++) {
		inside.add(n);
		last = n;
	}
	const { start, number } = provisions[at] as Placed;
	const end = Math.max(...[...inside].map((n) => provisions[n]?.end ?? 0));
	return last < at ? '' : text.slice(start + (number?.length ?? 0), end).trim();
}
