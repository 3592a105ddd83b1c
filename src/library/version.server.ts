import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#platform/world.ts';
import type { TextLanguage } from './policy.ts';
import type { Amendment, Piece, Problem, Provision, ProvisionKind, ProvisionState, Reading } from './provision.ts';
import type { Version, VersionLine } from './view.ts';
import { versionLines } from './work.server.ts';

/** A version with its text and provisions in order; null where the policy has none of this id. */
export async function version(workId: string, expressionId: string, tx: Tx): Promise<Version | null> {
	const { rows } = await sql<{ id: string; address: string; language: TextLanguage }>`
		select id, address, language from library_work where id::text = ${workId}`.execute(tx);
	const [policy] = rows;
	if (!policy) return null;
	const lines = await versionLines(policy, tx);
	const line = lines.find(({ id }) => id === expressionId);
	return line ? opened(policy.id, line, lines, tx) : null;
}

/** The rest of a version of which the line is known, among all of its policy, newest first. */
export async function opened(
	workId: string,
	line: VersionLine,
	lines: readonly VersionLine[],
	tx: Tx,
): Promise<Version> {
	const { rows } = await sql<{
		text: string;
		amendments: readonly Amendment[];
		problems: readonly Problem[];
	}>`
		select text, amendments, problems from library_expression where work_id = ${workId} and id = ${line.id}`.execute(
		tx,
	);
	const same = lines.filter(({ language }) => language === line.language);
	const at = same.findIndex(({ id }) => id === line.id);
	return {
		...line,
		text: rows[0]?.text ?? '',
		amendments: rows[0]?.amendments ?? [],
		problems: rows[0]?.problems ?? [],
		provisions: await provisions(workId, line.id, tx),
		earlier: same[at + 1] ?? null,
		later: same[at - 1] ?? null,
	};
}

/** The provisions of a version in order. */
export async function provisions(workId: string, expressionId: string, tx: Tx): Promise<Provision[]> {
	return provisionsWhere(workId, expressionId, sql`true`, tx);
}

/** Provisions of a version in order as far as a condition on their rows holds; `parent` counts in the whole version. */
export async function provisionsWhere(
	workId: string,
	expressionId: string,
	condition: RawBuilder<unknown>,
	tx: Tx,
): Promise<Provision[]> {
	const { rows } = await sql<StoredProvision>`
		select e_id, parent, kind, number, heading, text, start_at, end_at, state, before, redline
		from library_provision
		where work_id = ${workId} and expression_id = ${expressionId} and ${condition} order by position`.execute(tx);
	return rows.map(({ e_id, start_at, end_at, ...row }) => ({ ...row, eId: e_id, start: start_at, end: end_at }));
}

interface StoredProvision {
	e_id: string;
	parent: number | null;
	kind: ProvisionKind;
	number: string | null;
	heading: string | null;
	text: string;
	start_at: number;
	end_at: number;
	state: ProvisionState;
	before: Reading | null;
	redline: readonly Piece[] | null;
}
