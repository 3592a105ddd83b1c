import type { WorkLine } from './view.ts';

/** Whose a policy is: a place by name and state, or `coalition`, the name of the coalition in words of the reader. */
export function ownerName({ place }: Pick<WorkLine, 'place'>, coalition: string): string {
	if (!place) return coalition;
	return place.kind === 'state' ? place.name : `${place.name}, ${place.stateCode}`;
}

/** The same where it is named among others: what is invented says so. */
export function holderName(work: Pick<WorkLine, 'place' | 'sample'>, coalition: string): string {
	return work.sample ? `SAMPLE ${ownerName(work, coalition)}` : ownerName(work, coalition);
}

/** Title of a policy with its number, where the title does not tell it already: `Chapter 9.40 City services` does. */
export function pageTitle({ title, number }: Pick<WorkLine, 'title' | 'number'>): string {
	const count = number?.split(' ').at(-1);
	return !number || (count && title.split(/[\s,:]+/).includes(count)) ? title : `${number}. ${title}`;
}
