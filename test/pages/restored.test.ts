import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { answer } from '#adoption/answers.server.ts';
import type { State } from '#adoption/draft.ts';
import { stateOf } from '#adoption/state.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { begun } from '../adoption/begun.ts';
import { browserPath, openBrowser } from './browser.ts';
import { sampleCity } from './city.ts';
import { startSite } from './site.ts';
import { PATIENCE, said, walking } from './walking.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const browsing = await openBrowser();
const placeId = await sampleCity('alder-falls', world);
const [clerk, attorney] = [
	await signedIn(world, { role: 'member', placeId }),
	await signedIn(world, { role: 'counsel', placeId }),
];
const visit = walking(site, browsing);
const state = (id: string): Promise<State> => world.db.as(clerk.actor, (tx) => stateOf(id, clerk.actor, tx));
const field = (page: Page, id: string) => page.locator(`[name^="blank.${id}"]`);
const save = (page: Page) => page.getByRole('button', { name: 'Save the blanks' }).click();

/** Chromium puts back what was typed when somebody comes back to a page; other browsers also when it is loaded again. */
async function again(page: Page): Promise<void> {
	await page.goto(`${site.origin}/adoption`);
	await page.goBack();
}

describe.skipIf(browserPath() === null)('a browser that puts typed words back', () => {
	test(
		'passes none over a blank that a colleague filled meanwhile, and loses none of the others',
		async () => {
			const draft = await begun('Typed', clerk.actor, world);
			const { page } = await visit(`/adoption/${draft}`, clerk.cookie);
			await field(page, 'city').fill('Town of Typed');
			await field(page, 'custody_head').fill('Jailer');
			await field(page, 'governing_body').fill('City Council');
			// The first two of the form: browsers tell forms apart by them.
			const theirs = { city: 'City of Alder Falls', custody_head: 'Chief of Police' };
			await world.db.as(attorney.actor, (tx) => answer(draft, theirs, attorney.actor, world, tx));
			await again(page);
			expect(await field(page, 'city').inputValue()).toBe('City of Alder Falls');
			expect(await field(page, 'governing_body').inputValue()).toBe('City Council');
			await save(page);
			expect(await said(page)).toContain('The blanks are saved.');
			expect((await state(draft)).answers).toEqual({ ...theirs, governing_body: 'City Council' });
		},
		PATIENCE,
	);

	test(
		'passes none over words that a colleague wrote meanwhile',
		async () => {
			const draft = await begun('Written', clerk.actor, world);
			const { provisions, seq } = await state(draft);
			const one = provisions.find(({ text }) => text.includes('no private right'));
			if (!one) throw new Error('The model has other words.');
			const { page } = await visit(`/adoption/${draft}?edit=${one.id}`, clerk.cookie);
			const words = page.locator('#words');
			const mine = one.text.replace('no private right', 'not any private right');
			await words.fill(mine);
			// What a colleague does elsewhere is no reason to type again.
			const other = provisions.find(({ id, text }) => id !== one.id && text.length > 40);
			const elsewhere = { heading: other?.heading ?? '', words: `${other?.text} So be it.` };
			const write = (id: string, typed: typeof elsewhere) =>
				world.db.as(attorney.actor, (tx) => saveWords(draft, id, { typed, since: seq }, attorney.actor, world, tx));
			await write(other?.id ?? '', elsewhere);
			await again(page);
			expect(await words.inputValue()).toBe(mine);

			const theirs = one.text.replace('no private right', 'a private right');
			await write(one.id, { heading: one.heading ?? '', words: theirs });
			await again(page);
			expect(await words.inputValue()).toBe(theirs);
		},
		PATIENCE,
	);
});
