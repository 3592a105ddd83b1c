import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { backgroundOf, weighing } from '#concordance/background.ts';
import { FINGERPRINT_VERSION } from '#concordance/fingerprint.ts';
import { termsOf } from '#concordance/term.ts';
import { packageRoot } from '#platform/root.server.ts';
import type { World } from '#platform/world.ts';
import type { Yardstick } from './yardstick.ts';

/** Raise it when the same passages give other links. */
const LINKS_VERSION = 1;

/** What all texts of this installation are weighed by: the texts that come along. Read once. */
export function yardstick({ keep }: Pick<World, 'keep'>): Promise<Yardstick> {
	return keep.of(opened);
}

async function opened(): Promise<Yardstick> {
	const root = join(packageRoot(), 'seeds', 'library');
	const files = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.md')).sort();
	const texts = await Promise.all(files.map(async (name) => termsOf(await readFile(join(root, name), 'utf8')).keys));
	return { algorithm: `${FINGERPRINT_VERSION}.${LINKS_VERSION}`, weighing: weighing(backgroundOf(texts)) };
}
