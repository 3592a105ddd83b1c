import { drafts, LOOKS, lookAt, wholeDraft } from '#adoption/program/looks.server.ts';
import { DRAFT_FIELDS } from '#adoption/record/draft.ts';
import { NotFound } from '#kernel/error.ts';
import type { DataRecord } from '#kernel/field.ts';
import { lawSaid } from '#law/said.server.ts';
import { type Acting, acting, DRAFT, draftNamed, KEY_FILE, named, PROVISION, TELL_OPTIONS } from './adoption-key.ts';
import { type Args, Usage, type Verb } from './command.ts';
import type { Io } from './io.ts';
import { plain } from './library-import.ts';
import { counted, print, TABLE_OPTIONS } from './output.ts';
import { wordsMarked } from './redline-lines.ts';

const WIDEST_LINE = 100;
const FEWEST_LETTERS = 20;

export const listing: Verb = {
	name: 'list',
	summary: 'The drafts of your city, the one edited last first',
	options: { ...TABLE_OPTIONS, ...KEY_FILE },
	examples: [{ command: 'adoption list --key-file ~/.compact-key', what: 'what your city is drafting' }],
	async run(args, io) {
		const { actor, world } = await acting(args, io);
		await print(await drafts(actor, world), DRAFT_FIELDS, args, io);
	},
};

export const showing: Verb = {
	name: 'show',
	summary: 'A draft with the ids of its provisions and its blanks, or the words of one provision',
	operands: [DRAFT, { ...PROVISION, optional: true }],
	options: {
		at: { value: 'NUMBER', summary: 'as it read after this edit, from `adoption versions`' },
		...TELL_OPTIONS,
	},
	examples: [
		{ command: 'adoption show 3f2a9c01', what: 'the whole of it' },
		{ command: 'adoption show 3f2a9c01 p5d21 --at 4', what: 'one provision as it read after the fourth edit' },
	],
	async run(args, io) {
		const who = await acting(args, io);
		const id = await draftNamed(args.operands[0] ?? '', who);
		const at = numberIn(args, 'at') ?? null;
		const { record, state, stateCode } = await wholeDraft(id, at, who.actor, who.world);
		const provisions = record.provisions as readonly Provision[];
		const typed = args.operands[1];
		const wanted = typed === undefined ? null : provisionId(typed, provisions);
		const chosen = provisions.find((one) => one.id === wanted);
		if (args.text('format') === 'json') {
			await io.write(`${JSON.stringify(chosen ?? record, null, '\t')}\n`);
			return;
		}
		if (chosen) {
			await io.write(
				`${[chosen.number, chosen.heading, chosen.words]
					.filter(Boolean)
					.map((text) => plain(text ?? ''))
					.join('\n')}\n`,
			);
			return;
		}
		const lines = wholeLines(record, provisions, io.width ?? WIDEST_LINE);
		await io.write(`${[...lines, '', plain(await lawSaid(stateCode, state.draft.language, who.world))].join('\n')}\n`);
	},
};

/** A provision as `show` has it. */
interface Provision {
	readonly id: string;
	readonly parent: number | null;
	readonly number: string | null;
	readonly heading: string | null;
	readonly words: string;
	readonly stands: boolean | null;
}

/** The id of the provision that is named by it or its beginning. */
function provisionId(typed: string, provisions: readonly { readonly id: string }[]): string {
	return named(
		typed,
		provisions.map((one) => one.id),
		'provision of the draft',
		'`citycompact adoption show`',
	);
}

/** A draft as it reads now: the number of its last edit, and the id of the provision that is named by it or its beginning. */
export async function readNow(
	draft: string,
	{ actor, world }: Acting,
): Promise<{ readonly seq: number; provision(typed: string): string }> {
	const { state } = await wholeDraft(draft, null, actor, world);
	return { seq: state.seq, provision: (typed) => provisionId(typed, state.provisions) };
}

