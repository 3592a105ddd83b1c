#!/usr/bin/env node
import process from 'node:process';
import { ensureOrExit } from './ensure.js';
import { freePortOrExit } from './port.js';

/** How often we look whether the shell that npm started us in is still there, in milliseconds. */
const LOOK_MS = 250;

stopWithNpm();
if (process.argv.slice(2).join(' ') === 'serve') await freePortOrExit();
await ensureOrExit();
const { main } = await import(new URL('../build/cli/main.js', import.meta.url).href);
process.exitCode = await main(process.argv.slice(2));
// Whatever still holds the process open (a database on its way down, a request that hangs) gets this long.
setTimeout(() => process.exit(), process.exitCode === 0 ? 20_000 : 5_000).unref();

/** `kill` of npm ends the shell between npm and us and tells us nothing: an orphan of that shell takes it as its own signal. */
function stopWithNpm() {
	if (!['start', 'npx'].includes(process.env.npm_lifecycle_event ?? '')) return;
	const shell = process.ppid;
	const look = setInterval(() => {
		if (process.ppid === shell) return;
		clearInterval(look);
		process.kill(process.pid, 'SIGTERM');
	}, LOOK_MS);
	look.unref();
}
