import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DECLINED, DRAFT, privateColumns, WITHOUT } from './canaries.ts';
import { DRAFTED, REMARKED } from './drafted.ts';
import {
	agency,
	ask,
	asking,
	CANARIES,
	here,
	interest,
	invitation,
	LETTERS,
	people,
	provision,
	refused,
	seatHere,
	seatThere,
	shownTo,
	site,
	there,
	world,
} from './everybody.ts';

/** How long the walk may take, in milliseconds: some hundred answers. */
const PATIENCE = 180_000;

const PUBLIC = LETTERS.join('');
const WITH_ACCOUNT = 'ntemkcbMCga';
const SEATED = 'temkcbMC';
const DETAINERS = 'library/coalition/detainers';
const REMARKS = `adoption/${DRAFTED}/remarks`;
const ON_REMARK = { comment: REMARKED, act: 'assigned', seat: 'none', provision: 'p1' };
const CLAUSE = provision.replace(/^library/, 'concordance/clause');

/**
 * By hand: each address, which route file answers it, and who gets an answer. Whoever is not named is refused (403), led to
 * where they can sign in (303), or told that there is nothing (404).
 */
const PAGES: readonly (readonly [route: string, address: string, who: string])[] = [
	['+page', '', PUBLIC],
	['account/+page', 'account', WITH_ACCOUNT],
	['account/address/+page', 'account/address', WITH_ACCOUNT],
	['account/address/[token]/+page', 'account/address/none', WITH_ACCOUNT],
	['account/audit/+page', 'account/audit', 'tmkcbMCg'],
	['account/factors/+page', 'account/factors', WITH_ACCOUNT],
	['account/factors/app/+page', 'account/factors/app', WITH_ACCOUNT],
	['adoption/+page', 'adoption', 'mkcbMCg'],
	['adoption/new/+page', 'adoption/new?from=coalition/detainers/2026-11-26', 'mkcMCg'],
	['adoption/[draft]/+page', `adoption/${DRAFTED}`, 'MC'],
	['adoption/[draft]/dates/+page', `adoption/${DRAFTED}/dates`, 'MC'],
	['adoption/[draft]/dates.ics/+server', `adoption/${DRAFTED}/dates.ics`, 'MC'],
	['adoption/[draft]/file.[form]/+server', `adoption/${DRAFTED}/file.docx`, 'MC'],
	['adoption/[draft]/files/+page', `adoption/${DRAFTED}/files`, 'MC'],
	['adoption/[draft]/adopted/+page', `adoption/${DRAFTED}/adopted`, 'MC'],
	['adoption/[draft]/newer/+page', `adoption/${DRAFTED}/newer`, 'MC'],
	['adoption/[draft]/suggestions/+page', `adoption/${DRAFTED}/suggestions`, 'MC'],
	['adoption/[draft]/remarks/+page', REMARKS, 'MC'],
	['adoption/[draft]/versions/+page', `adoption/${DRAFTED}/versions`, 'MC'],
	['alerts/+page', 'alerts', PUBLIC],
	['alerts/begin/[token]/+page', 'alerts/begin/none', PUBLIC],
	['alerts/sent/+page', 'alerts/sent', PUBLIC],
	['alerts/stopped/+page', 'alerts/stopped', PUBLIC],
	['alerts/yours/[token]/+page', 'alerts/yours/none', PUBLIC],
	['api/v1/concordance/[dataset].[format]/+server', 'api/v1/concordance/coverage.json', PUBLIC],
	['api/v1/concordance/[dataset].[format]/+server', 'api/v1/concordance/links.csv', PUBLIC],
	['api/v1/concordance/lineage.graphml/+server', 'api/v1/concordance/lineage.graphml?of=coalition/detainers', PUBLIC],
	['api/v1/law/[dataset].[format]/+server', 'api/v1/law/records.json', PUBLIC],
	['api/v1/law/[dataset]/[id].json/+server', 'api/v1/law/records/none.json', PUBLIC],
	['api/v1/library/[dataset].[format]/+server', 'api/v1/library/search.json?q=canary', PUBLIC],
	['api/v1/library/[dataset].[format]/+server', 'api/v1/library/policies.json', PUBLIC],
	['api/v1/library/[dataset]/[id].json/+server', 'api/v1/library/policies/none.json', PUBLIC],
	['api/v1/library/changes.atom/+server', 'api/v1/library/changes.atom', PUBLIC],
	['api/v1/openapi.json/+server', 'api/v1/openapi.json', PUBLIC],
	['api/v1/watch/[dataset].[format]/+server', 'api/v1/watch/agencies.csv', PUBLIC],
	['api/v1/watch/[dataset]/[id].json/+server', 'api/v1/watch/agencies/none.json', PUBLIC],
	['api/v1/watch/agencies.geojson/+server', 'api/v1/watch/agencies.geojson', PUBLIC],
	['api/v1/watch/events.atom/+server', 'api/v1/watch/events.atom', PUBLIC],
	['coalition/+page', 'coalition', PUBLIC],
	['coalition/[...path]/+page', `coalition/zz/place/${here.slug}`, SEATED],
	['coalition/[...path]/+page', `coalition/zz/place/${there.slug}`, SEATED],
	['coalition/[...path]/+page', `coalition/zz/place/${asking.slug}`, 'tg'],
	['coalition/city/+page', 'coalition/city', 'mkcbMCg'],
	['coalition/city/contact/+page', 'coalition/city/contact', 'mkcMCg'],
	['coalition/city/hand-over/[seat]/+page', `coalition/city/hand-over/${seatHere}`, 'mkc'],
	['coalition/city/hand-over/[seat]/+page', `coalition/city/hand-over/${seatThere}`, 'MC'],
	['coalition/contact/[seat]/+page', `coalition/contact/${seatHere}`, SEATED],
	['coalition/contact/[seat]/+page', `coalition/contact/${seatThere}`, SEATED],
	['coalition/invitations/+page', 'coalition/invitations', 't'],
	['coalition/losses/+page', 'coalition/losses', 't'],
	['coalition/pipeline/+page', 'coalition/pipeline', 't'],
	['coalition/pipeline/[id]/+page', `coalition/pipeline/${interest}`, 't'],
	['coalition/pipeline/pipeline.csv/+server', 'coalition/pipeline/pipeline.csv', 't'],
	['concordance/+page', 'concordance', PUBLIC],
	['concordance/clause/[...path]/+page', CLAUSE, PUBLIC],
	['concordance/clause/[...path]/lineage.[format]/+server', `${CLAUSE}/lineage.csv`, PUBLIC],
	['concordance/coverage.csv/+server', 'concordance/coverage.csv', PUBLIC],
	['concordance/protection/[code]/+page', 'concordance/protection/DET-WARRANT', PUBLIC],
	[
		'concordance/protection/[code]/lineage.[format]/+server',
		'concordance/protection/DET-WARRANT/lineage.graphml',
		PUBLIC,
	],
	['concordance/search/+page', 'concordance/search', PUBLIC],
	['corrections/+page', 'corrections', PUBLIC],
	['data/+page', 'data', PUBLIC],
	['healthz/+server', 'healthz', PUBLIC],
	['invitation/+page', 'invitation', WITH_ACCOUNT],
	['invitation/[token]/+page', 'invitation/none', PUBLIC],
	['join/+page', 'join', PUBLIC],
	['join/confirm/[token]/+page', 'join/confirm/none', PUBLIC],
	['join/confirmed/+page', 'join/confirmed', PUBLIC],
	['join/sent/+page', 'join/sent', PUBLIC],
	['law/+page', 'law', PUBLIC],
	['library/+page', 'library?q=canary', PUBLIC],
	['library/[...path]/+page', DETAINERS, PUBLIC],
	['library/[...path]/coding/+page', `${provision}/coding`, 'tecC'],
	['library/[...path]/compare/+page', `${DETAINERS}/compare`, PUBLIC],
	['library/[...path]/download.[extension]/+server', `${DETAINERS}/download.json`, PUBLIC],
	['library/[...path]/history/+page', `${DETAINERS}/history`, PUBLIC],
	['library/[...path]/source/+server', `${DETAINERS}/source`, PUBLIC],
	['library/import/+page', 'library/import', 'te'],
	['library/import/[draft]/+page', `library/import/${DRAFT}`, 'te'],
	['library/protections/+page', 'library/protections', PUBLIC],
	['library/protections/waiting/+page', 'library/protections/waiting', 'tecC'],
	['readyz/+server', 'readyz', PUBLIC],
	['sign-in/+page', 'sign-in', PUBLIC],
	['sign-in/again/+page', 'sign-in/again', WITH_ACCOUNT],
	['sign-in/lost/+page', 'sign-in/lost', PUBLIC],
	['sign-in/lost/new/[token]/+page', 'sign-in/lost/new/none', PUBLIC],
	['sign-in/lost/sent/+page', 'sign-in/lost/sent', PUBLIC],
	['sign-in/lost/stop/[token]/+page', 'sign-in/lost/stop/none', PUBLIC],
	['sign-in/second/+page', 'sign-in/second', 'h'],
	['watch/+page', 'watch', PUBLIC],
	['watch/agency/[id]/+page', 'watch/agency/none', PUBLIC],
	['watch/agreement/[id]/+server', 'watch/agreement/none', PUBLIC],
	['watch/event/[id]/+page', 'watch/event/none', PUBLIC],
	['watch/import/+page', 'watch/import', 'te'],
	['watch/lists/+page', 'watch/lists', PUBLIC],
	['watch/lists/[sha256]/+page', 'watch/lists/none', PUBLIC],
	['watch/lists/[sha256]/original/+server', 'watch/lists/none/original', PUBLIC],
	['watch/lists/[sha256]/rows.csv/+server', 'watch/lists/none/rows.csv', PUBLIC],
	['watch/lists/compare/+page', 'watch/lists/compare', PUBLIC],
	['watch/lists/compare/differences.csv/+server', 'watch/lists/compare/differences.csv', PUBLIC],
	['watch/place/+page', 'watch/place', PUBLIC],
	['watch/place/[...path]/+page', `watch/place/zz/place/${here.slug}`, PUBLIC],
	['watch/report/+page', 'watch/report', PUBLIC],
	['watch/report/thanks/+page', 'watch/report/thanks', PUBLIC],
	['watch/review/+page', 'watch/review', PUBLIC],
	['watch/review/[agency]/+page', `watch/review/${agency}`, 'te'],
];

