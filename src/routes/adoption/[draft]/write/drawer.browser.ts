import { type KeptWords, keptFrom } from '#adoption/write/kept.ts';

/** Where a browser cannot tell which windows are there: milliseconds after which one that was not heard of is gone. One behind others may be heard of once a minute. */
const GONE = 150_000;

/** Where a browser keeps words that are not in the draft yet. */
export interface Drawer {
	/** Keeps them; null: there are none any more. */
	readonly put: (kept: KeptWords | null) => void;
	/** Says that this window closes: the next one that opens may take them at once. */
	readonly leave: () => void;
	/** Takes what windows left that are closed. */
	readonly take: () => Promise<readonly KeptWords[]>;
}

/** The drawer of one window. `name`: of the draft and the account, so that nobody else finds the words. */
export function drawer(name: string, window: string, store: Storage | null, now: () => number): Drawer {
	const [prefix, key] = [`compact.write ${name} `, `compact.write ${name} ${window}`];
	let held: KeptWords | null = null;
	// As long as this window is there.
	void navigator.locks?.request(key, () => new Promise(() => {})).catch(() => null);
	const write = (beat: number) => {
		try {
			if (held === null) store?.removeItem(key);
			else store?.setItem(key, JSON.stringify({ beat, kept: JSON.stringify(held) }));
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
		async take() {
			const found: KeptWords[] = [];
			const open = await windows();
			for (const other of Object.keys(store ?? {})) {
				if (!other.startsWith(prefix) || other === key) continue;
				try {
					const { beat, kept } = JSON.parse(store?.getItem(other) ?? '') as { beat: number; kept: string };
					if (open === null ? now() - beat < GONE : open.has(other)) continue;
					const words = keptFrom(kept);
					store?.removeItem(other);
					if (words) found.push(words);
				} catch {
					store?.removeItem(other);
				}
			}
			return found;
		},
	};
}

/** Names of the windows that are there; null where the browser does not tell. */
async function windows(): Promise<ReadonlySet<string> | null> {
	const locks = await navigator.locks?.query().catch(() => null);
	return locks ? new Set((locks.held ?? []).flatMap(({ name }) => name ?? [])) : null;
}