function wholeLines(record: DataRecord, provisions: readonly Provision[], width: number): string[] {
	const sources = record.sources as readonly { readonly source: number; readonly address: string }[];
	const blanks = record.blanks as readonly Blank[];
	const open = blanks.filter(({ answer, needed }) => answer === null && needed).length;
	const by = record.edited_by === null ? '' : ` by ${plain(String(record.edited_by))}`;
	return [
		`${record.sample ? 'SAMPLE. ' : ''}${plain(String(record.title))}`,
		`Draft ${record.seq}${record.seq === record.latest ? '' : ` of ${record.latest}`}, last edited ${String(record.edited_at).slice(0, 16).replace('T', ' ')} UTC${by}.`,
		...(record.became === null ? [] : [`Adopted: ${record.became}`]),
		...sources.map(({ source, address }) => `Source ${source}: ${address}`),
		'',
		...outline(provisions, width),
		'',
		`${counted(provisions.length, 'provision')}, ${counted(blanks.length, 'blank')}, ${open} open.`,
		...blanks.map(
			(one) =>
				`  ${one.blank} = ${one.answer === null ? `(${one.needed ? 'open' : 'not needed now'}: ${plain(one.label)}${takenBy(one)})` : plain(one.answer)}`,
		),
	];
}

interface Blank {
	readonly blank: string;
	readonly kind: string;
	readonly label: string;
	readonly choices: readonly { readonly value: string }[];
	readonly answer: string | null;
	/** False: it stands only in what another answer leaves out. */
	readonly needed: boolean;
}

/** What fills a blank that does not take any words. */
function takenBy({ kind, choices }: Blank): string {
	if (kind === 'choice') return `; one of ${choices.map(({ value }) => plain(value)).join(', ')}`;
	return { number: '; a number', date: '; a day', yes_no: '; yes or no' }[kind] ?? '';
}

/** The tree as lines: number, heading and the beginning of the words, and the id at the end. */
function outline(provisions: readonly Provision[], width: number): string[] {
	const depths: number[] = [];
	return provisions.map(({ id, parent, number, heading, words, stands }) => {
		const depth = parent === null ? 0 : (depths[parent] ?? 0) + 1;
		depths.push(depth);
		const line = `${'  '.repeat(depth)}${stands === false ? '(left out by an answer) ' : ''}${[number, heading, words].filter(Boolean).join(' ')}`;
		const room = Math.max(FEWEST_LETTERS, width - id.length - 2);
		const letters = [...plain(line)];
		return `${letters.length > room ? `${letters.slice(0, room - 1).join('')}…` : letters.join('')}  ${id}`;
	});
}

/** A verb that prints one look at a draft as a table. */
function look(
	{
		name,
		look,
		summary,
		what,
	}: { readonly name: string; readonly look: string; readonly summary: string; readonly what: string },
	onScreen?: (records: readonly DataRecord[], io: Io) => Promise<void>,
): Verb {
	return {
		...{ name, summary, operands: [DRAFT] },
		options: { ...TABLE_OPTIONS, ...KEY_FILE },
		examples: [{ command: `adoption ${name} 3f2a9c01`, what }],
		async run(args, io) {
			const who = await acting(args, io);
			const records = await recordsOf(look, await draftNamed(args.operands[0] ?? '', who), who);
			if (onScreen && args.text('format') === 'text' && records.length > 0) await onScreen(records, io);
			else await print(records, LOOKS.find((one) => one.name === look)?.fields ?? [], args, io);
		},
	};
}

/** What a look gives of a draft. */
export async function recordsOf(name: string, draft: string, { actor, world }: Acting): Promise<readonly DataRecord[]> {
	const found = LOOKS.find((one) => one.name === name);
	if (!found) throw new NotFound(`There is no ${name} of a draft.`);
	return (await lookAt(draft, found, actor, world)).records;
}

export const versions = look({
	...{ name: 'versions', look: 'edits', what: 'who did what, and when' },
	summary: 'Every edit of a draft, the latest first: each is a version',
});

