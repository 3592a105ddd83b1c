import { COUNT, DAY, exactly, type Field, FLAG, INSTANT, listOf, oneOf, orNull, TEXT } from '#kernel/field.ts';
import type { WordProblem } from '../word/revision.ts';
import type { Suggestion, Unplaced } from '../word/suggestion.ts';

/** A file that came back for a draft, with the name of who sent it in. */
export interface UploadView {
	readonly id: string;
	readonly name: string;
	readonly by: string | null;
	readonly at: Date;
	readonly seq: number;
	readonly unplaced: readonly Unplaced[];
	readonly problems: readonly WordProblem[];
	readonly suggestions: readonly Omit<SuggestionView, 'upload'>[];
}

/** Something that a file suggests, with the name of who decided on it. */
export interface SuggestionView extends Suggestion {
	readonly upload: Pick<UploadView, 'id' | 'name'>;
	readonly state: 'open' | 'taken' | 'refused';
	readonly by: string | null;
	readonly decidedAt: Date | null;
}

/** Letters of the id of a file by which its suggestions are called. */
const SHORT = 8;

/** `3f2a9c01:4`: what `take` and `keep` of the command line take. */
function suggestionName(upload: string, id: string): string {
	return `${upload.slice(0, SHORT)}:${id}`;
}

const UNPLACED = listOf(exactly({ why: TEXT, op: TEXT, text: TEXT, author: orNull(TEXT), day: orNull(DAY) }));
const PROBLEMS = listOf(exactly({ code: TEXT, detail: TEXT }));

export const UPLOAD_FIELDS: readonly Field<UploadView>[] = [
	{ name: 'id', schema: TEXT, meaning: 'upload.id', heading: 'File', of: (u) => u.id },
	{ name: 'name', schema: TEXT, meaning: 'upload.name', heading: 'Name', of: (u) => u.name },
	{ name: 'sent_by', schema: orNull(TEXT), meaning: 'upload.sent_by', heading: 'By', of: (u) => u.by },
	{ name: 'sent_at', schema: INSTANT, meaning: 'upload.sent_at', heading: 'When', of: (u) => u.at.toISOString() },
	{ name: 'seq', schema: COUNT, meaning: 'upload.seq', heading: 'Draft', align: 'right', of: (u) => u.seq },
	{
		name: 'open',
		schema: COUNT,
		meaning: 'upload.open',
		heading: 'Open',
		align: 'right',
		of: (u) => u.suggestions.filter(({ state }) => state === 'open').length,
	},
	{
		name: 'suggestions',
		schema: COUNT,
		meaning: 'upload.suggestions',
		heading: 'Of',
		align: 'right',
		of: (u) => u.suggestions.length,
	},
	{
		name: 'unplaced',
		schema: UNPLACED,
		meaning: 'upload.unplaced',
		of: (u) => u.unplaced.map(({ why, op, text, author, day }) => ({ why, op, text, author, day })),
	},
	{
		name: 'problems',
		schema: PROBLEMS,
		meaning: 'upload.problems',
		of: (u) => u.problems.map(({ code, detail }) => ({ code, detail })),
	},
];

export const SUGGESTION_FIELDS: readonly Field<SuggestionView>[] = [
	{ name: 'upload', schema: TEXT, meaning: 'suggestion.upload', of: (s) => s.upload.id },
	{ name: 'file', schema: TEXT, meaning: 'suggestion.file', of: (s) => s.upload.name },
	{ name: 'id', schema: TEXT, meaning: 'suggestion.id', of: (s) => s.id },
	{
		name: 'take',
		schema: TEXT,
		meaning: 'suggestion.take',
		heading: 'Change',
		of: (s) => suggestionName(s.upload.id, s.id),
	},
	{
		name: 'kind',
		schema: oneOf(['words', 'added', 'removed', 'moved', 'comment']),
		meaning: 'suggestion.kind',
		heading: 'What',
		of: (s) => s.kind,
	},
	{
		name: 'provision',
		schema: orNull(TEXT),
		meaning: 'suggestion.provision',
		heading: 'Provision',
		of: (s) => s.provision,
	},
	{ name: 'behind', schema: orNull(TEXT), meaning: 'suggestion.behind', of: (s) => s.behind },
	{ name: 'part', schema: orNull(oneOf(['number', 'heading', 'text'])), meaning: 'suggestion.part', of: (s) => s.part },
	{ name: 'before', schema: TEXT, meaning: 'suggestion.before', heading: 'Goes', of: (s) => s.before },
	{ name: 'after', schema: TEXT, meaning: 'suggestion.after', heading: 'Comes', of: (s) => s.after },
	{ name: 'author', schema: orNull(TEXT), meaning: 'suggestion.author', heading: 'Author', of: (s) => s.author },
	{ name: 'day', schema: orNull(DAY), meaning: 'suggestion.day', of: (s) => s.day },
	{ name: 'tracked', schema: FLAG, meaning: 'suggestion.tracked', of: (s) => s.tracked },
	{
		name: 'state',
		schema: oneOf(['open', 'taken', 'refused']),
		meaning: 'suggestion.state',
		heading: 'State',
		of: (s) => s.state,
	},
	{ name: 'decided_by', schema: orNull(TEXT), meaning: 'suggestion.decided_by', of: (s) => s.by },
	{
		name: 'decided_at',
		schema: orNull(INSTANT),
		meaning: 'suggestion.decided_at',
		of: (s) => s.decidedAt?.toISOString() ?? null,
	},
];
