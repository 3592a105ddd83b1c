import { redlined } from '#concordance/redline.ts';
import { sideBySide } from '#concordance/rows.ts';
import { type Summary, summarised } from '#concordance/summary.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/world.ts';
import type { Clause, ClauseKey } from '#reuse/clause.ts';
import { compared } from '#reuse/compared.server.ts';
import type { Compared } from '#reuse/compared.ts';
import type { Documented } from '#reuse/documented.ts';
import { type Descent, keeping } from '#reuse/lineage.ts';
import { toldOf } from '#reuse/told.server.ts';
import type { Beside, Column, Synopsis } from './synopsis.ts';

/** Texts side by side: a screen has no room for more, and a phone shows them below each other. */
const MOST_BESIDE = 6;
/** Texts that stand beside the one that is asked for, before anybody chose. */
const BESIDE_AT_FIRST = 3;
/** Characters of all of them: what is longer is no page that anybody reads. */
const MOST_LETTERS = 200_000;
/** The same of what nobody chose: whole laws beside each other are a page of 25 screens. */
const MOST_LETTERS_AT_FIRST = 24_000;

/** A lineage with what its page says beside it. */
export interface Told {
	readonly told: readonly Descent[];
	readonly documented: readonly Documented[];
	readonly compared: Compared;
}

/** The lineage of some clauses, of those that stand on the shelf. */
export async function lineageOf(keys: readonly ClauseKey[], day: Day, { language }: App.Locals, tx: Tx): Promise<Told> {
	return { ...(await toldOf(keys, day, language, tx)), compared: await compared(tx) };
}

/**
 * The clauses of a lineage that an address chooses to be laid side by side: `?base=` the one that the others are compared
 * with, `?with=` any of the others, each by its path below /library.
 * @param usual index in the lineage of the base that nobody chose
 * @returns `exact` where the address names nothing else
 */
export function besideOf(
	told: readonly Descent[],
	usual: number,
	params: URLSearchParams,
): { readonly beside: Beside | null; readonly exact: boolean } {
	const at = (address: string) => told.findIndex(({ clause }) => clause.address === address);
	const [asked, named] = [params.getAll('base').map(at), params.getAll('with').map(at)];
	const base = asked.find((n) => n >= 0) ?? usual;
	const chosen = [...new Set(named)].filter((n) => n >= 0 && n !== base).sort((one, other) => one - other);
	const known = [...asked, ...named].every((n) => n >= 0) && asked.length < 2 && named.length < MOST_BESIDE;
	const exact = known && [...params.keys()].every((name) => name === 'base' || name === 'with');
	const own = told[base];
	if (!own || told.length < 2) return { beside: null, exact };
	const keeps = keeping(own.clause.words);
	const others = chosen.length > 0 ? chosen : likest(own.clause, told, keeps);
	const shown = others.slice(0, MOST_BESIDE - 1);
	const columns = shown.flatMap((n) => {
		const one = told[n];
		return one ? [{ at: n, share: keeps(one.clause.words) }] : [];
	});
	return {
		beside: {
			base,
			columns,
			leftOut: others.length - shown.length,
			...laid(own.clause, columns, told, chosen.length > 0 ? MOST_LETTERS : MOST_LETTERS_AT_FIRST),
		},
		exact,
	};
}

/** Those that have most of the words of a clause, by rising day. */
function likest(own: Clause, told: readonly Descent[], keeps: (words: string) => number): readonly number[] {
	return told
		.map(({ clause }, at) => ({ at, share: clause === own ? -1 : keeps(clause.words) }))
		.filter(({ share }) => share >= 0)
		.sort((one, other) => other.share - one.share || one.at - other.at)
		.slice(0, BESIDE_AT_FIRST)
		.map(({ at }) => at)
		.sort((one, other) => one - other);
}

function laid(
	own: Clause,
	columns: readonly Column[],
	told: readonly Descent[],
	most: number,
): { readonly synopsis: Synopsis | null; readonly summaries: readonly (Summary | null)[] } {
	const words = [own.words, ...columns.map(({ at }) => told[at]?.clause.words ?? '')];
	const letters = words.reduce((sum, { length }) => sum + length, 0);
	const rows = letters > most ? null : sideBySide(words);
	if (!rows) return { synopsis: null, summaries: [] };
	return {
		synopsis: rows.map(({ cells: [base = null, ...cells] }) => ({
			base,
			cells: cells.map((cell) =>
				base === null && cell === null
					? null
					: (redlined(base ?? '', cell ?? '')?.flatMap(({ operations }) => operations) ?? null),
			),
		})),
		summaries: words.slice(1).map((other) => {
			const parts = redlined(own.words, other);
			return parts && summarised(parts);
		}),
	};
}
