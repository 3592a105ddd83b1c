import { toRecord } from '#kernel/field.ts';
import { keyOf } from './clause.ts';
import { graphmlOf, OF_EDGE } from './graphml.ts';
import type { Linked, LinkedClause } from './linked.ts';
import { CLAUSE_FIELDS, LINK_FIELDS } from './record/link.ts';

/** Links as GraphML 1.0, piece by piece: every clause, then an edge from each earlier to its later one. */
export async function* linksGraphml(
	clauses: AsyncIterable<LinkedClause>,
	links: AsyncIterable<Linked>,
): AsyncGenerator<string> {
	const { head, node, edge, end } = graphmlOf(
		'links',
		CLAUSE_FIELDS.map(({ name }) => name),
		OF_EDGE,
	);
	yield head;
	for await (const clause of clauses) yield node(idOf(clause), toRecord(CLAUSE_FIELDS, clause));
	for await (const link of links) yield edge(idOf(link.from), idOf(link.to), toRecord(LINK_FIELDS, link));
	yield end;
}

/** Names of nodes hold no spaces. */
function idOf(clause: LinkedClause): string {
	return `n${keyOf(clause).trimEnd().replaceAll(' ', '.')}`;
}
