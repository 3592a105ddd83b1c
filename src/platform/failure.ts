import type { LogEntry } from './world.ts';

/** What may be logged of an error: its kind, the code of the system or database, and where it arose. Never its message, which may quote what somebody wrote. */
export interface Failure extends LogEntry {
	readonly error: string;
	readonly code: string | null;
	readonly where: string | null;
}

const NAME = /^\w{1,40}$/;
const CODE = /^[A-Z0-9_]{2,40}$/i;
const FRAME = /^\s+at (?:(?:async )?([\w.<>#[\] ]+) \()?.*?([\w.-]+\.[cm]?[jt]s:\d+)/;
const FRAMES = 4;

/** Reads kind, code and the first places of the trace from whatever was thrown. */
export function failure(error: unknown): Failure {
	if (!(error instanceof Error)) return { error: typeof error, code: null, where: null };
	const { name, message, code, stack = '' } = error as Error & { code?: unknown };
	const frames = stack
		.slice(stack.indexOf(message) + message.length)
		.split('\n')
		.flatMap((line) => {
			const match = FRAME.exec(line);
			return match ? [`${match[1] ?? ''}@${match[2]}`] : [];
		})
		.slice(0, FRAMES);
	return {
		error: NAME.test(name) ? name : 'Error',
		code: typeof code === 'string' && CODE.test(code) ? code : null,
		where: frames.length > 0 ? frames.join(' ') : null,
	};
}
