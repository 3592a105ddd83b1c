import type { Provision, ProvisionKind } from './provision.ts';
import type { Version, VersionLine } from './view.ts';

/** Provisions that one page shows at most: the longest chapter of a local code has 375, and its page is made in 200 ms. */
const MOST_PROVISIONS = 400;
/** Characters of text that one page shows at most: with the marks around them they make a page of about 1 MB. */
const MOST_LETTERS = 300_000;
/** Lines of an outline on one page; each is some 250 bytes. */
export const MOST_LISTED = 1_000;
/** Characters of the words that stand for a provision without number and heading. */
const LONGEST_NAME = 90;

/** How much there is to show. */
export interface Size {
	readonly provisions: number;
	/** Characters of the canonical text. */
	readonly letters: number;
}

/** A provision as a line of an outline. */
export interface Entry {
	readonly eId: string;
	readonly kind: ProvisionKind;
	/** 0: right inside what the outline is of. */
	readonly level: number;
	readonly number: string | null;
	/** Its heading, else its first words. */
	readonly name: string;
}

/** Lines of an outline, a page of them. */
export interface Listed {
	readonly entries: readonly Entry[];
	/** From 1. */
	readonly page: number;
	readonly pages: number;
}

/** What is read of a version for one page: all of it, a provision with what lies in it, or the outline of either. */
export interface Excerpt {
	readonly line: VersionLine;
	readonly earlier: VersionLine | null;
	readonly later: VersionLine | null;
	/**
	 * What is shown, with what it lies in before it, as a tree of its own. Of an outline only the chain down to what is
	 * outlined.
	 */
	readonly provisions: readonly Provision[];
	readonly amendments: Version['amendments'];
	readonly problems: Version['problems'];
	/** Whether anything in the whole version is marked as added or removed. */
	readonly amending: boolean;
	/** Whether something changed of which nobody knows how it read before. */
	readonly silent: boolean;
	/** eIds of the provisions that lie beside it; null: at either end, or the whole is shown. */
	readonly neighbours: { readonly before: string | null; readonly after: string | null } | null;
	/** Of the whole version, and of what the page is about. */
	readonly whole: Size;
	readonly size: Size;
	/** In place of the words where they are too many for a page. */
	readonly outline: Listed | null;
}

/** A provision as far as an outline needs it. */
export interface Placed {
	readonly position: number;
	readonly parent: number | null;
	readonly eId: string;
	readonly kind: ProvisionKind;
	readonly number: string | null;
	readonly heading: string | null;
	/** Its first words. */
	readonly words: string;
}

/** Whether so much is too much for one page. */
export function tooLong({ provisions, letters }: Size): boolean {
	return provisions > MOST_PROVISIONS || letters > MOST_LETTERS;
}

/**
 * The outline of what lies in a provision: what lies right in it, and below that as many levels as one page can list; what
 * lies in something that is not listed (the words an act quotes) is not. Where the first level alone is longer it goes on
 * over several pages.
 * @param rows in order of the text
 * @param root position of the provision; null: the whole text
 * @param asked page from 1; one that is not there gives the nearest
 */
export function outlineOf(rows: readonly Placed[], root: number | null, asked: number, most = MOST_LISTED): Listed {
	const levels = new Map<number, number>();
	const listed: Entry[] = [];
	for (const { position, parent, eId, kind, number, heading, words } of rows) {
		const above = parent === root ? -1 : parent === null ? undefined : levels.get(parent);
		if (above === undefined) continue;
		levels.set(position, above + 1);
		listed.push({ eId, kind, level: above + 1, number, name: heading ?? shortened(words) });
	}
	let entries = listed;
	for (let deepest = 1 + Math.max(0, ...new Set(levels.values())); entries.length > most && deepest > 0; deepest--)
		entries = listed.filter(({ level }) => level < deepest);
	const pages = Math.max(1, Math.ceil(entries.length / most));
	const page = Math.min(pages, Math.max(1, Number.isSafeInteger(asked) ? asked : 1));
	return { entries: entries.slice((page - 1) * most, page * most), page, pages };
}

function shortened(words: string): string {
	if (words.length <= LONGEST_NAME) return words;
	const end = words.lastIndexOf(' ', LONGEST_NAME);
	return `${words.slice(0, end > 0 ? end : LONGEST_NAME)} …`;
}
