import { closeReport, reports } from '#watch/report.server.ts';
import { Usage, type Verb } from './command.ts';
import { print, TABLE_OPTIONS } from './output.ts';

export const listingReports: Verb = {
	name: 'reports',
	summary: 'What readers reported as wrong, oldest first; nobody else sees it',
	options: { ...TABLE_OPTIONS, all: { summary: 'also those that are closed' } },
	examples: [{ command: 'watch reports', what: 'the open reports on the screen' }],
	async run(args, io) {
		const found = await reports(args.has('all') ? 'all' : 'open', await io.world());
		const rows = found.map(({ closedAt, closedReason, ...report }) => ({
			...report,
			closed_at: closedAt,
			closed_reason: closedReason,
		}));
		await print(rows, REPORT_COLUMNS, args, io);
	},
};

export const closingReport: Verb = {
	name: 'close-report',
	summary: 'Close a report with what became of it; it stays on record',
	operands: [{ name: 'ID', summary: 'the id of a report, from `watch reports`' }],
	options: { reason: { value: 'SENTENCE', summary: 'what became of it' } },
	examples: [
		{
			command: 'watch close-report 6f1c2a9e-0000-4000-8000-000000000000 --reason "The date was overruled."',
			what: 'close one report',
		},
	],
	async run(args, io) {
		const reason = args.text('reason');
		if (!reason) throw new Usage('Say what became of the report: --reason "…".');
		await closeReport(args.operands[0] ?? '', reason, await io.world());
		await io.write('The report is closed.\n');
	},
};

const REPORT_COLUMNS = [
	{ name: 'id', heading: 'Id' },
	{ name: 'at', heading: 'Sent' },
	{ name: 'about', heading: 'About' },
	{ name: 'message', heading: 'Message' },
	{ name: 'contact', heading: 'Contact' },
	{ name: 'closed_at' },
	{ name: 'closed_reason' },
] as const;
