import { name, version as number } from '../../package.json';
import type { Verb } from './command.ts';

export const version: Verb = {
	name: 'version',
	summary: 'Print the version of City Compact and of Node.js',
	examples: [{ command: 'version', what: 'Which version runs here' }],
	async run(_args, io) {
		await io.write(`${name} ${number} (Node.js ${process.versions.node}, ${process.platform} ${process.arch})\n`);
	},
};
