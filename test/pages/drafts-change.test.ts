import { describe, expect, test } from 'vitest';
import { fillAll } from '../adoption/adopted.ts';
import { begun } from '../adoption/begun.ts';
import { documentOf, faults } from './described.ts';
import { DRAFTED } from './drafted.ts';
import { CANARIES, people, site, world } from './everybody.ts';
import { keyFor } from './held-keys.ts';

const API = `${site.origin}/api/v1/adoption`;
const { document } = await documentOf(site.origin);
const POSTS = Object.entries(document.paths).flatMap(([path, { post }]) =>
	post && path.includes('/adoption/') ? [[path, post] as const] : [],
);
const changing = await keyFor(people.m, { opens: 'change' }, world);
const reading = await keyFor(people.m, { opens: 'read' }, world);
const elsewhere = await keyFor(people.C, { opens: 'change', counsel: true }, world);
const observing = await keyFor(people.b, { opens: 'change' }, world);
const own = (await begun('Detainers', people.m.actor, world)) as string;
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
async function sent(path: string, body: unknown, headers: Record<string, string> = bearer(changing)) {
	const answer = await fetch(API + path, {
		method: 'POST',
		redirect: 'manual',
		headers: { 'content-type': 'application/json', ...headers },
		body: typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
	});
	const text = await answer.text();
	return { status: answer.status, headers: answer.headers, text, json: JSON.parse(text) };
}
async function whole() {
	const answer = await fetch(`${API}/drafts/${own}.json`, { headers: bearer(changing) });
	return ((await answer.json()) as { data: { seq: number; provisions: { id: string; words: string }[] } }).data;
}

const holds = (path: string, { status, json }: Awaited<ReturnType<typeof sent>>) => {
	const operation = document.paths[path]?.post;
	const content = operation?.responses[String(status)]?.content ?? {};
	expect([path, status, faults(document, json, Object.values(content)[0]?.schema ?? { type: 'none' })]).toEqual([
		path,
		status,
		[],
	]);
};

test('a program reads the rules of its city, and sends them back changed', async () => {
	const rules = async (key: string) => (await fetch(`${API}/rules.json`, { headers: bearer(key) })).json();
	const { data } = await rules(reading);
	const theirs = await rules(elsewhere);
	const made = await sent('/rules', { ...data, meetings: { weekday: 'tuesday', weeks: [1, 3] } });
	holds('/api/v1/adoption/rules', made);
	expect(made.json).toMatchObject({ said: true, data: { meetings: { weekday: 'tuesday', weeks: [1, 3] } } });
	expect((await rules(reading)).data).toEqual(made.json.data);
	expect(await rules(elsewhere)).toEqual(theirs);
	for (const headers of [bearer(reading), bearer(observing), { cookie: people.m.cookie, origin: site.origin }])
		expect((await sent('/rules', data, headers)).status).toBe(403);
	const wrong = await sent('/rules', { ...data, friday_before: 'yes' });
	expect([wrong.status, wrong.json.detail]).toEqual([
		400,
		expect.stringContaining('friday_before takes true or false'),
	]);
});

test('a program copies a model, answers, writes, and is told of each what the document says', async () => {
	const begun = await sent('/drafts', { title: 'Warrants', from: 'coalition/detainers/2026-10-29' });
	expect(begun.status).toBe(201);
	holds('/api/v1/adoption/drafts', begun);
	const { id } = begun.json.data;
	expect(begun.headers.get('location')).toBe(`/api/v1/adoption/drafts/${id}.json`);
	expect(begun.headers.get('cache-control')).toBe('private, no-store');
	const answered = await sent(`/drafts/${id}/answer`, { answers: { city: 'Alder Falls' } });
	holds('/api/v1/adoption/drafts/{draft}/answer', answered);
	expect(answered.json).toMatchObject({ data: { seq: 2 }, sample: true });
	const { data } = (await (await fetch(`${API}/drafts/${id}.json`, { headers: bearer(reading) })).json()) as {
		data: { provisions: { id: string; words: string }[] };
	};
	const one = data.provisions.find(({ words }) => words.includes('shall not keep'));
	const write = (to: string, since: number) =>
		sent(`/drafts/${id}/words`, { provision: one?.id, words: one?.words.replace('shall not keep', to), since });
	const first = await write('must not keep', 2);
	holds('/api/v1/adoption/drafts/{draft}/words', first);
	expect(first.json.data).toEqual({ seq: 3, merged: false });
	const clash = await write('may never keep', 2);
	expect(clash.status).toBe(409);
	holds('/api/v1/adoption/drafts/{draft}/words', clash);
	expect(clash.json.readings).toHaveLength(1);
	expect(clash.headers.get('content-type')).toBe('application/problem+json');
});

