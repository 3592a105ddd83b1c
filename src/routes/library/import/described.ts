import type { DraftField } from '#library/draft.ts';
import type { PlaceKind } from '#places/place.ts';

type FieldFault =
	| 'owner'
	| 'other'
	| 'place.empty'
	| 'place.none'
	| 'place.which'
	| 'day'
	| 'day.empty'
	| 'address'
	| 'title';

/** What is wrong with a form, by field. */
export type Described = Partial<Record<DraftField, FieldFault>>;

/** What a form is asked again. */
export interface Asked {
	readonly faults: Described;
	/** Places that what was typed may mean. */
	readonly found: readonly {
		readonly id: string;
		readonly name: string;
		readonly kind: PlaceKind;
		readonly around: string;
	}[];
}
