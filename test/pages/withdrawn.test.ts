import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import FeedParser from 'feedparser';
import { afterAll, describe, expect, test } from 'vitest';
import { speech } from '../../src/i18n/message.ts';
import { type RowSpec, workbook } from '../watch/workbook.ts';
import { startSite } from './site.ts';

const elsewhere = process.env.COMPACT_TEST_SITE !== undefined;
if (elsewhere) console.warn('Tests of withdrawn events are skipped: they need a site of their own.');
const site = elsewhere ? null : await startSite();
const API = '/api/v1/watch';
/** Pages kept in memory notice a decision of another process within a second. */
const NOTICED = 1_100;

const row = (agency: string, signed: string, model: RowSpec['model'] = 'TFM'): RowSpec => ({
	state: 'TEXAS',
	agency,
	type: 'Municipality',
	model,
	signed,
});
const [ALDER, BIRCH, CEDAR] = ['Alder Police Department', 'Birch Police Department', 'Cedar City Marshal'];
const rows = [row(ALDER, '2025-03-03'), row(BIRCH, '2025-03-04'), row(CEDAR, '2025-03-05', 'WSO')];
const folder = mkdtempSync(join(tmpdir(), 'citycompact-lists-'));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
for (const [i, day] of ['2025-05-01', '2025-05-08', '2025-05-15'].entries()) {
	const bytes = workbook({ kind: 'participating', modified: `${day}T12:00:00Z`, rows: rows.slice(0, i + 1) });
	writeFileSync(join(folder, `participating-${day}.xlsx`), bytes);
}
await site?.run('watch', 'import', folder);

interface Told {
	readonly id: string;
	readonly kind: string;
	readonly agency: string;
	readonly agency_id: string;
	readonly agreement_id: string;
	readonly statement_en: string;
	readonly statement_es: string;
	readonly withdrawn_at: string | null;
	readonly replaced_by: string | null;
	readonly withdrawn_reason?: string | null;
	readonly withdrawn_because?: string | null;
}

const ask = (path: string) => fetch((site?.origin ?? '') + path, { redirect: 'manual' });
/** The words of a page as a reader sees them, without what stands in its head. */
async function words(path: string): Promise<string> {
	const answer = await ask(path);
	expect(answer.status, path).toBe(200);
	const html = (await answer.text()).replace(/^.*?<body/s, '<body');
	return html
		.replaceAll(/<!--.*?-->/gs, '')
		.replaceAll(/<[^>]+>/g, '')
		.replaceAll('&amp;', '&')
		.replaceAll(/\s+/g, ' ');
}
const plain = (text: string) => text.replaceAll(/\s+/g, ' ');
async function data<T>(path: string): Promise<T> {
	const answer = await ask(API + path);
	expect(answer.status, path).toBe(200);
	return ((await answer.json()) as { data: T }).data;
}
const events = () => data<Told[]>('/events.json?all=1');
async function listed(agency: string): Promise<Told> {
	const found = (await events()).find(
		(one) => one.kind === 'listed' && one.agency === agency && one.withdrawn_at === null,
	);
	if (!found) throw new Error(`No list names ${agency}.`);
	return found;
}
const overrule = async (...args: string[]) => {
	const known = await decisions();
	await site?.run('watch', 'overrule', ...args);
	await sleep(NOTICED);
	return (await decisions()).find((id) => !known.includes(id)) ?? '';
};
const decisions = async (): Promise<string[]> =>
	JSON.parse((await site?.run('watch', 'overrules', '--format', 'json')) ?? '[]').map(({ id }: { id: string }) => id);

async function feed(query = ''): Promise<FeedParser.Item[]> {
	const body = await (await ask(`${API}/events.atom${query}`)).text();
	return new Promise((done, fail) => {
		const parser = new FeedParser({ feedurl: site?.origin ?? '', normalize: true });
		const items: FeedParser.Item[] = [];
		parser.on('error', fail);
		parser.on('readable', () => {
			for (let item = parser.read(); item; item = parser.read()) items.push(item);
		});
		parser.on('end', () => done(items));
		Readable.from([body]).pipe(parser);
	});
}

const DATED = 'The agreement itself bears 14 March.';
const JOINED = 'One office under two names, says its own page.';

