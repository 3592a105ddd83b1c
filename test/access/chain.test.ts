import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { beginning, type Chain, ending, type Fault, type Field, follow, type Link, type Noted } from '#access/chain.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const HOUSTON = 'ocd-division/country:us/state:tx/place:houston';
const member: Actor = { role: 'member', city: HOUSTON, person: 'p1', seat: 's1' };

interface Whole {
	readonly chain: Chain;
	readonly links: readonly (Link & { readonly fields: readonly Field[] })[];
}

/** A chain of five as the database writes it, with what its encoding could trip over. */
async function written(): Promise<Whole> {
	return here.world.db.as(member, async (tx) => {
		for (const [n, name] of ['Ana', 'Ñandú “x”', '', 'a:b c', '🏛'].entries()) {
			here.now = new Date(Date.UTC(2026, 6, 1, 12, 0, n, n * 7));
			await record(
				{
					actor: member,
					action: 'seat_opened',
					subject: `seat:${name}`,
					owner: HOUSTON,
					personal: { name, office: 'Clerk' },
				},
				here.world,
				tx,
			);
		}
		const chains = await sql<Chain>`select id, owner_city as owner, room, entries, head from audit_chain`.execute(tx);
		const links = await sql<Link>`select * from audit_entry order by position`.execute(tx);
		const fields = await sql<Field & { position: number }>`select * from audit_personal`.execute(tx);
		return {
			chain: chains.rows[0] as Chain,
			links: links.rows.map((link) => ({ ...link, fields: fields.rows.filter((f) => f.position === link.position) })),
		};
	});
}

function judged({ chain, links }: Whole, noted?: Noted): Fault | null {
	const start = beginning(chain);
	return ending(
		chain,
		links.reduce((so, link) => follow(chain, so, link, link.fields, noted), start),
		noted,
	);
}

const whole = await written();
const { chain, links } = whole;

/** The chain with one link changed. */
function altered(position: number, over: Partial<Whole['links'][number]>): Whole {
	return { chain, links: links.map((link) => (link.position === position ? { ...link, ...over } : link)) };
}

function swapped(a: number, b: number): Whole {
	const moved = links.map((link) => {
		if (link.position === a) return { ...link, position: b };
		return link.position === b ? { ...link, position: a } : link;
	});
	return { chain, links: moved.sort((x, y) => x.position - y.position) };
}

describe('a chain', () => {
	test('that the database wrote holds, entry by entry', () => {
		expect(links.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
		expect(judged(whole)).toBeNull();
	});

	const name = (position: number, over: Partial<Field>) =>
		(links[position - 1]?.fields ?? []).map((field) => (field.field === 'name' ? { ...field, ...over } : field));
	test.each<[string, Whole, Fault | null]>([
		[
			'a missing entry',
			{ chain, links: links.filter((link) => link.position !== 3) },
			{ kind: 'missing', position: 3 },
		],
		['a missing first entry', { chain, links: links.slice(1) }, { kind: 'missing', position: 1 }],
		['another act', altered(2, { action: 'seat_ended' }), { kind: 'altered', position: 2 }],
		['another subject', altered(2, { subject: 'seat:2' }), { kind: 'altered', position: 2 }],
		['another time', altered(2, { at: new Date(0) }), { kind: 'altered', position: 2 }],
		['another role', altered(4, { role: 'counsel' }), { kind: 'altered', position: 4 }],
		['no seat', altered(4, { seat: null }), { kind: 'altered', position: 4 }],
		['another seal', altered(5, { seals: '' }), { kind: 'altered', position: 5 }],
		['another hash', altered(5, { hash: '0'.repeat(64) }), { kind: 'altered', position: 5 }],
		['two neighbours in the other order', swapped(2, 3), { kind: 'altered', position: 2 }],
		['two far ones in the other order', swapped(1, 5), { kind: 'altered', position: 1 }],
		['a cut tail', { chain, links: links.slice(0, 3) }, { kind: 'cut', position: 4 }],
		['nothing left', { chain, links: [] }, { kind: 'cut', position: 1 }],
		['a head of less', { chain: { ...chain, entries: 4 }, links }, { kind: 'head', position: 5 }],
		['another head', { chain: { ...chain, head: 'x' }, links }, { kind: 'head', position: 5 }],
		['another owner', { chain: { ...chain, owner: 'elsewhere' }, links }, { kind: 'altered', position: 1 }],
		['another name in a field', altered(3, { fields: name(3, { value: 'Eva' }) }), { kind: 'field', position: 3 }],
		['a field less', altered(3, { fields: [] }), { kind: 'field', position: 3 }],
		['an erased field', altered(3, { fields: name(3, { value: null, salt: null }) }), null],
	])('with %s', (_, changed, fault) => {
		expect(judged(changed)).toEqual(fault);
	});

	test('that was made anew as a whole is held to the end that was noted of it', () => {
		const noted = { id: chain.id, entries: 3, head: links[2]?.hash ?? '' };
		expect(judged(whole, noted)).toBeNull();
		expect(judged(whole, { ...noted, head: 'x' })).toEqual({ kind: 'noted', position: 3 });
		expect(judged(whole, { ...noted, entries: 9 })).toEqual({ kind: 'cut', position: 6 });
	});
});
