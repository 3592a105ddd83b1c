import { dirname } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { walk } from '../laws/source.ts';
import { startSite } from './site.ts';

const site = await startSite();

type Schema = Record<string, unknown>;
interface Operation {
	readonly parameters: readonly { name: string; in: string; schema: Schema }[];
	readonly responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}
interface Document extends Record<string, unknown> {
	readonly paths: Record<string, { get?: Operation; post?: Operation }>;
	readonly components: { schemas: Record<string, Schema> };
}

const text = await (await fetch(`${site.origin}/api/v1/openapi.json`)).text();
const document = JSON.parse(text) as Document;
const operations = Object.entries(document.paths).flatMap(([path, { get }]) => (get ? [[path, get] as const] : []));

const FORMATS: Readonly<Record<string, RegExp>> = {
	date: /^\d{4}-\d\d-\d\d$/,
	'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
	uri: /^https?:\/\//,
};

/** What of a value its schema does not allow: the words of JSON Schema that the document uses, and no other. */
function faults(value: unknown, schema: Schema, at = '$'): string[] {
	if (typeof schema.$ref === 'string') {
		const name = schema.$ref.replace('#/components/schemas/', '');
		return faults(value, document.components.schemas[name] ?? { type: 'unknown schema' }, at);
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
		for (const [i, item] of value.entries()) found.push(...faults(item, (items ?? {}) as Schema, `${at}[${i}]`));
	} else if (kind === 'object') {
		const known = (properties ?? {}) as Record<string, Schema>;
		for (const name of (required ?? []) as string[])
			if (!(name in (value as object))) found.push(`${at}.${name} is missing`);
		for (const [name, inner] of Object.entries(value as object)) {
			const of = Object.hasOwn(known, name) ? known[name] : rest.additionalProperties;
			if (of === false) found.push(`${at}.${name} is not in the document`);
			else if (of) found.push(...faults(inner, of as Schema, `${at}.${name}`));
		}
	}
	if (Array.isArray(oneOf) && oneOf.filter((choice) => faults(value, choice).length === 0).length !== 1) {
		found.push(`${at} is none of its choices`);
	}
	return found;
}

/** A value that a parameter takes. */
async function example({ name, schema }: Operation['parameters'][number]): Promise<string> {
	if (Array.isArray(schema.enum)) return String(schema.enum[0]);
	if (schema.type === 'integer') return '2';
	if (schema.format === 'date') return '2026-09-01';
	if (name === 'state') return 'ZZ';
	return name;
}

async function answered(path: string): Promise<{ status: string; type: string; body: string }> {
	const response = await fetch(site.origin + path, { redirect: 'manual' });
	return {
		status: String(response.status),
		type: (response.headers.get('content-type') ?? '').split(';')[0] ?? '',
		body: await response.text(),
	};
}

/** Holds an answer against what the document says of its address. */
function holds(operation: Operation, { status, type, body }: Awaited<ReturnType<typeof answered>>, what: string): void {
	const said = operation.responses[status] ?? operation.responses.default;
	expect(said, `${what} answers ${status}`).toBeDefined();
	const content = said?.content?.[type];
	expect(Object.keys(said?.content ?? {}), `${what} answers ${type}`).toContain(type);
	if (content && /json$/.test(type)) expect(faults(JSON.parse(body), content.schema), what).toEqual([]);
}

test('the document is one of OpenAPI 3.1', async () => {
	const validator = new Validator();
	const { valid, errors } = await validator.validate(JSON.parse(text));
	expect(errors).toBeUndefined();
	expect([valid, validator.version]).toEqual([true, '3.1']);
});

test('every route is in the document, and nothing else is', () => {
	const routes = [...walk('src/routes/api')].filter((path) => path.endsWith('/+server.ts'));
	const patterns = routes.map((path) => dirname(path).replace('src/routes', ''));
	const matching = (pattern: string) =>
		new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll(/\[\w+\]/g, '[\\w{}]+')}$`);
	const told = Object.keys(document.paths);
	for (const pattern of patterns) {
		expect(
			told.some((path) => matching(pattern).test(path)),
			pattern,
		).toBe(true);
	}
	for (const path of told)
		expect(
			patterns.some((pattern) => matching(pattern).test(path)),
			path,
		).toBe(true);
});

test('a schema that does not fit is noticed', () => {
	expect(
		faults({ a: 1 }, { type: 'object', required: ['b'], additionalProperties: false, properties: {} }),
	).toHaveLength(2);
	expect(faults(null, { type: 'string' })).toHaveLength(1);
	expect(faults('x', { type: ['string', 'null'], enum: ['y', null] })).toHaveLength(1);
});

describe.each(operations.filter(([path]) => !path.includes('{')))('%s', (path, operation) => {
	test('answers what the document says, plain and with each of its parameters', async () => {
		holds(operation, await answered(path), path);
		for (const parameter of operation.parameters) {
			const asked = `${path}?${parameter.name}=${await example(parameter)}`;
			holds(operation, await answered(asked), asked);
		}
	});

	test('refuses what the document does not name', async () => {
		const refused = await answered(`${path}?nobody=1`);
		expect(refused.status).toBe('400');
		holds(operation, refused, path);
	});
});

test.each(operations.filter(([path]) => path.includes('{')))(
	'%s answers what the document says',
	async (path, operation) => {
		const list = path.replace('/{id}', '');
		const { data } = (await (await fetch(site.origin + list)).json()) as { data: { id: string }[] };
		for (const id of [...data.slice(0, 5).map((record) => record.id), '0000']) {
			holds(operation, await answered(path.replace('{id}', id)), `${path} ${id}`);
		}
	},
);

test.each(Object.entries(document.paths).flatMap(([path, { post }]) => (post ? [[path, post] as const] : [])))(
	'%s answers what is sent as the document says',
	async (path, operation) => {
		const sent = async (body: string) => {
			const headers = { 'content-type': 'application/json' };
			const response = await fetch(site.origin + path, { method: 'POST', headers, body });
			const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
			return { status: String(response.status), type, body: await response.text() };
		};
		const text =
			'No officer shall hold a person on a civil detainer unless a judge has signed a warrant for that person.';
		const answer = await sent(JSON.stringify({ text }));
		expect(answer.status).toBe('200');
		for (const one of [answer, await sent('{}'), await sent('no json'), await sent('{"text": "too short"}')])
			holds(operation, one, path);
		const asked = await fetch(site.origin + path);
		expect([asked.status, asked.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
	},
);
