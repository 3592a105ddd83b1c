import { speech } from '#i18n/message.ts';
import { oneLine } from '#kernel/one-line.ts';
import { END } from '#library/export/docx.ts';
import { legend } from '#library/export/legend.ts';
import { COUNSEL, ORIGIN_NAMES, SAMPLE } from '#library/export/outgoing.ts';
import { PROFILES } from '#library/redline/profile.ts';
import type { Revised } from './revision.ts';

/** Of those that stand in every packet at least one does, unless the clerk wrote a sentence of their own for each. */
const PACKET_SENTENCES = [
	'packet.redline.since',
	'packet.redline.none',
	'packet.summary.none',
	'packet.fiscal.none',
	'packet.source',
	'packet.source.some',
] as const;
/** What stands before where a draft comes from. */
const ORIGIN_KEYS = ['takeout.place', 'takeout.day', 'takeout.author', 'takeout.from', 'takeout.since'] as const;
const LANGUAGES = ['en', 'es'] as const;
/** Stands for what a sentence is filled with; no text has it. */
const FILLED = '\u0000';

/**
 * Which file of ours came back that is no text of a draft: the packet for its agenda, or a redline in the look of a clerk's
 * office, which has the struck words as any others. By sentences of ours that stand in them; null where there are none.
 */
export function otherFileOfOurs({ paragraphs }: Pick<Revised, 'paragraphs'>): 'packet' | 'look' | null {
	const lines = paragraphs.map(({ pieces }) => oneLine(pieces.map(({ text }) => text).join('')));
	const [packet, look] = [packetSentences(), legends()];
	if (lines.some((line) => packet.some((sentence) => says(line, sentence)))) return 'packet';
	return lines.some((line) => look.includes(line)) ? 'look' : null;
}

/** Tells which lines stand in a file of ours beside its text: notices and where it comes from before it, and behind it that it ends. */
export function noticesOf({ margin }: Pick<Revised, 'margin'>): (line: string) => boolean {
	const sentences = noticeSentences();
	// The footer says the notices once more, also those that are of one state or one day.
	return (line) => line !== '' && (margin.includes(line) || sentences.some((sentence) => says(line, sentence)));
}

/** Whether a footer is that of a file of a draft, whatever became of its styles. */
export function isDraftFooter(line: string): boolean {
	return LANGUAGES.some((language) => line.includes(speech(language).say('takeout.draft')));
}

/** Each in the parts that stand around what fills it. */
function packetSentences(): readonly (readonly string[])[] {
	const filling = { title: FILLED, owner: FILLED, day: FILLED, address: FILLED };
	return LANGUAGES.flatMap((language) =>
		PACKET_SENTENCES.map((key) => speech(language).say(key, filling).split(FILLED)),
	);
}

/** Numbers fill a sentence too. */
function noticeSentences(): readonly (readonly string[])[] {
	return LANGUAGES.flatMap((language) => {
		const { say } = speech(language);
		const blanks = [1, 2].map((n) => say('takeout.blanks', { n, open: FILLED, close: FILLED }));
		const said = [say('takeout.draft'), say('law.none', { state: FILLED }), ...blanks];
		const whole = [SAMPLE[language], COUNSEL[language], END[language], ...said];
		const names = [...ORIGIN_KEYS.map((key) => say(key)), ...Object.values(ORIGIN_NAMES[language])];
		return [...whole.map((sentence) => sentence.split(/[\d\0]+/)), ...names.map((name) => [`${name}: `, ''])];
	}).concat(legends().map((one) => [one]));
}

function legends(): readonly string[] {
	return LANGUAGES.flatMap((language) => Object.values(PROFILES).map((look) => legend(look, language)));
}

function says(line: string, sentence: readonly string[]): boolean {
	let at = 0;
	for (const [n, part] of sentence.entries()) {
		const found = line.indexOf(part, at);
		if (found < 0 || (n === 0 && found > 0)) return false;
		at = found + part.length;
	}
	return line.endsWith(sentence.at(-1) ?? '');
}
