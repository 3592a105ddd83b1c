import { afterAll, describe, expect, test } from 'vitest';
import { stateOf } from '#adoption/state.server.ts';
import { sentOf } from '#adoption/word/sent.ts';
import { lineOf } from '#adoption/word/suggest.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { begun } from '../adoption/begun.ts';
import { counselFile, type Typed, type TypedParagraph } from '../adoption/counsel.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { sampleCity } from './city.ts';
import { startSite } from './site.ts';
import { PATIENCE, picture, said, walking } from './walking.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const browsing = await openBrowser();
const placeId = await sampleCity('alder-falls', world);
const clerk = await signedIn(world, { role: 'member', placeId });
const watching = await signedIn(world, { role: 'observer', placeId });

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const visit = walking(site, browsing);

/** A draft of the model of detainers, and what of it a file would have. */
async function drafted() {
	const id = await begun('Judicial warrants', clerk.actor, world);
	const state = await world.db.as(clerk.actor, (tx) => stateOf(id, clerk.actor, tx));
	return { id, lines: sentOf(state).map((one) => ({ ...one, line: lineOf(one) })) };
}

const same = (text: string): Typed => ({ op: 'same', text });

describe.skipIf(browserPath() === null)('a clerk without scripts', () => {
	test(
		'sends in the file that counsel sent back, and decides on each of its changes',
		async () => {
			const { id, lines } = await drafted();
			const standing = lines.filter(({ line }) => line.trim() !== '');
			const at = standing.findIndex(({ line }) => line.includes('shall not keep a person in custody'));
			const file = standing.flatMap(({ line }, n): TypedParagraph[] => {
				if (n === at) {
					const [before = '', after = ''] = line.split('keep');
					return [
						{ pieces: [same(before), { op: 'removed', text: 'keep' }, { op: 'added', text: 'hold' }, same(after)] },
						{
							pieces: [{ op: 'added', text: '(aa)\tThis holds for contractors of the city too.', by: 'Ben' }],
							mark: 'added',
						},
					];
				}
				if (n === at + 1)
					return [
						{
							pieces: [
								{ ...same(line), on: ['0'] },
								{ op: 'overtaken', text: ' Came and went.', by: 'Ada' },
							],
						},
					];
				return [{ pieces: [same(line)] }];
			});
			const bytes = counselFile(file, [{ id: '0', by: 'Ben', text: 'Does this hold for the county <jail>?' }]);
			const { page } = await visit(`/adoption/${id}`, clerk.cookie);
			await page.getByRole('link', { name: 'Bring in counsel’s Word file' }).click();
			expect(await said(page)).toContain('No file has come back yet.');
			await page.getByLabel('Word file that came back').setInputFiles({
				...{ name: 'notes.docx', mimeType: WORD, buffer: Buffer.from('<p>Notes of a meeting of the council.</p>') },
			});
			await page.getByRole('button', { name: 'Read the file' }).click();
			expect(await page.getByRole('alert').textContent()).toMatch(/not a Word file|no words/);
			await page.getByLabel('Word file that came back').setInputFiles({
				...{ name: 'Warrants, counsel.docx', mimeType: WORD, buffer: Buffer.from(bytes) },
			});
			await page.getByRole('button', { name: 'Read the file' }).click();
			const text = await said(page);
			expect(text).toContain('Warrants, counsel.docx');
			expect(text).toContain('3 to decide, of 3.');
			expect(text).toMatch(/Section 3\(a\): words/);
			expect(text).toMatch(/\[removed: ?keep ?\] ?\[added: ?hold ?\]/);
			expect(text).toContain('New, after Section 3(a)');
			expect(text).toContain('Does this hold for the county <jail>?');
			expect(text).toContain('Put in by one person and struck by another; Ben, November 20, 2026 Came and went.');
			await picture(page, 'counsel-open');

			await page.getByRole('button', { name: 'Take (suggestion 1)' }).click();
			expect(await page.getByRole('status').textContent()).toContain('Suggestion 1 is in the draft now, as draft 2.');
			await page.getByRole('button', { name: 'Refuse (suggestion 2)' }).click();
			expect(await page.getByRole('status').textContent()).toContain('Suggestion 2 is refused.');
			await page.getByRole('button', { name: 'Settled (suggestion 3)' }).click();
			expect(await said(page)).toContain('0 to decide, of 3.');
			await picture(page, 'counsel-decided');
			await page.goto(`${site.origin}/adoption/${id}?show=clean`);
			expect(await said(page)).toContain('shall not hold a person in custody');
			await page.goto(`${site.origin}/adoption/${id}/versions`);
			expect(await said(page)).toContain('Suggestion taken (Section 3(a))');
		},
		PATIENCE,
	);

	test(
		'is told of the packet and of a file that hardly matches the draft, and sets that one aside and takes it up again',
		async () => {
			const { id, lines } = await drafted();
			const standing = lines.filter(({ line }) => line.trim() !== '');
			const { page } = await visit(`/adoption/${id}/suggestions`, clerk.cookie);
			const send = async (name: string, texts: readonly string[]) => {
				const buffer = Buffer.from(counselFile(texts.map((text) => ({ pieces: [same(text)] }))));
				await page.getByLabel('Word file that came back').setInputFiles({ name, mimeType: WORD, buffer });
				await page.getByRole('button', { name: 'Read the file' }).click();
			};
			const own = standing.map(({ line }) => line);
			await send('packet.docx', [...own, 'Summary', 'No summary was prepared.', ...own]);
			expect(await page.getByRole('alert').textContent()).toContain(
				'This is the packet for the agenda, not the draft.',
			);
			expect(await said(page)).toContain('No file has come back yet.');
			await picture(page, 'counsel-packet');

			await send('Lease.docx', [...own.slice(0, 20), ...own.map((_, n) => `Parcel ${n} of the lease.`)]);
			expect(await said(page)).toContain('Is this the right file? Most of its paragraphs match nothing in the draft.');
			const list = page.getByText('Show what is in the file');
			expect(await page.getByRole('button', { name: 'Take (suggestion 1)', exact: true }).isVisible()).toBe(false);
			await picture(page, 'counsel-doubted');
			await list.click();
			await page.getByRole('button', { name: 'Refuse (suggestion 1)', exact: true }).click();
			// Whoever decides on what is in it sees it.
			expect(await page.getByRole('button', { name: 'Take (suggestion 2)', exact: true }).isVisible()).toBe(true);
			await page.getByRole('button', { name: 'Refuse all that is open (Lease.docx)' }).click();
			expect(await page.getByRole('status').textContent()).toMatch(
				/The file is set aside: \d+ suggestions are refused\./,
			);
			expect(await said(page)).toMatch(/Set aside .* by .*: \d+ suggestions were refused\./);
			expect(await said(page)).toContain('0 to decide');
			expect(await page.getByText('Is this the right file?').count()).toBe(0);
			await picture(page, 'counsel-aside');
			await page.getByRole('button', { name: 'Open them again (Lease.docx)' }).click();
			expect(await page.getByRole('status').textContent()).toMatch(/\d+ suggestions are open again\./);
			expect(await said(page)).toContain('Is this the right file?');
			await page.goto(`${site.origin}/es/adoption/${id}/suggestions`);
			expect(await said(page)).toContain('¿Es este el archivo correcto?');
			await picture(page, 'counsel-doubted-es');
			const way = { javaScriptEnabled: true, bypassCSP: true, viewport: { width: 390, height: 800 } };
			const { page: narrow } = await visit(`/es/adoption/${id}/suggestions`, clerk.cookie, way);
			expect(await narrow.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
			expect(await violations(narrow)).toEqual([]);
		},
		PATIENCE,
	);

	test(
		'lets who only reads see it and decide nothing; its page keeps the rules of access in both languages',
		async () => {
			const { id, lines } = await drafted();
			const file = lines.map(({ line }, n) =>
				n === 4 ? { pieces: [same(line), { op: 'added' as const, text: ' More.' }] } : { pieces: [same(line)] },
			);
			const { page } = await visit(`/adoption/${id}/suggestions`, clerk.cookie);
			await page.getByLabel('Word file that came back').setInputFiles({
				...{ name: 'back.docx', mimeType: WORD, buffer: Buffer.from(counselFile(file)) },
			});
			await page.getByRole('button', { name: 'Read the file' }).click();
			const { page: other } = await visit(`/adoption/${id}/suggestions`, watching.cookie);
			expect(await said(other)).toContain('1 to decide, of 1.');
			expect(await other.getByRole('button', { name: /Take|Read the file/ }).count()).toBe(0);
			const { page: spanish } = await visit(`/es/adoption/${id}/suggestions`, clerk.cookie);
			expect(await said(spanish)).toContain('1 por decidir, de 1.');
			const found: string[] = [];
			for (const path of ['', '/es'])
				for (const colorScheme of ['light', 'dark'] as const) {
					const way = { javaScriptEnabled: true, bypassCSP: true, colorScheme, viewport: { width: 390, height: 800 } };
					const { page } = await visit(`${path}/adoption/${id}/suggestions`, clerk.cookie, way);
					if (await page.evaluate('document.documentElement.scrollWidth > innerWidth'))
						found.push(`${path} is too wide`);
					found.push(...(await violations(page)).map((one) => `${path} ${colorScheme}: ${one}`));
				}
			expect(found).toEqual([]);
		},
		PATIENCE,
	);
});
