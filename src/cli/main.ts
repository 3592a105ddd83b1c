import { Usage } from './command.ts';
import { COMMANDS } from './commands.ts';
import { exitCode, explain } from './exit.ts';
import { help } from './help.ts';
import { parse } from './parse.ts';
import { openSession, ReaderGone } from './session.ts';

/** Runs one command line and gives the exit code. Loaded by bin/citycompact.js. */
export async function main(argv: readonly string[]): Promise<number> {
	const session = openSession();
	try {
		const asked = parse(argv, COMMANDS);
		if (asked.kind === 'help') {
			await session.io.write(help(asked, COMMANDS));
			return 0;
		}
		await asked.verb.run(asked.args, session.io);
		return asked.verb.stays ? 0 : interrupted(session.stopped());
	} catch (error) {
		if (error instanceof ReaderGone) return 0;
		if (session.stopped() && exitCode(error) === 1) return interrupted(session.stopped());
		session.io.say(explain(error));
		if (error instanceof Usage) session.io.say('`npx citycompact --help` shows everything there is.');
		return exitCode(error);
	} finally {
		await session.close();
	}
}

function interrupted(signal: NodeJS.Signals | null): number {
	if (signal === null) return 0;
	return signal === 'SIGINT' ? 130 : 143;
}
