import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { addMember, addMemberFact } from '#coalition/members.server.ts';
import type { Day } from '#kernel/day.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { compareTexts } from '#reuse/compare.server.ts';
import { type SignedIn, signedIn } from '../access/signed-in.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { plant } from './canaries.ts';
import { startSite } from './site.ts';

const site = await startSite();
const noBrowser = browserPath() === null;
const browsing = await openBrowser();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());

const [HERE, THERE] = await world.db.as(SYSTEM, async (tx) => {
	const { rows } = await sql<{ id: string; slug: string; name: string }>`
		select id, slug, name from place where kind = 'city' and sample order by name limit 2`.execute(tx);
	return rows as [{ id: string; slug: string; name: string }, { id: string; slug: string; name: string }];
});
const path = ({ slug }: { slug: string }) => `zz/place/${slug}`;

/** What a visitor gets of every page that could speak of members. */
async function publicBytes(): Promise<string> {
	const places = [HERE, THERE].flatMap((place) => [`/coalition/${path(place)}`, `/watch/place/${path(place)}`]);
	const paths = [
		...[
			'/',
			'/coalition',
			'/library',
			'/watch',
			'/watch/place',
			'/watch/lists',
			'/watch/review',
			'/alerts',
			'/data',
			'/law',
		],
		...['/corrections', '/sign-in', '/coalition/city', '/coalition/invitations', ...places],
	];
	const api = [
		...['/api/v1/library/policies.json', '/api/v1/library/changes.atom', '/api/v1/watch/places.json', '/sitemap.xml'],
		...['/api/v1/watch/events.atom', '/api/v1/law/records.json', '/api/v1/openapi.json'],
	];
	const texts = await Promise.all(
		[...paths, ...paths.map((one) => `/es${one}`), ...api].map(async (one) => {
			const answer = await fetch(site.origin + one);
			const headers = ['etag', 'last-modified', 'cache-control', 'content-type', 'location', 'set-cookie'];
			const said = headers.map((name) => `${name}: ${answer.headers.get(name)}`).join('; ');
			return `${one} ${answer.status} ${said} ${await answer.text()}`;
		}),
	);
	return texts.join('\n');
}

// The server compares the texts of the shelf after its start, which pages and their tags tell: that is over before bytes are held.
await compareTexts(world);
const before = await publicBytes();

const clerk = await signedIn(world, { role: 'member', placeId: HERE.id });
const counsel = await signedIn(world, { role: 'counsel', placeId: HERE.id });
const other = await signedIn(world, { role: 'member', placeId: THERE.id });
const steward = await signedIn(world, { role: 'steward' });
const second = await signedIn(world, { role: 'member', placeId: HERE.id });
await world.db.as(SYSTEM, async (tx) => {
	for (const { id } of [HERE, THERE]) {
		const member = await addMember(id, 'test', world, tx);
		await addMemberFact(member, { kind: 'member', day: '2026-02-01' as Day, note: null }, 'test', world, tx);
	}
});

async function read(address: string, who: SignedIn | null): Promise<{ status: number; text: string }> {
	const answer = await fetch(site.origin + address, { headers: who ? { cookie: who.cookie } : {}, redirect: 'manual' });
	return { status: answer.status, text: await answer.text() };
}

async function send(
	address: string,
	fields: Record<string, string>,
	who: SignedIn,
): Promise<{ status: number; text: string }> {
	const answer = await fetch(site.origin + address, {
		method: 'POST',
		headers: { cookie: who.cookie, origin: site.origin, accept: 'text/html' },
		body: new URLSearchParams(fields),
		redirect: 'manual',
	});
	return { status: answer.status, text: await answer.text() };
}

test('a hidden member added and seated leaves every public byte the same', async () => {
	expect(await publicBytes()).toBe(before);
});

test.each([
	['a name', '?q=', true],
	['an office', '?q=office+of+tests', true],
	['a seat for its attorneys', '?role=counsel', true],
	['a seat that it has not', '?role=observer', false],
	['another state', '?state=Nowhere', false],
	['a policy on the shelf', '?policies=yes', true],
])('the directory finds a city by %s', async (_, asked, found) => {
	const { text } = await read(`/coalition${asked === '?q=' ? `?q=${encodeURIComponent(HERE.name)}` : asked}`, other);
	expect(text.includes(`href="/coalition/${path(HERE)}"`)).toBe(found);
});

test.each([
	['a visitor', null, 404, false],
	['a city of the coalition', other, 200, true],
	['a steward', steward, 200, true],
])('to %s a hidden member is shown as far as they may know', async (_, who, status, named) => {
	expect((await read(`/coalition/${path(HERE)}`, who)).status).toBe(status);
	expect((await read('/coalition', who)).text.includes(HERE.name)).toBe(named);
});

