import type { Key, Speech } from '#i18n/message.ts';
import type { Field, Schema } from '#kernel/field.ts';
import type { Parameters } from './asked.ts';

type Described = Pick<Field<never>, 'name' | 'schema' | 'meaning'>;

/** What the document is made of: the datasets, and the forms that are not a table. */
export interface Offered {
	readonly datasets: readonly {
		readonly noun: 'watch' | 'library' | 'law' | 'concordance';
		readonly name: string;
		readonly fields: readonly Described[];
		readonly filters: Parameters;
		readonly one?: { readonly fields: readonly Described[] };
	}[];
	readonly formats: Readonly<Record<'json' | 'csv', Parameters>>;
	readonly geojson: Parameters;
	readonly atom: Parameters;
	readonly changes: Parameters;
	readonly graphml: Parameters;
	/** Of a clause that has a passage. */
	readonly having: readonly Described[];
}

/** The words that say what a field or parameter means. */
function fieldWords({ name, meaning }: Described): Key {
	return `data.field.${meaning ?? name}` as Key;
}
function parameterWords(name: string): Key {
	return `data.parameter.${name}` as Key;
}

/** The OpenAPI 3.1 document of the API, from the tables that the routes themselves use. */
export function openapi(offered: Offered, t: Speech, origin: string): Record<string, unknown> {
	const described = (parameters: Parameters) =>
		Object.entries(parameters).map(([name, { schema, required }]) => parameter(name, schema, required ?? false, t));
	const paths: Record<string, unknown> = {
		'/api/v1/openapi.json': path('describe', t.say('data.api.openapi'), [], {
			'200': {
				description: t.say('data.api.openapi'),
				content: { 'application/json': { schema: { type: 'object' } } },
			},
			...refusals(['default']),
		}),
	};
	const schemas: Record<string, unknown> = { ...FRAME };
	for (const { noun, name, fields, filters, one } of offered.datasets) {
		const summary = t.say(`data.set.${name}` as Key);
		schemas[name] = record(fields, t);
		const page = envelope(noun, { type: 'array', items: ref(name) }, { next: { type: ['string', 'null'] } });
		paths[`/api/v1/${noun}/${name}.json`] = path(
			`${name}_json`,
			summary,
			described({ ...offered.formats.json, ...filters }),
			answers('application/json', page, summary),
		);
		paths[`/api/v1/${noun}/${name}.csv`] = path(
			`${name}_csv`,
			summary,
			described({ ...offered.formats.csv, ...filters }),
			answers('text/csv', { type: 'string' }, summary),
		);
		if (!one) continue;
		schemas[`${name}_one`] = record(one.fields, t);
		paths[`/api/v1/${noun}/${name}/{id}.json`] = path(
			`${name}_one`,
			t.say('data.api.one'),
			[{ name: 'id', in: 'path', required: true, schema: { type: 'string' }, description: t.say('data.parameter.id') }],
			{
				...answers('application/json', envelope(noun, ref(`${name}_one`), {}), summary),
				'308': { description: t.say('data.api.moved') },
				'404': REFUSAL,
			},
		);
	}
	paths['/api/v1/watch/agencies.geojson'] = path(
		'agencies_geojson',
		t.say('data.set.geojson'),
		described(offered.geojson),
		answers('application/geo+json', COLLECTION, t.say('data.set.geojson')),
	);
	paths['/api/v1/watch/events.atom'] = path(
		'events_atom',
		t.say('data.set.atom'),
		described(offered.atom),
		answers('application/atom+xml', { type: 'string' }, t.say('data.set.atom')),
	);
	paths['/api/v1/library/changes.atom'] = path(
		'changes_atom',
		t.say('data.set.changes'),
		described(offered.changes),
		answers('application/atom+xml', { type: 'string' }, t.say('data.set.changes')),
	);
	paths['/api/v1/concordance/lineage.graphml'] = path(
		'lineage_graphml',
		t.say('data.set.graphml'),
		described(offered.graphml),
		answers('application/graphml+xml', { type: 'string' }, t.say('data.set.graphml')),
	);
	schemas.having = record(offered.having, t);
	paths['/api/v1/concordance/search'] = { post: asking(t) };
	return {
		openapi: '3.1.0',
		info: { title: 'City Compact', version: '1', description: t.say('data.api.about') },
		servers: [{ url: origin }],
		paths,
		components: { schemas },
	};
}

function path(operationId: string, summary: string, parameters: readonly object[], responses: object): object {
	return { get: { operationId, summary, parameters, responses } };
}

/** A passage is sent, and not a part of the address. */
function asking(t: Speech): object {
	const found = envelope(
		'concordance',
		{ type: 'array', items: ref('having') },
		{ left_out: { type: 'integer', minimum: 0 } },
	);
	const text = { type: 'string', description: t.say('data.parameter.text') };
	return {
		operationId: 'search',
		summary: t.say('data.set.having'),
		parameters: [],
		requestBody: {
			required: true,
			content: { 'application/json': { schema: { type: 'object', required: ['text'], properties: { text } } } },
		},
		responses: {
			'200': { description: t.say('data.set.having'), content: { 'application/json': { schema: found } } },
			...refusals(['400', 'default']),
		},
	};
}

function parameter(name: string, schema: Schema, required: boolean, t: Speech): object {
	return { name, in: 'query', required, schema, description: t.say(parameterWords(name)) };
}

/** What every address can answer. */
function answers(type: string, schema: Schema, description: string): Record<string, unknown> {
	return {
		'200': { description, content: { [type]: { schema } } },
		'304': { description: 'Nothing changed since the answer whose ETag you sent.' },
		...refusals(['400', 'default']),
	};
}

const REFUSAL = {
	description: 'A problem (RFC 9457); its detail says what to do.',
	content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/problem' } } },
};

function refusals(statuses: readonly string[]): Record<string, unknown> {
	return Object.fromEntries(statuses.map((status) => [status, REFUSAL]));
}

function ref(name: string): Schema {
	return { $ref: `#/components/schemas/${name}` };
}

/** Exactly these fields, each always there. */
function record(fields: readonly Described[], t: Speech): Schema {
	return {
		type: 'object',
		required: fields.map(({ name }) => name),
		additionalProperties: false,
		properties: Object.fromEntries(
			fields.map((field) => [field.name, { ...field.schema, description: t.say(fieldWords(field)) }]),
		),
	};
}

const HEAD = { as_of: ref('as_of'), source: ref('source'), sample: { type: 'boolean' } };

/** Of the watch it says as of which lists, of everything else as of which day. */
function envelope(noun: string, data: Schema, more: Readonly<Record<string, Schema>>): Schema {
	const head = noun === 'watch' ? HEAD : { ...HEAD, as_of: { type: 'string', format: 'date' } };
	return exactly({ ...head, data, ...more });
}

function exactly(properties: Readonly<Record<string, Schema>>): Schema {
	return { type: 'object', required: Object.keys(properties), additionalProperties: false, properties };
}

const INSTANT_OR_NULL = { type: ['string', 'null'], format: 'date-time' };
const FRAME = {
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
const POINT = exactly({
	type: { const: 'Point' },
	coordinates: { type: 'array', minItems: 2, maxItems: 2, items: { type: 'number' } },
});
const COLLECTION = exactly({
	type: { const: 'FeatureCollection' },
	...HEAD,
	features: {
		type: 'array',
		items: exactly({
			type: { const: 'Feature' },
			id: { type: 'string' },
			geometry: { oneOf: [POINT, { type: 'null' }] },
			properties: ref('agencies'),
		}),
	},
});
