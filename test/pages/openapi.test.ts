import { dirname } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { walk } from '../laws/source.ts';
import { answered, documentOf, example, faults, holds } from './described.ts';
import { startSite } from './site.ts';

const site = await startSite();

const { document, operations, text } = await documentOf(site.origin);
const PUBLIC = operations.filter(([path]) => !path.includes('/adoption/'));
const OF_DRAFTS = operations.filter(([path]) => path.includes('/adoption/'));

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

test.each(OF_DRAFTS)('%s is for whoever has a key', async (path, operation) => {
	const answer = await answered(site.origin + path.replaceAll(/\{\w+\}/g, 'none'));
	expect(answer.status).toBe('401');
	expect(operation.security).toEqual([{ key: [] }]);
	holds(document, operation, answer, path);
});

test('a schema that does not fit is noticed', () => {
	expect(
		faults(document, { a: 1 }, { type: 'object', required: ['b'], additionalProperties: false, properties: {} }),
	).toHaveLength(2);
	expect(faults(document, null, { type: 'string' })).toHaveLength(1);
	expect(faults(document, 'x', { type: ['string', 'null'], enum: ['y', null] })).toHaveLength(1);
});

describe.each(PUBLIC.filter(([path]) => !path.includes('{')))('%s', (path, operation) => {
	test('answers what the document says, plain and with each of its parameters', async () => {
		holds(document, operation, await answered(site.origin + path), path);
		for (const parameter of operation.parameters) {
			const asked = `${path}?${parameter.name}=${example(parameter)}`;
			holds(document, operation, await answered(site.origin + asked), asked);
		}
	});

	test('refuses what the document does not name', async () => {
		const refused = await answered(`${site.origin}${path}?nobody=1`);
		expect(refused.status).toBe('400');
		holds(document, operation, refused, path);
	});
});

test.each(PUBLIC.filter(([path]) => path.includes('{')))(
	'%s answers what the document says',
	async (path, operation) => {
		const list = path.replace('/{id}', '');
		const { data } = (await (await fetch(site.origin + list)).json()) as { data: { id: string }[] };
		for (const id of [...data.slice(0, 5).map((record) => record.id), '0000']) {
			holds(document, operation, await answered(site.origin + path.replace('{id}', id)), `${path} ${id}`);
		}
	},
);

test.each(
	Object.entries(document.paths).flatMap(([path, { post }]) =>
		post && !path.includes('/adoption/') ? [[path, post] as const] : [],
	),
)('%s answers what is sent as the document says', async (path, operation) => {
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
		holds(document, operation, one, path);
	const asked = await fetch(site.origin + path);
	expect([asked.status, asked.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
});
