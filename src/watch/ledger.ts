import type { Agency } from './agency.ts';
import type { Agreement, Application } from './agreement.ts';
import type { Event } from './event.ts';
import { type Body, bodiesOf } from './identity/body.ts';
import { rulingsOf } from './identity/rulings.ts';
import type { List, ListKind } from './list.ts';
import type { Model } from './model.ts';
import type { Overrule } from './overrule.ts';
import type { Review } from './review.ts';
import { type Book, openBook } from './trail/book.ts';
import { acceptParticipating, planParticipating } from './trail/participating.ts';
import { acceptPending, planPending } from './trail/pending.ts';
import { eventsOf, reviewsOf } from './trail/record.ts';
import { registerOf } from './trail/register.ts';
import { type Issue, seriesOf } from './trail/series.ts';
import { settle } from './trail/settle.ts';
import type { Seen } from './trail/track.ts';

/** Version of the rules: a stored ledger made by older rules is made again. */
export const RULES = 4;

/** A list that takes no part until a person releases it. */
export interface Quarantine {
	readonly sha256: string;
	readonly kind: ListKind;
	/** Rows of the last accepted list that vanished unexplained, and how many that list held. */
	readonly unexplained: number;
	readonly of: number;
}

/** One accepted list in numbers. */
export interface ListFigures {
	readonly sha256: string;
	readonly kind: ListKind;
	readonly modified: string;
	/** Rows that take part. */
	readonly rows: number;
	/** Agreements (or applications) on it: rows without their duplicates. */
	readonly agreements: number;
	readonly duplicateRows: number;
	readonly byModel: Readonly<Record<Model, number>>;
	readonly agencies: number;
	readonly states: number;
	/** The same in each state that the list names, by USPS code. */
	readonly byState: readonly StateFigures[];
}

/** One accepted list in one state. */
export interface StateFigures {
	readonly stateCode: string;
	readonly agreements: number;
	readonly byModel: Readonly<Record<Model, number>>;
	readonly agencies: number;
}

export interface Ledger {
	readonly agencies: readonly Agency[];
	readonly agreements: readonly Agreement[];
	readonly applications: readonly Application[];
	/** Oldest first; within a list by row. */
	readonly events: readonly Event[];
	readonly quarantined: readonly Quarantine[];
	readonly reviews: readonly Review[];
	/** One for each accepted list, oldest first. */
	readonly figures: readonly ListFigures[];
}

/** What a person may set about the reading. */
export interface Settings {
	/** A list is quarantined when more than this share of the last list, and at least `least` rows, vanish unexplained. */
	readonly plausibleLoss: Readonly<Record<ListKind, number>>;
	readonly least: number;
}

/** On 2025-06-18 the pending list rightly lost 52 of 93 rows at once, nearly all granted; the participating list never lost one in ten. */
const SETTINGS: Settings = { plausibleLoss: { participating: 0.1, pending: 0.5 }, least: 20 };

/**
 * The ledger of a set of lists: a pure, total function of the set. The same lists in any order, or again, give the same
 * ledger; leaving an overrule out gives the ledger that stood before it.
 */
export function ledger(
	lists: readonly List[],
	overrules: readonly Overrule[] = [],
	settings: Settings = SETTINGS,
): Ledger {
	const rulings = rulingsOf(overrules);
	const bodies = bodiesOf(rulings);
	const book = openBook(bodies, rulings, seriesOf(lists, bodies, rulings));
	for (const issue of book.series.issues) readIssue(book, issue, settings);
	const settled = settle(book);
	const register = registerOf(book, settled);
	return {
		agencies: register.agencies,
		agreements: register.agreements,
		applications: register.applications,
		events: eventsOf(book, register),
		quarantined: quarantinesOf(book),
		reviews: reviewsOf(book, register),
		figures: figuresOf(book),
	};
}

/** Plans, judges and accepts one list. A quarantined list leaves the book as it was. */
function readIssue(book: Book, issue: Issue, settings: Settings): void {
	const { kind, sha256 } = issue.list;
	const of = book.shelves[kind].lines.size;
	const suspicious = (unexplained: number): boolean => {
		const released = book.rulings.released(sha256);
		const suspect = !released && unexplained >= settings.least && unexplained > of * settings.plausibleLoss[kind];
		if (suspect) book.quarantined.set(issue.position, { unexplained, of });
		return suspect;
	};
	if (kind === 'participating') {
		const plan = planParticipating(book, issue);
		if (!suspicious(plan.unexplained.length)) acceptParticipating(book, plan);
	} else {
		const plan = planPending(book, issue);
		if (!suspicious(plan.unexplained.length)) acceptPending(book, plan);
	}
}

function quarantinesOf(book: Book): Quarantine[] {
	return [...book.quarantined].flatMap(([position, judged]) => {
		const list = book.series.issues[position]?.list;
		return list ? [{ sha256: list.sha256, kind: list.kind, ...judged }] : [];
	});
}

function figuresOf(book: Book): ListFigures[] {
	return [...book.standing].flatMap(([position, standing]) => {
		const issue = book.series.issues[position];
		if (!issue) return [];
		const { sha256, kind, modified } = issue.list;
		const [rows, agreements] = [issue.rows.length, standing.length];
		const states = new Set(standing.map(({ spelling }) => spelling.body.state));
		const byCode = new Map<string, Seen[]>();
		for (const seen of standing) {
			const { code } = seen.spelling.body.state;
			const there = byCode.get(code);
			if (there) there.push(seen);
			else byCode.set(code, [seen]);
		}
		const byState = [...byCode].map(([stateCode, there]) => ({
			stateCode,
			agreements: there.length,
			...countsOf(there, book),
		}));
		const counts = { rows, agreements, duplicateRows: rows - agreements, ...countsOf(standing, book) };
		return [{ sha256, kind, modified, ...counts, states: states.size, byState }];
	});
}

function countsOf(standing: readonly Seen[], book: Book): Pick<ListFigures, 'byModel' | 'agencies'> {
	const byModel: Record<Model, number> = { TFM: 0, JEM: 0, WSO: 0 };
	const agencies = new Set<Body>();
	for (const { model, spelling } of standing) {
		byModel[model]++;
		agencies.add(book.bodies.root(spelling.body));
	}
	return { byModel, agencies: agencies.size };
}
