import { type Against, typedAgainst } from '#adoption/beside.ts';
import type { Parameter } from '../asked.ts';

/** A name that answers gave: of a change it has a colon, of a stage an underline. */
export const AFTER: Parameter<string> = {
	schema: { type: 'string', maxLength: 300 },
	takes: 'what next gave in the answer before',
	read: (text) => (text.length <= 300 ? text : null),
};

/** Name of a file. */
export const NAME: Parameter<string> = {
	schema: { type: 'string', maxLength: 200 },
	takes: 'the name of the file, at most 200 letters',
	read: (text) => (text.length <= 200 && text.isWellFormed() ? text : null),
};

/** What a marked file is drawn against. */
export const AGAINST: Parameter<Against> = {
	schema: { type: 'string', maxLength: 600 },
	takes: 'copied, newest, draft- and the number of an edit, or the address of a text below /library',
	read: (text) => (text.length <= 600 ? typedAgainst(text) : null),
};

/** An edit of a draft, by its number. */
export const AT: Parameter<number> = {
	schema: { type: 'integer', minimum: 1 },
	takes: 'the number of an edit, as edits.json has it',
	read: (text) => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : null),
};
