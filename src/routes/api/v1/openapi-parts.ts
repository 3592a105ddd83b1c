import type { Key, Speech } from '#i18n/message.ts';
import { exactly, type Field, type Schema } from '#kernel/field.ts';
import type { Parameters } from './asked.ts';

export type Described = Pick<Field<never>, 'name' | 'schema' | 'meaning'>;

/** The words that say what a field or parameter means. */
function fieldWords({ name, meaning }: Described): Key {
	return `data.field.${meaning ?? name}` as Key;
}
function parameterWords(name: string): Key {
	return `data.parameter.${name}` as Key;
}

/** Parameters of a query, as the routes read them. */
export function described(parameters: Parameters, t: Speech): object[] {
	return Object.entries(parameters).map(([name, { schema, required }]) =>
		parameter(name, schema, required ?? false, t),
	);
}

function parameter(name: string, schema: Schema, required: boolean, t: Speech): object {
	return { name, in: 'query', required, schema, description: t.say(parameterWords(name)) };
}

/** What every address can answer. */
export function answers(type: string, schema: Schema, description: string): Record<string, unknown> {
	return {
		'200': { description, content: { [type]: { schema } } },
		'304': { description: 'Nothing changed since the answer whose ETag you sent.' },
		...refusals(['400', 'default']),
	};
}

export const REFUSAL = {
	description: 'A problem (RFC 9457); its detail says what to do.',
	content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/problem' } } },
};

export function refusals(statuses: readonly string[]): Record<string, unknown> {
	return Object.fromEntries(statuses.map((status) => [status, REFUSAL]));
}

export function ref(name: string): Schema {
	return { $ref: `#/components/schemas/${name}` };
}

/** Exactly these fields, each always there. */
export function record(fields: readonly Described[], t: Speech): Schema {
	return exactly(
		Object.fromEntries(fields.map((field) => [field.name, { ...field.schema, description: t.say(fieldWords(field)) }])),
	);
}

export const HEAD = { as_of: ref('as_of'), source: ref('source'), sample: { type: 'boolean' } };

/** Of the watch it says as of which lists, of everything else as of which day. */
export function envelope(noun: string, data: Schema, more: Readonly<Record<string, Schema>>): Schema {
	const head = noun === 'watch' ? HEAD : { ...HEAD, as_of: { type: 'string', format: 'date' } };
	return exactly({ ...head, data, ...more });
}

const INSTANT_OR_NULL = { type: ['string', 'null'], format: 'date-time' };
export const FRAME = {
	as_of: exactly({ participating: INSTANT_OR_NULL, pending: INSTANT_OR_NULL }),
	source: exactly({
		name: { type: 'string' },
		address: { type: ['string', 'null'], format: 'uri' },
		licence: { type: 'string' },
	}),
	problem: {
		type: 'object',
		required: ['type', 'title', 'status', 'detail'],
		properties: {
			type: { type: 'string' },
			title: { type: 'string' },
			status: { type: 'integer' },
			detail: { type: 'string' },
			number: { type: 'string' },
		},
	},
};
