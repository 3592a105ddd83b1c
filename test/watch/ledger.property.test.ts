import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Day } from '#kernel/day.ts';
import { type Ledger, ledger } from '#watch/ledger.ts';
import type { List, ListKind, Row } from '#watch/list.ts';
import type { Overrule } from '#watch/overrule.ts';
import { readSheet } from '#watch/read/sheet.ts';
import { score } from '../../bench/watch/score.ts';
import { hashOf } from './lists.ts';

const FOLDER = '../shared/data/287g';
const present = existsSync(`${FOLDER}/truth_events.csv`);
if (!present) console.log(`skipped: the real captures are not at ${FOLDER}`);

const AGENCIES = [
	"Walker County Sheriff's Office",
	'Walker County Sheriff’s Department',
	"Waller County Sheriff's Office",
	'Fort Bend Police Department',
	'Ft. Bend PD',
	'City of Fort Bend Police Department',
	'Melbourne Police Department',
	'Melbourne Beach Police Department',
	'Department of Public Safety / THP',
	'',
	'’’ ,',
	'🚓',
];

const row = fc.record({
	state: fc.constantFrom('TEXAS', 'Texas', 'TX', 'FLORIDA', 'UTAHJ', 'UTAH', '', 'NOWHERE'),
	agency: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...AGENCIES) }, { weight: 1, arbitrary: fc.string() }),
	type: fc.constantFrom('County', 'Municipality', null),
	county: fc.constantFrom('Walker County', 'Waller', '', null),
	model: fc.constantFrom('TFM', 'JEM', 'WSO', 'TFM', null),
	signed: fc.constantFrom('2025-02-26', '2025-02-27', '2024-02-26', '2025-06-01', '2020-06-08', null),
	href: fc.constantFrom(
		null,
		'https://ice.gov/WalkerCoTX_WSO_MOA_022625.pdf',
		'https://ice.gov/a.pdf',
		'https://ice.gov/%E0%A4/',
		'#',
	),
});

const list = fc
	.record({
		kind: fc.constantFrom<ListKind>('participating', 'participating', 'pending'),
		day: fc.integer({ min: 0, max: 300 }),
		rows: fc.array(row, { maxLength: 12 }),
	})
	.map(
		({ kind, day, rows }): List => ({
			sha256: hashOf(JSON.stringify([kind, day, rows])),
			kind,
			modified: new Date(Date.UTC(2025, 0, 1) + day * 86_400_000).toISOString().replace('.000', ''),
			problems: [],
			rows: rows.map(
				({ href, ...rest }, i): Row => ({
					...rest,
					row: i + 2,
					signed: (kind === 'pending' ? null : rest.signed) as Day | null,
					moa: href === null ? null : { text: 'link', href },
					addendum: null,
					cells: { STATE: rest.state, 'LAW ENFORCEMENT AGENCY': rest.agency },
				}),
			),
		}),
	);

const lists = fc.array(list, { maxLength: 9 });
const printed = fc.record({
	state: fc.constantFrom('TEXAS', 'FLORIDA', 'UTAH'),
	agency: fc.constantFrom(...AGENCIES),
	model: fc.constantFrom('TFM', 'JEM', 'WSO'),
	signed: fc.constantFrom('2025-02-26' as Day, '2025-06-01' as Day, null),
});
const names = fc.array(fc.constantFrom(...AGENCIES), { maxLength: 3 });
const overrule: fc.Arbitrary<Overrule> = fc.oneof(
	fc.record({
		id: fc.uuid(),
		reason: fc.string(),
		kind: fc.constantFrom('alias', 'split'),
		state: fc.constant('TEXAS'),
		names,
	}),
	fc.record({ id: fc.uuid(), reason: fc.string(), kind: fc.constant('merge'), from: printed, into: printed }),
	fc.record({
		id: fc.uuid(),
		reason: fc.string(),
		kind: fc.constant('date'),
		row: printed,
		day: fc.constant('2025-03-01' as Day),
	}),
	fc.record({ id: fc.uuid(), reason: fc.string(), kind: fc.constant('removal'), row: printed }),
) as fc.Arbitrary<Overrule>;

/** What holds of every ledger, whatever the lists. */
function holds(made: Ledger, from: readonly List[], overruled: boolean): void {
	const bySha = new Map(from.map((l) => [l.sha256, l]));
	const agencies = new Set(made.agencies.map((a) => a.id));
	const agreements = new Set(made.agreements.map((a) => a.id));
	for (const all of [made.events, made.agencies, made.agreements, made.applications, made.reviews]) {
		expect(new Set(all.map((record) => record.id)).size).toBe(all.length);
	}
	const former = [...made.agencies, ...made.agreements, ...made.applications].flatMap((record) => record.formerIds);
	expect(former.filter((id) => agencies.has(id) || agreements.has(id))).toEqual([]);
	expect(new Set(former).size).toBe(former.length);
	for (const agreement of [...made.agreements, ...made.applications]) {
		expect(agencies.has(agreement.agencyId)).toBe(true);
		expect(agreement.firstListed <= agreement.lastListed).toBe(true);
		const shown = bySha.get(agreement.sha256);
		expect(shown?.modified).toBe(agreement.lastListed);
		expect(shown?.rows.some((r) => r.row === agreement.row)).toBe(true);
	}
	let at = '';
	for (const event of made.events) {
		expect(event.at >= at).toBe(true);
		at = event.at;
		expect(agencies.has(event.agencyId)).toBe(true);
		if (event.agreementId !== null) expect(agreements.has(event.agreementId)).toBe(true);
		const last = event.evidence.at(-1);
		expect(bySha.get(last?.sha256 ?? '')?.modified).toBe(event.at);
		expect(bySha.get(last?.sha256 ?? '')?.kind).toBe(event.list);
		for (const piece of event.evidence) {
			const where = bySha.get(piece.sha256);
			expect(where).toBeDefined();
			if (piece.row !== null) expect(where?.rows.find((r) => r.row === piece.row)?.cells).toEqual(piece.cells);
		}
		const absent = event.evidence.filter((piece) => piece.row === null).map((piece) => piece.sha256);
		if (event.kind === 'removed' && !overruled) expect(new Set(absent).size).toBe(2);
		if (['missing', 'removed', 'application_gone', 'granted'].includes(event.kind)) expect(last?.row).toBeNull();
	}
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
	return items
		.map((item, i) => ({ item, by: hashOf(`${seed} ${i}`) }))
		.sort((a, b) => (a.by < b.by ? -1 : 1))
		.map(({ item }) => item);
}

