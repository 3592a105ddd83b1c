import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATOR } from '#access/actor.ts';
import { eraseNames } from '#access/audit.server.ts';
import { type Checked, checkAll } from '#access/audit-check.server.ts';
import type { Fault, Noted } from '#access/chain.ts';
import { parseDay } from '#kernel/day.ts';
import { Invalid } from '#kernel/error.ts';
import { readConfig } from '#platform/config.server.ts';
import { asOwner, openGround, prepare } from '#platform/ground.server.ts';
import { type Noun, Usage, type Verb } from './command.ts';

const HEADS = 'audit-heads';
const WHAT: Readonly<Record<Fault['kind'], string>> = {
	missing: 'is missing',
	altered: 'was changed or moved',
	field: 'has a name that was changed or removed',
	cut: 'and what came after it are missing',
	head: 'is not where the chain says that it ends',
	noted: 'is not the one that was noted at an earlier check',
};

const verifying: Verb = {
	name: 'verify',
	summary: 'Follow every chain of audit from its first entry, and say whether an entry is missing, changed or moved',
	detail: [
		'Says nothing of what is in them, nor whose they are. Where all hold, their ends are noted in a file outside the database, and the next check holds the chains to it; keep a copy of the file on another machine. After an older backup was restored, remove the file.',
	],
	options: {
		heads: { value: 'FILE', summary: `where the ends are noted; ${HEADS} in the data folder where left out` },
	},
	examples: [
		{ command: 'audit verify', what: 'check all' },
		{ command: 'audit verify --heads /mnt/elsewhere/heads', what: 'hold them to ends noted elsewhere' },
	],
	async run(args, io) {
		const config = readConfig();
		const file = args.text('heads') ?? join(config.data, HEADS);
		const noted = notedIn(file);
		const ground = await openGround(config, io.say);
		try {
			await prepare(ground);
			const found = await asOwner(ground, (session) => checkAll(noted, session));
			const faults = found.flatMap(({ id, fault }) =>
				fault ? [`Chain ${id}: entry ${fault.position} ${WHAT[fault.kind]}.`] : [],
			);
			if (faults.length > 0) {
				throw new Invalid(
					`${faults.join('\n')}\nIf an older backup was restored, remove ${file} and check again. Otherwise keep the database as it is, and compare it with a backup.`,
				);
			}
			note(file, found);
			const entries = found.reduce((sum, chain) => sum + chain.entries, 0);
			await io.write(
				`All hold: ${counted(found.length, 'chain', 'chains')}, ${counted(entries, 'entry', 'entries')}. The ends are noted in ${file}.\n`,
			);
		} finally {
			await ground.close();
		}
	},
};

const erasing: Verb = {
	name: 'erase',
	summary:
		"Erase names and accounts from older entries of the coalition's own chain, under an adopted retention schedule",
	detail: ['The entries stay and the chain still holds. The chains of cities are not touched. It cannot be undone.'],
	options: {
		before: { value: 'DAY', summary: 'entries before this day, YYYY-MM-DD' },
		under: { value: 'TEXT', summary: 'the retention schedule and its item; kept with the entries' },
	},
	examples: [
		{
			command: 'audit erase --before 2026-01-01 --under "Retention schedule of 3 May 2026, item 4"',
			what: 'erase what the schedule no longer keeps',
		},
	],
	async run(args, io) {
		const [before, under] = [parseDay(args.text('before') ?? ''), args.text('under')];
		if (!before || !under)
			throw new Usage('Say which entries and under which schedule: --before YYYY-MM-DD --under "…".');
		const erased = await eraseNames({ before, under }, OPERATOR, await io.world());
		await io.write(`${erased} fields of entries before ${before} were erased.\n`);
	},
};

export const audit: Noun = {
	name: 'audit',
	summary: 'The record of what people did',
	verbs: [verifying, erasing],
};

function counted(n: number, one: string, many: string): string {
	return `${n} ${n === 1 ? one : many}`;
}

function notedIn(file: string): readonly Noted[] {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') return [];
		throw new Invalid(`${file} cannot be read (${code}). Name another file with --heads.`);
	}
	return text
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => {
			const [, id, entries, head] = /^([0-9a-f-]{36}) (\d{1,9}) ([0-9a-f]{64})$/.exec(line) ?? [];
			if (!id || !head)
				throw new Invalid(`${file} is not what \`audit verify\` writes. Name another file with --heads.`);
			return { id, entries: Number(entries), head };
		});
}

function note(file: string, chains: readonly Checked[]): void {
	const draft = `${file}.${process.pid}`;
	try {
		writeFileSync(draft, chains.map(({ id, entries, head }) => `${id} ${entries} ${head}\n`).join(''), { mode: 0o600 });
		renameSync(draft, file);
	} catch (error) {
		throw new Invalid(
			`All chains hold, but their ends cannot be noted in ${file} (${(error as NodeJS.ErrnoException).code}). Name another file with --heads.`,
		);
	}
}
