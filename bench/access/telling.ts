import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { demand, type Measures, median, tell } from '../measure.ts';
import { asked } from './asking.ts';
import type { Somebody } from './crowd.ts';

/** Pairs of one address with an account and one without; each account is asked once. */
const PAIRS = { short: 150, full: 200 };
/** Chance may make so many medians of a thousand at least as far apart as they are. */
const SHUFFLES = 2_000;
/** A run in a thousand misses this by chance alone; how far apart the medians lie depends on what else the machine does. */
const LEAST_CHANCE = 0.001;

/**
 * Whether the time of an answer tells that an address has an account: wrong passwords for addresses with and without, in
 * pairs whose order is drawn. The share of shuffled signs that come out at least as far apart says whether it is chance.
 */
export async function telling(
	origin: string,
	people: readonly Somebody[],
	full: boolean,
	say: (line: string) => void,
): Promise<Measures> {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const pairs: { known: number; unknown: number }[] = [];
	const statuses = new Set<number>();
	const tried = async (email: string, i: number) => {
		const from = { 'x-forwarded-for': `10.2.${i >> 8}.${i & 255}` };
		const answer = await asked(`${origin}/sign-in?/password`, agent, from, { email, password: 'another three words' });
		statuses.add(answer.status);
		return answer.ms;
	};
	await tried(`nobody-${randomUUID()}@example.org`, 1023);
	for (const [i, { email }] of people.slice(0, full ? PAIRS.full : PAIRS.short).entries()) {
		const nobody = `nobody-${i}-${randomUUID().slice(0, 8)}@example.org`;
		if (Math.random() < 0.5) {
			const known = await tried(email, i);
			pairs.push({ known, unknown: await tried(nobody, i) });
		} else {
			const unknown = await tried(nobody, i);
			pairs.push({ known: await tried(email, i), unknown });
		}
	}
	agent.destroy();
	const differences = pairs.map(({ known, unknown }) => known - unknown);
	const apart = Math.abs(median(differences));
	let asFar = 0;
	for (let i = 0; i < SHUFFLES; i++)
		if (Math.abs(median(differences.map((one) => (Math.random() < 0.5 ? one : -one)))) >= apart) asFar++;
	say(`answers to wrong passwords, with and without an account: ${[...statuses].join(', ')}`);
	return {
		telling_statuses: demand(statuses.size, `kinds of answer to ${2 * pairs.length} wrong passwords`, { most: 1 }),
		telling_known: tell(median(pairs.map(({ known }) => known)), 'ms, the address has an account'),
		telling_unknown: tell(median(pairs.map(({ unknown }) => unknown)), 'ms, it has none'),
		telling_apart: tell(apart, `ms, median difference of ${pairs.length} pairs`),
		telling_chance: demand(asFar / SHUFFLES, 'of shuffled signs lie as far apart', { least: LEAST_CHANCE }),
	};
}
