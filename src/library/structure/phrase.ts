/** Recitals. */
const RECITAL = /^["“]?(?:whereas|recitals?|considerando|por cuanto|visto|vista|resultando|en vista de)\b/i;
const FORMULA: readonly RegExp[] = [
	/^["“]?(?:now,?\s+therefore,?\s+)?(?:it is (?:therefore )?)?be i[tn]\s+(?:hereby |therefore |further )*(?:enacted|ordained|resolved|ordered|proclaimed)\b/i,
	/^(?:now,?\s+therefore\b).{0,400}\b(?:ordain|enact|resolve|order|proclaim|direct|declare)[a-z]*\b/i,
	/^(?:the\s)?(?:people|legislature|general assembly|city council|county council|council|board of supervisors|board|city|town|mayor|commission|common council|village board|borough)\b.{0,160}\b(?:do(?:es)?\s+(?:hereby\s+)?(?:enact|ordain|resolve)|(?:hereby\s+)?(?:enacts?|ordains?|resolves?))\b.{0,60}:?$/i,
	/^(?:resolved|ordered|ordained|it is (?:hereby )?(?:ordered|resolved|ordained))\b/i,
	/^(?:por (?:lo )?tanto|por cuanto,? ahora|ahora,? por (?:lo )?tanto|por ello)\b.{0,300}\b(?:orden|resuelv|resu[eé]lv|decr[eé]t|promulg|dispon|acuerd)/i,
	/^(?:decr[eé]tase|ord[eé]nase|resu[eé]lvase|resu[eé]lvese|se resuelve|se ordena|se decreta|resuelve|ordena|decreta)\b/i,
	/^(?:el|la) (?:concejo|consejo|ayuntamiento|legislatura|asamblea|alcald|junta|ciudad)\b.{0,200}\b(?:ordena|resuelve|decreta|promulga|dispone)\b.{0,60}:$/i,
];
/** No enacting clause is longer; what is longer goes on with what is enacted. */
const FORMULA_MOST = 1_200;

export function isRecital(line: string): boolean {
	return RECITAL.test(line);
}

export function isFormula(line: string): boolean {
	return line.length <= FORMULA_MOST && FORMULA.some((pattern) => pattern.test(line));
}

/** Where an enacting clause ends in a line that goes on with what is enacted; null where it takes the whole line. */
export function formulaEnd(line: string): number | null {
	const found =
		/:\s+(?=(?:section|sec\.|§|article|artículo|sección|that\b|1\.|\(1\)|\(a\))\s?)/i.exec(line) ??
		/\b(?:resolved|ordered)\b,?[^.;:]{0,200}?(?:,|:)\s+(?=that\b)/i.exec(line);
	return found ? found.index + found[0].length : null;
}

/** Whether words without a number are a clause that resolves: each is a section of a resolution. */
export function isResolved(line: string): boolean {
	return /^["“]?(?:and\s)?(?:be it\s)?(?:further|finally|also)?,?\s?(?:resolved|ordered)\b|^(?:that|que)\s|^(?:además,?\s)?(?:se resuelve|resu[eé]lvase)\b/i.test(
		line,
	);
}

const AMENDS =
	/\b(?:is|are|be|was|se|queda|quedan)\b[^.;:]{0,80}?\b(?:amend(?:ed)|added|(?:re-?)?enacted|renumbered|redesignated|re-?lettered|created|substituted|inserted|replaced|revised|repealed|readopted|retitled|renamed|enmienda\w*|modifica\w*|a[ñn]ad\w*|adiciona\w*|agrega\w*|reformad\w*|deroga\w*)\b|\bby (?:adding|inserting|amending|substituting|replacing)\b|^["“]?(?:\S+\s){0,6}?(?:amend(?:s|ing)?|add(?:s|ing)?|insert(?:s|ing)?|enmi[eé]nd\w*|a[ñn][aá]d\w*)\b/i;
const LEAD_END =
	/(?:\b(?:to (?:now )?read|reads?|as follows|follows|the following|in lieu thereof|como sigue|siguiente manera|así)\s*[:;.,]?|:)\s*["“]?$/i;
const LEAD_WITHIN =
	/\b(?:to read(?:s)?(?: in its entirety)?(?: as follows)?|read as follows|adding the following[^.:;]{0,60}|lea como sigue|lea así)\s?:(?:\s+(?=\S)|(?=[§"“]))/i;

/** Whether words end by saying that what follows is put into another text. */
export function leads(line: string): boolean {
	return LEAD_END.test(line.slice(-140)) && AMENDS.test(line);
}

/** Where the words that are put into another text begin in the line that says so; null where they do not. */
export function leadEnd(line: string): number | null {
	const found = LEAD_WITHIN.exec(line);
	return found && AMENDS.test(line.slice(0, found.index + 8)) ? found.index + found[0].length : null;
}

const UNIT_WORD =
	'(?:sections?|subsections?|subdivisions?|paragraphs?|subparagraphs?|clauses?|subclauses?|items?|chapters?|subchapters?|titles?|subtitles?|articles?|parts?|subparts?|divisions?|tables?|figures?|exceptions?|rules?|appendix|definitions?)';
const ACT: readonly RegExp[] = [
	/^(?:this|the present)\s+(?:local\s+)?(?:law|act|ordinance|resolution|order|measure|chapter|bill)\b/i,
	new RegExp(
		`^(?:the\\s)?(?:\\w+\\s){0,4}?${UNIT_WORD}\\b.{0,600}?\\b(?:is|are|be)\\b.{0,40}?\\b(?:amended|repealed|renumbered|redesignated|relettered|added|enacted|re-enacted|REPEALED)\\b`,
		'i',
	),
	/^.{0,300}\b(?:is|are)\s+(?:hereby\s+)?(?:further\s+)?(?:amended|repealed|renumbered|redesignated|added)\b/i,
	/^(?:severability|effective date|short title|repealer|separability|construction|applicability)\b/i,
	/^(?:if any (?:section|provision|clause|sentence|part|portion|word)|sections? \d+.{0,60}of this (?:local )?(?:law|act|ordinance))/i,
	/^(?:esta (?:ley|ordenanza|resolución|orden)|la presente (?:ley|ordenanza|resolución|orden))\b/i,
];

/** Whether a section speaks as one of the act itself, and not as one that the act puts into another text. */
export function speaksAsAct(line: string): boolean {
	const head = line.slice(0, 900);
	return ACT.some((pattern) => pattern.test(head));
}

/** Whether a section amends another text or says when the act begins: so no words speak that an act quotes, but for an act's. */
export function amendsOrEnds(line: string): boolean {
	const head = line.slice(0, 900);
	return (
		(ACT[1] as RegExp).test(head) || /^this (?:local )?(?:law|act|ordinance) (?:takes|shall take) effect/i.test(head)
	);
}

const SIGNED =
	/^(?:passed|adopted|approved|enacted|signed|attest|ordered published|introduced|first reading|second reading|read (?:a )?(?:first|second|third)|presented|effective|vetoed|returned|dated|given under|in witness|done (?:at|in)|approved as to form|ayes?|nays?|noes|absent|abstain(?:ed)?|yeas?|mayor|city clerk|clerk|president|speaker|chair(?:man|person|woman)?|county executive|by order of|referred to|co-?sponsors?|sponsors?|ls\s?#|int\.|filesite|aprobad[oa]|firmad[oa]|dad[oa] en|certifico|alcald|secretari[oa])\b/i;
const RULE = /^[\s_\-–—=*.·]{3,}$/;

/** Whether a line belongs to what follows the last section: signatures, dates of passage, notes of the drafting office. */
export function signs(line: string): boolean {
	return RULE.test(line) || (SIGNED.test(line) && line.length < 400) || /_{5,}|^\/s\//.test(line.slice(0, 200));
}

const QUOTED_TERM =
	/^["“”'‘«]{1,2}\s?[^"“”«»]{1,120}["“”'’»]{1,2},?(?:\s*(?:\(|or|and|,|o|y)\s*["“«][^"“”«»]{1,120}["”»]\)?)*,?[^.;"“«]{0,160}?\s(?:shall\s+)?(?:also\s+)?(?:means?|includes?|ha(?:s|ve) the|refers?|is defined|denotes?|shall (?:have|be|refer|include)|is\b|are\b|significa|incluye|se refiere|tendrá|quiere decir|es\b|son\b|se entiende)/i;
const TERM_SENTENCE =
	/^["“«]?[^.:"“”«»]{1,100}\.["”»]?\s+(?:(?:the|el|la)\s+(?:terms?|words?|phrase|término|palabra|frase)\s+)?["“'‘«]/i;
const BARE_TERM = /^\p{Lu}[^.:;,]{0,60}\s(?:means?|shall mean|has the (?:same )?meaning|significa)\s/u;
const EXPECTS_TERMS = /\b(?:definitions?|defined|terms?|meanings?|definiciones|términos|significado)\b/i;

/** Whether a line without a number defines a term; `among` others, `Department means` does too. */
export function defines(line: string, among: boolean): boolean {
	const head = line.slice(0, 420);
	return QUOTED_TERM.test(head) || TERM_SENTENCE.test(head) || (among && BARE_TERM.test(head));
}

/** Whether words say that definitions follow. */
export function expectsTerms(words: string): boolean {
	return EXPECTS_TERMS.test(words.slice(-400));
}

/** Whether a sentence is still open at the end of words. */
export function unfinished(words: string): boolean {
	return !/[.;:!?]["”’)\]]*\s*$|\b(?:and|or)\s*$/.test(words.slice(-40));
}
