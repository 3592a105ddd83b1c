import { COMMANDS } from '#cli/commands.ts';
import { exitCode, explain } from '#cli/exit.ts';
import type { Io } from '#cli/io.ts';
import { parse } from '#cli/parse.ts';
import type { OpenWorld } from '#platform/world.server.ts';

/** What a command printed, said and ended with. */
export interface Ran {
	readonly code: number;
	readonly out: string;
	readonly said: string;
}

/** Runs `adoption` with words behind it in this process: by the key that COMPACT_KEY holds, on no terminal. */
export async function runHere(words: readonly string[], world: unknown): Promise<Ran> {
	let [out, said] = ['', ''];
	const io = {
		...{ width: null, screen: false, colours: false },
		write: async (text: string | Uint8Array) => {
			out += String(text);
		},
		say: (sentence: string) => {
			said += `${sentence}\n`;
		},
		world: async () => world as OpenWorld,
	} as unknown as Io;
	try {
		const asked = parse(['adoption', ...words], COMMANDS);
		if (asked.kind === 'run') await asked.verb.run(asked.args, io);
		return { code: 0, out, said };
	} catch (error) {
		return { code: exitCode(error), out, said: said + explain(error) };
	}
}
