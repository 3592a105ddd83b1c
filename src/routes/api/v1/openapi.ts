import type { Key, Speech } from '#i18n/message.ts';
import { exactly } from '#kernel/field.ts';
import { describedDrafts, type OfferedOfDrafts } from './adoption/described.ts';
import type { Parameters } from './asked.ts';
import {
	answers,
	type Described,
	described,
	envelope,
	FRAME,
	HEAD,
	REFUSAL,
	record,
	ref,
	refusals,
} from './openapi-parts.ts';

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
	readonly drafts: OfferedOfDrafts;
}

/** The OpenAPI 3.1 document of the API, from the tables that the routes themselves use. */
export function openapi(offered: Offered, t: Speech, origin: string): Record<string, unknown> {
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
			described({ ...offered.formats.json, ...filters }, t),
			answers('application/json', page, summary),
		);
		paths[`/api/v1/${noun}/${name}.csv`] = path(
			`${name}_csv`,
			summary,
			described({ ...offered.formats.csv, ...filters }, t),
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
		described(offered.geojson, t),
		answers('application/geo+json', COLLECTION, t.say('data.set.geojson')),
	);
	paths['/api/v1/watch/events.atom'] = path(
		'events_atom',
		t.say('data.set.atom'),
		described(offered.atom, t),
		answers('application/atom+xml', { type: 'string' }, t.say('data.set.atom')),
	);
	paths['/api/v1/library/changes.atom'] = path(
		'changes_atom',
		t.say('data.set.changes'),
		described(offered.changes, t),
		answers('application/atom+xml', { type: 'string' }, t.say('data.set.changes')),
	);
	paths['/api/v1/concordance/lineage.graphml'] = path(
		'lineage_graphml',
		t.say('data.set.graphml'),
		described(offered.graphml, t),
		answers('application/graphml+xml', { type: 'string' }, t.say('data.set.graphml')),
	);
	schemas.having = record(offered.having, t);
	paths['/api/v1/concordance/search'] = { post: asking(t) };
	const drafts = describedDrafts(offered.drafts, t);
	return {
		openapi: '3.1.0',
		info: { title: 'City Compact', version: '1', description: t.say('data.api.about') },
		servers: [{ url: origin }],
		paths: { ...paths, ...drafts.paths },
		components: {
			schemas: { ...schemas, ...drafts.schemas },
			securitySchemes: { key: { type: 'http', scheme: 'bearer', description: t.say('data.api.key') } },
		},
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
