import type { Called } from '#places/called.ts';
import type { DraftProvision } from '../draft.ts';

/**
 * Why it is not plain that a place in a text is to get another name. `another`: it seems to be a part of another name, as in Orange
 * County, Port Orange, Lincoln Street. `cited`: a law or a case, cited by number or parties. `word`: the name is a word of the text too.
 * `sort`: one of the two is a county or a township, and the other is none. `state`: the name of the other city's state.
 */
export type Doubt = 'another' | 'cited' | 'word' | 'sort' | 'state';

/** A place in a draft that names another city. */
export interface Naming {
	readonly provision: string;
	readonly part: 'heading' | 'text';
	/** Stretch [at, at + was.length) of that part, as the draft has it with its blanks. */
	readonly at: number;
	readonly was: string;
	/** What stands there once it names the draft's own city. */
	readonly now: string;
	/** OCD id of the place that it names. */
	readonly of: string;
	/** Null where it plainly is the city's name. */
	readonly doubt: Doubt | null;
}

/** A city whose words a draft has, or its own. */
export interface Named extends Called {
	readonly id: string;
	/** What its state is called. */
	readonly state: Called & { readonly id: string };
}

/** A provision as far as names stand in it. */
export type Worded = Pick<DraftProvision, 'id' | 'heading' | 'text'>;

/** What a form calls a place by: the same as long as the words of its provision stand. */
export function nameOfPlace({ provision, part, at }: Pick<Naming, 'provision' | 'part' | 'at'>): string {
	return `${provision}.${part}.${at}`;
}
