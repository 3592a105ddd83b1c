import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, test, vi } from 'vitest';
import { behind, NOBODY } from '#coalition/acting.server.ts';
import type { SignedIn } from '../access/signed-in.ts';
import { DECLINED } from '../pages/canaries.ts';
import { DRAFTED } from '../pages/drafted.ts';
import { ground } from './ground.ts';

// The first wall is gone: everybody may do everything, as far as the program is concerned.
vi.mock('#access/can.ts', async (original) => ({
	...(await original<typeof import('#access/can.ts')>()),
	can: () => true,
	demand: () => undefined,
}));

const { world, here, there, people: all, canaries, rowsOf } = await ground();
const people: Readonly<Record<string, SignedIn | { readonly cookie: string } | null>> = all;
const LETTERS = Object.keys(people);
/** Who has no business in the city there, nor in what stewards keep. */
const STRANGERS = ['v', 'n', 'h', 'e', 'm', 'k', 'c', 'b', 'g', 'a'];
const clerk = all.M;

/** Rows for editors that no page shows to anybody else: the walls let stewards and editors read them. */
const OF_EDITORS = /^canary-(law_record|library_law_note|watch_report|journal|blob)-/;

/** What a route needs to find something of the city there; by the folder it lies in. */
const ASKED: Readonly<Record<string, { readonly params?: Record<string, string>; readonly search?: string }>> = {
	'adoption/[draft]': { params: { draft: DRAFTED } },
	'adoption/[draft]/dates': { params: { draft: DRAFTED } },
	'adoption/[draft]/dates.ics': { params: { draft: DRAFTED } },
	'adoption/[draft]/file.[form]': { params: { draft: DRAFTED, form: 'html' } },
	'adoption/[draft]/files': { params: { draft: DRAFTED } },
	'adoption/[draft]/packet': { params: { draft: DRAFTED } },
	'adoption/[draft]/packet/file.docx': { params: { draft: DRAFTED } },
	'adoption/[draft]/counsel': { params: { draft: DRAFTED } },
	'adoption/[draft]/adopted': { params: { draft: DRAFTED } },
	'adoption/[draft]/against': { params: { draft: DRAFTED } },
	'adoption/[draft]/certified': { params: { draft: DRAFTED } },
	'adoption/[draft]/certified/[nth]': { params: { draft: DRAFTED, nth: '1' } },
	'adoption/[draft]/elsewhere': { params: { draft: DRAFTED }, search: 'at=p1' },
	'adoption/[draft]/names': { params: { draft: DRAFTED } },
	'adoption/[draft]/newer': { params: { draft: DRAFTED } },
	'adoption/[draft]/suggestions': { params: { draft: DRAFTED } },
	'adoption/[draft]/remarks': { params: { draft: DRAFTED } },
	'adoption/[draft]/title': { params: { draft: DRAFTED } },
	'adoption/[draft]/versions': { params: { draft: DRAFTED } },
	'api/v1/adoption/drafts/[draft].json': { params: { draft: DRAFTED } },
	'api/v1/adoption/drafts/[draft]/[look].json': { params: { draft: DRAFTED, look: 'comments' } },
	'api/v1/adoption/drafts/[draft]/[deed]': { params: { draft: DRAFTED, deed: 'answer' } },
	'api/v1/adoption/drafts/[draft]/suggestions': { params: { draft: DRAFTED } },
	'api/v1/adoption/drafts/[draft]/packet.json': { params: { draft: DRAFTED } },
	'api/v1/adoption/drafts/[draft]/packet.docx': { params: { draft: DRAFTED } },
	'api/v1/adoption/drafts/[draft]/file.[form]': { params: { draft: DRAFTED, form: 'html' } },
	'adoption/[draft]/write': { params: { draft: DRAFTED } },
	'adoption/[draft]/write/copied': { params: { draft: DRAFTED } },
	'adoption/[draft]/write/save': { params: { draft: DRAFTED } },
	'coalition/[...path]': { params: { path: there.path } },
	'coalition/city/hand-over/[seat]': { params: { seat: clerk.seat ?? '' } },
	'coalition/contact/[seat]': { params: { seat: clerk.seat ?? '' } },
	'coalition/pipeline/[id]': { params: { id: DECLINED } },
	'account/audit': { search: 'check=yes' },
	'concordance/clause/[...path]': { params: { path: 'coalition/walls' } },
	'concordance/clause/[...path]/lineage.[format]': { params: { path: 'coalition/walls', format: 'csv' } },
	'concordance/protection/[code]': { params: { code: 'DET-WARRANT' } },
	'concordance/protection/[code]/lineage.[format]': { params: { code: 'DET-WARRANT', format: 'graphml' } },
	'library/[...path]': { params: { path: 'coalition/walls' } },
	'library/[...path]/coding': { params: { path: 'coalition/walls' } },
	'library/[...path]/compare': { params: { path: 'coalition/walls' } },
	'library/[...path]/history': { params: { path: 'coalition/walls' } },
	'library/[...path]/paper/[nth]': { params: { path: 'coalition/walls', nth: '1' } },
	'library/[...path]/source': { params: { path: 'coalition/walls' } },
	'library/[...path]/download.[extension]': { params: { path: 'coalition/walls', extension: 'json' } },
	'watch/place/[...path]': { params: { path: there.path } },
	'api/v1/concordance/[dataset].[format]': { params: { dataset: 'coverage', format: 'json' } },
	'api/v1/concordance/lineage.graphml': { search: 'of=coalition/walls' },
	'api/v1/law/[dataset].[format]': { params: { dataset: 'records', format: 'json' } },
	'api/v1/library/[dataset].[format]': { params: { dataset: 'search', format: 'json' }, search: 'q=canary' },
	'api/v1/watch/[dataset].[format]': { params: { dataset: 'agencies', format: 'csv' } },
	'api/v1/law/[dataset]/[id].json': { params: { dataset: 'records', id: DECLINED } },
	'api/v1/library/[dataset]/[id].json': { params: { dataset: 'policies', id: DECLINED } },
	'api/v1/watch/[dataset]/[id].json': { params: { dataset: 'agencies', id: DECLINED } },
};

