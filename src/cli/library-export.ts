import { writeFile } from 'node:fs/promises';
import { VISITOR } from '#access/actor.ts';
import { Conflict, Invalid } from '#kernel/error.ts';
import { lawSaid } from '#law/said.server.ts';
import { DOWNLOADS } from '#library/export/downloads.ts';
import { version as whole } from '#library/version.server.ts';
import { readConfig } from '#platform/config.server.ts';
import { type Args, Usage, type Verb } from './command.ts';
import type { Io } from './io.ts';
import { VERSION, versionAt } from './library-at.ts';

export const exporting: Verb = {
	name: 'export',
	summary: 'Write a version as Word, Akoma Ntoso, HTML, plain text or JSON',
	operands: [VERSION],
	options: {
		form: {
			value: 'FORM',
			choices: DOWNLOADS.map(({ extension }) => extension),
			default: 'docx',
			summary: 'docx with tracked changes where it amends, xml is Akoma Ntoso 3.0',
		},
		to: { value: 'FILE', summary: 'a file that does not exist yet; else standard output' },
		state: { value: 'CODE', summary: 'whose law is told of at its head, by postal code; else that of its place' },
	},
	examples: [
		{ command: 'library export coalition/detainers --to detainers.docx', what: 'the newest version, for Word' },
		{
			command: 'library export ny/place/new-york-city/local-law-58-of-2014/2014-11-14 --form xml > law.xml',
			what: 'one version, for a program',
		},
	],
	run: runExport,
};

async function runExport(args: Args, io: Io): Promise<void> {
	const way = DOWNLOADS.find(({ extension }) => extension === args.text('form'));
	const state = args.text('state');
	if (!way || (state !== undefined && !/^[a-z]{2}$/i.test(state)))
		throw new Usage(`--state takes a postal code of two letters, such as TX; ${state} is none.`);
	const path = args.text('to');
	if (path === undefined && io.screen && way.extension === 'docx')
		throw new Usage('A Word file cannot be shown on the screen. Name a file: --to detainers.docx');
	const world = await io.world();
	const { work, version: line } = await versionAt(args.operands[0] ?? '', world);
	const version = await world.db.as(VISITOR, (tx) => whole(work.id, line.id, tx));
	if (!version) throw new Invalid('This version was taken away a moment ago. Ask again.');
	const code = state?.toUpperCase() ?? work.place?.stateCode ?? null;
	const lawSentence = work.sample ? null : await lawSaid(code, version.language, world);
	const made = way.write({ work, version, origin: readConfig().origin, lawSentence });
	const pieces: (string | Uint8Array)[] = [];
	if (made instanceof Uint8Array) pieces.push(made);
	else for await (const piece of made) pieces.push(piece);
	if (path === undefined) {
		for (const piece of pieces) await io.write(piece);
		return;
	}
	const bytes = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
	await writeFile(path, bytes, { flag: 'wx' }).catch((cause: NodeJS.ErrnoException) => {
		if (cause.code === 'EEXIST') throw new Conflict(`${path} is there already. Name another file.`);
		throw new Invalid(`${path} cannot be written (${cause.code}). Name another file or folder.`);
	});
	await io.write(`${version.address} is written to ${path}.\n`);
}
