import { FINDING } from '#adoption/record/finding.ts';
import type { Key, Speech } from '#i18n/message.ts';
import { bodySchema, type Parts } from '#kernel/body.ts';
import { COUNT, DAY, exactly, FLAG, listOf, orNull, type Schema, TEXT, TEXTS } from '#kernel/field.ts';
import type { Parameters } from '../asked.ts';
import { type Described, described, FRAME, record, ref, refusals } from '../openapi-parts.ts';

/** What the document says of drafts is made of. */
export interface OfferedOfDrafts {
	readonly drafts: readonly Described[];
	readonly whole: readonly Described[];
	readonly looks: readonly { readonly name: string; readonly fields: readonly Described[] }[];
	readonly paged: Parameters;
	readonly at: Parameters;
	readonly file: Parameters;
	readonly begin: Parts;
	/** How a city counts its days. */
	readonly rules: { readonly fields: readonly Described[]; readonly takes: Parts };
	readonly deeds: readonly {
		readonly name: string;
		readonly what: string;
		readonly takes: Parts;
		readonly gives: Readonly<Record<string, Schema>>;
	}[];
	/** What a packet says. */
	readonly packet: readonly Described[];
	/** Of sending a Word file in. */
	readonly sent: { readonly type: string; readonly query: Parameters };
	/** Kinds of files, by media type. */
	readonly forms: readonly string[];
}

const KEY = [{ key: [] }];
const NEXT = { next: orNull(TEXT) };
const ROOT = '/api/v1/adoption/drafts';
const RULES = '/api/v1/adoption/rules';

/** The part of the document on drafts: every operation of it needs a key. */
export function describedDrafts(
	offered: OfferedOfDrafts,
	t: Speech,
): { readonly paths: Record<string, unknown>; readonly schemas: Record<string, unknown> } {
	const schemas: Record<string, unknown> = {
		drafts: record(offered.drafts, t),
		draft: record(offered.whole, t),
		draft_packet: record(offered.packet, t),
		draft_rules: record(offered.rules.fields, t),
		...Object.fromEntries(offered.looks.map(({ name, fields }) => [`draft_${name}`, record(fields, t)])),
	};
	const draft = pathParameter('draft', t);
	const paths: Record<string, unknown> = {
		[`${ROOT}.json`]: got('drafts', t.say('data.set.drafts'), described(offered.paged, t), page('drafts')),
		[`${RULES}.json`]: got('draft_rules', t.say('data.set.rules'), [], enveloped(COUNTING)),
		[RULES]: changed(
			'draft_rules_post',
			'Say how your city counts its days, for all its drafts: all that rules.json gives, changed; days that are planned stay',
			[],
			{ 'application/json': { schema: bodySchema(offered.rules.takes) } },
			['200', COUNTING],
		),
		[`${ROOT}/{draft}.json`]: got(
			'draft',
			t.say('data.set.draft'),
			[draft, ...described(offered.at, t)],
			enveloped({ law: TEXT, data: ref('draft') }),
		),
		[`${ROOT}/{draft}/packet.json`]: got(
			'draft_packet',
			t.say('data.set.packet'),
			[draft],
			enveloped({ said: FLAG, template: orNull(TEXT), open: TEXTS, check: listOf(FINDING), data: ref('draft_packet') }),
		),
		[`${ROOT}/{draft}/packet.docx`]: file(
			'draft_packet_file',
			t.say('data.set.packet_file'),
			[draft],
			[offered.sent.type],
		),
		[`${ROOT}/{draft}/file.{form}`]: file(
			'draft_file',
			t.say('data.set.draft_file'),
			[draft, pathParameter('form', t), ...described(offered.file, t)],
			offered.forms,
		),
	};
	for (const { name } of offered.looks)
		paths[`${ROOT}/{draft}/${name}.json`] = got(
			`draft_${name}`,
			t.say(`data.set.${name}` as Key),
			[draft, ...described(offered.paged, t)],
			page(`draft_${name}`),
		);
	paths[ROOT] = changed(
		'begin',
		'Begin a draft with a copy',
		[],
		{ 'application/json': { schema: bodySchema(offered.begin) } },
		['201', dataOf({ id: TEXT, seq: COUNT })],
	);
	for (const { name, what, takes, gives } of offered.deeds)
		paths[`${ROOT}/{draft}/${name}`] = changed(
			`draft_${name}_post`,
			what,
			[draft],
			{ 'application/json': { schema: bodySchema(takes) } },
			['200', dataOf(gives)],
		);
	paths[`${ROOT}/{draft}/suggestions`] = changed(
		'draft_send',
		'Send in a Word file that came back; the same file is taken in once',
		[draft, ...described(offered.sent.query, t)],
		{ [offered.sent.type]: { schema: { type: 'string', format: 'binary' } } },
		['201', dataOf({ upload: TEXT, suggestions: COUNT, unplaced: COUNT, problems: TEXTS })],
	);
	return { paths, schemas: { ...schemas, clash: CLASH } };
}

/** `said`: whether the city said so itself. */
const COUNTING = { said: FLAG, data: ref('draft_rules') };

const READING = orNull(TEXT);
/** A problem with how the same words read on each side. */
const CLASH: Schema = {
	...FRAME.problem,
	properties: {
		...FRAME.problem.properties,
		readings: listOf(exactly({ base: READING, draft: READING, wanted: READING })),
	},
};

function changed(
	operationId: string,
	summary: string,
	parameters: readonly object[],
	content: object,
	[status, gives]: readonly [status: string, gives: Readonly<Record<string, Schema>>],
): object {
	const answer = { 'application/json': { schema: enveloped(gives) } };
	const clash = {
		description: 'Others stand against it; where both sides changed the same words, with all readings.',
		content: { 'application/problem+json': { schema: ref('clash') } },
	};
	return {
		post: {
			...{ operationId, summary, security: KEY, parameters, requestBody: { required: true, content } },
			responses: {
				[status]: { description: summary, content: answer },
				...REFUSALS,
				...refusals(['413', '415']),
				'409': clash,
			},
		},
	};
}

/** 409: the rule of open meetings, or what others did meanwhile. */
const REFUSALS = refusals(['400', '401', '403', '404', '409', 'default']);

function file(operationId: string, summary: string, parameters: readonly object[], types: readonly string[]): object {
	const content = Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } }]));
	const responses = { '200': { description: summary, content }, ...REFUSALS };
	return { get: { operationId, summary, security: KEY, parameters, responses } };
}

function got(operationId: string, summary: string, parameters: readonly object[], schema: Schema): object {
	const responses = {
		'200': { description: summary, content: { 'application/json': { schema } } },
		...REFUSALS,
	};
	return { get: { operationId, summary, security: KEY, parameters, responses } };
}

function dataOf(gives: Readonly<Record<string, Schema>>): Readonly<Record<string, Schema>> {
	return { data: exactly(gives) };
}

function page(name: string): Schema {
	return enveloped({ data: listOf(ref(name)), ...NEXT });
}

function enveloped(more: Readonly<Record<string, Schema>>): Schema {
	return exactly({ as_of: DAY, source: ref('source'), sample: FLAG, ...more });
}

function pathParameter(name: 'draft' | 'form', t: Speech): object {
	return { name, in: 'path', required: true, schema: TEXT, description: t.say(`data.parameter.${name}`) };
}
