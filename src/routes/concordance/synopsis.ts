import type { Operation } from '#concordance/redline.ts';
import type { Summary } from '#concordance/summary.ts';

/** A text that is compared with the base: its index in the lineage, and the share of the words of the base that stand in it. */
export interface Column {
	readonly at: number;
	readonly share: number;
}

/** Corresponding words of the base and the others, row by row; null where a text says nothing and the base neither. */
export type Synopsis = readonly {
	readonly base: string | null;
	readonly cells: readonly (readonly Operation[] | null)[];
}[];

/** Clauses of a lineage side by side. */
export interface Beside {
	/** Index in the lineage of the clause that the others are compared with. */
	readonly base: number;
	readonly columns: readonly Column[];
	/** Chosen ones for which there is no room. */
	readonly leftOut: number;
	/** Null: too long. */
	readonly synopsis: Synopsis | null;
	/** What each changed, in the order of the columns. */
	readonly summaries: readonly (Summary | null)[];
}
