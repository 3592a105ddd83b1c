import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { closeDraft } from '#adoption/life.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { begun } from '../adoption/begun.ts';
import { browserPath, openBrowser } from './browser.ts';
import { sampleCity } from './city.ts';
import { startSite } from './site.ts';
import { faults, PATIENCE, picture, said, walking } from './walking.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const browsing = await openBrowser();
const cityOf = async (slug: string) => ({ placeId: await sampleCity(slug, world) });
// No sample seat is of this city.
const home = await cityOf('lowmark');
const clerk = await signedIn(world, { role: 'member', ...home });
const attorney = await signedIn(world, { role: 'counsel', ...home });
const lone = await signedIn(world, { role: 'member', ...(await cityOf('tern-point')) });
const visit = walking(site, browsing);
const TITLE = 'Judicial warrants';

describe.skipIf(browserPath() === null)('without scripts', () => {
	test(
		'a clerk sends a draft, counsel finds it, fills a blank and gives it back',
		async () => {
			const draft = `/adoption/${await begun(TITLE, clerk.actor, world)}`;
			const { page } = await visit(draft, clerk.cookie);
			await page.getByRole('link', { name: 'Send to counsel' }).click();
			expect(new URL(page.url()).pathname).toBe(`${draft}/counsel`);
			const before = await said(page);
			expect(before).toMatch(/No reviewed state-law record|reviewed/);
			const open = Number(/(\d+) open blanks/.exec(before)?.[1]);
			expect(open).toBeGreaterThan(3);
			expect(before).toContain('To Office of tests, Person of counsel.');
			await picture(page, 'send');
			await page.getByRole('button', { name: 'Send to counsel' }).click();
			expect(await page.getByRole('status').textContent()).toContain('The draft is with counsel.');
			expect(await page.getByRole('link', { name: /^Question \d+, 0 replies$/ }).count()).toBe(open);
			expect(await page.getByRole('button', { name: 'Give it back to staff' }).count()).toBe(0);

			const counsel = (await visit('/adoption', attorney.cookie)).page;
			expect(await said(counsel)).toContain('1 draft waits for counsel:');
			await picture(counsel, 'list');
			await counsel.getByRole('status').getByRole('link', { name: TITLE }).click();
			expect(await counsel.getByRole('heading', { level: 1 }).textContent()).toBe('For counsel');
			await counsel.getByRole('link', { name: /^Question 1,/ }).click();
			expect(await said(counsel)).toContain('Waiting for Office of tests, Person of counsel.');
			await counsel.goBack();
			const first = counsel
				.locator('main form input[name^="blank."][type=text], main form input[name^="blank."]:not([type])')
				.first();
			await first.fill('City of Lowmark');
			await counsel.getByRole('button', { name: 'Save the blanks' }).click();
			expect(await said(counsel)).toContain(`${open - 1} open blanks`);
			await picture(counsel, 'review');
			expect(await said(counsel)).toContain('Your comments for counsel stay in the counsel room.');
			await page.goto(`${site.origin}${draft}/counsel`);
			expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('With counsel');
			await counsel.getByRole('button', { name: 'Give it back to staff' }).click();
			expect(await counsel.getByRole('status').textContent()).toContain('The draft is back with staff.');

			await page.goto(site.origin + draft);
			expect(await said(page)).toContain('Lowmark');
			await page.getByRole('link', { name: 'Send to counsel' }).click();
			const after = await said(page);
			expect(after).toMatch(/Given back by Office of tests, Person of counsel/);
			expect(after).toMatch(/1 change since it was sent\. 0 provisions read differently\. Filled since: /);
			await picture(page, 'again');
		},
		PATIENCE,
	);

	test(
		'a blank that somebody filled while the page was open is not emptied, and where two answered both answers are shown',
		async () => {
			const draft = `/adoption/${await begun(TITLE, clerk.actor, world)}`;
			const counsel = (await visit(`${draft}/counsel`, attorney.cookie)).page;
			const desk = (await visit(draft, clerk.cookie)).page;
			const field = (page: Page, id: string) => page.locator(`[name^="blank.${id}="]`);
			const save = (page: Page, name = 'Save the blanks') => page.getByRole('button', { name }).click();
			const answers = () =>
				world.db.as(clerk.actor, async (tx) => (await stateOf(draft.slice(10), clerk.actor, tx)).answers);
			const late = (await visit(`/es${draft}`, clerk.cookie)).page;

			await field(desk, 'city').fill('City of Lowmark');
			await field(desk, 'custody_head').fill('Chief of Police');
			await save(desk);
			await field(counsel, 'governing_body').fill('City Council');
			await field(counsel, 'custody_head').fill('Jailer');
			await save(counsel);
			expect(await counsel.getByRole('alert').textContent()).toContain('1 blank is not saved.');
			expect(await said(counsel)).toContain('the draft now says “Chief of Police”');
			expect(await field(counsel, 'custody_head').inputValue()).toBe('Jailer');
			const kept = { city: 'City of Lowmark', governing_body: 'City Council' };
			expect(await answers()).toMatchObject({ ...kept, custody_head: 'Chief of Police' });
			await picture(counsel, 'meanwhile');
			await save(counsel);
			expect(await answers()).toMatchObject({ ...kept, custody_head: 'Jailer' });

			await field(late, 'custody_head').fill('Sheriff');
			await save(late, 'Guardar los espacios');
			expect(await late.getByRole('alert').textContent()).toContain('No se guardó 1 espacio.');
			expect(await said(late)).toContain('el borrador ahora dice «Jailer»');
			expect(await answers()).toMatchObject({ ...kept, custody_head: 'Jailer' });
			await picture(late, 'mientras');
			await field(late, 'custody_head').fill('Jailer');
			await save(late, 'Guardar los espacios');
			expect(await said(late)).toContain('Se guardaron los espacios.');
			expect(await answers()).toMatchObject({ ...kept, custody_head: 'Jailer' });
		},
		PATIENCE,
	);

	test(
		'a city without counsel is told so, and records what it sent by hand',
		async () => {
			const draft = `/adoption/${await begun(TITLE, lone.actor, world)}`;
			const { page } = await visit(`/es${draft}/counsel`, lone.cookie);
			expect(await said(page)).toContain('Ningún puesto de su ciudad es de asesoría jurídica');
			await page.getByRole('button', { name: 'Registrar que se envió' }).click();
			const sent = await said(page);
			expect(sent).toContain('Enviado a mano');
			expect(sent).toContain('Se registró que el borrador se envió a mano.');
			// Nobody is told, and it waits for no one here.
			expect(sent).not.toMatch(/Para la asesoría jurídica|le espera|Se avisa/);
			expect(await page.getByRole('button', { name: 'La asesoría jurídica ya respondió' }).count()).toBe(1);
			await picture(page, 'by-hand');
			await page.getByRole('link', { name: 'Obtener el archivo de Word' }).click();
			expect(new URL(page.url()).pathname).toBe(`/es${draft}/files`);
		},
		PATIENCE,
	);

	test(
		'a seat of counsel without an account is told nothing by mail, and the page says so of it alone',
		async () => {
			const city = await cityOf('vista-llana');
			const staff = await signedIn(world, { role: 'member', ...city });
			const held = await signedIn(world, { role: 'counsel', ...city });
			const empty = await signedIn(world, { role: 'counsel', ...city });
			await world.db.as(SYSTEM, (tx) =>
				sql`update coalition_seat set person = null, name = 'Ana Reyes' where id = ${empty.seat}`.execute(tx),
			);
			const draft = `/adoption/${await begun(TITLE, staff.actor, world)}`;
			const { page } = await visit(`${draft}/counsel`, staff.cookie);
			expect(await page.locator('#to option').allTextContents()).toEqual([
				'Choose an attorney',
				'Office of tests, Ana Reyes (no account)',
				'Office of tests, Person of counsel',
			]);
			const send = () => page.getByRole('button', { name: 'Send to counsel' }).click();
			await send();
			expect(await page.getByRole('alert').textContent()).toBe('Choose an attorney.');
			await page.locator('#to').selectOption(empty.seat ?? '');
			await picture(page, 'unheld');
			await send();
			expect(await page.getByRole('status').textContent()).toContain('no mail went out: tell them yourself');
			await page.locator('#to').selectOption(held.seat ?? '');
			await send();
			expect(await page.getByRole('status').textContent()).toBe('The draft is with counsel.');

			// A draft that is closed waits for nobody.
			const chambers = (await visit('/adoption', held.cookie)).page;
			expect(await said(chambers)).toContain('1 draft waits for counsel:');
			await world.db.as(staff.actor, (tx) => closeDraft(draft.slice(10), staff.actor, world, tx));
			await chambers.reload();
			expect(await said(chambers)).not.toMatch(/waits? for counsel:/);
		},
		PATIENCE,
	);

	test(
		'the page is whole: axe finds nothing in both themes, languages and widths',
		async () => {
			const draft = `/adoption/${await begun(TITLE, clerk.actor, world)}`;
			const { page: first } = await visit(`${draft}/counsel`, clerk.cookie);
			await first.getByRole('button', { name: 'Send to counsel' }).click();
			const pages = [
				[`${draft}/counsel`, attorney.cookie],
				[`/es${draft}/counsel`, clerk.cookie],
				['/es/adoption', attorney.cookie],
				[draft, clerk.cookie],
			] as const;
			expect(await faults(visit, pages)).toEqual([]);
		},
		PATIENCE,
	);
});
