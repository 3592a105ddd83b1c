import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { addDays, dayAt } from '#kernel/day.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { type SignedIn, signedIn } from '../access/signed-in.ts';
import { begun } from '../adoption/begun.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const noBrowser = browserPath() === null;
const browsing = await openBrowser();
const city = await world.db.as(SYSTEM, async (tx) => {
	const { rows } = await sql<{ id: string }>`select id from place where kind = 'city' and sample limit 1`.execute(tx);
	return rows[0]?.id ?? '';
});
const clerk = await signedIn(world, { role: 'member', placeId: city });
const observer = await signedIn(world, { role: 'observer', placeId: city });
const today = dayAt(world.clock.now());
/** A year away: no rule of the form is longer, so nothing is past. */
const VOTE = addDays(today, 365);

async function read(path: string, who: SignedIn = clerk) {
	const answer = await fetch(site.origin + path, { headers: { cookie: who.cookie }, redirect: 'manual' });
	return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

async function send(path: string, fields: Record<string, string>, who: SignedIn = clerk) {
	const answer = await fetch(site.origin + path, {
		...{ method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' },
		headers: { origin: site.origin, accept: 'text/html', cookie: who.cookie },
	});
	return { status: answer.status, text: (await answer.text()).replaceAll(/\s+/g, ' ') };
}

/** The cells of the line of stages: what each is called and what is said of it. */
const cells = (html: string) =>
	[...(/<ol class="stages">(.*?)<\/ol>/s.exec(html)?.[1] ?? '').matchAll(/<li[^>]*>(.*?)<\/li>/gs)].map(
		([, cell = '']) =>
			cell
				.replaceAll(/<!--.*?-->|<[^>]+>/g, ' ')
				.replaceAll(/[\s\u00a0]+/g, ' ')
				.trim(),
	);

describe('the dates of a draft', () => {
	test('begin with four steps, and all others appear with a vote', async () => {
		const page = `/adoption/${await begun('Separation ordinance', clerk.actor, world)}/dates`;
		const first = cells((await read(page)).text);
		expect(first.map((cell) => cell.split(' ')[0])).toEqual(['Copied', 'Blanks', 'Counsel', 'Packet']);
		expect(first[1]).toBe('Blanks filled no day yet');
		const set = await send(`${page}?/plan`, { at: 'adopted', day: VOTE });
		expect([set.status, set.text]).toEqual([200, expect.stringContaining('The days are set.')]);
		const names = cells((await read(page)).text).map((cell) => /^[A-Z][a-z]+( [a-z]+)?/.exec(cell)?.[0]);
		expect(names).toEqual([
			...['Copied', 'Blanks filled', 'Counsel due', 'Packet due', 'Introduced', 'Hearing', 'Vote', 'In force'],
		]);
		const strip = cells((await read(page.replace('/dates', ''))).text);
		expect(strip, 'the draft shows the same line').toHaveLength(8);
	});

	test('are refused with what to write, and what was typed stays', async () => {
		const page = `/adoption/${await begun('Typed', clerk.actor, world)}/dates`;
		const refused = await send(`${page}?/plan`, { at: 'grant_answer', day: 'next <b>Tuesday' });
		expect(refused.status).toBe(400);
		expect(refused.text).toContain('Write a day between 1900 and 2199');
		expect(refused.text).toContain('value="next &lt;b>Tuesday"');
		expect(refused.text).toMatch(/value="grant_answer"[^>]* checked/);
		const rules = await send(`${page}?/rules`, { 'days-0': 'ten', 'source-0': 'Charter, § 4' });
		expect([rules.status, rules.text]).toEqual([400, expect.stringContaining('“ten” is not a number of days.')]);
		expect(rules.text).toContain('value="Charter, § 4"');
	});

	test('say what is overdue and what does not fit in words', async () => {
		const page = `/adoption/${await begun('Late', clerk.actor, world)}/dates`;
		await send(`${page}?/stage`, { stage: 'counsel', due: addDays(today, -3), who: 'City attorney', name: 'Counsel' });
		await send(`${page}?/stage`, { stage: 'hearing', due: addDays(today, 30), name: 'Hearing' });
		await send(`${page}?/stage`, { stage: 'notice', due: addDays(today, 20), name: 'Public notice' });
		const html = (await read(page)).text.replaceAll(/[\s\u00a0]+/g, ' ');
		expect(html).toContain('overdue by 3 days');
		expect(html).toMatch(/UTC: Counsel, due [^<]*, City attorney\. Person of member<\/li>/);
		expect(html).toMatch(/Counsel has the day [^<]*, before this draft was copied on [^<]*\./);
		expect(html).toMatch(/From Public notice on [^<]* to Hearing on [^<]* there are 10 days; the rule asks for 20\./);
		expect(cells(html), 'a notice in time is told beside its hearing').not.toContainEqual(
			expect.stringContaining('Public notice'),
		);
		await send(`${page}?/stage`, { stage: 'notice', due: addDays(today, -1), name: 'Public notice' });
		expect(cells((await read(page)).text)).toContainEqual(
			expect.stringMatching(/^Public notice due .* overdue by 1 day$/),
		);
		const es = (await read(`/es${page}`)).text.replaceAll(/[\s\u00a0]+/g, ' ');
		expect(es).toContain('vencida hace 3 días');
		expect(es).toContain('Public notice tiene el día');
	});

	test('that nobody can keep are told with the first vote that can be, which is one press away', async () => {
		const page = `/adoption/${await begun('Too near', clerk.actor, world)}/dates`;
		const set = await send(`${page}?/plan`, { at: 'adopted', day: addDays(today, 10) });
		const text = set.text.replaceAll(/\u00a0/g, ' ');
		expect(text).toContain('The days are set, but not all of them can be kept.');
		expect(text).toMatch(
			/The vote on [^<]* leaves too little time by the rules of your city: \d+ more days would be needed/,
		);
		expect(text).toMatch(/That is before this draft was copied, on [^<]*\./);
		expect(text).not.toContain('would come before Copied');
		const [, first = ''] = /name="day" value="([\d-]{10})"/.exec(text) ?? [];
		const again = await send(`${page}?/plan`, { at: 'adopted', day: first });
		expect([again.status, again.text]).toEqual([200, expect.stringContaining('The days are set.')]);
		expect(again.text).not.toContain('leaves too little time');
		const past = await send(`${page}?/plan`, { at: 'adopted', day: addDays(today, -20) });
		expect([past.status, past.text]).toEqual([400, expect.stringContaining('That day is past.')]);
	});

	test('before the vote are not overdue once it was held, on no page and in no file', async () => {
		const page = `/adoption/${await begun('Voted', clerk.actor, world)}/dates`;
		await send(`${page}?/stage`, { stage: 'counsel', due: addDays(today, -9), name: 'Counsel' });
		await send(`${page}?/stage`, { stage: 'hearing', due: addDays(today, -2), name: 'Hearing' });
		await send(`${page}?/stage`, { stage: 'adopted', done: addDays(today, -1), name: 'Vote' });
		for (const path of [page, page.replace('/dates', '')]) {
			const { text } = await read(path);
			expect(text).not.toContain('overdue');
			expect(text).toContain('no longer open');
		}
		expect((await read(`${page}.ics`)).text).not.toContain('VEVENT');
	});

	test('leave as a calendar of titles and days that says SAMPLE, for the city alone', async () => {
		const page = `/adoption/${await begun('Warrants, detainers; jails', clerk.actor, world)}/dates`;
		await send(`${page}?/plan`, { at: 'adopted', day: VOTE });
		await send(`${page}?/stage`, { stage: 'counsel', done: today, who: 'Secret person', note: 'Secret note' });
		const { status, headers, text } = await read(`${page}.ics`);
		expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
			...[200, 'text/calendar; charset=utf-8', 'no-store'],
		]);
		expect(headers.get('content-disposition')).toBe('attachment; filename="SAMPLE-dates.ics"');
		const unfolded = text.replaceAll('\r\n ', '');
		expect(unfolded).toContain(
			`DTSTART;VALUE=DATE:${VOTE.replaceAll('-', '')}\r\nSUMMARY:SAMPLE: Warrants\\, detainers\\; jails: Vote\r\n`,
		);
		expect(unfolded).not.toMatch(/Counsel|Secret/);
		const elsewhere = await fetch(`${site.origin}${page}.ics`, { redirect: 'manual' });
		expect([403, 303]).toContain(elsewhere.status);
	});

	test('are read by whoever observes, without a form', async () => {
		const page = `/adoption/${await begun('Observed', clerk.actor, world)}/dates`;
		const { status, text } = await read(page, observer);
		expect([status, /<form[^>]*method="post"[^>]*dates/.test(text)]).toEqual([200, false]);
		expect((await send(`${page}?/plan`, { at: 'adopted', day: VOTE }, observer)).status).toBe(403);
	});

	test('keep a stage of the city’s own, a new name and how the city counts for its next draft', async () => {
		const page = `/adoption/${await begun('Own', clerk.actor, world)}/dates`;
		await send(`${page}?/add`, { name: 'Police review', after: 'counsel', due: '' });
		await send(`${page}?/stage`, { stage: 'packet', name: 'Agenda packet' });
		expect(cells((await read(page)).text).map((cell) => cell.split(' no ')[0])).toEqual([
			...[expect.stringContaining('Copied'), 'Blanks filled', 'Counsel', 'Police review', 'Agenda packet'],
		]);
		await send(`${page}?/rules`, {
			...{ 'days-0': '12', 'earlier-0': 'notice', 'later-0': 'hearing', 'source-0': 'Code 2.04' },
			...{ holiday: 'juneteenth', meets: '2', week: '2', own: `${VOTE}: Recess` },
		});
		const next = (await read(`/adoption/${await begun('Next', clerk.actor, world)}/dates`)).text.replaceAll(
			/[\s\u00a0]+/g,
			' ',
		);
		expect(next).toContain('value="Code 2.04"');
		expect(next).toContain('Next meetings of the council:');
		expect(next).toContain(': Recess</textarea>');
		expect(next).not.toContain('Your city has not entered its own rules yet.');
	});
});

