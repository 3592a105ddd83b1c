import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { type SignedIn, signedIn } from '../access/signed-in.ts';
import { zipOf } from '../watch/workbook.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const noBrowser = browserPath() === null;
const browsing = await openBrowser();
const editor = await signedIn(world, { role: 'editor' });

const LAW = [
	'AN ORDINANCE concerning zanzibarian jails',
	'Section 1. Purpose. This chapter says who is held <script>alert(1)</script>.',
	'2 Records. The jail keeps a record, also for 123-45-6789.',
	'Section 3. This ordinance takes effect at once.',
].join('\n\n');
const SAID = {
	...{
		owner: 'place',
		place: 'Huntsville, Texas',
		day: '3 Feb 2026',
		instrument: '',
		number: 'Ordinance 77',
		title: '',
	},
	...{ language: '', source_address: 'https://huntsville.example/77', retrieved: '' },
};

async function read(path: string, who: SignedIn | null = editor) {
	const answer = await fetch(site.origin + path, { headers: who ? { cookie: who.cookie } : {}, redirect: 'manual' });
	return { status: answer.status, text: (await answer.text()).replaceAll(/\s+/g, ' ') };
}

async function send(path: string, body: FormData | URLSearchParams) {
	const answer = await fetch(site.origin + path, {
		method: 'POST',
		headers: { origin: site.origin, accept: 'text/html', cookie: editor.cookie },
		body,
		redirect: 'manual',
	});
	const text = (await answer.text()).replaceAll(/\s+/g, ' ');
	return { status: answer.status, location: answer.headers.get('location') ?? '', text };
}

function upload(name: string, bytes: Uint8Array | string, fields: Record<string, string> = SAID): FormData {
	const form = new FormData();
	for (const [field, value] of Object.entries(fields)) form.append(field, value);
	form.append('file', new File([bytes as BlobPart], name));
	return form;
}

/** Every field of the form of a page, as a browser would send it back. */
function fieldsOf(html: string): URLSearchParams {
	const form = html.slice(html.indexOf('<form class="stack" method="post"'));
	const fields = new URLSearchParams();
	const decoded = (text: string) =>
		text.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
	for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
		const name = / name="([^"]*)"/.exec(tag)?.[1];
		if (!name || (/type="(radio|checkbox)"/.test(tag) && !/ checked/.test(tag))) continue;
		fields.append(name, decoded(/ value="([^"]*)"/.exec(tag)?.[1] ?? ''));
	}
	for (const [, name = '', options = ''] of form.matchAll(/<select[^>]* name="([^"]*)"[^>]*>(.*?)<\/select>/g))
		fields.append(name, /<option value="([^"]*)"[^>]* selected/.exec(options)?.[1] ?? '');
	return fields;
}

const begun = await send(
	'/library/import',
	upload('../../<b>law.txt', LAW, { ...SAID, day: 'soon', place: 'Springfield' }),
);
const draft = begun.location;

