import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { OPERATOR, SYSTEM, VISITOR } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import { workAt } from '#library/at.server.ts';
import { clearShelf, stockShelf } from '#library/shelf.server.ts';
import { dropSamplePlaces, furnishSample } from '#places/sample.server.ts';
import { backup, restore } from '#platform/backup.server.ts';
import { packageRoot } from '#platform/root.server.ts';
import { clearSample } from '#watch/shelf.server.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const other = await testDatabase();
const { world } = here;
const folder = mkdtempSync(join(tmpdir(), 'citycompact-shelf-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MODEL = {
	address: 'coalition/detainers',
	instrument: 'model',
	form: 'ordinance',
	number: 'Model ordinance 2',
	title: 'Model ordinance on detainers',
	language: 'en',
	blanks: [{ id: 'city', kind: 'text', label: { en: 'City', es: 'Ciudad' }, help: { en: '', es: '' }, default: null }],
	notes: [{ eId: 'sec_1', text: { en: 'A note.', es: 'Una nota.' } }],
	lawNotes: [{ eId: 'sec_1', text: 'Only for editors.', citations: ['8 U.S.C. § 1373'], status: 'unreviewed' }],
	protections: [
		{
			eId: 'sec_1',
			code: 'DET-WARRANT',
			polarity: 'gives',
			strength: 'absolute',
			words: 'No officer shall hold a person without a judicial warrant.',
		},
	],
};
const SAMPLE = {
	address: 'zz/place/lowmark/ordinance-7',
	instrument: 'ordinance',
	number: 'Ordinance 7',
	title: 'An invented ordinance',
	language: 'en',
	facts: [{ kind: 'adopted', day: '2019-03-04', source: 'Ordinance 7, section 2' }],
	relations: [{ kind: 'modelled_on', other: 'coalition/detainers', source: 'Ordinance 7, section 1' }],
};
const TEXT = `# A model

BE IT ORDAINED BY THE COUNCIL:

## Section 1. Warrants

No officer shall hold a person without a judicial warrant.

## Section 2. Effective date

This ordinance takes effect at once.
`;

function seed(name: string, policy: object, text = TEXT): void {
	mkdirSync(join(folder, name), { recursive: true });
	writeFileSync(join(folder, name, 'policy.json'), JSON.stringify(policy));
	writeFileSync(join(folder, name, '2026-11-26.en.md'), text);
	writeFileSync(join(folder, name, 'summary.en.md'), 'In plain words.\n');
}

const stock = () => stockShelf(world, folder);
const at = (path: string) => world.db.as(VISITOR, (tx) => workAt(path, '2026-12-01' as Day, tx));
const count = async (table: string, actor = SYSTEM) =>
	world.db.as(actor, async (tx) => {
		const found = await sql<{ count: number }>`select count(*)::integer as count from ${sql.table(table)}`.execute(tx);
		return found.rows[0]?.count;
	});

beforeEach(async () => {
	await world.db.as(SYSTEM, clearShelf);
	await world.db.as(SYSTEM, (tx) => furnishSample(world, tx));
	seed('detainers', MODEL);
	seed('sample-lowmark', SAMPLE);
});

test('what comes along stands on the shelf under the same ids everywhere, and a second start changes nothing', async () => {
	expect(await stock()).toBe(2);
	const first = await at('coalition/detainers/2026-11-26/sec_1');
	expect(first).toMatchObject({
		kind: 'provision',
		work: {
			form: 'ordinance',
			summary: { en: 'In plain words.' },
			notes: [{ eId: 'sec_1' }],
			blanks: [{ id: 'city' }],
		},
		provision: { text: 'No officer shall hold a person without a judicial warrant.' },
	});
	expect(await at('zz/place/lowmark/ordinance-7')).toMatchObject({
		work: { sample: true, standing: 'adopted', relations: [{ address: 'coalition/detainers' }] },
	});
	expect(await stock()).toBe(0);
	await world.db.as(SYSTEM, clearShelf);
	expect(await count('library_work')).toBe(0);
	expect(await stock()).toBe(2);
	const second = await at('coalition/detainers/2026-11-26/sec_1');
	expect(second).toEqual(first);
	expect(await count('journal', OPERATOR)).toBe(0);
});

test('a corrected text takes the place of the one before, and what it no longer says is withdrawn', async () => {
	await stock();
	seed('sample-lowmark', { ...SAMPLE, relations: [] });
	seed('detainers', MODEL, TEXT.replace('at once', 'in thirty days'));
	expect(await stock()).toBe(2);
	expect(await at('coalition/detainers')).toMatchObject({ work: { versions: [{ day: '2026-11-26', nth: 1 }] } });
	expect(await at('coalition/detainers/2026-11-26/sec_2')).toMatchObject({
		provision: { text: 'This ordinance takes effect in thirty days.' },
	});
	expect(await at('zz/place/lowmark/ordinance-7')).toMatchObject({ work: { relations: [] } });
	expect(await count('library_relation')).toBe(1);
});

test('invented policies go with the invented places, and stay away while those are gone', async () => {
	await stock();
	await world.db.as(SYSTEM, dropSamplePlaces);
	expect(await at('zz/place/lowmark/ordinance-7')).toEqual({ kind: 'none' });
	expect(await stock()).toBe(0);
	expect(await at('coalition/detainers')).toMatchObject({ kind: 'work' });
});

test('what editors note about the law is behind their wall, and a protection waits for a second person', async () => {
	await stock();
	expect(await count('library_law_note', VISITOR)).toBe(0);
	expect(await count('library_law_note', OPERATOR)).toBe(1);
	const found = await world.db.as(SYSTEM, (tx) =>
		sql`select code, confirmed_at from library_coding`.execute(tx).then(({ rows }) => rows),
	);
	expect(found).toEqual([{ code: 'DET-WARRANT', confirmed_at: null }]);
});

test('a backup holds the library, and is restored where a server has stocked its own shelf before', async () => {
	await stock();
	const file = join(folder, 'library.backup');
	await backup(file, null, here.ground, new Date());
	const before = await here.owner((session) => session.query('select * from library_provision order by 1, 2, 3'));
	await other.world.db.as(SYSTEM, (tx) => furnishSample(other.world, tx));
	expect(await stockShelf(other.world, folder)).toBe(2);
	await restore(file, null, other.ground, () =>
		other.world.db.as(SYSTEM, async (tx) => {
			await clearShelf(tx);
			await clearSample(tx);
		}),
	);
	const after = await other.owner((session) => session.query('select * from library_provision order by 1, 2, 3'));
	expect(after.rows).toEqual(before.rows);
	expect(after.rows.length).toBeGreaterThan(5);
});

test('every folder that comes along can be put on the shelf', async () => {
	const real = join(packageRoot(), 'seeds', 'library');
	const folders = readdirSync(real, { withFileTypes: true }).filter((entry) => entry.isDirectory());
	expect(await stockShelf(world, real)).toBe(folders.length);
});

test('a shelf with a policy of somebody else’s is not emptied', async () => {
	await stock();
	await world.db.as(OPERATOR, (tx) =>
		sql`insert into library_work (id, address, instrument, title, language, added_at, added_by)
			values (gen_random_uuid(), 'coalition/own', 'letter', 'Own', 'en', now(), 'clerk')`.execute(tx),
	);
	await world.db.as(SYSTEM, clearShelf);
	expect(await count('library_work')).toBe(3);
	await world.db.as(SYSTEM, (tx) => sql`delete from library_work`.execute(tx));
});
