import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserPath, openBrowser } from './browser.ts';
import { DRAFTED } from './drafted.ts';
import { agency, interest, type Letter, people, provision, seatHere, seatThere, site } from './everybody.ts';

const browsing = await openBrowser();

/** Each page with a form: its route, an address, and somebody to whom the form is shown. */
const FORMS: readonly (readonly [route: string, address: string, who: Letter])[] = [
	['account', 'account', 'm'],
	['account/address', 'account/address', 'm'],
	['account/factors', 'account/factors', 'm'],
	['account/factors/app', 'account/factors/app', 'm'],
	['account/keys', 'account/keys', 'c'],
	['adoption/new', 'adoption/new?from=coalition/detainers/2026-11-26', 'm'],
	['adoption/[draft]/dates', `adoption/${DRAFTED}/dates`, 'M'],
	['adoption/template', 'adoption/template', 'M'],
	['adoption/[draft]/packet', `adoption/${DRAFTED}/packet`, 'M'],
	['adoption/[draft]/counsel', `adoption/${DRAFTED}/counsel`, 'M'],
	['adoption/[draft]/suggestions', `adoption/${DRAFTED}/suggestions`, 'M'],
	['adoption/[draft]/adopted', `adoption/${DRAFTED}/adopted`, 'M'],
	['adoption/[draft]', `adoption/${DRAFTED}?edit=p1&comment=p1`, 'C'],
	['adoption/[draft]/remarks', `adoption/${DRAFTED}/remarks`, 'C'],
	['adoption/[draft]/title', `adoption/${DRAFTED}/title`, 'M'],
	['adoption/[draft]/versions', `adoption/${DRAFTED}/versions`, 'M'],
	['alerts', 'alerts', 'v'],
	['coalition/city', 'coalition/city', 'c'],
	['coalition/city/contact', 'coalition/city/contact', 'm'],
	['coalition/city/hand-over/[seat]', `coalition/city/hand-over/${seatHere}`, 'm'],
	['coalition/contact/[seat]', `coalition/contact/${seatThere}`, 'm'],
	['coalition/invitations', 'coalition/invitations', 't'],
	['coalition/losses', 'coalition/losses', 't'],
	['coalition/pipeline/[id]', `coalition/pipeline/${interest}`, 't'],
	['concordance/search', 'concordance/search', 'v'],
	['join', 'join', 'v'],
	['library/[...path]/coding', `${provision}/coding`, 'e'],
	['library/import', 'library/import', 'e'],
	['library/protections/waiting', 'library/protections/waiting', 'e'],
	['sign-in', 'sign-in', 'v'],
	['sign-in/lost', 'sign-in/lost', 'v'],
	['sign-in/second', 'sign-in/second', 'h'],
	['watch/import', 'watch/import', 'e'],
	['watch/report', 'watch/report', 'v'],
	['watch/review/[agency]', `watch/review/${agency}`, 'e'],
];
/** Shown only to whoever has a link, a way to sign in or a question to settle; the files beside this one walk through them with a browser. */
const NOT_HERE: readonly string[] = [
	'account/address/[token]',
	'adoption/[draft]/certified',
	'adoption/[draft]/elsewhere',
	'adoption/[draft]/names',
	'adoption/[draft]/newer',
	'alerts/begin/[token]',
	'alerts/yours/[token]',
	'invitation',
	'invitation/[token]',
	'join/confirm/[token]',
	'library/import/[draft]',
	'sign-in/again',
	'sign-in/lost/new/[token]',
	'sign-in/lost/stop/[token]',
	'watch/review',
];

const ROUTES = join(import.meta.dirname, '../../src/routes');

test('every page that takes a form is named here', () => {
	const taking = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith('+page.server.ts'))
		.filter((path) => readFileSync(join(ROUTES, path), 'utf8').includes('export const actions'))
		.map((path) => path.replace('/+page.server.ts', ''));
	expect([...FORMS.map(([route]) => route), ...NOT_HERE].sort()).toEqual(taking.sort());
});

/** What a person can do something with, in the order of the page; of choices of one name the first. */
const CONTROLS = `(() => {
	const seen = new Set();
	return [...document.querySelectorAll('main :is(input, select, textarea, button, summary)')]
		.filter((one) => one.type !== 'hidden' && one.checkVisibility())
		.filter((one) => {
			if (one.type !== 'radio') return true;
			const group = (one.form?.action ?? '') + one.name;
			return !seen.has(group) && seen.add(group);
		})
		.map((one, i) => { one.dataset.control = String(i); return one.outerHTML.slice(0, 80); });
})()`;

/** Numbers of the controls in the order in which the tab key comes to them. */
async function tabbed(page: Page, most: number): Promise<number[]> {
	const order: number[] = [];
	await page.evaluate(
		'document.querySelector("main").setAttribute("tabindex", "-1"); document.querySelector("main").focus()',
	);
	for (let presses = 0; presses < most; presses++) {
		await page.keyboard.press('Tab');
		const at = await page.evaluate<string | null>(
			'document.activeElement?.closest("main") ? (document.activeElement.dataset.control ?? "") : null',
		);
		if (at === null) break;
		if (at !== '' && !order.includes(Number(at))) order.push(Number(at));
	}
	return order;
}

interface Spoken {
	readonly ignored: boolean;
	readonly role?: { readonly value: string };
	readonly name?: { readonly value: string };
}

describe.skipIf(browserPath() === null)('a form', () => {
	test.each(FORMS)(
		'of /%s is worked with the keyboard alone, and each of its parts has a name that is read',
		async (_, address, who) => {
			const cookie = people[who]?.cookie;
			const { page, status } = await browsing.visit(`${site.origin}/${address}`, {
				...(cookie ? { extraHTTPHeaders: { cookie } } : {}),
			});
			expect(status).toBe(200);
			const controls = await page.evaluate<string[]>(CONTROLS);
			const links = await page.locator('main a').count();
			expect(controls.length).toBeGreaterThan(0);
			expect(await tabbed(page, controls.length + links + 20)).toEqual(controls.map((_html, i) => i));
			const session = await page.context().newCDPSession(page);
			const { nodes } = (await session.send('Accessibility.getFullAXTree')) as unknown as { nodes: Spoken[] };
			const parts = nodes.filter(
				({ ignored, role }) =>
					!ignored && ['textbox', 'searchbox', 'combobox', 'checkbox', 'radio', 'button'].includes(role?.value ?? ''),
			);
			expect(parts.filter(({ name }) => (name?.value ?? '').trim() === '')).toEqual([]);
			// Two people of the tests have one name.
			const buttons = parts
				.filter(({ role }) => role?.value === 'button')
				.map(({ name }) => name?.value ?? '')
				.filter((name) => !name.includes('Person of'));
			expect(new Set(buttons).size, `two buttons are read alike: ${buttons.join(' | ')}`).toBe(buttons.length);
		},
	);
});
