import { Conflict, NotFound } from '#kernel/error.ts';
import type { DataRecord } from '#kernel/field.ts';
import { drafting } from './adoption-change.ts';
import { type Acting, DRAFT, does, named, PROVISION, TELL_OPTIONS, tell } from './adoption-key.ts';
import { readNow, recordsOf } from './adoption-read.ts';
import { type Args, type Operand, Usage, type Verb } from './command.ts';
import type { Io } from './io.ts';
import { plain } from './library-import.ts';
import { counted } from './output.ts';

const CHANGE: Operand = {
	name: 'CHANGE',
	summary:
		'as `adoption newer` (1:sec_3) or `adoption suggestions` (3f2a9c01:4) prints it; comment:2 for the words that comment 2 suggests',
	many: true,
};

const taking: Verb = {
	name: 'take',
	summary: 'Take changes of a newer version, of a Word file that came back, or that a colleague suggests, into a draft',
	detail: ['`all` takes every change of newer versions that clashes with nothing; suggestions are taken one by one.'],
	operands: [DRAFT, { ...CHANGE, summary: `${CHANGE.summary}; or all` }],
	options: TELL_OPTIONS,
	examples: [
		{ command: 'adoption take 3f2a9c01 3b7d20aa:4', what: 'one suggestion of counsel' },
		{ command: 'adoption take 3f2a9c01 comment:2', what: 'the words that comment 2 suggests' },
		{ command: 'adoption take 3f2a9c01 all', what: 'all of the newer model that clashes with nothing' },
	],
	run: (args, io) => decided('take', args, io),
};

const keeping: Verb = {
	name: 'keep',
	summary: 'Keep your own words: refuse changes of a newer version, of a Word file that came back, or of a colleague',
	detail: ['`3b7d20aa:all` sets a Word file aside: it refuses all that is open of it.'],
	operands: [DRAFT, CHANGE],
	options: TELL_OPTIONS,
	examples: [
		{ command: 'adoption keep 3f2a9c01 1:sec_3 3b7d20aa:5', what: 'two changes that are not wanted' },
		{ command: 'adoption keep 3f2a9c01 3b7d20aa:all', what: 'the wrong file came back' },
	],
	run: (args, io) => decided('keep', args, io),
};

async function decided(decision: 'take' | 'keep', args: Args, io: Io): Promise<void> {
	const { who, draft } = await drafting(args, io);
	const changes = args.operands.slice(1);
	const records: DataRecord[] = [];
	const done = async (change: string, made: DataRecord, sentence: string) => {
		records.push({ change, ...made });
		if (args.text('format') !== 'json') await io.write(`${plain(change)}: ${sentence}\n`);
	};
	for (const change of changes) {
		if (change === 'all' && decision === 'take') {
			const sources = [...new Map((await recordsOf('newer', draft, who)).map((one) => [one.source, one])).values()];
			if (sources.length === 0) throw new NotFound('No newer version of a source has a change to take.');
			for (const { source, version } of sources) {
				const made = await does('newer', draft, { source, version, decision: 'take_all' }, who, io);
				await done(`source ${source}`, made, `${counted(Number(made.taken), 'change')} taken.`);
			}
			const left = (await recordsOf('newer', draft, who)).length;
			if (left > 0) io.say(`${counted(left, 'change')} left to decide on: \`citycompact adoption newer\` shows them.`);
			continue;
		}
		const made = await one(change, decision, draft, who, io);
		await done(change, made, decision === 'take' ? 'taken.' : 'your words stay.');
	}
	if (args.text('format') === 'json') await io.write(`${JSON.stringify(records)}\n`);
}

/** Decides on one change: before the colon stands the number of a source, `comment`, or the beginning of the id of a file. */
async function one(change: string, decision: 'take' | 'keep', draft: string, who: Acting, io: Io): Promise<DataRecord> {
	const [, of = '', name = ''] = /^([^:]+):(.+)$/.exec(change) ?? [];
	if (of === '') throw new Usage(`${plain(change)} names no change. It is written ${CHANGE.summary}.`);
	if (/^\d{1,4}$/.test(of)) {
		const found = (await recordsOf('newer', draft, who)).find(({ take }) => take === change);
		if (!found)
			throw new NotFound(
				`No newer version has a change ${plain(change)} left to decide on. See \`citycompact adoption newer\`.`,
			);
		return does('newer', draft, { source: found.source, version: found.version, change: name, decision }, who, io);
	}
	if (of === 'comment') {
		const said = (await recordsOf('comments', draft, who)).find(({ label }) => label === name);
		if (!said) throw new NotFound(`There is no comment ${plain(name)}. See \`citycompact adoption comments\`.`);
		return does('settle', draft, { comment: said.id, act: decision === 'take' ? 'taken' : 'refused' }, who, io);
	}
	const uploads = (await recordsOf('uploads', draft, who)).map(({ id }) => String(id));
	const upload = named(of, uploads, 'file that came back for the draft', '`citycompact adoption suggestions`');
	if (name === 'all' && decision === 'keep') return does('file', draft, { upload, decision: 'set_aside' }, who, io);
	return does('suggestion', draft, { upload, id: name, decision: decision === 'take' ? 'take' : 'refuse' }, who, io);
}

