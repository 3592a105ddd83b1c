import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { stateOf } from '#adoption/state.server.ts';
import { restructure } from '#adoption/structure/restructure.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { fillAll } from '../adoption/adopted.ts';
import { begun } from '../adoption/begun.ts';
import { PLANTED, p, templateOf, textsOf, uglyTemplate, wordsOf } from '../adoption/templates.ts';
import { browserPath, openBrowser } from './browser.ts';
import { sampleCity } from './city.ts';
import { startSite } from './site.ts';
import { faults, PATIENCE, picture, said, walking } from './walking.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const browsing = await openBrowser();
const cityOf = async (slug: string) => ({ placeId: await sampleCity(slug, world) });
const home = await cityOf('lowmark');
const clerk = await signedIn(world, { role: 'member', ...home });
const watching = await signedIn(world, { role: 'observer', ...home });
const stranger = await signedIn(world, { role: 'member', ...(await cityOf('tern-point')) });
const visit = walking(site, browsing);
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const file = (name: string, buffer: Uint8Array) => ({ name, mimeType: WORD, buffer: Buffer.from(buffer) });

const fetched = async (path: string, who = clerk) => {
	const got = await fetch(site.origin + path, { headers: { cookie: who.cookie }, redirect: 'manual' });
	return { status: got.status, type: got.headers.get('content-type'), bytes: new Uint8Array(await got.arrayBuffer()) };
};

test('the title of a draft of the city’s own code names the section that was changed', async () => {
	const local = await signedIn(world, { role: 'member', ...(await cityOf('alder-falls')) });
	const { actor } = local;
	const id = await begun('City services', actor, world, { path: 'zz/place/alder-falls/chapter-9-40/2019-04-04' });
	const offered = async () =>
		/<textarea id="title"[^>]*>([^<]*)</.exec(
			new TextDecoder().decode((await fetched(`/adoption/${id}/packet`, local)).bytes),
		)?.[1];
	expect(await offered()).toBe('City services');
	await world.db.as(actor, async (tx) => {
		const { provisions, seq } = await stateOf(id, actor, tx);
		const one = provisions.find(({ from }) => from?.eId.endsWith('__subsec_b') && from.eId.includes('9.40.030'));
		if (!one) throw new Error('There is no section 9.40.030(b).');
		const typed = { heading: one.heading ?? '', words: 'This section has no exception.' };
		await saveWords(id, one.id, { typed, since: seq }, actor, world, tx);
	});
	expect(await offered()).toBe('An ordinance amending Section 9.40.030: City services');
});

