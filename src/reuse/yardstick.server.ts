import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { weighing } from '#concordance/background.ts';
import { editionOf, readBackground } from '#concordance/background-bytes.ts';
import { FINGERPRINT_VERSION } from '#concordance/fingerprint.ts';
import { packageRoot } from '#platform/root.server.ts';
import type { World } from '#platform/world.ts';
import type { Yardstick } from './yardstick.ts';

/** Raise it when the same passages give other links. */
const LINKS_VERSION = 1;

/** What all texts of this installation are weighed by: the background that comes along. Read once. */
export function yardstick({ keep }: Pick<World, 'keep'>): Promise<Yardstick> {
	return keep.of(opened);
}

async function opened(): Promise<Yardstick> {
	const bytes = await readFile(join(packageRoot(), 'seeds', 'background.bin'));
	return {
		algorithm: `${FINGERPRINT_VERSION}.${LINKS_VERSION}.${editionOf(bytes)}`,
		weighing: weighing(readBackground(bytes)),
	};
}
