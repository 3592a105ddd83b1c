import { readFile } from 'node:fs/promises';
import { OPERATOR } from '#access/actor.ts';
import { type Day, dayAt, parseDay } from '#kernel/day.ts';
import { Invalid, NotFound } from '#kernel/error.ts';
import { toRecord, toRecords } from '#kernel/field.ts';
import { draftsIn } from '#law/draft.ts';
import { LAW_FIELDS, LAW_STATES } from '#law/record.ts';
import { lawDrafts, lawRecord } from '#law/records.server.ts';
import { addLaw, reviewLaw, withdrawLaw } from '#law/review.server.ts';
import { type Args, type Noun, type Option, Usage, type Verb } from './command.ts';
import { counted, print, TABLE_OPTIONS } from './output.ts';

const BY: Option = { value: 'NAME', summary: 'the editor who does this, by name' };
const ID = { name: 'ID', summary: 'the id of a record, from `law list`' };
const EXAMPLE_ID = '6f1c2a9e-0000-4000-8000-000000000000';
/** Bytes of a file of drafts that are read. */
const LARGEST_FILE = 20 * 1024 * 1024;

const listing: Verb = {
	name: 'list',
	summary: 'Every record with where it stands, drafts too; readers see reviewed ones alone',
	options: {
		...TABLE_OPTIONS,
		of: { value: 'CODE', summary: 'only the law of this state, by its postal code, or US' },
		state: { value: 'STATE', choices: LAW_STATES, summary: 'only those that stand so' },
	},
	examples: [
		{ command: 'law list --state unreviewed', what: 'what waits for an attorney' },
		{ command: 'law list --of TX --format json', what: 'one state, every field' },
	],
	async run(args, io) {
		const world = await io.world();
		const state = LAW_STATES.find((one) => one === args.text('state')) ?? null;
		const jurisdiction = args.text('of')?.toUpperCase() ?? null;
		const found = await lawDrafts({ jurisdiction, state, after: null }, OPERATOR, world);
		await print(toRecords(LAW_FIELDS, found), LAW_FIELDS, args, io);
	},
};

const showing: Verb = {
	name: 'show',
	summary: 'One record whole, with what only editors see',
	operands: [ID],
	examples: [{ command: `law show ${EXAMPLE_ID}`, what: 'read a draft before its review' }],
	async run(args, io) {
		const id = args.operands[0] ?? '';
		const found = await lawRecord(id, OPERATOR, await io.world());
		if (!found) throw new NotFound(`No record has the id ${id}. See \`citycompact law list\`.`);
		const { note, addedBy, addedAt } = found;
		const whole = { ...toRecord(LAW_FIELDS, found), note, added_by: addedBy, added_at: addedAt };
		for (const [name, value] of Object.entries(whole)) await io.write(`${name}: ${value ?? 'none'}\n`);
	},
};

const adding: Verb = {
	name: 'add',
	summary: 'Add a draft about the law of a state; it stays with the editors until an attorney reviewed it',
	operands: [{ name: 'CODE', summary: 'the state by its postal code, or US' }],
	options: {
		statement: { value: 'SENTENCE', summary: 'what the primary text says, in English' },
		'statement-es': { value: 'SENTENCE', summary: 'the same in Spanish' },
		citation: { value: 'CITATION', summary: 'where it is written' },
		address: { value: 'URL', summary: 'web address of the primary text; needed before the review' },
		'as-of': { value: 'DAY', summary: 'the day the law was looked at, YYYY-MM-DD; today where left out' },
		'review-due': { value: 'DAY', summary: 'the day it has to be looked at again, YYYY-MM-DD' },
		note: { value: 'TEXT', summary: 'for editors alone' },
		by: BY,
	},
	examples: [
		{
			command:
				'law add TX --statement "…" --citation "Tex. Gov\'t Code ch. 752" --address https://statutes.capitol.texas.gov/ --review-due 2027-03-01 --by "Ana Reyes"',
			what: 'add one draft',
		},
	],
	async run(args, io) {
		const [statement, citation, by] = [args.text('statement'), args.text('citation'), args.text('by')];
		if (!statement || !citation || !by)
			throw new Usage('Say what the law is, where it is written and who adds it: --statement, --citation, --by.');
		const world = await io.world();
		const reviewDue = dayIn(args, 'review-due');
		if (!reviewDue) throw new Usage('Say when it has to be looked at again: --review-due YYYY-MM-DD.');
		const draft = {
			jurisdiction: (args.operands[0] ?? '').toUpperCase(),
			statement: { en: statement, es: args.text('statement-es') ?? null },
			citation,
			address: args.text('address') ?? null,
			asOf: dayIn(args, 'as-of') ?? dayAt(world.clock.now()),
			reviewDue,
			note: args.text('note') ?? null,
			key: null,
		};
		const [id] = await addLaw([draft], by, world);
		await io.write(`Draft ${id} is kept. Readers see it once an attorney reviewed it.\n`);
	},
};

