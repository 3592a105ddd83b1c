import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { SYSTEM } from '#access/actor.ts';
import { placeAt } from '#places/address.server.ts';
import type { Place } from '#places/place.ts';
import { outwait } from '#platform/advisory.server.ts';
import { packageRoot } from '#platform/root.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { addVersion, READER, settleWork } from './add.server.ts';
import { check } from './check.server.ts';
import { code, confirmIn } from './coding.server.ts';
import { addFact, addRelation, statements, withdraw } from './history.server.ts';
import { type Seed, seedId, seedSummary, seedVersion } from './seed.ts';

/** Who is said to have brought what comes along. */
const AUTHOR = 'City Compact';
/** Raise it when the same folders give other rows. */
const RULES = 1;
const GONE = 'The text that comes along no longer says so.';

type Stocking = Pick<World, 'db' | 'clock' | 'random' | 'queue' | 'log'>;

/** A folder below seeds/library. */
interface Folder {
	readonly name: string;
	readonly digest: string;
	readonly files: ReadonlyMap<string, string>;
}

/**
 * Puts the policies that come along on the shelf, and corrects those that a newer house corrects; ids are the same in
 * every installation. Those of the invented cities stand where their places do, and go with them. Safe at every start
 * and from several processes: folders that did not change cost a digest each. Returns how many were put or corrected.
 */
export async function stockShelf(world: Stocking, folder = join(packageRoot(), 'seeds', 'library')): Promise<number> {
	const folders = await foldersIn(folder);
	const changed = await world.db.as(SYSTEM, (tx) => unlike(folders, tx));
	if (changed.length === 0) return 0;
	return world.db.as(SYSTEM, async (tx) => {
		await outwait('library.shelf', tx);
		let count = 0;
		const put: { id: string; seed: Seed }[] = [];
		for (const one of await unlike(folders, tx)) {
			const done = await stock(one, world, tx);
			if (done) put.push(done);
			count += done ? 1 : 0;
		}
		// Only now every policy that another names is there.
		for (const { id, seed } of put) await relate(id, seed, world, tx);
		return count;
	});
}

/** Empties a library that holds nothing but what came along, so that a backup fits in; the next start brings it again. */
export async function clearShelf(tx: Tx): Promise<void> {
	await sql`
		delete from library_work where not exists (
			select from library_work w left join library_seed s on s.work_id = w.id where s.work_id is null)`.execute(tx);
	await sql`delete from library_word where not exists (select from library_index)`.execute(tx);
}

async function foldersIn(folder: string): Promise<readonly Folder[]> {
	const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
	const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
	const folders = await Promise.all(names.sort().map((name) => folderOf(join(folder, name), name)));
	return folders.filter(({ files }) => files.has('policy.json'));
}

async function folderOf(path: string, name: string): Promise<Folder> {
	const files = new Map<string, string>();
	const hash = createHash('sha256').update(`${RULES} ${READER}`);
	for (const file of (await readdir(path)).sort()) {
		const text = await readFile(join(path, file), 'utf8');
		files.set(file, text);
		hash.update(`\0${file}\0${text}`);
	}
	return { name, digest: hash.digest('hex'), files };
}

/** Folders whose content is not what the shelf was made of, and whose place is there. */
async function unlike(folders: readonly Folder[], tx: Tx): Promise<readonly Folder[]> {
	const { rows } = await sql<{ name: string; digest: string }>`select name, digest from library_seed`.execute(tx);
	const known = new Map(rows.map(({ name, digest }) => [name, digest]));
	const other = folders.filter(({ name, digest }) => known.get(name) !== digest);
	const ready: Folder[] = [];
	for (const one of other) if ((await placeOf(seedOf(one), tx)) !== 'absent') ready.push(one);
	return ready;
}

function seedOf({ name, files }: Folder): Seed {
	try {
		return JSON.parse(files.get('policy.json') ?? '') as Seed;
	} catch (cause) {
		throw new Error(`seeds/library/${name}/policy.json cannot be read.`, { cause });
	}
}

/** Null: the coalition's own. `absent`: the place is not there, as the invented ones once a real list came. */
async function placeOf({ address }: Seed, tx: Tx): Promise<Place | null | 'absent'> {
	const path = address.slice(0, address.lastIndexOf('/'));
	return path === 'coalition' ? null : ((await placeAt(path, tx)) ?? 'absent');
}

