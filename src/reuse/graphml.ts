import { escaped } from '#library/export/markup.ts';
import type { LineageRow } from './lineage-rows.ts';

/** Columns that tell of the line from the earlier clause; the others tell of the clause. */
const OF_EDGE: readonly (keyof LineageRow)[] = [
	'keeps',
	'same_words',
	'earlier_words',
	'own_series',
	'basis',
	'source',
];
const OF_NODE: readonly (keyof LineageRow)[] = [
	'address',
	'place',
	'place_id',
	'policy',
	'instrument',
	'cited',
	'day',
	'standing',
	'sample',
];
const TYPES: Readonly<Partial<Record<keyof LineageRow, string>>> = {
	keeps: 'double',
	same_words: 'int',
	earlier_words: 'int',
	own_series: 'boolean',
	sample: 'boolean',
};

/** A lineage as GraphML 1.0: a node for each clause, an edge from the earlier to the later one. What is null has no datum. */
export function graphml(rows: readonly LineageRow[]): string {
	const number = new Map(rows.map(({ address }, n) => [address, n]));
	const keys = (names: readonly (keyof LineageRow)[], of: 'node' | 'edge') =>
		names.map((name) => `<key id="${name}" for="${of}" attr.name="${name}" attr.type="${TYPES[name] ?? 'string'}"/>`);
	const data = (row: LineageRow, names: readonly (keyof LineageRow)[]) =>
		names
			.filter((name) => row[name] !== null)
			.map((name) => `<data key="${name}">${escaped(String(row[name]))}</data>`)
			.join('');
	const nodes = rows.map((row, n) => `<node id="n${n}">${data(row, OF_NODE)}</node>`);
	const edges = rows.flatMap((row, n) => {
		const from = row.earlier === null ? undefined : number.get(row.earlier);
		return from === undefined ? [] : [`<edge source="n${from}" target="n${n}">${data(row, OF_EDGE)}</edge>`];
	});
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
		...keys(OF_NODE, 'node'),
		...keys(OF_EDGE, 'edge'),
		'<graph id="lineage" edgedefault="directed">',
		...nodes,
		...edges,
		'</graph>',
		'</graphml>',
		'',
	].join('\n');
}
