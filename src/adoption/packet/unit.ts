import type { ProvisionKind } from '#library/provision.ts';

const DIVISIONS: readonly ProvisionKind[] = ['title', 'chapter', 'article', 'part'];

/** What a text is cited by: its sections; where it has none, as many in Spanish, its articles. */
export function unitOf(provisions: readonly { readonly kind: ProvisionKind }[]): 'section' | 'article' {
	return provisions.some(({ kind }) => kind === 'section') ? 'section' : 'article';
}

/** Whether a provision divides a text, as a chapter does, and is no unit of it. */
export function divides(kind: ProvisionKind, unit: 'section' | 'article'): boolean {
	return DIVISIONS.includes(kind) && kind !== unit;
}
