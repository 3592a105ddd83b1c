import { COUNT, exactly, type Field, FLAG, listOf, orNull, TEXT, toRecord } from '#kernel/field.ts';
import type { Version, Work } from '../view.ts';
import { FACT_FIELDS, RELATION_FIELDS } from './fact.ts';
import { AMENDMENT_FIELDS, PROVISION_FIELDS } from './provision.ts';
import { VERSION_FIELDS } from './version.ts';
import { WORK_FIELDS } from './work.ts';

const BOTH = exactly({ en: TEXT, es: TEXT });
const CHOICES = listOf(exactly({ value: TEXT, label: BOTH }));
const BLANK = exactly({
	id: TEXT,
	kind: TEXT,
	label: BOTH,
	help: BOTH,
	choices: orNull(CHOICES),
	default: orNull(TEXT),
});
const PROBLEM = exactly({ code: TEXT, block: orNull(COUNT), detail: TEXT });

/** What a policy alone says beside its line. */
export const WORK_WHOLE_FIELDS: readonly Field<Work>[] = [
	...WORK_FIELDS,
	{ name: 'ask_counsel', schema: FLAG, meaning: 'work.ask_counsel', of: (w) => w.askCounsel },
	{ name: 'summary_en', schema: orNull(TEXT), meaning: 'work.summary_en', of: (w) => w.summary.en ?? null },
	{ name: 'summary_es', schema: orNull(TEXT), meaning: 'work.summary_es', of: (w) => w.summary.es ?? null },
	{
		name: 'blanks',
		schema: listOf(BLANK),
		meaning: 'work.blanks',
		of: (w) =>
			w.blanks.map(({ id, kind, label, help, choices, default: usual }) => ({
				id,
				kind,
				label: { en: label.en, es: label.es },
				help: { en: help.en, es: help.es },
				choices: choices?.map((one) => ({ value: one.value, label: { en: one.label.en, es: one.label.es } })) ?? null,
				default: usual,
			})),
	},
	{
		name: 'notes',
		schema: listOf(exactly({ e_id: TEXT, text: BOTH })),
		meaning: 'work.notes',
		of: (w) => w.notes.map(({ eId, text }) => ({ e_id: eId, text: { en: text.en, es: text.es } })),
	},
	nested('facts', FACT_FIELDS, (w: Work) => w.facts, 'work.facts'),
	nested('relations', RELATION_FIELDS, (w: Work) => w.relations, 'work.relations'),
	nested('versions', VERSION_FIELDS, (w: Work) => w.versions, 'work.versions'),
];

/** A version with its text and its provisions. */
export const VERSION_WHOLE_FIELDS: readonly Field<Version>[] = [
	...VERSION_FIELDS,
	{ name: 'text', schema: TEXT, meaning: 'version.text', of: (v) => v.text },
	nested('provisions', PROVISION_FIELDS, (v: Version) => v.provisions, 'version.provisions'),
	nested('amendments', AMENDMENT_FIELDS, (v: Version) => v.amendments, 'version.amendments'),
	{
		name: 'problems',
		schema: listOf(PROBLEM),
		meaning: 'version.problems',
		of: (v) => v.problems.map(({ code, block, detail }) => ({ code, block, detail })),
	},
	{ name: 'earlier', schema: orNull(TEXT), meaning: 'version.earlier', of: (v) => v.earlier?.address ?? null },
	{ name: 'later', schema: orNull(TEXT), meaning: 'version.later', of: (v) => v.later?.address ?? null },
];

function nested<Whole, Part>(
	name: string,
	fields: readonly Field<Part>[],
	parts: (whole: Whole) => readonly Part[],
	meaning: string,
): Field<Whole> {
	const items = exactly(Object.fromEntries(fields.map((field) => [field.name, field.schema])));
	return {
		name,
		schema: listOf(items),
		meaning,
		of: (whole) => parts(whole).map((part) => toRecord(fields, part)),
	};
}
