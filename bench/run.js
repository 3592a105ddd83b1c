// node bench/run.js NAME ARGUMENTS: bundles bench/NAME.ts as the product is bundled, and runs its `main`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ensureOrExit, ROOT } from '../bin/ensure.js';

const [name = '', ...args] = process.argv.slice(2);
const entry = join(ROOT, 'bench', `${name}.ts`);
if (!existsSync(entry)) {
	process.stderr.write(`There is no bench/${name}.ts.\n`);
	process.exit(2);
}
await ensureOrExit({ build: false });
const { build } = await import('vite');
const outDir = join(ROOT, '.cache', `bench-${name}`);
await build({
	configFile: false,
	root: ROOT,
	logLevel: 'warn',
	publicDir: false,
	// A bench finds its neighbours by its own address, which is that of the source.
	plugins: [
		{
			name: 'address-of-the-source',
			transform: (code, id) =>
				id.includes('/bench/') ? code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)) : null,
		},
	],
	build: {
		ssr: true,
		outDir,
		emptyOutDir: true,
		target: 'node20',
		rollupOptions: { input: { main: entry, 'reading-thread': join(ROOT, 'src/library/read/thread.server.ts') } },
	},
});
const { main } = await import(pathToFileURL(join(outDir, 'main.js')).href);
const result = await main(args);
process.exitCode = result === false ? 1 : Number(result === true ? 0 : (result ?? 0));
