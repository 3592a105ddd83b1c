import { addressIn } from '#i18n/language.ts';
import type { Speech } from '#i18n/message.ts';
import { holderName as named } from '#library/named.ts';
import type { Clause } from '#reuse/clause.ts';
import { pieceName } from '../library/shown.ts';

/** What a policy goes by: its number, else its title. */
export function policyName({ work }: Pick<Clause, 'work'>): string {
	return work.number ?? work.title;
}

/** Where in the text: `§ 9-131(b)`; null for a whole text. */
export function citedName({ cited, eId }: Pick<Clause, 'cited' | 'eId'>, t: Speech): string | null {
	return eId === '' ? null : (cited ?? pieceName(eId, t));
}

/** Whose it is; what is invented says so wherever it is named. */
export function holderName({ work }: Pick<Clause, 'work'>, t: Speech): string {
	return named(work, t.say('library.coalition'));
}

/** `New York City, NY, Local Law 58 of 2014, § 9-131(b)`. */
export function clauseName(clause: Clause, t: Speech): string {
	return [holderName(clause, t), policyName(clause), citedName(clause, t)].filter(Boolean).join(', ');
}

/** Address of the page of a clause, in the language of the page. */
export function clausePage({ address }: Pick<Clause, 'address'>, t: Speech): string {
	return addressIn(t.language, `/concordance/clause/${address}`);
}

/** A share in percent; what is not the whole is never called 100 %. */
export function shareName(share: number, t: Speech): string {
	return t.percent(share < 1 ? Math.min(share, 0.99) : 1);
}
