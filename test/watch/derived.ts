import type { TestDatabase } from '../database.ts';

/** Tables that follow from the lists, without the `watch_` before their names. */
export const DERIVED = [
	'agency',
	'agreement',
	'application',
	'event',
	'figure',
	'state_figure',
	'quarantine',
	'review',
	'alias',
];

const EMPTY = [...DERIVED, 'list', 'ledger', 'fetch', 'validator']
	.map((table) => `delete from watch_${table}`)
	.join(';');

/** Takes every list and all that follows from them away again. */
export async function emptied(here: TestDatabase): Promise<void> {
	await here.owner((session) => session.query(EMPTY));
}

/** All rows of these tables of the watch, by name. */
export function tables(here: TestDatabase, names: readonly string[]): Promise<Record<string, unknown>> {
	return here.owner(async (session) => {
		const found: Record<string, unknown> = {};
		for (const name of names) found[name] = (await session.query(`select * from watch_${name} order by 1, 2`)).rows;
		return found;
	});
}
