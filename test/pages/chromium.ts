import { existsSync } from 'node:fs';
import process from 'node:process';

const USUAL = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/usr/bin/google-chrome-stable',
];

/** Path of the browser for page tests and benches: `COMPACT_BROWSER`, else one in a usual place, else null. */
export function browserPath(): string | null {
	return process.env.COMPACT_BROWSER || (USUAL.find((path) => existsSync(path)) ?? null);
}
