import { sql } from 'kysely';
import { addDays, type Day, dayAt } from '#kernel/day.ts';
import { append } from '#platform/journal.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { recode } from './coding.server.ts';
import { textDigest } from './digest.ts';
import type { Instrument, TextLanguage } from './policy.ts';
import type { Problem, Provision } from './provision.ts';
import { renamed } from './renamed.ts';
import { indexVersion } from './search/index.server.ts';
import type { Structured } from './structure/structure.ts';
import { provisions } from './version.server.ts';

/** Version of the reading. Raise it when the same bytes give another tree: importing a file again then corrects it. */
export const READER = 2;
/** A version older than so many days is history: it is recorded, and nobody is written to. */
const NEWS_DAYS = 30;
/** The job that is asked for whenever the shelf has other words. */
export const CHANGED = 'library.changed';
/** The job that is asked for whenever a policy got another version: whoever made something of it hears of that. */
export const NEWER = 'library.newer';
const HIDDEN = 'Words that nobody sees are in the file.';

/** What a policy is said to be by whoever brings it. */
export interface NewWork {
	/** Of policies that come along, which are the same everywhere; null: a new one. */
	readonly id: string | null;
	/** Path below /library. */
	readonly address: string;
	/** OCD id and postal code; null: the coalition's own. */
	readonly place: { readonly id: string; readonly stateCode: string } | null;
	readonly instrument: Instrument;
	readonly number: string | null;
	readonly title: string;
	readonly language: TextLanguage;
	readonly sample: boolean;
}

export interface NewVersion {
	readonly day: Day;
	readonly language: TextLanguage;
	readonly official: boolean;
	readonly title: string;
	readonly reading: Structured;
	readonly format: string;
	readonly source: {
		readonly name: string | null;
		/** SHA-256 of its bytes, hex. */
		readonly sha256: string | null;
		readonly address: string | null;
		readonly retrieved: Day | null;
		readonly blobId: string | null;
	};
	/**
	 * It comes along with the house: it takes the place of what stands for this day and language, and is no news that the
	 * journal tells.
	 */
	readonly comesAlong: boolean;
	/** A person looked at the reading and may have corrected it: from then on the same file read again changes nothing. */
	readonly corrected?: boolean;
	readonly by: string;
	/** Of texts that come along, which are the same everywhere; null: a new one. */
	readonly id: string | null;
}

/** What came of a version: new, there already, or the same file read better. */
export interface Added {
	readonly outcome: 'added' | 'known' | 'read_again';
	readonly id: string;
	readonly nth: number;
}

/** A policy on the shelf; `language` is its own, whatever language a version comes in. */
export interface Settled {
	readonly id: string;
	readonly language: TextLanguage;
	readonly made: boolean;
}

