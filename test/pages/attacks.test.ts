import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createAccount } from '#access/account.server.ts';
import { ACCESS, SYSTEM } from '#access/actor.ts';
import { setPassword } from '#access/password.server.ts';
import { ask, here, interest, invitation, people, site, there, world } from './everybody.ts';

const PASSWORD = 'three plain words';
const email = 'known@example.org';
await world.db.as(ACCESS, async (tx) => {
	const person = (await createAccount({ email, name: 'Ana Ruiz', language: 'en' }, world, tx)) ?? '';
	await setPassword(person, PASSWORD, world, tx);
});

/** Sends a form as a browser of ours would, with a cookie where one is given. */
async function sent(path: string, fields: Record<string, string>, cookie = '', headers: Record<string, string> = {}) {
	return fetch(site.origin + path, {
		method: 'POST',
		redirect: 'manual',
		headers: { accept: 'text/html', origin: site.origin, ...(cookie ? { cookie } : {}), ...headers },
		body: new URLSearchParams(fields),
	});
}
const cookieOf = (answer: Response) => answer.headers.get('set-cookie')?.split(';')[0] ?? '';

describe('a session that was known before', () => {
	test('is never the one that somebody signs in to, neither a made-up one nor a true one of somebody else', async () => {
		for (const before of ['compact=made-up-beforehand', people.a.cookie]) {
			const half = await sent('/sign-in?/password', { email, password: PASSWORD }, before);
			expect([half.status, cookieOf(half)]).toEqual([303, expect.stringMatching(/^compact=[\w-]{43}$/)]);
			expect(cookieOf(half)).not.toBe(before);
		}
		const account = await fetch(`${site.origin}/account`, {
			redirect: 'manual',
			headers: { cookie: 'compact=made-up-beforehand' },
		});
		expect([account.status, account.headers.get('location')]).toEqual([303, '/sign-in?next=%2Faccount']);
	});
});