/** Every form, as far as it could change something of somebody: sent with what names a thing of the city here. */
const FORMS: readonly (readonly [route: string, address: string, fields: Record<string, string>, who: string])[] = [
	['account/+page seat', 'account?/seat', { seat: seatHere }, 'm'],
	['account/+page stop_loss', 'account?/stop_loss', {}, WITH_ACCOUNT],
	['account/address/+page default', 'account/address', { email: 'none' }, WITH_ACCOUNT],
	['account/address/[token]/+page default', 'account/address/none', {}, WITH_ACCOUNT],
	['account/factors/+page drop', 'account/factors?/drop', { passkey: 'none' }, WITH_ACCOUNT],
	['account/factors/+page password', 'account/factors?/password', { password: 'x' }, WITH_ACCOUNT],
	['account/factors/+page passkey', 'account/factors?/passkey', { answer: '{}' }, WITH_ACCOUNT],
	['account/factors/+page codes', 'account/factors?/codes', {}, WITH_ACCOUNT],
	['account/factors/app/+page default', 'account/factors/app', { code: '000000' }, WITH_ACCOUNT],
	['adoption/new/+page copy', 'adoption/new?/copy', { title: 'none' }, 'mkcMCg'],
	['adoption/[draft]/+page answer', `adoption/${DRAFTED}?/answer`, {}, 'mkcMCg'],
	['adoption/[draft]/+page save', `adoption/${DRAFTED}?/save`, { id: 'none' }, 'mkcMCg'],
	['adoption/[draft]/+page structure', `adoption/${DRAFTED}?/structure`, { act: 'none' }, 'mkcMCg'],
	['adoption/[draft]/+page undo', `adoption/${DRAFTED}?/undo`, { to: 'none' }, 'mkcMCg'],
	...['plan', 'stage', 'add', 'rules'].map(
		(name) => [`adoption/[draft]/dates/+page ${name}`, `adoption/${DRAFTED}/dates?/${name}`, {}, 'mkcMCg'] as const,
	),
	['adoption/[draft]/adopted/+page record', `adoption/${DRAFTED}/adopted?/record`, {}, 'mkcMCg'],
	['adoption/[draft]/newer/+page all', `adoption/${DRAFTED}/newer?/all`, {}, 'mkcMCg'],
	['adoption/[draft]/newer/+page decide', `adoption/${DRAFTED}/newer?/decide`, { decision: 'take' }, 'mkcMCg'],
	['adoption/[draft]/versions/+page restore', `adoption/${DRAFTED}/versions?/restore`, { to: 'none' }, 'mkcMCg'],
	['adoption/[draft]/suggestions/+page send', `adoption/${DRAFTED}/suggestions?/send`, {}, 'mkcMCg'],
	...['decide', 'reopen'].map(
		(name) =>
			[
				`adoption/[draft]/suggestions/+page ${name}`,
				`adoption/${DRAFTED}/suggestions?/${name}`,
				{ id: 'none' },
				'mkcMCg',
			] as const,
	),
	...['comment', 'reply', 'deal'].map(
		(name) => [`adoption/[draft]/remarks/+page ${name}`, `${REMARKS}?/${name}`, ON_REMARK, 'mkcMCg'] as const,
	),
	['adoption/[draft]/remarks/+page number', `${REMARKS}?/number`, { number: 'none' }, 'cC'],
	['adoption/[draft]/remarks/+page allow', `${REMARKS}?/allow`, { seat: 'none' }, 'cC'],
	...['publish', 'take_back', 'leave'].map(
		(name) => [`coalition/city/+page ${name}`, `coalition/city?/${name}`, {}, 'mkcMCg'] as const,
	),
	['coalition/city/+page counsel', 'coalition/city?/counsel', { seat: 'none', open: 'yes' }, 'cC'],
	['coalition/city/+page end', 'coalition/city?/end', { seat: 'none' }, 'mkcMCg'],
	['coalition/city/+page hand_over_back', 'coalition/city?/hand_over_back', { seat: 'none' }, 'mkcMCg'],
	['coalition/city/contact/+page default', 'coalition/city/contact', { email: 'none' }, 'mkcMCg'],
	['coalition/city/hand-over/[seat]/+page default', `coalition/city/hand-over/${seatThere}`, { name: '' }, 'mkcMCg'],
	['coalition/contact/[seat]/+page default', `coalition/contact/${seatThere}`, { message: '' }, SEATED],
	['coalition/invitations/+page invite', 'coalition/invitations?/invite', {}, 't'],
	['coalition/invitations/+page call', 'coalition/invitations?/call', { id: invitation }, 't'],
	['coalition/invitations/+page send', 'coalition/invitations?/send', { id: 'none' }, 't'],
	['coalition/invitations/+page end', 'coalition/invitations?/end', { seat: 'none' }, 't'],
	['coalition/invitations/+page withdraw', 'coalition/invitations?/withdraw', { id: 'none' }, 't'],
	...['call', 'approve', 'stop', 'send'].map(
		(name) => [`coalition/losses/+page ${name}`, `coalition/losses?/${name}`, { id: 'none' }, 't'] as const,
	),
	...['take', 'match', 'call', 'approve', 'decline', 'invite', 'fact', 'unfact'].map(
		(name) => [`coalition/pipeline/[id]/+page ${name}`, `coalition/pipeline/${interest}?/${name}`, {}, 't'] as const,
	),
	['library/[...path]/coding/+page propose', `${provision}/coding?/propose`, { code: 'none' }, 'tecC'],
	['library/[...path]/coding/+page confirm', `${provision}/coding?/confirm`, { id: 'none' }, 'tecC'],
	['library/[...path]/coding/+page take_back', `${provision}/coding?/take_back`, { id: 'none' }, 'tecC'],
	['library/import/+page default', 'library/import', {}, 'te'],
	['library/import/[draft]/+page save', `library/import/${DRAFT}?/save`, {}, 'te'],
	['library/import/[draft]/+page keep', `library/import/${DRAFT}?/keep`, {}, 'te'],
	['library/import/[draft]/+page drop', `library/import/none?/drop`, {}, 'te'],
	['library/protections/waiting/+page confirm', 'library/protections/waiting?/confirm', { id: 'none' }, 'tecC'],
	['library/protections/waiting/+page take_back', 'library/protections/waiting?/take_back', { id: 'none' }, 'tecC'],
	['watch/import/+page default', 'watch/import', {}, 'te'],
	['watch/review/+page decide', 'watch/review?/decide', { kind: 'none' }, 'te'],
	['watch/review/+page take_back', 'watch/review?/take_back', { id: 'none' }, 'te'],
	['watch/review/[agency]/+page decide', `watch/review/${agency}?/decide`, { kind: 'none' }, 'te'],
];
/** Forms that everybody may send, held by tests of their own. */
const OPEN_FORMS: readonly string[] = [
	'account/+page end',
	'account/+page everywhere',
	'account/+page out',
	'account/factors/+page app',
	'alerts/+page default',
	'alerts/begin/[token]/+page default',
	'alerts/yours/[token]/+page default',
	'concordance/search/+page default',
	'invitation/+page default',
	'join/+page default',
	'join/confirm/[token]/+page default',
	'invitation/[token]/+page default',
	'sign-in/+page passkey',
	'sign-in/+page password',
	'sign-in/+page sample',
	'sign-in/again/+page both',
	'sign-in/again/+page passkey',
	'sign-in/lost/+page default',
	'sign-in/lost/new/[token]/+page default',
	'sign-in/lost/stop/[token]/+page default',
	'sign-in/second/+page code',
	'sign-in/second/+page out',
	'watch/report/+page default',
];
/** Answer what a script or a program sends, and nothing that a page shows. */
const SCRIPTS: readonly string[] = [
	'account/factors/passkey/+server',
	'api/v1/concordance/search/+server',
	'sign-in/passkey/+server',
];

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
