import { COUNT, type Field, INSTANT, oneOf, orNull, TEXT, TEXTS } from '#kernel/field.ts';
import { type PlacedBlank, questionOf } from '../counsel/question.ts';
import type { Turn } from '../counsel/turn.ts';
import type { State } from '../draft.ts';
import type { Remark } from '../remark/remark.ts';
import { BLANK_KINDS } from './draft.ts';
import { SPEAKER, speaker } from './remark.ts';

/** An open blank, with the comment by which counsel was asked about it; null where nobody was. */
export interface QuestionView extends PlacedBlank {
	readonly asked: Pick<Remark, 'id' | 'assigned'> | null;
	readonly language: State['draft']['language'];
}

export const QUESTION_FIELDS: readonly Field<QuestionView>[] = [
	{ name: 'blank', schema: TEXT, meaning: 'question.blank', heading: 'Blank', of: ({ blank }) => blank.id },
	{
		name: 'kind',
		schema: oneOf(BLANK_KINDS),
		meaning: 'question.kind',
		heading: 'Kind',
		of: ({ blank }) => blank.kind,
	},
	{
		name: 'question',
		schema: TEXT,
		meaning: 'question.question',
		heading: 'Question',
		of: ({ blank, language }) => questionOf(blank, language),
	},
	{ name: 'provisions', schema: TEXTS, meaning: 'question.provisions', of: ({ provisions }) => provisions },
	{
		name: 'comment',
		schema: orNull(TEXT),
		meaning: 'question.comment',
		heading: 'Comment',
		of: ({ asked }) => asked?.id ?? null,
	},
	{
		name: 'waits_for',
		schema: SPEAKER,
		meaning: 'question.waits_for',
		of: ({ asked }) => (asked?.assigned ? speaker(asked.assigned) : null),
	},
];

export const TURN_FIELDS: readonly Field<Turn>[] = [
	{ name: 'nth', schema: COUNT, meaning: 'turn.nth', heading: 'No.', align: 'right', of: ({ nth }) => nth },
	{ name: 'act', schema: oneOf(['sent', 'returned']), meaning: 'turn.act', heading: 'What', of: ({ act }) => act },
	{ name: 'seq', schema: COUNT, meaning: 'turn.seq', heading: 'Draft', align: 'right', of: ({ seq }) => seq },
	{ name: 'at', schema: INSTANT, meaning: 'turn.at', heading: 'When', of: ({ at }) => at.toISOString() },
	{ name: 'to', schema: SPEAKER, meaning: 'turn.to', of: ({ to }) => to && speaker(to) },
	{ name: 'by', schema: SPEAKER, meaning: 'turn.by', of: ({ by }) => speaker(by) },
];