const importing: Verb = {
	name: 'import',
	summary: 'Take a file of notes on law in as drafts, which only editors see',
	detail: [
		'Takes JSON with `records`, as docs/law.md describes. Every entry becomes an unreviewed draft, whatever it says of itself; taking the same file in again changes nothing.',
	],
	operands: [{ name: 'FILE', summary: 'a JSON file of notes' }],
	options: { by: BY },
	examples: [{ command: 'law import law-facts.json --by "Ana Reyes"', what: 'raw material for editors' }],
	async run(args, io) {
		const by = args.text('by');
		if (!by) throw new Usage('Say who takes them in: --by "…".');
		const file = args.operands[0] ?? '';
		const found = draftsIn(parsed(await bytesOf(file), file));
		if (!found) throw new Invalid(`${file} has no list of records. docs/law.md tells the form.`);
		const made = await addLaw(found.drafts, by, await io.world());
		for (const { key, why } of found.left) io.say(`${key} is left out. ${why}`);
		const known = found.drafts.length - made.length;
		await io.write(`${counted(made.length, 'draft')} added, ${known} there already, ${found.left.length} left out.\n`);
	},
};

const reviewing: Verb = {
	name: 'review',
	summary: 'Record that a named attorney checked a draft against the primary text; it becomes public',
	operands: [ID],
	options: { attorney: { value: 'NAME', summary: 'the attorney by full name, with the office; shown to readers' } },
	examples: [{ command: `law review ${EXAMPLE_ID} --attorney "Eva Marsh, City Attorney"`, what: 'publish one record' }],
	async run(args, io) {
		await reviewLaw(args.operands[0] ?? '', args.text('attorney') ?? '', await io.world());
		await io.write('The record is public, under the name of the attorney.\n');
	},
};

const withdrawing: Verb = {
	name: 'withdraw',
	summary: 'Take a record back with the reason; what was public stays readable with it',
	operands: [ID],
	options: { reason: { value: 'SENTENCE', summary: 'why; shown beside the record' }, by: BY },
	examples: [
		{
			command: `law withdraw ${EXAMPLE_ID} --reason "The section was repealed." --by "Eva Marsh"`,
			what: 'take one record back',
		},
	],
	async run(args, io) {
		const [reason, by] = [args.text('reason'), args.text('by')];
		if (!reason || !by) throw new Usage('Say why and who withdraws: --reason "…" --by "…".');
		await withdrawLaw(args.operands[0] ?? '', reason, by, await io.world());
		await io.write('The record is withdrawn.\n');
	},
};

export const law: Noun = {
	name: 'law',
	summary: 'The law of the states about local limits, checked by named attorneys',
	detail: ['A machine never says what the law is. Drafts are for editors; docs/law.md tells how one becomes a record.'],
	verbs: [listing, showing, adding, importing, reviewing, withdrawing],
};

function dayIn(args: Args, option: string): Day | null {
	const said = args.text(option);
	if (said === undefined) return null;
	const day = parseDay(said);
	if (!day) throw new Usage(`${said} is no day. Write it as YYYY-MM-DD.`);
	return day;
}

async function bytesOf(file: string): Promise<Uint8Array> {
	const bytes = await readFile(file).catch(() => null);
	if (!bytes) throw new NotFound(`There is no file ${file} that can be read.`);
	if (bytes.length > LARGEST_FILE) throw new Invalid(`${file} is larger than 20 MB. Split it.`);
	return bytes;
}

function parsed(bytes: Uint8Array, file: string): unknown {
	try {
		return JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		throw new Invalid(`${file} is no JSON. docs/law.md tells the form.`);
	}
}
