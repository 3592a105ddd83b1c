import type { Piece, Provision, Reading } from '../provision.ts';

/** Number, heading and words of a provision as stretches of its redline; where nothing changed, one stretch each. */
export interface Parts {
	readonly number: readonly Piece[];
	readonly heading: readonly Piece[];
	readonly text: readonly Piece[];
}

const NAMES = ['number', 'heading', 'text'] as const;

/**
 * A provision's redline cut into number, heading and words: what stands in the reading after by the lengths of that
 * reading, what was removed by those of the reading before. Blanks do not count: both readings set their own.
 */
export function partsOf(provision: Provision): Parts {
	const { redline, before } = provision;
	if (redline === null) {
		return { number: same(provision.number), heading: same(provision.heading), text: same(provision.text) };
	}
	const after = ends(provision.state === 'removed' && before ? before : provision);
	const was = before ? ends(before) : null;
	const made = { number: [] as Piece[], heading: [] as Piece[], text: [] as Piece[] };
	let [ahead, behind, last] = [0, 0, partAt(after, 0)];
	const put = (part: number, op: Piece['op'], text: string): void => {
		last = part;
		const pieces = made[NAMES[part] ?? 'text'];
		const open = pieces.at(-1);
		if (open?.op === op) pieces[pieces.length - 1] = { op, text: open.text + text };
		else pieces.push({ op, text });
	};
	let glued = false;
	for (const { op, text } of redline) {
		for (const sign of text) {
			if (/\s/.test(sign)) {
				glued = false;
				put(last, op, sign);
				continue;
			}
			const here = partAt(after, ahead);
			if (op !== 'removed') put(here, op, sign);
			// Where how it read before is unknown, what was removed stays with the word it stands in.
			else put(was ? partAt(was, behind) : glued ? last : here, op, sign);
			glued = true;
			if (op !== 'removed') ahead += sign.length;
			if (op !== 'added') behind += sign.length;
		}
	}
	// Whoever writes them sets a blank between two parts himself.
	return { number: endTrimmed(made.number), heading: endTrimmed(made.heading), text: made.text };
}

/** Without the blanks that either reading has at its end; one that the other reading needs stays in that alone. */
function endTrimmed(pieces: readonly Piece[]): readonly Piece[] {
	const open = { added: true, removed: true };
	const kept: Piece[] = [];
	for (const { op, text } of pieces.toReversed()) {
		const ends = op === 'same' ? open.added && open.removed : open[op];
		const bare = text.trimEnd();
		const [one, other] = open.added ? (['added', 'removed'] as const) : (['removed', 'added'] as const);
		if (op === 'same' && open[one] && !open[other] && bare !== text) {
			kept.push({ op: other, text: text.slice(bare.length) }, ...(bare === '' ? [] : [{ op, text: bare }]));
		} else if (!ends || bare !== '') kept.push({ op, text: ends ? bare : text });
		if (bare === '') continue;
		if (op !== 'removed') open.added = false;
		if (op !== 'added') open.removed = false;
	}
	return kept.toReversed();
}

function same(text: string | null): readonly Piece[] {
	return text ? [{ op: 'same', text }] : [];
}

/** Where number and heading end, in letters without blanks. */
function ends({ number, heading }: Reading): readonly [number, number] {
	const letters = (text: string | null): number => text?.replaceAll(/\s/g, '').length ?? 0;
	return [letters(number), letters(number) + letters(heading)];
}

function partAt([number, heading]: readonly [number, number], at: number): number {
	return at < number ? 0 : at < heading ? 1 : 2;
}
