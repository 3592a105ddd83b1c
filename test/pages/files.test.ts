import { strFromU8, unzipSync } from 'fflate';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { stateOf } from '#adoption/state.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { type SignedIn, signedIn } from '../access/signed-in.ts';
import { begun } from '../adoption/begun.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const browsing = await openBrowser();
const city = await world.db.as(SYSTEM, async (tx) => {
	const { rows } = await sql<{ id: string }>`select id from place where kind = 'city' and sample limit 1`.execute(tx);
	return rows[0]?.id ?? '';
});
const clerk = await signedIn(world, { role: 'member', placeId: city });
const stranger = await signedIn(world, { role: 'advocate' });
const page = `/adoption/${await edited()}`;

/** A draft whose first section was written anew. */
async function edited(): Promise<string> {
	const { actor } = clerk;
	const id = await begun('Warrants & jails', actor, world);
	const state = await world.db.as(actor, (tx) => stateOf(id, actor, tx));
	const first = state.provisions.find(({ kind }) => kind === 'section');
	const typed = { heading: 'Short name', words: 'This ordinance may be cited as the Planted Ordinance.' };
	await world.db.as(actor, (tx) => saveWords(id, first?.id ?? '', { typed, since: state.seq }, actor, world, tx));
	return id;
}

async function read(path: string, who: SignedIn = clerk) {
	const answer = await fetch(site.origin + path, { headers: { cookie: who.cookie }, redirect: 'manual' });
	const bytes = new Uint8Array(await answer.arrayBuffer());
	return { status: answer.status, headers: answer.headers, bytes, text: strFromU8(bytes).replaceAll(/\s+/g, ' ') };
}

describe('the files of a draft', () => {
	test('are told with what is in each, before one is sent', async () => {
		const { text } = await read(`${page}/files`);
		expect(text).toMatch(
			/Text with tracked changes: \d+ sections, \d+ blanks open, \d+ words added, \d+ words removed\./,
		);
		expect(text).toContain('No comments, and no name of whoever worked on it.');
		expect((await read(`/es${page}/files`)).text).toMatch(/Texto con control de cambios: \d+ secciones/);
	});
	test.each([
		['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
		['pdf', 'application/pdf'],
		['html', 'text/html; charset=utf-8'],
		['xml', 'application/akn+xml; charset=utf-8'],
	])('come as %s, named SAMPLE, and are kept nowhere', async (form, mediaType) => {
		const { status, headers, bytes } = await read(`${page}/file.${form}?what=marked`);
		expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, mediaType, 'no-store']);
		expect(headers.get('content-disposition')).toMatch(
			new RegExp(`^attachment; filename="SAMPLE-warrants-jails-\\d{4}-\\d\\d-\\d\\d-changes\\.${form}"$`),
		);
		expect(bytes.length).toBeGreaterThan(1_000);
	});
	test('have what was written tracked under the office, and the person only where they chose so', async () => {
		const words = async (query: string) => {
			const { bytes } = await read(`${page}/file.docx?what=marked${query}`);
			return strFromU8(unzipSync(bytes)['word/document.xml'] as Uint8Array);
		};
		const [plain, named] = [await words(''), await words('&named=yes')];
		expect(plain).toMatch(/<w:ins [^>]*w:author="[^"]*SAMPLE [^"]*"[^>]*><w:r>(?:(?!<\/w:ins>).)*Planted/);
		const name = (await read(`${page}/files`)).text.match(/Name me, (.*?), before my office/)?.[1] ?? '';
		expect(name).not.toBe('');
		expect(plain).not.toContain(name);
		expect(named).toContain(`w:author="${name}, `);
	});
	test('are for the city alone, and there are no others', async () => {
		expect((await read(`${page}/file.docx`, stranger)).status).toBe(403);
		expect((await read(`${page}/files`, stranger)).status).toBe(403);
		expect((await read(`${page}/file.txt?what=marked`)).status).toBe(404);
		expect((await read(`${page}/file.rtf`)).status).toBe(404);
	});
});

test.skipIf(browserPath() === null)(
	'axe finds nothing on the page of files, and a look is chosen without a script',
	async () => {
		const [name = '', value = ''] = clerk.cookie.split('=');
		const { page: shown } = await browsing.visit(site.origin, { bypassCSP: true });
		await shown.context().addCookies([{ name, value, url: site.origin }]);
		await shown.goto(`${site.origin}${page}/files`);
		for (const width of [320, 1440]) {
			await shown.setViewportSize({ width, height: 900 });
			expect(await shown.evaluate('document.documentElement.scrollWidth')).toBe(width);
			expect(await violations(shown)).toEqual([]);
		}
		await shown.getByLabel('How changes look').selectOption('chicago');
		await shown.getByRole('button', { name: 'Show the files' }).click();
		expect(await shown.getByRole('link', { name: 'Word, with changes' }).getAttribute('href')).toContain(
			'look=chicago',
		);
	},
);
