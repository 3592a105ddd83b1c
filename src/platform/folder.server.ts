import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder that only its owner may enter, and those above it. Step by step, because Node's own recursive form
 * never ends where a system refuses folders as /proc does. Throws what the system says.
 */
export function makeFolder(folder: string): void {
	if (existsSync(folder)) return;
	makeFolder(dirname(folder));
	try {
		mkdirSync(folder, { mode: 0o700 });
	} catch (error) {
		// Another process of ours was faster.
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
}
