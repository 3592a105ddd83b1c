import { sql } from 'kysely';
import { SYSTEM } from '#access/actor.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
import { append } from '#platform/journal.server.ts';
import type { Tx, World } from '#platform/world.ts';
import type { NewCoding } from './protection.ts';
import { codingOf } from './protections.server.ts';
import { protectionOf, TAXONOMY } from './taxonomy/taxonomy.ts';

/** Longest note or reason: a paragraph. */
export const LONGEST_NOTE = 2_000;
/** Longest passage: what is longer is coded provision by provision. */
export const LONGEST_WORDS = 20_000;
const LONGEST_NAME = 120;

/** Leaves a trace in the transaction of the change, where a person signed in. */
interface Tracing {
	readonly trace?: (tx: Tx) => Promise<void>;
}

type Changing = Pick<World, 'clock' | 'random'>;

/**
 * Keeps that a person reads words of a provision as giving or denying something. The words must stand in the number,
 * heading and own words of the provision exactly; where they stand more than once the first are meant. The same again
 * changes nothing and gives the id of the one that stands. It counts when a second person confirmed it. `silent` leaves
 * the journal alone: what comes along is no news.
 * Throws `Invalid` for what cannot be kept and `NotFound` for a provision that is not there, each with what to do.
 */
export async function code(
	workId: string,
	expressionId: string,
	given: NewCoding,
	author: string,
	world: Changing,
	tx: Tx,
	{ silent = false } = {},
): Promise<{ readonly id: string; readonly made: boolean }> {
	const protection = protectionOf(given.code);
	if (!protection)
		throw new Invalid(
			`There is no protection ${given.code.slice(0, 40)}. The page /library/protections names every code, such as DET-WARRANT (D1).`,
		);
	const who = named(author);
	const note = paragraph(given.note, 'note');
	const at = await stretch(workId, expressionId, given.eId, given.words, tx);
	const id = world.random.uuid();
	const kept = await sql`
		insert into library_coding (work_id, expression_id, id, e_id, start_at, end_at, words, code, taxonomy, polarity, strength,
			note, author, at)
		values (${workId}, ${expressionId}, ${id}, ${given.eId}, ${at.start}, ${at.end}, ${given.words}, ${protection.code},
			${TAXONOMY.version}, ${given.polarity}, ${given.strength}, ${note}, ${who}, ${world.clock.now()})
		on conflict do nothing`.execute(tx);
	if (kept.numAffectedRows === 1n) {
		if (!silent) await journal('protection_proposed', id, world, tx);
		return { id, made: true };
	}
	const { rows } = await sql<{ id: string }>`
		select id from library_coding where work_id = ${workId} and expression_id = ${expressionId} and e_id = ${given.eId}
			and code = ${protection.code} and polarity = ${given.polarity} and start_at = ${at.start} and end_at = ${at.end}
			and withdrawn_at is null`.execute(tx);
	if (!rows[0]) throw new Error('A coding was neither kept nor found.');
	return { id: rows[0].id, made: false };
}

/** A second person agrees, as `confirmIn` says, in a transaction of its own. */
export async function confirm(
	id: string,
	by: string,
	world: Pick<World, 'db' | 'clock'>,
	{ trace }: Tracing = {},
): Promise<void> {
	await world.db.as(SYSTEM, async (tx) => {
		await confirmIn(id, by, world, tx);
		await trace?.(tx);
	});
}

/**
 * A second person agrees. `silent` leaves the journal alone. Throws `NotFound` where no coding stands under the id,
 * `Conflict` where it was confirmed before, where the same person coded it, and where the words no longer stand in the
 * provision.
 */
export async function confirmIn(
	id: string,
	by: string,
	world: Pick<World, 'clock'>,
	tx: Tx,
	{ silent = false } = {},
): Promise<void> {
	const who = named(by);
	const found = await standing(id, tx);
	if (found.state === 'confirmed')
		throw new Conflict(`${found.confirmedBy} confirmed this already. Nothing was changed.`);
	if (found.author.toLowerCase() === who.toLowerCase())
		throw new Conflict(`${found.author} coded these words. Somebody else has to confirm them.`);
	await stretch(found.workId, found.expressionId, found.eId, found.words, tx);
	await sql`
		update library_coding set confirmed_by = ${who}, confirmed_at = ${world.clock.now()}
		where work_id = ${found.workId} and id = ${found.id}`.execute(tx);
	if (!silent) await journal('protection_confirmed', found.id, world, tx);
}

