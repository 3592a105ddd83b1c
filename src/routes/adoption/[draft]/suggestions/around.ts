import type { Suggestion } from '#adoption/word/suggestion.ts';
import type { Operation } from '#concordance/redline.ts';

type Words = Pick<Operation, 'op' | 'text'>;

/** Letters around what changes: enough to know the place. */
const AROUND = 120;

/**
 * What a suggestion does, as a redline with the words around it, cut between words.
 * @param end stands for the end of a paragraph that is put in
 */
export function aroundOf(
	{ kind, at, basis, before, after }: Pick<Suggestion, 'kind' | 'at' | 'basis' | 'before' | 'after'>,
	end: string,
): readonly Words[] {
	const put = kind === 'words' ? after.replaceAll('\n', ` ${end} `) : after;
	const [left, right] = [basis.slice(0, at), basis.slice(at + before.length)];
	const words: readonly Words[] = [
		{ op: 'same', text: left.length > AROUND ? `… ${left.slice(-AROUND).replace(/^\S*\s/, '')}` : left },
		{ op: 'removed', text: before },
		{ op: 'added', text: put },
		{ op: 'same', text: right.length > AROUND ? `${right.slice(0, AROUND).replace(/\s\S*$/, '')} …` : right },
	];
	return words.filter(({ text }) => text !== '');
}
