import { expect, test } from 'vitest';
import { schemaText } from '#platform/schema.server.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();

test('the types of tables are those of the migrated database (npm run golden -- --update)', async () => {
	await expect(await here.owner(schemaText)).toMatchFileSnapshot('../../src/platform/schema.gen.ts');
});

test('every table has a primary key, by which a backup reads it piece by piece', async () => {
	const without = await here.owner(async (session) => {
		const { rows } = await session.query(`
			select relname from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r'
			and not exists (select from pg_index where indrelid = c.oid and indisprimary)`);
		return rows;
	});
	expect(without).toEqual([]);
});