/** Takes a coding back, with the reason; it stays on record. Throws `NotFound` where none stands under the id. */
export async function withdraw(
	id: string,
	reason: string,
	by: string,
	world: Pick<World, 'db' | 'clock'>,
	{ trace }: Tracing = {},
): Promise<void> {
	const who = named(by);
	const why = paragraph(reason, 'reason');
	if (why === null) throw new Invalid('Give the reason, in a sentence that can be shown beside it.');
	await world.db.as(SYSTEM, async (tx) => {
		const found = await standing(id, tx);
		await sql`
			update library_coding set withdrawn_by = ${who}, withdrawn_at = ${world.clock.now()}, withdrawn_reason = ${why}
			where work_id = ${found.workId} and id = ${found.id}`.execute(tx);
		await journal('protection_withdrawn', found.id, world, tx);
		await trace?.(tx);
	});
}

/**
 * Brings the codings of a version after its file was read again: each moves with its words to where they stand now, in
 * the provision that had them or the one its eId leads to. One whose words are gone is withdrawn and says so.
 */
export async function recode(workId: string, expressionId: string, world: Pick<World, 'clock'>, tx: Tx): Promise<void> {
	const { rows } = await sql<{ id: string; e_id: string; now: string | null; words: string }>`
		select c.id, c.e_id, a.e_id as now, c.words from library_coding c
		left join library_provision_alias a on a.work_id = c.work_id and a.expression_id = c.expression_id
			and a.former_e_id = c.e_id
		where c.work_id = ${workId} and c.expression_id = ${expressionId} and c.withdrawn_at is null`.execute(tx);
	for (const { id, e_id, now, words } of rows) {
		const eId = now ?? e_id;
		const at = await places(workId, expressionId, eId, words, tx);
		if (at && at !== 'none' && (await move(workId, id, { eId, ...at }, tx))) continue;
		await sql`
			update library_coding set withdrawn_by = 'City Compact', withdrawn_at = ${world.clock.now()},
				withdrawn_reason = 'The file was read again, and these words no longer stand in the provision by themselves.'
			where work_id = ${workId} and id = ${id}`.execute(tx);
		await journal('protection_withdrawn', id, world, tx);
	}
}

/** Whether it could be moved: not where the same is coded there already. */
async function move(
	workId: string,
	id: string,
	{ eId, start, end }: { eId: string; start: number; end: number },
	tx: Tx,
): Promise<boolean> {
	const moved = await sql`
		update library_coding c set e_id = ${eId}, start_at = ${start}, end_at = ${end}
		where c.work_id = ${workId} and c.id = ${id} and not exists (
			select from library_coding o where o.work_id = c.work_id and o.expression_id = c.expression_id and o.id <> c.id
				and o.e_id = ${eId} and o.code = c.code and o.polarity = c.polarity and o.start_at = ${start}
				and o.end_at = ${end} and o.withdrawn_at is null)`.execute(tx);
	return moved.numAffectedRows === 1n;
}

async function standing(id: string, tx: Tx) {
	const found = await codingOf(id, tx);
	if (!found || found.state === 'withdrawn')
		throw new NotFound(`No standing coding has the id ${id}. See \`citycompact library protections\`.`);
	return found;
}

async function stretch(workId: string, expressionId: string, eId: string, words: string, tx: Tx) {
	if (words.trim() === '') throw new Invalid('Give the words that say it, exactly as they stand in the provision.');
	if (words.length > LONGEST_WORDS)
		throw new Invalid(`The passage is longer than ${LONGEST_WORDS} characters. Code it provision by provision.`);
	const at = await places(workId, expressionId, eId, words, tx);
	if (at === 'none') throw new NotFound(`The version has no provision ${eId}. Its outline names each eId.`);
	if (!at)
		throw new Invalid(
			`These words do not stand in ${eId} exactly: “${words.slice(0, 80)}”. Take them from its page, without the words of provisions inside it.`,
		);
	return at;
}

async function places(workId: string, expressionId: string, eId: string, words: string, tx: Tx) {
	const { rows } = await sql<{ text: string; start_at: number; end_at: number }>`
		select e.text, p.start_at, p.end_at from library_provision p
		join library_expression e on e.work_id = p.work_id and e.id = p.expression_id
		where p.work_id = ${workId} and p.expression_id = ${expressionId} and p.e_id = ${eId}`.execute(tx);
	const [found] = rows;
	if (!found) return 'none';
	const at = found.text.slice(found.start_at, found.end_at).indexOf(words);
	return at < 0 ? null : { start: found.start_at + at, end: found.start_at + at + words.length };
}

function named(name: string): string {
	const who = name.replace(/\s+/g, ' ').trim();
	if (who === '' || who.length > LONGEST_NAME)
		throw new Invalid(`Say who does this: a name of at most ${LONGEST_NAME} characters.`);
	return who;
}

function paragraph(text: string | null, what: string): string | null {
	const said = text?.trim() ?? '';
	if (said.length > LONGEST_NOTE) throw new Invalid(`The ${what} is longer than ${LONGEST_NOTE} characters.`);
	return said === '' ? null : said;
}

async function journal(kind: string, subject: string, world: Pick<World, 'clock'>, tx: Tx): Promise<void> {
	await append([{ noun: 'library', kind, subject, at: world.clock.now(), historic: false }], tx);
}
