import type { Day } from '#kernel/day.ts';
import type { Model } from './model.ts';

/** An agreement as a list prints it: how a person points at a row without an id that older files could change. */
export interface Printed {
	/** Name of the state, in any case. */
	readonly state: string;
	readonly agency: string;
	readonly model: Model;
	readonly signed: Day | null;
}

interface Ruled {
	readonly id: string;
	/** Why, in a sentence; shown wherever the overrule shows. */
	readonly reason: string;
}

/** A person's word over the reading. It is data: replayed at every rebuild, withdrawn by leaving it out. */
export type Overrule = Ruled &
	(
		| {
				/** These printed names are one body. */ readonly kind: 'alias';
				readonly state: string;
				readonly names: readonly string[];
		  }
		| {
				/** These printed names are different bodies. */ readonly kind: 'split';
				readonly state: string;
				readonly names: readonly string[];
		  }
		| {
				/** Rows printed as `from` are the agreement printed as `into`. */ readonly kind: 'merge';
				readonly from: Printed;
				readonly into: Printed;
		  }
		| { /** Rows printed so were signed on `day`. */ readonly kind: 'date'; readonly row: Printed; readonly day: Day }
		| { readonly kind: 'county'; readonly state: string; readonly agency: string; readonly county: string }
		| { /** A quarantined list takes part. */ readonly kind: 'release'; readonly sha256: string }
		| {
				/** This agreement has left the list: no second list is waited for. */ readonly kind: 'removal';
				readonly row: Printed;
		  }
	);

/** A stored overrule, with who made it and when. */
export interface Ruling {
	readonly id: string;
	readonly kind: Overrule['kind'];
	readonly subject: object;
	readonly reason: string;
	readonly author: string;
	readonly madeAt: string;
	readonly withdrawnAt: string | null;
}
