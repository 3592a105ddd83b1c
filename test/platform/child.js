// Runs a TypeScript file in a process of its own, as the tests do in theirs: node child.js FILE ARGUMENTS
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const [file = ''] = process.argv.splice(2, 1);
await runnerImport(file, {
	configFile: false,
	root: fileURLToPath(new URL('../..', import.meta.url)),
	logLevel: 'error',
});
