import { readFile } from 'node:fs/promises';
import { begin } from '#adoption/program/text.server.ts';
import { NotFound } from '#kernel/error.ts';
import { acting, DRAFT, does, draftNamed, PROVISION, TELL_OPTIONS, tell } from './adoption-key.ts';
import { numberIn, readNow } from './adoption-read.ts';
import { type Args, type Operand, type Option, Usage, type Verb } from './command.ts';
import type { Io } from './io.ts';
import { plain } from './library-import.ts';

const FROM: Operand = {
	name: 'FROM',
	summary: 'address of a policy, a version or a provision of the library: coalition/detainers/2026-11-26/sec_3',
};
const ONLY: Option = {
	value: 'EID',
	many: true,
	summary: 'only this provision and what lies in it, by its eId; else all',
};
const PLACES: Readonly<Record<string, Option>> = {
	after: { value: 'PROVISION', summary: 'right after this one' },
	inside: { value: 'PROVISION', summary: 'the first of what lies in this one' },
	first: { summary: 'the first of all' },
};

const starting: Verb = {
	name: 'new',
	summary: 'Begin a draft with a copy of a text of the library, and print its id',
	operands: [FROM],
	options: { title: { value: 'TITLE', summary: 'what the draft is called' }, only: ONLY, ...TELL_OPTIONS },
	examples: [
		{
			command: 'adoption new coalition/detainers --title "Detainer ordinance"',
			what: 'copy the newest version of a model',
		},
		{
			command: 'adoption new coalition/detainers/2026-11-26 --title Warrants --only sec_3 --only sec_4',
			what: 'copy two sections',
		},
	],
	async run(args, io) {
		const title = args.text('title');
		if (title === undefined) throw new Usage('Say what the draft is called: --title "…".');
		const { actor, world } = await acting(args, io);
		const made = await begin({ title, from: args.operands[0], provisions: chosen(args) }, actor, world);
		await tell(made.id, { ...made }, args, io);
	},
};

const copying: Verb = {
	name: 'copy',
	summary: 'Copy provisions of one more text into a draft',
	operands: [DRAFT, FROM],
	options: { only: ONLY, after: { value: 'PROVISION', summary: 'where they stand; else at the end' }, ...TELL_OPTIONS },
	examples: [
		{
			command: 'adoption copy 3f2a9c01 coalition/data-limits/2026-11-26/sec_4 --after p5d21',
			what: 'take one section of another model',
		},
	],
	async run(args, io) {
		const { who, draft } = await drafting(args, io);
		const typed = args.text('after');
		const after = typed === undefined ? undefined : (await readNow(draft, who)).provision(typed);
		const made = await does('copy', draft, { from: args.operands[1], provisions: chosen(args), after }, who, io);
		await tell(`Copied. It is draft ${made.seq} now.`, made, args, io);
	},
};

const borrowing: Verb = {
	name: 'borrow',
	summary: 'Put the words of another city in the place of those of a provision; it keeps its number and its model',
	operands: [
		DRAFT,
		PROVISION,
		{ name: 'FROM', summary: 'address of a provision of the library, from `adoption elsewhere`' },
	],
	options: {
		since: { value: 'NUMBER', summary: 'the edit after which you read the words that go; else the last one' },
		...TELL_OPTIONS,
	},
	examples: [
		{
			command: 'adoption borrow 3f2a9c01 p5d21 zz/place/dunmere/ordinance-2027-3/2027-03-03/sec_4',
			what: 'say it as Dunmere does',
		},
	],
	async run(args, io) {
		const { who, draft } = await drafting(args, io);
		const now = await readNow(draft, who);
		const [, typed = '', from] = args.operands;
		const sent = { provision: now.provision(typed), from, since: numberIn(args, 'since') ?? now.seq };
		const made = await does('borrow', draft, sent, who, io);
		await tell(`It has their words. It is draft ${made.seq} now.`, made, args, io);
	},
};

/** The eIds of what is copied; undefined for all. */
function chosen(args: Args): readonly string[] | undefined {
	const eIds = args.all('only');
	return eIds.length > 0 ? eIds : undefined;
}