describe('a policy that is brought in', () => {
	test('is looked at first: both sides, escaped, and nothing of it is public', async () => {
		expect([begun.status, draft]).toEqual([303, expect.stringMatching(/^\/library\/import\/[0-9a-f-]{36}$/)]);
		const { text } = await read(draft);
		expect(text).toContain('&lt;b>law.txt');
		expect(text).not.toMatch(/<script>alert|<b>law/);
		expect(text.match(/This chapter says who is held &lt;script>/g)?.length).toBeGreaterThanOrEqual(2);
		for (const path of [
			'/library',
			'/library?q=zanzibarian',
			'/api/v1/library/policies.json',
			'/api/v1/library/changes.atom',
		])
			expect((await read(path, null)).text, path).not.toContain('zanzibarian jails');
		expect((await read(draft, null)).status).toBe(403);
	});

	test('gives everything back where something is wrong, also what was read wrong', async () => {
		const fields = fieldsOf((await read(draft)).text);
		expect(fields.get('day')).toBe('soon');
		const row = [...fields.keys()].find((name) => /^number-/.test(name) && fields.get(name) === '')?.split('-')[1];
		expect(row).toBeDefined();
		fields.set('title', 'KEPT <i>title</i>');
		fields.set('heading-1', 'Not so');
		const kept = await send(`${draft}?/keep`, fields);
		expect(kept.location).toBe(`${draft}?tried`);
		const { text } = await read(kept.location);
		expect(text).toContain('Several places may be meant.');
		expect(text).toContain('Write a day, such as');
		expect(text).toContain('value="KEPT &lt;i>title&lt;/i>"');
		expect(text).toContain('value="Not so"');
		expect(text).toContain('does not begin with this heading');
		expect(text).toContain('123-45-6789 is a docket, case or grant number');
	});

	test('is kept once all is right, under its place, as it was corrected', async () => {
		const fields = fieldsOf((await read(draft)).text);
		for (const [name, value] of Object.entries({ ...SAID, title: 'Jails of zanzibar' })) fields.set(name, value);
		const html = (await read(draft)).text;
		const records = Number(/2 Records\. The jail.*?name="kind-(\d+)"/.exec(html)?.[1]);
		const shown = fieldsOf(html);
		const purpose = [...shown].find(([name, value]) => name.startsWith('heading-') && value === 'Not so')?.[0] ?? '';
		fields.set(purpose, 'Purpose.');
		const early = await send(`${draft}?/keep`, fields);
		expect(early.location, 'a number of a person was not looked at').toBe(`${draft}?tried`);
		const again = fieldsOf((await read(draft)).text);
		again.append('not_a_person', '123-45-6789');
		again.set(`level-${records}`, '1');
		again.set(`kind-${records}`, 'section');
		again.set(`number-${records}`, '2');
		again.set(`heading-${records}`, 'Records.');
		const kept = await send(`${draft}?/keep`, again);
		expect(kept.location).toMatch(/^\/library\/tx\/place\/huntsville\/ordinance-77\/2026-02-03$/);
		const shelf = await read(kept.location, null);
		expect(shelf.text).toContain('Jails of zanzibar');
		expect(shelf.text).toContain(`${kept.location}/sec_2`);
		expect(shelf.text).not.toContain('Person of editor');
		expect((await read(draft)).status).toBe(404);
		expect((await read(`${kept.location}/source`, null)).status).toBe(404);
	});

	test('is dropped with its file', async () => {
		const { location } = await send('/library/import', upload('other.txt', 'Section 1. Another one.'));
		expect((await read('/library/import')).text).toContain('other.txt');
		expect((await send(`${location}?/drop`, new URLSearchParams())).location).toBe('/library/import');
		expect((await read(location)).status).toBe(404);
		expect((await read('/library/import')).text).not.toContain('other.txt');
	});

	test.each([
		['no file', '', '', 'Choose one file.'],
		['an empty one', 'a.txt', '', 'holds no words'],
		['chance', 'a.docx', randomBytes(4_000), /can be read here|is damaged/],
		[
			'a picture',
			'a.pdf',
			Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
			/can be read here|is damaged|pictures of pages/,
		],
		['a zip that is no document', 'a.docx', zipOf({ 'a.txt': 'a' }), /can be read here|is damaged/],
		[
			'a document that is a bomb',
			'a.docx',
			zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': new Uint8Array(45_000_000) }),
			/far more than it could|is damaged|larger than a text/,
		],
		['half a PDF', 'a.pdf', Buffer.from('%PDF-1.7\n1 0 obj\n<<'), /is damaged|can be read here/],
	] as const)('and is %s comes back with a sentence and what was typed', async (_, name, bytes, sentence) => {
		const { status, text } = await send('/library/import', upload(name, bytes));
		expect(status).toBe(400);
		expect(text).toMatch(sentence);
		expect(text).toContain('value="Huntsville, Texas"');
		expect(text).toContain('value="Ordinance 77"');
	});

	test('is offered to nobody else', async () => {
		expect((await read('/library', null)).text).not.toContain('/library/import');
		expect((await read('/library')).text).toContain('href="/library/import"');
	});
});

describe.skipIf(noBrowser)('every page of bringing in', () => {
	test.each([
		['/library/import', 'en'],
		['/es/library/import', 'es'],
		['/library/import/…', 'en'],
		['/es/library/import/…', 'es'],
	])('%s is whole, axe finds nothing at three widths in both themes', async (path, language) => {
		const { location } = await send('/library/import', upload('look.txt', LAW));
		const address = path.replace('/library/import/…', `${location}?tried`);
		for (const colorScheme of ['light', 'dark'] as const) {
			const [name = '', value = ''] = editor.cookie.split('=');
			const { page } = await browsing.visit(site.origin, { bypassCSP: true, colorScheme });
			await page.context().addCookies([{ name, value, url: site.origin }]);
			await page.goto(site.origin + address);
			expect(await page.getAttribute('html', 'lang')).toBe(language);
			for (const width of [390, 768, 1440]) {
				await page.setViewportSize({ width, height: 900 });
				expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
				expect(await violations(page), `${colorScheme} at ${width}`).toEqual([]);
			}
		}
		await send(`${location}?/drop`, new URLSearchParams());
	});
});
