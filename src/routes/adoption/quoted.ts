import type { Words } from './reading.ts';

/** Words that a comment is on, as letters [start, end) of the heading or the words of a line as they are read. */
export interface Quoted {
	readonly note: string;
	readonly part: 'heading' | 'words';
	readonly start: number;
	readonly end: number;
}

/** Words of one comment, or of none. */
interface Stretch {
	readonly note: string | null;
	readonly words: readonly Words[];
}

/** The words of a line cut where comments on them begin and end; where two are on the same words, by the one that begins first. */
export function stretches(words: readonly Words[], quoted: readonly Quoted[]): readonly Stretch[] {
	const marks: Quoted[] = [];
	for (const one of quoted.toSorted((a, b) => a.start - b.start))
		if (one.start >= (marks.at(-1)?.end ?? 0)) marks.push(one);
	const edges = marks.flatMap(({ start, end }) => [start, end]);
	const made: { note: string | null; words: Words[] }[] = [];
	const put = (note: string | null, word: Words) => {
		const last = made.at(-1);
		if (last?.note === note) last.words.push(word);
		else made.push({ note, words: [word] });
	};
	let at = 0;
	for (const word of words) {
		// What was struck takes no room, and goes with what stands before it.
		if (word.op === 'removed') put(made.at(-1)?.note ?? null, word);
		for (let rest = word.op === 'removed' ? '' : word.text; rest !== ''; ) {
			const on = marks.find(({ start, end }) => start <= at && at < end);
			const text = rest.slice(0, Math.min(...edges.filter((edge) => edge > at)) - at);
			put(on?.note ?? null, { ...word, text });
			rest = rest.slice(text.length);
			at += text.length;
		}
	}
	return made;
}
