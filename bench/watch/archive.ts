import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** One captured file: the folder of its capture, its name, its bytes. */
export interface Capture {
	readonly folder: string;
	readonly name: string;
	readonly bytes: Buffer;
	readonly sha256: string;
}

/** Every spreadsheet below `DIR/sheets`, in file order. */
export function captures(data: string): Capture[] {
	const root = join(data, 'sheets');
	return (readdirSync(root, { recursive: true }) as string[])
		.filter((path) => path.endsWith('.xlsx') && statSync(join(root, path)).isFile())
		.sort()
		.map((path) => {
			const bytes = readFileSync(join(root, path));
			const parts = relative(root, join(root, path)).split(/[\\/]/);
			return {
				folder: parts[0] ?? '',
				name: parts.at(-1) ?? '',
				bytes,
				sha256: createHash('sha256').update(bytes).digest('hex'),
			};
		});
}

/** A small generator with a seed, so that a shuffle can be repeated (mulberry32). */
export function randomOf(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
	const result = [...items];
	for (let i = result.length - 1; i > 0; i--) {
		const j = Math.floor(random() * (i + 1));
		[result[i], result[j]] = [result[j] as T, result[i] as T];
	}
	return result;
}