const answering: Verb = {
	name: 'answer',
	summary: 'Fill blanks of a draft; an empty answer opens one again',
	operands: [
		DRAFT,
		{ name: 'BLANK=ANSWER', summary: 'the name of a blank, from `adoption show`, and what fills it', many: true },
	],
	options: {
		since: {
			value: 'NUMBER',
			summary: 'the edit after which you read the answers: what somebody else answered since is not written over',
		},
		...TELL_OPTIONS,
	},
	examples: [
		{ command: 'adoption answer 3f2a9c01 city="Alder Falls" response_days=10', what: 'fill two blanks everywhere' },
		{
			command: 'adoption answer 3f2a9c01 city="Alder Falls" --since 4',
			what: 'unless somebody filled it after edit 4',
		},
	],
	async run(args, io) {
		const pairs = args.operands.slice(1).map((typed) => {
			const at = typed.indexOf('=');
			if (at < 1)
				throw new Usage(
					`Write a blank and its answer with = between them: city="Alder Falls"; ${plain(typed)} has none.`,
				);
			return [typed.slice(0, at).trim(), typed.slice(at + 1)] as const;
		});
		const { who, draft } = await drafting(args, io);
		const sent = { answers: Object.fromEntries(pairs), since: numberIn(args, 'since') };
		const made = await does('answer', draft, sent, who, io);
		await tell(`Filled. It is draft ${made.seq} now.`, made, args, io);
	},
};

const wording: Verb = {
	name: 'words',
	summary:
		'Write over the words of a provision; what others wrote since is merged, and all readings are shown where they clash',
	operands: [DRAFT, PROVISION],
	options: {
		words: { value: 'TEXT', summary: 'what it is to read' },
		file: { value: 'FILE', summary: 'a text file that holds the words' },
		heading: { value: 'TEXT', summary: 'its heading; else as it is' },
		since: { value: 'NUMBER', summary: 'the edit after which you read it; else the last one' },
		...TELL_OPTIONS,
	},
	examples: [
		{
			command: 'adoption words 3f2a9c01 p5d21 --words "No person shall be held." --since 4',
			what: 'write one provision anew',
		},
		{ command: 'adoption words 3f2a9c01 p5d21 --file section-3.txt', what: 'the same from a file' },
	],
	async run(args, io) {
		const [text, file, heading] = [args.text('words'), args.text('file'), args.text('heading')];
		if (text !== undefined && file !== undefined)
			throw new Usage('Give the words by --words or by --file, not by both.');
		if (text === undefined && file === undefined && heading === undefined)
			throw new Usage('Say what it is to read: --words "…", --file FILE or --heading "…".');
		const { who, draft } = await drafting(args, io);
		const now = await readNow(draft, who);
		const provision = now.provision(args.operands[1] ?? '');
		const words = file === undefined ? text : await textOf(file);
		const sent = { provision, words, heading, since: numberIn(args, 'since') ?? now.seq };
		const made = await does('words', draft, sent, who, io);
		const merged = made.merged ? ' What others wrote since is in it too.' : '';
		await tell(`Kept. It is draft ${made.seq} now.${merged}`, made, args, io);
	},
};

async function textOf(file: string): Promise<string> {
	const bytes = await readFile(file).catch(() => null);
	if (!bytes) throw new NotFound(`There is no file ${plain(file)} that can be read.`);
	return new TextDecoder().decode(bytes);
}

const adding: Verb = {
	name: 'add',
	summary: 'Add a provision; numbers count on and references follow',
	operands: [DRAFT],
	options: {
		words: { value: 'TEXT', summary: 'what it reads' },
		heading: { value: 'TEXT', summary: 'its heading' },
		...PLACES,
		...TELL_OPTIONS,
	},
	examples: [
		{ command: 'adoption add 3f2a9c01 --after p5d21 --words "The clerk keeps a log."', what: 'put one after another' },
	],
	run: (args, io) =>
		structure('added', args, io, { words: args.text('words') ?? '', heading: args.text('heading') }, 'Added'),
};

const splitting: Verb = {
	name: 'split',
	summary: 'Split a provision in two',
	operands: [DRAFT, PROVISION, { name: 'WORDS', summary: 'the words with which the second part begins' }],
	options: TELL_OPTIONS,
	examples: [
		{ command: 'adoption split 3f2a9c01 p5d21 "The officer shall"', what: 'two sentences become two provisions' },
	],
	run: (args, io) => structure('split', args, io, { begins: args.operands[2] }, 'Split; the second part is'),
};

