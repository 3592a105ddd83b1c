import type { Amendment } from '../provision.ts';

/** Levels below a section, by the names that drafters of different cities give them; how deep each lies. */
const DEPTHS: readonly (readonly [RegExp, number])[] = [
	[/^(?:subsections?|subdivisions?|subdivisión|inciso)$/i, 0],
	[/^(?:paragraphs?|párrafo)$/i, 1],
	[/^(?:subparagraphs?|subpárrafo)$/i, 2],
	[/^clauses?$/i, 3],
	[/^(?:subclauses?|items?)$/i, 4],
	[/^(?:sections?|sección|artículo)$/i, 0],
	[/^(?:chapters?|subchapters?|titles?|articles?|parts?)$/i, -1],
];
const UNIT =
	/\b(subsections?|subdivisions?|paragraphs?|subparagraphs?|clauses?|subclauses?|items?|sections?|chapters?|subchapters?|titles?|articles?|parts?)\b/i;
const ADDS = /\b(?:add(?:ed|ing|s)?|insert(?:ed|ing)?|creat(?:ed|ing)|a[ñn]ad\w+|adicion\w+|agreg\w+)\b/i;
const ACTION =
	/\b(?:is|are|be|se)\s+(?:(?:each|both|hereby|further|also|therefore)\s+)*(amended|repealed|renumbered|redesignated|re-?lettered|added|enacted|re-?enacted|created|deleted|replaced|revised|deemed repealed|enmienda|modifica|deroga|a[ñn]ade|reenumera)\b/gi;
/** No sentence that says what is amended is longer. */
const LEAD_MOST = 4_000;

/** What a section of an act does to other texts, from its words: one entry for what is amended, one for each other thing it does. */
export function amendmentsOf(words: string, by: string, quoted: string | null): Amendment[] {
	const lead = words.slice(0, LEAD_MOST);
	const found = [...lead.matchAll(ACTION)];
	if (found.length === 0) return active(lead, by, quoted);
	const made: Amendment[] = [];
	let from = 0;
	for (const match of found) {
		const at = match.index;
		const sentence = lead.slice(from, at);
		from = at + match[0].length;
		// `is REPEALED` in the middle of what is said about a date is no act of this section.
		const target = targetOf(sentence);
		if (target === null) continue;
		const rest = lead.slice(from, from + 200);
		const action = actionOf(match[1] as string, rest);
		if (made.some((other) => other.target === target && other.action === action)) continue;
		made.push({ by, action, target, quoted: action === 'repeal' || action === 'renumber' ? null : quoted });
	}
	return made;
}

function active(lead: string, by: string, quoted: string | null): Amendment[] {
	const verb = /^(?:[^.;]{0,40}\b)?(amend(?:s|ing)?|add(?:s|ing)?|repeal(?:s|ing)?)\s+/i.exec(lead);
	if (!verb || quoted === null) return [];
	const target = targetOf(lead.slice(verb[0].length).split(/\s+to read\b|:/)[0] ?? '');
	if (target === null) return [];
	const word = (verb[1] as string).toLowerCase();
	return [
		{ by, action: word.startsWith('add') ? 'add' : word.startsWith('repeal') ? 'repeal' : 'amend', target, quoted },
	];
}

function actionOf(verb: string, rest: string): Amendment['action'] {
	if (/^(?:deemed )?repeal|^deroga|^deleted/i.test(verb)) {
		return /^[^.;]{0,80}\b(?:re-?enacted|substituted)\b/i.test(rest) ? 'amend' : 'repeal';
	}
	if (/^re(?:number|designat|-?letter|enumer)/i.test(verb)) return 'renumber';
	if (/^(?:added|created|enacted|a[ñn]ade)/i.test(verb)) return 'add';
	return ADDS.test(/^[^.;:]*/.exec(rest)?.[0] ?? '') ? 'add' : 'amend';
}

/** What is amended, as named, without who made it what it is; null where no part of a text is named. */
function targetOf(sentence: string): string | null {
	const named = sentence
		.replace(/^[\s,;.]*(?:and|y)?\s*(?:(?:the|el|la|los|las)\s)?/iu, '')
		.replace(
			/,?\s+(?:as|which was|que fue)\s+(?:last\s+|previously\s+|separately\s+)?(?:added|amended|renumbered|relettered|redesignated|enacted|established|a[ñn]adid\w+|enmendad\w+)\b.*$/is,
			'',
		)
		.replace(/[\s,;]+$/, '')
		.replaceAll(/\s+/g, ' ');
	if (
		!/\b(?:code|charter|law|rules?|ordinance|resolution|chapter|title|section|subdivision|subchapter|article|§|statutes?|act|código|ley|sección|artículo|capítulo|P\.L\.|R\.S\.|items?|paragraphs?|tables?)/i.test(
			named,
		)
	)
		return null;
	return /^[A-Z][a-z]/.test(named) && UNIT.test(named.split(' ')[0] ?? '')
		? named[0]?.toLowerCase() + named.slice(1)
		: named;
}

/** How deep below a section what is put into another text begins, -1 for what is above one; 0 where the words do not say. */
export function depthOfQuoted(words: string): number {
	const lead = words.slice(-LEAD_MOST);
	const adding =
		/\b(?:adding|added|add|insert(?:ing|ed)?|creat(?:ing|ed))\b(?:\s+thereto)?(?:\s+(?:a|an|the|one|two|three|new|following|additional))*\s+([a-z]+)/gi;
	const added = [...lead.matchAll(adding)].map((found) => found[1] as string).findLast((word) => UNIT.test(word));
	const word = added ?? UNIT.exec(lead)?.[1] ?? '';
	return DEPTHS.find(([pattern]) => pattern.test(word))?.[1] ?? 0;
}
