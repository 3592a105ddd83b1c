/** Words that make a sentence of what would be a heading. */
const VERB =
	/\b(?:shall|may|must|will|is|are|was|were|be|been|has|have|had|does|do|can|takes|means?|appl(?:y|ies)|expires?|becomes?|requires?|provides?|remains?|constitutes?|finds?|declares?|determines?|authorizes?|será|serán|es|son|deberá|deberán|podrá|podrán|significa|entrará)\b/i;
/** A stop after these ends no sentence. */
const SHORT =
	/(?:^|[\s(])(?:[A-Za-z]|No|Nos|Inc|Corp|Co|Ltd|Dr|Mr|Mrs|Ms|St|Ave|Rev|Hon|Jr|Sr|Sec|Art|Stat|seq|al|vs?|U\.S|U\.S\.C|C\.F\.R|D\.C|N\.Y|P\.L|etc|approx|Dept|Gov|Sen|Rep|Núm|Lic|Ley)\.$/;
/** Headings of sections are seldom longer; those of subdivisions shorter still. */
const MOST_WORDS = { section: 30, list: 16 } as const;

/**
 * Characters of a line's heading, its stop included; 0 where the line begins with a sentence. A heading has no verb, a capital,
 * few words; `Definitions. As used in this section` has one, `The department shall report.` has none.
 * `alone`: what to make of a line that has nothing after the candidate: a heading only where nothing ends it, or where
 * `more` says that its words are still to come.
 */
export function headingLength(line: string, level: 'section' | 'list', more: boolean): number {
	if (!/^["“‘[({]*[\p{Lu}¿¡]/u.test(line)) return 0;
	const stop = sentenceEnd(line);
	const runsIn = RUN_IN.exec(line.slice(0, Math.min(stop + 3, 240)))?.[0].length ?? null;
	const end = runsIn ?? stop;
	const words = line.slice(0, end);
	if (words.trim() === '' || VERB.test(words) || words.split(/\s+/).length > MOST_WORDS[level]) return 0;
	const rest = line.slice(end).trim();
	if (rest !== '' && runsIn !== null) return end;
	if (rest !== '') return /[.:—]\s*$/.test(words) || /^[—–]/.test(rest) ? end : 0;
	if (/[;,]\s*$/.test(words) || /\b(?:and|or|y|o)\s*$/.test(words)) return 0;
	if (level === 'section') return end;
	return more && !/[.:]\s*$/.test(words) ? end : 0;
}

/** A list that begins in the line of its heading, which nothing ends: `Reporting a. Definitions.`; `Chapter 1. The` is none. */
const RUN_IN =
	/^(?:[^.:;]{0,200}?\p{L}["”’)]?)(?<!\b(?:section|chapter|title|class|type|group|phase|tier|schedule|table|part|item|article|level|category|subdivision|paragraph|number|no))\s+(?=(?:[a1]\.|\([a1]\))\s+["“]?\p{Lu})/iu;

/** Index after the first stop that ends a sentence; the length of the line where none does. */
function sentenceEnd(line: string): number {
	const stop = /[.:](?:["”’)]?)(?=\s|$|[—–]|(?:\d{1,2}|[a-z])\.\s)/g;
	for (let found = stop.exec(line); found; found = stop.exec(line)) {
		const end = found.index + found[0].length;
		if (found[0][0] === ':' || !SHORT.test(line.slice(Math.max(0, end - 12), found.index + 1))) return end;
		// A heading is near; a whole bill in one line need not be searched.
		if (end > 400) break;
	}
	return line.length;
}

/** Whether words are in capitals only, as headings in plain text are. */
export function shouted(line: string): boolean {
	return /\p{Lu}/u.test(line) && !/\p{Ll}/u.test(line);
}
