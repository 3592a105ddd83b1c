import { compareTexts } from '#reuse/compare.server.ts';
import type { Args, Verb } from './command.ts';
import type { Io } from './io.ts';
import { counted } from './output.ts';

export const rebuilding: Verb = {
	name: 'rebuild',
	summary: 'Compare every text that was not compared yet, or that an older City Compact compared',
	detail: [
		'A running server does the same by itself. Each step is kept: one that was interrupted, by Ctrl-C or by a power cut, is taken up where it stopped by the next.',
	],
	options: {
		anew: { summary: 'forget first what was compared, and compare all of it' },
		format: { value: 'FORMAT', choices: ['text', 'json'], default: 'text', summary: 'json for programs' },
	},
	examples: [{ command: 'concordance rebuild --anew', what: 'after many texts were taken away' }],
	run: runRebuild,
};

async function runRebuild(args: Args, io: Io): Promise<void> {
	const world = await io.world();
	const bar = io.progress('Comparing');
	const { done, of, links } = await compareTexts(world, {
		anew: args.has('anew'),
		signal: io.signal,
		told: (so) => bar.at(so.done, so.of, counted(so.links, 'link')),
	});
	bar.end();
	if (args.text('format') === 'json') await io.write(`${JSON.stringify({ compared: done, of, links })}\n`);
	else await io.write(`${counted(done, 'version')} compared, ${counted(links, 'link')} between provisions found.\n`);
	if (done < of) io.say(`${counted(of - done, 'version')} left. Go on with: citycompact concordance rebuild`);
}
