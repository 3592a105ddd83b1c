import { describe, expect, test } from 'vitest';
import { asOwner, prepare } from '#platform/ground.server.ts';
import { appliedMigrations, type MigrationFile, migrationFiles, pendingMigrations } from '#platform/migrate.server.ts';
import { emptyDatabase } from '../database.ts';

const files = migrationFiles();

function file(number: number, sql: string): MigrationFile {
	return { number, name: 'test', sql, sha256: `${number}${sql.length}` };
}

describe('migrations', () => {
	test('are numbered without gaps from one', () => {
		expect(files.map((one) => one.number)).toEqual(files.map((_, index) => index + 1));
	});

	test('are applied once, whoever comes, and in whatever crowd', async () => {
		const ground = await emptyDatabase();
		const applied = await Promise.all([1, 2, 3].map(() => prepare(ground)));
		expect(applied.map((one) => one.applied.length).sort()).toEqual([0, 0, files.length]);
		expect((await asOwner(ground, appliedMigrations)).map((one) => one.name)).toEqual(files.map((one) => one.name));
	});

	test('are whole or not at all', async () => {
		const ground = await emptyDatabase();
		const broken = [...files, file(9000, 'create table half (n integer); select 1 / 0')];
		await expect(prepare(ground, broken)).rejects.toThrow('division by zero');
		const left = await asOwner(ground, async (session) => {
			const { rows } = await session.query(`select to_regclass('half') as half`);
			return { half: rows[0].half, applied: (await appliedMigrations(session)).length };
		});
		expect(left).toEqual({ half: null, applied: files.length });
		await prepare(ground, [...files, file(9000, 'create table half (n integer)')]);
	});

	test.each([
		[
			'newer than this installation',
			[...files, file(9000, '')],
			/newer City Compact \(9000_test; this one knows \d+\)/,
		],
		[
			'of a file that was changed since',
			files.map((one) => ({ ...one, sha256: 'other' })),
			/0001_platform was applied .* with another text/,
		],
	])('%s are refused with the remedy', (_, applied, sentence) => {
		expect(() => pendingMigrations(files, applied)).toThrow(sentence);
	});

	test('added later are the only ones applied', () => {
		const more = [...files, file(9000, '')];
		expect(pendingMigrations(more, files).map((one) => one.number)).toEqual([9000]);
		expect(pendingMigrations(files, files)).toEqual([]);
	});
});