describe('nothing is changed', () => {
	const body = { answers: { city: 'Elsewhere' } };
	test.each([
		['without a key', {}, 401],
		['with a wrong key', bearer('citycompact_none'), 401],
		['with a key that reads', bearer(reading), 403],
		['with a key of an observer', bearer(observing), 403],
		['with a key of another city', bearer(elsewhere), 404],
		['with a session and no key', { cookie: people.m.cookie, origin: site.origin }, 403],
		['with the session of a steward', { cookie: people.t.cookie }, 403],
		['with a session, from another site', { cookie: people.m.cookie, origin: 'https://elsewhere.example' }, 403],
	] as const)('%s', async (_, headers, status) => {
		const before = await whole();
		const answer = await sent(`/drafts/${own}/answer`, body, headers);
		expect(answer.status).toBe(status);
		expect(answer.headers.get('content-type')).toBe('application/problem+json');
		expect(answer.text).not.toContain('Detainers');
		expect(await whole()).toEqual(before);
		const begun = await sent('/drafts', { title: 'A', from: 'coalition/detainers' }, headers);
		if (status !== 404) expect(begun.status).toBe(status);
	});

	test.each(POSTS.map(([path]) => path).filter((path) => path.includes('{draft}')))(
		'by %s in the draft of another city, and nothing of it is told',
		async (path) => {
			const word = path.endsWith('/suggestions');
			const operation = document.paths[path]?.post;
			const fields = operation?.requestBody?.content['application/json']?.schema.properties ?? {};
			const filled = Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, valueFor(name, schema)]));
			const answer = await sent(
				path.replace('/api/v1/adoption', '').replace('{draft}', DRAFTED),
				word ? new Uint8Array([0x50, 0x4b]) : filled,
				{ ...bearer(changing), ...(word ? { 'content-type': WORD } : {}) },
			);
			expect([path, [400, 404].includes(answer.status), answer.json.detail]).toEqual([path, true, expect.any(String)]);
			expect(CANARIES.filter((canary) => answer.text.includes(canary.text))).toEqual([]);
		},
	);
});

/** A value that a field of a body takes, as far as its schema says. */
function valueFor(name: string, schema: Record<string, unknown>): unknown {
	if (Array.isArray(schema.enum)) return schema.enum[0];
	if (schema.format === 'date') return '2027-06-01';
	if (name === 'from') return schema.type === 'integer' ? 1 : 'coalition/detainers';
	if (schema.type === 'integer') return 1;
	if (schema.type === 'boolean') return true;
	if (schema.type === 'array') return ['sec_1'];
	return schema.type === 'object' ? { city: 'A' } : 'p1';
}

