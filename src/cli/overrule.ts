import { parseDay } from '#kernel/day.ts';
import type { Rebuilt } from '#watch/rebuild.server.ts';
import { type Decision, decisionOf, overrule, overrules, withdrawOverrule } from '#watch/ruling.server.ts';
import type { Wish } from '#watch/wish.ts';
import { type Args, Usage, type Verb } from './command.ts';
import type { Io } from './io.ts';
import { counted, print, TABLE_OPTIONS } from './output.ts';

/** What each kind of decision takes, in order; the last may repeat where it ends in an ellipsis. */
const KINDS: Readonly<Record<Decision['kind'], string>> = {
	alias: 'STATE NAME NAME…',
	split: 'STATE NAME NAME…',
	merge: 'AGREEMENT AGREEMENT',
	date: 'AGREEMENT DAY',
	county: 'STATE NAME COUNTY',
	release: 'LIST',
	removal: 'AGREEMENT',
};

export const overruling: Verb = {
	name: 'overrule',
	summary: 'Decide what the reading cannot: one body or two, a date, a county, a list held back',
	detail: [
		`Kinds and what they take: ${Object.entries(KINDS)
			.map(([kind, takes]) => `${kind} ${takes}`)
			.join(
				'; ',
			)}. STATE is the name on the list, NAME a name as printed, AGREEMENT an id from \`watch agreements\`, LIST a SHA-256 from \`watch lists\`.`,
		'alias: these names are one body. split: they are different bodies. merge: the rows of the first agreement are those of the second. release: a list that was held back takes part. removal: the agreement has left the list, no second list is waited for.',
		'A decision is kept with its reason, replayed at every import, and can be withdrawn with `watch withdraw`.',
	],
	operands: [
		{ name: 'KIND', summary: 'alias, split, merge, date, county, release or removal' },
		{ name: 'VALUE', summary: 'what the kind takes, in the order above', many: true },
	],
	options: {
		reason: { value: 'SENTENCE', summary: 'why; it is shown wherever the decision shows' },
		by: { value: 'NAME', summary: 'the office that decides', default: 'operator' },
	},
	examples: [
		{
			command: 'watch overrule release 3f5a… --reason "The agency confirmed the list by telephone."',
			what: 'let a list that was held back take part',
		},
		{
			command:
				'watch overrule split TEXAS "Walker County Sheriff\'s Office" "Waller County Sheriff\'s Office" --reason "Two counties."',
			what: 'keep two bodies apart',
		},
	],
	run: runOverrule,
};

export const withdrawing: Verb = {
	name: 'withdraw',
	summary: 'Take a decision back; the ledger is made again without it',
	operands: [{ name: 'ID', summary: 'the id of a decision, from `watch overrules`' }],
	examples: [{ command: 'watch withdraw 6f1c2a9e-0000-4000-8000-000000000000', what: 'take one decision back' }],
	async run(args, io) {
		const world = await io.world();
		await tell(await withdrawOverrule(args.operands[0] ?? '', world), io);
	},
};

export const listingOverrules: Verb = {
	name: 'overrules',
	summary: 'Every decision a person made over the reading, with its reason',
	options: TABLE_OPTIONS,
	examples: [{ command: 'watch overrules', what: 'the decisions on the screen' }],
	async run(args, io) {
		const rows = (await overrules(await io.world())).map(({ madeAt, withdrawnAt, ...ruling }) => ({
			...ruling,
			made_at: madeAt,
			withdrawn_at: withdrawnAt,
		}));
		await print(rows, OVERRULE_COLUMNS, args, io);
	},
};

const OVERRULE_COLUMNS = [
	{ name: 'id', heading: 'Id' },
	{ name: 'kind', heading: 'Kind' },
	{ name: 'subject', heading: 'About' },
	{ name: 'reason', heading: 'Reason' },
	{ name: 'author', heading: 'By' },
	{ name: 'made_at', heading: 'Made' },
	{ name: 'withdrawn_at', heading: 'Withdrawn' },
] as const;

async function runOverrule(args: Args, io: Io): Promise<void> {
	const [kind = '', ...values] = args.operands;
	const reason = args.text('reason');
	if (!reason) throw new Usage('Give the reason: --reason "…". It is shown wherever the decision shows.');
	const wish = wished(kind, values);
	const world = await io.world();
	const decision = await decisionOf(wish, reason, world);
	const { id, ledger } = await overrule(decision, args.text('by') ?? 'operator', world);
	await io.write(`Decision ${id} is kept.\n`);
	await tell(ledger, io);
}

function wished(kind: string, values: readonly string[]): Wish {
	const [first = '', second = '', third = ''] = values;
	const demand = (least: number, most = least): void => {
		if (values.length >= least && values.length <= most) return;
		throw new Usage(`\`overrule ${kind}\` takes ${KINDS[kind as Decision['kind']]}.`);
	};
	switch (kind) {
		case 'alias':
		case 'split':
			demand(3, Number.POSITIVE_INFINITY);
			return { kind, state: first, names: values.slice(1) };
		case 'merge':
			demand(2);
			return { kind, agreement: first, into: second };
		case 'date': {
			demand(2);
			const day = parseDay(second);
			if (!day) throw new Usage(`${second} is no day. Write it as YYYY-MM-DD.`);
			return { kind, agreement: first, day };
		}
		case 'county':
			demand(3);
			return { kind, state: first, agency: second, county: third };
		case 'release':
			demand(1);
			return { kind, sha256: first };
		case 'removal':
			demand(1);
			return { kind, agreement: first };
		default:
			throw new Usage(`${kind} is no kind of decision. There is: ${Object.keys(KINDS).join(', ')}.`);
	}
}

async function tell(ledger: Rebuilt, io: Io): Promise<void> {
	if (ledger.outcome === 'unchanged') return io.write('The ledger stands as it was.\n');
	const { added, changed, withdrawn } = ledger.events;
	await io.write(`Ledger made again: ${counted(added, 'event')} added, ${changed} changed, ${withdrawn} withdrawn.\n`);
}
