import type { Day } from '#kernel/day.ts';

/** Longest reason: a paragraph. */
export const LONGEST_REASON = 2_000;
/** Longest name on a list has 90 letters. */
const LONGEST_NAME = 200;
/** Names of one body; the most renamed has six. */
const MOST_NAMES = 20;

/** A decision as a person wishes for it: agreements are named by their ids, bodies by their names as printed. */
export type Wish =
	| { readonly kind: 'alias' | 'split'; readonly state: string; readonly names: readonly string[] }
	| {
			/** The rows of `agreement` are those of `into`. */ readonly kind: 'merge';
			readonly agreement: string;
			readonly into: string;
	  }
	| { readonly kind: 'date'; readonly agreement: string; readonly day: Day }
	| { readonly kind: 'county'; readonly state: string; readonly agency: string; readonly county: string }
	| { readonly kind: 'release'; readonly sha256: string }
	| { readonly kind: 'removal'; readonly agreement: string };

/** What a form says; a field that a decision does not need is not looked at. */
export interface Wished {
	readonly kind: string;
	readonly state: string;
	/** Those that were ticked. */
	readonly names: readonly string[];
	/** One on each line. */
	readonly others: string;
	readonly agreement: string;
	/** Id or address of an agreement. */
	readonly into: string;
	/** Null where what was typed is no day. */
	readonly day: Day | null;
	readonly county: string;
	readonly sha256: string;
}
export type WishFault = 'kind' | 'names' | 'into' | 'same' | 'day' | 'county';

/** What a form wishes for, or what is wrong with it. */
export function readWish(said: Wished): Wish | { readonly fault: WishFault } {
	const { kind, state, agreement, sha256 } = said;
	switch (kind) {
		case 'alias':
		case 'split': {
			const names = [
				...new Set([...said.names, ...said.others.split(/\r?\n/)].map(line).filter((name) => name !== '')),
			];
			return names.length < 2 || names.length > MOST_NAMES ? { fault: 'names' } : { kind, state, names };
		}
		case 'merge': {
			const into = /([A-Za-z0-9._:-]+)\/?$/.exec(said.into.trim().replace(/[?#].*$/, ''))?.[1];
			if (into === undefined) return { fault: 'into' };
			return into === agreement ? { fault: 'same' } : { kind, agreement, into };
		}
		case 'date':
			return said.day === null ? { fault: 'day' } : { kind, agreement, day: said.day };
		case 'county': {
			const [agency = ''] = said.names;
			const county = line(said.county);
			return county === '' || agency === '' ? { fault: 'county' } : { kind, state, agency, county };
		}
		case 'release':
			return { kind, sha256 };
		case 'removal':
			return { kind, agreement };
		default:
			return { fault: 'kind' };
	}
}

/** On one line, as a list prints it. */
function line(text: string): string {
	return text
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim()
		.slice(0, LONGEST_NAME);
}
