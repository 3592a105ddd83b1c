import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll } from 'vitest';
import { OPERATOR, SYSTEM } from '#access/actor.ts';
import { inviteToSeat } from '#coalition/invitation.server.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { everybody } from '../access/everybody.ts';
import { type Canary, plant } from './canaries.ts';
import { startSite } from './site.ts';

export const site = await startSite();
export const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());

type Named = { readonly id: string; readonly slug: string };
export const [here, there, asking] = await world.db.as(SYSTEM, async (tx) => {
	const { rows } = await sql<Named>`
		select id, slug from place where kind = 'city' and sample order by name limit 3`.execute(tx);
	return rows as [Named, Named, Named];
});
const matter = `matter:${randomUUID()}`;

export const people = await everybody({ here: here.id, there: there.id, asking: asking.id }, matter, world);
export type Letter = keyof typeof people;
export const LETTERS = Object.keys(people) as Letter[];

export const seatHere = people.m.seat ?? '';
export const seatThere = people.M.seat ?? '';
export const invitation = await world.db.as(OPERATOR, (tx) =>
	inviteToSeat(
		{
			...{ email: 'canary-invited@example.org', name: 'CANARY-INVITED', language: 'en', memberId: null },
			...{ role: 'editor', office: 'Canary editor', governing: false },
		},
		OPERATOR,
		world,
		tx,
	),
);

export const interest = randomUUID();
await world.db.as(SYSTEM, (tx) =>
	sql`
		insert into interest (id, place_id, office, standing, helps, note, email, language, proved_at)
		values (${interest}, ${there.id}, 'clerk', 'asking', '{}', 'CANARY-INTEREST', 'canary-interest@example.org', 'en', now())`.execute(
		tx,
	),
);

/** What lies in rooms, and who may ever be shown it by any answer. */
export const CANARIES: readonly Canary[] = [
	...(await plant({ here: here.id, there: there.id, member: people.M.actor, counsel: people.c.actor, matter }, world)),
	{ text: 'CANARY-INVITED', readers: 't' },
	{ text: 'CANARY-INTEREST', readers: 't' },
	{ text: 'Person of member', readers: 'temkcbMCg' },
	{ text: 'Matter of tests', readers: '' },
];
/** What in an answer the reader may not be shown, and whether a page shows as markup what was a text. */
export const shownTo = (letter: Letter, text: string) => [
	...CANARIES.filter((canary) => text.includes(canary.text) && !canary.readers.includes(letter)).map(
		(canary) => canary.text,
	),
	...(/^content-type: .*(html|xml)/m.test(text) && text.includes('<b onclick') ? ['markup that was a text'] : []),
];

export const provision = await world.db.as(SYSTEM, async (tx) => {
	const { rows } = await sql<{ address: string }>`
		select w.address || '/' || to_char(e.day, 'YYYY-MM-DD') || '/' || p.e_id as address
		from library_provision p join library_work w on w.id = p.work_id
		join library_expression e on e.work_id = p.work_id and e.id = p.expression_id
		where w.address = 'coalition/detainers' and e.language = w.language and e.nth = 1 and p.kind = 'section'
		order by e.day desc, p.position limit 1`.execute(tx);
	return `library/${rows[0]?.address}`;
});
export const agency = await world.db.as(SYSTEM, async (tx) => {
	const { rows } = await sql<{ id: string }>`select id from watch_agency order by id limit 1`.execute(tx);
	return rows[0]?.id ?? '';
});

/** What comes back to somebody who asks for an address, or sends it a form: headers and body as one text. */
export async function ask(address: string, who: Letter, fields: Record<string, string> | null = null) {
	const person = people[who];
	const answer = await fetch(`${site.origin}/${address}`, {
		redirect: 'manual',
		headers: { accept: 'text/html', origin: site.origin, ...(person ? { cookie: person.cookie } : {}) },
		...(fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}),
	});
	const headers = [...answer.headers].map((header) => header.join(': ')).join('\n');
	const location = answer.headers.get('location') ?? '';
	return { status: answer.status, location, text: `${headers}\n\n${await answer.text()}` };
}

/** Whether somebody was refused: told that they may not, led to the sign-in, or told that nothing is there. */
export function refused({ status, location }: { readonly status: number; readonly location: string }): boolean {
	return status === 403 || status === 401 || (status === 303 && /\/(sign-in|account)/.test(location)) || status === 404;
}
