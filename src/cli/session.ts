import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { Upstream } from '#kernel/error.ts';
import type { OpenWorld } from '#platform/world.server.ts';
import type { Io } from './io.ts';
import { progress } from './progress.ts';

/** Thrown by `write` once nobody reads any more (`| head`): the verb unwinds and the command ends quietly. */
export class ReaderGone extends Error {
	override readonly name = 'ReaderGone';
}

/** The world a verb works in, and how to leave it. */
export interface Session {
	readonly io: Io;
	/** The signal that asked us to stop, if any. */
	stopped(): NodeJS.Signals | null;
	/** Closes the world if a verb opened it. */
	close(): Promise<void>;
}

/** npm passes a Ctrl+C on to a process that the terminal has told already: within this time, in milliseconds, two are one. */
const ECHO = 1_000;

/** Joins the process's streams and signals to one verb. A second signal ends the process at once. */
export function openSession(): Session {
	const stop = new AbortController();
	let stopped: NodeJS.Signals | null = null;
	let at = 0;
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => {
			if (stopped && Date.now() - at > ECHO) process.exit(signal === 'SIGINT' ? 130 : 143);
			if (stopped) return;
			stopped = signal;
			at = Date.now();
			stop.abort(new Error(`Stopped by ${signal}.`));
		});
	}
	let lost: Error | null = null;
	process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
		lost ??=
			code === 'EPIPE'
				? new ReaderGone()
				: new Upstream(`The results could not be written (${code}). Send them elsewhere.`);
	});
	let world: Promise<OpenWorld> | null = null;
	const io: Io = {
		stdin: process.stdin,
		width: process.stdout.isTTY ? process.stdout.columns : null,
		screen: process.stdout.isTTY === true,
		colours: process.stdout.isTTY === true && process.stdout.hasColors(),
		signal: stop.signal,
		async write(text) {
			if (lost) throw lost;
			if (!process.stdout.write(text)) {
				const waited = new AbortController();
				const { signal } = waited;
				const events = ['drain', 'close'].map((event) => once(process.stdout, event, { signal }));
				await Promise.race(events).catch(() => {});
				waited.abort();
				await Promise.allSettled(events);
			}
			// An error of a file is told after the write has returned.
			await setImmediate();
			if (lost) throw lost;
		},
		say: (sentence) => void process.stderr.write(`${sentence}\n`),
		progress: (label) => progress(label, process.stderr),
		world: () => {
			world ??= import('#platform/world.server.ts').then(({ openWorld }) =>
				openWorld({ write: (line) => void process.stderr.write(line) }),
			);
			return world;
		},
	};
	return {
		io,
		stopped: () => stopped,
		close: async () => {
			await (await world?.catch(() => null))?.close();
		},
	};
}
