import { COUNT, DAY, exactly, type Field, FLAG, INSTANT, listOf, oneOf, orNull, TEXT, TEXTS } from '#kernel/field.ts';
import { INSTRUMENTS, TEXT_LANGUAGES } from '#library/policy.ts';
import { PROVISION_KINDS } from '#library/provision.ts';
import { asRead, conditionOf } from '../blank-words.ts';
import { placedBlanksOf } from '../counsel/question.ts';
import type { DraftLine, DraftProvision, Source, State } from '../draft.ts';

/** A draft in a line, with the name of who edited it last. */
export interface DraftView extends Omit<DraftLine, 'editedBy'> {
	readonly by: string | null;
}

export const DRAFT_FIELDS: readonly Field<DraftView>[] = [
	{ name: 'id', schema: TEXT, meaning: 'draft.id', heading: 'Id', of: (d) => d.id },
	{ name: 'title', schema: TEXT, meaning: 'draft.title', heading: 'Title', of: (d) => d.title },
	{ name: 'instrument', schema: oneOf(INSTRUMENTS), meaning: 'draft.instrument', of: (d) => d.instrument },
	{ name: 'language', schema: oneOf(TEXT_LANGUAGES), meaning: 'draft.language', of: (d) => d.language },
	{ name: 'seq', schema: COUNT, meaning: 'draft.seq', heading: 'Draft', align: 'right', of: (d) => d.seq },
	{
		name: 'edited_at',
		schema: INSTANT,
		meaning: 'draft.edited_at',
		heading: 'Edited',
		of: (d) => d.editedAt.toISOString(),
	},
	{ name: 'edited_by', schema: orNull(TEXT), meaning: 'draft.edited_by', heading: 'By', of: (d) => d.by },
	{ name: 'became', schema: orNull(TEXT), meaning: 'draft.became', heading: 'Became', of: (d) => d.became },
	{
		name: 'closed_at',
		schema: orNull(INSTANT),
		meaning: 'draft.closed_at',
		heading: 'Closed',
		of: (d) => d.closed?.toISOString() ?? null,
	},
	{ name: 'sample', schema: FLAG, meaning: 'draft.sample', of: (d) => d.sample },
];

/** A draft as it reads after an edit. */
export interface WholeView {
	readonly line: DraftView;
	readonly state: State;
}

const PROVISION = exactly({
	id: TEXT,
	kind: oneOf(PROVISION_KINDS),
	parent: orNull(COUNT),
	number: orNull(TEXT),
	heading: orNull(TEXT),
	words: TEXT,
	heading_with_blanks: orNull(TEXT),
	words_with_blanks: TEXT,
	stands: orNull(FLAG),
	since: COUNT,
	source: orNull(COUNT),
	e_id: orNull(TEXT),
});
const SOURCE = exactly({ source: COUNT, address: TEXT, title: TEXT, day: DAY, whole: FLAG, since: COUNT });
const CHOICE = exactly({ value: TEXT, label: TEXT });
export const BLANK_KINDS = ['text', 'choice', 'number', 'office', 'date', 'yes_no'] as const;
const BLANK = exactly({
	blank: TEXT,
	kind: oneOf(BLANK_KINDS),
	label: TEXT,
	help: TEXT,
	choices: listOf(CHOICE),
	answer: orNull(TEXT),
	needed: FLAG,
	provisions: TEXTS,
});

/** A draft whole: its provisions as they read, its blanks with what was answered, and what it was copied from. */
export const WHOLE_FIELDS: readonly Field<WholeView>[] = [
	...DRAFT_FIELDS.map(({ name, of, ...rest }) => ({
		...rest,
		name,
		// Of an earlier state its own number.
		of: ({ line, state }: WholeView) => (name === 'seq' ? state.seq : of(line)),
	})),
	{ name: 'latest', schema: COUNT, meaning: 'draft.latest', of: ({ line }) => line.seq },
	{ name: 'sources', schema: listOf(SOURCE), meaning: 'draft.sources', of: ({ state }) => state.sources.map(sourceOf) },
	{
		name: 'provisions',
		schema: listOf(PROVISION),
		meaning: 'draft.provisions',
		of: ({ state }) => state.provisions.map((one) => provisionOf(one, state)),
	},
	{ name: 'blanks', schema: listOf(BLANK), meaning: 'draft.blanks', of: ({ state }) => blanksOf(state) },
];

function sourceOf({ nth, address, title, day, whole, since }: Source) {
	return { source: nth, address, title, day, whole, since };
}

function provisionOf(one: DraftProvision, state: State) {
	const { condition, words } = conditionOf(one.text);
	const answer = condition ? (state.answers[condition.blank] ?? '') : '';
	return {
		...{ id: one.id, kind: one.kind, parent: one.parent, number: one.number },
		heading: one.heading === null ? null : asRead(one.heading, state),
		words: asRead(words, state),
		heading_with_blanks: one.heading,
		words_with_blanks: one.text,
		stands: condition ? (answer === '' ? null : answer === condition.on) : true,
		since: state.wordedAt.get(one.id) ?? 1,
		source: one.from?.source ?? null,
		e_id: one.from?.eId ?? null,
	};
}

function blanksOf(state: State) {
	const { language } = state.draft;
	return placedBlanksOf(state).map(({ blank, answer, leftOutBy, provisions }) => ({
		...{ blank: blank.id, kind: blank.kind, label: blank.label[language], help: blank.help[language] },
		choices: (blank.choices ?? []).map(({ value, label }) => ({ value, label: label[language] })),
		answer: answer || null,
		needed: leftOutBy.length === 0,
		provisions,
	}));
}
