/** What answers about reuse rest on. */
export interface Compared {
	/** Policies of which a version was compared with all others. */
	readonly policies: number;
	/** When the last was; null: none was. */
	readonly at: Date | null;
	/** Versions on the shelf that were not compared yet, or were read otherwise since. */
	readonly waiting: number;
}
