import type { Blank } from '#library/view.ts';
import type { Answers } from './answer.ts';
import { type Fillable, leftOutBy, usesOf } from './fill.ts';

/** A blank of a text, where it stands, and whether the text needs it with the answers given. */
export interface BlankIn {
	readonly blank: Blank;
	/** Empty: nobody answered. */
	readonly answer: string;
	/** Indices of the provisions it stands in, rising, one at least; of a blank that is needed only those that stand. */
	readonly at: readonly number[];
	/** Questions whose answers leave out every provision it stands in; empty: it is needed. */
	readonly leftOutBy: readonly Blank[];
}

/** A text with blanks, and what was answered. */
interface Asked {
	readonly provisions: readonly Fillable[];
	readonly blanks: readonly Blank[];
	readonly answers: Answers;
}

/**
 * The blanks of a text in the order in which a reader meets them. One that stands only in provisions that the answer to another
 * leaves out is not needed until that answer changes: it can be filled, and holds nothing up.
 */
export function blanksIn({ provisions, blanks, answers }: Asked): readonly BlankIn[] {
	const known = new Map(blanks.map((blank) => [blank.id, blank]));
	const left = leftOutBy(provisions, answers);
	return usesOf(provisions).flatMap(({ id, at }) => {
		const blank = known.get(id);
		if (!blank) return [];
		// The question itself is one, whatever its answer leaves out.
		const standing = at.filter((n) => left[n] === null || left[n] === id);
		const questions = new Set(standing.length > 0 ? [] : at.flatMap((n) => left[n] ?? []));
		return {
			...{ blank, answer: answers[id] ?? '', at: standing.length > 0 ? standing : at },
			leftOutBy: [...questions].flatMap((question) => known.get(question) ?? []),
		};
	});
}

/** Whether a blank is to be filled still. */
export function isOpenBlank({ answer, leftOutBy }: Pick<BlankIn, 'answer' | 'leftOutBy'>): boolean {
	return answer === '' && leftOutBy.length === 0;
}

/** How many blanks of a text are filled, of those that it needs. */
export interface Filled {
	readonly filled: number;
	readonly of: number;
}

/** Counts them; one that stands in what an answer leaves out is in neither number. */
export function filledOf(blanks: readonly Pick<BlankIn, 'answer' | 'leftOutBy'>[]): Filled {
	const needed = blanks.filter(({ leftOutBy }) => leftOutBy.length === 0);
	return { filled: needed.filter(({ answer }) => answer !== '').length, of: needed.length };
}
