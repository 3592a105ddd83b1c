import { oneLine } from '#kernel/one-line.ts';
import { NOTICE_STYLE, TITLE_STYLE, UNMARKED_STYLE } from '#library/read/own-style.ts';
import { before, type Item } from './item.ts';
import { noticesOf } from './ours.ts';
import type { Revised } from './revision.ts';

/**
 * What stands in a file of ours beside the text: its title by the style, notices by style and words. What somebody typed in the
 * style of a notice is none. Where another program took the styles away, they are what the file begins with by its words alone.
 * @param lines the provisions of the draft, a line each: one may read like the title, and is none
 */
export function headIn(
	items: readonly Item[],
	file: Pick<Revised, 'margin'>,
	lines: readonly string[],
	title: string | null,
): ReadonlySet<Item> {
	const own = items.filter(({ kind }) => kind === 'base');
	const isNotice = noticesOf(file);
	const wordsOf = ({ pieces }: Item) => oneLine(before(pieces));
	const styled = own.filter(
		(item) =>
			item.style === TITLE_STYLE ||
			item.style === UNMARKED_STYLE ||
			(item.style === NOTICE_STYLE && isNotice(wordsOf(item))),
	);
	if (title === null || styled.some(({ style }) => style === TITLE_STYLE)) return new Set(styled);
	const head = new Set(styled);
	const provisions = new Set(lines.map(oneLine));
	const bare = (item: Item) => styled.length === 0 && isNotice(wordsOf(item)) && !provisions.has(wordsOf(item));
	const reads = (words: string) => words === oneLine(title);
	let titles = own.filter((item) => reads(wordsOf(item))).length - lines.filter((line) => reads(oneLine(line))).length;
	for (const item of own) {
		if (titles > 0 && reads(wordsOf(item))) titles = 0;
		else if (!head.has(item) && !bare(item)) break;
		head.add(item);
	}
	const last = own.at(-1);
	if (last && head.size > 0 && bare(last)) head.add(last);
	return head;
}