const commenting: Verb = {
	name: 'comment',
	summary: 'Comment on a provision of a draft, or on words of it, or suggest other words for them',
	operands: [DRAFT, PROVISION, { name: 'TEXT', summary: 'the comment; "" where --instead says it all' }],
	options: {
		on: { value: 'WORDS', summary: 'the words it is on; else the whole provision' },
		instead: { value: 'WORDS', summary: 'what is to stand instead of them; "" strikes them' },
		counsel: { summary: 'for the counsel room alone' },
		...TELL_OPTIONS,
	},
	examples: [
		{ command: 'adoption comment 3f2a9c01 p5d21 "Ask the sheriff." --on "within ten days"', what: 'on three words' },
		{
			command: 'adoption comment 3f2a9c01 p5d21 "Time for the jail." --on "ten days" --instead "20 days"',
			what: 'suggest two others; `adoption take` takes them',
		},
	],
	async run(args, io) {
		const { who, draft } = await drafting(args, io);
		const { seq: since, provision } = await readNow(draft, who);
		const sent = {
			provision: provision(args.operands[1] ?? ''),
			words: args.text('on'),
			instead: args.text('instead'),
			text: args.operands[2],
			room: args.has('counsel') ? 'counsel' : 'city',
			since,
		};
		const made = await does('comment', draft, sent, who, io);
		await tell(`Kept, on ${made.provision}.`, made, args, io);
	},
};

const planning: Verb = {
	name: 'plan',
	summary: 'Plan a day for every stage, backwards from the vote or from the last day to answer a grant',
	operands: [DRAFT, { name: 'DAY', summary: 'the day that cannot move, YYYY-MM-DD' }],
	options: { grant: { summary: 'it is the last day to answer a grant, not that of the vote' }, ...TELL_OPTIONS },
	examples: [{ command: 'adoption plan 3f2a9c01 2027-03-03', what: 'from the day of the vote' }],
	async run(args, io) {
		const { who, draft } = await drafting(args, io);
		const at = args.has('grant') ? 'grant_answer' : 'adopted';
		const made = await does('plan', draft, { at, day: args.operands[1] }, who, io);
		const left = made.unplaced as readonly string[];
		if (left.length > 0) io.say(`No day was found for: ${left.join(', ')}. Theirs stay as they were.`);
		await tell('Planned. `citycompact adoption dates` shows the days.', made, args, io);
	},
};

const staging: Verb = {
	name: 'stage',
	summary: 'Say of a stage when it is due, that it is done, or who does it',
	operands: [DRAFT, { name: 'STAGE', summary: 'from `adoption dates`: counsel, introduced, hearing' }],
	options: {
		due: { value: 'DAY', summary: 'until when or on which day, YYYY-MM-DD; none takes the day away' },
		done: { value: 'DAY', summary: 'when it was done, YYYY-MM-DD; none says that it is not' },
		who: { value: 'TEXT', summary: 'the office or person that does it' },
		note: { value: 'TEXT', summary: 'a note' },
		...TELL_OPTIONS,
	},
	examples: [{ command: 'adoption stage 3f2a9c01 counsel --done 2027-01-11', what: 'counsel has read it' }],
	async run(args, io) {
		const said = {
			due: dayOf(args.text('due')),
			done: dayOf(args.text('done')),
			who: args.text('who'),
			note: args.text('note'),
		};
		if (Object.values(said).every((value) => value === undefined))
			throw new Usage('Say something of the stage: --due DAY, --done DAY, --who "…" or --note "…".');
		const { who, draft } = await drafting(args, io);
		const made = await does('stage', draft, { stage: args.operands[1], ...said }, who, io);
		await tell('Kept. `citycompact adoption dates` shows the days.', made, args, io);
	},
};

function dayOf(typed: string | undefined): string | null | undefined {
	return typed === 'none' ? null : typed;
}

const adopting: Verb = {
	name: 'adopt',
	summary: 'Record the adoption: the text goes on the public shelf as your city’s policy, and the draft is closed',
	operands: [DRAFT],
	options: {
		number: { value: 'TEXT', summary: 'as the clerk counts: "Ordinance 2027-3", "General Order 7.14"' },
		adopted: {
			value: 'DAY',
			summary: 'the day of the vote, or on which an office issued what nobody votes on: YYYY-MM-DD',
		},
		vote: { value: 'TEXT', summary: 'as the minutes have it, where a body voted: "5 to 2"' },
		'in-force': { value: 'DAY', summary: 'the day on which it takes effect, where it is known' },
		sources: { summary: 'the library says what it was modeled on' },
		sure: { summary: 'this is the text that was decided on, and it becomes public' },
		...TELL_OPTIONS,
	},
	examples: [
		{
			command:
				'adoption adopt 3f2a9c01 --number "Ordinance 2027-3" --adopted 2027-03-03 --vote "5 to 2" --sources --sure',
			what: 'the day after the vote',
		},
	],
	async run(args, io) {
		const [number, adopted] = [args.text('number'), args.text('adopted')];
		if (number === undefined || adopted === undefined)
			throw new Usage('Say how it is counted and when it was decided: --number "…" --adopted YYYY-MM-DD.');
		const { who, draft } = await drafting(args, io);
		if (!args.has('sure'))
			throw new Conflict(
				`Nothing was recorded. The text of draft ${(await readNow(draft, who)).seq} becomes public, and that cannot be taken back: say --sure.`,
			);
		const sent = {
			number,
			adopted,
			vote: args.text('vote'),
			in_force: args.text('in-force'),
			tells_sources: args.has('sources'),
			sure: true,
		};
		const made = await does('adopt', draft, sent, who, io);
		await tell(`It is on the shelf: ${made.address}`, made, args, io);
	},
};

/** Verbs that decide on what others wrote, and say how far a draft is. */
export const DECIDE_VERBS: readonly Verb[] = [taking, keeping, commenting, planning, staging, adopting];
