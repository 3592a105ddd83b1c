import { speech } from '#i18n/message.ts';
import { exactly, oneOf, orNull, TEXT } from '#kernel/field.ts';
import type { Finding } from '../check/finding.ts';
import { sentenceOf } from '../check/said.ts';
import type { State } from '../draft.ts';
import { undotted } from '../structure/label.ts';

const KINDS = [
	'doubled',
	'empty',
	'reference',
	'past',
	'early',
	'unlike',
	'counsel',
	'remarks',
	'suggestions',
] as const satisfies readonly Finding['what'][];

/** Something to look at, for programs. */
export interface FindingView {
	readonly what: Finding['what'];
	/** Id of the provision that it is in; null for what is of the whole draft. */
	readonly provision: string | null;
	/** In a sentence of English. */
	readonly says: string;
}

export const FINDING = exactly({ what: oneOf(KINDS), provision: orNull(TEXT), says: TEXT });

/** A finding in a draft, as programs get it. */
export function findingView(finding: Finding, { provisions }: Pick<State, 'provisions'>): FindingView {
	const provision = 'provision' in finding ? finding.provision : null;
	const { number = null, heading = null } = provisions.find(({ id }) => id === provision) ?? {};
	const where = (number && undotted(number)) || heading || provision || '';
	return { what: finding.what, provision, says: sentenceOf(finding, where, speech('en')) };
}
