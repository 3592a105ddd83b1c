import { VISITOR } from '#access/actor.ts';
import { csvLines } from '#kernel/csv.ts';
import { type Day, dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { toRecords } from '#kernel/field.ts';
import { jsonArray } from '#kernel/json.ts';
import { readConfig } from '#platform/config.server.ts';
import type { World } from '#platform/world.ts';
import { graphml } from '#reuse/graphml.ts';
import { around } from '#reuse/kin.server.ts';
import { lineageRows } from '#reuse/lineage-rows.ts';
import { linkedClauses, links } from '#reuse/links.server.ts';
import { linksGraphml } from '#reuse/links-graphml.ts';
import { LINEAGE_COLUMNS } from '#reuse/record/lineage.ts';
import { LINK_FIELDS } from '#reuse/record/link.ts';
import { toldOf } from '#reuse/told.server.ts';
import type { Args, Verb } from './command.ts';
import { find } from './library-at.ts';
import { writeAll } from './output.ts';

export const lineageExport: Verb = {
	name: 'export',
	summary:
		'Write which clause of which policy goes on in which, and what it keeps: of one clause, or of the whole shelf',
	detail: [
		'Of a clause it is the lineage as its page shows it: each with the one earlier clause that it has most in common with. Without one it is every link between two policies. docs/concordance/data.md explains the fields.',
		'Who is earlier is inferred from dates, unless a source on the shelf says how two policies stand to each other.',
	],
	operands: [
		{
			name: 'CLAUSE',
			summary: 'address of a provision or version, or of a policy for its newest version; else all of the shelf',
			optional: true,
		},
	],
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
		{ command: 'concordance export > links.csv', what: 'every link of the shelf' },
	],
	async run(args, io) {
		const world = await io.world();
		const today = dayAt(world.clock.now());
		const clause = args.operands[0];
		await writeAll(clause === undefined ? shelf(args, today, world) : await lineageAt(clause, args, today, world), io);
	},
};

/** Every link of the shelf, piece by piece. */
async function* shelf(args: Args, day: Day, world: Pick<World, 'db'>): AsyncGenerator<string> {
	const all = links(day, null, world);
	switch (args.text('format')) {
		case 'graphml':
			yield* linksGraphml(linkedClauses(day, world), all);
			return;
		case 'json':
			yield* jsonArray(toRecords(LINK_FIELDS, all));
			yield '\n';
			return;
		default: {
			const names = LINK_FIELDS.map(({ name }) => name);
			yield* csvLines(names, toRecords(LINK_FIELDS, all), args.has('raw'));
		}
	}
}

async function lineageAt(
	address: string,
	args: Args,
	day: Day,
	world: Pick<World, 'db' | 'clock'>,
): Promise<AsyncGenerator<string> | readonly string[]> {
	const { work, version, provision } = await find(address, world);
	const line = version ?? work.versions[0];
	if (!line) throw new NotFound('This policy has no version yet.');
	const start = { workId: work.id, expressionId: line.id, eId: provision?.eId ?? '' };
	const { told, documented } = await world.db.as(VISITOR, async (tx) => {
		const { clauses } = await around(start, tx);
		return toldOf(clauses, day, 'en', tx);
	});
	const rows = lineageRows(told, documented, `${readConfig().origin}/library/`);
	switch (args.text('format')) {
		case 'graphml':
			return [graphml(rows)];
		case 'json':
			return [`${JSON.stringify(rows, null, '\t')}\n`];
		default:
			return csvLines(LINEAGE_COLUMNS, rows, args.has('raw'));
	}
}
