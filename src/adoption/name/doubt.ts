import type { Called } from '#places/called.ts';
import type { Doubt } from './naming.ts';

/** A place in words that has the name of a city. */
export interface Standing {
	readonly words: string;
	/** Stretch [at, end) of the name. */
	readonly at: number;
	readonly end: number;
	/** Whether the name is a word of the text too: it stands there in small letters. */
	readonly low: boolean;
}

const CITY_WORDS = 'City|Town|Village|Borough|Municipality|Ciudad|Pueblo|Villa|Municipio';
/** City of, Condado de, at the end of the words before a name. */
export const OF_WORD = new RegExp(
	`(?<![\\p{L}\\p{N}])(${CITY_WORDS}|Township|County|Parish|Condado|Parroquia)(\\s+(?:of|de)\\s+)$`,
	'iu',
);
/** Letters before and after a name that tell what it belongs to; and right before it. */
const AROUND = 160;
const NEAR = 48;
const DIGIT = /\d/;

/** What a place is when a name of another begins or ends with its own. */
const LIES =
	'County|Counties|Parish|Township|Street|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Lane|Highway|Hwy|Parkway|Pkwy|' +
	'Route|Turnpike|River|Creek|Brook|Fork|Lake|Lakes|Bay|Cove|Beach|Island|Islands|Valley|Hill|Hills|Heights|' +
	'Canyon|Mesa|Mountain|Mountains|Peak|Springs|Falls|Rapids|Grove|Point|Ridge|Junction|Bluff|Bluffs|Mills|Harbor|' +
	'Landing|Crossing|Estates|Gardens|Forest|Woods|Meadows|Shores|Park|Prairie|Plains|University|College|School|' +
	'Schools|Unified|Elementary|Hospital|Diocese|Archdiocese';
const BEHIND = new RegExp(`^(?:\\s+(?:${LIES})(?![\\p{L}\\p{N}])|-\\p{Lu})`, 'iu');
/** What a longer name begins with. */
const BEGINS =
	'North|South|East|West|Northern|Southern|Eastern|Western|Upper|Lower|Greater|New|Old|Port|Fort|Ft\\.|Mount|' +
	'Mt\\.|Lake|Point|Cape|San|Santa|Saint|St\\.|Glen|Grand|Great|Little|Big|Rancho|Camp|Isle|Calle|Avenida|Río|' +
	'Lago|Nueva|Nuevo|University of|College of|Bank of|Port of|Diocese of|Archdiocese of|Battle of|Bay of|Lake of';
const BEFORE = new RegExp(`(?:(?<![\\p{L}\\p{N}])(?:${BEGINS})\\s+|\\p{L}-)$`, 'iu');

/** Capitals before a name of one word that are none of a longer name: what a sentence begins with, and titles. */
const LOOSE = new Set(
	`the this that these those in of for by and or all each every any no a an if when where within outside
	throughout under with without from to at on upon whereas said our be it is are as because while el la los las
	en de del por para y o con sin todo toda que si cuando`.split(/\s+/),
);
const PREVIOUS = /([\p{L}'’]+)\s+$/u;

/** What belongs to a city, behind a name that is a word of the text too. */
const OFFICE =
	/^(?:['’]s)?\s+(?:City|Town|Village|Borough|Police|Fire|Municipal|Mayor|Council|Common Council|Board|Department|Code|Charter|Residents)(?![\p{L}\p{N}])/iu;

const LAW =
	'Ordinances?|Resolutions?|Code|Charter|Orders?|Laws?|Acts?|Polic(?:y|ies)|Directives?|Ordenanzas?|Resoluci[oó]n|C[oó]digo|Carta';
const NUMBERED = new RegExp(
	`^(?:['’]s?)?(?:\\s+\\p{L}[\\p{L}’'-]{0,30}\\.?){0,3}?\\s+(?:${LAW})(?:\\s+of\\s+Ordinances)?,?\\s*(?:(?:No\\.?|Nos\\.|N[uú]m\\.|Number|Sections?|Sec\\.|Chapter|Title|Article|§{1,2}|#)\\s*)?\\d`,
	'iu',
);
const CITED = new RegExp(
	`(?:§{1,2}|(?<![\\p{L}\\p{N}])(?:sections?|sec\\.|chapters?|titles?|articles?|secci[oó]n|cap[ií]tulo|t[ií]tulo|art[ií]culo|${LAW}))\\s*(?:No\\.?\\s*|n[uú]m\\.\\s*)?\\d[\\w.()-]{0,30},?\\s+(?:of|de|del)\\s+(?:the\\s+|la\\s+|el\\s+)?(?:(?:${CITY_WORDS})\\s+(?:of|de)\\s+)?$`,
	'iu',
);
const SUED = new RegExp(`(?<![\\p{L}\\p{N}])vs?\\.\\s+(?:the\\s+)?(?:(?:${CITY_WORDS}|County)\\s+of\\s+)?$`, 'iu');
const SUES = /^(?:,[^.;]{0,60})?\s+vs?\.\s/u;

/**
 * Why it is not plain that a name in a text is that of a city, or of its county; null where it is. What stands around it decides: nothing is
 * looked up, so whatever is in doubt is for a person to see.
 */
export function doubtAbout(
	{ words, at, end, low }: Standing,
	{ name, word, sort }: Called,
): Exclude<Doubt, 'sort' | 'state'> | null {
	const before = words.slice(Math.max(0, at - NEAR), at);
	const behind = words.slice(end, end + AROUND);
	const of = OF_WORD.exec(before)?.[1];
	const own = word === null ? null : new RegExp(`^\\s+${word}(?![\\p{L}\\p{N}])`, 'iu').exec(behind);
	const after = own ? behind.slice(own[0].length) : behind;
	if (SUED.test(before) || SUES.test(after) || (DIGIT.test(after) && NUMBERED.test(after))) return 'cited';
	const far = words.slice(Math.max(0, at - AROUND), at);
	if (DIGIT.test(far) && CITED.test(far)) return 'cited';
	if (of !== undefined && sortOf(of) !== null && sortOf(of) !== sort) return 'another';
	if (isCapital(/^[\s-]+(.)/su.exec(after)?.[1]) && BEHIND.test(after)) return 'another';
	if (of !== undefined) return null;
	if (BEFORE.test(before) && isCapital(/(\S+)\s*$/.exec(before)?.[1]?.[0])) return 'another';
	const alone = !/\s/.test(name) && own === null;
	if (alone && isJoined(before)) return 'another';
	return alone && low && !OFFICE.test(after) ? 'word' : null;
}

/** What is called so; null where a city and a township may be. */
function sortOf(of: string): Called['sort'] | null {
	if (/^(?:county|parish|condado|parroquia)$/i.test(of)) return 'county';
	if (/^township$/i.test(of)) return 'township';
	return /^municip/i.test(of) ? null : 'city';
}

/** Whether the word before a name of one word makes a longer name of both: James Madison. */
function isJoined(before: string): boolean {
	const word = PREVIOUS.exec(before)?.[1] ?? '';
	if (!isCapital(word[0]) || (word.length > 1 && word === word.toUpperCase())) return false;
	return !LOOSE.has(word.toLowerCase());
}

function isCapital(letter: string | undefined): boolean {
	return letter !== undefined && /\p{Lu}/u.test(letter);
}
