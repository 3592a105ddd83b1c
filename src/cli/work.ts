import { once } from 'node:events';
import { runJobs } from '#worker/run.server.ts';
import type { Verb } from './command.ts';

export const work: Verb = {
	name: 'work',
	summary: 'Work on jobs in a process of its own, beside the web server',
	detail: [
		'The web server works on jobs itself, so a small installation needs no second process. More workers may run at once, on any machine that reaches the database (DATABASE_URL).',
	],
	examples: [{ command: 'work', what: 'Take part in the work until Ctrl+C or SIGTERM' }],
	stays: true,
	async run(_args, io) {
		await runJobs(await io.world());
		io.say('Working on jobs. Ctrl+C ends it; the job at hand is finished first.');
		if (!io.signal.aborted) await once(io.signal, 'abort');
	},
};