/** Addresses with something in brackets that names nothing of a city: sealed letters, published lists and records of the watch. */
const OF_NO_CITY: readonly string[] = [
	...['account/address/[token]', 'sign-in/lost/new/[token]', 'sign-in/lost/stop/[token]'],
	...['alerts/begin/[token]', 'alerts/yours/[token]', 'invitation/[token]', 'join/confirm/[token]'],
	...['watch/agency/[id]', 'watch/agreement/[id]', 'watch/event/[id]', 'watch/review/[agency]'],
	// A text that an editor laid aside; the list of them is asked for as it is.
	'library/import/[draft]',
	...['watch/lists/[sha256]', 'watch/lists/[sha256]/original', 'watch/lists/[sha256]/rows.csv'],
];

/** What forms are sent with: the ids of whatever is of the city there. */
const sent = (): Record<string, string> => ({
	...{ id: DECLINED, seat: clerk.seat ?? '', open: 'yes', sure: 'yes', approver: 'A stranger', office: 'Stranger' },
	...{ place: here.id, number: '555 0100', site: 'https://example.org', reason: 'None', kind: 'member' },
	...{ day: '2026-03-01', role: 'member', name: 'A stranger', email: 'stranger@example.org', city: there.id },
});

type Work = (event: unknown) => unknown;
interface Route {
	readonly load?: Work;
	readonly GET?: Work;
	readonly POST?: Work;
	readonly actions?: Readonly<Record<string, Work>>;
}
const ROUTES = join(import.meta.dirname, '../../src/routes');
const folders = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })
	.filter((path) => /\+(page|layout)?\.?server\.ts$/.test(path))
	.sort();
const routes: ReadonlyMap<string, Route> = new Map(
	await Promise.all(
		folders.map(async (path) => [path, (await import(/* @vite-ignore */ join(ROUTES, path))) as Route] as const),
	),
);

