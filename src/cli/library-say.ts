import { OPERATOR, VISITOR } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import {
	addFact,
	addRelation,
	moveWork,
	type Statement,
	statements,
	withdraw,
	withdrawWork,
} from '#library/history.server.ts';
import { FACT_KINDS, RELATION_KINDS } from '#library/policy.ts';
import { type Args, type Option, Usage, type Verb } from './command.ts';
import { BY, day, POLICY, policyAt } from './library-at.ts';
import { print, TABLE_OPTIONS } from './output.ts';

const SOURCE: Option = { value: 'TEXT', summary: 'what says so, as people cite it: "Local Law 58 of 2014, section 4"' };
const SOURCE_ADDRESS: Option = { value: 'URL', summary: 'where that can be read' };
const REASON: Option = { value: 'SENTENCE', summary: 'why; it is shown wherever it was shown' };

export const facts: Verb = {
	name: 'facts',
	summary: 'Everything that was ever said of a policy: facts and relations, with their ids and sources',
	operands: [POLICY],
	options: TABLE_OPTIONS,
	examples: [{ command: 'library facts ny/place/new-york-city/local-law-58-of-2014', what: 'the facts on the screen' }],
	async run(args, io) {
		const world = await io.world();
		const { work } = await policyAt(args.operands[0] ?? '', world);
		await print(await world.db.as(VISITOR, (tx) => statements(work.id, tx)), STATEMENT_COLUMNS, args, io);
	},
};

export const fact: Verb = {
	name: 'fact',
	summary: 'Say what became of a policy on a day, with what says so',
	detail: [
		`Kinds: ${FACT_KINDS.join(', ')}. Whether a policy is in force on a day is worked out from its facts. A fact is never changed: withdraw the wrong one and say the right one.`,
	],
	operands: [POLICY, { name: 'KIND', summary: FACT_KINDS.join(', ') }, { name: 'DAY', summary: 'YYYY-MM-DD' }],
	options: {
		source: SOURCE,
		'source-address': SOURCE_ADDRESS,
		note: { value: 'TEXT', summary: 'what a reader should know beside it' },
		by: BY,
	},
	examples: [
		{
			command:
				'library fact ny/place/new-york-city/local-law-58-of-2014 in_force 2014-12-14 --source "Local Law 58 of 2014, section 4"',
			what: 'the day it came into force',
		},
	],
	async run(args, io) {
		const [address = '', text = '', when = ''] = args.operands;
		const kind = FACT_KINDS.find((one) => one === text);
		if (!kind) throw new Usage(`${text} is no kind of fact. Use one of: ${FACT_KINDS.join(', ')}.`);
		const on = day(when, 'DAY') as Day;
		const world = await io.world();
		const { work } = await policyAt(address, world);
		const said = {
			kind,
			day: on,
			source: args.text('source') ?? '',
			sourceAddress: args.text('source-address') ?? null,
			note: args.text('note') ?? null,
		};
		const id = await world.db.as(OPERATOR, (tx) => addFact(work.id, said, args.text('by') ?? '', world, tx));
		await io.write(`Fact ${id} is kept.\n`);
	},
};

export const relate: Verb = {
	name: 'relate',
	summary: 'Say how a policy stands to another, with what says so',
	detail: [
		`Kinds: ${RELATION_KINDS.join(', ')}. \`modelled_on\` and the others are said only where a source says so: never because the words are alike.`,
	],
	operands: [
		POLICY,
		{ name: 'KIND', summary: RELATION_KINDS.join(', ') },
		{ name: 'OTHER', summary: 'address of the other policy where it is on the shelf, else its name' },
	],
	options: { source: SOURCE, 'source-address': SOURCE_ADDRESS, by: BY },
	examples: [
		{
			command:
				'library relate ny/place/new-york-city/local-law-58-of-2014 amends "Administrative Code of the City of New York, title 9" --source "Local Law 58 of 2014, section 1"',
			what: 'what it amends',
		},
	],
	async run(args, io) {
		const [address = '', text = '', other = ''] = args.operands;
		const kind = RELATION_KINDS.find((one) => one === text);
		if (!kind) throw new Usage(`${text} is no kind of relation. Use one of: ${RELATION_KINDS.join(', ')}.`);
		const world = await io.world();
		const { work } = await policyAt(address, world);
		const said = {
			kind,
			other,
			source: args.text('source') ?? '',
			sourceAddress: args.text('source-address') ?? null,
		};
		const id = await world.db.as(OPERATOR, (tx) => addRelation(work.id, said, args.text('by') ?? '', world, tx));
		await io.write(`Relation ${id} is kept.\n`);
	},
};

export const withdrawing: Verb = {
	name: 'withdraw',
	summary: 'Take back a fact or a relation that was wrong; it stays on record with the reason',
	operands: [POLICY, { name: 'ID', summary: 'the id of a fact or relation, from `library facts`' }],
	options: { reason: REASON, by: BY },
	examples: [
		{
			command:
				'library withdraw coalition/detainers 6f1c2a9e-0000-4000-8000-000000000000 --reason "The day was that of the hearing."',
			what: 'take one fact back',
		},
	],
	async run(args, io) {
		const [address = '', id = ''] = args.operands;
		const reason = reasonIn(args);
		const world = await io.world();
		const { work } = await policyAt(address, world);
		await world.db.as(OPERATOR, (tx) => withdraw(work.id, id, reason, args.text('by') ?? '', world, tx));
		await io.write('It is withdrawn.\n');
	},
};

export const removing: Verb = {
	name: 'remove',
	summary: 'Take from the shelf a policy that should never have come in; its page stays and tells the reason',
	operands: [POLICY],
	options: { reason: REASON, by: BY },
	examples: [
		{
			command: 'library remove tx/place/lufkin/draft --reason "A draft that was never published."',
			what: 'one policy',
		},
	],
	async run(args, io) {
		const reason = reasonIn(args);
		const world = await io.world();
		const { work } = await policyAt(args.operands[0] ?? '', world);
		await world.db.as(OPERATOR, (tx) => withdrawWork(work.id, reason, args.text('by') ?? '', world, tx));
		await io.write(`${work.address} is taken from the shelf.\n`);
	},
};

export const moving: Verb = {
	name: 'move',
	summary: 'Give a policy another end of its address; the former one leads there for good',
	operands: [POLICY, { name: 'SLUG', summary: 'the new end: local-law-58-of-2014' }],
	examples: [{ command: 'library move ny/place/new-york-city/ll-58 local-law-58-of-2014', what: 'one policy' }],
	async run(args, io) {
		const [address = '', slug = ''] = args.operands;
		const world = await io.world();
		const { work } = await policyAt(address, world);
		const now = await world.db.as(OPERATOR, (tx) => moveWork(work.id, slug, world, tx));
		await io.write(`It is at ${now}; ${work.address} leads there.\n`);
	},
};

function reasonIn(args: Args): string {
	const reason = args.text('reason');
	if (!reason?.trim()) throw new Usage('Give the reason: --reason "…". It is shown wherever it was shown.');
	return reason;
}

const STATEMENT_COLUMNS: readonly { name: keyof Statement & string; heading?: string }[] = [
	{ name: 'day', heading: 'Day' },
	{ name: 'kind', heading: 'What' },
	{ name: 'other', heading: 'Other' },
	{ name: 'source', heading: 'Source' },
	{ name: 'id', heading: 'Id' },
	{ name: 'withdrawn_reason', heading: 'Withdrawn' },
	{ name: 'source_address' },
	{ name: 'note' },
	{ name: 'author' },
	{ name: 'at' },
	{ name: 'withdrawn_at' },
];