describe('whatever the lists', () => {
	test('the ledger is made, and what must hold of it holds', () => {
		fc.assert(
			fc.property(lists, (from) => holds(ledger(from), from, false)),
			{ numRuns: 400 },
		);
	});

	test('whatever a person says, it is made, and what must hold of it holds', () => {
		fc.assert(
			fc.property(lists, fc.array(overrule, { maxLength: 4 }), (from, said) => holds(ledger(from, said), from, true)),
			{ numRuns: 300 },
		);
	});

	test('the same lists in any order, or again, give the same ledger', () => {
		fc.assert(
			fc.property(lists, fc.array(overrule, { maxLength: 3 }), fc.nat(), (from, said, seed) => {
				const made = ledger(from, said);
				expect(ledger(shuffled([...from, ...from.slice(0, 2)], seed), shuffled(said, seed))).toEqual(made);
			}),
			{ numRuns: 200 },
		);
	});

	test('the lists are read, not written', () => {
		fc.assert(
			fc.property(lists, (from) => {
				const before = structuredClone(from);
				ledger(from);
				expect(from).toEqual(before);
			}),
			{ numRuns: 100 },
		);
	});
});

describe.skipIf(!present)('the captures of May to July 2025', () => {
	const files = present ? captured() : [];
	const real = files.map((file) => file.list);
	const clean = ledger(real);

	test('give the events that a careful reading finds, and no removal', () => {
		const found = score({ events: clean.events }, files, readFileSync(`${FOLDER}/truth_events.csv`, 'utf8'));
		expect(found.missed).toEqual([]);
		// Two counties put right are events here, and attribute changes in the reading.
		expect(found.falseAlarms.map((line) => line.match(/corrected (.*) \w{3} {2}>/)?.[1])).toEqual([
			"PENNSYLVANIA Bradford County Sheriff's Office",
			"MARYLAND Allegany County Sheriff's Office",
		]);
		expect(clean.events.filter((event) => event.kind === 'removed')).toEqual([]);
		expect(clean.quarantined).toEqual([]);
	});

	test('hold what must hold', () => holds(clean, real, false));

	test('give the same ledger in any order, and twice', () => {
		for (const seed of [1, 2]) expect(ledger(shuffled([...real, ...real], seed))).toEqual(clean);
	});

	test('any half of them gives a ledger without a removal', () => {
		for (const seed of [1, 2, 3]) {
			const half = shuffled(real, seed).slice(0, 21);
			const made = ledger(half);
			holds(made, half, false);
			expect(made.events.filter((event) => event.kind === 'removed')).toEqual([]);
		}
	});

	test('rows that one list drops, or misspells, or dates another way, are never removed', () => {
		const [, , , , victim] = real
			.filter((l) => l.kind === 'participating')
			.sort((a, b) => (a.modified < b.modified ? -1 : 1));
		const change = (to: (row: Row, i: number) => Row[]): Ledger =>
			ledger(real.map((l) => (l === victim ? { ...l, rows: l.rows.flatMap(to) } : l)));
		const every = (n: number, to: (row: Row) => Row[]) => (r: Row, i: number) => (i % n === 0 ? to(r) : [r]);
		const damaged = [
			change(every(40, () => [])),
			change(every(10, (r) => [{ ...r, agency: `${r.agency.slice(0, 3)}${r.agency.slice(4)}` }])),
			change(every(10, (r) => [{ ...r, agency: r.agency.slice(0, -2) }])),
			change(every(10, (r) => [{ ...r, signed: null }])),
			change(every(10, (r) => [{ ...r, state: 'OHIO' }])),
			change(every(10, (r) => [{ ...r, model: null }])),
			change(every(2, () => [])),
		];
		for (const made of damaged) expect(made.events.filter((event) => event.kind === 'removed')).toEqual([]);
		expect(damaged.map((made) => made.quarantined.length)).toEqual([0, 0, 0, 0, 0, 0, 1]);
	});
});

function captured() {
	const root = join(FOLDER, 'sheets');
	return readdirSync(root).flatMap((folder) =>
		readdirSync(join(root, folder)).map((name) => {
			const bytes = readFileSync(join(root, folder, name));
			const sha256 = createHash('sha256').update(bytes).digest('hex');
			const read = readSheet(bytes, sha256);
			if ('refused' in read) throw new Error(`${name}: ${read.detail}`);
			return { folder, name, sha256, list: read };
		}),
	);
}
