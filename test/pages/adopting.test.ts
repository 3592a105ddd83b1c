import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { addressIn, type Language } from '#i18n/language.ts';
import { type Key, speech, type Values } from '#i18n/message.ts';
import { addDays, type Day, dayAt } from '#kernel/day.ts';
import { addVersion } from '#library/add.server.ts';
import { workAt } from '#library/at.server.ts';
import { code, confirm } from '#library/coding.server.ts';
import { readMarkdown } from '#library/read/markdown.ts';
import { structure } from '#library/structure/structure.ts';
import { readConfig } from '#platform/config.server.ts';
import { packageRoot } from '#platform/root.server.ts';
import type { OpenWorld } from '#platform/world.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { compareTexts } from '#reuse/compare.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { findOffice, trackedInOffice } from '../adoption/office.ts';
import { browserPath, openBrowser } from './browser.ts';
import { startSite } from './site.ts';
import { picture, said, walking } from './walking.ts';
import { caret, standing } from './writer.ts';

const office = findOffice();
if (office === null) console.log('test/pages/adopting.test.ts is left out: there is no soffice here.');
const browsing = await openBrowser();
/** The whole way from a model to a law on a busy machine, in milliseconds. */
const PATIENCE = 400_000;
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const MODEL = '2026-11-26';

/** Who takes part: slugs of two invented cities, one that adopts and one that copies it then. */
interface Cast {
	readonly city: string;
	readonly next: string;
}

