/** JSON Schema 2020-12 of a value, as OpenAPI 3.1 uses it. */
export type Schema = Readonly<Record<string, unknown>>;

/** One field of a dataset: the same in the API, the CSV, the command line and the documents, which are all made from it. */
export interface Field<View> {
	readonly name: string;
	readonly schema: Schema;
	/** Which words say what it means, where the same name means something else in another dataset; else its name. */
	readonly meaning?: string;
	/** Heading on a terminal; a field without one is left out there. */
	readonly heading?: string;
	readonly align?: 'right';
	readonly of: (view: View) => unknown;
}

/** A record as it is given out: plain values under the names of the fields, in their order. */
export type DataRecord = Readonly<Record<string, unknown>>;

export function toRecord<View>(fields: readonly Field<View>[], view: View): DataRecord {
	return Object.fromEntries(fields.map((field) => [field.name, field.of(view)]));
}

/** The records of a series of views, one at a time. */
export async function* toRecords<View>(
	fields: readonly Field<View>[],
	views: Iterable<View> | AsyncIterable<View>,
): AsyncGenerator<DataRecord> {
	for await (const view of views) yield toRecord(fields, view);
}

export const TEXT: Schema = { type: 'string' };
export const TEXTS: Schema = listOf(TEXT);
export const COUNT: Schema = { type: 'integer', minimum: 0 };
export const FLAG: Schema = { type: 'boolean' };
export const DAY: Schema = { type: 'string', format: 'date' };
export const INSTANT: Schema = { type: 'string', format: 'date-time' };
export const SHA256: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$' };
export const STATE_CODE: Schema = { type: 'string', pattern: '^[A-Z]{2}$' };

export function oneOf(values: readonly string[]): Schema {
	return { type: 'string', enum: values };
}

/** An object of exactly these fields, each always there. */
export function exactly(properties: Readonly<Record<string, Schema>>): Schema {
	return { type: 'object', required: Object.keys(properties), additionalProperties: false, properties };
}

export function listOf(items: Schema): Schema {
	return { type: 'array', items };
}

/** The same schema, or null. */
export function orNull(schema: Schema): Schema {
	const { type, enum: values, ...rest } = schema;
	return { type: [type, 'null'], ...(Array.isArray(values) ? { enum: [...values, null] } : {}), ...rest };
}
