import pino from 'pino';
import type { Log, LogEntry } from './world.ts';

/** What a line may hold beside its sentence. Anything else is left out, so that an address, a query or a text cannot get in by accident. */
const FIELDS: ReadonlySet<string> = new Set([
	...['route', 'method', 'status', 'ms', 'request', 'role'],
	...['task', 'job', 'count', 'attempt', 'list', 'kind', 'state'],
	...['error', 'code', 'where', 'port', 'pid', 'version', 'bytes', 'setting'],
]);
const LONGEST = 300;
/** Mail and web addresses, query strings, network addresses, long secrets. */
const SUSPECT = [
	/[^\s@]+@[^\s@]+\.[a-z]{2,}/gi,
	/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi,
	/\?\S*=\S*/g,
	/\b\d{1,3}(?:\.\d{1,3}){3}\b/g,
	/\b(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{1,4}\b/gi,
	/AGE-SECRET-KEY-\S+/g,
];

/** JSON lines on standard output, or wherever `write` puts them. */
export function openLog(write: (line: string) => void): Log {
	const logger = pino(
		{ base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } },
		{ write },
	);
	return {
		info: (entry, message) => logger.info(allowed(entry), scrubbed(message)),
		warn: (entry, message) => logger.warn(allowed(entry), scrubbed(message)),
		error: (entry, message) => logger.error(allowed(entry), scrubbed(message)),
	};
}

function allowed(entry: LogEntry): LogEntry {
	return Object.fromEntries(
		Object.entries(entry)
			.filter(([name]) => FIELDS.has(name))
			.map(([name, value]) => [name, typeof value === 'string' ? scrubbed(value) : value]),
	);
}

function scrubbed(text: string): string {
	return SUSPECT.reduce((kept, pattern) => kept.replace(pattern, '[removed]'), text).slice(0, LONGEST);
}
