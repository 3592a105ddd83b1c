import type { Model } from './model.ts';
import type { Problem, ProblemCode } from './problem.ts';
import type { ListView } from './reading.ts';
import type { ReviewReason } from './review.ts';

/** A name under which a file was seen, and when it was first offered under it, ISO UTC. */
export interface Sighting {
	readonly name: string;
	readonly source: string;
	readonly seenAt: string;
}

/** A file with its names and the list of its kind before it. */
export interface FileView extends ListView {
	readonly names: readonly string[];
	/** ISO UTC. */
	readonly firstSeen: string;
	/** SHA-256 of the list of its kind before it that takes part; null where there is none, and for files that take no part. */
	readonly before: string | null;
	/** How much vanished unexplained, on a list that is held back for it. */
	readonly loss: { readonly rows: number; readonly of: number } | null;
	/** Whether there is a file to download: sample lists have none, and a refused one is not given away. */
	readonly downloadable: boolean;
}

/** One accepted list in numbers, duplicates left out. */
export interface FileFigures {
	readonly agreements: number;
	readonly duplicateRows: number;
	readonly byModel: Readonly<Record<Model, number>>;
	readonly agencies: number;
	readonly states: number;
}

export interface FileDetail {
	readonly file: FileView;
	/** Null where the list takes no part. */
	readonly figures: FileFigures | null;
	readonly problems: readonly Problem[];
	readonly sightings: readonly Sighting[];
	/** Lists of its kind before and after it that take part. */
	readonly neighbours: Readonly<Record<'before' | 'after', Neighbour | null>>;
	/** Standing events dated to it, what was there when watching began left out. */
	readonly events: number;
}

export interface Neighbour {
	readonly sha256: string;
	readonly modified: string;
}

/** What is open or odd, in numbers that name nobody. */
export interface Questions {
	readonly reasons: readonly { readonly reason: ReviewReason; readonly count: number }[];
	readonly codes: readonly { readonly code: ProblemCode; readonly count: number; readonly lists: number }[];
	readonly refused: readonly { readonly code: string; readonly count: number }[];
	readonly heldBack: number;
}
