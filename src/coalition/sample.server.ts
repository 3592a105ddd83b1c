import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { ACCESS, SYSTEM } from '#access/actor.ts';
import { SAMPLE_DOMAIN } from '#access/sample.ts';
import { addDays, type Day, dayAt } from '#kernel/day.ts';
import { placeAt } from '#places/address.server.ts';
import { outwait } from '#platform/advisory.server.ts';
import { packageRoot } from '#platform/root.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { addMember, addMemberFact, publishMembership } from './members.server.ts';
import { endSample, isSampleOver, SAMPLE_AUTHOR, takeSampleAway } from './real.server.ts';
import { type SampleCase, type SampleCity, type SampleCoalition, type SampleSeat, sampleId } from './sample.ts';

type Stocking = Pick<World, 'db' | 'clock' | 'random'>;

/**
 * Puts the sample coalition beside the invented places, anew at every start, and gives whether it stands: not where anything
 * real ever came, nor without those places. Its cities are there only while a server shows them.
 */
export async function stockCoalition(world: Stocking, file = FILE): Promise<boolean> {
	const seed = JSON.parse(await readFile(file, 'utf8')) as SampleCoalition;
	await dropAccounts(world);
	const stands = await world.db.as(SYSTEM, async (tx) => {
		await outwait('coalition.sample', tx);
		if (await isSampleOver(tx)) {
			await endSample(world, tx);
			return false;
		}
		await takeSampleAway(world, tx);
		const first = await placeAt(seed.cities[0]?.place ?? '', tx);
		if (!first?.sample) return false;
		for (const seat of seed.staff) await putSeat(seat, null, world, tx);
		for (const city of seed.cities) await putCity(city, world, tx);
		for (const one of seed.cases) await putCase(one, world, tx);
		return true;
	});
	if (!stands) return false;
	for (const city of seed.cities) await publish(city, world);
	await putAccounts([...seed.staff, ...seed.cities.flatMap(({ seats }) => seats)], world);
	return true;
}

/** Takes the sample coalition away with its accounts and sessions; nothing where there is none. */
export async function clearCoalition(world: Pick<World, 'db' | 'clock'>): Promise<void> {
	await dropAccounts(world);
	await world.db.as(SYSTEM, (tx) => takeSampleAway(world, tx));
}

const FILE = join(packageRoot(), 'seeds', 'coalition', 'coalition.json');

async function putCity(city: SampleCity, world: Stocking, tx: Tx): Promise<void> {
	const id = await placeId(city.place, tx);
	const standing = city.facts.at(-1)?.kind ?? 'interested';
	const approaching = !['member', 'observer', 'withdrew'].includes(standing);
	const member = await addMember(id, SAMPLE_AUTHOR, world, tx, approaching);
	for (const fact of city.facts) await addMemberFact(member, { ...fact, note: null }, SAMPLE_AUTHOR, world, tx);
	for (const seat of city.seats) await putSeat(seat, { member, city: id }, world, tx);
}

/** Seats of the coalition itself cannot be deleted: those that ended begin again. */
async function putSeat(
	{ role, office, name, governing = false, from, account }: SampleSeat,
	of: { readonly member: string; readonly city: string } | null,
	{ clock }: Stocking,
	tx: Tx,
): Promise<void> {
	const person = account ? sampleId('account', account) : null;
	await sql`
		insert into coalition_seat (id, member_id, owner_city, person, role, name, office, governing, from_day, sample,
			added_at, added_by)
		values (${sampleId('seat', of?.city ?? '', office, role)}, ${of?.member ?? null}, ${of?.city ?? null}, ${person}, ${role},
			${name}, ${office}, ${governing}, ${from}, true, ${clock.now()}, ${SAMPLE_AUTHOR})
		on conflict (id) do update set person = excluded.person, name = excluded.name, from_day = excluded.from_day,
			until_day = null, ended_at = null, ended_by = null`.execute(tx);
}

async function putCase(one: SampleCase, { clock }: Stocking, tx: Tx): Promise<void> {
	const place = await placeId(one.place, tx);
	const id = sampleId('case', place);
	const person = (account: string) => sampleId('account', account);
	const keeper = one.keeper ? person(one.keeper) : null;
	const matched = one.matched ? { at: one.proved, by: keeper } : null;
	const vote = one.voteIn === undefined ? null : addDays(dayAt(clock.now()), one.voteIn);
	await sql`
		insert into interest (id, place_id, office, standing, vote_day, helps, note, email, language, proved_at, keeper,
			matched_place, matched_at, matched_by, called_at, called_by, called_number, called_site)
		values (${id}, ${place}, ${one.office}, ${one.standing}, ${vote}, ${one.helps}, ${one.note}, ${one.email},
			${one.language}, ${noon(one.proved)}, ${keeper}, ${matched ? place : null}, ${matched ? noon(matched.at) : null},
			${matched?.by ?? null}, ${one.called ? noon(one.called.day) : null}, ${one.called ? keeper : null},
			${one.called?.number ?? null}, ${one.called?.site ?? null})`.execute(tx);
	for (const account of one.approvals ?? [])
		await sql`
			insert into interest_approval (interest_id, person, at)
			values (${id}, ${person(account)}, ${clock.now()})`.execute(tx);
}

/** A city publishes itself, here as everywhere. */
async function publish({ place, published }: SampleCity, world: Stocking): Promise<void> {
	if (!published) return;
	const city = await world.db.as(SYSTEM, (tx) => placeId(place, tx));
	await world.db.as({ role: 'member', city }, async (tx) => {
		const { rows } = await sql<{ id: string }>`select id from coalition_member where place_id = ${city}`.execute(tx);
		await publishMembership(rows[0]?.id ?? '', published, SAMPLE_AUTHOR, world, tx);
	});
}

/** Accounts without any factor: nobody can sign in to them but by the door. */
async function putAccounts(seats: readonly SampleSeat[], { db, clock }: Stocking): Promise<void> {
	const now = clock.now();
	await db.as(ACCESS, async (tx) => {
		for (const { account, name } of seats)
			if (account)
				await tx
					.insertInto('access_user')
					.values({
						id: sampleId('account', account),
						email: `${account}@${SAMPLE_DOMAIN}`,
						name,
						created_at: now,
						updated_at: now,
					})
					.onConflict((on) => on.doNothing())
					.execute();
	});
}

/** Their sessions end with them. */
async function dropAccounts({ db }: Pick<World, 'db'>): Promise<void> {
	await db.as(ACCESS, async (tx) => {
		await tx.deleteFrom('access_user').where('email', 'like', `%@${SAMPLE_DOMAIN}`).execute();
	});
}

async function placeId(path: string, tx: Tx): Promise<string> {
	const place = await placeAt(path, tx);
	if (!place?.sample) throw new Error(`seeds/coalition names ${path}, which is no invented place.`);
	return place.id;
}

function noon(day: Day): Date {
	return new Date(`${day}T12:00:00Z`);
}
