/** Pieces of a JSON array, one record a line; memory does not grow with their number. */
export async function* jsonArray(rows: Iterable<object> | AsyncIterable<object>): AsyncGenerator<string> {
	let before = '[\n';
	for await (const row of rows) {
		yield before + JSON.stringify(row);
		before = ',\n';
	}
	yield before === '[\n' ? '[]' : '\n]';
}

/**
 * Pieces of a JSON object whose last members are not known before its rows have gone by: `head`, then the rows under
 * `name`, then what `tail` gives once they are through.
 */
export async function* jsonObject(
	head: Readonly<Record<string, unknown>>,
	name: string,
	rows: AsyncIterable<object>,
	tail: () => Readonly<Record<string, unknown>>,
): AsyncGenerator<string> {
	for (const [key, value] of Object.entries(head))
		yield `${key === Object.keys(head)[0] ? '{' : ','}${member(key, value)}`;
	yield `${Object.keys(head).length > 0 ? ',' : '{'}${JSON.stringify(name)}:`;
	yield* jsonArray(rows);
	for (const [key, value] of Object.entries(tail())) yield `,${member(key, value)}`;
	yield '}\n';
}

function member(key: string, value: unknown): string {
	return `${JSON.stringify(key)}:${JSON.stringify(value)}`;
}
