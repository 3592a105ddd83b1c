import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DECLINED, privateColumns, WITHOUT } from './canaries.ts';
import { FORMS, OPEN_FORMS, PAGES, PUBLIC, SCRIPTS } from './doors.ts';
import { ask, CANARIES, LETTERS, people, refused, shownTo, site, world } from './everybody.ts';

/** How long the walk may take, in milliseconds: some hundred answers. */
const PATIENCE = 180_000;

const ROUTES = join(import.meta.dirname, '../../src/routes');
const files = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' }).filter((path) =>
	/(\+page\.server|\+server)\.ts$/.test(path),
);

test('the table by hand names every route and every form there is', () => {
	const pages = files.map((path) => path.replace(/(\.server)?\.ts$/, ''));
	expect([...new Set([...PAGES.map(([route]) => route), ...SCRIPTS])].sort()).toEqual([...pages].sort());
	const forms = files.flatMap((path) => {
		const source = readFileSync(join(ROUTES, path), 'utf8');
		const actions = source.split('export const actions')[1] ?? '';
		const names = [...actions.matchAll(/^\t([a-z_]+): async/gm)].map(([, name]) => name);
		return names.map((name) => `${path.replace(/(\.server)?\.ts$/, '')} ${name}`);
	});
	expect([...FORMS.map(([route]) => route), ...OPEN_FORMS].sort()).toEqual(forms.sort());
});

test(
	'every route answers whom the table names, and nobody else',
	async () => {
		const unexpected: string[] = [];
		const leaks: string[] = [];
		let cells = 0;
		for (const [, address, who] of PAGES) {
			const answers = await Promise.all(LETTERS.map(async (letter) => ({ letter, ...(await ask(address, letter)) })));
			for (const { letter, ...answer } of answers) {
				cells++;
				const open = who === PUBLIC ? answer.status !== 403 && !/sign-in/.test(answer.location) : !refused(answer);
				if (open !== who.includes(letter)) unexpected.push(`${letter} ${address}: ${answer.status}`);
				for (const canary of shownTo(letter, answer.text)) leaks.push(`${letter} ${address}: ${canary}`);
			}
		}
		console.log(`${cells} cells of route and person checked, ${unexpected.length} unexpected.`);
		expect(unexpected).toEqual([]);
		expect(leaks).toEqual([]);
	},
	PATIENCE,
);

test(
	'every form takes what is sent by whom the table names, and by nobody else',
	async () => {
		const unexpected: string[] = [];
		const leaks: string[] = [];
		let cells = 0;
		for (const [, address, fields, who] of FORMS)
			for (const letter of LETTERS) {
				const answer = await ask(address, letter, fields);
				cells++;
				// What is named is not there, or not right: that is told after the permission. A seat of another is refused as bad.
				const bad = answer.status === 400 && address === 'account?/seat';
				const taken = answer.status !== 403 && !(answer.status === 303 && /\/sign-in/.test(answer.location)) && !bad;
				if (taken !== who.includes(letter)) unexpected.push(`${letter} ${address}: ${answer.status}`);
				for (const canary of shownTo(letter, answer.text)) leaks.push(`${letter} ${address}: ${canary}`);
			}
		console.log(`${cells} cells of form and person checked, ${unexpected.length} unexpected.`);
		expect(unexpected).toEqual([]);
		expect(leaks).toEqual([]);
	},
	PATIENCE,
);

/** The same in Spanish, every data set in every format, searches and facets over all words, and what is refused. */
const ELSEWHERE: readonly string[] = [
	...PAGES.flatMap(([, address]) => (/^(api|healthz|readyz)|\.csv|download/.test(address) ? [] : [`es/${address}`])),
	...['agencies', 'agreements', 'events', 'lists', 'places', 'series'].flatMap((name) =>
		['json', 'csv'].map((format) => `api/v1/watch/${name}.${format}`),
	),
	...['search.json?q=canary', 'policies.json?q=canary', 'policies.csv', 'protections.json', 'changes.json'].map(
		(name) => `api/v1/library/${name}`,
	),
	...['records.json', 'records.csv', 'states.json'].map((name) => `api/v1/law/${name}`),
	...['concordance?on=canary', 'concordance?city=canary', 'api/v1/concordance/coverage.csv?on=2026-01-01'],
	...['library?state=TX', 'library?place=canary', 'law?state=TX', 'coalition?q=canary', 'coalition?q=member'],
	...['account/audit?check=yes', 'account/audit?page=2', 'coalition/pipeline/pipeline.csv?raw=1'],
	...['corrections?page=1', 'sitemap.xml', 'robots.txt', 'no/such/page', 'coalition/zz/place/none', 'watch?from=never'],
	...[
		`coalition/pipeline/${DECLINED}`,
		'coalition/contact/none',
		'coalition/pipeline/none',
		'api/v1/none',
		'coalition/city/__data.json',
	],
];

test(
	'no other language, format, search, facet or error shows what lies in a room either',
	async () => {
		const leaks: string[] = [];
		let answers = 0;
		for (const address of ELSEWHERE)
			for (const { letter, text } of await Promise.all(
				LETTERS.map(async (letter) => ({ letter, ...(await ask(address, letter)) })),
			)) {
				answers++;
				for (const canary of shownTo(letter, text)) leaks.push(`${letter} ${address}: ${canary}`);
			}
		console.log(`${CANARIES.length} canaries looked for in ${answers} more answers, ${leaks.length} found.`);
		expect(leaks).toEqual([]);
	},
	PATIENCE,
);

test('every private column that can hold a text has a canary, or a reason why not', async () => {
	const planted = new Set(CANARIES.map(({ text }) => text));
	const columns = (await privateColumns(world)).map(({ name }) => name);
	const free = columns.filter((name) => !planted.has(`canary-${name.replace('.', '-')}`));
	expect(free.sort()).toEqual(Object.keys(WITHOUT).sort());
});

test('a canary is found where its readers look', async () => {
	const seen = await Promise.all([
		ask('coalition/pipeline', 't'),
		ask('coalition/invitations', 't'),
		ask('account/audit', 't'),
		ask('account/audit', 'M'),
		ask('coalition', 'm'),
	]);
	const text = seen.map((answer) => answer.text).join('');
	// The markup that follows each is shown as the text it is.
	expect(text).toMatch(/canary-coalition_seat-name("|&quot;)'>&lt;b onclick/);
	const found = CANARIES.filter((canary) => text.includes(canary.text)).map((canary) => canary.text);
	expect(found).toEqual(
		expect.arrayContaining([
			...['canary-coalition_invitation-email', 'canary-coalition_invitation-name'],
			...['canary-audit_personal-value', 'canary-audit_personal-of-stewards', 'canary-coalition_seat-name'],
		]),
	);
});

test('a form that another site sends changes nothing', async () => {
	for (const [, address, fields] of FORMS) {
		const answer = await fetch(`${site.origin}/${address}`, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: 'https://elsewhere.example', cookie: people.t.cookie },
			body: new URLSearchParams(fields),
		});
		expect([address, answer.status]).toEqual([address, 403]);
	}
});
