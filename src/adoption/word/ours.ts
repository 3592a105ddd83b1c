import { speech } from '#i18n/message.ts';
import { oneLine } from '#kernel/one-line.ts';
import { legend } from '#library/export/legend.ts';
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

/** Each in the parts that stand around what fills it. */
function packetSentences(): readonly (readonly string[])[] {
	const filling = { title: FILLED, day: FILLED, address: FILLED };
	return LANGUAGES.flatMap((language) =>
		PACKET_SENTENCES.map((key) => speech(language).say(key, filling).split(FILLED)),
	);
}

function legends(): readonly string[] {
	return LANGUAGES.flatMap((language) => Object.values(PROFILES).map((look) => legend(look, language)));
}

function says(line: string, sentence: readonly string[]): boolean {
	let at = 0;
	for (const part of sentence) {
		const found = line.indexOf(part, at);
		if (found < 0 || (at === 0 && found > 0)) return false;
		at = found + part.length;
	}
	return line.endsWith(sentence.at(-1) ?? '');
}
