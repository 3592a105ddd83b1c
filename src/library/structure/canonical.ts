import type { Provision, Reading } from '../provision.ts';

/** The canonical text of provisions, and which stretch of it is whose. */
export interface Canonical {
	/** Every provision that stands, in order, one line each. */
	readonly text: string;
	/** [start, end) of each provision given; empty where it was removed or has no words. */
	readonly spans: readonly Pick<Provision, 'start' | 'end'>[];
}

/** Lines up what stands after the act: number, heading and words joined by a space. */
export function canonical(provisions: readonly (Reading & Pick<Provision, 'state'>)[]): Canonical {
	const texts: string[] = [];
	let start = 0;
	const spans = provisions.map(({ state, number, heading, text }) => {
		const line = state === 'removed' ? '' : [number, heading, text].filter(Boolean).join(' ');
		const span = { start, end: start + line.length };
		if (line !== '') {
			texts.push(line);
			start = span.end + 1;
		}
		return span;
	});
	// After the last line nothing follows.
	const text = texts.join('\n');
	const within = (at: number): number => Math.min(at, text.length);
	return { text, spans: spans.map((span) => ({ start: within(span.start), end: within(span.end) })) };
}
