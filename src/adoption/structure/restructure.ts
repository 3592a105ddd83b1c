import type { TextLanguage } from '#library/policy.ts';
import type { DraftProvision } from '../draft.ts';
import { renumbered } from './number.ts';
import type { Change } from './outline.ts';
import { type Followed, followed } from './reference.ts';

/**
 * A text after a change of its structure: numbers count on, and references mean what they meant. What can no longer be named
 * is told in `dangling` and stays as it is.
 * @param before the text that was changed, with the same ids
 * @param language of the draft, for numbers that nothing in it shows how to write
 */
export function restructured(before: readonly DraftProvision[], change: Change, language: TextLanguage): Followed {
	return followed(before, { ...change, text: renumbered(before, change, language) });
}
