import type { Note, Summary } from '#concordance/summary.ts';
import type { Speech } from '#i18n/message.ts';

/** Changes that are told one by one; the others are in the count of words. */
const MOST_TOLD = 12;

/** A redline in words: `§ 4(b) added; “or volunteer” inserted; 41 words added, 17 removed`. */
export function redlineInWords({ notes, wordsAdded, wordsRemoved }: Summary, t: Speech): string {
	if (notes.length === 0 && wordsAdded + wordsRemoved === 0) return t.say('redline.none');
	const told = notes.slice(0, MOST_TOLD).map((note) => noteInWords(note, t));
	return [...told, countInWords({ wordsAdded, wordsRemoved }, t)].join('; ');
}

/** `41 words added, 17 removed`. */
export function countInWords(
	{ wordsAdded, wordsRemoved }: Pick<Summary, 'wordsAdded' | 'wordsRemoved'>,
	{ say }: Speech,
): string {
	return say('redline.words', {
		added: say('redline.words.added', { n: wordsAdded }),
		removed: say('redline.words.removed', { n: wordsRemoved }),
	});
}

/** One change: `§ 4(b) added`, `§ 3(a): “or volunteer” inserted`. */
export function noteInWords(note: Note, { say }: Speech): string {
	const { at } = note;
	const here = (what: string) => (at === null ? what : say('redline.in', { at, what }));
	switch (note.kind) {
		case 'added':
		case 'removed':
		case 'moved':
			return at === null ? say(`redline.${note.kind}.line`) : say(`redline.${note.kind}`, { at });
		case 'renumbered':
			if (at === null) return say('redline.renumbered.lost', { was: note.was ?? '' });
			return note.was === null
				? say('redline.renumbered.given', { at })
				: say('redline.renumbered', { was: note.was, at });
		case 'replaced':
			return here(say('redline.replaced', { struck: note.struck, words: note.words }));
		case 'inserted':
		case 'struck':
			return here(say(`redline.${note.kind}`, { words: note.words }));
	}
}