describe('what cannot be used is refused with what to do', () => {
	test.each([
		['no JSON', 'no json', {}, 400, 'What was sent is no JSON.'],
		['a list', [], {}, 400, 'Send a JSON object. The fields are: answers, since (may be left out).'],
		['a field too many', { answers: {}, draft: own }, {}, 400, 'There is no field draft here.'],
		['something else', '<answers/>', { 'content-type': 'application/xml' }, 415, 'Send JSON, and say so'],
		['too much', { answers: { city: 'a'.repeat(500_000) } }, {}, 413, 'Send at most 400 KB at once.'],
		['half a letter', '{"answers":{"city":"\\ud800"}}', {}, 400, 'answers takes'],
	])('%s', async (_, body, headers, status, sentence) => {
		const answer = await sent(`/drafts/${own}/answer`, body, { ...bearer(changing), ...headers });
		expect([answer.status, answer.json.status]).toEqual([status, status]);
		expect(answer.json.detail).toContain(sentence);
	});

	test.each([
		[`/drafts/${own}/burn`, 404, 'A draft takes: copy, answer, words,'],
		[`/drafts/${own}/answer?sure=1`, 400, 'There is no parameter sure'],
		['/drafts/none/answer', 404, 'There is no such draft.'],
	])('%s', async (path, status, sentence) => {
		const answer = await sent(path, { answers: { city: 'A' } });
		expect([answer.status, answer.json.detail]).toEqual([status, expect.stringContaining(sentence)]);
	});

	test('a Word file that is none, or comes as something else', async () => {
		const send = (bytes: Uint8Array, type: string) =>
			sent(`/drafts/${own}/suggestions?name=back.docx`, bytes, { ...bearer(changing), 'content-type': type });
		expect((await send(new Uint8Array([1, 2, 3]), WORD)).status).toBe(400);
		expect((await send(new Uint8Array([1, 2, 3]), 'application/octet-stream')).status).toBe(415);
		const large = await send(new Uint8Array(10_000_001), WORD);
		expect([large.status, large.json.detail]).toEqual([
			400,
			'The file has more than 10 MB. Save it without its pictures.',
		]);
	});
});

test('a program says what the packet says, sends the draft to counsel, and takes the packet that its page offers', async () => {
	const id = (await begun('Packet', people.m.actor, world)) as string;
	const got = (path: string, headers: Record<string, string>) =>
		fetch(site.origin + path, { headers, redirect: 'manual' });
	const early = await got(`/api/v1/adoption/drafts/${id}/packet.docx`, bearer(reading));
	expect([early.status, await early.json()]).toMatchObject([409, { detail: expect.stringContaining('blank') }]);
	const away = await sent(`/drafts/${id}/send`, {});
	holds('/api/v1/adoption/drafts/{draft}/send', away);
	expect(away.json.data.law).toContain('ask counsel before using this text');
	expect(away.json.data.open.length).toBeGreaterThan(2);
	await fillAll(id, 'Alder Falls', people.m.actor, world);
	const made = await sent(`/drafts/${id}/packet`, {
		number: 'Ordinance 2027-3',
		day: '2027-03-03',
		summary: 'One.\nTwo.',
	});
	holds('/api/v1/adoption/drafts/{draft}/packet', made);
	expect(made.json.data.open).toEqual([]);
	const { data, said } = (await (await got(`/api/v1/adoption/drafts/${id}/packet.json`, bearer(reading))).json()) as {
		readonly data: object;
		readonly said: boolean;
	};
	expect([said, data]).toMatchObject([true, { number: 'Ordinance 2027-3', day: '2027-03-03', summary: 'One.\nTwo.' }]);
	const file = await got(`/api/v1/adoption/drafts/${id}/packet.docx`, bearer(reading));
	const page = await got(`/adoption/${id}/packet/file.docx`, { cookie: people.m.cookie });
	expect([file.status, file.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
	expect(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(await page.arrayBuffer()))).toBe(true);
});

test('a Word file of the draft comes back whole, once', async () => {
	const file = await fetch(`${API}/drafts/${own}/file.docx`, { headers: bearer(reading) });
	const bytes = new Uint8Array(await file.arrayBuffer());
	const send = () =>
		sent(`/drafts/${own}/suggestions?name=back.docx`, bytes, { ...bearer(changing), 'content-type': WORD });
	const first = await send();
	expect([first.status, first.json.data.suggestions]).toEqual([201, 0]);
	expect((await send()).json.data.upload).toBe(first.json.data.upload);
});

test('after sixty wrong keys an address has to wait, and a right key goes through', async () => {
	const statuses: number[] = [];
	for (let n = 0; n < 70; n++) {
		const answer = await fetch(`${API}/drafts.json`, { headers: bearer(`citycompact_${n}`) });
		statuses.push(answer.status);
		if (answer.status === 429) expect(answer.headers.get('retry-after')).toBe('3600');
	}
	expect(new Set(statuses)).toEqual(new Set([401, 429]));
	expect((await fetch(`${API}/drafts.json`, { headers: bearer(changing) })).status).toBe(200);
});
