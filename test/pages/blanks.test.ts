import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { answer } from '#adoption/answers.server.ts';
import { turnsOf } from '#adoption/counsel/counsel.server.ts';
import type { State } from '#adoption/draft.ts';
import { stateOf } from '#adoption/state.server.ts';
import type { Blank } from '#library/view.ts';
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
const home = { placeId: await sampleCity('lowmark', world) };
const clerk = await signedIn(world, { role: 'member', ...home });
const attorney = await signedIn(world, { role: 'counsel', ...home });
const visit = walking(site, browsing);

const TYPED: Readonly<Record<Blank['kind'], string>> = {
	...{ text: 'City of Lowmark', office: 'City Clerk', number: '30', date: '2027-03-03', choice: 'March', yes_no: 'no' },
};

/** A draft with every blank filled but for the named ones; what can be left out is. */
async function drafted(but: readonly string[]) {
	const id = await begun('Judicial warrants', clerk.actor, world);
	await world.db.as(clerk.actor, async (tx) => {
		const { blanks } = await stateOf(id, clerk.actor, tx);
		// What the city answered in an earlier draft stands in this one from the start.
		const typed = blanks.map((one) => [one.id, but.includes(one.id) ? '' : TYPED[one.kind]] as const);
		await answer(id, Object.fromEntries(typed), clerk.actor, world, tx);
	});
	const read = (): Promise<State> => world.db.as(clerk.actor, (tx) => stateOf(id, clerk.actor, tx));
	const turns = async () => (await world.db.as(clerk.actor, (tx) => turnsOf(id, tx))).map(({ act }) => act);
	return { draft: `/adoption/${id}`, turns, answers: async () => (await read()).answers };
}

const field = (page: Page, id: string) => page.locator(`[name^="blank.${id}="]`);
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

describe.skipIf(browserPath() === null)('without scripts', () => {
	test(
		'a blank that stands only in what another answer leaves out holds nothing up, and every page says the same',
		async () => {
			const { draft } = await drafted(['conviction_years']);
			const { page } = await visit(draft, clerk.cookie);
			const desk = await said(page);
			expect(desk).toMatch(/Blanks, (\d+) of \1 filled/);
			expect(desk).toContain('Not needed now: the answer to “Allow notice of release after a serious conviction?”');
			expect(desk).not.toContain('Open. It has to be filled');
			await picture(page, 'left-out');
			await page.goto(`${site.origin}${draft}/counsel`);
			expect(await said(page)).toContain('0 open blanks No blank is open.');
			await page.goto(`${site.origin}${draft}/packet`);
			expect(await said(page)).not.toContain('still open');

			await page.goto(site.origin + draft);
			await field(page, 'notice_on_conviction').first().check();
			await press(page, 'Save the blanks');
			expect(await said(page)).toContain(
				'Open. It has to be filled before the packet is made and the vote is recorded.',
			);
			await page.goto(`${site.origin}/es${draft}/counsel`);
			expect(await said(page)).toContain('1 espacio sin llenar');
			await page.goto(`${site.origin}${draft}/packet`);
			expect(await said(page)).toContain('1 blank is still open.');
		},
		PATIENCE,
	);

	test(
		'a blank whose answer was refused is open still, and what was typed stands in it',
		async () => {
			const { draft, answers } = await drafted(['training_days']);
			const { page } = await visit(draft, clerk.cookie);
			await field(page, 'training_days').fill('sixty');
			await press(page, 'Save the blanks');
			expect(await field(page, 'training_days').inputValue()).toBe('sixty');
			const read = await said(page);
			expect(read).toContain('Write a whole number of at least 1, in figures.');
			expect(read).toContain('Open. It has to be filled');
			expect((await answers()).training_days ?? '').toBe('');
			await picture(page, 'refused');
		},
		PATIENCE,
	);

	test(
		'what counsel typed is kept with the draft that they give back, and what is no answer keeps it with them',
		async () => {
			const { draft, answers, turns } = await drafted(['training_days', 'custody_head']);
			const desk = (await visit(`${draft}/counsel`, clerk.cookie)).page;
			await field(desk, 'custody_head').fill('Chief Jailer');
			await press(desk, 'Send to counsel');
			expect(await answers()).toMatchObject({ custody_head: 'Chief Jailer' });

			const { page } = await visit(`${draft}/counsel`, attorney.cookie);
			expect(await page.getByRole('button', { name: /^Send/ }).count()).toBe(0);
			await picture(page, 'counsel');
			await field(page, 'training_days').fill('soon');
			await press(page, 'Give it back to staff');
			expect(await page.getByRole('alert').textContent()).toContain('1 blank is not saved.');
			expect(await field(page, 'training_days').inputValue()).toBe('soon');
			expect(await turns()).toEqual(['sent']);
			await field(page, 'training_days').fill('45');
			await press(page, 'Give it back to staff');
			expect(await page.getByRole('status').textContent()).toContain('The draft is back with staff.');
			expect(await answers()).toMatchObject({ training_days: '45' });
			expect(await turns()).toEqual(['returned', 'sent']);
			expect(await page.getByRole('button', { name: 'Send to counsel' }).count()).toBe(1);
		},
		PATIENCE,
	);

	test(
		'the pages are whole: axe finds nothing in both themes, languages and widths',
		async () => {
			const { draft } = await drafted(['conviction_years', 'city']);
			await press((await visit(`${draft}/counsel`, clerk.cookie)).page, 'Send to counsel');
			const pages = [
				[draft, clerk.cookie],
				[`/es${draft}/counsel`, attorney.cookie],
			] as const;
			expect(await faults(visit, pages)).toEqual([]);
		},
		PATIENCE,
	);
});
