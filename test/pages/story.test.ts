import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { codeAt, stepAt } from '#access/totp.server.ts';
import { addressIn, type Language } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { mailServer } from '../smtp.ts';
import { type RowSpec, workbook } from '../watch/workbook.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { bytesOf, device } from './factor.ts';
import { startSite } from './site.ts';

const noBrowser = browserPath() === null;
const post = await mailServer();
const browsing = await openBrowser();
const PASSWORD = 'three plain words';
/** Longer than the trap of the form takes a person for, in milliseconds. */
const A_MOMENT = 3_200;
/** A whole story on a busy machine, in milliseconds. */
const PATIENCE = 300_000;
/** Letters come from jobs: tries of a tenth of a second. */
const TRIES = 1_200;

/** What stands in the next letter to an address that holds such a thing. */
async function letterTo(address: string, holds: RegExp): Promise<string> {
	for (let tries = 0; tries < TRIES; tries++) {
		const at = post.received.findIndex(({ to, text }) => to.includes(address) && holds.test(text));
		const letter = at < 0 ? null : post.received.splice(at, 1)[0];
		if (letter) return letter.text;
		await sleep(100);
	}
	throw new Error(`No such letter came to ${address}.`);
}

async function linkTo(address: string, path: string): Promise<string> {
	const link = new RegExp(`^https?:\\S+/${path}/\\S+$`, 'm');
	return link.exec(await letterTo(address, link))?.[0] ?? '';
}

function row(county: string): RowSpec {
	return {
		...{ state: 'TEXAS', agency: `${county} County Sheriff’s Office`, type: 'County', county },
		...{ model: 'TFM', signed: '2025-03-03' },
	};
}

/** The coalition's life in one language, over a site of its own. */
function story(language: Language, site: Awaited<ReturnType<typeof startSite>>) {
	const t = speech(language);
	const at = (path: string) => site.origin + addressIn(language, path);
	const press = (page: Page, key: Parameters<typeof t.say>[0], values = {}) =>
		page.getByRole('button', { name: t.say(key, values), exact: true }).click();
	const heading = (page: Page) => page.locator('h1').innerText();

	/** From an open link to an account that can be signed in to, and the seat. */
	async function comeIn(page: Page, code: string | null, factors: (page: Page) => Promise<void>): Promise<void> {
		if (code !== null) await page.locator('#code').fill(code);
		await press(page, 'invitation.accept');
		await page.waitForURL(/\/invitation$/);
		expect(await page.getByRole('button', { name: t.say('invitation.take.do') }).count()).toBe(0);
		await factors(page);
		await page.goto(at('/invitation'));
		await press(page, 'invitation.take.do');
		await page.waitForURL(/\/account$/);
	}

	async function passkey(page: Page): Promise<void> {
		await page.goto(at('/account/factors'));
		await page.getByLabel(t.say('account.passkey.name')).fill('Office');
		await press(page, 'account.passkey.add');
		await page.waitForURL(/done=yes/);
	}

	/** A password, and an app that is opened by its typed key; gives the key. */
	async function passwordAndApp(page: Page): Promise<Uint8Array> {
		await page.goto(at('/account/factors/app'));
		const key = bytesOf((await page.locator('code').innerText()).replaceAll(' ', ''));
		await page.locator('#code').fill(codeAt(key, stepAt(new Date())));
		await press(page, 'account.confirm');
		await page.getByRole('link', { name: t.say('account.codes.go_on') }).click();
		await page.locator('#password').fill(PASSWORD);
		await page.locator('#again').fill(PASSWORD);
		await press(page, 'account.new_password.set');
		await page.waitForURL(/done=yes/);
		return key;
	}

	/** A steward calls whom an invitation is for, and sends the link; gives link and code. */
	async function callAndSend(page: Page, email: string, name: string): Promise<{ link: string; code: string }> {
		await page.goto(at('/coalition/invitations'));
		const mine = page.locator('article', { hasText: email });
		await mine.locator('summary').click();
		await mine.locator('input[name=number]').fill('+1 936 555 0100');
		await mine.locator('input[name=site]').fill('https://www.example.gov/clerk');
		await mine.getByRole('button', { name: t.say('invitations.call') }).click();
		const code = /\d{6}/.exec(await mine.locator('.banner').innerText())?.[0] ?? '';
		await mine.getByRole('button', { name: t.say('invitations.send.to', { name }) }).click();
		await page.locator('[role=status]').waitFor();
		return { link: await linkTo(email, 'invitation'), code };
	}

	return { t, at, press, heading, comeIn, passkey, passwordAndApp, callAndSend };
}

