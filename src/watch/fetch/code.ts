import type { Shape } from './page.ts';

/**
 * Everything that can come between us and the lists: a closed list, each documented in docs/watch/fetch.md with one
 * sentence in each language. `other` is a fault of ours, and must stay at 0.
 */
export const FETCH_CODES = [
	'page_shape',
	'not_a_workbook',
	'list_refused',
	'not_https',
	'host_refused',
	'inside',
	'redirect_refused',
	'redirect_loop',
	'http_status',
	'encoded',
	'too_large',
	'timeout',
	'unreachable',
	'other',
] as const;
export type FetchCode = (typeof FETCH_CODES)[number];

/** Why a fetch failed. `detail` fills the sentence: numbers and host names, never text of the other server. */
export interface Failed {
	readonly code: FetchCode;
	readonly detail: Readonly<Record<string, string | number>>;
}

type Told = Exclude<FetchCode, 'page_shape'> | `page_shape.${Shape}`;

/** The sentence of a failure: its key in the catalogue and what fills it. */
export function sentenceOf({ code, detail }: Failed): {
	readonly key: `fetch.${Told}`;
	readonly values: Failed['detail'];
} {
	return { key: code === 'page_shape' ? `fetch.page_shape.${detail.shape as Shape}` : `fetch.${code}`, values: detail };
}
