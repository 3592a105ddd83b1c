/** Tells how far something long has come. */
export interface Progress {
	/** `done` of `total` steps (total 0: not known); `note` says what is at hand. */
	at(done: number, total: number, note?: string): void;
	/** Removes the bar. */
	end(): void;
}

export interface Screen {
	readonly isTTY?: boolean | undefined;
	readonly columns?: number | undefined;
	write(text: string): unknown;
}

/** Nothing is shown for what is over within this time, in milliseconds. */
const PATIENCE = 1_000;
/** A bar that changes more often than this, in milliseconds, only flickers. */
const FRAME = 100;
const CELLS = 24;

/** A bar on `screen`, silent where that is no terminal. `now` gives milliseconds. */
export function progress(label: string, screen: Screen, now: () => number = Date.now): Progress {
	const began = now();
	let shown = 0;
	return {
		at(done, total, note = '') {
			const time = now();
			if (!screen.isTTY || time - began < PATIENCE || time - shown < FRAME) return;
			shown = time;
			screen.write(`\r\x1b[2K${line(label, done, total, note).slice(0, (screen.columns ?? 80) - 1)}`);
		},
		end() {
			if (shown > 0) screen.write('\r\x1b[2K');
			shown = 0;
		},
	};
}

function line(label: string, done: number, total: number, note: string): string {
	if (total <= 0) return `${label}  ${done}  ${note}`;
	const filled = Math.min(CELLS, Math.floor((done / total) * CELLS));
	const bar = '#'.repeat(filled) + '.'.repeat(CELLS - filled);
	return `${label}  [${bar}] ${Math.floor((done / total) * 100)} %  ${done} of ${total}  ${note}`;
}
