import { describe, expect, test } from 'vitest';
import { begun } from '../adoption/begun.ts';
import { answered, documentOf, example, faults, holds } from './described.ts';
import { DRAFTED } from './drafted.ts';
import { CANARIES, people, shownTo, site, world } from './everybody.ts';
import { keyFor } from './held-keys.ts';

const API = `${site.origin}/api/v1/adoption`;
const { document, operations } = await documentOf(site.origin);
const OF_DRAFTS = operations.filter(([path]) => path.includes('/adoption/'));

/** By hand: keys, the letter of their person, and which addresses of the draft of the city there they open. */
const KEYS = {
	'a key that reads': [await keyFor(people.M, { opens: 'read' }, world), 'M', true],
	'a key that changes': [await keyFor(people.M, { opens: 'change' }, world), 'M', true],
	'a key of counsel': [await keyFor(people.C, { opens: 'change', counsel: true }, world), 'C', true],
	'a key of counsel without the counsel room': [await keyFor(people.C, { opens: 'read' }, world), 'M', true],
	'a key of another city': [await keyFor(people.m, { opens: 'change', counsel: true }, world), 'm', false],
	'a key of counsel of another city': [await keyFor(people.c, { opens: 'change', counsel: true }, world), 'c', false],
	'a key of an observer of another city': [await keyFor(people.b, { opens: 'read' }, world), 'b', false],
} as const;
const changing = KEYS['a key that changes'][0];
const own = (await begun('Detainers', people.M.actor, world)) as string;
const ADDRESSES = [
	...['', '/edits', '/newer', '/uploads', '/suggestions', '/comments', '/dates'].map(
		(look) => `/drafts/${DRAFTED}${look}.json`,
	),
	...['docx', 'html', 'xml', 'txt'].map((form) => `/drafts/${DRAFTED}/file.${form}`),
];
const with_ = (key: string): RequestInit => ({ headers: { authorization: `Bearer ${key}` } });

async function got(path: string, init: RequestInit = {}) {
	const answer = await fetch(API + path, { redirect: 'manual', ...init });
	const headers = Object.fromEntries(answer.headers);
	return { status: answer.status, headers, text: await answer.text() };
}

describe.each(Object.entries(KEYS))('%s', (_, [key, letter, opens]) => {
	test.each(ADDRESSES)('is answered at %s as its person may see it', async (address) => {
		const { status, headers, text } = await got(address, with_(key));
		expect(status).toBe(opens ? 200 : 404);
		expect(headers['cache-control']).toBe('private, no-store');
		expect([headers['access-control-allow-origin'], headers['cross-origin-resource-policy']]).toEqual([
			undefined,
			'same-origin',
		]);
		expect(shownTo(letter, text)).toEqual([]);
		if (!opens) expect(CANARIES.filter((canary) => text.includes(canary.text))).toEqual([]);
	});

	test('opens no page, and neither the account nor other keys', async () => {
		for (const path of ['/adoption', `/adoption/${DRAFTED}`, '/account', '/account/keys', '/coalition/city']) {
			const answer = await fetch(site.origin + path, { ...with_(key), redirect: 'manual' });
			const text = await answer.text();
			expect([path, [303, 403].includes(answer.status)]).toEqual([path, true]);
			expect(shownTo('v', text)).toEqual([]);
		}
	});
});

test('a key of counsel shows counsel’s comments only where it was made so', async () => {
	const rooms = async (name: keyof typeof KEYS) => {
		const { text } = await got(`/drafts/${DRAFTED}/comments.json`, with_(KEYS[name][0]));
		return (JSON.parse(text).data as { room: string }[]).map(({ room }) => room).toSorted();
	};
	expect(await rooms('a key of counsel')).toEqual(['city', 'counsel']);
	expect(await rooms('a key of counsel without the counsel room')).toEqual(['city']);
	expect(await rooms('a key that reads')).toEqual(['city']);
});

test.each([
	['without a key', {}],
	['with a wrong key', with_('citycompact_wrong')],
	['with another scheme', { headers: { authorization: `Basic ${changing}` } }],
	['with a wrong key and a good session', { headers: { authorization: 'Bearer none', cookie: people.M.cookie } }],
])('%s whatever is asked for is answered alike, with where a key is made', async (_, init) => {
	const answers = await Promise.all(
		[`/drafts/${DRAFTED}.json`, `/drafts/${own}.json`, '/drafts/none.json', '/drafts.json'].map((path) =>
			got(path, init),
		),
	);
	for (const { status, headers, text } of answers) {
		expect([status, headers['www-authenticate'], headers['content-type']]).toEqual([
			401,
			'Bearer',
			'application/problem+json',
		]);
		expect(JSON.parse(text).detail).toContain('Keys for programs');
	}
	expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
});

