import type { Run } from '../read/block.ts';
import type { ProfileName } from './profile.ts';

/** Fewer letters than these that look added or removed are emphasis, not a redline. */
const FEW_LETTERS = 3;
/** Above this share of italics among what is underlined, the clerk writes additions in underlined italics. */
const MOSTLY = 0.6;

/** What was guessed, and why in words for the person in charge. */
export interface Guess {
	readonly profile: ProfileName | null;
	readonly why: readonly string[];
}

/**
 * How a text marks additions and deletions, from the looks of its runs. `amending` are the paragraphs in which an act quotes
 * another text, where clerks mark; `all` the whole. Null where nothing is marked.
 */
export function guess(amending: readonly (readonly Run[])[], all: readonly (readonly Run[])[]): Guess {
	const tracked = letters(all, (run) => run.tracked !== undefined);
	if (tracked > 0) return { profile: 'tracked', why: [`Word tracked the changes of ${tracked} letters`] };
	const where = amending.length > 0 ? amending : all;
	const struck = letters(where, (run) => run.strike === true);
	const under = letters(where, (run) => run.underline === true);
	const slanted = letters(where, (run) => run.underline === true && run.italic === true);
	const coloured = letters(where, (run) => run.color !== undefined && run.strike !== true);
	const doubled = enclosed(where, '((', '))');
	const square = amending.length > 0 ? enclosed(amending, '[', ']') : 0;
	const text: string[] = [];
	if (under >= FEW_LETTERS)
		text.push(`${under} letters are underlined${slanted > 0 ? `, ${slanted} of them in italics` : ''}`);
	if (struck >= FEW_LETTERS) text.push(`${struck} letters are struck through`);
	if (coloured >= FEW_LETTERS) text.push(`${coloured} letters are coloured`);
	if (doubled > 0) text.push(`${doubled} pairs of double parentheses`);
	if (square > 0) text.push(`${square} pairs of brackets in the words that it amends`);
	const say = (profile: ProfileName): Guess => ({ profile, why: text });
	if (doubled > 0 && doubled >= square) return say('king-county');
	if (square > 0 && struck < FEW_LETTERS) return say('new-york-city');
	if (struck >= FEW_LETTERS && under >= FEW_LETTERS) return say(slanted / under > MOSTLY ? 'san-francisco' : 'chicago');
	if (coloured >= FEW_LETTERS && struck >= FEW_LETTERS) return say('carmel');
	if (struck >= FEW_LETTERS) return say('chicago');
	// Additions alone say nothing of how deletions would look; where an act amends, they are additions all the same.
	if (amending.length > 0 && under >= FEW_LETTERS) {
		return say(slanted / under > MOSTLY ? 'san-francisco' : 'new-york-city');
	}
	return { profile: null, why: ['Nothing in it is marked as added or removed'] };
}

function letters(paragraphs: readonly (readonly Run[])[], looks: (run: Run) => boolean): number {
	let sum = 0;
	for (const runs of paragraphs) for (const run of runs) if (looks(run)) sum += run.text.trim().length;
	return sum;
}

function enclosed(paragraphs: readonly (readonly Run[])[], open: string, close: string): number {
	let opened = 0;
	let closed = 0;
	for (const runs of paragraphs) {
		const text = runs.map((run) => run.text).join('');
		opened += text.split(open).length - 1;
		closed += text.split(close).length - 1;
	}
	return Math.min(opened, closed);
}
