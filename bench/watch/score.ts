import type { Event, EventKind } from '../../src/watch/event.ts';
import { foldName } from '../../src/watch/identity/name.ts';
import { stateOf } from '../../src/watch/identity/state.ts';
import type { Ledger } from '../../src/watch/ledger.ts';
import type { Model } from '../../src/watch/model.ts';
import { parseCsv } from './csv.ts';

/** Where a list was captured. */
export interface Captured {
	readonly folder: string;
	readonly name: string;
	readonly sha256: string;
}

/** Recall and precision of one kind of event. Arguable truth rows, and events that match one, are in no figure. */
export interface KindScore {
	readonly kind: EventKind;
	readonly truth: number;
	readonly recalled: number;
	readonly found: number;
	readonly correct: number;
}

export interface Score {
	readonly kinds: readonly KindScore[];
	readonly recall: number;
	readonly precision: number;
	/** Events `removed` that no truth row bears out. */
	readonly falseRemovals: number;
	readonly missed: readonly string[];
	readonly falseAlarms: readonly string[];
	/** Rows marked JUDGEMENT, each with what the ledger says. */
	readonly arguable: readonly string[];
}

/** What the ledger may call each truth kind, best first. */
const MEANS: Readonly<Record<string, readonly EventKind[]>> = {
	added: ['listed', 'renewed', 'model_switched'],
	removed: ['removed', 'model_switched'],
	renewed: ['renewed'],
	model_switched: ['model_switched'],
	renamed: ['corrected'],
	spelling_changed: ['corrected'],
	spelling_corrected: ['corrected'],
	date_corrected: ['corrected'],
	date_changed: ['corrected'],
	state_corrected: ['corrected'],
	relabelled_agency: ['relabelled', 'corrected'],
	duplicate_row_added: ['duplicate_row'],
	duplicate_row_removed: ['duplicate_row'],
	pending_added: ['applied'],
	pending_to_participating: ['granted'],
	pending_withdrawn: ['application_gone'],
	reverted_to_pending: ['returned_to_pending'],
};

/** Kinds that a truth row could bear out: one of these without a row is a false alarm. */
const SCORED: readonly EventKind[] = [
	'listed',
	'renewed',
	'model_switched',
	'removed',
	'corrected',
	'relabelled',
	'duplicate_row',
	'applied',
	'granted',
	'application_gone',
	'returned_to_pending',
];

type Fields = Readonly<Record<string, string>>;

interface Truth {
	readonly fields: Fields;
	readonly sha256: string;
	readonly kinds: readonly EventKind[];
	readonly arguable: boolean;
}

/**
 * Holds the events of a ledger against the careful reading (`truth_events.csv`). A row is matched by one event of a kind
 * it may be called, dated to the list of its `to_snapshot`, of the same state, model and printed name; a signing date
 * that differs is the worse match. Baseline events are no one's claim.
 */
export function score(made: Pick<Ledger, 'events'>, files: readonly Captured[], truthCsv: string): Score {
	const truths = readTruth(truthCsv, files);
	const events = made.events.filter((event) => !event.baseline && SCORED.includes(event.kind));
	const matches = match(truths, events);
	const borneOut = new Map([...matches].map(([truth, event]) => [event, truth]));
	const missed = truths.filter((truth) => !truth.arguable && !matches.has(truth));
	const falseAlarms = events.filter((event) => !borneOut.has(event));
	const counted = events.filter((event) => !borneOut.get(event)?.arguable);
	const kinds = SCORED.map((kind): KindScore => {
		const rows = truths.filter((truth) => !truth.arguable && truth.kinds[0] === kind);
		const found = counted.filter((event) => event.kind === kind);
		return {
			kind,
			truth: rows.length,
			recalled: rows.filter((truth) => matches.has(truth)).length,
			found: found.length,
			correct: found.filter((event) => borneOut.has(event)).length,
		};
	});
	const sum = (field: 'truth' | 'recalled' | 'found' | 'correct') => kinds.reduce((n, kind) => n + kind[field], 0);
	return {
		kinds: kinds.filter((kind) => kind.truth + kind.found > 0),
		recall: sum('truth') === 0 ? 1 : sum('recalled') / sum('truth'),
		precision: sum('found') === 0 ? 1 : sum('correct') / sum('found'),
		falseRemovals: falseAlarms.filter((event) => event.kind === 'removed').length,
		missed: missed.map((truth) => `missed       ${show(truth.fields)}`),
		falseAlarms: falseAlarms.map((event) => `false alarm  ${showEvent(event)}`),
		arguable: truths
			.filter((truth) => truth.arguable)
			.map((truth) => {
				const event = matches.get(truth);
				return `${show(truth.fields)}\n    ledger: ${event ? showEvent(event) : 'no such event'}`;
			}),
	};
}

function readTruth(csv: string, files: readonly Captured[]): Truth[] {
	const sheets = new Map(
		files.map(({ folder, name, sha256 }) => [
			`${folder} ${/pending/i.test(name) ? 'pending' : 'participating'}`,
			sha256,
		]),
	);
	return parseCsv(csv).map((fields) => ({
		fields,
		sha256: sheets.get(`${fields.to_snapshot} ${fields.list}`) ?? '',
		kinds: MEANS[fields.kind ?? ''] ?? [],
		arguable: (fields.note ?? '').includes('JUDGEMENT'),
	}));
}

/** Each truth row with the best event that no other row took; rows that agree on the date choose first. */
function match(truths: readonly Truth[], events: readonly Event[]): Map<Truth, Event> {
	const byList = new Map<string, Event[]>();
	for (const event of events) {
		const key = `${event.evidence.at(-1)?.sha256} ${event.state}`;
		byList.set(key, [...(byList.get(key) ?? []), event]);
	}
	const matches = new Map<Truth, Event>();
	const taken = new Set<Event>();
	for (const exact of [true, false]) {
		for (const truth of truths) {
			if (matches.has(truth)) continue;
			const state = stateOf(truth.fields.state ?? '').name;
			const here = byList.get(`${truth.sha256} ${state}`) ?? [];
			const event = here.find((candidate) => !taken.has(candidate) && fits(truth, candidate, exact));
			if (!event) continue;
			matches.set(truth, event);
			taken.add(event);
		}
	}
	return matches;
}

function fits({ fields, kinds }: Truth, event: Event, exact: boolean): boolean {
	if (!kinds.includes(event.kind)) return false;
	const models: readonly (Model | null)[] = [event.model, event.modelBefore];
	if (!models.includes((fields.model_new || fields.model_old) as Model)) return false;
	const printed = [event.agency, event.agencyBefore].flatMap((name) => (name ? [foldName(name)] : []));
	if (![fields.agency_new, fields.agency_old].some((name) => name && printed.includes(foldName(name)))) return false;
	return !exact || (fields.signed_new || fields.signed_old || null) === event.signed;
}

function show(fields: Fields): string {
	const name = fields.agency_new || fields.agency_old;
	return `${fields.to_snapshot} ${fields.kind} ${fields.state} ${name} ${fields.model_new || fields.model_old} ${fields.signed_old ?? ''} > ${fields.signed_new ?? ''} ${fields.note ?? ''}`;
}

function showEvent(event: Event): string {
	const before = event.agencyBefore ? ` (before: ${event.agencyBefore})` : '';
	return `${event.at} ${event.kind} ${event.state} ${event.agency}${before} ${event.model} ${event.signedBefore ?? ''} > ${event.signed ?? ''} (${event.confidence})`;
}
