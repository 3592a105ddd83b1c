import { type Day, parseDay } from './day.ts';
import { Invalid } from './error.ts';
import { DAY as DAY_SCHEMA, FLAG as FLAG_SCHEMA, oneOf, orNull, type Schema, TEXT } from './field.ts';

/** One field of what a program sends: what it takes, for the document and for whoever sent something else, and how it is read. */
export interface Part<T> {
	readonly schema: Schema;
	/** Ends the sentence "`words` takes ...". */
	readonly takes: string;
	readonly required?: true;
	/** Undefined for what it does not take. */
	read(value: unknown): T | undefined;
}
export type Parts = Readonly<Record<string, Part<unknown>>>;
type Read<P> = P extends Part<infer T> ? T : never;

/** What was sent: undefined for what was left out and may be. */
export type Sent<P extends Parts> = {
	readonly [K in keyof P]: P[K] extends { readonly required: true } ? Read<P[K]> : Read<P[K]> | undefined;
};

/** Names longer than ours are cut before they are said back. */
const SAID_BACK = 40;

/** Reads an object by a table. Throws `Invalid`, with what is allowed, for a field that the table does not have, one that is missing, and a value it does not take. */
export function readBody<P extends Parts>(sent: unknown, table: P): Sent<P> {
	if (typeof sent !== 'object' || sent === null || Array.isArray(sent))
		throw new Invalid(`Send a JSON object. ${fieldsOf(table)}`);
	for (const name of Object.keys(sent))
		if (!Object.hasOwn(table, name)) throw new Invalid(`There is no field ${plain(name)} here. ${fieldsOf(table)}`);
	const entries = Object.entries(table).map(([name, part]) => {
		const given: unknown = Object.hasOwn(sent, name) ? (sent as Record<string, unknown>)[name] : undefined;
		if (given === undefined) {
			if (part.required) throw new Invalid(`Send ${name}: it takes ${part.takes}.`);
			return [name, undefined];
		}
		const value = part.read(given);
		if (value === undefined) throw new Invalid(`${name} takes ${part.takes}.`);
		return [name, value];
	});
	return Object.fromEntries(entries) as Sent<P>;
}

/** JSON Schema of such an object. */
export function bodySchema(table: Parts): Schema {
	return {
		type: 'object',
		required: Object.entries(table).flatMap(([name, { required }]) => (required ? [name] : [])),
		additionalProperties: false,
		properties: Object.fromEntries(
			Object.entries(table).map(([name, { schema, takes }]) => [name, { ...schema, description: takes }]),
		),
	};
}

function fieldsOf(table: Parts): string {
	const names = Object.entries(table).map(([name, { required }]) => (required ? name : `${name} (may be left out)`));
	return `The fields are: ${names.join(', ')}.`;
}

function plain(name: string): string {
	return name.replaceAll(/[\p{C}\s]+/gu, ' ').slice(0, SAID_BACK);
}

/** The same field where nothing can be sent without it. */
export function needed<T>(part: Part<T>): Part<T> & { readonly required: true } {
	return { ...part, required: true };
}

/** Words; `about` says which. */
export function words(about: string, most: number): Part<string> {
	return {
		schema: { ...TEXT, maxLength: most },
		takes: `${about}, at most ${most} letters`,
		read: (value) =>
			// PostgreSQL keeps no NUL, and no halves of letters.
			typeof value === 'string' && value.length <= most && value.isWellFormed() && !value.includes('\0')
				? value
				: undefined,
	};
}

/** A name that answers gave. */
export function idOf(about: string): Part<string> {
	return { ...words(about, 300), takes: `${about}, as the answers give it` };
}

export function picked<T extends string>(values: readonly T[]): Part<T> {
	return {
		schema: oneOf(values),
		takes: values.length > 1 ? `one of ${values.join(', ')}` : String(values[0]),
		read: (value) => values.find((one) => one === value),
	};
}

export function whole(about: string, least: number, most: number): Part<number> {
	return {
		schema: { type: 'integer', minimum: least, maximum: most },
		takes: `${about}: a whole number from ${least} to ${most}`,
		read: (value) =>
			typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : undefined,
	};
}

export function flag(about: string): Part<boolean> {
	return {
		schema: FLAG_SCHEMA,
		takes: `true or false: ${about}`,
		read: (value) => (typeof value === 'boolean' ? value : undefined),
	};
}

export function aDay(about: string): Part<Day> {
	return {
		schema: DAY_SCHEMA,
		takes: `${about}, YYYY-MM-DD`,
		read: (value) => (typeof value === 'string' ? (parseDay(value) ?? undefined) : undefined),
	};
}

/** The same, or null, which says that there is none. */
export function orNone<T>(part: Part<T>): Part<T | null> {
	return {
		schema: orNull(part.schema),
		takes: `${part.takes}; null for none`,
		read: (value) => (value === null ? null : part.read(value)),
	};
}

/** Several of one kind, at least one unless there may be fewer. */
export function list<T>(about: string, one: Part<T>, most: number, least = 1): Part<readonly T[]> {
	return {
		schema: { type: 'array', items: one.schema, minItems: least, maxItems: most },
		takes: `${about}: a list of at most ${most}`,
		read: (value) => {
			if (!Array.isArray(value) || value.length < least || value.length > most) return undefined;
			const read = value.map((each) => one.read(each));
			return read.every((each) => each !== undefined) ? (read as T[]) : undefined;
		},
	};
}

/** An object of these fields. Of one that is wrong inside, `read` throws `Invalid`, which says what `about` takes there. */
export function fields<P extends Parts>(about: string, table: P): Part<Sent<P>> {
	return {
		schema: bodySchema(table),
		takes: `${about}: an object`,
		read: (value) => {
			if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
			try {
				return readBody(value, table);
			} catch (cause) {
				throw cause instanceof Invalid ? new Invalid(`In ${about}: ${cause.message}`) : cause;
			}
		},
	};
}

/** Values under names. */
export function named<T>(about: string, one: Part<T>, most: number): Part<Readonly<Record<string, T>>> {
	return {
		schema: { type: 'object', additionalProperties: one.schema, maxProperties: most },
		takes: `${about}: an object`,
		read: (value) => {
			if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
			const entries = Object.entries(value).map(([name, each]) => [name, one.read(each)] as const);
			const fits = entries.length <= most && entries.every(([, each]) => each !== undefined);
			return fits ? (Object.fromEntries(entries) as Record<string, T>) : undefined;
		},
	};
}
