import { OPERATOR } from '#access/actor.ts';
import { NotFound } from '#kernel/error.ts';
import { toRecords } from '#kernel/field.ts';
import { code, confirm, withdraw } from '#library/coding.server.ts';
import { CODING_STATES, POLARITIES, STRENGTHS } from '#library/protection.ts';
import { codings, EVERY_CODING } from '#library/protections.server.ts';
import { CODING_FIELDS } from '#library/record/coding.ts';
import { suggest } from '#library/taxonomy/suggest.ts';
import { protectionOf, TAXONOMY } from '#library/taxonomy/taxonomy.ts';
import type { World } from '#platform/world.ts';
import { type Option, Usage, type Verb } from './command.ts';
import { find } from './library-at.ts';
import { print, TABLE_OPTIONS } from './output.ts';

/** Codings that are printed at most; narrower questions get the rest. */
const MOST = 5_000;

const BY: Option = { value: 'NAME', summary: 'who does this, by name; another name has to confirm' };
const ID = { name: 'ID', summary: 'the id of a coding, from `library protections`' };
const EXAMPLE_ID = '6f1c2a9e-0000-4000-8000-000000000000';

const listing: Verb = {
	name: 'protections',
	summary: 'What people read in provisions: proposed, confirmed by a second person, or withdrawn',
	detail: ['Only confirmed codings are counted anywhere. docs/library/protections.md explains the codes.'],
	operands: [{ name: 'ADDRESS', summary: 'only this policy or version: its path below /library', optional: true }],
	options: {
		...TABLE_OPTIONS,
		code: { value: 'CODE', summary: 'only this protection: DET-WARRANT or D1' },
		state: { value: 'STATE', choices: CODING_STATES, summary: 'only those that stand so' },
	},
	examples: [
		{ command: 'library protections --state proposed', what: 'what waits for a second person' },
		{ command: 'library protections coalition/detainers --format json', what: 'one policy, every field' },
	],
	async run(args, io) {
		const world = await io.world();
		const [address] = args.operands;
		const state = CODING_STATES.find((one) => one === args.text('state')) ?? null;
		const within = address === undefined ? {} : await narrowed(address, world);
		const asked = { ...EVERY_CODING, ...within, code: codeIn(args.text('code')), state };
		const found = await world.db.as(OPERATOR, (tx) => codings(asked, MOST, tx));
		await print(toRecords(CODING_FIELDS, found), CODING_FIELDS, args, io);
	},
};

const proposing: Verb = {
	name: 'propose-protection',
	summary: 'Code words of a provision with a protection; a second person has to confirm it',
	detail: [
		'The words are taken exactly as the page of the provision shows them, without those of provisions inside it.',
	],
	operands: [{ name: 'ADDRESS', summary: 'the provision: its path below /library, with the day and the eId' }],
	options: {
		code: { value: 'CODE', summary: 'the protection: DET-WARRANT or D1' },
		words: { value: 'WORDS', summary: 'the words that say it' },
		polarity: { value: 'WORD', choices: POLARITIES, default: 'gives', summary: 'whether they give it or deny it' },
		strength: {
			value: 'WORD',
			choices: STRENGTHS,
			default: 'absolute',
			summary: 'without exception, with exceptions in the text, or as far as other law lets it',
		},
		note: { value: 'SENTENCE', summary: 'what the second person should know' },
		by: BY,
	},
	examples: [
		{
			command:
				'library propose-protection coalition/detainers/2026-11-26/sec_3 --code D1 --words "only with a judicial warrant" --by "Ana Reyes"',
			what: 'code one clause',
		},
	],
	async run(args, io) {
		const [address = ''] = args.operands;
		const [asked, words, by] = [args.text('code'), args.text('words'), args.text('by')];
		if (!asked || !words || !by) throw new Usage('Say the protection, its words and who codes: --code, --words, --by.');
		const world = await io.world();
		const { work, version, provision } = await find(address, world);
		if (!version || !provision)
			throw new NotFound(`${address} is no provision. Give the path of its page below /library.`);
		const coding = {
			eId: provision.eId,
			code: asked,
			words,
			polarity: POLARITIES.find((one) => one === args.text('polarity')) ?? 'gives',
			strength: STRENGTHS.find((one) => one === args.text('strength')) ?? 'absolute',
			note: args.text('note') ?? null,
		};
		const made = await world.db.as(OPERATOR, (tx) => code(work.id, version.id, coding, by, world, tx));
		await io.write(
			made.made ? `Proposed as ${made.id}. Somebody else confirms it.\n` : `It stands already as ${made.id}.\n`,
		);
	},
};

