import { PROVISION_KINDS, type ProvisionKind } from '../provision.ts';

/** What the style of a paragraph that this library wrote says of its provision; docs/library/exports.md tells the names. */
export interface OwnStyle {
	readonly kind: ProvisionKind;
	/** 0 at the top. */
	readonly depth: number;
	/** Its words begin with a number, which ends at the first tab. */
	readonly numbered: boolean;
	/** Kinds of the provisions without words of their own that it opens, outermost first. */
	readonly opens: readonly ProvisionKind[];
	/** What its eId says where its number does not say the same; null: as the number says. */
	readonly sign: string | null;
}

/** Styles of what stands in a file of ours beside the text: shown, and left out when it is read again. */
export const TITLE_STYLE = 'Library title';
export const NOTICE_STYLE = 'Library notice';
/** Of the notice that additions are not marked: how the text read before is unknown. */
export const UNMARKED_STYLE = 'Library notice unmarked';
/** Of the line at the foot of a page that counts the pages. */
export const PAGE_STYLE = 'Library page number';

const NAMED = /^library (\d{1,2}) ([a-z]+)( numbered)?(?: in ([a-z+]+))?(?: as (\S+))?$/i;

/** The name of the style: `Library 2 subsection numbered`. */
export function styleName({ kind, depth, numbered, opens, sign }: OwnStyle): string {
	const inside = opens.length > 0 ? ` in ${opens.join('+')}` : '';
	return `Library ${depth} ${kind}${numbered ? ' numbered' : ''}${inside}${sign === null ? '' : ` as ${sign}`}`;
}

/** What a style name says; null where it is none of ours. */
export function ownStyle(name: string | null): OwnStyle | null {
	const [, depth, kind, numbered, opens, sign] = NAMED.exec(name ?? '') ?? [];
	const kinds = [...(opens?.split('+') ?? []), kind].map(kindOf);
	if (depth === undefined || kinds.some((found) => found === null)) return null;
	const known = kinds as ProvisionKind[];
	return {
		kind: known.at(-1) as ProvisionKind,
		depth: Number(depth),
		numbered: numbered !== undefined,
		opens: known.slice(0, -1),
		sign: sign ?? null,
	};
}

/** What a number says in an eId when nothing else is known: `Section 1.` and `(1)` say `1`, `§ 9-131.` says `9-131`. */
export function signOfNumber(number: string | null): string {
	const bare = (number ?? '').replace(/^[^\p{L}\p{N}]*\p{L}{3,}\.?\s+(?=\S)/u, '').replace(/^[^\p{L}\p{N}]+/u, '');
	return bare
		.normalize('NFD')
		.replaceAll(/[–—]/g, '-')
		.replaceAll(/[^A-Za-z0-9.-]/g, '')
		.replaceAll(/^[.-]+|[.-]+$/g, '');
}

/** The sign in an eId: of `sec_2__para_3_2` it is `3`, for the second of a number has the place behind it. */
export function signOfEId(eId: string): string {
	const own = eId.slice(eId.lastIndexOf('__') + (eId.includes('__') ? 2 : 0));
	return own.split('_')[1] ?? '';
}

function kindOf(name: string | undefined): ProvisionKind | null {
	return PROVISION_KINDS.find((kind) => kind === name?.toLowerCase()) ?? null;
}