describe('the desk of a city', () => {
	test.each([
		['a visitor', null, 403],
		['a steward', steward, 403],
		['its clerk', clerk, 200],
	])('opens to %s with %i', async (_, who, status) => {
		expect((await read('/coalition/city', who)).status).toBe(status);
	});

	test('publishes the membership with the name of who approved it, and takes it back', async () => {
		const refused = await send('/coalition/city?/publish', { approver: 'A. Mayor', office: '' }, clerk);
		expect([refused.status, refused.text.includes('Nothing was changed')]).toEqual([400, true]);
		const approval = { approver: 'A. Mayor', office: 'Mayor', sure: 'yes' };
		expect((await send('/coalition/city?/publish', approval, clerk)).status).toBe(200);
		expect((await read('/coalition', null)).text).toContain(HERE.name);
		const page = await read(`/coalition/${path(HERE)}`, null);
		expect([page.status, page.text.includes('A. Mayor'), page.text.includes('Person of')]).toEqual([200, true, false]);
		expect((await send('/coalition/city?/take_back', approval, clerk)).status).toBe(200);
		expect((await read('/coalition', null)).text).not.toContain(HERE.name);
	});

	test('lets nobody of another city end its seats, and whoever leaves is out at once', async () => {
		expect((await send('/coalition/city?/end', { seat: second.seat ?? '' }, other)).status).toBe(404);
		expect((await send('/coalition/city?/end', { seat: clerk.seat ?? '' }, clerk)).status).toBe(409);
		expect((await read('/coalition/city', second)).status).toBe(200);
		expect((await send('/coalition/city?/end', { seat: second.seat ?? '' }, clerk)).status).toBe(200);
		expect((await read('/coalition/city', second)).status).toBe(403);
	});

	test('opens the counsel room to a client when counsel says so, and not when anybody else does', async () => {
		const fields = { seat: clerk.seat ?? '', open: 'yes' };
		expect((await send('/coalition/city?/counsel', fields, clerk)).status).toBe(403);
		expect((await send('/coalition/city?/counsel', fields, counsel)).status).toBe(200);
	});

	test('leaves a trace of each of these acts with the city, and with nobody else', async () => {
		const own = (await read('/account/audit', clerk)).text;
		const acts = ['Membership published', 'Publication of membership taken back', 'Seat ended', 'Counsel room opened'];
		for (const act of acts) expect(own).toContain(act);
		for (const who of [other, steward]) {
			const { text } = await read('/account/audit', who);
			expect(acts.filter((act) => text.includes(act))).toEqual([]);
		}
	});
});

test.each([
	['an empty message', '  ', 400, 'Write something first'],
	['a message longer than a page', 'x'.repeat(4_001), 400, 'longer than 4,000'],
	['a number of a person', 'His file is A12345678.', 400, 'It looks like an A-number'],
	['a message', 'Can we talk about your ordinance?', 200, 'on its way'],
])('%s to a seat is answered with %i', async (_, message, status, told) => {
	const answer = await send(`/coalition/contact/${other.seat}`, { message }, clerk);
	expect([answer.status, answer.text.includes(told)]).toEqual([status, true]);
	if (status === 200) {
		const mail = site.lines.join('\n');
		expect(mail).toContain(message);
		expect(mail).toContain(`To: ${other.person}@example.org`);
		expect(mail).not.toContain(`${clerk.person}@example.org`);
	}
});

test.each([
	['a visitor', null, 403],
	['somebody signed in, to a seat that is none', clerk, 404],
])('writing is not open to %s', async (_, who, status) => {
	expect((await read('/coalition/contact/00000000-0000-4000-8000-000000000000', who)).status).toBe(status);
});

describe.skipIf(noBrowser)('in a browser', () => {
	test.each([
		['/coalition', clerk],
		['/es/coalition', clerk],
		['/coalition', null],
		['/coalition/city', counsel],
		['/es/coalition/city', clerk],
		[`/coalition/${path(HERE)}`, clerk],
		[`/coalition/contact/${other.seat}`, clerk],
	])('%s has no barrier at three widths and in both themes', async (address, who) => {
		for (const width of [390, 768, 1440])
			for (const colorScheme of ['light', 'dark'] as const) {
				const visit = await browsing.visit(site.origin + address, {
					viewport: { width, height: 900 },
					colorScheme,
					bypassCSP: true,
					extraHTTPHeaders: who ? { cookie: who.cookie } : {},
				});
				expect(visit.status).toBe(200);
				expect(await violations(visit.page)).toEqual([]);
				const over = await visit.page.evaluate(
					() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
				);
				expect(over).toBe(0);
			}
	});
});

test('rows in every room, cities that ask, invitations, seats, alerts and acts leave every public byte the same', async () => {
	const of = { ...counsel.actor, matters: [`matter:${randomUUID()}`] };
	const ground = { here: HERE.id, there: THERE.id, member: other.actor, counsel: of, matter: of.matters[0] ?? '' };
	const planted = await plant(ground, world);
	expect(planted.length).toBeGreaterThan(80);
	expect(await publicBytes()).toBe(before);
});

test('after publishing, taking back and leaving, every public byte is as before', async () => {
	expect(await publicBytes()).toBe(before);
	await world.db.as(SYSTEM, (tx) => sql`delete from coalition_member where place_id = ${THERE.id}`.execute(tx));
	expect(await publicBytes()).toBe(before);
});
