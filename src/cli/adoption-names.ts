import { NAME_FIELDS } from '#adoption/record/name.ts';
import { drafting } from './adoption-change.ts';
import { type Acting, DRAFT, does, KEY_FILE, tell } from './adoption-key.ts';
import { readNow, recordsOf } from './adoption-read.ts';
import type { Verb } from './command.ts';
import type { Io } from './io.ts';
import { counted, print, TABLE_OPTIONS } from './output.ts';

export const naming: Verb = {
	name: 'names',
	summary: 'Where a draft names the city that it was copied from, or put your own city’s name there',
	detail: [
		'--put changes the places that are plainly the city’s name, in one edit; what is in doubt stays, and is decided on the page.',
	],
	operands: [DRAFT],
	options: {
		put: { summary: 'put your city’s name into all places that are not in doubt' },
		...TABLE_OPTIONS,
		...KEY_FILE,
	},
	examples: [
		{ command: 'adoption names 3f2a9c01', what: 'each place with what would stand there' },
		{ command: 'adoption names 3f2a9c01 --put', what: 'your name in all that are plain' },
	],
	async run(args, io) {
		const { who, draft } = await drafting(args, io);
		const { seq: since } = await readNow(draft, who);
		const places = await recordsOf('names', draft, who);
		if (!args.has('put')) {
			await print(places, NAME_FIELDS, args, io);
			return;
		}
		const put = places.flatMap(({ id, doubt, kept }) => (doubt === null && !kept ? [id] : []));
		const made = await does('names', draft, { put, since }, who, io);
		const left = places.length - Number(made.put);
		if (left > 0) io.say(`${counted(left, 'place')} left as it reads: \`citycompact adoption names\` shows them.`);
		await tell(`Put in: ${made.put}. It is draft ${made.seq} now.`, made, args, io);
	},
};

/** Says that a draft which goes out names the city it was copied from, in places that nobody decided on; nothing where there are none. */
export async function tellNames(draft: string, who: Acting, io: Io): Promise<void> {
	const open = (await recordsOf('names', draft, who)).filter(({ kept }) => !kept);
	if (open.length > 0)
		io.say(`It names another city in ${counted(open.length, 'place')}: \`citycompact adoption names\` shows them.`);
}
