import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of this installation, found upwards from the running file: `src/` in development, `build/` and
 * `build/cli/` afterwards. Migrations and the database binaries lie beside it.
 */
export function packageRoot(): string {
	const here = dirname(fileURLToPath(import.meta.url));
	for (let folder = here; ; folder = dirname(folder)) {
		const file = join(folder, 'package.json');
		if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'citycompact') return folder;
		if (dirname(folder) === folder) throw new Error(`No City Compact installation around ${here}.`);
	}
}
