import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { type SignedIn, signedIn } from '../access/signed-in.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const noBrowser = browserPath() === null;
const browsing = await openBrowser();

const { city, address, words } = await world.db.as(SYSTEM, async (tx) => {
	const cities = await sql<{
		id: string;
	}>`select id from place where kind = 'city' and sample order by name limit 1`.execute(tx);
	const { rows } = await sql<{ address: string; words: string }>`
		select w.address || '/' || to_char(e.day, 'YYYY-MM-DD') || '/' || p.e_id as address, left(p.text, 60) as words
		from library_provision p join library_work w on w.id = p.work_id
		join library_expression e on e.work_id = p.work_id and e.id = p.expression_id
		where w.address = 'coalition/detainers' and e.language = w.language and e.nth = 1 and length(p.text) > 80
		order by e.day desc, p.position limit 1`.execute(tx);
	return { city: cities.rows[0]?.id ?? '', address: rows[0]?.address ?? '', words: rows[0]?.words.trim() ?? '' };
});
const editor = await signedIn(world, { role: 'editor' });
const counsel = await signedIn(world, { role: 'counsel', placeId: city });
const page = `/library/${address}/coding`;
const GOOD = { code: 'D1', words, polarity: 'gives', strength: 'absolute', note: 'See the second sentence.' };

async function read(path: string, who: SignedIn | null): Promise<string> {
	const answer = await fetch(site.origin + path, { headers: who ? { cookie: who.cookie } : {} });
	return (await answer.text()).replaceAll(/\s+/g, ' ');
}

async function send(path: string, fields: Record<string, string>, who: SignedIn = editor) {
	const answer = await fetch(site.origin + path, {
		method: 'POST',
		headers: { origin: site.origin, accept: 'text/html', cookie: who.cookie },
		body: new URLSearchParams(fields),
		redirect: 'manual',
	});
	return { status: answer.status, text: (await answer.text()).replaceAll(/\s+/g, ' ') };
}

/** The coding of these tests, as everybody may have it. */
async function coding(standing: string) {
	const { data } = JSON.parse(await read(`/api/v1/library/protections.json?standing=${standing}`, null));
	return data.find((one: { note: string | null }) => one.note === GOOD.note);
}

describe('coding words of a provision', () => {
	test('judges nothing beforehand', async () => {
		const radios = (await read(page, editor)).match(/<input type="radio"[^>]*>/g) ?? [];
		expect(radios.length).toBeGreaterThan(3);
		expect(radios.filter((radio) => /\schecked/.test(radio) || !/\srequired/.test(radio))).toEqual([]);
	});

	test.each([
		['no protection', { code: '' }, 'Choose a protection.'],
		['words that stand elsewhere', { words: 'No such words <i>' }, 'do not stand in the provision exactly'],
		['no strength', { strength: '' }, 'Choose what the words do'],
		['a number of a person', { note: 'A 123-456-789' }, 'name="not_a_person"'],
	])('with %s gives everything back', async (_, changes, sentence) => {
		const { status, text } = await send(`${page}?/propose`, { ...GOOD, note: 'KEPT', ...changes });
		expect([status, text.includes(sentence)]).toEqual([400, true]);
		expect(text).toContain('note' in changes ? changes.note : 'KEPT');
		expect(text).not.toContain('<i>');
	});

	test('takes two people, whatever seats they act in; the public is not told who they are', async () => {
		expect((await send(`${page}?/propose`, GOOD)).text).toContain('Proposed. Somebody else confirms it.');
		expect((await send(`${page}?/propose`, GOOD)).text).toContain('The same stands already.');
		const { id, author } = await coding('proposed');
		expect(author).toMatch(/^Person [0-9a-f]{10}$/);
		const own = await send(`${page}?/confirm`, { id });
		expect([own.status, own.text.includes('Somebody else has to confirm it.')]).toEqual([409, true]);

		const queue = await read('/library/protections/waiting', counsel);
		expect(queue).toContain(`Proposed by Person of editor`);
		expect(queue).toContain(GOOD.note);
		const agreed = await send('/library/protections/waiting?/confirm', { id }, counsel);
		expect([agreed.status, agreed.text.includes('It counts from now on.')]).toEqual([200, true]);
		const again = await send('/library/protections/waiting?/confirm', { id }, counsel);
		expect([again.status, again.text.includes('Somebody confirmed it already.')]).toEqual([409, true]);
		const confirmed = await coding('confirmed');
		expect(confirmed.confirmed_by).toMatch(/^Person [0-9a-f]{10}$/);
		expect(confirmed.confirmed_by).not.toBe(author);
		expect(await read(page, editor)).toMatch(/Proposed by Person of editor, .*Confirmed by Person of counsel, /);

		const none = await send(`${page}?/take_back`, { id, reason: ' ' });
		expect([none.status, none.text.includes('Write the reason')]).toEqual([400, true]);
		const taken = await send(`${page}?/take_back`, { id, reason: 'It speaks of <i>trespass</i>.' });
		expect(taken.text).toContain('Taken back. It stays on record with the reason.');
		expect(taken.text).toContain('It speaks of &lt;i>trespass&lt;/i>.');
		expect((await coding('withdrawn')).withdrawn_reason).toBe('It speaks of <i>trespass</i>.');
		expect((await send(`${page}?/take_back`, { id, reason: 'Again.' })).status).toBe(409);
	});

	test('leaves a trace in the room of whoever acts', async () => {
		const acts = async (who: SignedIn) =>
			world.db.as(who.actor, async (tx) => {
				const { rows } = await sql<{ action: string }>`select action from audit_entry order by position`.execute(tx);
				return rows.map(({ action }) => action).filter((action) => action.startsWith('protection_'));
			});
		expect(await acts({ ...editor, actor: { role: 'steward', city: null } })).toEqual([
			'protection_coded',
			'protection_taken_back',
		]);
		expect(await acts(counsel)).toEqual(['protection_confirmed']);
	});

	test('is offered to nobody else', async () => {
		const member = await signedIn(world, { role: 'member', placeId: city });
		for (const who of [null, member]) {
			expect(await read(`/library/${address}`, who)).not.toContain('/coding');
			expect(await read('/library/protections', who)).not.toContain('/waiting');
		}
		expect(await read(`/library/${address}`, counsel)).toContain(`href="${page}"`);
		expect(await read('/library/protections', editor)).toContain('/library/protections/waiting');
	});
});

describe.skipIf(noBrowser)('every page of coding', () => {
	test.each([
		[page, 'en'],
		[`/es${page}`, 'es'],
		['/library/protections/waiting', 'en'],
		['/es/library/protections/waiting', 'es'],
	])('%s is whole, axe finds nothing at three widths in both themes', async (path, language) => {
		for (const colorScheme of ['light', 'dark'] as const) {
			const [name = '', value = ''] = editor.cookie.split('=');
			const { page: shown } = await browsing.visit(site.origin, { bypassCSP: true, colorScheme });
			await shown.context().addCookies([{ name, value, url: site.origin }]);
			await shown.goto(site.origin + path);
			expect(await shown.getAttribute('html', 'lang')).toBe(language);
			for (const row of await shown.locator('details').all()) await row.evaluate((one) => one.setAttribute('open', ''));
			for (const width of [390, 768, 1440]) {
				await shown.setViewportSize({ width, height: 900 });
				expect(await shown.evaluate('document.documentElement.scrollWidth')).toBe(width);
				expect(await violations(shown), `${colorScheme} at ${width}`).toEqual([]);
			}
		}
	});
});
