import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { randomOf } from './watch/archive.ts';
import { startSite, text } from './watch/site.ts';

/** Requests under way at once: fewer than the site lets wait for their turn. */
const AT_ONCE = 16;
/** Memory is looked at so often. */
const STAGES = 10;
/** From the third look to the last the process may grow by this much; before that it fills its caches. */
const MOST_GROWTH = 0.1;

/**
 * Asks a site over the captures below `--data DIR` for `--requests N` (100000) pages, drawn at random (`--seed N`) from
 * every agency, place and filter it links to in both languages, and prints the memory of the web process on the way.
 * False when an answer is an error or the memory keeps growing.
 */
export async function main(args: string[]): Promise<boolean> {
	const { values } = parseArgs({
		args,
		options: {
			data: { type: 'string', default: '../shared/data/287g' },
			requests: { type: 'string', default: '100000' },
			seed: { type: 'string', default: '287' },
		},
	});
	const folder = mkdtempSync(join(tmpdir(), 'citycompact-soak-'));
	// The database's own user must be able to pass through.
	chmodSync(folder, 0o711);
	const env = { ...process.env, COMPACT_DATA: folder };
	const sheets = join(resolve(values.data), 'sheets');
	const imported = spawnSync(process.execPath, ['bin/citycompact.js', 'watch', 'import', sheets], { env });
	if (imported.status !== 0) throw new Error(String(imported.stderr));
	const site = await startSite(folder);
	try {
		const pages = await addresses(site.origin);
		const total = Number(values.requests);
		console.log(`seed ${values.seed}: ${total} requests to ${pages.length} addresses, ${AT_ONCE} at once`);
		const random = randomOf(Number(values.seed));
		const memory: number[] = [];
		let errors = 0;
		for (let stage = 1; stage <= STAGES; stage++) {
			errors += await asked(pages, total / STAGES, random);
			memory.push(site.resident());
			console.log(`${String((total / STAGES) * stage).padStart(8)} requests  ${memory.at(-1)} MB  ${errors} errors`);
		}
		const [early, late] = [memory[2] ?? 0, Math.max(...memory.slice(3))];
		return errors === 0 && late <= early * (1 + MOST_GROWTH);
	} finally {
		await site.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Pages that the site itself links to from its watch, its states and its lists, in both languages, and one address of each data set. */
async function addresses(origin: string): Promise<string[]> {
	const states = links(await text(`${origin}/watch/place`), /"(\/watch\/place\/[a-z]{2})"/g);
	const found = new Set(['/', '/watch', '/watch/lists', '/watch/review', '/corrections', '/data', ...states]);
	for (const page of ['/watch', '/watch/lists', ...states]) {
		for (const link of links(await text(origin + page), /"(\/watch(?:\/|\?)[^"#]*)["#]/g)) found.add(link);
	}
	const pages = [...found].map((path) => path.replaceAll('&amp;', '&')).filter((path) => !path.includes('/original'));
	const spanish = pages.map((path) => (path === '/' ? '/es' : `/es${path}`));
	const data = ['agencies.json', 'agencies.geojson', 'agreements.csv', 'events.atom', 'lists.json', 'series.csv'];
	return [...pages, ...spanish, ...data.map((name) => `/api/v1/watch/${name}`)].map((path) => origin + path);
}

function links(html: string, pattern: RegExp): string[] {
	return [...html.matchAll(pattern)].map((match) => match[1] ?? '');
}

async function asked(pages: readonly string[], requests: number, random: () => number): Promise<number> {
	let left = requests;
	let errors = 0;
	const reader = async (): Promise<void> => {
		while (left-- > 0) {
			const page = pages[Math.floor(random() * pages.length)] ?? '';
			const answer = await fetch(page).catch(() => null);
			await answer?.arrayBuffer().catch(() => null);
			if (answer?.status !== 200) {
				if (errors++ < 5) console.log(`${page} answered ${answer?.status ?? 'nothing'}`);
			}
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, reader));
	return errors;
}
