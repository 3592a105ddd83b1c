import { asRead, conditionOf } from '../blank-words.ts';
import type { State } from '../draft.ts';
import type { Naming } from './naming.ts';

/** The words of its heading or text before and after a place, as people of the draft read them. */
export function wordsAround(
	{ provision, part, at, was }: Naming,
	state: Pick<State, 'provisions' | 'blanks' | 'answers' | 'draft'>,
): { readonly before: string; readonly after: string } {
	const one = state.provisions.find(({ id }) => id === provision);
	const words = (part === 'heading' ? one?.heading : one?.text) ?? '';
	const { mark } = part === 'text' ? conditionOf(words) : { mark: '' };
	return {
		before: asRead(words.slice(mark.length, at), state),
		after: asRead(words.slice(at + was.length), state),
	};
}
