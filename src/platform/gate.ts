/** Lets a bounded number of works run at once and a bounded number wait; turns the rest away at once. */
export interface Gate {
	/** What `work` gives, in the order of asking; null, and `work` not begun, where too many wait already. */
	pass<T>(work: () => Promise<T>): Promise<T | null>;
	/** A place at once, held until the function given is called; null where none is free. Calling it again does nothing. */
	enter(): (() => void) | null;
}

/** A gate with room for `running` works and a queue of `waiting`. */
export function gate(running: number, waiting: number): Gate {
	const queue: (() => void)[] = [];
	let busy = 0;

	function leave(): void {
		// Whoever leaves hands its place on, so `busy` stays as it is.
		const next = queue.shift();
		if (next) next();
		else busy--;
	}

	return {
		async pass(work) {
			if (busy >= running) {
				if (queue.length >= waiting) return null;
				await new Promise<void>((enter) => queue.push(enter));
			} else busy++;
			try {
				return await work();
			} finally {
				leave();
			}
		},
		enter() {
			if (busy >= running) return null;
			busy++;
			let inside = true;
			return () => {
				if (inside) leave();
				inside = false;
			};
		},
	};
}