describe.skipIf(noBrowser)('the page of dates', () => {
	test.each(['', '/es'])('at %s is whole, and axe finds nothing at three widths in both themes', async (prefix) => {
		const id = await begun('Whole', clerk.actor, world);
		await send(`/adoption/${id}/dates?/plan`, { at: 'grant_answer', day: VOTE });
		await send(`/adoption/${id}/dates?/stage`, { stage: 'blanks', due: addDays(today, -2), name: '' });
		const [name = '', value = ''] = clerk.cookie.split('=');
		for (const colorScheme of ['light', 'dark'] as const) {
			const { page } = await browsing.visit(site.origin, { bypassCSP: true, colorScheme });
			await page.context().addCookies([{ name, value, url: site.origin }]);
			await page.goto(`${site.origin}${prefix}/adoption/${id}/dates`);
			for (const details of await page.locator('details').all())
				await details.evaluate((one) => one.setAttribute('open', ''));
			for (const width of [320, 768, 1440]) {
				await page.setViewportSize({ width, height: 900 });
				expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
				expect(await violations(page)).toEqual([]);
			}
			expect(await page.locator('h1').count()).toBe(1);
			const ids = await page.evaluate<string[]>('[...document.querySelectorAll("[id]")].map((one) => one.id)');
			expect(ids.filter((one, i) => ids.indexOf(one) !== i)).toEqual([]);
		}
	});

	test('sets its days without a script', async () => {
		const id = await begun('Without a script', clerk.actor, world);
		const [name = '', value = ''] = clerk.cookie.split('=');
		const { page } = await browsing.visit(site.origin, { javaScriptEnabled: false });
		await page.context().addCookies([{ name, value, url: site.origin }]);
		await page.goto(`${site.origin}/adoption/${id}`);
		await page.getByRole('link', { name: 'Stages and dates' }).click();
		await page.getByLabel('The last day to answer a grant').check();
		await page.getByRole('textbox', { name: 'Day' }).first().fill(VOTE);
		await page.getByRole('button', { name: 'Set the days' }).click();
		expect(await page.getByRole('status').innerText()).toBe('The days are set.');
		expect(await page.locator('.stages li').last().innerText()).toMatch(/^Grant answer due/);
		expect(await page.locator('.stages [aria-current=step]').innerText(), 'by the rules kept above').toMatch(
			/^Notice of/,
		);
	});
});
