import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A second process that uses the database of a folder. */
export interface Holder {
	readonly process: ChildProcess;
	/** Lines it said until it was open. */
	readonly said: readonly string[];
	/** Lets it leave in order. */
	leave(): Promise<void>;
	/** kill -9. */
	kill(): Promise<void>;
}

export interface HolderOptions {
	readonly uid?: number;
	readonly gid?: number;
	readonly transport?: 'tcp';
	readonly env?: NodeJS.ProcessEnv;
}

/** Starts a holder and waits until it has opened the database. Rejects with what it said where it ends first. */
export async function holder(folder: string, options: HolderOptions = {}): Promise<Holder> {
	const { child, lines, ended } = launch(folder, options);
	const said: string[] = [];
	await new Promise<void>((resolve, reject) => {
		lines.on('line', (line: string) => {
			said.push(line);
			if (line === 'open') resolve();
		});
		ended.then((errors) => reject(new Error(errors || said.join('\n'))));
	});
	return {
		process: child,
		said,
		async leave() {
			child.stdin?.end();
			await ended;
		},
		async kill() {
			child.kill('SIGKILL');
			await ended;
		},
	};
}

/** Starts a holder and does not wait: for killing it at any moment. */
export function launch(folder: string, { transport, ...options }: HolderOptions = {}) {
	const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
	const child = spawn(
		process.execPath,
		[file('./child.js'), file('./holder.ts'), folder, transport ?? 'socket'],
		options,
	);
	const errors: string[] = [];
	child.stderr.on('data', (chunk: Buffer) => errors.push(String(chunk)));
	const ended = new Promise<string>((resolve) => child.on('close', () => resolve(errors.join(''))));
	return { child, lines: createInterface(child.stdout), ended };
}
