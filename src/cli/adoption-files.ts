import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { demand, ownCity } from '#access/can.ts';
import { type Against, typedAgainst } from '#adoption/beside.ts';
import { insideOf, LOOKS, WAYS, wayOf } from '#adoption/out/export.ts';
import { type Leaving, outgoing } from '#adoption/out/outgoing.server.ts';
import { taken } from '#adoption/out/pdf.server.ts';
import { sendIn } from '#adoption/program/sending.server.ts';
import { demandNoQuorum } from '#adoption/remark/quorum.server.ts';
import { speech } from '#i18n/message.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
import { readConfig } from '#platform/config.server.ts';
import type { Tx } from '#platform/world.ts';
import { drafting } from './adoption-change.ts';
import { type Acting, DRAFT, KEY_FILE, TELL_OPTIONS, tell } from './adoption-key.ts';
import { tellNames } from './adoption-names.ts';
import { type Args, Usage, type Verb } from './command.ts';
import { plain } from './library-import.ts';
import { counted } from './output.ts';

const FORMS = [...new Set(WAYS.map(({ form }) => form))];

export const exporting: Verb = {
	name: 'export',
	summary: 'Write a draft to a file, clean or marked with what is other than in another text',
	detail: [
		'The office of the seat stands as the author, and the sentence on the law of the state at the head. What is inside is told before anything is written.',
	],
	operands: [DRAFT],
	options: {
		form: { value: 'FORM', choices: FORMS, default: 'docx', summary: 'kind of file; xml is Akoma Ntoso' },
		what: {
			value: 'WHAT',
			choices: ['clean', 'marked'],
			default: 'clean',
			summary: 'as it reads, or with what was changed',
		},
		look: { value: 'LOOK', choices: LOOKS, summary: 'how changes look; else tracked changes in Word, ink elsewhere' },
		against: {
			value: 'TEXT',
			summary:
				'what a marked file is drawn against: copied, newest, the number of an edit, or the address of a text of the library; else what it amends, or what was copied',
		},
		named: { summary: 'name the person of the key before the office' },
		to: { value: 'FILE', summary: 'the file to write; else one of the name that a download has' },
		...KEY_FILE,
	},
	examples: [
		{ command: 'adoption export 3f2a9c01 --what marked --to for-counsel.docx', what: 'tracked changes for counsel' },
		{
			command: 'adoption export 3f2a9c01 --what marked --against coalition/detainers',
			what: 'the redline against the model of today',
		},
		{ command: 'adoption export 3f2a9c01 --form pdf', what: 'a clean text to print' },
	],
	async run(args, io) {
		const way = wayOf(args.text('form') ?? '', args.text('what') ?? '', args.text('look') ?? null);
		if (!way)
			throw new Usage('Plain text has no way to mark what was struck. Leave --what out, or choose another --form.');
		const against = againstOf(args);
		const { who, draft } = await drafting(args, io);
		const { out } = await leaving(draft, { named: args.has('named'), against }, who);
		io.say(insideOf(out, way, speech('en')));
		await tellNames(draft, who, io);
		const { bytes, name } = await taken(out, way);
		const path = args.text('to') ?? name;
		await writeNew(path, bytes);
		await io.write(`${path}\n`);
	},
};

/** Writes a file that is not there yet. Throws `Conflict` where one is, and `Invalid` where it cannot be written. */
export async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
	await writeFile(path, bytes, { flag: 'wx' }).catch((cause: NodeJS.ErrnoException) => {
		if (cause.code === 'EEXIST') throw new Conflict(`${path} is there already. Name another file: --to FILE`);
		throw new Invalid(`${path} cannot be written (${cause.code}). Name another file or folder: --to FILE`);
	});
}

/** A draft as the seat of the key sends it. */
export async function leaving(
	draft: string,
	how: Pick<Leaving, 'named' | 'against'>,
	{ actor, world, seat }: Acting,
): ReturnType<typeof outgoing> {
	demand(actor, 'read', 'draft', ownCity(actor));
	const comesIn = (tx: Tx) => demandNoQuorum(draft, actor, world, tx);
	const from = { office: seat?.office ?? null, origin: readConfig().origin };
	return outgoing(draft, { ...how, ...from }, comesIn, actor, world);
}

/** What was typed behind --against; null where nothing was. */
function againstOf(args: Args): Against | null {
	const typed = args.text('against');
	if (typed === undefined) return null;
	if (args.text('what') !== 'marked')
		throw new Usage('A clean file is drawn against nothing: add --what marked, or leave --against out.');
	const against = typedAgainst(typed);
	if (!against)
		throw new Usage(
			`--against takes copied, newest, the number of an edit, or the address of a text of the library; ${plain(typed)} is none.`,
		);
	return against;
}

export const importing: Verb = {
	name: 'import',
	summary:
		'Take a Word file that came back: its changes become suggestions, and nothing of the draft changes by itself',
	operands: [DRAFT, { name: 'FILE', summary: 'the .docx that came back' }],
	options: TELL_OPTIONS,
	examples: [{ command: 'adoption import 3f2a9c01 from-counsel.docx', what: 'then `adoption suggestions` lists them' }],
	async run(args, io) {
		const path = args.operands[1] ?? '';
		const bytes = await readFile(path).catch(() => null);
		if (!bytes) throw new NotFound(`There is no file ${plain(path)} that can be read.`);
		const { who, draft } = await drafting(args, io);
		const made = await sendIn(draft, { name: basename(path), bytes }, who.actor, who.world);
		if (made.unplaced > 0)
			io.say(`What has no place in the draft: ${made.unplaced}. The page of suggestions lists it.`);
		if (made.problems.includes('little_of_draft'))
			io.say(
				`Is it the right file? Most of its paragraphs match nothing in the draft. \`citycompact adoption keep\` with ${made.upload.slice(0, 8)}:all sets it aside.`,
			);
		await tell(
			`${counted(made.suggestions, 'suggestion')} read from ${plain(basename(path))}. \`citycompact adoption suggestions\` shows them.`,
			{ ...made },
			args,
			io,
		);
	},
};
