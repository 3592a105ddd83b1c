import type { Piece } from '../provision.ts';
import type { Run } from '../read/block.ts';
import type { Look, Profile } from './profile.ts';

/** What is read by a profile: a paragraph, and whether additions and deletions are marked where it stands. */
export interface Marked {
	readonly runs: readonly Run[];
	readonly open: boolean;
}

/** The paragraphs as stretches, without the signs that enclose what is removed. */
export interface Marks {
	/** One list a paragraph. */
	readonly pieces: readonly (readonly Piece[])[];
	/** Indexes of paragraphs in which a sign opens what nothing closes, or closes what nothing opened: left as written. */
	readonly unclosed: readonly number[];
	readonly added: boolean;
	readonly removed: boolean;
}

/**
 * What each stretch of the paragraphs is by a profile. What is enclosed may run on over paragraphs, as far as the part of the
 * text in which marks are made; a sign without its partner there is a letter like others.
 */
export function mark(paragraphs: readonly Marked[], profile: Profile): Marks {
	const { paired, unclosed } = partners(paragraphs, profile.enclosed);
	let depth = 0;
	let added = false;
	let removed = false;
	const pieces = paragraphs.map(({ runs, open }, index) => {
		const made: { op: Piece['op']; text: string }[] = [];
		const put = (op: Piece['op'], text: string): void => {
			if (text === '') return;
			added ||= op === 'added';
			removed ||= op === 'removed';
			const last = made.at(-1);
			if (last?.op === op) last.text += text;
			else made.push({ op, text });
		};
		let at = 0;
		const mine = paired.get(index);
		for (const run of runs) {
			const looks: Piece['op'] = open ? opOf(run, profile) : 'same';
			let from = 0;
			if (mine && profile.enclosed) {
				for (let i = 0; i < run.text.length; i++) {
					const sign = mine.get(at + i);
					if (!sign) continue;
					put(depth > 0 ? 'removed' : looks, run.text.slice(from, i));
					depth += sign === 'open' ? 1 : -1;
					from = i + 1;
					// A doubled sign may lie in two runs: each of its characters is one.
				}
			}
			put(depth > 0 ? 'removed' : looks, run.text.slice(from));
			at += run.text.length;
		}
		return made;
	});
	return { pieces, unclosed, added, removed };
}

function opOf(run: Run, profile: Profile): Piece['op'] {
	if (profile.removed.some((look) => has(run, look))) return 'removed';
	return profile.added.some((look) => has(run, look)) ? 'added' : 'same';
}

function has(run: Run, look: Look): boolean {
	return (
		(!look.underline || run.underline === true) &&
		(!look.strike || run.strike === true) &&
		(!look.italic || run.italic === true) &&
		(!look.color || run.color !== undefined) &&
		(!look.tracked || run.tracked === look.tracked)
	);
}

type Sides = Map<number, 'open' | 'close'>;

/** Which characters of which paragraph open and close; those of a doubled sign each for themselves. */
function partners(
	paragraphs: readonly Marked[],
	enclosed: Profile['enclosed'],
): { paired: Map<number, Sides>; unclosed: number[] } {
	const paired = new Map<number, Sides>();
	const unclosed = new Set<number>();
	if (!enclosed) return { paired, unclosed: [] };
	let waiting: { paragraph: number; at: number }[] = [];
	const note = (paragraph: number, at: number, side: 'open' | 'close'): void => {
		const sides = paired.get(paragraph) ?? new Map();
		for (let i = 0; i < enclosed.open.length; i++) sides.set(at + i, side);
		paired.set(paragraph, sides);
	};
	const giveUp = (): void => {
		for (const { paragraph } of waiting) unclosed.add(paragraph);
		waiting = [];
	};
	paragraphs.forEach(({ runs, open }, paragraph) => {
		if (!open) {
			giveUp();
			return;
		}
		const text = runs.map((run) => run.text).join('');
		for (let at = 0; at < text.length; at++) {
			if (text.startsWith(enclosed.open, at)) {
				waiting.push({ paragraph, at });
				at += enclosed.open.length - 1;
			} else if (text.startsWith(enclosed.close, at)) {
				const opening = waiting.pop();
				if (opening) {
					note(opening.paragraph, opening.at, 'open');
					note(paragraph, at, 'close');
				} else unclosed.add(paragraph);
				at += enclosed.close.length - 1;
			}
		}
	});
	giveUp();
	return { paired, unclosed: [...unclosed].toSorted((a, b) => a - b) };
}
