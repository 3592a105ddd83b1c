import { readFile, stat } from 'node:fs/promises';
import process from 'node:process';
import type { Actor } from '#access/actor.ts';
import { Clash } from '#adoption/program/clash.ts';
import { DEEDS } from '#adoption/program/deeds.server.ts';
import { drafts } from '#adoption/program/looks.server.ts';
import { behindKey, type HeldSeat } from '#coalition/acting.server.ts';
import { Forbidden, NotFound } from '#kernel/error.ts';
import type { DataRecord } from '#kernel/field.ts';
import { isUuid } from '#kernel/uuid.ts';
import { readConfig } from '#platform/config.server.ts';
import type { OpenWorld } from '#platform/world.server.ts';
import { type Args, type Operand, type Option, Usage } from './command.ts';
import type { Io } from './io.ts';
import { plain } from './library-import.ts';

const HOW =
	'A person with a seat of a city makes one on the page of their account, under Keys for programs. Give it in COMPACT_KEY, or in a file that nobody else reads: --key-file FILE.';
/** Letters of the beginning of an id: fewer are a slip. */
const FEWEST = 4;
/** Those of a group and of everybody else. */
const OTHERS = 0o077;

/** On every verb of drafts: never the key itself, for other people of the machine see what is typed. */
export const KEY_FILE: Readonly<Record<string, Option>> = {
	'key-file': { value: 'FILE', summary: 'a file with the key for programs; else COMPACT_KEY holds it' },
};
/** On every verb that prints no table: what `tell` goes by. */
export const TELL_OPTIONS: Readonly<Record<string, Option>> = {
	format: {
		value: 'FORMAT',
		choices: ['text', 'json'],
		default: 'text',
		summary: 'text for the screen, json for programs',
	},
	...KEY_FILE,
};
export const DRAFT: Operand = { name: 'DRAFT', summary: 'the id of a draft, or its beginning, from `adoption list`' };
export const PROVISION: Operand = {
	name: 'PROVISION',
	summary: 'the id of a provision, or its beginning, from `adoption show`',
};

/** For whom a command acts. */
export interface Acting {
	readonly world: OpenWorld;
	readonly actor: Actor;
	readonly seat: HeldSeat | null;
}

/** Who made the key that was given. Throws `Forbidden`, with how to get one, where there is none or it opens nothing. */
export async function acting(args: Args, io: Io): Promise<Acting> {
	const file = args.text('key-file');
	const key = (file === undefined ? (readConfig().key ?? '') : await keyAt(file, io)).trim();
	if (key === '') throw new Forbidden(`Drafts are for people of their city, and so is this: it needs a key. ${HOW}`);
	const world = await io.world();
	const found = await behindKey(key, world);
	if (!found)
		throw new Forbidden(
			`This key opens nothing: it is not whole, it expired or was revoked, or its seat has ended. ${HOW}`,
		);
	return { world, actor: found.actor, seat: found.seats[0] ?? null };
}

async function keyAt(file: string, io: Io): Promise<string> {
	const found = await stat(file).catch(() => null);
	if (!found?.isFile()) throw new NotFound(`There is no file ${plain(file)}. Name the file that holds the key.`);
	if (process.platform !== 'win32' && (found.mode & OTHERS) !== 0)
		io.say(`Other people of this machine may read ${plain(file)}. Keep the key to yourself: chmod 600 ${plain(file)}`);
	return (await readFile(file, 'utf8').catch(() => '')).split('\n')[0] ?? '';
}

/** The draft that is named by its id or the beginning of it. Throws `NotFound` for none, `Usage` for several. */
export async function draftNamed(typed: string, { actor, world }: Acting): Promise<string> {
	if (isUuid(typed)) return typed;
	const all = await drafts(actor, world);
	return named(
		typed,
		all.map(({ id }) => String(id)),
		'draft of your city',
		'`citycompact adoption list`',
	);
}

/** The one id of several that is typed, or begins so. */
export function named(typed: string, ids: readonly string[], what: string, where: string): string {
	if (ids.includes(typed)) return typed;
	const found = typed.length < FEWEST ? [] : ids.filter((id) => id.startsWith(typed));
	const [only, another] = found;
	if (only !== undefined && another === undefined) return only;
	const said = plain(typed).slice(0, 80);
	if (another !== undefined) throw new Usage(`${found.length} ids begin with ${said}. Type more of it; see ${where}.`);
	throw new NotFound(`No ${what} has the id ${said}, or one that begins so. See ${where}.`);
}

/** Does what a program does, by its table; what is undefined was left out. Where both sides changed the same words all readings are shown before it throws. */
export async function does(
	name: string,
	draft: string,
	sent: object,
	{ actor, world }: Acting,
	io: Io,
): Promise<DataRecord> {
	const deed = DEEDS.find((one) => one.name === name);
	if (!deed) throw new Error(`There is no deed ${name}.`);
	try {
		return await deed.run(draft, sent, actor, world);
	} catch (cause) {
		if (cause instanceof Clash)
			for (const { base, draft, wanted } of cause.readings)
				for (const [who, reading] of [
					['Before:   ', base],
					['The draft:', draft],
					['The other:', wanted],
				] as const)
					if (reading !== null) io.say(`${who} ${plain(reading)}`);
		throw cause;
	}
}

/** Prints what came of it: a sentence, or the record. */
export async function tell(sentence: string, record: DataRecord, args: Args, io: Io): Promise<void> {
	await io.write(args.text('format') === 'json' ? `${JSON.stringify(record)}\n` : `${sentence}\n`);
}
