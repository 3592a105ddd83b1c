import { strToU8, zipSync } from 'fflate';
import { Unreadable } from '#kernel/unreadable.ts';
import { type Bare, bare, type Fault } from './bare.ts';
import type { Stripped } from './bare-part.ts';
import { BLOCK_FIELDS, type BlockField, FIELDS, type Field } from './field.ts';
import { type Story, storyOf } from './story.ts';

/** A city's template that packets can be made with. */
export interface Template extends Bare {
	/** What each part with words has, by its path. */
	readonly stories: ReadonlyMap<string, Story>;
}

/** What a template is like, for whoever sent it. */
export interface TemplateReport {
	readonly found: readonly Field[];
	/** Names in braces that are no fields: they stand in every packet as they are. */
	readonly unknown: readonly string[];
	/** What has no place in it and comes behind its end. */
	readonly homeless: readonly BlockField[];
	/** Whether it has enacting words of its own. */
	readonly enacts: boolean;
	/** Whether its words are for what a council passes. */
	readonly voted: boolean;
	readonly stripped: readonly Stripped[];
}

/** `BE IT ORDAINED`, `the Council ordains`, `SE ORDENA`, `be it resolved`, `se resuelve`. */
const ENACTS =
	/\b(?:be it (?:therefore )?(?:ordained|resolved|enacted)|ordains|(?:se|quede) (?:ordena|resuelve|decreta))\b/i;
/** What only the paper of a council says. `{ordinance number}` is a field of every paper. */
const VOTED =
	/(?<!\p{L})(?:ordinances?|ordained|resolved|council|commissioners|ordenanzas?|concejo|cabildo|resuelve)(?!\p{L})/iu;
/** A template has some twenty; filling one in takes as many steps for each. */
const MOST_FIELDS = 500;
/** Zip has no earlier day; one and the same makes the same packet the same bytes whenever it is made. */
const ZIP_DAY = new Date(1980, 0, 1);

/** Reads a template, or says everything that stands against its use. */
export function readTemplate(bytes: Uint8Array): Template | { readonly faults: readonly Fault[] } {
	const made = bare(bytes);
	if ('faults' in made) return made;
	const stories = new Map<string, Story>();
	const faults: Fault[] = [];
	try {
		for (const path of [made.main, ...made.margins]) {
			const story = storyOf(made.parts.get(path) as string, path);
			stories.set(path, story);
			const fields = story.blocks.length + story.lines.reduce((sum, one) => sum + one.fields.length, 0);
			if (fields + story.unknown.length > MOST_FIELDS) return { faults: [{ why: 'bomb', detail: '' }] };
			faults.push(...story.crowded.map((field): Fault => ({ why: 'crowded', detail: field })));
			if (path !== made.main)
				faults.push(...story.blocks.map(({ field }): Fault => ({ why: 'margin', detail: field })));
		}
	} catch (cause) {
		if (!(cause instanceof Unreadable)) throw cause;
		return { faults: [{ why: cause.code === 'too_large' ? 'bomb' : 'damaged', detail: '' }] };
	}
	const template = { ...made, stories };
	if (stories.get(made.main)?.end == null) faults.push({ why: 'damaged', detail: '' });
	else if (faults.length === 0 && fieldsOf(template).length === 0) faults.push({ why: 'no_fields', detail: 'text' });
	return faults.length > 0 ? { faults } : template;
}

/** A file that somebody calls a template, and whether it is to be kept. */
export interface Wanted {
	readonly bytes: Uint8Array;
	readonly keep: boolean;
}

/** A template, with the file that is kept of it where that was wanted; or what stands against its use. */
export type Reading =
	| { readonly template: Template; readonly file: Uint8Array | null }
	| { readonly faults: readonly Fault[] };

/** As `readTemplate`, for whom the work is done elsewhere. */
export function readWanted({ bytes, keep }: Wanted): Reading {
	const template = readTemplate(bytes);
	return 'faults' in template ? template : { template, file: keep ? packed(template.parts) : null };
}

/** What is to be said of a template. */
export function reportOf(template: Template): TemplateReport {
	const found = fieldsOf(template);
	const stories = [...template.stories.values()];
	const { words } = template.stories.get(template.main) ?? { words: '' };
	return {
		found,
		unknown: [...new Set(stories.flatMap(({ unknown }) => unknown))],
		homeless: BLOCK_FIELDS.filter((field) => !found.includes(field)),
		enacts: ENACTS.test(words),
		voted: VOTED.test(words.replaceAll(/\{[^{}]*\}/g, ' ')),
		stripped: template.stripped,
	};
}

/** The template as a file again, as it is kept. */
export function packed(parts: Bare['parts']): Uint8Array {
	const files = [...parts].map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part] as const);
	return zipSync(Object.fromEntries(files), { mtime: ZIP_DAY });
}

function fieldsOf({ stories }: Template): readonly Field[] {
	const found = new Set<Field>();
	for (const { lines, blocks } of stories.values()) {
		for (const { fields } of lines) for (const { field } of fields) found.add(field);
		for (const { field } of blocks) found.add(field);
	}
	return FIELDS.filter((field) => found.has(field));
}
