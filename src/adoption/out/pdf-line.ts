/** How letters look. */
export interface Ink {
	readonly bold: boolean;
	readonly italic: boolean;
	readonly underline: boolean;
	readonly strike: boolean;
	readonly coloured: boolean;
}

/** Words that are set in one way. */
export interface Words {
	readonly text: string;
	readonly ink: Ink;
	/** Which of a paragraph's stretches they belong to. */
	readonly stretch: number;
}

/** Words at their place: how far from the left, in points, in which line of the paragraph, from 0. */
export interface Placed extends Words {
	readonly x: number;
	readonly line: number;
}

/**
 * Breaks words into lines no wider than `width`, each as full as it goes (the first-fit method); a word that is wider than a
 * line is cut. A line end in the words begins a line. What stands side by side and looks alike is one piece.
 * @param measure width of a text in points
 */
export function setInLines(
	words: readonly Words[],
	width: number,
	measure: (text: string, ink: Ink) => number,
): Placed[] {
	const made: Placed[] = [];
	let [line, x] = [0, 0];
	const put = (text: string, { ink, stretch }: Words, wide: number): void => {
		const last = made.at(-1);
		if (last && last.line === line && last.stretch === stretch && last.ink === ink)
			made[made.length - 1] = { ...last, text: last.text + text };
		else made.push({ text, ink, stretch, x, line });
		x += wide;
	};
	const begin = (): void => {
		line++;
		x = 0;
	};
	const tokens = words.flatMap((one) => (one.text.match(/\n|[^\S\n]+|\S+/g) ?? []).map((text) => ({ ...one, text })));
	tokens.forEach((token, at) => {
		const { text, ink } = token;
		if (text === '\n') {
			begin();
			return;
		}
		const wide = measure(text, ink);
		if (/^\s/.test(text)) {
			// A blank at either end of a line stands for nothing.
			if (x + wide > width) x = width;
			else if (x > 0) put(text, token, wide);
			return;
		}
		// A word may go on in another look: `hold` and `[s]` are broken together.
		if (x > 0 && x + wide + rest(tokens, at, measure) > width && begins(tokens, at)) begin();
		if (x + wide <= width) {
			put(text, token, wide);
			return;
		}
		for (const letter of text) {
			const one = measure(letter, ink);
			if (x > 0 && x + one > width) begin();
			put(letter, token, one);
		}
	});
	return made;
}

/** Width of what follows a word without a blank between. */
function rest(tokens: readonly Words[], at: number, measure: (text: string, ink: Ink) => number): number {
	let wide = 0;
	for (let next = at + 1; tokens[next] && /^\S/.test(tokens[next]?.text ?? ''); next++)
		wide += measure(tokens[next]?.text ?? '', (tokens[next] as Words).ink);
	return wide;
}

function begins(tokens: readonly Words[], at: number): boolean {
	return at === 0 || /^\s/.test(tokens[at - 1]?.text ?? '');
}
