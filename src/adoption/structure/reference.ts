import type { DraftProvision } from '../draft.ts';
import { type Lookup, lookup } from './lookup.ts';
import { meantBy, rangesOf, withinWhole } from './meaning.ts';
import { isThis, type Link, type Mention, mentions } from './mention.ts';
import type { Change } from './outline.ts';
import { type Scene, saidAnew } from './saying.ts';
import { quotedIn } from './tree.ts';

/** A reference that cannot be followed, and stays as it is. */
export interface Dangling {
	/** Provision whose words hold it. */
	readonly in: string;
	readonly words: string;
	/** Provision that it meant: gone now, named beside one that is, or without a number by which it could be named. */
	readonly meant: string;
}

/** A text whose references mean what they meant, and those that cannot. */
export interface Followed {
	readonly text: readonly DraftProvision[];
	readonly dangling: readonly Dangling[];
}

/**
 * References in headings and words of a renumbered text, written so that they mean the same provisions as before:
 * `section 3(c)` becomes `section 4(c)`, and `subsection (a)` becomes `section 3(a)` once it stands in another section. A range
 * takes in what was added within it. Other law is never touched: what is said to be of something else, and what names no
 * provision of the text as it was. A reference to what is gone stays as it is, and is told.
 * @param after with the ids of `before`, and the numbers of after the change
 */
export function followed(before: readonly DraftProvision[], after: Change): Followed {
	const [was, is] = [lookup(before), lookup(after.text)];
	const now = (id: string) => is.at(after.merged?.gone === id ? after.merged.into : id);
	const dangling: Dangling[] = [];
	const text = after.text.map((provision, to) => {
		if (provision.kind === 'quoted' || quotedIn(after.text, to)) return provision;
		const follow = (part: 'heading' | 'text', words: string): string => {
			const holder = holderOf(part, provision, was, after);
			const references = mentions(words).flatMap((found): Reference[] => {
				const mention = withinWhole(found, was);
				const from = holder(mention.start);
				const meant = meantBy(mention.links, from, was).flatMap((at) => before[at ?? -1]?.id ?? []);
				if (meant.length === 0) return [];
				const goals = meant.map(now);
				const scene: Scene = { was, is, from, to, words, now, cut: after.cut };
				// A list of which a part is gone stays whole: nobody can tell whether the rest still stands for itself.
				const said = goals.includes(null) ? null : saidAnew(mention, scene);
				return [{ mention, said, meant, goals }];
			});
			const made = rewritten(words, references);
			const heard = made === words || hears(made, words, references, to, is);
			for (const { mention, said, meant } of references) {
				if (heard && said !== null) continue;
				const mentioned = words.slice(mention.start, mention.end);
				for (const id of new Set(meant)) dangling.push({ in: provision.id, words: mentioned, meant: id });
			}
			return heard ? made : words;
		};
		const heading = provision.heading === null ? null : follow('heading', provision.heading);
		const words = follow('text', provision.text);
		const same = heading === provision.heading && words === provision.text;
		return same ? provision : { ...provision, heading, text: words };
	});
	return { text, dangling };
}

/** A mention with what it meant, and what is said in its place; null where nothing can be. */
interface Reference {
	readonly mention: Mention;
	readonly said: string | null;
	readonly meant: readonly string[];
	/** Indices now of all that it meant. */
	readonly goals: readonly (number | null)[];
}

/** Whether words with other references still name all that they should: two beside each other may be taken for one. */
function hears(made: string, words: string, references: readonly Reference[], to: number, is: Lookup): boolean {
	const named = new Set<number | null>(
		mentions(made).flatMap(({ links }) => rangesOf(links[0] as Link, meantBy(links, to, is), is).flat()),
	);
	return references.every(({ mention, said, goals }) => {
		const { start, end, links } = mention;
		const stays = isThis(links[0] as Link) && said === words.slice(start, end);
		return said === null || stays || goals.every((goal) => named.has(goal));
	});
}

/**
 * The provision in which words stood before: of joined ones it depends on how far in they stand; of split ones it is the one
 * that was; new words speak from what they were put into.
 */
function holderOf(
	part: 'heading' | 'text',
	{ id, parent }: DraftProvision,
	was: Lookup,
	{ text, merged, cut }: Change,
): (start: number) => number | null {
	const own = was.at(cut?.into === id ? cut.from : id);
	const holder = own ?? (parent === null ? null : was.at(text[parent]?.id ?? ''));
	const second = merged?.into === id ? was.at(merged.gone) : null;
	const first = (was.text[own ?? -1]?.[part] ?? '').trimEnd().length;
	return (start) => (second !== null && start >= first ? second : holder);
}

function rewritten(words: string, references: readonly Reference[]): string {
	let made = '';
	let from = 0;
	for (const { mention, said } of references) {
		if (said === null) continue;
		made += words.slice(from, mention.start) + said;
		from = mention.end;
	}
	return made + words.slice(from);
}