describe.skipIf(browserPath() === null)('without scripts', () => {
	test(
		'a city sends its template: what is wrong is told, what was found and taken out too',
		async () => {
			const { page } = await visit('/adoption', clerk.cookie);
			await page.getByRole('link', { name: 'Template of the packet' }).click();
			expect(await said(page)).toContain('Ours, because your city has sent none.');
			await picture(page, 'template');
			const send = async (name: string, bytes: Uint8Array) => {
				await page.getByLabel('Word file').setInputFiles(file(name, bytes));
				await page.getByRole('button', { name: 'Send the template' }).click();
			};
			await send(
				'none.docx',
				templateOf(p('Body', 'See {text} here') + p('Body', 'x', '<w:fldSimple w:instr=" AUTHOR "/>')),
			);
			expect(await page.getByRole('alert').textContent()).toMatch(
				/nothing was kept[\s\S]*asks the computer or another file \(AUTHOR\)/,
			);
			await send('crowded.docx', templateOf(p('Body', 'See {text} here')));
			expect(await page.getByRole('alert').textContent()).toContain(
				'{text} has other words or a picture in its paragraph.',
			);
			await picture(page, 'template-refused');
			await send(`plan <b> ordinance.docx`, uglyTemplate());
			const text = await said(page);
			expect(text).toContain('The template is kept.');
			expect(text).toContain('plan <b> ordinance.docx');
			expect(text).toMatch(/Taken out when it was sent: .*properties with author and company/);
			expect(text).toContain('These have no field of their own: Enacting words of the draft, Fiscal note, Sources.');
			expect(text).toContain('It has enacting words of its own');
			await picture(page, 'template-kept');
			const kept = await fetched('/adoption/template/file.docx');
			expect([kept.status, kept.type]).toEqual([200, WORD]);
			for (const [name, part] of textsOf(kept.bytes)) expect(part, name).not.toContain(PLANTED);
			expect(wordsOf((await fetched('/adoption/template/file.docx', stranger)).bytes).join()).not.toContain(
				'AGENDA ITEM',
			);
			const watcher = (await visit('/es/adoption/template', watching.cookie)).page;
			expect(await said(watcher)).toContain('Tiene su propia fórmula de promulgación');
			expect(await watcher.getByRole('button').count()).toBe(0);
		},
		PATIENCE,
	);

	test(
		'a packet waits for the last blank, is said what is in it, and is taken in the city’s template',
		async () => {
			const id = await begun('Judicial warrants', clerk.actor, world);
			await fillAll(id, 'City of Lowmark', clerk.actor, world, ['effective_date']);
			const { page } = await visit(`/adoption/${id}`, clerk.cookie);
			await page.getByRole('link', { name: 'Packet', exact: true }).click();
			expect(await page.getByRole('status').textContent()).toMatch(
				/1 blank is still open\.[\s\S]*Day on which it takes effect: Section 15/,
			);
			expect(await page.getByRole('link', { name: 'Download the packet' }).count()).toBe(0);
			expect((await fetched(`/adoption/${id}/packet/file.docx`)).status).toBe(409);
			await picture(page, 'packet-blocked');
			await fillAll(id, 'City of Lowmark', clerk.actor, world);
			await page.reload();
			expect((await fetched(`/adoption/${id}/packet/file.docx`)).status).toBe(409);
			expect(await page.getByLabel('Title').inputValue()).toBe(
				'An ordinance on immigration detainers and judicial warrants',
			);
			expect(await page.getByLabel('Summary in plain language').inputValue()).toMatch(
				/^This text has 15 sections\. It was copied from/,
			);
			expect(await page.getByLabel('Enacting words of the draft').isChecked()).toBe(false);
			await page.getByLabel('Day of the agenda').fill('the day after');
			await page.getByLabel('Sponsor').fill('Council Member Reyes');
			await page.getByRole('button', { name: 'Save, and show what is inside' }).click();
			expect(await page.getByRole('alert').textContent()).toContain('Write the day as');
			expect(await page.getByLabel('Sponsor').inputValue()).toBe('Council Member Reyes');
			await page.getByLabel('Day of the agenda').fill('December 15, 2026');
			await page.getByLabel('Ordinance number').fill('Bill 7 <&>');
			await page.getByLabel('Fiscal note').first().fill('No cost is expected.');
			await page.getByLabel('How the redline is marked').selectOption('king-county');
			await page.getByRole('button', { name: 'Save, and show what is inside' }).click();
			const text = await said(page);
			expect(text).toMatch(
				/Inside: Recitals, Clean text, Redline, Summary, Fiscal note, Sources; the text has \d+ provisions\./,
			);
			expect(text).toContain('so they come after its end: Fiscal note, Sources. Author: Office of tests');
			await picture(page, 'packet-ready');
			const made = await fetched(`/adoption/${id}/packet/file.docx`);
			expect([made.status, made.type]).toEqual([200, WORD]);
			expect((await fetched(`/adoption/${id}/packet/file.docx`)).bytes).toEqual(made.bytes);
			const lines = wordsOf(made.bytes).join('\n');
			for (const words of [
				'AGENDA ITEM',
				'ORDINANCE NO. Bill 7 <&>, December 15, 2026',
				'No cost is expected.',
				'Copied from',
			])
				expect(lines).toContain(words);
			for (const [name, part] of textsOf(made.bytes)) expect(part, name).not.toMatch(/Person of|lantada/);
			const [download] = await Promise.all([
				page.waitForEvent('download'),
				page.getByRole('link', { name: 'Download the packet' }).click(),
			]);
			expect(download.suggestedFilename()).toBe('SAMPLE-judicial-warrants-packet.docx');
			expect(new Uint8Array(readFileSync(await download.path()))).toEqual(made.bytes);
			await page.getByRole('button', { name: 'The packet is on the agenda' }).click();
			expect(await said(page)).toContain('the stage is done.');
			// Nobody wrote a summary: what counts the sections counts those that the draft has now.
			const removeLast = () =>
				world.db.as(clerk.actor, async (tx) => {
					const { provisions } = await stateOf(id, clerk.actor, tx);
					const provision = provisions.findLast(({ kind }) => kind === 'section')?.id ?? '';
					await restructure(id, { act: 'removed', provision }, clerk.actor, world, tx);
				});
			await removeLast();
			const less = wordsOf((await fetched(`/adoption/${id}/packet/file.docx`)).bytes).join('\n');
			expect(less).toMatch(/This text has 14 sections\..* These of that text are left out: Section 15\./);
			// Also where a colleague edits while the page stands open, and only the number is written.
			await page.goto(page.url().replace(/packet.*/, 'packet'));
			await removeLast();
			await page.getByLabel('Ordinance number').fill('Bill 8');
			await page.getByRole('button', { name: 'Save, and show what is inside' }).click();
			const least = wordsOf((await fetched(`/adoption/${id}/packet/file.docx`)).bytes).join('\n');
			expect(least).toMatch(/ORDINANCE NO. Bill 8[\s\S]*This text has 13 sections\./);
			const next = await begun('Another', clerk.actor, world);
			const other = (await visit(`/adoption/${next}/packet`, clerk.cookie)).page;
			expect(await other.getByLabel('How the redline is marked').inputValue()).toBe('king-county');
			expect((await visit(`/adoption/${id}/packet`, stranger.cookie)).status).toBe(404);
			expect((await fetched(`/adoption/${id}/packet/file.docx`, stranger)).status).toBe(404);
		},
		PATIENCE,
	);

	test(
		'both pages are whole: axe finds nothing in both themes, languages and widths',
		async () => {
			const id = await begun('Judicial warrants', clerk.actor, world);
			await fillAll(id, 'City of Lowmark', clerk.actor, world, ['effective_date']);
			const paths = [
				'/adoption/template',
				'/es/adoption/template',
				`/adoption/${id}/packet`,
				`/es/adoption/${id}/packet?saved=yes`,
			];
			expect(
				await faults(
					visit,
					paths.map((path) => [path, clerk.cookie]),
				),
			).toEqual([]);
		},
		PATIENCE,
	);
});