const confirming: Verb = {
	name: 'confirm-protection',
	summary: 'Agree with what another person coded; from then on it counts',
	operands: [ID],
	options: { by: BY },
	examples: [{ command: `library confirm-protection ${EXAMPLE_ID} --by "Ben Ode"`, what: 'confirm one coding' }],
	async run(args, io) {
		const by = args.text('by');
		if (!by) throw new Usage('Say who confirms: --by "…".');
		await confirm(args.operands[0] ?? '', by, await io.world());
		await io.write('It is confirmed, and counts.\n');
	},
};

const withdrawing: Verb = {
	name: 'withdraw-protection',
	summary: 'Take a coding back with the reason; it stays on record',
	operands: [ID],
	options: { reason: { value: 'SENTENCE', summary: 'why; it is shown beside the coding' }, by: BY },
	examples: [
		{
			command: `library withdraw-protection ${EXAMPLE_ID} --reason "The clause speaks of trespass." --by "Ben Ode"`,
			what: 'take one coding back',
		},
	],
	async run(args, io) {
		const [reason, by] = [args.text('reason'), args.text('by')];
		if (!reason || !by) throw new Usage('Say why and who withdraws: --reason "…" --by "…".');
		await withdraw(args.operands[0] ?? '', reason, by, await io.world());
		await io.write('It is withdrawn, and stays on record with the reason.\n');
	},
};

const suggesting: Verb = {
	name: 'suggest-protections',
	summary: 'Point to words of a version that a person may want to code; nothing is kept or counted',
	detail: ['A machine goes by the indicator phrases of the taxonomy alone. It does not know what the words say.'],
	operands: [{ name: 'ADDRESS', summary: 'the version: its path below /library, with the day' }],
	options: TABLE_OPTIONS,
	examples: [
		{ command: 'library suggest-protections coalition/detainers/2026-11-26', what: 'where to begin with one version' },
	],
	async run(args, io) {
		const world = await io.world();
		const { version } = await find(args.operands[0] ?? '', world);
		if (!version) throw new NotFound('Give the path of one version, with its day.');
		const rows = version.provisions.flatMap(({ eId, start, end }) =>
			suggest(version.text.slice(start, end), TAXONOMY).map(({ code, words }) => ({
				e_id: eId,
				code,
				short: protectionOf(code)?.short ?? null,
				words,
			})),
		);
		await print(rows, SUGGESTION_COLUMNS, args, io);
	},
};

const SUGGESTION_COLUMNS = [
	{ name: 'e_id', heading: 'Provision' },
	{ name: 'code', heading: 'Code' },
	{ name: 'short', heading: 'Short' },
	{ name: 'words', heading: 'Words' },
] as const;

/** What `citycompact library` can do with protections. */
export const PROTECTION_VERBS: readonly Verb[] = [listing, proposing, confirming, withdrawing, suggesting];

async function narrowed(address: string, world: Pick<World, 'db' | 'clock'>) {
	const { work, version } = await find(address, world);
	return version ? { work: work.id, expression: version.id } : { work: work.id };
}

function codeIn(asked: string | undefined): string | null {
	if (asked === undefined) return null;
	const found = protectionOf(asked);
	if (!found) throw new Usage(`${asked} is no protection. /library/protections names each.`);
	return found.code;
}
