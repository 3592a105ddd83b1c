import { readFileSync } from 'node:fs';

/** Whether a process runs. A zombie, which signals still reach, does not. */
export function lives(pid: number): boolean {
	const state = stat(pid)?.[0];
	if (state) return state !== 'Z' && state !== 'X';
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** When a process began, in clock ticks since boot; tells a process from a later one with its number. null where the system does not say. */
export function born(pid: number): string | null {
	return stat(pid)?.[19] ?? null;
}

/** The command line of a process, or null where the system does not say. */
export function commandLine(pid: number): readonly string[] | null {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
	} catch {
		return null;
	}
}

/** Fields of /proc/<pid>/stat from the third (state) on; the second, the name, may itself hold spaces and brackets. */
function stat(pid: number): string[] | null {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return text.slice(text.lastIndexOf(')') + 2).split(' ');
	} catch {
		return null;
	}
}
