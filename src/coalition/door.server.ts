import { createHash, timingSafeEqual } from 'node:crypto';
import { ACCESS, SEAT_ROLES, SYSTEM } from '#access/actor.ts';
import { beginSession } from '#access/session.server.ts';
import { dayAt } from '#kernel/day.ts';
import type { World } from '#platform/world.ts';
import { seatsHeld } from './acting.server.ts';
import { endSample, isSampleOver } from './real.server.ts';
import { type DoorSeat, sampleId } from './sample.ts';

/** As in a cookie: as many bytes as nobody can try. */
const CODE_BYTES = 24;

/** In the memory of this process alone, and only where its settings opened it at the start. */
interface Door {
	code: string | null;
}
function shut(): Door {
	return { code: null };
}

/** Opens the door to the sample coalition in this process and gives the code for its terminal, where it is told once. */
export function openDoor({ keep, random }: Pick<World, 'keep' | 'random'>): string {
	const code = Buffer.from(random.bytes(CODE_BYTES)).toString('base64url');
	keep.of(shut).code = code;
	return code;
}

/** Whether the door is open in this process. */
export function isDoorOpen({ keep }: Pick<World, 'keep'>): boolean {
	return keep.of(shut).code !== null;
}

/** Whether somebody has the code of this start; compared in the same time whatever they give. */
export function isDoorCode(given: string, { keep }: Pick<World, 'keep'>): boolean {
	const { code } = keep.of(shut);
	const hash = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(hash(given), hash(code ?? '')) && code !== null;
}

/** The seats behind the door; null where it is shut, or anything real came, which shuts it for good. */
export async function doorSeats(
	world: Pick<World, 'db' | 'clock' | 'keep'>,
): Promise<readonly (DoorSeat & { readonly id: string; readonly person: string })[] | null> {
	if (!isDoorOpen(world)) return null;
	const over = await world.db.as(SYSTEM, async (tx) => {
		if (!(await isSampleOver(tx))) return false;
		await endSample(world, tx);
		return true;
	});
	if (over) {
		world.keep.of(shut).code = null;
		return null;
	}
	const day = dayAt(world.clock.now());
	return world.db.as(ACCESS, async (tx) => {
		const found = [];
		for (const role of SEAT_ROLES) {
			const person = sampleId('account', role);
			const [seat] = (await seatsHeld(person, day, tx)).filter((held) => held.sample && held.role === role);
			if (seat) found.push({ role, person, id: seat.id, office: seat.office, city: seat.cityName });
		}
		return found;
	});
}

/** Begins a short session under the sample seat of a role and gives what its cookie says; null where there is none. Whoever calls this saw the code. */
export async function enterDoor(
	role: string,
	world: Pick<World, 'db' | 'clock' | 'random' | 'keep'>,
): Promise<string | null> {
	const seat = (await doorSeats(world))?.find((one) => one.role === role);
	if (!seat) return null;
	return world.db.as(ACCESS, (tx) => beginSession(seat.person, true, world, tx, { seat: seat.id, sample: true }));
}
