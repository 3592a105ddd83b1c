import { COUNT, DAY, exactly, type Field, listOf, oneOf, orNull, TEXT, TEXTS } from '#kernel/field.ts';
import { asRead, conditionOf } from '../blank-words.ts';
import type { State } from '../draft.ts';
import type { Offer } from '../newer.ts';

/** A change of a newer version that nobody decided on yet, in the state of the draft that it is offered to. */
export interface OfferView {
	readonly source: number;
	readonly version: { readonly id: string; readonly address: string; readonly day: string };
	readonly offer: Offer;
	readonly state: State;
}

const READING = orNull(exactly({ heading: orNull(TEXT), words: TEXT }));
const NUMBERS = orNull(listOf(exactly({ provision: TEXT, ours: orNull(TEXT), theirs: orNull(TEXT) })));

/** All readings of each: as it was copied, as the draft has it, as the newer version has it, and both together where they do not clash. */
export const OFFER_FIELDS: readonly Field<OfferView>[] = [
	{ name: 'source', schema: COUNT, meaning: 'offer.source', of: (o) => o.source },
	{ name: 'version', schema: TEXT, meaning: 'offer.version', of: (o) => o.version.id },
	{ name: 'address', schema: TEXT, meaning: 'offer.address', of: (o) => o.version.address },
	{ name: 'day', schema: DAY, meaning: 'offer.day', heading: 'Version', of: (o) => o.version.day },
	{ name: 'change', schema: TEXT, meaning: 'offer.change', of: (o) => o.offer.change },
	{
		name: 'take',
		schema: TEXT,
		meaning: 'offer.take',
		heading: 'Change',
		of: ({ source, offer }) => `${source}:${offer.change}`,
	},
	{
		name: 'kind',
		schema: oneOf(['changed', 'added', 'moved', 'renumbered', 'removed']),
		meaning: 'offer.kind',
		heading: 'What',
		of: (o) => o.offer.kind,
	},
	{
		name: 'provision',
		schema: orNull(TEXT),
		meaning: 'offer.provision',
		heading: 'Provision',
		of: ({ offer }) => (offer.kind === 'added' ? null : offer.provision),
	},
	{
		name: 'copied',
		schema: READING,
		meaning: 'offer.copied',
		of: ({ offer, state }) => ('base' in offer ? read(offer.base, state) : null),
	},
	{
		name: 'ours',
		schema: READING,
		meaning: 'offer.ours',
		of: ({ offer, state }) => ('ours' in offer ? read(offer.ours, state) : null),
	},
	{
		name: 'theirs',
		schema: READING,
		meaning: 'offer.theirs',
		of: ({ offer, state }) => ('theirs' in offer ? read(offer.theirs, state) : null),
	},
	{
		name: 'together',
		schema: READING,
		meaning: 'offer.together',
		of: ({ offer, state }) => (offer.kind === 'changed' && offer.merged ? read(offer.merged, state) : null),
	},
	{
		name: 'numbers',
		schema: NUMBERS,
		meaning: 'offer.numbers',
		of: ({ offer }) => (offer.kind === 'renumbered' ? offer.numbers : null),
	},
	{
		name: 'unnamed',
		schema: TEXTS,
		meaning: 'offer.unnamed',
		of: ({ offer }) => (offer.kind === 'changed' ? offer.unnamed : []),
	},
];

function read({ heading, text }: { readonly heading: string | null; readonly text: string }, state: State) {
	return {
		heading: heading === null ? null : asRead(heading, state),
		words: asRead(conditionOf(text).words, state),
	};
}
