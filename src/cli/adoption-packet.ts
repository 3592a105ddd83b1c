import { packetFile, packing } from '#adoption/packet/packing.server.ts';
import { packetSaid } from '#adoption/program/packet.server.ts';
import { speech } from '#i18n/message.ts';
import { drafting } from './adoption-change.ts';
import { leaving, writeNew } from './adoption-files.ts';
import { DRAFT, does, TELL_OPTIONS, tell } from './adoption-key.ts';
import { tellNames } from './adoption-names.ts';
import { jsonIn } from './adoption-rules.ts';
import type { Verb } from './command.ts';
import { plain } from './library-import.ts';

const UNSAID =
	'Say first what stands in the packet: --set FILE, as `citycompact adoption packet --format json` prints what is offered.';

export const packeting: Verb = {
	name: 'packet',
	summary: 'What stands in the packet for the agenda; with --set, say it; with --to, write it as a Word file',
	detail: [
		'What --format json prints is what --set takes, whole or in part: what is left out stays, or is as it is offered. There is a file once somebody said what stands in it and no blank is open.',
	],
	operands: [DRAFT],
	options: {
		set: { value: 'FILE', summary: 'a file with what is said, as --format json prints it' },
		to: { value: 'FILE', summary: 'the Word file to write' },
		...TELL_OPTIONS,
	},
	examples: [
		{ command: 'adoption packet 3f2a9c01 --format json > packet.json', what: 'as it is offered, to change it' },
		{ command: 'adoption packet 3f2a9c01 --set packet.json --to packet.docx', what: 'say it, and take the file' },
	],
	async run(args, io) {
		const [set, to] = [args.text('set'), args.text('to')];
		const sent = set === undefined ? null : await jsonIn(set, '`citycompact adoption packet --format json`');
		const { who, draft } = await drafting(args, io);
		if (sent !== null) await does('packet', draft, sent, who, io);
		if (to !== undefined) {
			const left = await leaving(draft, { named: false, against: null }, who);
			const { bytes } = packetFile(await packing(left, who.actor, who.world), speech('en'), UNSAID);
			await tellNames(draft, who, io);
			for (const { says } of (await packetSaid(draft, who.actor, who.world)).check) io.say(plain(says));
			await writeNew(to, bytes);
			await io.write(`${to}\n`);
			return;
		}
		const { record, said, template, open, check } = await packetSaid(draft, who.actor, who.world);
		if (args.text('format') === 'json') {
			await io.write(`${JSON.stringify(record, null, '\t')}\n`);
			return;
		}
		const lines = [
			...Object.entries(record).map(([name, value]) => `${name}: ${plain(value === null ? '' : String(value))}`),
			'',
			template === null ? 'The template is ours.' : `The template is ${plain(template)}.`,
			...(said ? [] : ['Nobody said so yet: this is what is offered. Say it by --set.']),
			...(open.length > 0 ? [`There is no file while blanks are open: ${open.join(', ')}.`] : []),
			...(check.length > 0 ? ['Check before you print:', ...check.map(({ says }) => `  ${plain(says)}`)] : []),
		];
		await tell(lines.join('\n'), record, args, io);
	},
};
