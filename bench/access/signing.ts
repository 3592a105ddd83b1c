import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { OpenWorld } from '#platform/world.server.ts';
import { demand, type Measures, tell } from '../measure.ts';
import { asked, quantile } from './asking.ts';
import { crowd, PASSWORD, type Somebody } from './crowd.ts';
import { read } from './reading.ts';

/** People who sign in one after the other on as many lines as passwords are worked on at once. */
const ALONE = 60;
const LINES = 2;
/** Everybody of the coalition comes at nine o'clock and is in within half a minute. */
const LEAST_RATE = 200 / 30;
/** Waves of sign-ins at the same moment, so many people each, so many seconds apart. */
const WAVES = 10;
const OF_A_WAVE = 20;
const APART = 2;
const UNBROKEN = 1_000;

/** Signs people in by password and code over HTTP: as many as it takes, and in waves while everybody else reads. */
export async function signing(
	origin: string,
	people: readonly Somebody[],
	world: OpenWorld,
	say: (line: string) => void,
): Promise<Measures> {
	const comers = await crowd(ALONE + WAVES * OF_A_WAVE, world);
	const agent = new Agent({ keepAlive: true, maxSockets: 64 });
	const times: number[] = [];
	let refused = 0;
	const enter = async (somebody: Somebody, i: number) => {
		const began = performance.now();
		if (!(await signIn(origin, somebody, i, agent))) refused++;
		times.push(performance.now() - began);
	};
	const begun = performance.now();
	let next = 0;
	await Promise.all(
		Array.from({ length: LINES }, async () => {
			for (let i = next++; i < ALONE; i = next++) await enter(comers[i] as Somebody, i);
		}),
	);
	const rate = (ALONE * 1000) / (performance.now() - begun);
	const alone = times.splice(0);
	const calm = await read(origin, people, WAVES * APART);
	const [busy] = await Promise.all([
		read(origin, people, WAVES * APART),
		(async () => {
			for (let wave = 0; wave < WAVES; wave++) {
				const first = ALONE + wave * OF_A_WAVE;
				const coming = comers.slice(first, first + OF_A_WAVE).map((somebody, i) => enter(somebody, first + i));
				await Promise.all([...coming, pause(APART * 1000)]);
			}
		})(),
	]);
	agent.destroy();
	say(`${comers.length} sign-ins by password and code, ${refused} refused`);
	return {
		sign_in_errors: demand(refused, `of ${comers.length} sign-ins, password and code`, { most: 0 }),
		sign_in_p50: tell(quantile(alone, 0.5), 'ms for both steps, two people at a time'),
		sign_in_rate: demand(rate, 'a second; 200 people within half a minute', { least: LEAST_RATE }),
		wave_p95: tell(quantile(times, 0.95), `ms for both steps, ${OF_A_WAVE} at the same moment`),
		calm_p95: tell(quantile(calm.times, 0.95), 'ms a page, nobody signs in'),
		wave_page_p95: demand(quantile(busy.times, 0.95), `ms a page, ${OF_A_WAVE} sign in every ${APART} s`, {
			most: UNBROKEN,
		}),
		wave_page_errors: demand(busy.errors, `of ${busy.times.length} pages meanwhile`, { most: 0 }),
	};
}

async function signIn(origin: string, { email, code }: Somebody, i: number, agent: Agent): Promise<boolean> {
	const from = { 'x-forwarded-for': `10.1.${i >> 8}.${i & 255}` };
	const half = await asked(`${origin}/sign-in?/password`, agent, from, { email, password: PASSWORD });
	if (half.status !== 303 || half.cookie === null) return false;
	const whole = await asked(
		`${origin}/sign-in/second?/code`,
		agent,
		{ ...from, cookie: half.cookie },
		{ code: code() },
	);
	return whole.status === 303 && whole.cookie !== null && whole.cookie !== half.cookie;
}
