import { COUNT, exactly, type Field, INSTANT, listOf, oneOf, orNull, TEXT } from '#kernel/field.ts';
import { asRead, conditionOf } from '../blank-words.ts';
import type { State } from '../draft.ts';
import type { Remark, Speaker } from '../remark/remark.ts';

/** A comment, in the state of the draft that it is read with. */
export interface RemarkView {
	readonly remark: Remark;
	readonly state: State;
}

export const SPEAKER = orNull(exactly({ seat: orNull(TEXT), name: orNull(TEXT), office: orNull(TEXT) }));
const REPLIES = listOf(exactly({ id: TEXT, by: SPEAKER, text: TEXT, at: INSTANT }));

export const REMARK_FIELDS: readonly Field<RemarkView>[] = [
	{ name: 'id', schema: TEXT, meaning: 'remark.id', heading: 'Id', of: ({ remark }) => remark.id },
	{
		name: 'room',
		schema: oneOf(['city', 'counsel']),
		meaning: 'remark.room',
		heading: 'Room',
		of: ({ remark }) => remark.room,
	},
	{
		name: 'label',
		schema: TEXT,
		meaning: 'remark.label',
		heading: 'No.',
		of: ({ remark: { room, nth } }) => (room === 'counsel' ? `C${nth}` : String(nth)),
	},
	{
		name: 'provision',
		schema: orNull(TEXT),
		meaning: 'remark.provision',
		heading: 'Provision',
		of: ({ remark }) => remark.place.provision,
	},
	{
		name: 'words_are',
		schema: oneOf(['same', 'changed', 'gone']),
		meaning: 'remark.words_are',
		of: ({ remark: { place } }) => (place.kind === 'gone' ? 'gone' : place.changed ? 'changed' : 'same'),
	},
	{
		name: 'quote',
		schema: orNull(TEXT),
		meaning: 'remark.quote',
		heading: 'On',
		of: ({ remark, state }) =>
			remark.quote === null
				? null
				: remark.quote
						.split('\n')
						.map((line) => asRead(conditionOf(line).words, state))
						.join('\n'),
	},
	{
		name: 'instead',
		schema: orNull(TEXT),
		meaning: 'remark.instead',
		heading: 'Instead',
		of: ({ remark: { suggested }, state }) => suggested && asRead(suggested.words, state),
	},
	{ name: 'text', schema: TEXT, meaning: 'remark.text', heading: 'Comment', of: ({ remark }) => remark.text },
	{ name: 'by', schema: SPEAKER, meaning: 'remark.by', of: ({ remark }) => speaker(remark.by) },
	{ name: 'at', schema: INSTANT, meaning: 'remark.at', of: ({ remark }) => remark.at.toISOString() },
	{
		name: 'replies',
		schema: REPLIES,
		meaning: 'remark.replies',
		of: ({ remark }) =>
			remark.replies.map(({ id, by, text, at }) => ({ id, by: speaker(by), text, at: at.toISOString() })),
	},
	{
		name: 'assigned',
		schema: SPEAKER,
		meaning: 'remark.assigned',
		of: ({ remark }) => remark.assigned && speaker(remark.assigned),
	},
	{
		name: 'resolved_at',
		schema: orNull(INSTANT),
		meaning: 'remark.resolved_at',
		heading: 'Resolved',
		of: ({ remark }) => remark.resolved?.at.toISOString() ?? null,
	},
	{
		name: 'resolved_by',
		schema: SPEAKER,
		meaning: 'remark.resolved_by',
		of: ({ remark }) => remark.resolved && speaker(remark.resolved.by),
	},
	{
		name: 'outcome',
		schema: orNull(oneOf(['resolved', 'taken', 'refused'])),
		meaning: 'remark.outcome',
		heading: 'Outcome',
		of: ({ remark }) => remark.resolved?.act ?? null,
	},
	{
		name: 'taken_in',
		schema: orNull(COUNT),
		meaning: 'remark.taken_in',
		of: ({ remark }) => remark.resolved?.edit ?? null,
	},
];

export function speaker({ seat, name, office }: Speaker) {
	return { seat, name, office };
}