describe.skipIf(noBrowser).each(['en', 'es'] as const)('the story of a coalition, in %s', async (language) => {
	const site = noBrowser ? null : await startSite({ SMTP_URL: post.url }, 'localhost');

	test('from the first steward to a clerk who hands over her seat', { timeout: PATIENCE }, async () => {
		if (!site) throw new Error('There is no site.');
		const { t, at, press, heading, comeIn, passkey, passwordAndApp, callAndSend } = story(language, site);

		// The first steward, by a link of the terminal and a passkey.
		const person = ['--email', 'ana@example.org', '--name', 'Ana Ruiz', '--language', language];
		const printed = await site.run('steward', 'invite', ...person);
		const first = /\S+\/invitation\/\S+/.exec(printed)?.[0].replace(/^https?:\/\/[^/]+/, site.origin) ?? '';
		const { page: ana } = await browsing.visit(first, { bypassCSP: true });
		expect(await violations(ana)).toEqual([]);
		await device(ana);
		await comeIn(ana, null, passkey);
		expect(await ana.locator('.mast .who').innerText()).toContain(t.say('coalition.role.steward'));
		await expect(site.run('steward', 'invite', '--email', 'x@example.org', '--name', 'X')).rejects.toThrow(
			/seated already/,
		);

		// A city expresses interest, without scripts, and proves its address.
		const { page: lee } = await browsing.visit(at('/join'), { javaScriptEnabled: false });
		await lee.locator('#city').fill('Huntsville, Texas');
		await lee.getByRole('radio', { name: t.say('join.office.clerk'), exact: true }).check();
		await lee.getByRole('radio', { name: t.say('join.standing.vote'), exact: true }).check();
		await lee.locator('#email').fill('clerk@huntsvilletx.gov');
		await sleep(A_MOMENT);
		await press(lee, 'join.send');
		const which = lee.getByRole('radio', { name: /Huntsville.*(City|Ciudad).*Texas/i });
		if ((await which.count()) > 0) {
			await which.first().check();
			await press(lee, 'join.send');
		}
		expect(await heading(lee)).toBe(t.say('join.sent.h1'));
		await lee.goto(await linkTo('clerk@huntsvilletx.gov', 'join/confirm'));
		await press(lee, 'join.confirm.do');
		expect(await heading(lee)).toBe(t.say('join.confirmed.h1'));

		// The domain is compared, the place confirmed, the city called; one steward alone gets no further.
		const head = 'Domain name,Domain type,Organization name,City,State';
		const list = join(site.data, 'current-full.csv');
		writeFileSync(list, `${head}\nhuntsvilletx.gov,City,City of Huntsville,Huntsville,TX\n`);
		await site.run('domains', 'import', list);
		await ana.goto(at('/coalition/pipeline'));
		await ana.getByRole('link', { name: 'Huntsville, Texas' }).click();
		const asked = ana.url();
		expect(await ana.locator('main').innerText()).toContain('City of Huntsville');
		await press(ana, 'pipeline.match.do');
		await ana.locator('#number').fill('+1 936 555 0100');
		await ana.locator('#site').fill('https://www.huntsvilletx.gov');
		await press(ana, 'pipeline.call.do');
		expect(await ana.locator('main').innerText()).toContain(t.say('pipeline.alone'));
		expect(await ana.getByRole('button', { name: t.say('pipeline.approve.do'), exact: true }).count()).toBe(0);

		// A second steward, with a password and an app.
		await ana.goto(at('/coalition/invitations'));
		await ana.locator('#email').fill('eva@example.org');
		await ana.locator('#name').fill('Eva Sol');
		await ana.locator('#office').fill('Coordinadora');
		await ana.locator('#role').selectOption('steward');
		await ana.locator('#language').selectOption(language);
		await press(ana, 'invitations.invite');
		const second = await callAndSend(ana, 'eva@example.org', 'Eva Sol');
		const { page: eva } = await browsing.visit(second.link);
		await eva.locator('#code').fill(second.code === '000000' ? '000001' : '000000');
		await press(eva, 'invitation.accept');
		expect(await eva.locator('#code-error').innerText()).toContain(t.say('invitation.wrong'));
		let key = new Uint8Array();
		await comeIn(eva, second.code, async (page) => {
			key = Uint8Array.from(await passwordAndApp(page));
		});
		await eva.goto(at('/account'));
		await press(eva, 'account.out');
		await eva.locator('#email').fill('eva@example.org');
		await eva.locator('#password').fill(PASSWORD);
		await press(eva, 'account.continue');
		// The code of the moment was used for setting up the app.
		await eva.locator('#code').fill(codeAt(key, stepAt(new Date()) + 1));
		await press(eva, 'account.sign_in');

		// Two different stewards approve, and the city is invited to a seat.
		for (const page of [ana, eva]) {
			await page.goto(asked);
			await press(page, 'pipeline.approve.do');
		}
		expect(await eva.locator('main').innerText()).toContain(t.say('pipeline.approve.done'));
		await ana.goto(asked);
		await ana.locator('#name').fill('Lee Ash');
		await ana.locator('#office').fill('City Clerk');
		await ana.locator('#role').selectOption('member');
		await press(ana, 'pipeline.seat.do');
		const clerk = await callAndSend(ana, 'clerk@huntsvilletx.gov', 'Lee Ash');
		const { page: seat } = await browsing.visit(clerk.link);
		await device(seat);
		await comeIn(seat, clerk.code, passkey);
		// The link is used up, and a stranger learns nothing from it.
		const { page: stranger } = await browsing.visit(clerk.link);
		expect(await heading(stranger)).toBe(t.say('invitation.gone.title'));

		// She signs in, and sees her own city and no other until it is a member.
		await press(seat, 'account.out');
		await press(seat, 'account.passkey.use');
		await seat.waitForURL((url) => !url.pathname.includes('sign-in'));
		await seat.goto(at('/coalition/city'));
		expect(await seat.locator('main').innerText()).toContain(
			t.say('coalition.desk.outside.yet', { city: 'Huntsville' }),
		);
		await ana.goto(asked);
		await ana.locator('#kind').selectOption('member');
		await ana.locator('#day').fill(new Date().toISOString().slice(0, 10));
		await press(ana, 'pipeline.fact.do');
		await seat.reload();
		expect(await seat.locator('main').innerText()).toContain(t.say('coalition.desk.publish'));
		// Stewards cannot see into the city's room.
		expect((await ana.goto(at('/coalition/city')))?.status()).toBe(403);

		// An alert is set, and the letter comes after an import.
		const files = [join(site.data, 'one.xlsx'), join(site.data, 'two.xlsx')] as const;
		const before = { kind: 'participating', modified: '2026-06-05T12:00:00Z', rows: [row('Polk')] } as const;
		writeFileSync(files[0], workbook(before));
		writeFileSync(
			files[1],
			workbook({ ...before, modified: '2026-06-12T12:00:00Z', rows: [row('Polk'), row('Walker')] }),
		);
		await site.run('watch', 'import', files[0]);
		await seat.goto(at('/alerts?place=tx/place/huntsville'));
		await press(seat, 'alert.choose');
		await seat.waitForURL(/begun=yes/);
		await site.run('watch', 'import', files[1]);
		const letter = await letterTo('clerk@huntsvilletx.gov', /Walker County/);
		expect(letter).toContain(language === 'es' ? 'figura' : 'Listed');

		// She hands her seat over, and is out in the moment it is taken.
		await seat.goto(at('/coalition/city'));
		await seat.getByRole('link', { name: t.say('handover.title', { office: 'City Clerk' }) }).click();
		await seat.locator('#name').fill('Kim Oak');
		await seat.locator('#email').fill('kim@huntsvilletx.gov');
		await press(seat, 'handover.do');
		expect(await seat.locator('[role=status]').innerText()).toBe(t.say('handover.asked'));
		const next = await callAndSend(eva, 'kim@huntsvilletx.gov', 'Kim Oak');
		expect((await seat.goto(at('/coalition/city')))?.status()).toBe(200);
		const { page: kim } = await browsing.visit(next.link);
		await device(kim);
		await comeIn(kim, next.code, passkey);
		expect((await seat.goto(at('/coalition/city')))?.status()).toBe(403);
		await kim.goto(at('/coalition/city'));
		expect(await kim.locator('#seats ~ ul').innerText()).toContain('Kim Oak');
		expect(await kim.locator('#seats ~ ul').innerText()).not.toContain('Lee Ash');

		// No link and no code was written to the log.
		expect(site.lines.join('\n')).not.toMatch(/(invitation|confirm|begin)\/[\w.-]{36,}/);
	});
});
