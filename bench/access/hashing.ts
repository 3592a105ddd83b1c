import { hash } from '@node-rs/argon2';
import { type Measures, median, tell, timed } from '../measure.ts';

/** Sets of parameters of Argon2id. The first is in use (src/access/password.server.ts), the second is the least of OWASP. */
const SETS = [
	{ name: 'in use', memoryCost: 47_104, timeCost: 1 },
	{ name: 'least of OWASP', memoryCost: 19_456, timeCost: 2 },
	{ name: 'twice as often', memoryCost: 47_104, timeCost: 2 },
	{ name: 'second of RFC 9106', memoryCost: 65_536, timeCost: 3 },
] as const;
const TIMES = 15;
/** Passwords worked on at once by the server. */
const AT_ONCE = 2;

/** What one password costs under each set of parameters, alone and two at a time. */
export async function hashing(say: (line: string) => void): Promise<Measures> {
	const found = new Map<string, { alone: number; rate: number }>();
	for (const { name, memoryCost, timeCost } of SETS) {
		const one = () => hash('three plain words', { algorithm: 2, memoryCost, timeCost, parallelism: 1 });
		const times: number[] = [];
		for (let i = 0; i < TIMES; i++) times.push(await timed(one));
		const both = await timed(async () => {
			for (let i = 0; i < TIMES; i++) await Promise.all(Array.from({ length: AT_ONCE }, one));
		});
		const rate = (TIMES * AT_ONCE * 1000) / both;
		found.set(name, { alone: median(times), rate });
		say(
			`${name.padEnd(20)} ${String(Math.round(memoryCost / 1024)).padStart(5)} MiB ${timeCost} passes  median ${median(times).toFixed(1)} ms  ${rate.toFixed(1)}/s two at once`,
		);
	}
	const [used, least] = [found.get('in use'), found.get('least of OWASP')];
	return {
		hash_alone: tell(
			used?.alone ?? Number.NaN,
			'ms, Argon2id 46 MiB 1 pass; peer: 19 MiB 2 passes',
			least?.alone ?? null,
		),
		hash_rate: tell(used?.rate ?? Number.NaN, 'a second, two at once', least?.rate ?? null),
		hash_memory: tell(46 * AT_ONCE, 'MiB, two at once', 19 * AT_ONCE),
	};
}
