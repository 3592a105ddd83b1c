import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { importDomains } from '#coalition/domains.server.ts';
import { Invalid } from '#kernel/error.ts';
import type { Noun, Verb } from './command.ts';

/** The whole list has about 1.5 MB; a file is held in memory. */
const MOST_BYTES = 20_000_000;
/** Lines told one by one; the rest are counted. */
const MOST_TOLD = 20;

const importing: Verb = {
	name: 'import',
	summary: 'Read the official list of .gov domains, with which addresses of cities that ask are compared',
	detail: [
		'Takes current-full.csv of CISA’s dotgov-data. Columns are found by their headings, in any order. The list takes the place of the one before; the mail addresses in it are not kept. A line that cannot be read is told and left out.',
	],
	operands: [{ name: 'FILE', summary: 'the list, .csv' }],
	examples: [{ command: 'domains import current-full.csv', what: 'the list as it was downloaded' }],
	async run(args, io) {
		const path = args.operands[0] ?? '';
		const size = await stat(path).then(
			(found) => found.size,
			() => null,
		);
		if (size === null) throw new Invalid(`There is no file ${path}. Check its name.`);
		if (size > MOST_BYTES) throw new Invalid(`${path} is larger than ${MOST_BYTES / 1e6} MB; the list is not.`);
		const bytes = await readFile(path);
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		const done = await importDomains(new TextDecoder().decode(bytes), sha256, await io.world());
		if ('refused' in done) throw new Invalid(`Not read: ${path}. ${done.refused}`);
		for (const { line, detail } of done.problems.slice(0, MOST_TOLD)) io.say(`Line ${line}: ${detail}.`);
		if (done.problems.length > MOST_TOLD) io.say(`${done.problems.length - MOST_TOLD} more lines like these.`);
		await io.write(`${done.rows} domains, ${done.problems.length} lines left out.\n`);
	},
};

export const domains: Noun = {
	name: 'domains',
	summary: 'The official list of .gov domains',
	verbs: [importing],
};
