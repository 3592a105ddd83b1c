import type { DataRecord } from '#kernel/field.ts';
import { escaped } from '#library/export/markup.ts';
import type { LineageRow } from './lineage-rows.ts';

/** What a graph tells of the line from the earlier clause; the rest is of the clause. */
export const OF_EDGE = ['keeps', 'same_words', 'earlier_words', 'own_series', 'basis', 'source'] as const;
const OF_NODE = ['address', 'place', 'place_id', 'policy', 'instrument', 'cited', 'day', 'standing', 'sample'] as const;
const TYPES: Readonly<Record<string, string>> = {
	keeps: 'double',
	same_words: 'int',
	earlier_words: 'int',
	own_series: 'boolean',
	sample: 'boolean',
};

/** A lineage as GraphML 1.0: a node for each clause, an edge from the earlier to the later one. */
export function graphml(rows: readonly LineageRow[]): string {
	const number = new Map(rows.map(({ address }, n) => [address, n]));
	const { head, node, edge, end } = graphmlOf('lineage', OF_NODE, OF_EDGE);
	const edges = rows.flatMap((row, n) => {
		const from = row.earlier === null ? undefined : number.get(row.earlier);
		return from === undefined ? [] : [edge(`n${from}`, `n${n}`, { ...row })];
	});
	return [head, ...rows.map((row, n) => node(`n${n}`, { ...row })), ...edges, end].join('');
}

/** The pieces of a graph, each with what belongs to it under the names given; what is null has no datum. */
export function graphmlOf(name: string, ofNode: readonly string[], ofEdge: readonly string[]) {
	const keys = (names: readonly string[], of: 'node' | 'edge') =>
		names.map((key) => `<key id="${key}" for="${of}" attr.name="${key}" attr.type="${TYPES[key] ?? 'string'}"/>`);
	const data = (record: DataRecord, names: readonly string[]) =>
		names
			.filter((key) => record[key] !== null)
			.map((key) => `<data key="${key}">${escaped(String(record[key]))}</data>`)
			.join('');
	return {
		head: [
			'<?xml version="1.0" encoding="UTF-8"?>',
			'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
			...keys(ofNode, 'node'),
			...keys(ofEdge, 'edge'),
			`<graph id="${name}" edgedefault="directed">\n`,
		].join('\n'),
		node: (id: string, record: DataRecord) => `<node id="${escaped(id)}">${data(record, ofNode)}</node>\n`,
		edge: (from: string, to: string, record: DataRecord) =>
			`<edge source="${escaped(from)}" target="${escaped(to)}">${data(record, ofEdge)}</edge>\n`,
		end: '</graph>\n</graphml>\n',
	};
}
