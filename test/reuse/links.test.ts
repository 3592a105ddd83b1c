import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type Actor, SYSTEM } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import { toRecord } from '#kernel/field.ts';
import { scan } from '#kernel/xml.ts';
import { compareTexts } from '#reuse/compare.server.ts';
import { keyIn, type Linked } from '#reuse/linked.ts';
import { linkedClauses, links } from '#reuse/links.server.ts';
import { linksGraphml } from '#reuse/links-graphml.ts';
import { LINK_FIELDS } from '#reuse/record/link.ts';
import { testDatabase } from '../database.ts';
import { shelved } from '../library/shelved.ts';

const here = await testDatabase();
const { world } = here;
const TODAY = '2026-07-01' as Day;
const DETAINER =
	'An officer or employee of the City shall not arrest, detain, or prolong the detention of any person on the basis of a civil immigration detainer or an administrative warrant, unless the request is accompanied by a judicial warrant.';
const RECORDS =
	'No department may ask about, record, or keep a copy of a paper that shows the citizenship of a resident, except where a law of the United States or of this State requires the question.';

const shelve = (address: string, day: string, ...words: readonly string[]) =>
	shelved({ address, day, lines: words.map((one, n) => `sec_${n + 1} | ${n + 1}. | ${one}`) }, world);
const first = await shelve('coalition/first', '2014-01-02', DETAINER, RECORDS);
const later = await shelve('coalition/later', '2016-01-02', RECORDS, DETAINER.replace('City', 'County'));
await shelve('coalition/twin', '2016-01-02', DETAINER);
const withdrawn = await shelve('coalition/withdrawn', '2010-01-02', DETAINER);
await world.db.as(SYSTEM, (tx) =>
	sql`insert into library_relation (work_id, id, kind, other_id, other, source, author, at)
		values (${later.workId}, gen_random_uuid(), 'modelled_on', ${first.workId}, 'First', 'A report, <page 2>', 'test', now())`.execute(
		tx,
	),
);
await compareTexts(world);
await world.db.as(SYSTEM, (tx) =>
	sql`update library_work set withdrawn_at = now(), withdrawn_reason = 'None' where id = ${withdrawn.workId}`.execute(
		tx,
	),
);

async function all<T>(of: AsyncIterable<T>): Promise<T[]> {
	const found: T[] = [];
	for await (const one of of) found.push(one);
	return found;
}
const every = () => all(links(TODAY, null, world));
const named = ({ from, to, basis }: Linked) =>
	`${from.address.replace('coalition/', '')} ${to.address.replace('coalition/', '')} ${basis}`;

test('links lead from the earlier clause to the later one, each once, and say what tells which was earlier', async () => {
	const told = (await every()).map(named);
	expect(new Set(told).size).toBe(told.length);
	expect(told).toContain('first/2014-01-02/sec_1 later/2016-01-02/sec_2 modelled_on');
	expect(told).toContain('first/2014-01-02/sec_2 later/2016-01-02/sec_1 modelled_on');
	expect(told).toContain('first/2014-01-02/sec_1 twin/2016-01-02/sec_1 inferred');
	expect(told.filter((one) => /later.* twin|twin.* later/.test(one)).every((one) => one.endsWith('same_day'))).toBe(
		true,
	);
	expect(told.join()).not.toContain('withdrawn');
	const [one] = (await every()).filter((link) => named(link).endsWith('sec_1 twin/2016-01-02/sec_1 inferred'));
	if (!one) throw new Error('There is no such link.');
	expect(toRecord(LINK_FIELDS, one)).toMatchObject({
		keeps: 1,
		own_series: false,
		source: null,
		later_day: '2016-01-02',
	});
});

test('whoever goes on behind a link gets the rest, in whatever batches', async () => {
	const whole = await every();
	expect(whole.length).toBeGreaterThan(4);
	for (const size of [1, 2, 3]) expect(await all(links(TODAY, null, world, size))).toEqual(whole);
	for (const [n, { id }] of whole.entries())
		expect(await all(links(TODAY, keyIn(id), world, 2))).toEqual(whole.slice(n + 1));
	expect(keyIn('nobody')).toBeNull();
	expect(await all(linkedClauses(TODAY, world, 1))).toEqual(await all(linkedClauses(TODAY, world)));
});

test('the graph is well-formed: a node for each clause that a link leads to, an edge for each link', async () => {
	const [nodes, ends]: [string[], string[]] = [[], []];
	const pieces = await all(linksGraphml(linkedClauses(TODAY, world), links(TODAY, null, world)));
	let texts = '';
	scan(pieces.join(''), 'links', {
		open: (name, attributes) => {
			if (name === 'node') nodes.push(/id="([\w.-]+)"/.exec(attributes)?.[1] ?? '');
			if (name === 'edge')
				ends.push(...[...attributes.matchAll(/(?:source|target)="([\w.-]+)"/g)].map(([, id = '']) => id));
		},
		close: () => undefined,
		text: (text) => {
			texts += text;
		},
	});
	expect(ends).toHaveLength(2 * (await every()).length);
	expect(nodes.toSorted()).toEqual([...new Set(ends)].sort());
	expect(texts).toContain('A report, <page 2>');
});

test('what a city keeps to itself is in no byte that anybody else gets', async () => {
	const city = '4835000';
	const member: Actor = { role: 'member', city };
	const seen = async () =>
		JSON.stringify([await every(), await all(linksGraphml(linkedClauses(TODAY, world), links(TODAY, null, world)))]);
	const before = await seen();
	await world.db.as(member, (tx) =>
		sql`insert into reuse_link (work_id, expression_id, e_id, other_work_id, other_expression_id, other_e_id, same, terms,
				other_terms, owner_city, room)
			values (${first.workId}, ${first.expressionId}, 'sec_9', ${later.workId}, ${later.expressionId}, 'sec_9', 9, 9, 9, ${city},
				'city'), (${later.workId}, ${later.expressionId}, 'sec_9', ${first.workId}, ${first.expressionId}, 'sec_9', 9, 9, 9,
				${city}, 'city')`.execute(tx),
	);
	expect(await seen()).toBe(before);
});
