import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

const BEAT_MS = 1_000;
/** A holder that has not touched its lock for so long is gone: killed, or its machine was. */
const SILENT_MS = 15_000;
const POLL_MS = 100;

/**
 * Runs `work` while no other process does so in this folder. A holder that died counts for nothing.
 * @param {string} folder
 * @param {string} waiting said once, to standard error, where another holds it
 * @param {() => Promise<void>} work
 */
export async function withLock(folder, waiting, work) {
	const file = join(folder, 'lock');
	let told = false;
	while (!take(file)) {
		if (!told) process.stderr.write(`${waiting}\n`);
		told = true;
		await sleep(POLL_MS);
	}
	const beat = setInterval(() => touch(file), BEAT_MS);
	try {
		await work();
	} finally {
		clearInterval(beat);
		if (holder(file) === process.pid) rmSync(file, { force: true });
	}
}

/** @param {string} file */
function take(file) {
	try {
		writeFileSync(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
	}
	if (abandoned(file)) clear(file);
	return false;
}

/** Moves a dead lock aside. Where somebody was quicker and a live one was moved, it is put back. @param {string} file */
function clear(file) {
	const aside = `${file}.${process.pid}`;
	try {
		renameSync(file, aside);
	} catch {
		return;
	}
	if (abandoned(aside)) rmSync(aside, { force: true });
	else renameSync(aside, file);
}

/** @param {string} file */
function abandoned(file) {
	const pid = holder(file);
	try {
		if (Date.now() - statSync(file).mtimeMs > SILENT_MS) return true;
	} catch {
		return false;
	}
	return pid !== null && !alive(pid);
}

/** @param {string} file */
function holder(file) {
	try {
		return Number(readFileSync(file, 'utf8')) || null;
	} catch {
		return null;
	}
}

/** @param {number} pid */
function alive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
	}
}

/** @param {string} file */
function touch(file) {
	try {
		utimesSync(file, new Date(), new Date());
	} catch {
		// It was taken from us after a long sleep of the machine; the work goes on, and what it writes is put in place whole.
	}
}