/** In this order: each decision stands on those before it. */
describe.skipIf(elsewhere)('an event that a decision withdrew', { timeout: 120_000 }, () => {
	let first: Told;
	let second: Told;
	let decision = '';

	test('answers at its address with the day, the cause, the reason and what stands in its place, in both languages', async () => {
		first = await listed(BIRCH);
		decision = await overrule('date', first.agreement_id, '2025-03-14', '--reason', DATED);
		second = await listed(BIRCH);
		expect(second.id).not.toBe(first.id);
		const old = await data<Told>(`/events/${first.id}.json`);
		for (const language of ['en', 'es'] as const) {
			const t = speech(language);
			const prefix = language === 'es' ? '/es' : '';
			const said = await words(`${prefix}/watch/event/${first.id}`);
			expect(said).toContain(plain(t.say('record.withdrawn.overrule', { day: t.day(old.withdrawn_at ?? '') })));
			expect(said).toContain(t.say('record.withdrawn.reason', { reason: DATED }));
			expect(said).toContain(plain(first[`statement_${language}`]));
			expect(said).toContain(plain(second[`statement_${language}`]));
			const html = await (await ask(`${prefix}/watch/event/${first.id}`)).text();
			expect(html).toContain(`href="${prefix}/watch/event/${second.id}"`);
			const now = await words(`${prefix}/watch/event/${second.id}`);
			expect(now).not.toContain(DATED);
		}
	});

	test('says so in the API, alone and among the others, and on the command line', async () => {
		const expected = { withdrawn_at: expect.stringMatching(/Z$/), replaced_by: second.id };
		expect(await data<Told>(`/events/${first.id}.json`)).toMatchObject({
			...expected,
			withdrawn_because: 'overrule',
			withdrawn_reason: DATED,
		});
		expect((await events()).find(({ id }) => id === first.id)).toMatchObject(expected);
		expect((await events()).find(({ id }) => id === second.id)).toMatchObject({
			withdrawn_at: null,
			replaced_by: null,
		});
		const told: Told[] = JSON.parse((await site?.run('watch', 'events', '--format', 'json')) ?? '[]');
		expect(told).toEqual(await events());
		expect((await data<Told[]>('/events.json?all=1&withdrawn=0')).map(({ id }) => id)).not.toContain(first.id);
	});

	test.each(['en', 'es'] as const)('comes up again in the feed as withdrawn (%s)', async (language) => {
		const items = await feed(`?lang=${language}`);
		const entry = items.find(({ guid }) => guid.endsWith(`/watch/event/${first.id}`));
		const t = speech(language);
		expect(entry?.title).toContain(t.say('data.feed.withdrawn.title', { title: '' }).trim());
		expect(entry?.description).toContain(first[`statement_${language}`]);
		expect(entry?.date?.getTime()).toBeGreaterThan(entry?.pubdate?.getTime() ?? Number.NaN);
		expect(items[0]?.guid).toBe(entry?.guid);
		expect(items.map(({ guid }) => guid.split('/').at(-1))).toContain(second.id);
	});

	test.each(['en', 'es'] as const)(
		'is told on the page of corrections, before and now, with the reason (%s)',
		async (language) => {
			const t = speech(language);
			const prefix = language === 'es' ? '/es' : '';
			const said = await words(`${prefix}/corrections`);
			expect(said).toContain(t.say('correction.count', { n: 1 }));
			for (const text of [first[`statement_${language}`], second[`statement_${language}`], DATED]) {
				expect(said).toContain(plain(text));
			}
		},
	);

	test('is folded away on the page of its agency', async () => {
		const html = await (await ask(`/watch/agency/${second.agency_id}`)).text();
		const folded = /<details class="folded">(.*?)<\/details>/s.exec(html)?.[1] ?? '';
		expect(folded).toContain(`/watch/event/${first.id}`);
		expect(folded).toContain(DATED);
		expect(html.replace(folded, '')).not.toContain(`/watch/event/${first.id}`);
		expect(folded).toContain('<data id="withdrawn" value="1">');
	});

	test('leaves former ids of agencies and agreements that lead on, on pages and in the API', async () => {
		const before = [await listed(ALDER), await listed(CEDAR)];
		await overrule('alias', 'TEXAS', ALDER, CEDAR, '--reason', JOINED);
		const moved = async (path: string) => {
			const { status, headers } = await ask(path);
			return `${status} ${headers.get('location')}`;
		};
		const [one] = await data<{ id: string; former_ids: string[] }[]>('/agencies.json?q=alder');
		const former = before.map(({ agency_id }) => agency_id).filter((id) => id !== one?.id);
		expect(one?.former_ids).toEqual(former);
		for (const id of former) {
			expect(await moved(`/watch/agency/${id}`)).toBe(`308 /watch/agency/${one?.id}`);
			expect(await moved(`/es/watch/agency/${id}`)).toBe(`308 /es/watch/agency/${one?.id}`);
			expect(await moved(`${API}/agencies/${id}.json`)).toBe(`308 ${API}/agencies/${one?.id}.json`);
		}
		const agreements = await data<{ id: string; former_ids: string[]; agency_id: string }[]>('/agreements.json?all=1');
		const renamed = agreements.flatMap(({ id, former_ids }) => former_ids.map((old) => ({ id, old })));
		expect(renamed.length).toBeGreaterThan(0);
		for (const { id, old } of renamed) {
			const agency = agreements.find((agreement) => agreement.id === id)?.agency_id;
			expect(await moved(`/watch/agreement/${old}`)).toBe(`308 /watch/agency/${agency}#${id}`);
			expect(await moved(`${API}/agreements/${old}.json`)).toBe(`308 ${API}/agreements/${id}.json`);
		}
		expect(await words('/corrections')).toContain(JOINED);
	});

	test('comes back under its old id when the decision is taken back, and that is published too', async () => {
		await site?.run('watch', 'withdraw', decision);
		await sleep(NOTICED);
		expect((await listed(BIRCH)).id).toBe(first.id);
		expect(await data<Told>(`/events/${first.id}.json`)).toMatchObject({
			withdrawn_at: null,
			replaced_by: null,
			withdrawn_because: null,
			withdrawn_reason: null,
		});
		expect(await data<Told>(`/events/${second.id}.json`)).toMatchObject({
			withdrawn_at: expect.any(String),
			replaced_by: first.id,
		});
		expect(await words(`/watch/event/${first.id}`)).not.toContain(speech('en').say('record.event.withdrawn'));
		const t = speech('en');
		const said = await words('/corrections');
		expect(said).toContain(`${t.say('correction.cause.overrule.back')} “${DATED}”`);
		// Nothing is taken off the page.
		expect(said).toContain(`${t.say('correction.cause.overrule')} “${DATED}”`);
		expect((await feed()).find(({ guid }) => guid.endsWith(first.id))?.title).not.toMatch(/withdrawn/i);
	});
});
