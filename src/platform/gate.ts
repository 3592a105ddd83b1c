/** Lets a bounded number of works run at once and a bounded number wait; turns the rest away at once. */
export interface Gate {
	/** What `work` gives, in the order of asking; null, and `work` not begun, where too many wait already. */
	pass<T>(work: () => Promise<T>): Promise<T | null>;
}

/** A gate with room for `running` works and a queue of `waiting`. */
export function gate(running: number, waiting: number): Gate {
	const queue: (() => void)[] = [];
	let busy = 0;

	return {
		async pass(work) {
			if (busy >= running) {
				if (queue.length >= waiting) return null;
				// Whoever leaves hands its place on, so `busy` stays as it is.
				await new Promise<void>((enter) => queue.push(enter));
			} else busy++;
			try {
				return await work();
			} finally {
				const next = queue.shift();
				if (next) next();
				else busy--;
			}
		},
	};
}
