/** Words that make a sentence of what would be a heading. */
const VERB =
	/\b(?:shall|may|must|will|is|are|was|were|be|been|has|have|had|does|do|can|takes|means?|appl(?:y|ies)|expires?|becomes?|requires?|provides?|remains?|constitutes?|finds?|declares?|determines?|authorizes?|será|serán|es|son|deberá|deberán|podrá|podrán|significa|entrará)\b|\p{L}{3}r[áa]n?(?!\p{L})(?<=rá|rán)/iu;
/** So sentences begin that stand alone. */
const SENTENCE = /^(?:this|these|it|there|they|nothing|no|if|when|upon|esta?|estos|si|cuando)\b/i;
/** Of these no heading has one: what it has them in commands or permits. */
const COMMAND = /\b(?:shall|may|must|will|deberán?|podrán?)\b/i;
/** A stop after these ends no sentence. */
const SHORT =
	/(?:^|[\s(])(?:[A-Za-z]|No|Nos|Inc|Corp|Co|Ltd|Dr|Mr|Mrs|Ms|St|Ave|Rev|Hon|Jr|Sr|Sec|Art|Stat|seq|al|vs?|U\.S|U\.S\.C|C\.F\.R|D\.C|N\.Y|P\.L|etc|approx|Dept|Gov|Sen|Rep|Núm|Lic|Ley)\.$/;
/** Headings of sections are seldom longer; those of subdivisions shorter still. */
const MOST_WORDS = { section: 30, list: 16 } as const;
/** A heading of a section that stands alone in its line. */
const ALONE_MOST = 15;
/** A heading is near; a whole bill in one line need not be searched. */
const SEARCHED = 400;

/** How a line begins before its words, or before a list that begins in it. */
export interface Opening {
	/** Characters, the stop included; 0 where the line has no such beginning. */
	readonly length: number;
	/** Whether they are a heading, and not a sentence that a list follows. */
	readonly heading: boolean;
}

const NONE: Opening = { length: 0, heading: false };

/**
 * The heading of a line. It has no verb, a capital, few words: `Definitions. As used in this section` has one, `The department
 * shall report.` has none. A list that begins right behind the first sentence, `Studies. 1. To study`, ends it too.
 * `more`: whether words follow in other lines, so that what stands alone in this one may be a heading.
 */
export function openingOf(line: string, level: 'section' | 'list', more: boolean): Opening {
	if (!/^["“‘[({]*(?:[\p{Lu}¿¡]|\d+(?:st|nd|rd|th)?\s\p{Lu})/u.test(line)) return NONE;
	const stop = sentenceEnd(line);
	const before = RUN_IN.exec(line.slice(0, Math.min(stop + 3, 240)))?.[0] ?? null;
	const runsIn = before !== null && !NUMBERED.test(before) ? before.length : null;
	const end = runsIn ?? stop;
	const words = line.slice(0, end);
	const many = words.split(/\s+/).length;
	const list = /^\s*(?:[a1]\.|\([a1]\))\s+["“[(]?\p{Lu}/u.test(line.slice(end, end + 12));
	if (words.trim() === '' || many > MOST_WORDS[list ? 'section' : level]) return NONE;
	if (list) return { length: end, heading: !COMMAND.test(words) && (level === 'section' || many <= MOST_WORDS.list) };
	if (VERB.test(words)) return NONE;
	const rest = line.slice(end).trim();
	const heading = { length: end, heading: true };
	if (rest !== '') return runsIn !== null || /[.:—]\s*$/.test(words) || /^[—–]/.test(rest) ? heading : NONE;
	if (/[;,]\s*$/.test(words) || /\b(?:and|or|y|o)\s*$/.test(words)) return NONE;
	if (/:\s*$/.test(words) || (SENTENCE.test(words) && /\.\s*$/.test(words))) return NONE;
	// A sentence whose verb is not known to be one is longer than a heading that stands alone, or nothing follows it.
	if (level === 'section')
		return many <= ALONE_MOST && (more || many <= ALONE_MOST / 3 || !/\.\s*$/.test(words)) ? heading : NONE;
	return more && !/[.:]\s*$/.test(words) ? heading : NONE;
}

/** A list that begins in the line of its heading, which nothing ends: `Reporting a. Definitions.`; `Chapter 1. The` is none. */
const RUN_IN = /^[^.:;]{0,200}?\p{L}["”’)]?\s+(?=(?:[a1]\.|\([a1]\))\s+["“]?\p{Lu})/u;
/** A number behind these is theirs. */
const NUMBERED =
	/\b(?:(?:sub)?(?:sections?|chapters?|titles?|paragraphs?|divisions?|parts?|clauses?|articles?)|class|types?|groups?|phase|tier|schedules?|tables?|items?|levels?|category|numbers?|no|appendix|exhibit|sección|artículo|inciso|párrafo)\s+$/i;

/** Index after the first stop that ends a sentence; the length of the line where none does. */
function sentenceEnd(line: string): number {
	const head = line.slice(0, SEARCHED);
	const stop = /(?:\.|:(?!\s+\p{Ll}))(?:["”’)]?)(?=\s|$|[—–]|(?:\d{1,2}|[a-z])\.\s)/gu;
	for (let found = stop.exec(head); found; found = stop.exec(head)) {
		const end = found.index + found[0].length;
		if (found[0][0] === ':' || !SHORT.test(head.slice(Math.max(0, end - 12), found.index + 1))) return end;
	}
	return line.length;
}

/** Whether words are in capitals only, as headings in plain text are. */
export function shouted(line: string): boolean {
	return /\p{Lu}/u.test(line) && !/\p{Ll}/u.test(line);
}
