import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { demand, type Measures, tell } from '../measure.ts';
import { asked, quantile } from './asking.ts';
import type { Somebody } from './crowd.ts';

/** Seconds between two pages of one reader: from a glance to some paragraphs, six on the whole. */
const GLANCE = 2;
const PARAGRAPH = 10;
const SECONDS = { short: 45, full: 120 };
const WARM_UP_SECONDS = 5;
/** Until then thought is not broken off (Nielsen, Usability Engineering, 1993, chapter 5). */
const UNBROKEN = 1_000;

export interface Read {
	/** Milliseconds of each answer. */
	readonly times: readonly number[];
	readonly perSecond: number;
	readonly errors: number;
	/** Milliseconds by page. */
	readonly byPage: ReadonlyMap<string, readonly number[]>;
}

/** People with seats read directory, cities and policies: as readers do, and all of them at every moment. */
export async function reading(
	origin: string,
	people: readonly Somebody[],
	full: boolean,
	say: (line: string) => void,
): Promise<Measures> {
	await read(origin, people, WARM_UP_SECONDS);
	const paced = await read(origin, people, full ? SECONDS.full : SECONDS.short);
	for (const [page, times] of paced.byPage)
		say(`${page.padEnd(34)} p50 ${quantile(times, 0.5).toFixed(0)} ms  p95 ${quantile(times, 0.95).toFixed(0)} ms`);
	const pressed = await read(origin, people, full ? SECONDS.full : SECONDS.short / 3, 0);
	return {
		reading_errors: demand(
			paced.errors,
			`of ${paced.times.length} pages, ${people.length} people who pause ${GLANCE}-${PARAGRAPH} s`,
			{ most: 0 },
		),
		reading_p50: tell(quantile(paced.times, 0.5), 'ms'),
		reading_p95: demand(quantile(paced.times, 0.95), 'ms; thought is not broken off', { most: UNBROKEN }),
		reading_max: tell(Math.max(...paced.times), 'ms'),
		reading_rate: tell(paced.perSecond, 'pages/s'),
		pressing_errors: demand(
			pressed.errors,
			`of ${pressed.times.length} pages, ${people.length} people who never pause`,
			{ most: 0 },
		),
		pressing_p50: tell(quantile(pressed.times, 0.5), 'ms'),
		pressing_p95: tell(quantile(pressed.times, 0.95), 'ms'),
		pressing_max: tell(Math.max(...pressed.times), 'ms'),
		pressing_rate: tell(pressed.perSecond, 'pages/s'),
	};
}

/** Lets everybody read for so long; each waits for one page before they go to the next. `longest`: seconds of a pause. */
export async function read(
	origin: string,
	people: readonly Somebody[],
	seconds: number,
	longest = PARAGRAPH,
): Promise<Read> {
	const agent = new Agent({ keepAlive: true, maxSockets: people.length });
	const begun = performance.now();
	const end = begun + seconds * 1000;
	const byPage = new Map<string, number[]>();
	const rest = () => (longest === 0 ? 0 : (GLANCE + Math.random() * (longest - GLANCE)) * 1000);
	let errors = 0;
	await Promise.all(
		people.map(async (somebody, i) => {
			await pause(Math.random() * longest * 1000);
			for (let turn = i; performance.now() < end; turn++) {
				const [name, path] = page(turn, people[(i * 7 + turn) % people.length] ?? somebody);
				const answer = await asked(origin + path, agent, { cookie: somebody.cookie });
				const times = byPage.get(name) ?? [];
				byPage.set(name, times);
				times.push(answer.ms);
				if (answer.status !== 200) errors++;
				await pause(rest());
			}
		}),
	);
	agent.destroy();
	const times = [...byPage.values()].flat();
	return { times, errors, byPage, perSecond: times.length / ((performance.now() - begun) / 1000) };
}

function page(turn: number, other: Somebody): readonly [name: string, path: string] {
	const pages = [
		['the directory', '/coalition'],
		['the page of a city', `/coalition/${other.path}`],
		['policies', '/library'],
		['a search of offices', '/coalition?q=attorney'],
		['a policy', '/library/coalition/detainers'],
		['the page of a city', `/coalition/${other.path}`],
		['a search of policies', '/library?q=detainer'],
		['the directory in Spanish', '/es/coalition'],
	] as const;
	return pages[turn % pages.length] ?? pages[0];
}
