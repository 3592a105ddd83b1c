import { text as whole } from 'node:stream/consumers';
import { VISITOR } from '#access/actor.ts';
import { dayAt } from '#kernel/day.ts';
import { Invalid, NotFound } from '#kernel/error.ts';
import { toRecords } from '#kernel/field.ts';
import { check } from '#library/check.server.ts';
import { HAVING_FIELDS } from '#reuse/record/having.ts';
import { FEWEST_WORDS, LONGEST_PASSAGE, whoHas } from '#reuse/search.server.ts';
import type { Args, Verb } from './command.ts';
import type { Io } from './io.ts';
import { bytesOf, plain } from './library-import.ts';
import { counted, print, TABLE_OPTIONS } from './output.ts';

export const passages: Verb = {
	name: 'search',
	summary: 'Find who has a passage in the same words',
	detail: [
		`Takes a file with a paragraph or some, or - for standard input: at least ${FEWEST_WORDS} words, at most ${LONGEST_PASSAGE.toLocaleString('en')} characters. Nothing of it is kept.`,
	],
	operands: [
		{ name: 'FILE', summary: 'a file in any form that `library import` takes, or - for plain words on standard input' },
	],
	options: TABLE_OPTIONS,
	examples: [
		{ command: 'concordance search clause.txt', what: 'who has the clause' },
		{ command: 'concordance search clause.txt --format csv > who.csv', what: 'as a table' },
	],
	run: runSearch,
};

async function runSearch(args: Args, io: Io): Promise<void> {
	const passage = await passageIn(args.operands[0] ?? '', io);
	const world = await io.world();
	const today = dayAt(world.clock.now());
	const found = await world.db.as(VISITOR, (tx) => whoHas(passage, today, 'en', world, tx));
	if ('refused' in found)
		throw new Invalid(
			found.refused === 'too_short'
				? `A passage needs ${FEWEST_WORDS} words to be told from others. Give the whole sentence.`
				: `A passage has at most ${LONGEST_PASSAGE.toLocaleString('en')} characters. Give a section at a time.`,
		);
	await print(toRecords(HAVING_FIELDS, found.having), HAVING_FIELDS, args, io);
	if (args.text('format') !== 'text') return;
	const more = found.leftOut === 0 ? '' : ` ${counted(found.leftOut, 'version')} that share less were not looked at.`;
	await io.write(`${counted(found.having.length, 'policy', 'policies')} on this shelf.${more}\n`);
}

async function passageIn(operand: string, io: Io): Promise<string> {
	if (operand === '-') return whole(io.stdin);
	const bytes = await bytesOf(operand);
	if (bytes === null) throw new NotFound(`There is no file ${plain(operand)}.`);
	const found = await check(bytes, operand, null);
	if ('refused' in found) throw new Invalid(`${plain(operand)}: ${found.detail}`);
	return found.reading.text;
}
