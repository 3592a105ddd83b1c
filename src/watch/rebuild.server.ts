import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { SYSTEM } from '#access/actor.ts';
import { isoSecond } from '#kernel/day.ts';
import { furnish, placesVersion } from '#places/furnish.server.ts';
import { outwait } from '#platform/advisory.server.ts';
import { untangled } from '#platform/deadlock.server.ts';
import type { Tx, World } from '#platform/world.ts';
import type { Agency } from './agency.ts';
import { placeAgencies } from './area.server.ts';
import { AREA_RULES } from './area.ts';
import { derive, type Reasons } from './derive.server.ts';
import type { Cause } from './event.ts';
import { ledger, RULES } from './ledger.ts';
import type { List } from './list.ts';
import type { Overrule } from './overrule.ts';
import { endSample, readAgain, unpacker } from './shelf.server.ts';

/**
 * What a rebuild changed; `unchanged` where the ledger already stood on these lists, overrules and rules. Areas are made
 * again where places changed, and no event with them.
 */
export type Rebuilt =
	| { readonly outcome: 'unchanged' }
	| {
			readonly outcome: 'rebuilt';
			readonly lists: number;
			/** Events that came in, changed their wording or evidence, or were withdrawn. */
			readonly events: { readonly added: number; readonly changed: number; readonly withdrawn: number };
			/** SHA-256 of the lists that take no part until a person releases them. */
			readonly quarantined: readonly string[];
	  };

/**
 * Derives the ledger from all lists read so far and replaces what is stored by difference, in one transaction.
 * The same lists again change nothing.
 */
export async function rebuild(world: Pick<World, 'db' | 'clock'>): Promise<Rebuilt> {
	// What is made of the sample's places goes with them, while somebody else may be making it.
	return untangled(() => world.db.as(SYSTEM, (tx) => rebuilt(world, tx)));
}

async function rebuilt(world: Pick<World, 'clock'>, tx: Tx): Promise<Rebuilt> {
	// One at a time, over all processes on this database.
	await outwait('watch.rebuild', tx);
	await furnish(world, tx);
	await readAgain(tx);
	await endSample(tx);
	const hashes = await tx
		.selectFrom('watch_list')
		.select(['sha256', 'sample'])
		.where('standing', '=', 'read')
		.orderBy('sha256')
		.execute();
	const overrules = await standingOverrules(tx);
	const basis: Basis = {
		rules: RULES,
		lists: digest(hashes.map((list) => list.sha256)),
		overrules: overrules.map((overrule) => overrule.id).join(' '),
		places: `${AREA_RULES} ${await placesVersion(tx)}`,
	};
	const before = await tx.selectFrom('watch_ledger').selectAll().executeTakeFirst();
	const cause = changed(before, basis);
	const now = world.clock.now();
	const sample = hashes.some((list) => list.sample);
	if (cause === null) {
		if (before?.places === basis.places) return { outcome: 'unchanged' };
		await placeAgencies(await standingAgencies(tx), overrules, sample, tx);
		await note(basis, now, tx);
		return { outcome: 'unchanged' };
	}
	const made = ledger(await storedLists(tx), overrules);
	const reasons = await reasonsSince(before?.overrules ?? '', basis.overrules, tx);
	const events = await derive(made, { cause, reasons, sample }, now, tx);
	await placeAgencies(made.agencies, overrules, sample, tx);
	await note(basis, now, tx);
	return { outcome: 'rebuilt', lists: hashes.length, events, quarantined: made.quarantined.map((q) => q.sha256) };
}

interface Basis {
	readonly rules: number;
	readonly lists: string;
	/** Ids of the standing overrules, so that the next rebuild knows which ones are new and which were taken back. */
	readonly overrules: string;
	/** What the areas were made with. */
	readonly places: string;
}

async function note(basis: Basis, now: Date, tx: Tx): Promise<void> {
	await tx
		.insertInto('watch_ledger')
		.values({ ...basis, made_at: now })
		.onConflict((conflict) => conflict.column('only').doUpdateSet({ ...basis, made_at: now }))
		.execute();
}

/** The agencies of the ledger that stands, for new places. */
async function standingAgencies(tx: Tx): Promise<Agency[]> {
	const { rows } = await sql<Agency>`
		select id, array[]::text[] as "formerIds", state, state_code as "stateCode", name, names, kind, type, county
		from watch_agency order by id`.execute(tx);
	return rows;
}

/** What differs from the last rebuild, the most telling first; null where nothing does. */
function changed(before: Basis | undefined, now: Basis): Cause | null {
	if (!before || before.rules !== now.rules) return 'rules';
	if (before.overrules !== now.overrules) return 'overrule';
	return before.lists !== now.lists ? 'lists' : null;
}

async function storedLists(tx: Tx): Promise<List[]> {
	const { rows } = await sql<{ sha256: string; kind: List['kind']; modified: Date; reading: Buffer }>`
		select sha256, kind, modified, reading from watch_list where standing = 'read'`.execute(tx);
	const unpack = unpacker();
	return rows.map((row) => unpack({ ...row, modified: isoSecond(row.modified) }));
}

async function standingOverrules(tx: Tx): Promise<Overrule[]> {
	const rows = await tx
		.selectFrom('watch_overrule')
		.select(['id', 'kind', 'subject', 'reason'])
		.where('withdrawn_at', 'is', null)
		.orderBy('made_at')
		.orderBy('id')
		.execute();
	return rows.map(
		(row) => ({ ...(row.subject as object), id: row.id, kind: row.kind, reason: row.reason }) as Overrule,
	);
}

/** Why people decided otherwise between two sets of overrules, as they wrote it. */
async function reasonsSince(before: string, now: string, tx: Tx): Promise<Reasons> {
	const [were, are] = [before.split(' '), now.split(' ')];
	const given = async (ids: readonly string[]): Promise<string | null> => {
		const found = await sql<{ reason: string }>`
			select reason from watch_overrule where id::text = any(${ids}) order by made_at, id`.execute(tx);
		return found.rows.map(({ reason }) => reason).join(' ') || null;
	};
	return {
		made: await given(are.filter((id) => !were.includes(id))),
		takenBack: await given(were.filter((id) => !are.includes(id))),
	};
}

function digest(parts: readonly string[]): string {
	return createHash('sha256').update(parts.join('\n')).digest('hex');
}