export const newer = look(
	{
		...{ name: 'newer', look: 'newer', what: 'what the model changed since you copied it' },
		summary: 'What newer versions of its sources change, to be taken or kept by `adoption take` and `adoption keep`',
	},
	async (records, io) => {
		for (const one of records) {
			const [copied, ours, theirs, together] = [one.copied, one.ours, one.theirs, one.together].map((reading) =>
				readingOf(reading as Reading | null),
			);
			const numbers = (one.numbers ?? []) as readonly {
				readonly ours: string | null;
				readonly theirs: string | null;
			}[];
			await io.write(`${one.take}  ${one.kind}${one.provision === null ? '' : `  ${one.provision}`}\n`);
			const say = (who: string, before: string, after: string) =>
				io.write(`  ${who} ${wordsMarked(before, after, io.colours)}\n`);
			for (const { ours, theirs } of numbers)
				await io.write(`  ${plain(ours ?? 'no number')} becomes ${plain(theirs ?? 'no number')}\n`);
			for (const words of one.unnamed as readonly string[])
				await io.write(`  The newer words speak of ${plain(words)}, which the draft does not have.\n`);
			if (theirs !== null || one.kind === 'removed') await say('Newer:', copied ?? '', theirs ?? '');
			if (ours !== null && ours !== copied) await say('Yours:', copied ?? '', ours ?? '');
			if (one.kind === 'changed' && together === null)
				await io.write(
					'  Both changed the same words: write them by `adoption words`, and keep them by `adoption keep`.\n',
				);
		}
	},
);

interface Reading {
	readonly heading: string | null;
	readonly words: string;
}

function readingOf(reading: Reading | null): string | null {
	return reading && [reading.heading, reading.words].filter(Boolean).join(' ');
}

export const suggestions = look(
	{
		...{ name: 'suggestions', look: 'suggestions', what: 'what counsel’s file changes' },
		summary: 'What Word files that came back suggest, to be taken or kept by `adoption take` and `adoption keep`',
	},
	async (records, io) => {
		for (const one of records) {
			const signed = [one.author, one.day].filter(Boolean).join(', ');
			await io.write(
				`${one.take}  ${one.kind}  ${one.provision ?? 'at the beginning'}  ${one.state}${signed ? `  (${plain(signed)})` : ''}\n`,
			);
			await io.write(
				`  ${one.kind === 'comment' ? plain(String(one.after)) : wordsMarked(String(one.before), String(one.after), io.colours)}\n`,
			);
		}
	},
);

export const comments = look({
	...{ name: 'comments', look: 'comments', what: 'what was said of it' },
	summary: 'Comments on a draft; counsel’s only with a key that opens them',
});

export const dates = look({
	...{ name: 'dates', look: 'dates', what: 'what is due when' },
	summary: 'The stages of a draft with their days',
});

export const elsewhere = look({
	...{ name: 'elsewhere', look: 'elsewhere', what: 'what other cities say where you copied' },
	summary: 'Words of other cities where a draft was copied from, to be used by `adoption borrow`',
});

export const questions = look({
	...{ name: 'questions', look: 'questions', what: 'what has to be answered before the packet' },
	summary: 'Blanks that are open, each with what counsel is asked about it',
});

export const turns = look({
	...{ name: 'turns', look: 'turns', what: 'whether it lies with counsel' },
	summary: 'When a draft went to counsel and came back, the latest first',
});

export const meeting = look({
	...{ name: 'meeting', look: 'meeting', what: 'whether one more may come in' },
	summary: 'Who of the governing body takes part in a draft, and how many make a meeting',
});

/** A whole number that was typed. */
export function numberIn(args: Args, option: string): number | undefined {
	const typed = args.text(option);
	if (typed === undefined) return undefined;
	if (!/^[1-9]\d{0,8}$/.test(typed))
		throw new Usage(`--${option} takes the number of an edit, from \`adoption versions\`; ${plain(typed)} is none.`);
	return Number(typed);
}
