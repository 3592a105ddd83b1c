import { sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import { isoSecond } from '#kernel/day.ts';
import type { Tx, World } from '#platform/world.ts';
import type { Cause } from './event.ts';
import type { Difference } from './replace.server.ts';

/** A published sentence that no longer stands as it stood. */
export interface Correction {
	readonly id: string;
	/** Instant of the rebuild, ISO UTC. */
	readonly at: string;
	readonly eventId: string;
	/** The event that stands in its place: its own id where only the sentence changed; null where none does. */
	readonly replacedBy: string | null;
	readonly before: { readonly en: string; readonly es: string };
	/** Null where nothing stands in its place. */
	readonly after: { readonly en: string; readonly es: string } | null;
	readonly cause: Cause;
	/** What people gave as their reason, for decisions that were made and for decisions that were taken back. */
	readonly reason: string | null;
	readonly takenBack: string | null;
}

export interface CorrectionPage {
	readonly rows: readonly Correction[];
	/** From 1; a page past the last answers with the last. */
	readonly page: number;
	readonly pages: number;
	readonly total: number;
}

/** Corrections of one page: about four screens of a phone. */
const PER_PAGE = 25;

/** Newest first. */
export async function corrections(page: number, world: Pick<World, 'db'>): Promise<CorrectionPage> {
	return world.db.as(VISITOR, async (tx) => {
		const counted = await sql<{ total: number }>`
			select count(*)::integer as total from watch_correction`.execute(tx);
		const total = counted.rows[0]?.total ?? 0;
		const pages = Math.max(1, Math.ceil(total / PER_PAGE));
		const shown = Math.min(page, pages);
		const rows = await tx
			.selectFrom('watch_correction')
			.selectAll()
			.orderBy('at', 'desc')
			.orderBy('id')
			.limit(PER_PAGE)
			.offset((shown - 1) * PER_PAGE)
			.execute();
		return { rows: rows.map(viewed), page: shown, pages, total };
	});
}

function viewed(row: {
	id: string;
	at: Date;
	event_id: string;
	replaced_by: string | null;
	before_en: string;
	before_es: string;
	after_en: string | null;
	after_es: string | null;
	cause: string;
	reason: string | null;
	taken_back: string | null;
}): Correction {
	const { after_en, after_es } = row;
	return {
		id: row.id,
		at: isoSecond(row.at),
		eventId: row.event_id,
		replacedBy: row.replaced_by,
		before: { en: row.before_en, es: row.before_es },
		after: after_en === null || after_es === null ? null : { en: after_en, es: after_es },
		cause: row.cause as Cause,
		reason: row.reason,
		takenBack: row.taken_back,
	};
}

/** What a standing event says, before a rebuild changes it. */
interface Standing {
	readonly id: string;
	readonly kind: string;
	readonly statement_en: string;
	readonly statement_es: string;
	/** State, models and dates: what the sentence is made of. */
	readonly facts: string;
	/** The agency and the agreement that it counts to. */
	readonly whose: string;
	/** Digest of the rows it rests on. */
	readonly rests: string;
}

const FACTS = sql`id, kind, statement_en, statement_es,
	jsonb_build_array(at, state_code, agency, agency_before, model, model_before, signed, signed_before)::text as facts,
	jsonb_build_array(agency_id, agreement_id)::text as whose, md5(evidence::text) as rests`;

/** Every standing event by its id. */
export async function standing(tx: Tx): Promise<ReadonlyMap<string, Standing>> {
	const found = await sql<Standing>`select ${FACTS} from watch_event where withdrawn_at is null`.execute(tx);
	return new Map(found.rows.map((row) => [row.id, row]));
}

interface Occasion {
	readonly at: Date;
	readonly cause: Cause;
	readonly made: string | null;
	readonly takenBack: string | null;
}

/**
 * Writes down what a rebuild corrected, by the rule of docs/watch/corrections.md. Called when the withdrawn events
 * know their successors.
 * @param before what stood before the rebuild
 */
export async function note(
	before: ReadonlyMap<string, Standing>,
	{ changed, vanished }: Difference,
	occasion: Occasion,
	tx: Tx,
): Promise<void> {
	const { at, cause, made, takenBack } = occasion;
	const why = sql`${at}, ${cause}, ${made}, ${takenBack}`;
	// A row called missing is settled by later lists, and a first list stops being the first when an older one comes in: both
	// sentences said no more than that. Nothing in their place is told all the same.
	await sql`
		insert into watch_correction (id, at, cause, reason, taken_back, event_id, replaced_by, before_en, before_es, after_en, after_es)
		select gen_random_uuid(), ${why}, old.id, old.replaced_by, old.statement_en, old.statement_es, new.statement_en, new.statement_es
		from watch_event old left join watch_event new on new.id = old.replaced_by
		where old.id = any(${vanished})
			and not (${cause}::text = 'lists' and new.id is not null and (old.kind = 'missing' or old.baseline))`.execute(tx);
	if (cause === 'lists' || changed.length === 0) return;

	const now = await sql<Standing>`select ${FACTS} from watch_event where id = any(${changed})`.execute(tx);
	const told = now.rows.flatMap((event) => {
		const old = before.get(event.id);
		if (!old || !corrects(old, event, cause)) return [];
		const { id, statement_en: after_en, statement_es: after_es } = event;
		return [{ id, before_en: old.statement_en, before_es: old.statement_es, after_en, after_es }];
	});
	await sql`
		insert into watch_correction (id, at, cause, reason, taken_back, event_id, replaced_by, before_en, before_es, after_en, after_es)
		select gen_random_uuid(), ${why}, x.id, x.id, x.before_en, x.before_es, x.after_en, x.after_es
		from jsonb_to_recordset(${JSON.stringify(told)}::jsonb)
			as x(id text, before_en text, before_es text, after_en text, after_es text)`.execute(tx);
}

/** Newer rules may word a sentence anew and make other ids; only what they read otherwise is a correction. */
function corrects(old: Standing, now: Standing, cause: Cause): boolean {
	if (old.facts !== now.facts) return true;
	if (cause !== 'overrule') return false;
	if (old.whose !== now.whose) return true;
	// With the same rows another sentence is only another wording, of a version that came with the decision.
	return old.kind !== 'missing' && old.rests !== now.rests && old.statement_en !== now.statement_en;
}
