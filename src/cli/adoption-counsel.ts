import { counselSeats } from '#adoption/counsel/counsel.server.ts';
import { drafting } from './adoption-change.ts';
import { type Acting, DRAFT, does, named, TELL_OPTIONS, tell } from './adoption-key.ts';
import { tellNames } from './adoption-names.ts';
import type { Verb } from './command.ts';
import { plain } from './library-import.ts';
import { counted } from './output.ts';

const sending: Verb = {
	name: 'send',
	summary: 'Send a draft to counsel of your city: each open blank becomes a question, and a letter is asked for',
	operands: [DRAFT],
	options: {
		to: { value: 'SEAT', summary: 'which seat of counsel, by its id or the beginning; else the only one there is' },
		...TELL_OPTIONS,
	},
	examples: [{ command: 'adoption send 3f2a9c01', what: 'to the attorney of your city' }],
	async run(args, io) {
		const { who, draft } = await drafting(args, io);
		const typed = args.text('to');
		const to = typed === undefined ? undefined : await seatNamed(typed, who);
		const made = await does('send', draft, { to }, who, io);
		await tellNames(draft, who, io);
		const open = made.open as readonly { readonly blank: string; readonly question: string }[];
		const lines = [
			made.became === 'sent'
				? `Draft ${made.seq} is with counsel.`
				: `Draft ${made.seq} is with counsel already, and nobody edited it since.`,
			...(open.length > 0 ? [`${counted(open.length, 'blank')} to answer:`] : []),
			...open.map(({ blank, question }) => `  ${blank}: ${plain(question)}`),
			'',
			plain(String(made.law)),
		];
		await tell(lines.join('\n'), made, args, io);
	},
};

async function seatNamed(typed: string, { actor, world }: Acting): Promise<string> {
	const seats = await world.db.as(actor, (tx) => counselSeats(actor, world, tx));
	return named(
		typed,
		seats.map(({ id }) => id),
		'seat of counsel of your city',
		'the list that `citycompact adoption send` without --to prints where there are several',
	);
}

const returning: Verb = {
	name: 'return',
	summary: 'Say that counsel has given a draft back, where your city has no seat of counsel that could',
	operands: [DRAFT],
	options: TELL_OPTIONS,
	examples: [{ command: 'adoption return 3f2a9c01', what: 'the attorney has answered by mail' }],
	async run(args, io) {
		const { who, draft } = await drafting(args, io);
		const made = await does('return', draft, {}, who, io);
		await tell('It is back from counsel.', made, args, io);
	},
};

/** Verbs that bring a draft to counsel and back. */
export const COUNSEL_VERBS: readonly Verb[] = [sending, returning];
