import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { OPERATOR, VISITOR } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { describing } from '#library/about.server.ts';
import { workAt } from '#library/at.server.ts';
import { addFact, addRelation, moveWork, statements, withdraw, withdrawWork } from '#library/history.server.ts';
import { importPolicies, type Outcome } from '#library/import.server.ts';
import type { Said } from '#library/manifest.ts';
import { type Naming, readManifest } from '#library/manifest.ts';
import { offers } from '#library/offer.server.ts';
import { insideOf, publish, publishedFile } from '#library/publish.server.ts';
import { everyWork, works } from '#library/works.server.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const { world } = here;
const folder = mkdtempSync(join(tmpdir(), 'citycompact-library-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TODAY = '2026-07-01' as Day;
const ORDINANCE = [
	'AN ORDINANCE relating to records of the city.',
	'BE IT ORDAINED BY THE CITY COUNCIL:',
	'Section 1. Definitions. As used in this ordinance, “record” means a paper of the city.',
	'Section 2. Limits. (a) No officer shall ask where a person was born.',
	'(b) No officer shall keep an answer to such a question.',
	'Section 3. Effective date. This ordinance takes effect on July 1, 2019.',
].join('\n\n');
const SAID: Said = { place: 'tx/place/huntsville', date: '2019-03-04', number: 'Ordinance 12' };

beforeEach(() =>
	here.owner(async (session) => {
		await session.query(`set compact.role = 'maintenance'`);
		await session.query('delete from library_work; delete from blob');
	}),
);

function file(name: string, content: string | Uint8Array): string {
	const path = join(folder, name);
	mkdirSync(join(path, '..'), { recursive: true });
	writeFileSync(path, content);
	return path;
}

async function bring(
	paths: readonly string[],
	all: Said = SAID,
	{ manifest = null, naming = {} }: { manifest?: readonly Said[] | null; naming?: Naming } = {},
): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	const manner = { by: 'test', again: false, told: (one: Outcome) => void outcomes.push(one), signal: null };
	await importPolicies(offers(paths, { all, manifest, naming, describe: describing(world) }), manner, world);
	return outcomes;
}

function at(path: string) {
	return world.db.as(VISITOR, (tx) => workAt(path, TODAY, tx));
}

async function rows(table: string): Promise<number> {
	return world.db.as(OPERATOR, async (tx) => {
		const found = await sql<{ count: number }>`select count(*)::integer as count from ${sql.table(table)}`.execute(tx);
		return found.rows[0]?.count ?? 0;
	});
}

const ADDRESS = 'tx/place/huntsville/ordinance-12';

test('a text becomes a policy with a version whose provisions can be cited', async () => {
	const [outcome] = await bring([file('ordinance.txt', ORDINANCE)]);
	expect(outcome).toMatchObject({ outcome: 'added', address: `${ADDRESS}/2019-03-04` });
	expect(await at(ADDRESS)).toMatchObject({
		kind: 'work',
		work: { number: 'Ordinance 12', instrument: 'ordinance', place: { name: 'Huntsville' }, standing: 'unknown' },
	});
	expect(await at(`${ADDRESS}/2019-03-04/sec_2__subsec_b`)).toMatchObject({
		kind: 'provision',
		provision: { number: '(b)', text: 'No officer shall keep an answer to such a question.' },
	});
	expect(await at(ADDRESS.toUpperCase())).toEqual({ kind: 'moved', path: ADDRESS });
	expect(await at('tx/place/huntsville')).toMatchObject({ kind: 'place' });
	expect(await at(`${ADDRESS}/2019-03-05`)).toEqual({ kind: 'none' });
});

test('importing again changes nothing, another text of the day is the second, a translation says so', async () => {
	const path = file('again.txt', ORDINANCE);
	await bring([path]);
	const entries = await rows('journal');
	expect(await bring([path])).toMatchObject([{ outcome: 'known', address: `${ADDRESS}/2019-03-04` }]);
	expect(await bring([path, path])).toMatchObject([{ outcome: 'known' }, { outcome: 'known' }]);
	expect(await rows('journal')).toBe(entries);
	expect(await rows('library_expression')).toBe(1);
	const amended = file('amended.txt', ORDINANCE.replace('was born', 'was born or lived'));
	expect(await bring([amended])).toMatchObject([{ outcome: 'added', address: `${ADDRESS}/2019-03-04.2` }]);
	const spanish = file('es.txt', 'ORDENANZA sobre los archivos de la ciudad.\n\nSección 1. Los archivos de la ciudad.');
	expect(await bring([spanish])).toMatchObject([{ outcome: 'added', address: `${ADDRESS}/2019-03-04.es` }]);
	expect(await at(`${ADDRESS}/2019-03-04.es`)).toMatchObject({ version: { official: false, language: 'es' } });
});

test('the same file in one batch twice is kept once', async () => {
	const path = file('twice.txt', ORDINANCE);
	expect(await bring([path, path])).toMatchObject([{ outcome: 'added' }, { outcome: 'known' }]);
	expect(await rows('blob')).toBe(1);
});

test('a bad file does not stop the good ones, and says what to do', async () => {
	const outcomes = await bring([
		file('mixed/a.txt', ORDINANCE),
		file(
			'mixed/b.bin',
			Uint8Array.from({ length: 400 }, (_, i) => (i * 7) % 256),
		),
		file('mixed/c.txt', ''),
	]);
	expect(outcomes.map(({ outcome }) => outcome)).toEqual(['added', 'refused', 'refused']);
	for (const one of outcomes) if (one.outcome === 'refused') expect(one.detail).toMatch(/[A-Z].{20,}\.$/);
	expect(await rows('library_work')).toBe(1);
});

describe('what is said of a file', () => {
	test.each<[Said, RegExp]>([
		[{ date: '2019-03-04' }, /--place ny\/place\/new-york/],
		[{ place: 'tx/place/nowhere-at-all', date: '2019-03-04' }, /no place tx\/place\/nowhere-at-all/],
		[{ place: 'ny/place/new-york', date: '2019-03-04' }, /Do you mean ny\/place\/new-york-city\?/],
		[{ place: 'tx' }, /--date YYYY-MM-DD/],
		[{ place: 'tx', date: '4 March 2019' }, /no day/],
		[{ place: 'tx', date: '2019-03-04', instrument: 'poem' }, /poem is no instrument/],
		[{ place: 'tx', date: '2019-03-04', as: 'Not A Slug' }, /small letters/],
		[{ place: 'tx', date: '2019-03-04', as: '2019-03-04' }, /small letters/],
		[{ place: 'tx', date: '2019-03-04', adopted: 'soon' }, /soon \(adopted\) is no day/],
		[{ place: 'tx', date: '2019-03-04', adopted: '2019-03-04' }, /--cites/],
		[{ place: 'tx', date: '2019-03-04', source_address: 'javascript:alert(1)' }, /https:/],
	])('%o is answered with what to do', async (said, sentence) => {
		const [outcome] = await bring([file('said.txt', ORDINANCE)], said);
		expect(outcome).toMatchObject({ outcome: 'refused', detail: expect.stringMatching(sentence) });
		expect(await rows('library_work')).toBe(0);
	});

	test('may be that the coalition itself drafted it', async () => {
		await bring([file('own.txt', ORDINANCE)], { ...SAID, place: 'coalition' });
		expect(await at('coalition/ordinance-12')).toMatchObject({ kind: 'work', work: { place: null, sample: false } });
	});
});

test('a zip with a manifest puts in what the manifest names, and tells what is not there', async () => {
	const zip = zipSync({
		'laws/one.txt': Buffer.from(ORDINANCE),
		'laws/two.txt': Buffer.from(ORDINANCE.replaceAll('record', 'paper')),
		'laws/three.txt': Buffer.from(''),
		'laws/unnamed.txt': Buffer.from('Section 1. This file is not named.'),
	});
	const manifest = readManifest(
		'file;no;enacted;in force\nlaws/one.txt;Ordinance 1;2019-03-04;2019-07-01\ntwo.txt;"Ordinance ""2""";2020-03-04;\nthree.txt;3;2020-01-01;\nfour.txt;4;2020-01-01;\n',
		{ number: 'no', date: 'enacted' },
	);
	if ('wrong' in manifest) throw new Error(manifest.wrong);
	const outcomes = await bring([file('laws.zip', zip)], { place: 'tx/place/huntsville' }, { manifest });
	expect(outcomes.map((one) => [one.name.replace(/^.*\//, ''), one.outcome])).toEqual([
		['one.txt', 'added'],
		['three.txt', 'refused'],
		['two.txt', 'added'],
		['four.txt', 'refused'],
	]);
	expect(await at('tx/place/huntsville/ordinance-1')).toMatchObject({
		work: { standing: 'in_force', standingSince: '2019-07-01' },
	});
	expect(await at('tx/place/huntsville/ordinance-2')).toMatchObject({ work: { number: 'Ordinance "2"' } });
});

test('an archive with a text in every line comes in, and a broken line stops nothing', async () => {
	const line = (id: string, text: string) => JSON.stringify({ id, intro: '2014-01-22', text, enacted: '0001-01-01' });
	const archive = [line('Int 1-2014', ORDINANCE), '{broken', line('Int 2-2014', ''), line('Int 3-2014', ORDINANCE)];
	const path = file('bills.jsonl.gz', gzipSync(archive.join('\n')));
	const naming = { number: 'id', date: 'intro', introduced: 'intro', adopted: 'enacted' };
	const outcomes = await bring([path], { place: 'ny/place/new-york-city' }, { naming });
	expect(outcomes.map(({ outcome }) => outcome)).toEqual(['added', 'refused', 'refused', 'added']);
	expect(outcomes[1]).toMatchObject({ name: 'bills.jsonl.gz, line 2' });
	expect(await at('ny/place/new-york-city/int-1-2014')).toMatchObject({
		work: { standing: 'introduced', facts: [{ kind: 'introduced', source: 'Int 1-2014' }] },
	});
	expect(await bring([path], { place: 'ny/place/new-york-city' }, { naming })).toMatchObject([
		{ outcome: 'known' },
		{ outcome: 'refused' },
		{ outcome: 'refused' },
		{ outcome: 'known' },
	]);
});

test('a file that is not there ends the import before it begins', async () => {
	await expect(bring([file('there.txt', ORDINANCE), join(folder, 'not-there.txt')])).rejects.toThrow(NotFound);
	expect(await rows('library_work')).toBe(0);
});

test('a file that newer readers read otherwise is corrected in place, and former eIds lead to the same words', async () => {
	const path = file('reread.txt', ORDINANCE);
	await bring([path]);
	// As an older reader would have named it.
	await here.owner(async (session) => {
		await session.query(`set compact.role = 'maintenance'`);
		await session.query(`update library_expression set reader = 0, digest = 'old'`);
		await session.query(`update library_provision set e_id = 'para_9' where e_id = 'sec_2__subsec_b'`);
	});
	expect(await at(`${ADDRESS}/2019-03-04/para_9`)).toMatchObject({ kind: 'provision' });
	expect(await bring([path])).toMatchObject([{ outcome: 'read_again', address: `${ADDRESS}/2019-03-04` }]);
	expect(await at(`${ADDRESS}/2019-03-04/para_9`)).toEqual({
		kind: 'moved',
		path: `${ADDRESS}/2019-03-04/sec_2__subsec_b`,
	});
	expect(await bring([path])).toMatchObject([{ outcome: 'known' }]);
	expect(await rows('library_expression')).toBe(1);
});

describe('what became of a policy', () => {
	const cited = { source: 'Ordinance 12, section 3', sourceAddress: null, note: null };
	async function ordinance() {
		await bring([file('history.txt', ORDINANCE)]);
		const found = await at(ADDRESS);
		if (found.kind !== 'work') throw new Error('It was not imported.');
		return found.work.id;
	}

	test('is worked out from its facts on a day, and a wrong fact is withdrawn, never changed', async () => {
		const id = await ordinance();
		await world.db.as(OPERATOR, async (tx) => {
			await addFact(id, { kind: 'adopted', day: '2019-03-04' as Day, ...cited }, 'clerk', world, tx);
			await addFact(id, { kind: 'in_force', day: '2019-07-01' as Day, ...cited }, 'clerk', world, tx);
			const wrong = await addFact(id, { kind: 'repealed', day: '2021-01-01' as Day, ...cited }, 'clerk', world, tx);
			expect(await addFact(id, { kind: 'repealed', day: '2021-01-01' as Day, ...cited }, 'clerk', world, tx)).toBe(
				wrong,
			);
			await withdraw(id, wrong, 'It was another ordinance.', 'clerk', world, tx);
		});
		const standing = async (day: string) => {
			const found = [];
			for await (const line of works(everyWork(day as Day), world)) found.push(line.standing);
			return found;
		};
		expect(await standing('2019-03-03')).toEqual(['unknown']);
		expect(await standing('2019-03-04')).toEqual(['adopted']);
		expect(await standing('2026-07-01')).toEqual(['in_force']);
		const said = await world.db.as(VISITOR, (tx) => statements(id, tx));
		expect(said.map((one) => [one.kind, one.withdrawn_reason])).toEqual([
			['adopted', null],
			['in_force', null],
			['repealed', 'It was another ordinance.'],
		]);
	});

	test('needs a source', async () => {
		const id = await ordinance();
		const unsaid = { kind: 'adopted' as const, day: TODAY, ...cited, source: ' ' };
		await expect(world.db.as(OPERATOR, (tx) => addFact(id, unsaid, 'clerk', world, tx))).rejects.toThrow(
			/what says so/,
		);
	});

	test.each([
		['javascript:alert(1)', 'no address'],
		['https://x.test/"onclick="alert(1)', 'no address'],
		['https://x.test/<script>', 'no address'],
	])('is not said to stand at %s', async (sourceAddress, wrong) => {
		const id = await ordinance();
		const fact = { kind: 'adopted' as const, day: TODAY, ...cited, sourceAddress };
		const relation = { kind: 'amends' as const, other: 'Title 9', ...cited, sourceAddress };
		await expect(world.db.as(OPERATOR, (tx) => addFact(id, fact, 'clerk', world, tx))).rejects.toThrow(wrong);
		await expect(world.db.as(OPERATOR, (tx) => addRelation(id, relation, 'clerk', world, tx))).rejects.toThrow(wrong);
	});

	test('is kept in plain words, without what steers a terminal or turns the line', async () => {
		const id = await ordinance();
		const fact = {
			kind: 'adopted' as const,
			day: TODAY,
			...cited,
			source: 'Act\u202e 4\u001b[31m\nend',
			note: 'a\u0000b',
		};
		const kept = await world.db.as(OPERATOR, async (tx) => {
			await addFact(id, fact, 'clerk', world, tx);
			return statements(id, tx);
		});
		expect(kept).toMatchObject([{ source: 'Act 4 [31m end', note: 'a b' }]);
	});

	test('is no relation of a policy to itself', async () => {
		const id = await ordinance();
		const relation = { kind: 'amends' as const, other: ADDRESS, ...cited };
		await expect(world.db.as(OPERATOR, (tx) => addRelation(id, relation, 'clerk', world, tx))).rejects.toThrow(
			/itself/,
		);
	});

	test('stands beside the other policy where both are on the shelf', async () => {
		const id = await ordinance();
		await bring([file('other.txt', ORDINANCE.replaceAll('record', 'note'))], { ...SAID, number: 'Ordinance 13' });
		const relation = { kind: 'amends' as const, other: 'tx/place/huntsville/ordinance-13', ...cited };
		await world.db.as(OPERATOR, (tx) => addRelation(id, relation, 'clerk', world, tx));
		const other = await at('tx/place/huntsville/ordinance-13');
		expect(other).toMatchObject({ work: { relations: [{ kind: 'amends', direction: 'to', address: ADDRESS }] } });
	});

	test('moves its address and leads on from the former one, down to the provision', async () => {
		const id = await ordinance();
		await world.db.as(OPERATOR, (tx) => moveWork(id, 'sanctuary', world, tx));
		expect(await at(`${ADDRESS}/2019-03-04/sec_2`)).toEqual({
			kind: 'moved',
			path: 'tx/place/huntsville/sanctuary/2019-03-04/sec_2',
		});
		await bring([file('newcomer.txt', ORDINANCE)], { ...SAID, number: 'Ordinance 14' });
		const newcomer = await at('tx/place/huntsville/ordinance-14');
		if (newcomer.kind !== 'work') throw new Error('It was not imported.');
		const taking = (slug: string) =>
			world.db.as(OPERATOR, (tx) => moveWork(newcomer.work.id, slug, world, tx)).catch((cause: Error) => cause.message);
		expect(await taking('ordinance-12')).toMatch(/another policy/);
		expect(await taking('sanctuary')).toMatch(/another policy/);
	});

	test('taken from the shelf it leaves the list, and its page says why', async () => {
		const id = await ordinance();
		await world.db.as(OPERATOR, (tx) => withdrawWork(id, 'A draft.', 'clerk', world, tx));
		for await (const line of works(everyWork(TODAY), world)) expect(line).toBeNull();
		expect(await at(ADDRESS)).toMatchObject({ work: { withdrawn: { reason: 'A draft.' } } });
	});
});

test('words that a file hides are for those who look inside it: the version says only that there are some', async () => {
	const page = `<html><body><p>${ORDINANCE}</p><p hidden>For counsel only: settle.</p></body></html>`;
	await bring([file('hiding.html', page)]);
	const found = await at(`${ADDRESS}/2019-03-04`);
	if (found.kind !== 'version') throw new Error('It was not imported.');
	expect(found.version.problems.map(({ code }) => code)).toContain('hidden_text');
	expect(JSON.stringify(found)).not.toContain('counsel');
	const { inside } = await insideOf(found.work.id, found.version.id, world);
	expect(inside.hidden).toEqual(['For counsel only: settle.']);
});

test('the bytes of a file are given out only once somebody who saw what is inside has published them', async () => {
	await bring([file('private.txt', ORDINANCE)]);
	const found = await at(`${ADDRESS}/2019-03-04`);
	if (found.kind !== 'version') throw new Error('It was not imported.');
	const [id, version] = [found.work.id, found.version.id];
	expect(await publishedFile(id, version, world)).toBeNull();
	expect(await world.db.as(VISITOR, async (tx) => (await sql`select from blob`.execute(tx)).rows.length)).toBe(0);
	const { digest, inside } = await insideOf(id, version, world);
	expect(inside.comments).toEqual([]);
	await expect(publish(id, version, 'not seen', 'clerk', world)).rejects.toThrow(/inside first/);
	expect(await publishedFile(id, version, world)).toBeNull();
	await publish(id, version, digest, 'clerk', world);
	expect(Buffer.from((await publishedFile(id, version, world))?.bytes ?? []).toString()).toBe(ORDINANCE);
	await expect(publish(id, version, digest, 'clerk', world)).rejects.toThrow(/already/);
});
