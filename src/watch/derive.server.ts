import { sql } from 'kysely';
import { append } from '#platform/journal.server.ts';
import type { Tx } from '#platform/world.ts';
import { note, standing } from './correction.server.ts';
import type { Cause, Event } from './event.ts';
import type { Ledger } from './ledger.ts';
import { type Derived, type Difference, replace } from './replace.server.ts';
import { statement } from './statement.ts';

/** Why a person decided otherwise since the last rebuild; null where nobody did. */
export interface Reasons {
	/** Given with decisions that are new. */
	readonly made: string | null;
	/** Given with decisions that were taken back. */
	readonly takenBack: string | null;
}

const NOTHING: Awaited<ReturnType<typeof standing>> = new Map();

/** Tables whose vanished rows leave nothing behind. Events do: they are withdrawn. */
const PLAIN = [
	'watch_agency',
	'watch_agreement',
	'watch_application',
	'watch_figure',
	'watch_state_figure',
	'watch_quarantine',
	'watch_review',
] as const;

/**
 * Makes the stored tables hold this ledger. A vanished event stays, withdrawn with its cause and, where one stands in
 * its place, the id of its successor; an id that agencies or agreements had before becomes an alias. The journal gets
 * one entry for each new event and for each withdrawal, and readers get the corrections, in the same transaction; of
 * sample data, which is no news, none.
 */
export async function derive(
	made: Ledger,
	{ cause, reasons, sample }: { readonly cause: Cause; readonly reasons: Reasons; readonly sample: boolean },
	now: Date,
	tx: Tx,
): Promise<{ added: number; changed: number; withdrawn: number }> {
	await alias(made, tx);
	const rows = records(made);
	for (const table of PLAIN) {
		const { vanished } = await replace(table, rows[table], tx);
		if (vanished.length > 0) await sql`delete from ${sql.table(table)} where id = any(${vanished})`.execute(tx);
	}
	const before = sample || cause === 'lists' ? NOTHING : await standing(tx);
	const events = await replace('watch_event', eventRecords(made.events), tx, sql`withdrawn_at is null`);
	await withdraw(events, cause, now, tx);
	if (!sample) {
		await note(before, events, { at: now, cause, ...reasons }, tx);
		await journal(events, made, now, tx);
	}
	return { added: events.inserted.length, changed: events.changed.length, withdrawn: events.vanished.length };
}

function records(made: Ledger): Record<(typeof PLAIN)[number], Derived[]> {
	return {
		watch_agency: made.agencies.map((a) => ({
			id: a.id,
			state: a.state,
			state_code: a.stateCode,
			name: a.name,
			names: a.names,
			kind: a.kind,
			type: a.type,
			county: a.county,
		})),
		watch_agreement: made.agreements.map((a) => ({
			id: a.id,
			agency_id: a.agencyId,
			model: a.model,
			signed: a.signed,
			first_listed: a.firstListed,
			last_listed: a.lastListed,
			standing: a.standing,
			moa: a.moa,
			addendum: a.addendum,
			sha256: a.sha256,
			row: a.row,
		})),
		watch_application: made.applications.map((a) => ({
			id: a.id,
			agency_id: a.agencyId,
			model: a.model,
			first_listed: a.firstListed,
			last_listed: a.lastListed,
			standing: a.standing,
			agreement_id: a.agreementId,
			sha256: a.sha256,
			row: a.row,
		})),
		watch_figure: made.figures.map((f) => ({
			id: f.sha256,
			kind: f.kind,
			modified: f.modified,
			rows: f.rows,
			agreements: f.agreements,
			duplicate_rows: f.duplicateRows,
			tfm: f.byModel.TFM,
			jem: f.byModel.JEM,
			wso: f.byModel.WSO,
			agencies: f.agencies,
			states: f.states,
		})),
		watch_state_figure: made.figures.flatMap((list) =>
			list.byState.map((f) => ({
				id: `${list.sha256}:${f.stateCode}`,
				sha256: list.sha256,
				kind: list.kind,
				modified: list.modified,
				state_code: f.stateCode,
				agreements: f.agreements,
				tfm: f.byModel.TFM,
				jem: f.byModel.JEM,
				wso: f.byModel.WSO,
				agencies: f.agencies,
			})),
		),
		watch_quarantine: made.quarantined.map((q) => ({
			id: q.sha256,
			kind: q.kind,
			unexplained: q.unexplained,
			of: q.of,
		})),
		watch_review: made.reviews.map((r) => ({
			id: r.id,
			reason: r.reason,
			state: r.state,
			agency_ids: r.agencyIds,
			sha256: r.sha256,
			rows: r.rows,
		})),
	};
}

