import type { PlacedBlank } from '#adoption/counsel/question.ts';
import { undotted } from '#adoption/structure/label.ts';
import type { Speech } from '#i18n/message.ts';
import type { ProvisionKind } from '#library/provision.ts';
import type { Blank } from '#library/view.ts';

/** A blank of a draft as a field of a form shows it. */
export interface BlankShown extends Blank, Pick<PlacedBlank, 'answer' | 'leftOutBy'> {
	/** In how many provisions it stands. */
	readonly places: number;
}

export function blankShown({ blank, answer, leftOutBy, provisions }: PlacedBlank): BlankShown {
	return { ...blank, answer, leftOutBy, places: provisions.length };
}

/** `Saved November 27, 2026, 14:20 UTC by Ana Reyes.` */
export function savedAt(at: Date, name: string | null, t: Speech): string {
	const when = moment(at, t);
	return name === null ? t.say('draft.saved', { when }) : t.say('draft.saved.by', { when, name });
}

/** `November 27, 2026, 14:20 UTC`. */
export function moment(at: Date, t: Speech): string {
	const iso = at.toISOString();
	return `${t.date(iso)}, ${t.time(iso)}`;
}

/** What a provision is called on its buttons: `Section 3(a)` by its numbers, else its kind, counted where there are several. */
export function nameOf(
	text: readonly { readonly number: string | null; readonly kind: ProvisionKind; readonly parent: number | null }[],
	at: number,
	t: Speech,
): string {
	const one = text[at];
	if (!one) return t.say('draft.piece');
	const above = one.parent === null ? null : nameOf(text, one.parent, t);
	const numbered = (one.number && undotted(one.number)) || null;
	if (numbered !== null)
		return above === null || /^§|\s|\p{L}{2}|\d\.\d/u.test(numbered)
			? numbered
			: `${above}${numbered.startsWith('(') ? '' : ' '}${numbered}`;
	const alike = text.flatMap(({ kind, parent }, n) => (kind === one.kind && parent === one.parent ? [n] : []));
	const kind = t.say(`bring.kind.${one.kind}`);
	const own = alike.length > 1 ? `${kind} ${alike.indexOf(at) + 1}` : kind;
	return above === null ? own : `${above}, ${own}`;
}

/** What each provision of a draft is called, by its id. */
export function namesOf(
	text: readonly (Parameters<typeof nameOf>[0][number] & { readonly id: string })[],
	t: Speech,
): ReadonlyMap<string, string> {
	return new Map(text.map(({ id }, at) => [id, nameOf(text, at, t)]));
}
