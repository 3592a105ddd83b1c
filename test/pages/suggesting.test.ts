import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { begun } from '../adoption/begun.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { sampleCity } from './city.ts';
import { startSite } from './site.ts';
import { PATIENCE, picture, said, walking } from './walking.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const browsing = await openBrowser();
const home = { placeId: await sampleCity('alder-falls', world) };
const clerk = await signedIn(world, { role: 'member', ...home });
const attorney = await signedIn(world, { role: 'counsel', ...home });
const visit = walking(site, browsing);
const drafted = async () =>
	`/adoption/${await begun('Judicial warrants', clerk.actor, world, { only: ['sec_1', 'sec_3'] })}`;

describe.skipIf(browserPath() === null)('without scripts', () => {
	test(
		'counsel writes other words over a section, the clerk takes one, refuses the other and takes the first back',
		async () => {
			const draft = await drafted();
			const counsel = (await visit(draft, attorney.cookie)).page;
			await counsel.getByRole('link', { name: 'Edit Section 3(a)' }).click();
			const words = counsel.getByLabel('Words of Section 3(a)');
			const was = await words.inputValue();
			await counsel.getByLabel('Everybody with a seat of the city').check();
			await counsel.getByRole('button', { name: 'Suggest these words' }).click();
			expect(await counsel.getByRole('alert').textContent()).toContain('You have changed no words.');
			await words.fill(`${was}\n\nMore.`);
			await counsel.getByLabel('Why, if you only suggest it').fill('Plainer.');
			await counsel.getByRole('button', { name: 'Suggest these words' }).click();
			expect(await counsel.getByRole('alert').textContent()).toContain('without an empty line');
			expect(await counsel.getByLabel('Why, if you only suggest it').inputValue()).toBe('Plainer.');
			expect(await counsel.getByLabel('Everybody with a seat of the city').isChecked()).toBe(true);
			const wanted = was.replace('shall not', 'must not').replace('immigration detainer', 'immigration hold');
			await words.fill(wanted);
			await picture(counsel, 'suggesting');
			await counsel.getByRole('button', { name: 'Suggest these words' }).click();
			expect(new URL(counsel.url()).hash).toMatch(/^#c-/);
			const beside = counsel.getByRole('complementary', { name: 'Comments on Section 3' });
			expect(await beside.locator('del').allTextContents()).toEqual(['[removed:shall]', '[removed:detainer]']);
			expect(await beside.locator('ins').allTextContents()).toEqual(['[added:must]', '[added:hold]']);

			const { page } = await visit(draft, clerk.cookie);
			expect(await said(page)).toContain('Plainer.');
			expect(await page.getByRole('button', { name: /^Resolve/ }).count()).toBe(0);
			await picture(page, 'beside');
			await page.getByRole('link', { name: 'Bring in counsel’s Word file' }).click();
			expect(await said(page)).toContain('2 suggestions of colleagues are open.');
			await page.getByRole('link', { name: 'Look at comments and suggestions' }).click();
			await page.getByRole('button', { name: 'Take suggestion 1' }).click();
			expect(new URL(page.url()).pathname).toBe(draft);
			expect(await page.getByRole('status').last().textContent()).toContain(
				'The suggested words are in Section 3(a) now.',
			);
			await picture(page, 'taken');
			await page.getByRole('button', { name: 'Undo' }).click();
			await page.getByRole('button', { name: 'Refuse suggestion 2' }).click();
			await page.getByRole('link', { name: /^Comments, 0 open/ }).click();
			expect(await said(page)).toMatch(/Taken .* by Office of tests, Person of member, as draft 2\./);
			expect(await said(page)).toMatch(/Refused .* by Office of tests, Person of member\./);
			await picture(page, 'decided');
			await page.getByRole('button', { name: 'Open suggestion 1 again' }).click();
			await page.goto(site.origin + draft);
			await page.getByRole('button', { name: 'Take suggestion 1' }).click();
			await page.goto(`${site.origin}${draft}?show=clean`);
			expect(await said(page)).toContain('City personnel must not keep a person in custody');
			await page.goto(`${site.origin}${draft}/versions`);
			expect(await said(page)).toContain('Suggestion taken');
		},
		PATIENCE,
	);

	test(
		'en español: una colega sugiere palabras en un comentario, y lo que cambió entretanto se acepta a mano',
		async () => {
			const draft = await drafted();
			const { page } = await visit(`/es${draft}`, clerk.cookie);
			await page.getByRole('link', { name: 'Comentar Section 3' }).click();
			await page.getByLabel('En su lugar').fill('anybody');
			await page.getByRole('button', { name: 'Guardar el comentario' }).click();
			expect(await page.getByRole('alert').textContent()).toContain('Cite las palabras');
			await page.getByLabel('Palabras que comenta').fill('a person in custody');
			await page.getByRole('button', { name: 'Guardar el comentario' }).click();
			expect(await said(page)).toContain('Sugiere');
			await page.getByRole('link', { name: 'Editar Section 3(a)' }).click();
			const words = page.getByLabel('Palabras de Section 3(a)');
			const was = await words.inputValue();
			await words.fill(was.replace('a person in custody', 'a person in its custody'));
			await page.getByRole('button', { name: 'Guardar Section 3(a)' }).click();
			await page.goto(`${site.origin}/es${draft}`);
			expect(await said(page)).toContain('Estas palabras cambiaron desde entonces.');
			await page.getByRole('link', { name: 'Aceptar la sugerencia 1 a mano' }).click();
			expect(await said(page)).toContain('Las palabras de la sugerencia 1 cambiaron desde entonces.');
			await picture(page, 'a-mano');
			await words.fill(was.replace('a person in custody', 'anybody'));
			await page.getByRole('button', { name: 'dar por aceptada la sugerencia 1' }).click();
			await page.getByRole('link', { name: /^Comentarios, 0/ }).click();
			expect(await said(page)).toMatch(/Aceptada .* como borrador 3\./);
		},
		PATIENCE,
	);

	test(
		'what counsel suggests in its own room is beside the words for counsel alone, and axe finds nothing in it',
		async () => {
			const draft = await drafted();
			const { page: counsel } = await visit(draft, attorney.cookie);
			await counsel.getByRole('link', { name: 'Edit Section 3(a)' }).click();
			const words = counsel.getByLabel('Words of Section 3(a)');
			await words.fill((await words.inputValue()).replace('shall not', 'must not'));
			await counsel.getByRole('button', { name: 'Suggest these words' }).click();
			expect(await said(counsel)).toContain('C1 Office of tests, Person of counsel Counsel only');
			const { page: staff } = await visit(draft, clerk.cookie);
			expect(await said(staff)).toContain('Comments, 0 open');
			const [, provision = ''] = /\?edit=(p[0-9a-f]+)#/.exec(await counsel.content()) ?? [];
			for (const colorScheme of ['light', 'dark'] as const)
				for (const path of [`${draft}?edit=${provision}&comment=${provision}`, `/es${draft}`, `/es${draft}/remarks`]) {
					const { page } = await visit(path, attorney.cookie, {
						...{ bypassCSP: true, colorScheme, javaScriptEnabled: true },
					});
					for (const width of [390, 768, 1440]) {
						await page.setViewportSize({ width, height: 900 });
						expect(await page.evaluate('document.documentElement.scrollWidth'), `${path} at ${width}`).toBe(width);
						expect(await violations(page), `${path} ${colorScheme} at ${width}`).toEqual([]);
					}
				}
			await counsel.getByRole('button', { name: 'Take suggestion C1' }).click();
			await staff.goto(`${site.origin}${draft}/versions`);
			const history = await said(staff);
			expect(history).toContain('Words changed');
			expect(history).not.toContain('Suggestion');
		},
		PATIENCE,
	);
});