function eventRecords(events: readonly Event[]): Derived[] {
	let at = '';
	let place = 0;
	return events.map((event) => {
		place = event.at === at ? place + 1 : 0;
		at = event.at;
		const { en, es } = statement(event);
		return {
			id: event.id,
			kind: event.kind,
			at: event.at,
			place,
			list: event.list,
			state: event.state,
			state_code: event.stateCode,
			agency_id: event.agencyId,
			agency: event.agency,
			agency_before: event.agencyBefore,
			agreement_id: event.agreementId,
			model: event.model,
			model_before: event.modelBefore,
			signed: event.signed,
			signed_before: event.signedBefore,
			evidence: event.evidence,
			confidence: event.confidence,
			baseline: event.baseline,
			statement_en: en,
			statement_es: es,
			// An event that was withdrawn and is yielded again stands again.
			withdrawn_at: null,
			withdrawn_cause: null,
			replaced_by: null,
		};
	});
}

/** Ids that stop being used keep leading to the record that holds their latest row now. */
async function alias(made: Ledger, tx: Tx): Promise<void> {
	const former = new Map<string, string>();
	for (const { id, formerIds } of [...made.agencies, ...made.agreements])
		for (const old of formerIds) former.set(old, id);

	const byRow = new Map(made.agreements.map((a) => [`${a.sha256} ${a.row}`, a]));
	const standing = new Set([...made.agencies, ...made.agreements].map((record) => record.id));
	const before = await tx.selectFrom('watch_agreement').select(['id', 'agency_id', 'sha256', 'row']).execute();
	for (const old of before) {
		const now = byRow.get(`${old.sha256} ${old.row}`);
		if (!now) continue;
		if (!standing.has(old.id)) former.set(old.id, now.id);
		if (!standing.has(old.agency_id)) former.set(old.agency_id, now.agencyId);
	}
	const aliases = [...former].filter(([old]) => !standing.has(old)).map(([former_id, id]) => ({ former_id, id }));
	if (aliases.length === 0) return;
	await sql`
		insert into watch_alias (former_id, id)
		select former_id, id from jsonb_to_recordset(${JSON.stringify(aliases)}::jsonb) as x(former_id text, id text)
		on conflict (former_id) do update set id = excluded.id where watch_alias.id <> excluded.id`.execute(tx);
	// An alias of an alias leads to where the chain ends; one that points at nothing any more is left for the day it does.
	await sql`
		update watch_alias a set id = b.id from watch_alias b where a.id = b.former_id and a.former_id <> b.id`.execute(tx);
}

/**
 * A withdrawn event is replaced by the event of this rebuild that rests on the same last row, or tells the same kind of
 * the same agreement; null where there is none.
 */
async function withdraw(events: Difference, cause: Cause, now: Date, tx: Tx): Promise<void> {
	if (events.vanished.length === 0) return;
	await sql`
		update watch_event old set withdrawn_at = ${now}, withdrawn_cause = ${cause}, replaced_by = (
			select new.id from watch_event new
			where new.id = any(${events.inserted})
				and new.agency_id in (old.agency_id, (select id from watch_alias where former_id = old.agency_id))
				and ((new.evidence -> -1)::jsonb = (old.evidence -> -1)::jsonb or (new.kind = old.kind and new.agreement_id = old.agreement_id))
			order by new.kind = old.kind desc, new.at, new.place limit 1)
		where old.id = any(${events.vanished})`.execute(tx);
}

/** Events older than the newest list are historic: they came in with older files, and nobody is mailed about them. */
async function journal(events: Difference, made: Ledger, now: Date, tx: Tx): Promise<void> {
	const withdrawals = events.vanished.map((subject) => ({
		noun: 'watch',
		kind: 'event_withdrawn',
		subject,
		at: now,
		historic: false,
	}));
	const fresh = new Set(events.inserted);
	const newest = { participating: '', pending: '' };
	// Of the lists, not of the events: the newest list may have brought none.
	for (const { kind, modified } of made.figures) if (modified > newest[kind]) newest[kind] = modified;
	const entries = made.events
		.filter((event) => fresh.has(event.id))
		.map((event) => ({
			noun: 'watch',
			kind: 'event',
			subject: event.id,
			at: now,
			historic: event.baseline || event.at < newest[event.list],
		}));
	await append([...withdrawals, ...entries], tx);
}
