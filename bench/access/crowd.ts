import { randomUUID } from 'node:crypto';
import { createAccount } from '#access/account.server.ts';
import { ACCESS, type SeatRole, SYSTEM } from '#access/actor.ts';
import { beginApp, confirmApp } from '#access/app.server.ts';
import { setPassword } from '#access/password.server.ts';
import { beginSession } from '#access/session.server.ts';
import { codeAt, stepAt } from '#access/totp.server.ts';
import { addMember, addMemberFact } from '#coalition/members.server.ts';
import { seatPerson } from '#coalition/seats.server.ts';
import { type Day, dayAt } from '#kernel/day.ts';
import type { OpenWorld } from '#platform/world.server.ts';

/** Somebody with a seat, an account with both factors, and a session. */
export interface Somebody {
	readonly email: string;
	readonly cookie: string;
	/** OCD id of their city. */
	readonly city: string;
	/** End of the address of their city. */
	readonly path: string;
	/** The code that their app shows now. */
	code(): string;
}
export const PASSWORD = 'three plain words of nobody';

/** Cities whose officials signed the first letter of the coalition of 2017. */
const CITIES = 65;
const ROLES: readonly SeatRole[] = ['member', 'counsel', 'observer'];
const OFFICES = ['City clerk', 'City attorney', 'Council policy staff', 'Office of the mayor'];
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Makes the cities, and `count` people who hold their seats in turn. */
export async function crowd(count: number, world: OpenWorld): Promise<Somebody[]> {
	const cities = await invented(world);
	const people: Somebody[] = [];
	for (let i = 0; i < count; i++) {
		const city = cities[i % cities.length];
		if (!city) throw new Error('There are no cities.');
		people.push(await somebody(i, city, world));
	}
	return people;
}

interface City {
	readonly id: string;
	readonly member: string;
	readonly path: string;
}

async function invented(world: OpenWorld): Promise<City[]> {
	const cities: City[] = [];
	for (let i = 0; i < CITIES; i++) {
		const slug = `bench-town-${i}`;
		const id = `ocd-division/country:us/state:zz/place:bench_town_${i}`;
		const place = { id, kind: 'city', name: `Bench Town ${i}`, folded: `bench town ${i}`, slug };
		await world.db.as(SYSTEM, async (tx) => {
			await tx
				.insertInto('place')
				.values({ ...place, state_code: 'ZZ', source: 'bench', sample: true })
				.onConflict((on) => on.doNothing())
				.execute();
			const member = await addMember(id, 'bench', world, tx);
			await addMemberFact(member, { kind: 'member', day: '2026-01-15' as Day, note: null }, 'bench', world, tx);
			cities.push({ id, member, path: `zz/place/${slug}` });
		});
	}
	return cities;
}

async function somebody(i: number, city: City, world: OpenWorld): Promise<Somebody> {
	const email = `person-${i}-${randomUUID().slice(0, 8)}@example.org`;
	const name = `Person ${i}`;
	const { person, token, secret } = await world.db.as(ACCESS, async (tx) => {
		const id = (await createAccount({ email, name, language: 'en' }, world, tx)) ?? '';
		await setPassword(id, PASSWORD, world, tx);
		const begun = await beginApp(id, email, world, tx);
		if (begun === 'there') throw new Error('A new account has an app.');
		const bytes = fromBase32(begun.typed);
		// The code of the half minute before, so that the one of now is still good.
		await confirmApp(id, codeAt(bytes, stepAt(world.clock.now()) - 1), world, tx);
		return { person: id, token: await beginSession(id, true, world, tx), secret: bytes };
	});
	const role = ROLES[i % ROLES.length] ?? 'member';
	const office = OFFICES[i % OFFICES.length] ?? '';
	const from = dayAt(world.clock.now());
	await world.db.as(SYSTEM, (tx) =>
		seatPerson({ person, role, memberId: city.member, name, office, governing: false, from }, 'bench', world, tx),
	);
	return {
		email,
		cookie: `compact=${token}`,
		city: city.id,
		path: city.path,
		code: () => codeAt(secret, stepAt(new Date())),
	};
}

function fromBase32(text: string): Uint8Array {
	const bits = [...text].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
	return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
