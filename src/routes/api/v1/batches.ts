/** Records one after the other, read in batches that begin behind the last: neither memory nor a session is held between them. */
export async function* batches<View>(
	read: (after: string | null, limit: number) => Promise<readonly View[]>,
	keyOf: (view: View) => string,
	after: string | null,
	batch: number,
): AsyncGenerator<View> {
	let from = after;
	for (;;) {
		const rows = await read(from, batch);
		yield* rows;
		const last = rows.at(-1);
		if (last === undefined || rows.length < batch) return;
		from = keyOf(last);
	}
}
