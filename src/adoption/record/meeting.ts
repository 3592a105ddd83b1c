import { COUNT, type Field, FLAG, INSTANT, orNull, TEXT } from '#kernel/field.ts';
import type { Meeting, Sitting } from '../remark/quorum.ts';

/** A member of the governing body, and the number by which a meeting is counted. */
export interface SittingView {
	readonly one: Sitting;
	readonly meeting: Pick<Meeting, 'number' | 'set'>;
}

export const MEETING_FIELDS: readonly Field<SittingView>[] = [
	{ name: 'seat', schema: TEXT, meaning: 'meeting.seat', heading: 'Seat', of: ({ one }) => one.seat },
	{ name: 'name', schema: orNull(TEXT), meaning: 'meeting.name', heading: 'Name', of: ({ one }) => one.name },
	{ name: 'office', schema: TEXT, meaning: 'meeting.office', heading: 'Office', of: ({ one }) => one.office },
	{
		name: 'since',
		schema: orNull(INSTANT),
		meaning: 'meeting.since',
		heading: 'Takes part since',
		of: ({ one }) => one.since?.toISOString() ?? null,
	},
	{
		name: 'allowed',
		schema: orNull(TEXT),
		meaning: 'meeting.allowed',
		heading: 'Allowed because',
		of: ({ one }) => one.reason,
	},
	{
		name: 'number',
		schema: COUNT,
		meaning: 'meeting.number',
		heading: 'Meeting',
		align: 'right',
		of: ({ meeting }) => meeting.number,
	},
	{ name: 'number_set', schema: FLAG, meaning: 'meeting.number_set', of: ({ meeting }) => meeting.set },
];
