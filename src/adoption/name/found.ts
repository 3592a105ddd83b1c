import { type Called, patternOf } from '#places/called.ts';
import { doubtAbout } from './doubt.ts';
import type { Doubt, Named, Naming, Worded } from './naming.ts';
import { ours } from './ours.ts';

/**
 * Where a text names other cities, in its order: whole words in the case of the name or in capitals, none of them inside a blank, and
 * no two that overlap. Where the name of the own city stands it is left alone, also where the other's is a part of it. The name of
 * a state is listed where the two lie in different ones. Linear in the text.
 */
export function namesIn(provisions: readonly Worded[], others: readonly Named[], own: Named): readonly Naming[] {
	const searches = others.flatMap((other) => searchesOf(other, own));
	if (searches.length === 0) return [];
	const found: Naming[] = [];
	const low = lowWords(searches, provisions);
	for (const { id, heading, text } of provisions) {
		for (const [part, words] of [
			['heading', heading ?? ''],
			['text', text],
		] as const) {
			const hits = searches.flatMap((search) => hitsIn(words, search));
			if (hits.length === 0) continue;
			const kept = withoutOverlap(hits, blanksIn(words));
			for (const { at, end, search } of kept) {
				const place = { words, at, end, low: low.has(search.other.name.toLowerCase()) };
				const doubt = search.shy ? 'another' : (search.doubt ?? doubtAbout(place, search.other));
				const made = ours(place, search.other, search.own);
				found.push({ provision: id, part, ...made, of: search.id, doubt });
			}
		}
	}
	return found;
}

interface Search {
	readonly id: string;
	readonly pattern: RegExp;
	/** Where these stand nothing is found. */
	readonly shield: RegExp | null;
	readonly other: Called;
	readonly own: Called;
	readonly doubt: Doubt | null;
	/** The own name is a part of the other. */
	readonly shy: boolean;
}

interface Hit {
	readonly at: number;
	readonly end: number;
	readonly search: Search;
}

function searchesOf(other: Named, own: Named): readonly Search[] {
	const foreign = other.state.id !== own.state.id;
	const found: Search[] = [];
	const search = (id: string, one: Called, mine: Called, doubt: Doubt | null) => {
		if (same(one, mine)) return;
		const [theirs, our] = [foldedWords(one), foldedWords(mine)];
		found.push({
			...{ id, other: one, own: mine, doubt },
			pattern: whole(patternFor(one)),
			shield: our.includes(theirs) ? whole(patternFor(mine)) : null,
			shy: theirs.includes(our),
		});
	};
	search(other.id, other, own, other.sort === own.sort ? null : 'sort');
	if (foreign) search(other.state.id, other.state, own.state, 'state');
	return found;
}

function same(one: Called, other: Called): boolean {
	return foldedWords(one) === foldedWords(other) && one.sort === other.sort;
}

/** The name between spaces, so that one is looked for in another by whole words. */
function foldedWords({ name }: Called): string {
	return ` ${name.toLowerCase()} `;
}

/** Of a county only with its word: its name alone is that of a city or a person. */
function patternFor({ name, word, sort }: Called): string {
	if (sort !== 'county') return patternOf(name);
	const [plain, kind] = [patternOf(name), `(?:${word}|${word?.toUpperCase()})`];
	return `(?:${plain}(?=\\s+${kind}(?![\\p{L}\\p{N}]))|(?<=(?:${word}|${word?.toUpperCase()}|Condado|CONDADO)\\s+(?:of|OF|de|DE)\\s+)${plain})`;
}

function whole(pattern: string): RegExp {
	return new RegExp(`(?<![\\p{L}\\p{N}_@/])${pattern}(?![\\p{L}\\p{N}_@]|\\.[a-z])`, 'gu');
}

function hitsIn(words: string, search: Search): Hit[] {
	const hits = [...words.matchAll(search.pattern)].map(({ index, 0: name }) => ({
		...{ at: index, end: index + name.length, search },
	}));
	const named = hits.length === 0 || search.shield === null ? [] : [...words.matchAll(search.shield)];
	return hits.filter(({ at, end }) => {
		if (named.some(({ index, 0: name }) => at >= index && end <= index + name.length)) return false;
		return search.doubt === 'state' || !isState(words, at, end);
	});
}

/** Whether a name is that of a state: a city may have the same. */
function isState(words: string, at: number, end: number): boolean {
	return (
		/\b(?:state|commonwealth|estado) (?:of|de) $/i.test(words.slice(Math.max(0, at - 20), at)) ||
		/^\s+state(?![\p{L}\p{N}])/iu.test(words.slice(end, end + 8))
	);
}

/** Of those that overlap the one that begins first, the longer of two that begin at one place. */
function withoutOverlap(hits: readonly Hit[], blanks: readonly (readonly [number, number])[]): readonly Hit[] {
	const kept: Hit[] = [];
	for (const hit of hits.toSorted((one, other) => one.at - other.at || other.end - one.end)) {
		if (hit.at < (kept.at(-1)?.end ?? 0)) continue;
		if (blanks.some(([from, to]) => hit.at < to && hit.end > from)) continue;
		kept.push(hit);
	}
	return kept;
}

function blanksIn(words: string): readonly (readonly [number, number])[] {
	if (!words.includes('{{')) return [];
	return [...words.matchAll(/\{\{.*?(?:\}\}|$)/gs)].map(({ index, 0: mark }) => [index, index + mark.length] as const);
}

/** Names of one word that stand in the text in small letters too. */
function lowWords(searches: readonly Search[], provisions: readonly Worded[]): ReadonlySet<string> {
	const found = new Set<string>();
	for (const { other } of searches) {
		if (/\s/.test(other.name)) continue;
		const low = other.name.toLowerCase();
		const pattern = whole(patternOf(low));
		const has = (words: string) =>
			words.includes(low) && [...words.matchAll(pattern)].some(([name]) => name === name.toLowerCase());
		if (provisions.some(({ heading, text }) => has(text) || has(heading ?? ''))) found.add(low);
	}
	return found;
}