describe('a form of another site', () => {
	const FORMS = [
		...['/sign-in?/password', '/sign-in/second?/code', '/account?/everywhere', '/account?/out', '/join', '/alerts'],
		...[
			'/watch/report',
			'/coalition/city?/publish',
			'/invitation/none',
			'/alerts/begin/none',
			'/account/factors?/codes',
		],
	];
	test.each([
		['another origin', { origin: 'https://elsewhere.example' }],
		['no origin that it tells', { origin: 'null' }],
		['a name that begins like ours', { origin: `${site.origin}.elsewhere.example` }],
		['plain text', { origin: 'https://elsewhere.example', 'content-type': 'text/plain' }],
	])('is refused with %s, whoever’s cookie comes along', async (_, headers) => {
		for (const path of FORMS)
			expect([path, (await sent(path, {}, people.m.cookie, headers)).status]).toEqual([path, 403]);
	});

	test('is refused without a word where it comes from, and JSON is none of ours', async () => {
		expect(await raw('/account?/out', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({
			status: 403,
		});
		expect((await sent('/account?/out', {}, people.m.cookie, { 'content-type': 'application/json' })).status).toBe(415);
		expect((await ask('account', 'm')).status).toBe(200);
	});
});

/** An address as it stands, which `fetch` would tidy up; a POST where headers are given. */
async function raw(
	path: string,
	headers: Record<string, string> | null = null,
): Promise<{ status: number; location: string }> {
	const { hostname, port } = new URL(site.origin);
	return new Promise((resolve, reject) => {
		const asking = request(
			{ hostname, port, path, method: headers ? 'POST' : 'GET', headers: headers ?? {} },
			(answer) => {
				answer.resume();
				answer.on('end', () => resolve({ status: answer.statusCode ?? 0, location: answer.headers.location ?? '' }));
			},
		);
		asking.on('error', reject);
		asking.end();
	});
}

test.each([
	...[
		'//elsewhere.example/',
		'//elsewhere.example',
		'/es//elsewhere.example/',
		'/\\elsewhere.example/',
		'/%5celsewhere.example/',
	],
	...[
		'/%2f%2felsewhere.example/',
		'/watch//elsewhere.example/',
		'/library//elsewhere.example',
		'/alerts?place=//elsewhere.example',
	],
	...[
		'/watch/agreement/https:%2f%2felsewhere.example',
		'/sign-in/second?next=//elsewhere.example',
		'/coalition//elsewhere.example/',
	],
])('%s leads to no other site', async (path) => {
	const { location } = await raw(path);
	expect(new URL(location, site.origin).origin).toBe(site.origin);
});

test.each(['//elsewhere.example', 'https://elsewhere.example', '/\\elsewhere.example', 'javascript:alert(1)'])(
	'after signing in nobody is led to %s',
	async (next) => {
		const answer = await fetch(`${site.origin}/sign-in?next=${encodeURIComponent(next)}`, {
			redirect: 'manual',
			headers: { cookie: people.m.cookie },
		});
		expect([answer.status, (await answer.text()).includes(`value="${next}`)]).toEqual([answer.status, false]);
		expect(new URL(answer.headers.get('location') ?? '/', site.origin).origin).toBe(site.origin);
	},
);

describe('fields that no form has', () => {
	const stored = (table: string, where: string, value: string) =>
		world.db.as(SYSTEM, async (tx) => {
			const { rows } = await sql<Record<string, unknown>>`
				select * from ${sql.table(table)} where ${sql.ref(where)} = ${value}`.execute(tx);
			return rows[0] ?? {};
		});

	test('publish no other city than one’s own', async () => {
		const mine = { approver: 'A. Mayor', office: 'Mayor', sure: 'yes' };
		const theirs = { city: there.id, member: there.id, member_id: there.id, owner_city: there.id, room: 'public' };
		const before = await stored('coalition_member', 'place_id', there.id);
		await sent('/coalition/city?/publish', { ...mine, ...theirs }, people.m.cookie);
		expect(await stored('coalition_member', 'place_id', there.id)).toEqual(before);
		expect((await stored('coalition_member', 'place_id', here.id)).room).toBe('public');
		await sent('/coalition/city?/take_back', mine, people.m.cookie);
		expect((await stored('coalition_member', 'place_id', here.id)).room).toBe('members');
	});

	test('make no invitation that was accepted, needs no code, or was written by somebody else', async () => {
		const fields = {
			email: 'extra@example.org',
			name: 'Extra',
			office: 'Editor',
			role: 'editor',
			city: '',
			language: 'en',
		};
		const extra = {
			...{ id: invitation, from_terminal: 'true', fromTerminal: 'true', person: people.a.person, accepted_at: 'now' },
			...{ invited_by: people.a.person, code_hash: 'x', link_hash: 'a'.repeat(64), room: 'public' },
		};
		const answer = await sent('/coalition/invitations?/invite', { ...fields, ...extra }, people.t.cookie);
		expect(answer.status).toBe(200);
		const row = await stored('coalition_invitation', 'email', fields.email);
		expect(row).toMatchObject({
			from_terminal: false,
			person: null,
			accepted_at: null,
			code_hash: null,
			link_hash: null,
		});
		expect(row).toMatchObject({ invited_by: people.t.person, room: 'city' });
		expect(row.id).not.toBe(invitation);
	});

	test('make nobody a steward: a seat is chosen among those one holds, and a role that is none is refused', async () => {
		const seat = people.t.seat ?? '';
		const chosen = { seat, role: 'steward', person: people.m.person, user_id: people.t.person, second: 'true' };
		expect((await sent('/account?/seat', chosen, people.m.cookie)).status).toBe(400);
		expect((await ask('coalition/pipeline', 'm')).status).toBe(403);
		const operator = { email: 'x@example.org', name: 'X', office: 'X', role: 'operator', city: '' };
		expect((await sent('/coalition/invitations?/invite', operator, people.t.cookie)).status).toBe(400);
	});
});

test('an id of somebody else’s is the same as one that is none', async () => {
	const none = '00000000-0000-4000-8000-000000000000';
	const answers = async (path: (id: string) => string, field: string | null, theirs: string, who: 'm' | 'a') =>
		Promise.all(
			[theirs, none].map(async (id) => {
				const { status, text } = await ask(path(id), who, field === null ? null : { [field]: id, open: 'yes' });
				return [status, text.replaceAll(id, 'ID').replace(/^[\s\S]*?\n\n/, '')];
			}),
		);
	for (const [path, field, theirs, who] of [
		[() => 'coalition/city?/end', 'seat', people.M.seat, 'm'],
		[() => 'account?/seat', 'seat', people.M.seat, 'm'],
		[(id: string) => `coalition/city/hand-over/${id}`, null, people.M.seat, 'm'],
		[(id: string) => `coalition/contact/${id}`, null, people.m.seat, 'a'],
		[() => 'account/factors?/drop', 'passkey', people.M.person, 'm'],
	] as const) {
		const [of, no] = await answers(path as (id: string) => string, field, theirs ?? '', who);
		expect(of).toEqual(no);
		expect(of?.[0]).toBeGreaterThanOrEqual(400);
	}
});

test('a wrong password is answered with the same words whether the address has an account or not', async () => {
	const answers = await Promise.all(
		[email, 'nobody@example.org'].map(async (address) => {
			const answer = await sent('/sign-in?/password', { email: address, password: 'another three words' });
			const headers = [...answer.headers].filter(([name]) => name !== 'date' && name !== 'content-length');
			return [answer.status, headers, (await answer.text()).replaceAll(address, 'ADDRESS')];
		}),
	);
	expect(answers[0]).toEqual(answers[1]);
});

test('no address that somebody types is ever asked by the server', async () => {
	let visits = 0;
	const listener = createServer((_, answer) => answer.end(String(++visits))).listen(0, '127.0.0.1');
	await once(listener, 'listening');
	const inside = `http://localhost:${(listener.address() as AddressInfo).port}/page.html`;
	const own = inside.replace('localhost', '127.0.0.1');
	const typed = (site: string) => ({
		number: '555 0100',
		site,
		about: site,
		contact: site,
		message: `See ${site}`,
		id: invitation,
	});
	for (const address of [inside, own]) {
		await sent('/coalition/invitations?/call', typed(address), people.t.cookie);
		await sent(`/coalition/pipeline/${interest}?/match`, { place: there.id }, people.t.cookie);
		await sent(`/coalition/pipeline/${interest}?/call`, typed(address), people.t.cookie);
		await sent('/watch/report', typed(address));
		await sent(`/coalition/contact/${people.M.seat}`, typed(address), people.m.cookie);
		await sent('/library/coalition/detainers/coding', typed(address), people.e.cookie);
	}
	expect((await ask(`coalition/pipeline/${interest}`, 't')).text).toContain(own.replace('http://', ''));
	listener.close();
	expect(visits).toBe(0);
});
