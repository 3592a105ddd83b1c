import { sql } from 'kysely';
import { OPERATOR } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { type Domain, type DomainProblem, readDomains } from './domain.ts';

/** Rows of one statement: a few thousand values. */
const AT_ONCE = 1_000;

/** What an import did; or why the file was not read. */
export type DomainsImported =
	| { readonly refused: string }
	| { readonly rows: number; readonly problems: readonly DomainProblem[] };

/** Puts the official list of .gov domains in the place of the one before, whole or not at all. @param sha256 of the file, hex */
export async function importDomains(
	text: string,
	sha256: string,
	world: Pick<World, 'db' | 'clock' | 'random'>,
): Promise<DomainsImported> {
	const read = readDomains(text);
	if ('refused' in read) return read;
	const { domains, problems } = read;
	await world.db.as(OPERATOR, async (tx) => {
		await sql`delete from domain`.execute(tx);
		for (let i = 0; i < domains.length; i += AT_ONCE) {
			const rows = domains.slice(i, i + AT_ONCE).map(({ stateCode, ...row }) => ({ ...row, state_code: stateCode }));
			await tx.insertInto('domain').values(rows).execute();
		}
		await sql`
			insert into domain_source (sha256, rows, imported_at) values (${sha256}, ${domains.length}, ${world.clock.now()})
			on conflict ("only") do update
				set sha256 = excluded.sha256, rows = excluded.rows, imported_at = excluded.imported_at`.execute(tx);
		const subject = `domains:${sha256.slice(0, 12)}`;
		await record({ actor: OPERATOR, action: 'domains_imported', subject, owner: null }, world, tx);
	});
	return { rows: domains.length, problems };
}

/** When the list was brought in, and how many domains it has; null where it never was. */
export async function domainsSource(tx: Tx): Promise<{ readonly at: Date; readonly rows: number } | null> {
	const { rows } = await sql<{ at: Date; rows: number }>`select imported_at as at, rows from domain_source`.execute(tx);
	return rows[0] ?? null;
}

/** Listed domains among these names, by name. */
export async function domainsNamed(names: readonly string[], tx: Tx): Promise<ReadonlyMap<string, Domain>> {
	const { rows } = await sql<Domain>`
		select name, type, organisation, suborganisation, city, state_code as "stateCode" from domain
		where name = any(${names}::text[])`.execute(tx);
	return new Map(rows.map((row) => [row.name, row]));
}