const joining: Verb = {
	name: 'join',
	summary: 'Join a provision with the next of its kind',
	operands: [DRAFT, PROVISION],
	options: TELL_OPTIONS,
	examples: [{ command: 'adoption join 3f2a9c01 p5d21', what: 'two provisions become one' }],
	run: (args, io) => structure('joined', args, io, {}, 'Joined'),
};

const moving: Verb = {
	name: 'move',
	summary: 'Move a provision with all that lies in it',
	operands: [DRAFT, PROVISION],
	options: { ...PLACES, ...TELL_OPTIONS },
	examples: [{ command: 'adoption move 3f2a9c01 p5d21 --after p77aa', what: 'put one after another' }],
	run: (args, io) => structure('moved', args, io, {}, 'Moved'),
};

const removing: Verb = {
	name: 'remove',
	summary: 'Remove a provision with all that lies in it; `adoption undo` brings it back',
	operands: [DRAFT, PROVISION],
	options: TELL_OPTIONS,
	examples: [{ command: 'adoption remove 3f2a9c01 p5d21', what: 'take one out' }],
	run: (args, io) => structure('removed', args, io, {}, 'Removed'),
};

async function structure(act: string, args: Args, io: Io, sent: object, done: string): Promise<void> {
	const { who, draft } = await drafting(args, io);
	const now = await readNow(draft, who);
	const idOf = (typed: string | undefined) => (typed === undefined ? undefined : now.provision(typed));
	const said = {
		...{ act, ...sent },
		provision: idOf(args.operands[1]),
		after: idOf(args.text('after')),
		inside: idOf(args.text('inside')),
		first: args.has('first') ? 'yes' : undefined,
	};
	const made = await does('structure', draft, said, who, io);
	if (Number(made.dangling) > 0)
		io.say(`References to what is gone: ${made.dangling}. They stay as they were; look through the draft.`);
	await tell(`${done}: ${made.provision}. It is draft ${made.seq} now.`, made, args, io);
}

const undoing: Verb = {
	name: 'undo',
	summary: 'Bring an earlier state of a draft back, as one more edit; nothing is lost',
	operands: [DRAFT],
	options: {
		to: { value: 'NUMBER', summary: 'the edit after which it read so; else the one before the last' },
		...TELL_OPTIONS,
	},
	examples: [{ command: 'adoption undo 3f2a9c01 --to 4', what: 'as it read after the fourth edit' }],
	async run(args, io) {
		const { who, draft } = await drafting(args, io);
		const to = numberIn(args, 'to');
		const { seq: from } = await readNow(draft, who);
		if (to === undefined && from === 1) throw new Usage('Nothing was edited since the draft was copied.');
		const made = await does('restore', draft, { to: to ?? from - 1, from }, who, io);
		await tell(`It reads as draft ${to ?? from - 1} did. It is draft ${made.seq} now.`, made, args, io);
	},
};

const renaming: Verb = {
	name: 'rename',
	summary: 'Give a draft another title',
	operands: [DRAFT, { name: 'TITLE', summary: 'what it is called' }],
	options: TELL_OPTIONS,
	examples: [{ command: 'adoption rename 3f2a9c01 "Detainer ordinance"', what: 'call it otherwise' }],
	async run(args, io) {
		const { who, draft } = await drafting(args, io);
		const made = await does('rename', draft, { title: args.operands[1] }, who, io);
		await tell(`It is called: ${plain(String(made.title))}`, made, args, io);
	},
};

const closing: Verb = {
	name: 'close',
	summary: 'Close a draft: it stays readable, and nothing in it changes until it is opened again',
	operands: [DRAFT],
	options: { again: { summary: 'open it again' }, ...TELL_OPTIONS },
	examples: [{ command: 'adoption close 3f2a9c01', what: 'lay it aside' }],
	async run(args, io) {
		const { who, draft } = await drafting(args, io);
		const again = args.has('again');
		const made = await does(again ? 'reopen' : 'close', draft, {}, who, io);
		await tell(again ? 'It is open again.' : 'It is closed. `--again` opens it.', made, args, io);
	},
};

/** The draft that a command is about, and for whom it acts. */
export async function drafting(args: Args, io: Io) {
	const who = await acting(args, io);
	return { who, draft: await draftNamed(args.operands[0] ?? '', who) };
}

/** Verbs that change the text of a draft. */
export const CHANGE_VERBS: readonly Verb[] = [
	...[starting, copying, borrowing, answering, wording, adding, splitting, joining, moving, removing, undoing],
	...[renaming, closing],
];
