import type { Piece, ProvisionState, Reading } from '../provision.ts';

/** Number, heading and words of a provision as stretches. */
export interface Parts {
	readonly number: readonly Piece[];
	readonly heading: readonly Piece[];
	readonly text: readonly Piece[];
}

/** How a provision reads after and before, and what was made of it. */
export interface Readings {
	readonly state: ProvisionState;
	readonly reading: Reading;
	readonly before: Reading | null;
	readonly redline: readonly Piece[] | null;
}

/** Letters without a blank between them, and what each of them is. */
interface Cluster {
	readonly pieces: readonly Piece[];
	readonly after: boolean;
	readonly before: boolean;
}

/**
 * The readings of a provision's stretches. Blanks are set anew, one between two words in either reading and none before a stop, so that both readings
 * and the redline agree to the letter. `additions` says whether additions are marked; where they are not, how it read before
 * is unknown. A table's tabs and line ends stay.
 */
export function readings(parts: Parts, additions: boolean, table: boolean): Readings {
	const all = [parts.number, parts.heading, parts.text];
	if (!all.some((pieces) => pieces.some(({ op }) => op !== 'same'))) {
		return { state: 'same', reading: plain(parts, table), before: null, redline: null };
	}
	const clustered = all.map(clusters);
	const flat = clustered.flat();
	const after = readingOf(clustered, 'removed', table);
	const before = readingOf(clustered, 'added', table);
	const redline = spaced(flat);
	if (!flat.some((cluster) => cluster.before)) return { state: 'added', reading: after, before: null, redline };
	if (!flat.some((cluster) => cluster.after)) return { state: 'removed', reading: before, before, redline };
	return { state: 'changed', reading: after, before: additions ? before : null, redline };
}

function plain(parts: Parts, table: boolean): Reading {
	const words = (pieces: readonly Piece[]): string => tidy(pieces.map(({ text }) => text).join(''), table);
	return { number: words(parts.number) || null, heading: words(parts.heading) || null, text: words(parts.text) };
}

/** A blank before a stop; one before a colon behind a quote may be of a blank's choice: `{{open ? "yes" : "no"}}`. */
const OFF = /(?<=\S) (?=[,;.]+(?: |$))|(?<=[\p{L}\p{N})\]]) (?=[,;:.]+(?: |$))/gu;

function tidy(text: string, table: boolean): string {
	if (table) return text.replaceAll(/[^\S\t\n]+/g, ' ').trim();
	// What was taken out leaves a blank before the stop behind it; some clerks set one anyway.
	return text.replaceAll(/\s+/g, ' ').replaceAll(OFF, '').trim();
}

function clusters(pieces: readonly Piece[]): Cluster[] {
	const found: Cluster[] = [];
	let open: Piece[] = [];
	const close = (): void => {
		if (open.length === 0) return;
		const after = open.some(({ op }) => op !== 'removed');
		const before = open.some(({ op }) => op !== 'added');
		found.push({ pieces: open, after, before });
		open = [];
	};
	for (const { op, text } of pieces) {
		for (const part of text.match(/\s+|\S+/g) ?? []) {
			if (/^\s/.test(part)) close();
			else open.push({ op, text: part });
		}
	}
	close();
	return found;
}

function readingOf(clustered: readonly Cluster[][], but: Piece['op'], table: boolean): Reading {
	const [number, heading, text] = clustered.map((part) =>
		tidy(
			part
				.map(({ pieces }) =>
					pieces
						.filter(({ op }) => op !== but)
						.map((piece) => piece.text)
						.join(''),
				)
				.filter((word) => word !== '')
				.join(' '),
			table,
		),
	);
	// `[5] 3.` was `5.`: the stop stood without its number.
	return { number: number?.replace(/\s+(?=[)\]]+$)/, '') || null, heading: heading || null, text: text ?? '' };
}

/** The words as pieces with the blanks between them given to the reading that needs them. */
function spaced(flat: readonly Cluster[]): Piece[] {
	const made: { op: Piece['op']; text: string }[] = [];
	const put = (op: Piece['op'], text: string): void => {
		const last = made.at(-1);
		if (last?.op === op) last.text += text;
		else made.push({ op, text });
	};
	const [needsAfter, needsBefore] = [blanks(flat, 'removed'), blanks(flat, 'added')];
	const gaps = flat.map((cluster, index): Piece['op'] | null => {
		const after = cluster.after && needsAfter[index] === true;
		const before = cluster.before && needsBefore[index] === true;
		return after && before ? 'same' : after ? 'added' : before ? 'removed' : null;
	});
	keepTogether(flat, gaps);
	flat.forEach((cluster, index) => {
		for (const { op, text } of cluster.pieces) put(op, text);
		const gap = gaps[index];
		if (gap) put(gap, ' ');
	});
	return made;
}

/** Whether a blank stands behind each cluster in one reading: not behind the last, and not before a stop. */
function blanks(flat: readonly Cluster[], but: Piece['op']): boolean[] {
	const found: boolean[] = [];
	let next = '';
	for (let index = flat.length - 1; index >= 0; index--) {
		const { pieces } = flat[index] as Cluster;
		const word = pieces
			.filter(({ op }) => op !== but)
			.map(({ text }) => text)
			.join('');
		found[index] = next !== '' && !joins(word, next);
		next = word || next;
	}
	return found;
}

function joins(word: string, next: string): boolean {
	const together = `${word.slice(-1)} ${next}`;
	return word !== '' && together.replaceAll(OFF, '') !== together;
}

/** `crime[, including]` is one stretch: the blank that both readings need stands behind it and not inside. */
function keepTogether(flat: readonly Cluster[], gaps: (Piece['op'] | null)[]): void {
	flat.forEach((cluster, index) => {
		const op = cluster.pieces.at(-1)?.op;
		if (gaps[index] !== 'same' || op === undefined || op === 'same') return;
		let last = index;
		while (gaps[last + 1] === op && only(flat[last + 1], op)) last++;
		if (last === index) return;
		gaps[index] = op;
		gaps[last] = 'same';
	});
}

function only(cluster: Cluster | undefined, op: Piece['op']): boolean {
	return cluster?.pieces.every((piece) => piece.op === op) ?? false;
}
