/** Milliseconds after the last key until words are sent, and the longest that anybody waits who does not stop. */
const STILL = 1_000;
const LONGEST = 8_000;
/** Milliseconds between two askings for what others do; after a failure, and after a refusal, which time alone does not mend. */
const ASKING = 1_500;
const AGAIN = [1_000, 2_000, 4_000, 8_000, 15_000];
const REFUSED = 15_000;
/** Milliseconds without a key or a click after which a window asks no more: it would keep a session open all night. */
const RESTING = 600_000;
/** Milliseconds after a key until what is drawn over the words is drawn anew. */
const DRAWN = 250;

/** When an editor sends and asks. Moments are milliseconds of one clock. */
export interface Pace {
	/** Since when words wait to be sent; null: none do. */
	readonly since: number | null;
	readonly lastKey: number;
	readonly lastUse: number;
	/** Before this it does not ask, and after a failure sends nothing. */
	readonly next: number;
	/** Askings in a row that came to nothing. */
	readonly failures: number;
	/** Whether what waits goes at once. */
	readonly urgent: boolean;
}

export function begin(now: number): Pace {
	return { since: null, lastKey: 0, lastUse: now, next: now + ASKING, failures: 0, urgent: false };
}

export function typed(pace: Pace, now: number): Pace {
	return { ...pace, since: pace.since ?? now, lastKey: now, lastUse: now };
}

/** Somebody pressed a key or a button, or came back to the window. */
export function used(pace: Pace, now: number, back = false): Pace {
	return back
		? { ...pace, lastUse: now, next: now, urgent: pace.urgent || pace.failures > 0 }
		: { ...pace, lastUse: now };
}

export function hurried(pace: Pace, now: number): Pace {
	return { ...pace, since: pace.since ?? now, urgent: true };
}

/** Words are under way. */
export function sent(pace: Pace): Pace {
	return { ...pace, since: null, urgent: false };
}

/** `left`: whether words wait still. */
export function heard(pace: Pace, now: number, left: boolean): Pace {
	return { ...pace, since: left ? (pace.since ?? now) : pace.since, next: now + ASKING, failures: 0 };
}

/** `under`: whether words are under way, which go again. */
export function failed(
	pace: Pace,
	now: number,
	{ refused, under }: { readonly refused: boolean; readonly under: boolean },
): Pace {
	const wait = refused ? REFUSED : (AGAIN[Math.min(pace.failures, AGAIN.length - 1)] ?? REFUSED);
	return { ...pace, since: under ? (pace.since ?? now) : pace.since, next: now + wait, failures: pace.failures + 1 };
}

/** What is due: words, a question, or nothing. */
export function due(
	{ since, lastKey, lastUse, next, failures, urgent }: Pace,
	now: number,
	visible: boolean,
): 'send' | 'ask' | null {
	const ripe = since !== null && (urgent || now - lastKey >= STILL || now - since >= LONGEST);
	if (ripe && (failures === 0 || urgent || now >= next)) return 'send';
	return now >= next && visible && now - lastUse < RESTING ? 'ask' : null;
}

/** Whether the keys rest long enough to draw anew what lies over the words. */
export function rests({ lastKey }: Pace, now: number): boolean {
	return now - lastKey >= DRAWN;
}