/** The second version of the model: other words in two sections, and a subsection more. */
async function improve(world: OpenWorld): Promise<void> {
	const file = join(packageRoot(), 'seeds/library/detainers', `${MODEL}.en.md`);
	const text = readFileSync(file, 'utf8')
		.replace('cited as the Judicial Warrant Ordinance', 'cited as the Judicial Warrant and Custody Ordinance')
		.replace('creates no private right', 'creates not any private right')
		.replace(/(## Section 5\. Transfer)/, '(c) City personnel shall tell the person of the entry in writing.\n\n$1');
	await world.db.as(SYSTEM, async (tx) => {
		const found = await workAt(`coalition/detainers/${MODEL}`, MODEL as Day, tx);
		if (found.kind !== 'version') throw new Error('The model is not on the shelf.');
		const { title, language } = found.version;
		const reading = structure(readMarkdown(Buffer.from(text)));
		const source = { name: null, sha256: null, address: null, retrieved: null, blobId: null };
		const said = { day: addDays(MODEL as Day, 1), language, official: true, title, reading, format: 'md' };
		await addVersion(found.work.id, { ...said, source, comesAlong: false, by: 'Ana Reyes', id: null }, world, tx);
	});
}

/** From a model to a law and on to another city, in one language, by a clerk and an attorney in browsers of their own. */
async function story(language: Language, { city, next }: Cast): Promise<void> {
	const site = await startSite();
	const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
	const t = speech(language);
	const today = dayAt(world.clock.now());
	const places = await world.db.as(SYSTEM, (tx) =>
		tx.selectFrom('place').select(['id', 'slug', 'name']).where('sample', '=', true).execute(),
	);
	const place = (slug: string) => places.find((one) => one.slug === slug) ?? { id: '', name: '' };
	const seat = (slug: string, role: 'member' | 'counsel') =>
		signedIn(world, { role, placeId: place(slug).id, counsel: role === 'counsel' });
	const walk = walking(site, browsing);
	const enters = async (who: { readonly cookie: string }) =>
		(await walk(addressIn(language, '/adoption'), who.cookie, { javaScriptEnabled: true })).page;
	const clerk = await seat(city, 'member');
	const attorney = await seat(city, 'counsel');
	const [desk, chambers] = [await enters(clerk), await enters(attorney)];

	const go = (page: Page, path: string) => page.goto(site.origin + addressIn(language, path));
	const button = (page: Page, key: Key, values: Values = {}) =>
		page
			.getByRole('button', { name: t.say(key, values) })
			.first()
			.click();
	const link = (page: Page, key: Key, values: Values = {}) =>
		page
			.getByRole('link', { name: t.say(key, values), exact: true })
			.first()
			.click();
	const hears = async (page: Page, key: Key, values: Values = {}) =>
		expect(await said(page)).toContain(t.say(key, values).replaceAll(/\s+/g, ' ').trim());

	// Copied: the sentence on the law of the state stands before it.
	await go(desk, `/library/coalition/detainers/${MODEL}`);
	await link(desk, 'draft.copy');
	await hears(desk, 'draft.copy.law');
	await desk.locator('#title').fill('Judicial warrants');
	await button(desk, 'draft.copy.do');
	const draft = new URL(desk.url()).pathname.replace(/^\/es(?=\/)/, '');
	await hears(desk, 'draft.of', { n: 1, city: place(city).name });
	const reads = async () => {
		await go(desk, `${draft}?show=clean`);
		const leaves = await desk.locator('.reader .law').evaluateAll((found) =>
			found.map((one) => {
				const copy = one.cloneNode(true) as Element;
				for (const hidden of copy.querySelectorAll('.hidden')) hidden.remove();
				return copy.textContent ?? '';
			}),
		);
		return leaves.join(' ').replaceAll(/\s+/g, ' ');
	};

	// Its blanks are filled, but for one that counsel shall know.
	const fields = desk.locator('form.params');
	const answers = {
		city: `City of ${place(city).name}`,
		custody_head: 'Chief of Police',
		governing_body: 'City Council',
		chief_executive: 'City Manager',
	};
	for (const [id, answer] of Object.entries(answers)) await fields.locator(`[name^="blank.${id}="]`).fill(answer);
	await fields.locator('[name^="blank.notice_on_conviction="][value="no"]').check();
	await fill(desk, ['training_days']);
	await button(desk, 'draft.blanks.save');
	await hears(desk, 'draft.blanks.saved');
	expect(await reads()).toContain('The Chief of Police, or a supervisor whom the Chief of Police names');

	// Words are edited, a provision is split, another moved: references follow.
	const edit = async (what: string, from: string, to: string) => {
		await link(desk, 'draft.edit', { what });
		const words = desk.locator('#words');
		const before = await words.inputValue();
		expect(before).toContain(from);
		await words.fill(before.replace(from, to));
		await button(desk, 'draft.edit.save', { what });
		await hears(desk, 'draft.done.saved', { what });
	};
	await write(desk, go, draft);
	await edit('Section 3(b)', ', when bail is posted, ', ', when bail is posted.\n\nA person is free to go ');
	await link(desk, 'draft.edit', { what: 'Section 4' });
	await desk.getByText(t.say('draft.structure', { what: 'Section 4' }), { exact: true }).click();
	await desk.locator('#move-to').selectOption({ label: t.say('draft.move.after', { what: 'Section 5' }) });
	await button(desk, 'draft.move.do');
	await hears(desk, 'draft.done.moved', { what: 'Section 5' });
	const moved = await reads();
	expect(moved).toMatch(/Section 4\.? ?Transfer/);
	expect(moved).toMatch(/Section 5\.? ?No arrest on an administrative warrant/);
	expect(moved).toContain('under section 3(d) or section 4(a)');

	// A comment, and to counsel with what is open as a question.
	await link(desk, 'remark.add', { what: 'Section 3' });
	await desk.locator('#comment-words').fill('otherwise entitled to release');
	await desk.locator('#comment-text').fill('Does this hold for the county jail?');
	await button(desk, 'remark.save');
	await go(desk, `${draft}/counsel`);
	await hears(desk, 'library.law');
	await hears(desk, 'counsel.open', { n: 1 });
	await button(desk, 'counsel.send');
	await hears(desk, 'counsel.done.sent');
	await picture(desk, `${language}-sent`);

	// Counsel is told, answers, takes the Word file away, and gives the draft back.
	await chambers.reload();
	await hears(chambers, 'counsel.waiting', { n: 1 });
	await go(chambers, `${draft}/counsel`);
	await chambers.locator('[name^="blank.training_days="]').fill('45');
	await button(chambers, 'draft.blanks.save');
	await hears(chambers, 'counsel.done.answered');
	await go(chambers, `${draft}/files`);
	const file = await fetch(`${site.origin}${draft}/file.docx?what=clean`, { headers: { cookie: attorney.cookie } });
	const changed = [
		['City personnel shall not delay bail', 'City personnel shall never delay bail'],
		['shall treat the entry as information only', 'shall treat the entry as information, and do nothing more'],
	] as const;
	const back = await trackedInOffice(office ?? '', new Uint8Array(await file.arrayBuffer()), changed);
	await go(chambers, `${draft}/counsel`);
	await button(chambers, 'counsel.back.do');

	// What LibreOffice tracked is taken over change by change.
	await go(desk, `${draft}/suggestions`);
	const sent = { name: 'from counsel.docx', mimeType: WORD, buffer: Buffer.from(back) };
	await desk.getByLabel(t.say('suggestion.file'), { exact: true }).setInputFiles(sent);
	await button(desk, 'suggestion.send');
	await hears(desk, 'suggestion.left', { n: 2, all: 2 });
	await picture(desk, `${language}-suggestions`);
	for (const n of [1, 2])
		await desk
			.getByRole('button', { name: `${t.say('suggestion.take')} (${t.say('suggestion.take.of', { n })})` })
			.click();
	await hears(desk, 'suggestion.left', { n: 0, all: 2 });
	const reviewed = await reads();
	for (const [, words] of changed) expect(reviewed).toContain(words);

	// The model gets better: all is taken over but the one clash, which is written together.
	await improve(world);
	await go(desk, draft);
	await hears(desk, 'newer.notice');
	await link(desk, 'newer.look');
	await button(desk, 'newer.all');
	await hears(desk, 'newer.left', { n: 1 });
	await hears(desk, 'newer.clash');
	await picture(desk, `${language}-clash`);
	const both = desk.locator('form.edits textarea');
	await both.fill(
		(await both.inputValue()).replace('creates a private right', 'creates a private right, and not any other,'),
	);
	await button(desk, 'newer.edit.save');
	await hears(desk, 'newer.none');
	const merged = await reads();
	expect(merged).toContain('cited as the Judicial Warrant and Custody Ordinance');
	expect(merged).toContain('creates a private right, and not any other, of action');
	expect(merged).toMatch(/\(c\) ?City personnel shall tell the person of the entry in writing/);
	for (const [, words] of changed) expect(merged).toContain(words);

	// The days are set backwards from the vote, and the packet for the agenda is made in a Word file.
	await go(desk, `${draft}/dates`);
	const plan = desk.locator('form[action*="plan"]');
	await plan.locator('[value="adopted"]').check();
	await plan.locator('[name="day"]').fill(addDays(today, 60));
	await plan.locator('button').click();
	await hears(desk, 'stages.name.hearing');
	await go(desk, `${draft}/packet`);
	await desk.locator('#number').fill('Ordinance 2026-31');
	await desk.locator('#summary').fill('Nobody is held for longer because an office of the federal government asks.');
	await button(desk, 'packet.save');
	await hears(desk, 'packet.saved');
	await picture(desk, `${language}-packet`);
	const packet = await fetch(`${site.origin}${draft}/packet/file.docx`, { headers: { cookie: clerk.cookie } });
	const inside = unzipSync(new Uint8Array(await packet.arrayBuffer()))['word/document.xml'] ?? new Uint8Array();
	const printed = strFromU8(inside).replaceAll(/<[^>]+>/g, '');
	for (const words of ['Nobody is held for longer', 'Judicial Warrant and Custody', 'do nothing more'])
		expect(printed).toContain(words);

	// The vote is recorded: the text is law, in force, and says what it was modelled on.
	await go(desk, `${draft}/adopted`);
	await desk.locator('#number').fill('Ordinance 2026-31');
	await desk.locator('#adopted').fill(addDays(today, -20));
	await desk.locator('#in_force').fill(addDays(today, -1));
	await desk.locator('#vote').fill('5 to 2');
	await desk.locator('[name="sources"]').check();
	await desk.locator('[name="sure"]').check();
	await button(desk, 'adopted.do');
	const law = `zz/place/${city}/ordinance-2026-31`;
	expect(new URL(desk.url()).pathname).toBe(addressIn(language, `/library/${law}`));
	await hears(desk, 'library.standing.in_force');
	await picture(desk, `${language}-law`);
	await go(desk, `/library/${law}/history`);
	await hears(desk, 'library.relation.from.modelled_on');

	// Two people read what it protects, and the matrix shows it; the lineage of the clause knows the model.
	await protect(law, world);
	await compareTexts(world);
	const visitor = (await browsing.visit(site.origin + addressIn(language, '/concordance'))).page;
	expect(await visitor.locator(`a[href*="${law}"]`).count()).toBeGreaterThan(0);
	await go(visitor, `/concordance/clause/${law}/${addDays(today, -20)}/sec_3__subsec_a`);
	await hears(visitor, 'library.relation.from.modelled_on');
	expect(await said(visitor)).toContain('Model ordinance 2, § 3(a)');

	// Another city copies that city.
	const elsewhere = await enters(await seat(next, 'member'));
	await go(elsewhere, `/library/${law}`);
	await link(elsewhere, 'draft.copy');
	const told = await said(elsewhere);
	await button(elsewhere, 'draft.copy.do');
	await hears(elsewhere, 'draft.of', { n: 1, city: place(next).name });
	expect(await said(elsewhere)).toContain('creates a private right, and not any other, of action');

	// Its words name the city that they come from, until the other puts its own name in.
	const own = place(next).name;
	const copy = new URL(elsewhere.url()).pathname.replace(/^\/es(?=\/)/, '');
	const notice = await said(elsewhere);
	await link(elsewhere, 'names.look', { own });
	await hears(elsewhere, 'names.title');
	const boxes = elsewhere.locator('form.naming [name="put"]');
	const n = await boxes.count();
	expect(n).toBeGreaterThan(1);
	expect(await boxes.evaluateAll((all) => all.every((one) => (one as HTMLInputElement).checked))).toBe(true);
	expect(told).toContain(t.say('names.copy', { place: place(city).name, n, own }));
	expect(notice).toContain(t.say('names.notice', { place: place(city).name, n }));
	await picture(elsewhere, `${language}-names`);
	await button(elsewhere, 'names.put', { own });
	await hears(elsewhere, 'names.done', { own, n });
	await go(elsewhere, `${copy}?show=clean`);
	expect(await said(elsewhere)).toContain(`City of ${own}`);
	expect(await said(elsewhere)).not.toContain(place(city).name);
	// The draft that it was is closed, and no other city's.
	expect((await go(elsewhere, draft))?.status()).toBe(404);
	await world.close();
}

/** Writes over two words in the editor, which saves by itself. */
async function write(page: Page, go: (page: Page, path: string) => Promise<unknown>, draft: string): Promise<void> {
	await go(page, `${draft}/write`);
	await page.locator('#writing[data-ready]').waitFor();
	const one = (await standing(page)).find(({ words }) => words.includes('creates no private right'));
	await caret(page, one?.id ?? '', one?.words.indexOf('no private right') ?? 0);
	for (const _ of 'no') await page.keyboard.press('Delete');
	await page.keyboard.type('a');
	const sent = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().includes(draft));
	expect((await sent).status()).toBe(200);
	await go(page, draft);
}

/** Answers what is still open of a form of blanks as the model offers it, but for what is named. */
async function fill(page: Page, but: readonly string[]): Promise<void> {
	for (const field of await page.locator('form.params [name^="blank."]:not([type="radio"])').all()) {
		const name = (await field.getAttribute('name'))?.slice(6).replace(/=.*/, '') ?? '';
		if (but.includes(name) || (await field.inputValue()) !== '') continue;
		if ((await field.evaluate((one) => one.tagName)) === 'SELECT') await field.selectOption({ index: 1 });
		else await field.fill(/date|day$/.test(name) ? '2026-12-31' : '30');
	}
}

/** A passage of the law that two people read as giving a protection. */
async function protect(address: string, world: OpenWorld): Promise<void> {
	const id = await world.db.as(SYSTEM, async (tx) => {
		const found = await workAt(address, dayAt(world.clock.now()), tx);
		if (found.kind !== 'work') throw new Error('The law is not on the shelf.');
		const version = found.work.versions[0]?.id ?? '';
		const words = 'shall not keep a person in custody on the basis of an immigration detainer';
		const given = {
			eId: 'sec_3__subsec_a',
			words,
			code: 'D1',
			polarity: 'gives',
			strength: 'absolute',
			note: null,
		} as const;
		return (await code(found.work.id, version, given, 'Ana Reyes', world, tx)).id;
	});
	await confirm(id, 'Ben Ode', world);
}

describe.skipIf(browserPath() === null || office === null)('from a model to a law, and to the next city', () => {
	test('in English', () => story('en', { city: 'alder-falls', next: 'wexmoor' }), PATIENCE);
	test('in Spanish', () => story('es', { city: 'dunmere', next: 'kestrel-bay' }), PATIENCE);
});
