import type { DraftProvision } from '../draft.ts';
import type { Place } from '../structure/outline.ts';

type Text = readonly DraftProvision[];

/**
 * Where in a draft a paragraph of a file may stand that comes behind a provision, the best first: after the nearest around that is
 * numbered like it, before what lies in the one before it, right after that, and after what that lies in.
 * @param behind null: before all
 */
export function landings(text: Text, behind: string | null, number: string | null): readonly Place[] {
	if (behind === null) return [{ first: null }, 'end'];
	const at = text.findIndex(({ id }) => id === behind);
	if (at < 0) return ['end'];
	const around: DraftProvision[] = [];
	for (let up: number | null = at; up !== null; up = text[up]?.parent ?? null) around.push(text[up] as DraftProvision);
	const inside = text.filter(({ parent }) => parent === at);
	const like = number === null ? undefined : around.find((one) => shapeOf(one.number) === shapeOf(number));
	const fits = inside.length > 0 && (number === null || shapeOf(inside[0]?.number ?? null) === shapeOf(number));
	return [
		...(fits ? [{ first: behind }] : []),
		...(like ? [{ after: like.id }] : []),
		...(inside.length > 0 ? [{ first: behind }] : []),
		...around.map(({ id }) => ({ after: id })),
		'end',
	];
}

/** The number that words of a paragraph begin with, up to a tab, and the words behind it. */
export function numberedWords(words: string): { readonly number: string | null; readonly words: string } {
	const [all, number] = /^\s*((?:\p{L}{3,12}\.? )?[§(]{0,2} ?[\p{L}\p{N}.-]{1,12}[).:]{0,2})\t\s*/u.exec(words) ?? [];
	// `Police⇥10` is a row of a table.
	if (all === undefined || number === undefined || !/[\d().§]/.test(number))
		return { number: null, words: words.trim() };
	return { number, words: words.slice(all.length).trim() };
}

/** `Section 12.` and `Section 3.` are numbered alike, `(a)` and `(c)` too. */
function shapeOf(number: string | null): string {
	return (number ?? '')
		.replaceAll(/\d+/g, '0')
		.replaceAll(/(?<![\p{L}])[a-z]{1,4}(?![\p{L}])/gu, 'a')
		.replaceAll(/(?<![\p{L}])[A-Z]{1,4}(?![\p{L}])/gu, 'A')
		.replaceAll(/\s+/g, ' ')
		.trim();
}
