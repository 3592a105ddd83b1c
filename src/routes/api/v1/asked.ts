import { type Day, parseDay } from '#kernel/day.ts';
import { Invalid } from '#kernel/error.ts';
import { oneOf, type Schema } from '#kernel/field.ts';

/** One parameter of the API: what it takes, for the document and for whoever gave something else, and how it is read. */
export interface Parameter<T> {
	readonly schema: Schema;
	/** Ends the sentence "`state` takes ...". */
	readonly takes: string;
	/** Whether it may be given more than once. */
	readonly several?: true;
	/** Whether there is no answer without it. */
	readonly required?: true;
	/** Null for what it does not take. `all`: every text that was given, where there may be several. */
	read(text: string, all?: readonly string[]): T | null;
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

/** What was asked for; null for what was not. */
export type Asked<P extends Parameters> = {
	readonly [K in keyof P]: (P[K] extends Parameter<infer T> ? T : never) | null;
};

const LONGEST_Q = 100;
const LONGEST_PLACE = 250;
/** Names longer than ours are cut before they are said back. */
const SAID_BACK = 40;

/**
 * Reads a query by a table. Throws `Invalid`, with what is allowed, for a parameter that the table does not have, one
 * that is given twice and takes one value, and a value it does not take. An empty value is none.
 */
export function readQuery<P extends Parameters>(query: URLSearchParams, table: P): Asked<P> {
	const given = new Map<string, string[]>();
	for (const [name, value] of query) {
		if (!Object.hasOwn(table, name)) {
			throw new Invalid(
				`There is no parameter ${name.slice(0, SAID_BACK)} at this address. There ${are(Object.keys(table))}.`,
			);
		}
		if (given.has(name) && !table[name]?.several)
			throw new Invalid(`The parameter ${name} is given twice. Give it once.`);
		given.set(name, [...(given.get(name) ?? []), value.trim()]);
	}
	const entries = Object.entries(table).map(([name, parameter]) => {
		const texts = (given.get(name) ?? []).filter((text) => text !== '');
		const [text] = texts;
		if (text === undefined) {
			if (parameter.required) throw new Invalid(`Say ${name}: it takes ${parameter.takes}.`);
			return [name, null];
		}
		const value = parameter.read(text, texts);
		if (value === null) throw new Invalid(`${name} takes ${parameter.takes}.`);
		return [name, value];
	});
	return Object.fromEntries(entries) as Asked<P>;
}

function are(names: readonly string[]): string {
	return names.length === 0 ? 'are none' : `are: ${names.join(', ')}`;
}

export const WORDS: Parameter<string> = {
	schema: { type: 'string', maxLength: LONGEST_Q },
	takes: `words of an agency's name, a county or a state, at most ${LONGEST_Q} characters`,
	read: (text) => (text.length <= LONGEST_Q ? text : null),
};
export const STATE: Parameter<string> = {
	schema: { type: 'string', pattern: '^[A-Za-z]{2}$' },
	takes: 'a postal code of two letters, such as GA',
	read: (text) => (/^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : null),
};
export const DAY: Parameter<Day> = {
	schema: { type: 'string', format: 'date' },
	takes: 'a day as YYYY-MM-DD',
	read: parseDay,
};
export const ID: Parameter<string> = {
	schema: { type: 'string', pattern: '^[\\w-]{1,80}$' },
	takes: 'an id as the answers give it',
	read: (text) => (/^[\w-]{1,80}$/.test(text) ? text : null),
};
/** Path of a page below /library, or an id. */
export const LIBRARY_PAGE: Parameter<string> = {
	schema: { type: 'string', maxLength: LONGEST_PLACE },
	takes: 'an id as the answers give it, or the path of its page below /library',
	read: (text) => (/^[\w./-]+$/.test(text) && text.length <= LONGEST_PLACE ? text : null),
};
export const E_ID: Parameter<string> = {
	schema: { type: 'string', maxLength: LONGEST_PLACE },
	takes: 'the eId of a provision, such as sec_3__subsec_a',
	read: (text) => (text.length <= LONGEST_PLACE ? text : null),
};
export const PLACE: Parameter<string> = {
	schema: { type: 'string', maxLength: LONGEST_PLACE },
	takes: 'the end of the address of a place, such as tx/walker-county or tx/place/huntsville, or its OCD id',
	read: (text) => (text.length <= LONGEST_PLACE ? text : null),
};
export const SWITCH: Parameter<boolean> = {
	schema: oneOf(['0', '1']),
	takes: '0 or 1',
	read: (text) => (text === '1' ? true : text === '0' ? false : null),
};

export function choice<T extends string>(values: readonly T[]): Parameter<T> {
	return {
		schema: oneOf(values),
		takes: `one of ${values.join(', ')}`,
		read: (text) => values.find((value) => value === text) ?? null,
	};
}

/** The same, any number of times. */
export function several<T>(one: Parameter<T>): Parameter<readonly T[]> {
	return {
		schema: { type: 'array', items: one.schema },
		takes: `${one.takes}; it may be given several times`,
		several: true,
		read: (text, all = [text]) => {
			const values = all.map((each) => one.read(each));
			return values.every((value) => value !== null) ? (values as T[]) : null;
		},
	};
}

/** A whole number from 1. */
export function upTo(most: number): Parameter<number> {
	return {
		schema: { type: 'integer', minimum: 1, maximum: most },
		takes: `a whole number from 1 to ${most}`,
		read: (text) => (/^[1-9]\d{0,8}$/.test(text) && Number(text) <= most ? Number(text) : null),
	};
}