/** All that one work of a route gives to somebody, as text: data, answer, failure or error. */
async function given(path: string, work: Work, letter: string, fields: Record<string, string> | null): Promise<string> {
	const folder = path.replace(/\/?\+[^/]*$/, '');
	const { params = {}, search = '' } = ASKED[folder] ?? {};
	const token = people[letter]?.cookie.split('=')[1];
	const { session, actor, seats } = token ? await behind(token, world) : NOBODY;
	const url = new URL(`http://localhost/${folder}?${search}`);
	const locals = {
		...{ world, session, actor, seats, language: 'en', sample: false, cacheable: false, failed: null },
		address: { path: `/${folder}`, search: url.search },
	};
	const request = new Request(url, fields ? { method: 'POST', body: new URLSearchParams(fields) } : {});
	const cookies = { get: () => undefined, set: () => undefined, delete: () => undefined };
	const event = {
		...{
			locals,
			url,
			request,
			cookies,
			params: { id: 'none', token: 'none', sha256: 'none', agency: 'none', draft: 'none', ...params },
		},
		...{
			getClientAddress: () => '192.0.2.1',
			setHeaders: () => undefined,
			parent: async () => ({}),
			route: { id: path },
		},
		...{
			depends: () => undefined,
			untrack: (read: () => unknown) => read(),
			platform: undefined,
			isDataRequest: false,
		},
	};
	try {
		const answer = await work(event);
		if (!(answer instanceof Response)) return inspect(answer, WHOLE);
		return inspect([...answer.headers], WHOLE) + (await answer.text());
	} catch (error) {
		return inspect(error, WHOLE);
	}
}
const WHOLE = { depth: Number.POSITIVE_INFINITY, maxArrayLength: null, maxStringLength: null } as const;

const leaked = (letter: string, text: string): string[] =>
	canaries
		.filter((canary) => text.includes(canary.text) && !canary.readers.includes(letter))
		.filter((canary) => !(OF_EDITORS.test(canary.text) && 'te'.includes(letter)))
		.map((canary) => canary.text);

test('every route with something in brackets is listed: with what it is asked for, or as of no city', () => {
	const named = folders.map((path) => path.replace(/\/?\+[^/]*$/, '')).filter((folder) => folder.includes('['));
	const listed = [...Object.keys(ASKED).filter((folder) => folder.includes('[')), ...OF_NO_CITY];
	expect([...new Set(named)].sort()).toEqual(listed.sort());
});

/** Some hundred calls, each with transactions of its own. */
const PATIENCE = 240_000;

test(
	'without `can`, no route gives anybody what lies in a room that is not theirs',
	async () => {
		const leaks: string[] = [];
		const found = new Set<string>();
		let cells = 0;
		for (const [path, { load, GET }] of routes)
			for (const work of [load, GET])
				for (const letter of work ? LETTERS : []) {
					cells++;
					const text = await given(path, work as Work, letter, null);
					for (const canary of leaked(letter, text)) leaks.push(`${letter} ${path}: ${canary}`);
					for (const canary of canaries) if (text.includes(canary.text)) found.add(canary.text);
				}
		console.log(
			`${cells} cells of route and person without can, ${leaks.length} leaks; ${found.size} canaries were read by theirs.`,
		);
		expect(leaks).toEqual([]);
		// Stewards and the city itself are given theirs, so the walk does reach what is walled.
		expect([...found]).toEqual(
			expect.arrayContaining([
				'canary-interest-declined_reason',
				'canary-coalition_invitation-email',
				'canary-audit_personal-value',
				'canary-coalition_loss-email',
				'canary-coalition_second_contact-address',
			]),
		);
	},
	PATIENCE,
);

/** Rows of the city there and those that stewards keep, each as a hash: what no stranger may add to, change or remove. */
const kept = () =>
	rowsOf(
		[
			...['coalition_member', 'coalition_fact', 'coalition_publication', 'coalition_seat', 'coalition_invitation'],
			...['coalition_matter', 'coalition_party', 'interest', 'interest_approval', 'coalition_loss'],
			...['coalition_loss_approval', 'coalition_second_contact', 'audit_entry', 'audit_personal', 'blob'],
		],
		'is distinct from',
		here.id,
	);

test(
	'without `can`, no form lets a stranger change a row of another city or of the stewards',
	async () => {
		const before = await kept();
		const leaks: string[] = [];
		let cells = 0;
		for (const [path, { actions = {}, POST }] of routes)
			for (const work of [...Object.values(actions), ...(POST ? [POST] : [])])
				for (const letter of STRANGERS) {
					cells++;
					const text = await given(path, work, letter, sent());
					for (const canary of leaked(letter, text)) leaks.push(`${letter} ${path}: ${canary}`);
				}
		console.log(`${cells} cells of form and stranger without can, ${leaks.length} leaks.`);
		expect(leaks).toEqual([]);
		expect(await kept()).toEqual(before);
	},
	PATIENCE,
);
