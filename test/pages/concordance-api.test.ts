import { afterAll, beforeAll, expect, test } from 'vitest';
import { scan } from '#kernel/xml.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { compareTexts } from '#reuse/compare.server.ts';
import { KIN_FIELDS } from '#reuse/record/kin.ts';
import { LINEAGE_COLUMNS } from '#reuse/record/lineage.ts';
import { LINK_FIELDS } from '#reuse/record/link.ts';
import { startSite } from './site.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
beforeAll(async () => {
	await compareTexts(world);
});
const API = `${site.origin}/api/v1/concordance`;

type Told = Readonly<Record<string, unknown>>;
async function json(path: string): Promise<{ data: Told[]; next: string | null; sample: boolean }> {
	const answer = await fetch(`${API}/${path}`);
	expect(answer.status, path).toBe(200);
	return answer.json();
}
const names = (record: Told | undefined) => Object.keys(record ?? {});
/** A provision that others have words of, and its own words: more than the phrase that many texts open with. */
async function shared(): Promise<{ of: string; words: string }> {
	const { data } = await json('links.json?all=1');
	for (const of of data.map(({ later }) => String(later)).filter((path) => /\/(sec|sub)_[^/]*$/.test(path))) {
		const found = await fetch(`${site.origin}/api/v1/library/provisions.json?version=${of.replace(/\/[^/]*$/, '')}`);
		const { data: provisions } = (await found.json()) as { data: { e_id: string; text: string }[] };
		const words = provisions.find(({ e_id }) => of.endsWith(`/${e_id}`))?.text ?? '';
		if (words.split(' ').length > 20) return { of, words };
	}
	throw new Error('No provision of the sample shares words with another.');
}

test('links come in pages that make the whole, and as the same table in a CSV', async () => {
	const { data: whole } = await json('links.json?all=1');
	expect(whole.length).toBeGreaterThan(3);
	expect(names(whole[0])).toEqual(LINK_FIELDS.map(({ name }) => name));
	const pieces: Told[] = [];
	for (let after: string | null = ''; after !== null; ) {
		const page = await json(`links.json?limit=${Math.ceil(whole.length / 3)}&after=${encodeURIComponent(after)}`);
		pieces.push(...page.data);
		after = page.next;
	}
	expect(pieces).toEqual(whole);
	const csv = await (await fetch(`${API}/links.csv?raw=1`)).text();
	expect(csv.trim().split('\r\n')).toHaveLength(whole.length + 1);
});

test('kin and lineage of a clause, as JSON, as a table and as a graph', async () => {
	const { of } = await shared();
	const kin = await json(`clauses.json?of=${of}`);
	expect(names(kin.data[0])).toEqual(KIN_FIELDS.map(({ name }) => name));
	expect(kin.data.every((one) => one.of === of)).toBe(true);
	const lineage = await json(`lineage.json?of=${of}`);
	expect(names(lineage.data[0])).toEqual(LINEAGE_COLUMNS);
	expect(lineage.data.map(({ address }) => address)).toContain(of);
	const behind = await json(`lineage.json?of=${of}&after=${lineage.data[0]?.address}`);
	expect(behind.data).toEqual(lineage.data.slice(1));
	const csv = await (await fetch(`${API}/lineage.csv?of=${of}&raw=1`)).text();
	expect(csv.trim().split('\r\n')).toHaveLength(lineage.data.length + 1);
	const graph = await fetch(`${API}/lineage.graphml?of=${of}`);
	expect(graph.headers.get('content-type')).toContain('application/graphml+xml');
	let nodes = 0;
	scan(await graph.text(), 'lineage', {
		open: (name) => {
			if (name === 'node') nodes++;
		},
		close: () => undefined,
		text: () => undefined,
	});
	expect(nodes).toBe(lineage.data.length);
});

test('who has a passage is answered once and kept nowhere', async () => {
	const { words } = await shared();
	const ask = (body: string) =>
		fetch(`${API}/search`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
	const answer = await ask(JSON.stringify({ text: words }));
	expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('etag')]).toEqual([
		200,
		'no-store',
		null,
	]);
	const told = (await answer.json()) as { data: { has: number; address: string }[]; left_out: number };
	expect(told.data[0]).toMatchObject({ has: 1 });
	expect(told.left_out).toBe(0);
	expect(site.lines.join('\n')).not.toContain(words.slice(0, 40));
	for (const body of [
		'',
		'[]',
		'{"text": 1}',
		'{"text": "too short"}',
		JSON.stringify({ text: 'word '.repeat(9_000) }),
	]) {
		const refused = await ask(body);
		expect([refused.status, refused.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
	}
});

test.each([
	['clauses.json', 'Say of'],
	['lineage.csv', 'Say of'],
	['lineage.graphml', 'Say of'],
	['lineage.json?of=coalition/nothing', 'no policy, version or provision'],
	['clauses.json?of=zz', 'no policy, version or provision'],
	['links.json?after=nothing', 'what next gave'],
	['lineage.json?of=coalition/detainers&after=nothing', 'no such record'],
])('%s is refused with what to do', async (path, words) => {
	const answer = await fetch(`${API}/${path}`);
	expect(answer.status).toBe(400);
	expect(((await answer.json()) as { detail: string }).detail).toContain(words);
});

test('an answer is another one once texts were compared anew', async () => {
	const tag = async () => (await fetch(`${API}/links.json?all=1`)).headers.get('etag');
	const before = await tag();
	expect(await tag()).toBe(before);
	await compareTexts(world, { anew: true });
	expect(await tag()).not.toBe(before);
});
