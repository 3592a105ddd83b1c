import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { SYSTEM } from '../../src/access/actor.ts';
import { textBlocks } from '../../src/library/read/text.ts';
import { structure } from '../../src/library/structure/structure.ts';
import type { World } from '../../src/platform/world.ts';
import type { Introduction } from './introductions.ts';

/** A provision as every engine of the bench gets it. */
export interface Cut {
	readonly work: number;
	readonly position: number;
	readonly heading: string;
	readonly text: string;
}

/** Texts that go into the database in one statement. */
const BATCH = 100;
const KINDS = ['ordinance', 'resolution', 'executive_order', 'police_directive'];

/** Cuts introductions into provisions and puts them on the shelf as policies of four kinds, with dated facts. */
export async function shelve(
	texts: readonly Introduction[],
	label: string,
	world: Pick<World, 'db'>,
): Promise<readonly Cut[]> {
	const cuts: Cut[] = [];
	for (let from = 0; from < texts.length; from += BATCH) {
		const batch = texts.slice(from, from + BATCH).map((one, i) => ({ ...made(one), nth: from + i }));
		for (const { provisions, nth } of batch)
			for (const [position, one] of provisions.entries())
				if (one.state !== 'removed')
					cuts.push({
						work: nth,
						position,
						heading: [one.number, one.heading].filter(Boolean).join(' '),
						text: one.text,
					});
		await world.db.as(SYSTEM, async (tx) => {
			const rows = JSON.stringify(
				batch.map(({ nth, name, day, id, expression, text, enacted }) => ({
					id,
					expression,
					address: `coalition/${label}-${nth}`,
					instrument: KINDS[nth % KINDS.length],
					title: name.slice(0, 200) || 'Untitled',
					day,
					text,
					enacted,
				})),
			);
			await sql`
				with r as materialized (select * from jsonb_to_recordset(${rows}::jsonb) as r (id uuid, expression uuid, address text,
					instrument text, title text, day date, text text, enacted date)), w as (
					insert into library_work (id, address, instrument, title, language, added_at, added_by)
					select id, address, instrument, title, 'en', now(), 'bench' from r
				), e as (
					insert into library_expression (work_id, id, day, language, title, text, format, reader, digest, added_at, added_by)
					select id, expression, day, 'en', title, text, 'text', 1, '', now(), 'bench' from r
				), i as (
					insert into library_fact (work_id, id, kind, day, source, author, at)
					select id, gen_random_uuid(), 'introduced', day, 'the bench', 'bench', now() from r
				)
				insert into library_fact (work_id, id, kind, day, source, author, at)
				select id, gen_random_uuid(), 'adopted', enacted, 'the bench', 'bench', now() from r where enacted is not null`.execute(
				tx,
			);
			const provisions = JSON.stringify(
				batch.flatMap(({ id, expression, provisions }) =>
					provisions.map((one, position) => ({ ...one, work: id, expression, position })),
				),
			);
			await sql`
				insert into library_provision (work_id, expression_id, position, e_id, parent, kind, number, heading, text, start_at,
					end_at, state, before, redline)
				select work, expression, position, "eId", parent, kind, number, heading, text, start, "end", state, before, redline
				from jsonb_to_recordset(${provisions}::jsonb) as (work uuid, expression uuid, position integer, "eId" text,
					parent integer, kind text, number text, heading text, text text, start integer, "end" integer, state text,
					before jsonb, redline jsonb)`.execute(tx);
		});
	}
	return cuts;
}

function made({ name, intro, enacted, text }: Introduction) {
	const { provisions, text: canonical } = structure(textBlocks(text));
	return {
		id: randomUUID(),
		expression: randomUUID(),
		name,
		day: intro,
		enacted: enacted > '1900' ? enacted : null,
		text: canonical.replaceAll('\0', ''),
		provisions,
	};
}
