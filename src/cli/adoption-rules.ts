import { readFile } from 'node:fs/promises';
import { counting, sayRules } from '#adoption/program/rules.server.ts';
import { Invalid, NotFound } from '#kernel/error.ts';
import type { DataRecord } from '#kernel/field.ts';
import { acting, TELL_OPTIONS, tell } from './adoption-key.ts';
import type { Verb } from './command.ts';
import { plain } from './library-import.ts';
import { counted } from './output.ts';

const NOT_SAID =
	'Your city has not said how it counts. These are common spans to begin with, and no law of any place.\n';
const COUNTS: Readonly<Record<string, string>> = {
	first: 'the earlier day counts, the later does not',
	last: 'the later day counts, the earlier does not',
	both: 'both days count',
	neither: 'neither day counts',
};

export const ruling: Verb = {
	name: 'rules',
	summary: 'How your city counts its days, for all its drafts; with --set, say it',
	detail: ['What --format json prints is what --set takes: write it to a file, change it there, and give it back.'],
	options: {
		set: { value: 'FILE', summary: 'a file with all rules, closed days and meetings, as --format json prints them' },
		...TELL_OPTIONS,
	},
	examples: [
		{ command: 'adoption rules --format json > rules.json', what: 'as they are, to change them' },
		{ command: 'adoption rules --set rules.json', what: 'as they are from now on' },
	],
	async run(args, io) {
		const file = args.text('set');
		const sent = file === undefined ? undefined : await jsonIn(file, '`citycompact adoption rules --format json`');
		const { actor, world } = await acting(args, io);
		const { record, said } = sent === undefined ? await counting(actor, world) : await sayRules(sent, actor, world);
		if (sent !== undefined) io.say('Kept. Days that are planned stay; `citycompact adoption plan` counts anew.');
		if (args.text('format') === 'json') await io.write(`${JSON.stringify(record, null, '\t')}\n`);
		else await tell(linesOf(record, said), record, args, io);
	},
};

/** The JSON object in a file. @param first what prints one to begin with */
export async function jsonIn(file: string, first: string): Promise<object> {
	const text = await readFile(file, 'utf8').catch(() => null);
	if (text === null) throw new NotFound(`There is no file ${plain(file)} that can be read.`);
	try {
		const json: unknown = JSON.parse(text);
		if (typeof json === 'object' && json !== null) return json;
	} catch {}
	throw new Invalid(`${plain(file)} holds no JSON object. Begin with what ${first} prints.`);
}

interface Rule {
	readonly earlier: string;
	readonly later: string;
	readonly days: number;
	readonly unit: string;
	readonly counted: string;
	readonly moves: boolean;
	readonly source: string;
}

function linesOf(record: DataRecord, said: boolean): string {
	const own = record.own_days as readonly { readonly day: string; readonly name: string }[];
	const meetings = record.meetings as { readonly weekday: string; readonly weeks: readonly number[] } | null;
	const closed = [
		...(record.closed_weekdays as readonly string[]),
		...(record.holidays as readonly string[]),
		...own.map(({ day, name }) => (name === '' ? day : `${day} (${plain(name)})`)),
	];
	return [
		...(said ? [] : [NOT_SAID]),
		...(record.rules as readonly Rule[]).map(ruleLine),
		'',
		`Closed: ${closed.join(', ') || 'no day'}.`,
		`A holiday on a Saturday ${record.friday_before ? 'closes' : 'does not close'} the Friday before.`,
		meetings === null
			? 'When the council meets was not said.'
			: `The council meets on ${meetings.weekday}, in these weeks of the month: ${meetings.weeks.join(', ')}.`,
	].join('\n');
}

function ruleLine({ earlier, later, days, unit, counted: end, moves, source }: Rule): string {
	const stands = source === '' ? 'no source was given' : plain(source);
	return `${earlier} to ${later}: ${counted(days, `${unit} day`)}; ${COUNTS[end]}${moves ? '; never on a closed day' : ''} (${stands})`;
}
