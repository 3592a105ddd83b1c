import { csvLines } from '#kernel/csv.ts';

/** A CSV file to download. A file of sample data says so in its name. */
export async function csvAnswer(
	name: string,
	columns: readonly string[],
	rows: readonly object[],
	{ raw, sample }: { readonly raw: boolean; readonly sample: boolean },
): Promise<Response> {
	let text = '';
	for await (const line of csvLines(columns, rows, raw)) text += line;
	return new Response(text, {
		headers: {
			'content-type': 'text/csv; charset=utf-8; header=present',
			'content-disposition': `attachment; filename="${sample ? 'SAMPLE-' : ''}${name}.csv"`,
		},
	});
}
