import { speech } from '#i18n/message.ts';
import { NotFound } from '#kernel/error.ts';
import { graphml } from '#reuse/graphml.ts';
import { lineageRows } from '#reuse/lineage-rows.ts';
import { LINEAGE_COLUMNS } from '#reuse/record/lineage.ts';
import { csvAnswer } from '../watch/lists/csv.server.ts';
import type { Told } from './lineage.server.ts';

/** Throws `NotFound` for a format that there is none of. */
export function lineageFormat(format: string, { language }: App.Locals): 'csv' | 'graphml' {
	if (format === 'csv' || format === 'graphml') return format;
	throw new NotFound(speech(language).say('lineage.unknown'));
}

/** A lineage as a file to download. One with invented clauses says so in its name. */
export function lineageFile(
	name: string,
	{ told, documented }: Told,
	format: 'csv' | 'graphml',
	url: URL,
): Response | Promise<Response> {
	const rows = lineageRows(told, documented, `${url.origin}/library/`);
	const sample = rows.some((row) => row.sample);
	const file = `lineage-${name.replaceAll('/', '-')}`;
	if (format === 'csv')
		return csvAnswer(file, LINEAGE_COLUMNS, rows, { raw: url.searchParams.get('raw') === '1', sample });
	return new Response(graphml(rows), {
		headers: {
			'content-type': 'application/graphml+xml; charset=utf-8',
			'content-disposition': `attachment; filename="${sample ? 'SAMPLE-' : ''}${file}.graphml"`,
		},
	});
}