/** Finds the policy of an address, or puts it on the shelf. What is said of one that is there changes nothing. */
export async function settleWork(
	policy: NewWork,
	by: string,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<Settled> {
	const title = storable(policy.title);
	const made = await sql<{ id: string }>`
		insert into library_work (id, address, place_id, state_code, instrument, number, title, language, sample, added_at, added_by)
		values (${policy.id ?? world.random.uuid()}, ${policy.address}, ${policy.place?.id ?? null}, ${policy.place?.stateCode ?? null},
			${policy.instrument}, ${policy.number}, ${title}, ${policy.language}, ${policy.sample},
			${world.clock.now()}, ${by})
		on conflict (address) do nothing returning id`.execute(tx);
	if (made.rows[0]) return { id: made.rows[0].id, language: policy.language, made: true };
	const { rows } = await sql<{ id: string; language: TextLanguage }>`
		select id, language from library_work where address = ${policy.address} for update`.execute(tx);
	if (!rows[0]) throw new Error('A policy was neither made nor found.');
	return { ...rows[0], made: false };
}

/**
 * Adds a version to a policy in the caller's transaction, with the entry of the journal. The same text on the same day
 * changes nothing; the same file that is now read otherwise is corrected, and its former eIds lead to the new ones;
 * another text on a day that has one is the second of that day.
 */
export async function addVersion(
	workId: string,
	version: NewVersion,
	world: Pick<World, 'clock' | 'random' | 'queue'>,
	tx: Tx,
): Promise<Added> {
	const digest = textDigest(version.reading);
	const { rows } = await sql<{
		id: string;
		nth: number;
		digest: string;
		source_sha256: string | null;
		reader: number;
		corrected: boolean;
	}>`
		select id, nth, digest, source_sha256, reader, corrected from library_expression
		where work_id = ${workId} and day = ${version.day} and language = ${version.language} order by nth`.execute(tx);
	const known = rows.find((one) => one.digest === digest);
	if (known) {
		if (known.reader !== READER)
			await sql`
				update library_expression set reader = ${READER} where work_id = ${workId} and id = ${known.id}`.execute(tx);
		return { outcome: 'known', id: known.id, nth: known.nth };
	}
	const sha256 = version.source.sha256;
	const before = rows.find((one) => version.comesAlong || (sha256 !== null && one.source_sha256 === sha256));
	if (before?.corrected && !version.corrected && !version.comesAlong)
		return { outcome: 'known', id: before.id, nth: before.nth };
	const same = before ? null : await sameWords(workId, rows, version.reading, tx);
	if (same) return { outcome: 'known', id: same.id, nth: same.nth };
	const id = before?.id ?? version.id ?? world.random.uuid();
	const nth = before?.nth ?? (rows.at(-1)?.nth ?? 0) + 1;
	if (before) await readAgain(workId, id, digest, version, world, tx);
	else await insert(workId, { id, nth, digest }, version, world, tx);
	await indexVersion(workId, id, tx);
	await world.queue.add(tx, CHANGED, {}, CHANGED);
	if (!before && (await has(workId, id, tx))) await world.queue.add(tx, NEWER, { work: workId }, `${NEWER}:${workId}`);
	if (!version.comesAlong) await tell(before ? 'version_read_again' : 'version_added', id, version.day, world, tx);
	return { outcome: before ? 'read_again' : 'added', id, nth };
}

/** Whether a policy has a version besides. */
async function has(workId: string, id: string, tx: Tx): Promise<boolean> {
	const { rows } = await sql`
		select from library_expression where work_id = ${workId} and id <> ${id} limit 1`.execute(tx);
	return rows.length > 0;
}

/**
 * A version of the day that has the same words, where the reading marks no changes: the same law from another file, which
 * says no more than what is here. Only how words are spaced, the shape of quotes and damaged signs may differ.
 */
async function sameWords<T extends { readonly id: string }>(
	workId: string,
	versions: readonly T[],
	reading: Structured,
	tx: Tx,
): Promise<T | null> {
	if (reading.profile !== null) return null;
	const wanted = wordsOf(reading.provisions);
	for (const one of versions) if (wordsOf(await provisions(workId, one.id, tx)) === wanted) return one;
	return null;
}

function wordsOf(read: readonly Pick<Provision, 'state' | 'number' | 'heading' | 'text'>[]): string {
	const words = read.flatMap(({ state, number, heading, text }) =>
		state === 'removed' ? [] : [number, heading, text],
	);
	return words
		.join('\n')
		.replaceAll(/[\ufffd§]+\s*/gu, '')
		.replaceAll(/[“”«»]/g, '"')
		.replaceAll(/[‘’]/g, "'")
		.replaceAll(/\s+/gu, ' ')
		.trim();
}

async function tell(kind: string, subject: string, day: Day, world: Pick<World, 'clock'>, tx: Tx): Promise<void> {
	const at = world.clock.now();
	const historic = addDays(day, NEWS_DAYS) < dayAt(at);
	await append([{ noun: 'library', kind, subject, at, historic }], tx);
}

async function insert(
	workId: string,
	{ id, nth, digest }: { id: string; nth: number; digest: string },
	version: NewVersion,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<void> {
	const { reading, source } = version;
	await sql`
		insert into library_expression (work_id, id, day, nth, language, official, title, text, amendments, problems, profile,
			format, reader, digest, source_name, source_sha256, source_address, source_retrieved, blob_id, added_at, added_by, corrected)
		values (${workId}, ${id}, ${version.day}, ${nth}, ${version.language}, ${version.official}, ${storable(version.title)},
			${storable(reading.text)}, ${packed(reading.amendments)}, ${packed(reading.problems.map(told))}, ${reading.profile},
			${version.format}, ${READER}, ${digest}, ${source.name}, ${source.sha256}, ${source.address}, ${source.retrieved},
			${source.blobId}, ${world.clock.now()}, ${version.by}, ${version.corrected ?? false})`.execute(tx);
	await insertProvisions(workId, id, reading, tx);
}

async function readAgain(
	workId: string,
	id: string,
	digest: string,
	version: NewVersion,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<void> {
	const { reading, source } = version;
	const old = await provisions(workId, id, tx);
	await sql`delete from library_provision where work_id = ${workId} and expression_id = ${id}`.execute(tx);
	await sql`
		update library_expression set text = ${storable(reading.text)}, amendments = ${packed(reading.amendments)},
			problems = ${packed(reading.problems.map(told))}, profile = ${reading.profile}, format = ${version.format},
			title = ${storable(version.title)}, reader = ${READER}, digest = ${digest}, source_sha256 = ${source.sha256},
			corrected = ${version.corrected ?? false}
		where work_id = ${workId} and id = ${id}`.execute(tx);
	await insertProvisions(workId, id, reading, tx);
	const names = JSON.stringify([...renamed(old, reading.provisions)].map(([former, now]) => ({ former, now })));
	await sql`
		update library_provision_alias a set e_id = n.now
		from jsonb_to_recordset(${names}::jsonb) as n (former text, now text)
		where a.work_id = ${workId} and a.expression_id = ${id} and a.e_id = n.former`.execute(tx);
	await sql`
		insert into library_provision_alias (work_id, expression_id, former_e_id, e_id, at)
		select ${workId}, ${id}, former, now, ${world.clock.now()}
		from jsonb_to_recordset(${names}::jsonb) as n (former text, now text)
		on conflict (work_id, expression_id, former_e_id) do update set e_id = excluded.e_id`.execute(tx);
	await sql`
		delete from library_provision_alias a using library_provision p
		where a.work_id = ${workId} and a.expression_id = ${id} and p.work_id = a.work_id
			and p.expression_id = a.expression_id and p.e_id = a.former_e_id`.execute(tx);
	await recode(workId, id, world, tx);
}

async function insertProvisions(workId: string, id: string, reading: Structured, tx: Tx): Promise<void> {
	await sql`
		insert into library_provision (work_id, expression_id, position, e_id, parent, kind, number, heading, text, start_at,
			end_at, state, before, redline)
		select ${workId}, ${id}, position - 1, p."eId", p.parent, p.kind, p.number, p.heading, p.text, p.start, p."end",
			p.state, p.before, p.redline
		from rows from (jsonb_to_recordset(${packed(reading.provisions)}::jsonb) as ("eId" text, parent integer, kind text,
			number text, heading text, text text, start integer, "end" integer, state text, before jsonb, redline jsonb))
			with ordinality as p ("eId", parent, kind, number, heading, text, start, "end", state, before, redline, position)`.execute(
		tx,
	);
}

/** A problem as anybody may read it: words that the file hides are for those who look inside it. */
function told(problem: Problem): Problem {
	return problem.code === 'hidden_text' ? { ...problem, detail: HIDDEN } : problem;
}

function packed(value: unknown): string {
	return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? storable(part) : part));
}

/** PostgreSQL keeps neither the sign of number zero nor half of a pair; each becomes one replacement sign, so that offsets hold. */
function storable(text: string): string {
	return text.toWellFormed().replaceAll('\0', '\u{fffd}');
}
