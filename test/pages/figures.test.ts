import { describe, expect, test } from 'vitest';
import { speech } from '../../src/i18n/message.ts';
import { type Figure, figureOf, pagesOf } from './figure.ts';
import { startSite } from './site.ts';

const site = await startSite();

type Row = Readonly<Record<string, unknown>>;
const asked = new Map<string, Row[]>();

/** Records as the API gives them, which the command line has to give as well. */
async function records(dataset: string, query: Readonly<Record<string, string>> = {}): Promise<Row[]> {
	const key = `${dataset} ${JSON.stringify(query)}`;
	const known = asked.get(key);
	if (known) return known;
	const answer = await fetch(
		`${site.origin}/api/v1/watch/${dataset}.json?${new URLSearchParams({ ...query, all: '1' })}`,
	);
	expect(answer.status, key).toBe(200);
	const { data } = (await answer.json()) as { data: Row[] };
	const options = Object.entries(query).flatMap(([name, value]) => [`--${name === 'q' ? 'search' : name}`, value]);
	expect(await printed(dataset, ...options), key).toEqual(data);
	asked.set(key, data);
	return data;
}

/** What the command line alone gives. */
async function printed(verb: string, ...options: string[]): Promise<Row[]> {
	return JSON.parse(await site.run('watch', verb, ...options, '--format', 'json'));
}

/** Figures of a page by their hooks: `<data id value>` anywhere, `<text id>` where it stands in a drawing. */
async function shown(path: string): Promise<Figure[]> {
	const answer = await fetch(site.origin + path);
	expect(answer.status, path).toBe(200);
	const html = await answer.text();
	const plain = (inner: string) => inner.replaceAll(/<!--.*?-->|<[^>]+>/gs, '').trim();
	const marked = [...html.matchAll(/<data\b([^>]*)>(.*?)<\/data>/gs)].map(([, attributes = '', inner = '']) => ({
		id: /\bid="([^"]+)"/.exec(attributes)?.[1] ?? '',
		value: Number(/\bvalue="([^"]+)"/.exec(attributes)?.[1] ?? Number.NaN),
		text: plain(inner),
	}));
	const drawn = [...html.matchAll(/<text\b[^>]*\bid="([^"]+)"[^>]*>(.*?)<\/text>/gs)].map(
		([, id = '', inner = '']) => ({
			id,
			value: Number(plain(inner).replaceAll(',', '')),
			text: plain(inner),
		}),
	);
	return [...marked, ...drawn];
}

async function settled(path: string): Promise<string> {
	return new URL((await fetch(site.origin + path)).url).pathname;
}

const from = { records, printed, settled };

describe.each(['', '/es'])('every figure under %s/', (prefix) => {
	test('is the one that the records of the API and of the command line give', async () => {
		const { number } = speech(prefix === '' ? 'en' : 'es');
		const checked: string[] = [];
		const wrong: string[] = [];
		for (const path of await pagesOf(from)) {
			const figures = await shown(prefix + path);
			const ids = figures.map(({ id }) => id);
			expect(
				ids.filter((id, i) => ids.indexOf(id) !== i),
				path,
			).toEqual([]);
			for (const { id, value, text } of figures) {
				const expected = await figureOf(path, id, from);
				const told = `${prefix}${path} ${id}: page ${value} "${text}", records ${expected}`;
				checked.push(told);
				// A sentence without the figure says that there is none.
				if (value !== expected || (value !== 0 && !text.includes(number(value)))) wrong.push(told);
			}
		}
		expect(wrong).toEqual([]);
		console.info(`${checked.length} figures on pages under ${prefix}/ equal the records.`);
		expect(checked.length).toBeGreaterThan(150);
	}, 300_000);
});
