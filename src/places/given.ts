import type { Point } from './outline.ts';
import type { PlaceKind } from './place.ts';

/** A place as a source gives it, before it has an address. */
export interface Given {
	readonly kind: PlaceKind;
	readonly name: string;
	readonly stateCode: string;
	readonly geoid: string | null;
	readonly legacy: boolean;
	readonly at: Point | null;
	/** People who live there, where the source says so: of several of one name the largest goes by the bare name. */
	readonly population?: number;
	/** GEOIDs of the counties it lies in; of a legacy county, and of a region that took its place, the one of the other. */
	readonly counties: readonly string[];
	/** What comes before the kind word in its name: Abington of Abington township. Of states and counties the whole name. */
	readonly bare: string;
	/** Names that it may already stand under. */
	readonly alsoCalled?: readonly string[];
	/** Package or file. */
	readonly source: string;
	/** FUNCSTAT of the Census Bureau; null where the source does not say. */
	readonly status: string | null;
}
