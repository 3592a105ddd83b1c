import type { DraftProvision } from './draft.ts';
import { lookup } from './lookup.ts';
import { meantBy } from './meaning.ts';
import { type Mention, mentions } from './mention.ts';
import type { Change } from './outline.ts';
import { type Scene, saidAnew } from './saying.ts';
import { quotedIn } from './tree.ts';

/** A reference that cannot be followed, and stays as it is. */
export interface Dangling {
	/** Provision whose words hold it. */
	readonly in: string;
	readonly words: string;
	/** Provision that it meant: gone now, or without a number by which it could be named. */
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
			const from = holderOf(part, provision, before, after);
			return rewritten(words, (mention) => {
				const holder = was.at(from(mention.start));
				const scene: Scene = { was, is, from: holder, to, words, now, cut: after.cut };
				const meant = meantBy(mention.links, holder, was).flatMap((at) => before[at ?? -1]?.id ?? []);
				if (meant.length === 0) return null;
				const gone = meant.filter((id) => now(id) === null);
				const said = gone.length > 0 ? null : saidAnew(mention, scene);
				const lost = said === null ? (gone.length > 0 ? gone : meant) : [];
				const mentioned = words.slice(mention.start, mention.end);
				for (const id of new Set(lost)) dangling.push({ in: provision.id, words: mentioned, meant: id });
				return said;
			});
		};
		const heading = provision.heading === null ? null : follow('heading', provision.heading);
		const words = follow('text', provision.text);
		const same = heading === provision.heading && words === provision.text;
		return same ? provision : { ...provision, heading, text: words };
	});
	return { text, dangling };
}

/**
 * The provision in which words stood before: of joined ones it depends on how far in they stand; of split ones it is the one
 * that was; new words speak from what they were put into.
 */
function holderOf(
	part: 'heading' | 'text',
	{ id, parent }: DraftProvision,
	before: readonly DraftProvision[],
	{ text, merged, cut }: Change,
): (start: number) => string {
	const stood = cut?.into === id ? cut.from : id;
	const own = before.find((provision) => provision.id === stood);
	const holder = own ? own.id : parent === null ? '' : (text[parent]?.id ?? '');
	const first = (own?.[part] ?? '').trimEnd().length;
	return (start) => (merged?.into === id && start >= first ? merged.gone : holder);
}

function rewritten(words: string, say: (mention: Mention) => string | null): string {
	let made = '';
	let from = 0;
	for (const mention of mentions(words)) {
		made += words.slice(from, mention.start) + (say(mention) ?? words.slice(mention.start, mention.end));
		from = mention.end;
	}
	return made + words.slice(from);
}
