import { type RawBuilder, sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import { versionAddress } from '#library/address.ts';
import type { RelationKind, TextLanguage } from '#library/policy.ts';
import type { Tx, World } from '#platform/world.ts';
import { policiesOf } from './clauses.server.ts';
import { cursorOf, type Linked, type LinkedClause, type LinkKey } from './linked.ts';

/** Links of one batch: some milliseconds of one session. */
const BATCH = 1_000;

interface Ends {
	w: string;
	e: string;
	p: string;
	day: Day;
	nth: number;
	language: TextLanguage;
}

interface Stored extends Ends {
	ow: string;
	oe: string;
	op: string;
	oday: Day;
	onth: number;
	olanguage: TextLanguage;
	same: number;
	terms: number;
	otherTerms: number;
	kind: RelationKind | null;
	source: string | null;
}

/** The row `l` is told from its later clause: the other way round it says the same. Of one day, from either. */
const TOLD: RawBuilder<unknown> = sql`(x.day < e.day or (x.day = e.day and l.other_work_id < l.work_id))`;
const KEY: RawBuilder<unknown> = sql`l.work_id, l.expression_id, l.e_id, l.other_work_id, l.other_expression_id`;

/**
 * Every link between policies of the shelf, from the later clause to the nearest one of an earlier version; by the keys of both, in
 * short transactions, so that neither memory nor a session is held while a reader is slow. What anybody may read.
 * @param day the day that standings are told of
 * @param after key of the link that a reader had last; null begins at the first
 */
export async function* links(
	day: Day,
	after: LinkKey | null,
	world: Pick<World, 'db'>,
	batch = BATCH,
): AsyncGenerator<Linked> {
	let from = after;
	for (;;) {
		const begin = from;
		const rows = await world.db.as(VISITOR, async (tx) => {
			const beyond = begin === null ? sql`true` : sql`(${KEY}) > (${sql.join([...begin])})`;
			const found = await sql<Stored>`
				select l.work_id as w, l.expression_id as e, l.e_id as p, e.day, e.nth, e.language, l.other_work_id as ow,
					l.other_expression_id as oe, l.other_e_id as op, x.day as oday, x.nth as onth, x.language as olanguage, l.same, l.terms,
					l.other_terms as "otherTerms", r.kind, r.source
				from reuse_link l
				join library_expression e on e.work_id = l.work_id and e.id = l.expression_id
				join library_expression x on x.work_id = l.other_work_id and x.id = l.other_expression_id
				left join lateral (
					select kind, source from library_relation r
					where r.work_id = l.work_id and r.other_id = l.other_work_id and r.withdrawn_at is null order by r.at, r.id limit 1
				) r on true
				where ${TOLD} and ${beyond} order by ${KEY} limit ${batch}`.execute(tx);
			return { count: found.rows.length, last: found.rows.at(-1), told: await toldOf(found.rows, day, tx) };
		});
		yield* rows.told;
		if (rows.count < batch || !rows.last) return;
		const { w, e, p, ow, oe } = rows.last;
		from = [w, e, p, ow, oe];
	}
}

async function toldOf(rows: readonly Stored[], day: Day, tx: Tx): Promise<Linked[]> {
	const works = await policiesOf(
		rows.flatMap(({ w, ow }) => [w, ow]),
		day,
		tx,
	);
	return rows.flatMap(({ ow, oe, op, oday, onth, olanguage, same, terms, otherTerms, kind, source, ...own }) => {
		const to = clauseOf(own, works);
		const from = clauseOf({ w: ow, e: oe, p: op, day: oday, nth: onth, language: olanguage }, works);
		if (!to || !from) return [];
		const basis = kind ?? (own.day === oday ? 'same_day' : 'inferred');
		const id = cursorOf([own.w, own.e, own.p, ow, oe]);
		return [{ id, from, to, same, fromTerms: otherTerms, toTerms: terms, basis, source }];
	});
}

interface Clauses {
	readonly found: readonly Ends[];
	readonly told: readonly LinkedClause[];
}

/** Every clause that a link leads from or to, each once. @param day the day that standings are told of */
export async function* linkedClauses(day: Day, world: Pick<World, 'db'>, size = BATCH): AsyncGenerator<LinkedClause> {
	let from: readonly [string, string, string] | null = null;
	for (;;) {
		const begin: readonly [string, string, string] | null = from;
		const read: Clauses = await world.db.as(VISITOR, async (tx) => {
			const beyond = begin === null ? sql`true` : sql`(l.work_id, l.expression_id, l.e_id) > (${sql.join([...begin])})`;
			const { rows } = await sql<Ends>`
				select l.w, l.e, l.p, e.day, e.nth, e.language from (
					select distinct l.work_id as w, l.expression_id as e, l.e_id as p from reuse_link l
					join library_work o on o.id = l.other_work_id and o.withdrawn_at is null
					where ${beyond} order by 1, 2, 3 limit ${size}
				) l join library_expression e on e.work_id = l.w and e.id = l.e order by l.w, l.e, l.p`.execute(tx);
			const works = await policiesOf(
				rows.map(({ w }) => w),
				day,
				tx,
			);
			return { found: rows, told: rows.flatMap((row) => clauseOf(row, works) ?? []) };
		});
		yield* read.told;
		const last = read.found.at(-1);
		if (read.found.length < size || !last) return;
		from = [last.w, last.e, last.p];
	}
}

function clauseOf({ w, e, p, ...version }: Ends, works: Awaited<ReturnType<typeof policiesOf>>): LinkedClause | null {
	const work = works.get(w);
	if (!work) return null;
	const address = versionAddress(work, version);
	return {
		workId: w,
		expressionId: e,
		eId: p,
		work,
		day: version.day,
		address: p === '' ? address : `${address}/${p}`,
	};
}
