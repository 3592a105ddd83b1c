import { expect } from 'vitest';

export type Schema = Record<string, unknown>;
export interface Operation {
	readonly security?: readonly object[];
	readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
	readonly parameters: readonly { name: string; in: string; schema: Schema }[];
	readonly responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}
export interface Document extends Record<string, unknown> {
	readonly paths: Record<string, { get?: Operation; post?: Operation }>;
	readonly components: { schemas: Record<string, Schema> };
}

/** The document of a running site, and what can be got by it. */
export async function documentOf(origin: string) {
	const text = await (await fetch(`${origin}/api/v1/openapi.json`)).text();
	const document = JSON.parse(text) as Document;
	const operations = Object.entries(document.paths).flatMap(([path, { get }]) => (get ? [[path, get] as const] : []));
	return { text, document, operations };
}

const FORMATS: Readonly<Record<string, RegExp>> = {
	date: /^\d{4}-\d\d-\d\d$/,
	'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
	uri: /^https?:\/\//,
};

/** What of a value its schema does not allow: the words of JSON Schema that the document uses, and no other. */
export function faults(document: Document, value: unknown, schema: Schema, at = '$'): string[] {
	if (typeof schema.$ref === 'string') {
		const name = schema.$ref.replace('#/components/schemas/', '');
		return faults(document, value, document.components.schemas[name] ?? { type: 'unknown schema' }, at);
	}
	const { type, enum: values, const: only, pattern, format, properties, required, items, oneOf, ...rest } = schema;
	const found: string[] = [];
	const kind =
		value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
	const types = [type ?? []].flat();
	if (types.length > 0 && !types.includes(kind) && !(kind === 'integer' && types.includes('number'))) {
		found.push(`${at} is ${kind}, not ${types}`);
	}
	if (Array.isArray(values) && !values.includes(value)) found.push(`${at} is ${value}, not one of ${values}`);
	if (only !== undefined && only !== value) found.push(`${at} is ${value}, not ${only}`);
	if (typeof value === 'string') {
		if (typeof pattern === 'string' && !new RegExp(pattern).test(value))
			found.push(`${at} is ${value}, not /${pattern}/`);
		if (typeof format === 'string' && !FORMATS[format]?.test(value)) found.push(`${at} is ${value}, not a ${format}`);
	}
	if (typeof value === 'number' && typeof rest.minimum === 'number' && value < rest.minimum)
		found.push(`${at} is ${value}`);
	if (Array.isArray(value)) {
		if (typeof rest.minItems === 'number' && value.length < rest.minItems) found.push(`${at} has too few`);
		for (const [i, item] of value.entries())
			found.push(...faults(document, item, (items ?? {}) as Schema, `${at}[${i}]`));
	} else if (kind === 'object') {
		const known = (properties ?? {}) as Record<string, Schema>;
		for (const name of (required ?? []) as string[])
			if (!(name in (value as object))) found.push(`${at}.${name} is missing`);
		for (const [name, inner] of Object.entries(value as object)) {
			const of = Object.hasOwn(known, name) ? known[name] : rest.additionalProperties;
			if (of === false) found.push(`${at}.${name} is not in the document`);
			else if (of) found.push(...faults(document, inner, of as Schema, `${at}.${name}`));
		}
	}
	if (Array.isArray(oneOf) && oneOf.filter((choice) => faults(document, value, choice).length === 0).length !== 1) {
		found.push(`${at} is none of its choices`);
	}
	return found;
}

/** A value that a parameter takes. */
export function example({ name, schema }: Operation['parameters'][number]): string {
	if (Array.isArray(schema.enum)) return String(schema.enum[0]);
	if (schema.type === 'integer') return '2';
	if (schema.format === 'date') return '2026-09-01';
	if (name === 'state') return 'ZZ';
	if (name === 'against') return 'newest';
	return name;
}

/** What an address answers. */
export async function answered(
	address: string,
	init: RequestInit = {},
): Promise<{ status: string; type: string; body: string }> {
	const response = await fetch(address, { redirect: 'manual', ...init });
	return {
		status: String(response.status),
		type: (response.headers.get('content-type') ?? '').split(';')[0] ?? '',
		body: await response.text(),
	};
}

/** Holds an answer against what the document says of its address. */
export function holds(
	document: Document,
	operation: Operation,
	{ status, type, body }: Awaited<ReturnType<typeof answered>>,
	what: string,
): void {
	const said = operation.responses[status] ?? operation.responses.default;
	expect(said, `${what} answers ${status}`).toBeDefined();
	const content = said?.content?.[type];
	expect(Object.keys(said?.content ?? {}), `${what} answers ${type}`).toContain(type);
	if (content && /json$/.test(type)) expect(faults(document, JSON.parse(body), content.schema), what).toEqual([]);
}
