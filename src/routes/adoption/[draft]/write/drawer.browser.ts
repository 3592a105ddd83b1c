import { type KeptWords, keptFrom } from '#adoption/write/kept.ts';

/** Where a browser cannot tell which windows are there: milliseconds after which one that was not heard of is gone. One behind others may be heard of once a minute. */
const GONE = 150_000;

/** Where a browser keeps words that are not in the draft yet. */
export interface Drawer {
	/** Keeps them; null: there are none any more. */
	readonly put: (kept: KeptWords | null) => void;
	/** Says that this window closes: the next one that opens may take them at once. */
	readonly leave: () => void;
	/** Gives what one window left that is closed; it goes out of the drawer once `into` has put it into this window's. */
	readonly take: (into: (kept: KeptWords) => boolean) => Promise<void>;
}

/** What all windows left, closed or not; it stays there. `name`: as of `drawer`. */
export function left(name: string, store: Storage | null): readonly KeptWords[] {
	return Object.keys(store ?? {})
		.filter((key) => key.startsWith(`compact.write ${name} `))
		.flatMap((key) => entryIn(store, key)?.words ?? []);
}

/** The drawer of one window. `name`: of the draft and the account, so that nobody else finds the words. */
export function drawer(name: string, window: string, store: Storage | null, now: () => number): Drawer {
	const [prefix, key] = [`compact.write ${name} `, `compact.write ${name} ${window}`];
	let held: KeptWords | null = null;
	let [stored, cleared] = [false, false];
	// As long as this window is there.
	void navigator.locks?.request(key, () => new Promise(() => {})).catch(() => null);
	const write = (beat: number) => {
		try {
			// Where windows are known by their locks only signing out takes this away: it does not come back.
			cleared ||= stored && navigator.locks !== undefined && store?.getItem(key) === null;
			if (cleared) return;
			if (held === null) store?.removeItem(key);
			else store?.setItem(key, JSON.stringify({ beat, kept: JSON.stringify(held) }));
			stored = held !== null;
		} catch {
			// A full store keeps what it has; the words stand in the window all the same.
		}
	};
	return {
		put(kept) {
			held = kept;
			write(now());
		},
		leave: () => write(0),
		async take(into) {
			const open = await windows();
			for (const other of Object.keys(store ?? {})) {
				if (!other.startsWith(prefix) || other === key) continue;
				const { beat, words } = entryIn(store, other) ?? { beat: 0, words: null };
				if (open === null ? now() - beat < GONE : open.has(other)) continue;
				if (words && !into(words)) return;
				store?.removeItem(other);
				// In a full store there is room for them only now.
				write(now());
				if (words) return;
			}
		},
	};
}

/** Names of the windows that are there; null where the browser does not tell. */
async function windows(): Promise<ReadonlySet<string> | null> {
	const locks = await navigator.locks?.query().catch(() => null);
	return locks ? new Set((locks.held ?? []).flatMap(({ name }) => name ?? [])) : null;
}

/** What stands under a key, and when its window was heard of; null for nothing of ours. */
function entryIn(
	store: Storage | null,
	key: string,
): { readonly beat: number; readonly words: KeptWords | null } | null {
	try {
		const { beat, kept } = JSON.parse(store?.getItem(key) ?? '') as { beat: number; kept: string };
		return { beat, words: keptFrom(kept) };
	} catch {
		return null;
	}
}

/** A browser may be told to keep nothing. */
export function storage(): Storage | null {
	try {
		return localStorage;
	} catch {
		return null;
	}
}
