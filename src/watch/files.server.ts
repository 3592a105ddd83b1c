import { sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import { isoSecond } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import type { Tx, World } from '#platform/world.ts';
import type { FileDetail, FileFigures, FileView, Neighbour, Questions, Sighting } from './file.ts';
import type { List, ListKind } from './list.ts';
import { lists } from './lists.server.ts';
import type { Problem, ProblemCode } from './problem.ts';
import { unpacker } from './shelf.server.ts';

/** Every file ever offered, newest list first; refused files stand last, newest first. `problem` leaves those that have it. */
export async function files(problem: ProblemCode | null, world: Pick<World, 'db'>): Promise<FileView[]> {
	const known = await lists(world);
	const { seen, having, held } = await world.db.as(VISITOR, async (tx) => ({
		seen: await sql<{ sha256: string; names: string[]; first_seen: Date }>`
			select sha256, array_agg(distinct name order by name) as names, min(seen_at) as first_seen
			from watch_sighting group by sha256`.execute(tx),
		having: await sql<{ sha256: string }>`
			select distinct sha256 from watch_problem where code = ${problem}`.execute(tx),
		held: await tx.selectFrom('watch_quarantine').select(['id', 'unexplained', 'of']).execute(),
	}));
	const sightings = new Map(seen.rows.map((row) => [row.sha256, row]));
	const losses = new Map(held.map(({ id, unexplained, of }) => [id, { rows: unexplained, of }]));
	const latest = new Map<ListKind, string>();
	const views = known.map((list): FileView => {
		const sighting = sightings.get(list.sha256);
		const takesPart = list.standing === 'read' && list.kind !== null;
		const before = (list.kind && list.standing !== 'refused' && latest.get(list.kind)) || null;
		if (takesPart && list.kind) latest.set(list.kind, list.sha256);
		return {
			...list,
			names: sighting?.names ?? [],
			firstSeen: sighting ? isoSecond(sighting.first_seen) : list.addedAt,
			before,
			loss: losses.get(list.sha256) ?? null,
			downloadable: list.standing !== 'refused' && !list.sample,
		};
	});
	const wanted = new Set(having.rows.map(({ sha256 }) => sha256));
	const dated = views.filter((view) => view.modified !== null).reverse();
	const refused = views.filter((view) => view.modified === null);
	refused.sort((a, b) => (a.addedAt < b.addedAt ? 1 : -1));
	return [...dated, ...refused].filter((view) => problem === null || wanted.has(view.sha256));
}

/** One file and everything that is known of it. Throws `NotFound`. */
export async function fileDetail(sha256: string, world: Pick<World, 'db'>): Promise<FileDetail> {
	const all = await files(null, world);
	const file = all.find((one) => one.sha256 === sha256);
	if (!file) throw new NotFound('No file with this SHA-256 was offered here.');
	const siblings = all.filter((one) => one.kind === file.kind && one.standing === 'read' && one.kind !== null);
	const later = siblings.filter((one) => one.modified && file.modified && one.modified > file.modified).at(-1);
	const earlier = siblings.find((one) => one.sha256 === file.before);
	return world.db.as(VISITOR, async (tx) => ({
		file,
		figures: await figuresOf(sha256, tx),
		problems: await problemsOf(sha256, tx),
		sightings: await sightingsOf(sha256, tx),
		neighbours: { before: neighbour(earlier), after: neighbour(later) },
		events: await eventsOn(file, tx),
	}));
}

function neighbour(file: FileView | undefined): Neighbour | null {
	return file?.modified ? { sha256: file.sha256, modified: file.modified } : null;
}

async function figuresOf(sha256: string, tx: Tx): Promise<FileFigures | null> {
	const row = await tx.selectFrom('watch_figure').selectAll().where('id', '=', sha256).executeTakeFirst();
	if (!row) return null;
	return {
		agreements: row.agreements,
		duplicateRows: row.duplicate_rows,
		byModel: { TFM: row.tfm, JEM: row.jem, WSO: row.wso },
		agencies: row.agencies,
		states: row.states,
	};
}

async function problemsOf(sha256: string, tx: Tx): Promise<Problem[]> {
	const found = await sql<Problem>`
		select code, row, "column", detail from watch_problem where sha256 = ${sha256} order by position`.execute(tx);
	return found.rows;
}

async function sightingsOf(sha256: string, tx: Tx): Promise<Sighting[]> {
	const rows = await tx
		.selectFrom('watch_sighting')
		.select(['name', 'source', 'seen_at'])
		.where('sha256', '=', sha256)
		.orderBy('seen_at')
		.orderBy('name')
		.orderBy('source')
		.execute();
	return rows.map(({ seen_at, ...row }) => ({ ...row, seenAt: isoSecond(seen_at) }));
}

async function eventsOn({ kind, modified }: FileView, tx: Tx): Promise<number> {
	const found = await sql<{ count: number }>`
		select count(*)::integer as count from watch_event
		where list = ${kind} and at = ${modified} and not baseline and withdrawn_at is null`.execute(tx);
	return found.rows[0]?.count ?? 0;
}

/** The rows of lists as they were read, by SHA-256; lists that were not read are left out. */
export async function readings(hashes: readonly string[], world: Pick<World, 'db'>): Promise<Map<string, List>> {
	const found = await world.db.as(VISITOR, (tx) =>
		sql<{ sha256: string; kind: ListKind; modified: Date; reading: Buffer }>`
			select sha256, kind, modified, reading from watch_list
			where standing = 'read' and sha256 = any(${hashes})`.execute(tx),
	);
	const unpack = unpacker();
	return new Map(found.rows.map((row) => [row.sha256, unpack({ ...row, modified: isoSecond(row.modified) })] as const));
}

/** Open questions by reason and problems by code, commonest first. */
export async function questions(world: Pick<World, 'db'>): Promise<Questions> {
	return world.db.as(VISITOR, async (tx) => {
		const reasons = await sql<Questions['reasons'][number]>`
			select reason, count(*)::integer as count from watch_review group by reason order by count desc, reason`.execute(
			tx,
		);
		const codes = await sql<Questions['codes'][number]>`
			select code, count(*)::integer as count, count(distinct sha256)::integer as lists
			from watch_problem group by code order by count desc, code`.execute(tx);
		const refused = await sql<Questions['refused'][number]>`
			select refusal as code, count(*)::integer as count from watch_list
			where standing = 'refused' group by refusal order by count desc, code`.execute(tx);
		const held = await sql<{ count: number }>`select count(*)::integer as count from watch_quarantine`.execute(tx);
		return { reasons: reasons.rows, codes: codes.rows, refused: refused.rows, heldBack: held.rows[0]?.count ?? 0 };
	});
}