test('a session reads what its person may, and a steward nothing', async () => {
	const asked = async (letter: 'M' | 'm' | 't') =>
		(await got(`/drafts/${DRAFTED}.json`, { headers: { cookie: people[letter].cookie } })).status;
	expect([await asked('M'), await asked('m'), await asked('t')]).toEqual([200, 404, 403]);
});

test('public data is answered as ever, whatever key comes along', async () => {
	const answer = await fetch(`${site.origin}/api/v1/watch/agencies.json`, with_('none'));
	expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
});

test('another site’s page is not told that it may ask', async () => {
	const answer = await fetch(`${API}/drafts.json`, {
		method: 'OPTIONS',
		headers: { origin: 'https://elsewhere.example' },
	});
	expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([405, null]);
});

describe('the document', () => {
	test.each(OF_DRAFTS)('says what %s answers, plain and with each of its parameters', async (path, operation) => {
		const address = site.origin + path.replace('{draft}', own).replace('{form}', 'docx');
		const queries = operation.parameters
			.filter((parameter) => parameter.in === 'query')
			.map((parameter) => `?${parameter.name}=${example(parameter)}`);
		for (const query of ['', ...queries, '?nobody=1']) {
			const answer = await answered(address + query, with_(changing));
			// There is no packet while blanks are open.
			const said = path.endsWith('/packet.docx') ? '409' : '200';
			expect([query, answer.status]).toEqual([query, query === '?nobody=1' || query === '?after=after' ? '400' : said]);
			holds(document, operation, answer, address + query);
		}
	});

	test('says so of a draft with words, blanks, comments and suggestions too', async () => {
		for (const [path, operation] of OF_DRAFTS.filter(([path]) => path.endsWith('.json') && path.includes('{draft}'))) {
			const { status, text } = await got(
				path.replace('/api/v1/adoption', '').replace('{draft}', DRAFTED),
				with_(KEYS['a key of counsel'][0]),
			);
			const schema = operation.responses['200']?.content?.['application/json']?.schema ?? {};
			expect([path, status, faults(document, JSON.parse(text), schema)]).toEqual([path, 200, []]);
		}
	});
});

test('a draft is told whole, with the sentence on the law of its state, and as it read earlier', async () => {
	const { text } = await got(`/drafts/${own}.json`, with_(changing));
	const { law, data, sample } = JSON.parse(text);
	expect(law).toContain('ask counsel before using this text');
	expect([data.id, data.seq, data.latest, sample]).toEqual([own, 1, 1, true]);
	expect(data.provisions.length).toBeGreaterThan(10);
	expect(
		data.provisions.map(({ parent }: { parent: number | null }, at: number) => parent === null || parent < at),
	).not.toContain(false);
	expect(data.blanks.length).toBeGreaterThan(3);
	expect(data.sources).toMatchObject([{ source: 1, address: 'coalition/detainers/2026-11-26', whole: true }]);
	const later = await got(`/drafts/${own}.json?at=7`, with_(changing));
	expect(JSON.parse(later.text).data.seq).toBe(1);
});

test('records come in pages that make the whole', async () => {
	const whole = JSON.parse((await got('/drafts.json?all=1', with_(changing))).text).data as { id: string }[];
	expect(whole.length).toBeGreaterThan(1);
	const pieces: object[] = [];
	for (let after: string | null = ''; after !== null; ) {
		const page = JSON.parse((await got(`/drafts.json?limit=1&after=${after}`, with_(changing))).text);
		pieces.push(...page.data);
		after = page.next;
	}
	expect(pieces).toEqual(whole);
});

test.each([
	['nothing', 400, 'against takes copied, newest, draft- and the number of an edit'],
	['draft-9', 404, 'The draft has 1 edits.'],
	['zz/place/nowhere/ordinance-1', 404, 'There is no such text in the library.'],
])('a file is not drawn against %s', async (against, status, sentence) => {
	const answer = await got(`/drafts/${own}/file.docx?what=marked&against=${against}`, with_(changing));
	expect([answer.status, JSON.parse(answer.text).detail]).toEqual([status, expect.stringContaining(sentence)]);
});

test('the file is the one that its page offers', async () => {
	const page = await fetch(`${site.origin}/adoption/${own}/file.docx?what=marked`, {
		headers: { cookie: people.M.cookie },
	});
	const file = await fetch(`${API}/drafts/${own}/file.docx?what=marked`, with_(changing));
	expect(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(await page.arrayBuffer()))).toBe(true);
	expect(file.headers.get('content-disposition')).toBe(page.headers.get('content-disposition'));
	const marked = (root: string, init: RequestInit) =>
		fetch(`${root}/file.html?what=marked&against=coalition/detainers/2026-10-29`, init).then((answer) => answer.text());
	const theirs = await marked(`${API}/drafts/${own}`, with_(changing));
	expect(theirs).toContain('<del');
	expect(theirs).toBe(await marked(`${site.origin}/adoption/${own}`, { headers: { cookie: people.M.cookie } }));
});
