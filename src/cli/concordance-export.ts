import { VISITOR } from '#access/actor.ts';
import { csvLines } from '#kernel/csv.ts';
import { dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { readConfig } from '#platform/config.server.ts';
import { clauses } from '#reuse/clauses.server.ts';
import { documented } from '#reuse/documented.server.ts';
import { graphml } from '#reuse/graphml.ts';
import { around } from '#reuse/kin.server.ts';
import { lineage } from '#reuse/lineage.ts';
import { LINEAGE_COLUMNS, lineageRows } from '#reuse/lineage-rows.ts';
import type { Args, Verb } from './command.ts';
import type { Io } from './io.ts';
import { find } from './library-at.ts';

export const lineageExport: Verb = {
	name: 'export',
	summary: 'Write the lineage of a clause: which clause of which policy goes on in which, and what it keeps',
	detail: [
		'Who is earlier is inferred from dates, unless a source on the shelf says how two policies stand to each other.',
	],
	operands: [{ name: 'CLAUSE', summary: 'address of a provision or version, or of a policy for its newest version' }],
	options: {
		format: {
			value: 'FORMAT',
			choices: ['csv', 'graphml', 'json'],
			default: 'csv',
			summary: 'graphml for programs that draw',
		},
		raw: { summary: 'csv for programs: no mark at the beginning, and every text as it is' },
	},
	examples: [
		{
			command: 'concordance export ny/place/new-york-city/local-law-58-of-2014 --format graphml > lineage.graphml',
			what: 'a whole law',
		},
		{
			command: 'concordance export coalition/detainers/2026-11-26/sec_3 > lineage.csv',
			what: 'one section of a model',
		},
	],
	run: runExport,
};

async function runExport(args: Args, io: Io): Promise<void> {
	const world = await io.world();
	const { work, version, provision } = await find(args.operands[0] ?? '', world);
	const line = version ?? work.versions[0];
	if (!line) throw new NotFound('This policy has no version yet.');
	const start = { workId: work.id, expressionId: line.id, eId: provision?.eId ?? '' };
	const today = dayAt(world.clock.now());
	const rows = await world.db.as(VISITOR, async (tx) => {
		const told = lineage(await clauses(await around(start, tx), today, 'en', tx));
		const relations = await documented([...new Set(told.map(({ clause }) => clause.workId))], tx);
		return lineageRows(told, relations, readConfig().origin);
	});
	switch (args.text('format')) {
		case 'graphml':
			return io.write(graphml(rows));
		case 'json':
			return io.write(`${JSON.stringify(rows, null, '\t')}\n`);
		default:
			for await (const one of csvLines(LINEAGE_COLUMNS, rows, args.has('raw'))) await io.write(one);
	}
}
