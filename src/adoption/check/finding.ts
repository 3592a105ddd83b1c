import type { Day } from '#kernel/day.ts';

/** Something to look at before a draft is printed or recorded. None of it stands against doing so. */
export type Finding =
	/** Two articles beside each other, `the the City`, in so many provisions of which this is the first. */
	| { readonly what: 'doubled'; readonly provision: string; readonly words: string; readonly n: number }
	/** A number or a heading, and no words under it. */
	| { readonly what: 'empty'; readonly provision: string }
	/** A reference to what the draft has not: `section 99`. */
	| { readonly what: 'reference'; readonly provision: string; readonly words: string }
	/** It says that it takes effect on a day that is over. */
	| { readonly what: 'past'; readonly provision: string; readonly day: Day }
	/** It says that it takes effect before it is decided on. */
	| { readonly what: 'early'; readonly provision: string; readonly day: Day; readonly decided: Day }
	/** It says that it takes effect on another day than the stages have. */
	| { readonly what: 'unlike'; readonly provision: string; readonly day: Day; readonly inForce: Day }
	/** It lies with counsel since a day. */
	| { readonly what: 'counsel'; readonly day: Day }
	/** Comments nobody settled, and suggestions that nobody decided on. */
	| { readonly what: 'remarks' | 'suggestions'; readonly n: number };

/** More than anybody looks through before a meeting; a text of thousands of provisions could have them all. */
export const MOST_FINDINGS = 50;
