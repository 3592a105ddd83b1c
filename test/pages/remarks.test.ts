import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
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
const placeId = await sampleCity('alder-falls', world);
const home = { placeId };
const clerk = await signedIn(world, { role: 'member', ...home });
const attorney = await signedIn(world, { role: 'counsel', ...home });
const [ana, ben] = [
	await signedIn(world, { role: 'member', ...home }),
	await signedIn(world, { role: 'observer', ...home }),
];
await world.db.as(SYSTEM, async (tx) => {
	await sql`update coalition_seat set governing = true, office = 'City Council' where id in (${ana.seat}, ${ben.seat})`.execute(
		tx,
	);
	await sql`update coalition_seat set name = 'Ben Ode' where id = ${ben.seat}`.execute(tx);
});

const visit = walking(site, browsing);

/** The address of a new draft of two sections of the model of detainers. */
async function drafted(): Promise<string> {
	const id = await begun('Judicial warrants', clerk.actor, world, { only: ['sec_1', 'sec_3'] });
	return `/adoption/${id}`;
}

describe.skipIf(browserPath() === null)('without scripts', () => {
	test(
		'a comment on what a colleague took out meanwhile is kept',
		async () => {
			const draft = await drafted();
			const { page } = await visit(draft, clerk.cookie);
			await page.getByRole('link', { name: 'Comment on Section 3' }).click();
			await page.getByLabel('Your comment on Section 3').fill('Does this hold for the county?');
			const other = (await visit(draft, clerk.cookie)).page;
			await other.getByRole('link', { name: 'Edit Section 3', exact: true }).click();
			await other.getByText('Order of Section 3', { exact: true }).click();
			await other.getByRole('button', { name: 'Take out Section 3 and all in it' }).click();
			await page.getByRole('button', { name: 'Save the comment' }).click();
			expect(await said(page)).toContain('Does this hold for the county?');
			expect(await said(page)).toContain('Comments on provisions that are gone');
		},
		PATIENCE,
	);

	test(
		'a clerk comments on words, counsel answers in its own room, and the comment stays with its words',
		async () => {
			const draft = await drafted();
			const { page } = await visit(draft, clerk.cookie);
			await page.getByRole('link', { name: 'Comment on Section 3' }).click();
			expect(await page.getByLabel('Counsel, and those whom counsel let in').count()).toBe(0);
			await page.getByLabel('Words that you comment on').fill('words that are not there');
			await page.getByLabel('Your comment on Section 3').fill('Does <b>this</b> hold for the county?');
			await page.getByRole('button', { name: 'Save the comment' }).click();
			expect(await page.getByRole('alert').textContent()).toContain('The draft has no such words');
			expect(await page.getByLabel('Your comment on Section 3').inputValue()).toContain('hold for the county?');
			// The words to copy from are there.
			expect(new URL(page.url()).pathname).toBe(draft);
			expect(await said(page)).toContain('shall not keep a person in custody');
			await picture(page, 'refused');
			await page.getByLabel('Words that you comment on').fill('a person  in custody');
			await page.getByRole('button', { name: 'Save the comment' }).click();
			expect(new URL(page.url()).pathname).toBe(draft);
			const beside = page.getByRole('complementary', { name: 'Comments on Section 3' });
			expect(await beside.locator('blockquote').textContent()).toBe('a person in custody');
			const mark = page.locator('main mark');
			expect(await mark.allTextContents()).toEqual(['a person in custody']);
			const note = await mark.getAttribute('aria-details');
			await mark.getByRole('link').click();
			expect(new URL(page.url()).hash).toBe(`#${note}`);
			expect(await page.locator(`[id="${note}"]`).textContent()).toContain('hold for the county?');
			expect(await beside.textContent()).toContain('Does <b>this</b> hold for the county?');

			const counsel = (await visit(draft, attorney.cookie)).page;
			await counsel.getByRole('link', { name: 'Comment on Section 1' }).click();
			await counsel.getByLabel('Your comment on Section 1').fill('Privileged: the name may be challenged.');
			expect(await counsel.getByLabel('Counsel, and those whom counsel let in').isChecked()).toBe(true);
			await counsel.getByRole('button', { name: 'Save the comment' }).click();
			expect(await said(counsel)).toMatch(/C1 Office of tests, Person of counsel Counsel only/);
			await counsel.getByText('Reply to comment 1', { exact: true }).first().click();
			await counsel.getByLabel('Reply to comment 1').fill('It does not.');
			await counsel.getByRole('button', { name: 'Send the reply to comment 1' }).click();
			expect(new URL(counsel.url()).hash).toMatch(/^#c-/);
			await picture(counsel, 'beside');

			await page.goto(site.origin + draft);
			const text = await said(page);
			expect(text).toContain('It does not.');
			expect(text).not.toContain('Privileged');
			expect(text).toContain('Comments, 1 open');
			await page.getByRole('link', { name: 'Edit Section 3(a)' }).click();
			const words = page.getByLabel('Words of Section 3(a)');
			await words.fill((await words.inputValue()).replace('a person in custody', 'any person in its custody'));
			await page.getByRole('button', { name: 'Save Section 3(a)' }).click();
			await page.goto(site.origin + draft);
			expect(await beside.locator('blockquote').textContent()).toBe('a person in custody');
			expect(await said(page)).toContain('These words have changed since.');

			await page.getByRole('link', { name: 'Comments, 1 open' }).click();
			await page.getByLabel('Who answers comment 1').selectOption({ label: 'Office of tests, Person of counsel' });
			await page.getByRole('button', { name: 'Save who answers comment 1' }).click();
			expect(await said(page)).toContain('Waiting for Office of tests, Person of counsel.');
			await page.getByText('Reply to comment 1', { exact: true }).first().click();
			await page.getByRole('button', { name: 'Send the reply to comment 1' }).click();
			expect(await said(page)).toContain('Write something');
			await page.getByRole('button', { name: 'Resolve comment 1' }).click();
			expect(await said(page)).toMatch(/Resolved .* by Office of tests, Person of member/);
			expect(await page.getByRole('button', { name: 'Open comment 1 again' }).count()).toBe(1);
			await page.goto(site.origin + draft);
			expect(await said(page)).toContain('Comments, 0 open');
		},
		PATIENCE,
	);

	test(
		'a second member of a council is refused with the rule, until counsel lets them in',
		async () => {
			const draft = await drafted();
			expect((await visit(draft, ana.cookie)).status).toBe(200);
			for (const part of ['', '/remarks', '/versions', '/files', '/suggestions', '/newer', '/file.txt']) {
				const { page, status } = await visit(`/es${draft}${part}`, ben.cookie);
				expect(status, part).toBe(409);
				expect(await said(page), part).not.toContain('Short title');
			}
			const { page } = await visit(draft, ben.cookie);
			expect(await said(page)).toContain(
				'2 members of your city’s governing body in one draft may be a meeting under your open meetings law.',
			);
			await picture(page, 'refused');
			const counsel = (await visit(`${draft}/remarks`, attorney.cookie)).page;
			const text = await said(counsel);
			expect(text).toContain('Your city has not set a number, so the second member is refused.');
			expect(text).toMatch(/City Council, Person of member: takes part since/);
			expect(text).toContain('City Council, Ben Ode: does not take part');
			await counsel.getByRole('button', { name: 'Let this member in' }).click();
			expect(await counsel.getByRole('alert').textContent()).toContain('Choose a member and write the reason.');
			await counsel.getByLabel('Member of the governing body').selectOption({ label: 'City Council, Ben Ode' });
			await counsel.getByLabel('Reason').fill('The committee was noticed.');
			await counsel.getByRole('button', { name: 'Let this member in' }).click();
			expect(await said(counsel)).toContain('let in by counsel: The committee was noticed.');
			await counsel.getByLabel('How many members make a meeting').fill('one');
			await counsel.getByRole('button', { name: 'Save the number' }).click();
			expect(await counsel.getByRole('alert').textContent()).toContain('whole number from 2 to 100');
			await picture(counsel, 'meetings');
			expect((await visit(draft, ben.cookie)).status).toBe(200);
			const staff = (await visit(`${draft}/remarks`, clerk.cookie)).page;
			expect(await said(staff)).toContain('City Council, Ben Ode: takes part since');
			expect(await staff.getByRole('button', { name: 'Save the number' }).count()).toBe(0);
		},
		PATIENCE,
	);

	test(
		'every page of it is whole: axe finds nothing in both themes, languages and widths',
		async () => {
			const draft = await drafted();
			const { page: first } = await visit(`${draft}?comment=none`, attorney.cookie);
			const [, provision = ''] = /\?comment=(p[0-9a-f]+)#/.exec(await first.content()) ?? [];
			await first.goto(`${site.origin}${draft}?comment=${provision}`);
			await first.getByLabel(/^Your comment on/).fill('Noted.');
			await first.getByRole('button', { name: 'Save the comment' }).click();
			for (const colorScheme of ['light', 'dark'] as const)
				for (const path of [`${draft}?comment=${provision}`, `/es${draft}/remarks`]) {
					const { page } = await visit(path, attorney.cookie, {
						...{ bypassCSP: true, colorScheme, javaScriptEnabled: true },
					});
					for (const width of [390, 1440]) {
						await page.setViewportSize({ width, height: 900 });
						expect(await page.evaluate('document.documentElement.scrollWidth'), `${path} at ${width}`).toBe(width);
						expect(await violations(page), `${path} ${colorScheme} at ${width}`).toEqual([]);
					}
				}
		},
		PATIENCE,
	);
});
