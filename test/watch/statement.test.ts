import { describe, expect, test } from 'vitest';
import { EVENT_KINDS } from '#watch/event.ts';
import { ledger } from '#watch/ledger.ts';
import type { List } from '#watch/list.ts';
import { statement } from '#watch/statement.ts';
import { crowd, participating, pending } from './lists.ts';

/** A short series in which every kind of event happens. */
function everything(): List[] {
	const sheriff = (name: string, model: string, rest: string) =>
		`TEXAS | ${name} County Sheriff's Office | ${model} | ${rest}`;
	const okaloosa = 'FLORIDA | Okaloosa County';
	const first = [
		sheriff('Coke', 'JEM', '2020-06-08 | coke'),
		sheriff('Reeves', 'WSO', '2025-05-22'),
		sheriff('Kerr', 'WSO', '2025-05-20'),
		sheriff('Presidio', 'WSO', '2025-05-20'),
		sheriff('Uvalde', 'WSO', '2025-05-20'),
		sheriff('Zapata', 'WSO', '2025-05-20'),
		sheriff('Medina', 'WSO', '2025-05-20'),
		`${okaloosa} Sheriff's Office | TFM | 2025-02-26`,
		`${okaloosa} Sheriff's Office | WSO | 2025-02-26 | okaloosaCoCommishBoard_WSO`,
	];
	const then = [
		sheriff('Coke', 'JEM', '2025-06-03 | coke2'),
		sheriff('Reeves', 'TFM', '2025-06-02'),
		sheriff('Kerr', 'WSO', '2025-05-21 | KerrCoTX_WSO_MOA_05212025'),
		sheriff('Medina', 'WSO', '2025-05-20 | KerrCoSheriffTX_WSO_MOA_05212025'),
		sheriff('Medina', 'WSO', '2025-05-20 | KerrCoSheriffTX_WSO_MOA_05212025'),
		sheriff('Nolan', 'TFM', '2025-06-04'),
		`${okaloosa} Sheriff's Office | TFM | 2025-02-26`,
		`${okaloosa} Department of Corrections | WSO | 2025-02-26 | okaloosaCoCommishBoard_WSO`,
	];
	const withAddendum = (list: List): List => ({
		...list,
		rows: list.rows.map((row) =>
			row.agency.startsWith('Nolan')
				? { ...row, addendum: { text: 'addendum', href: 'https://www.ice.gov/a.pdf' } }
				: row,
		),
	});
	return [
		pending('2025-06-01', "TEXAS | Nolan County Sheriff's Office | TFM", 'TEXAS | Jeff Davis County Jail | JEM'),
		participating('2025-06-01', ...crowd(), ...first),
		pending('2025-06-08', "TEXAS | Zapata County Sheriff's Office | WSO"),
		participating('2025-06-08', ...crowd(), ...then),
		pending('2025-06-15', "TEXAS | Zapata County Sheriff's Office | WSO"),
		withAddendum(participating('2025-06-15', ...crowd(), ...then)),
		participating('2025-06-22', ...crowd(), ...then.slice(1), sheriff('Uvalde', 'WSO', '2025-05-20')),
	];
}

const { events } = ledger(everything());

describe('the one sentence of an event', () => {
	test('is there for every kind', () => {
		expect(new Set(events.map((event) => event.kind))).toEqual(new Set(EVENT_KINDS));
	});

	test.each([...EVENT_KINDS])(
		'%s: one sentence in each language, with the agency, the day and no claim of ours',
		(kind) => {
			for (const event of events.filter((e) => e.kind === kind)) {
				const { en, es } = statement(event);
				for (const text of [en, es]) {
					expect(text).toMatch(/^[^\n]+\.$/);
					expect(text).toContain(event.agency);
					expect(text).not.toMatch(/undefined|null|NaN|\d{4}-\d\d-\d\d/);
				}
				expect(en).not.toMatch(/terminat|withdrew|withdrawn|in force|cancel|\bended\b|was signed|has signed/i);
				expect(es).not.toMatch(/terminó|rescindi|se retiró|en vigor|cancel|fue firmado/i);
				expect(en).toMatch(/\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}/);
				expect(es).toMatch(/\d{1,2} (ene|feb|mar|abr|may|jun|jul|ago|sept|oct|nov|dic) \d{4}/);
				expect(es).not.toBe(en);
			}
		},
	);

	test.each<[string, string, string]>([
		[
			'listed',
			'Nolan',
			"Listed: Nolan County Sheriff's Office (Texas), task force model, first listed 8 Jun 2025 (signing date on the list: 4 Jun 2025).",
		],
		[
			'corrected',
			'Kerr',
			"Row changed: for Kerr County Sheriff's Office (Texas), warrant service officer model, the list of 8 Jun 2025 prints the signing date 21 May 2025 (before: 20 May 2025).",
		],
		[
			'removed',
			'Presidio',
			"No longer on the list: Presidio County Sheriff's Office (Texas), warrant service officer model, is not on the list of 8 Jun 2025 nor on the next one (signing date on the last list that held it: 20 May 2025).",
		],
		[
			'missing',
			'Uvalde',
			"Missing: Uvalde County Sheriff's Office (Texas), warrant service officer model, is not on the list of 8 Jun 2025; a later list shows it again.",
		],
		[
			'granted',
			'Nolan',
			"From pending to participating: Nolan County Sheriff's Office (Texas), task force model, is no longer on the pending list of 8 Jun 2025 and is on the participating list (signing date on the list: 4 Jun 2025).",
		],
	])('%s of %s', (kind, name, text) => {
		const event = events.find((e) => e.kind === kind && !e.baseline && e.agency.startsWith(name));
		expect(event && statement(event).en).toBe(text);
	});
});