async function stock(folder: Folder, world: Stocking, tx: Tx): Promise<{ id: string; seed: Seed } | null> {
	const seed = seedOf(folder);
	const place = await placeOf(seed, tx);
	if (place === 'absent') return null;
	if (seed.secondReader && !place?.sample)
		throw new Error(`seeds/library/${folder.name}: a second reader can be invented only of an invented city's policy.`);
	const own = seedId(seed.address);
	const { id } = await settleWork(
		{
			id: own,
			address: seed.address,
			place,
			instrument: seed.instrument,
			number: seed.number ?? null,
			title: seed.title,
			language: seed.language,
			sample: place?.sample ?? false,
		},
		AUTHOR,
		world,
		tx,
	);
	if (id !== own) {
		world.log.warn({ address: seed.address }, 'A policy that comes along finds its address taken, and stays away.');
		return null;
	}
	await sql`
		update library_work set instrument = ${seed.instrument}, number = ${seed.number ?? null}, title = ${seed.title},
			form = ${seed.form ?? null}, blanks = ${JSON.stringify(seed.blanks ?? [])},
			summary = ${JSON.stringify(seedSummary(folder.files))}, ask_counsel = ${seed.askCounsel ?? false}
		where id = ${id}`.execute(tx);
	const latest = await stockVersions(id, folder, seed, world, tx);
	await stockNotes(id, seed, world, tx);
	if (latest) await stockProtections(id, latest, seed, world, tx);
	for (const fact of seed.facts ?? []) {
		const whole = { ...fact, sourceAddress: fact.sourceAddress ?? null, note: fact.note ?? null };
		await addFact(id, whole, AUTHOR, world, tx, { silent: true });
	}
	await sql`
		insert into library_seed (name, digest, work_id, at)
		values (${folder.name}, ${folder.digest}, ${id}, ${world.clock.now()})
		on conflict (name) do update set digest = excluded.digest, work_id = excluded.work_id, at = excluded.at`.execute(
		tx,
	);
	return { id, seed };
}

/** Every version of the folder; returns the id of the latest in the policy's own language. */
async function stockVersions(
	workId: string,
	{ name, files }: Folder,
	seed: Seed,
	world: Stocking,
	tx: Tx,
): Promise<string | null> {
	let latest: string | null = null;
	for (const [file, text] of files) {
		const of = seedVersion(file);
		if (!of) continue;
		const found = await check(Buffer.from(text), file, null);
		if ('refused' in found) throw new Error(`seeds/library/${name}/${file} cannot be read: ${found.detail}`);
		const version = await addVersion(
			workId,
			{
				...of,
				official: of.language === seed.language,
				title: of.language === seed.language ? seed.title : found.title,
				reading: found.reading,
				format: found.format,
				source: { name: null, sha256: null, address: null, retrieved: null, blobId: null },
				comesAlong: true,
				by: AUTHOR,
				id: seedId(seed.address, of.day, of.language),
			},
			world,
			tx,
		);
		// Files stand in the order of their days.
		if (of.language === seed.language) latest = version.id;
	}
	return latest;
}

async function stockNotes(workId: string, seed: Seed, world: Stocking, tx: Tx): Promise<void> {
	await sql`delete from library_note where work_id = ${workId}`.execute(tx);
	await sql`delete from library_law_note where work_id = ${workId}`.execute(tx);
	const notes = (seed.notes ?? []).map(({ eId, text }, position) => ({ position, e_id: eId, ...text }));
	await sql`
		insert into library_note (work_id, position, e_id, en, es)
		select ${workId}, position, e_id, en, es
		from jsonb_to_recordset(${JSON.stringify(notes)}::jsonb) as n (position integer, e_id text, en text, es text)`.execute(
		tx,
	);
	const laws = (seed.lawNotes ?? []).map(({ eId, text, citations = [] }, position) => ({
		position,
		e_id: eId,
		text,
		citations,
	}));
	await sql`
		insert into library_law_note (work_id, position, e_id, text, citations, at)
		select ${workId}, position, e_id, text, citations, ${world.clock.now()}
		from jsonb_to_recordset(${JSON.stringify(laws)}::jsonb)
			as n (position integer, e_id text, text text, citations jsonb)`.execute(tx);
}

/**
 * What the drafters say a clause gives: proposed, and counted only when a person has confirmed it. Of an invented city an
 * invented second reader may have done so.
 */
async function stockProtections(workId: string, id: string, seed: Seed, world: Stocking, tx: Tx): Promise<void> {
	for (const protection of seed.protections ?? []) {
		const given = { ...protection, note: protection.note ?? null };
		const coding = await code(workId, id, given, AUTHOR, world, tx, { silent: true });
		if (coding.made && seed.secondReader) await confirmIn(coding.id, seed.secondReader, world, tx, { silent: true });
	}
}

/** Relations as the folder tells them; what it no longer tells is withdrawn, facts too. */
async function relate(workId: string, seed: Seed, world: Stocking, tx: Tx): Promise<void> {
	for (const relation of seed.relations ?? []) {
		const whole = { ...relation, sourceAddress: relation.sourceAddress ?? null };
		await addRelation(workId, whole, AUTHOR, world, tx, { silent: true });
	}
	const facts = new Set((seed.facts ?? []).map(({ kind, day, source }) => `${kind} ${day} ${source.trim()}`));
	const relations = new Set((seed.relations ?? []).map(({ kind, other }) => `${kind} ${other}`));
	for (const one of await statements(workId, tx)) {
		if (one.author !== AUTHOR || one.withdrawn_at !== null) continue;
		const told =
			one.day === null ? relations.has(`${one.kind} ${one.other}`) : facts.has(`${one.kind} ${one.day} ${one.source}`);
		if (!told) await withdraw(workId, one.id, GONE, AUTHOR, world, tx, { silent: true });
	}
}
