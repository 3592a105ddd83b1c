import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { ACCESS, type Actor, SYSTEM } from '#access/actor.ts';
import type { OpenWorld } from '#platform/world.server.ts';
import { drafted } from './drafted.ts';
import { lost } from './lost.ts';
import { signingIn } from './signing-in.ts';

/** A text that stands in one private column, and the letters of those whom an answer may show it to. */
export interface Canary {
	readonly text: string;
	readonly readers: string;
}

/** Follows a canary wherever the column takes it: what a page has to escape. */
export const MARKUP = `"'><b onclick=alert(1)>&amp;`;

/** What is private in a column; `table.column`. */
export const canaryOf = (table: string, column: string): string => `canary-${table}-${column}`;

/** A city that asked and was declined. */
export const DECLINED = '00000000-0000-4000-8000-00000000dec1';

/** A text that an editor laid aside. */
export const DRAFT = '00000000-0000-4000-8000-0000000d4af7';

/** Whom rows are planted for. */
export interface Ground {
	/** Places of two cities on the list. */
	readonly here: string;
	readonly there: string;
	/** Somebody of the city there, and counsel of the city here who is of a joint matter. */
	readonly member: Actor;
	readonly counsel: Actor;
	/** `matter:` and an id. */
	readonly matter: string;
}

export interface Planting {
	readonly table: string;
	readonly as: Actor;
	/** Columns that get a canary, and who may be shown it. */
	readonly canaries: Readonly<Record<string, string>>;
	/** What the row needs besides; a canary column that has to look like something is given here too. */
	readonly rest: Readonly<Record<string, unknown>>;
}

/** Everybody with a seat at the table of the members; those of the city there; stewards. */
const SEATED = 'temkcbMC';
const THERE = 'MC';
const STEWARDS = 't';
const EDITORS = 'te';
const NOBODY = '';

/** Columns of private tables that hold no canary, and why. */
export const WITHOUT: Readonly<Record<string, string>> = {
	'adoption_edit.outline': 'ids that the software makes, and how deep each lies',
	'adoption_rule.meetings': 'numbers of a weekday and of weeks',
	'audit_chain.head': 'SHA-256 that the database makes',
	'audit_entry.action': 'one of our words, src/access/act.ts',
	'audit_entry.hash': 'SHA-256 that the database makes',
	'audit_entry.role': 'one of the roles',
	'audit_personal.field': 'name of a field of ours, never what is in it',
	'blob.sha256': 'SHA-256 of what is planted, held by a check',
	'law_record.reviewed_by': 'stands only in a reviewed record, which is public; a check holds that',
	'interest.office': 'one of the choices of the form, src/coalition/interest.ts',
	'interest.standing': 'one of the choices of the form',
	'interest.helps': 'choices of the form',
	'interest_request.office': 'one of the choices of the form',
	'interest_request.standing': 'one of the choices of the form',
	'interest_request.helps': 'choices of the form',
	'reuse_link.e_id': 'eId that the software makes of kind and number of a provision',
	'reuse_link.other_e_id': 'eId that the software makes of kind and number of a provision',
	'reuse_text.algorithm': 'name of the yardstick, src/reuse/yardstick.server.ts',
	'reuse_text.keys': 'hashes of words that the software makes, without the words',
	'reuse_text.digest': 'digest that the software makes of a text',
};

/** A mailbox that holds a canary. */
export const mailboxOf = (table: string, column: string): string => `${canaryOf(table, column)}@example.org`;

/** Rows with a canary in every column that could hold a private text. */
function plantings({ here, there, member, counsel, matter }: Ground): readonly Planting[] {
	const now = new Date();
	const person = canaryOf('access_user', 'id') + MARKUP;
	const reader = randomUUID();
	const text = Buffer.from('Section 1. A text that was laid aside.');
	const draftBlob = randomUUID();
	const record = { as_of: '2026-01-01', review_due: '2027-01-01', added_at: now };
	const seat = { id: randomUUID(), role: 'member', owner_city: there, from_day: '2026-01-01', added_at: now };
	const listed = sql`(select id from coalition_member where place_id = ${there})`;
	return [
		...signingIn(person),
		{
			...{ table: 'alert_request', as: SYSTEM, canaries: { address: NOBODY, place_id: NOBODY } },
			rest: { id: randomUUID(), language: 'en', asked_at: now },
		},
		{
			...{ table: 'alert_reader', as: SYSTEM, canaries: { address: NOBODY } },
			rest: { id: reader, language: 'en', since: now },
		},
		{ table: 'alert_place', as: SYSTEM, canaries: { place_id: NOBODY }, rest: { reader_id: reader, since: now } },
		{
			...{ table: 'alert_line', as: SYSTEM, canaries: { event_id: NOBODY } },
			rest: { reader_id: reader, position: 1_000_000, kind: 'event', gathered_at: now, sent_at: now },
		},
		...(['city', 'counsel'] as const).map((room) => blob(room, here, counsel)),
		blob('joint', matter, counsel),
		{ ...blob('city', null, SYSTEM), canaries: { bytes: NOBODY, media_type: NOBODY } },
		{
			...{ table: 'coalition_contact', as: ACCESS, canaries: { from_person: NOBODY } },
			rest: { id: randomUUID(), at: now },
		},
		...drafted({ there, member }),
		...lost({ there, member, person }),
		{
			...{ table: 'coalition_fact', as: SYSTEM, canaries: { note: SEATED, author: NOBODY } },
			rest: {
				member_id: listed,
				id: randomUUID(),
				owner_city: there,
				kind: 'member',
				day: '2026-02-01',
				at: now,
			},
		},
		{
			...{ table: 'coalition_fact', as: SYSTEM, canaries: { withdrawn_by: NOBODY, withdrawn_reason: NOBODY } },
			rest: {
				...{
					member_id: listed,
					id: randomUUID(),
					owner_city: there,
					kind: 'voted',
					day: '2026-01-20',
					at: now,
				},
				...{ author: 'test', withdrawn_at: now },
			},
		},
		{
			...{ table: 'coalition_publication', as: member },
			canaries: { approver: SEATED, office: SEATED, author: NOBODY },
			rest: {
				member_id: listed,
				id: randomUUID(),
				owner_city: there,
				kind: 'taken_back',
				day: '2026-02-02',
				at: now,
			},
		},
		{
			...{ table: 'coalition_seat', as: SYSTEM },
			canaries: { name: SEATED, office: SEATED, person: NOBODY, added_by: NOBODY },
			rest: { ...seat, member_id: listed },
		},
		{
			...{ table: 'coalition_seat', as: SYSTEM, canaries: { ended_by: NOBODY } },
			rest: {
				...seat,
				id: randomUUID(),
				member_id: listed,
				office: 'Ended',
				added_by: 'test',
				ended_at: now,
			},
		},
		{
			...{ table: 'coalition_matter', as: counsel, canaries: { name: NOBODY, agreement: NOBODY } },
			rest: matterRow(counsel),
		},
		{
			...{ table: 'coalition_invitation', as: SYSTEM },
			canaries: {
				...{ email: STEWARDS, name: STEWARDS, office: STEWARDS, city: STEWARDS, called_number: STEWARDS },
				...{ called_site: STEWARDS, called_by: NOBODY, invited_by: NOBODY, code_hash: NOBODY, person: NOBODY },
			},
			rest: {
				...{ id: randomUUID(), language: 'en', role: 'editor', invited_at: now, called_at: now },
				email: mailboxOf('coalition_invitation', 'email'),
			},
		},
		{
			...{ table: 'interest', as: SYSTEM, canaries: { note: STEWARDS, email: STEWARDS } },
			rest: { ...asks('interest'), id: randomUUID(), place_id: there, proved_at: now },
		},
		{
			...{ table: 'interest', as: SYSTEM },
			canaries: {
				...{ place_id: NOBODY, matched_place: NOBODY, matched_by: NOBODY, keeper: NOBODY, called_by: NOBODY },
				...{ called_number: STEWARDS, called_site: STEWARDS, declined_by: NOBODY, declined_reason: STEWARDS },
			},
			rest: {
				...{ ...asks('interest'), id: DECLINED, proved_at: now, matched_at: now, called_at: now, declined_at: now },
			},
		},
		{
			...{ table: 'interest_approval', as: SYSTEM, canaries: { person: NOBODY } },
			rest: { interest_id: DECLINED, at: now },
		},
		{
			...{ table: 'interest_request', as: SYSTEM, canaries: { place_id: NOBODY, note: NOBODY, email: NOBODY } },
			rest: { ...asks('interest_request'), id: randomUUID(), asked_at: now },
		},
		{
			...{ table: 'journal', as: SYSTEM, canaries: { noun: NOBODY, kind: NOBODY, subject: NOBODY } },
			rest: { room: 'city', at: now },
		},
		{
			...{ table: 'law_record', as: SYSTEM },
			canaries: {
				...{ statement_en: NOBODY, statement_es: NOBODY, citation: NOBODY, address: NOBODY, note: NOBODY },
				...{ draft_key: NOBODY, added_by: NOBODY },
			},
			rest: {
				...record,
				...{ id: randomUUID(), jurisdiction: 'TX' },
				address: `https://example.org/${canaryOf('law_record', 'address')}`,
			},
		},
		{
			...{ table: 'law_record', as: SYSTEM, canaries: { withdrawn_by: NOBODY, withdrawn_reason: NOBODY } },
			rest: {
				...record,
				...{ id: randomUUID(), jurisdiction: 'TX', statement_en: 'A draft.', citation: 'None', added_by: 'test' },
				withdrawn_at: now,
			},
		},
		{
			...{ table: 'blob', as: SYSTEM, canaries: {} },
			rest: {
				...{ id: draftBlob, room: 'city', bytes: text, size: text.length, created_at: now, media_type: 'text/plain' },
				sha256: sql`encode(sha256(${text}::bytea), 'hex')`,
			},
		},
		{
			...{ table: 'library_draft', as: SYSTEM },
			canaries: { name: EDITORS, said: EDITORS, corrections: EDITORS, made_by: EDITORS },
			rest: {
				...{ id: DRAFT, blob_id: draftBlob, made_at: now },
				corrections: JSON.stringify({ 0: { number: canaryOf('library_draft', 'corrections') } }),
				said: JSON.stringify({
					...{ owner: '', place: '', place_id: '', day: '', instrument: '', number: '', language: '' },
					...{ title: canaryOf('library_draft', 'said'), source_address: '', retrieved: '', not_a_person: [] },
				}),
			},
		},
		{
			...{ table: 'library_law_note', as: SYSTEM, canaries: { e_id: NOBODY, text: NOBODY, citations: NOBODY } },
			rest: { work_id: sql`(select id from library_work order by address limit 1)`, position: 999, at: now },
		},
		{
			...{ table: 'watch_report', as: SYSTEM },
			canaries: { about: NOBODY, message: NOBODY, contact: NOBODY, closed_reason: NOBODY },
			rest: { id: randomUUID(), at: now, closed_at: now },
		},
	];
}

function blob(room: 'city' | 'counsel' | 'joint', owner: string | null, as: Actor): Planting {
	const bytes = Buffer.from(`${canaryOf('blob', 'bytes')} of ${room} of ${owner}`);
	const rest = { owner_city: owner, room, bytes, size: bytes.length, created_at: new Date() };
	const sha256 = sql`encode(sha256(${bytes}::bytea), 'hex')`;
	return { table: 'blob', as, canaries: { bytes: NOBODY, media_type: NOBODY }, rest: { ...rest, sha256 } };
}

function matterRow(counsel: Actor): Readonly<Record<string, unknown>> {
	const id = randomUUID();
	const owner = `matter:${id}`;
	// The parties of a new matter are those who make it.
	(counsel.matters as string[]).push(owner);
	return { id, owner_city: owner, expires: '2099-01-01', at: new Date() };
}

function asks(table: string): Readonly<Record<string, unknown>> {
	const email = mailboxOf(table, 'email');
	return { office: 'clerk', standing: 'asking', helps: [], email, language: 'en' };
}

/** Plants them all, and what the record keeps; gives what to look for. */
export async function plant(ground: Ground, world: OpenWorld): Promise<readonly Canary[]> {
	const rows = plantings({ ...ground, counsel: { ...ground.counsel, matters: [...(ground.counsel.matters ?? [])] } });
	const types = new Map((await privateColumns(world)).map(({ name, type }) => [name, type]));
	for (const { table, as, canaries, rest } of rows) {
		const texts = Object.keys(canaries).map((column) => {
			const text = canaryOf(table, column);
			return [column, planted(text + MARKUP, types.get(`${table}.${column}`) ?? 'text')];
		});
		const row = { ...Object.fromEntries(texts), ...rest };
		await world.db.as(as, async (tx) => {
			await sql`insert into ${sql.table(table)} (${sql.join(Object.keys(row).map((column) => sql.ref(column)))})
				values (${sql.join(Object.values(row))})`.execute(tx);
		});
	}
	await world.db.as(SYSTEM, (tx) =>
		sql`update coalition_member set added_by = ${canaryOf('coalition_member', 'added_by')}
			where place_id = ${ground.there}`.execute(tx),
	);
	await inTheRecord(ground, world);
	return [
		...rows.flatMap(({ table, canaries }) =>
			Object.entries(canaries).map(([column, readers]) => ({ text: canaryOf(table, column), readers })),
		),
		{ text: canaryOf('coalition_member', 'added_by'), readers: NOBODY },
		...RECORDED.map(([table, column, readers]) => ({ text: canaryOf(table, column), readers })),
		{ text: canaryOf('audit_personal', 'of-stewards'), readers: STEWARDS },
	];
}

const RECORDED = [
	['audit_entry', 'subject', THERE],
	['audit_entry', 'seat', NOBODY],
	['audit_entry', 'seals', NOBODY],
	['audit_personal', 'value', THERE],
	['audit_personal', 'salt', NOBODY],
	['audit_personal', 'erased_under', THERE],
] as const;

/** One entry of the city there with all that an entry can hold, one of which was erased, and one of the stewards. */
async function inTheRecord({ there, member }: Ground, world: OpenWorld): Promise<void> {
	const c = canaryOf;
	const append = (owner: string | null, fields: readonly object[]) =>
		sql`select audit_append(${owner}, 'city', now(), 'seat_ended', ${c('audit_entry', 'subject')}, 'member',
			${c('audit_entry', 'seat')}, ${c('audit_entry', 'seals')}, ${JSON.stringify(fields)}::jsonb)`;
	await world.db.as(member, async (tx) => {
		await append(there, [
			{ field: 'name', value: c('audit_personal', 'value'), salt: c('audit_personal', 'salt') },
			{ field: 'office', value: 'erased', salt: 'erased' },
		]).execute(tx);
		await sql`update audit_personal set value = null, salt = null, erased_at = now(),
			erased_under = ${c('audit_personal', 'erased_under')} where field = 'office' and value = 'erased'`.execute(tx);
	});
	await world.db.as(SYSTEM, (tx) =>
		sql`select audit_append(null, 'city', now(), 'seat_ended', 'seat:none', 'steward', null, '',
			${JSON.stringify([{ field: 'name', value: c('audit_personal', 'of-stewards'), salt: 'none' }])}::jsonb)`.execute(
			tx,
		),
	);
}

function planted(text: string, type: string): unknown {
	if (type === 'text[]') return [text];
	if (type === 'jsonb') return JSON.stringify([text]);
	return type === 'bytea' ? Buffer.from(text) : text;
}

/** A column of a walled table that could hold a text, `table.column`. */
export interface PrivateColumn {
	readonly name: string;
	readonly type: string;
}

/**
 * Columns of every table behind a wall, but for those whose value is not free: owner and room, references to another row, and
 * what a check holds to a few words or a shape.
 */
export async function privateColumns({ db }: Pick<OpenWorld, 'db'>): Promise<readonly PrivateColumn[]> {
	return db.as(SYSTEM, async (tx) => {
		const { rows } = await sql<PrivateColumn>`
			select c.relname || '.' || a.attname as name, format_type(a.atttypid, null) as type
			from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
			where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
				and format_type(a.atttypid, null) in ('text', 'text[]', 'character varying', 'jsonb', 'json', 'bytea', 'xml')
				and a.attname not in ('owner_city', 'room')
				and not exists (select from pg_constraint k where k.conrelid = c.oid and k.conkey @> array[a.attnum]
					and (k.contype = 'f' or (k.contype = 'c' and array_length(k.conkey, 1) = 1
						and pg_get_constraintdef(k.oid) ~ '= ANY \\(|~ ''\\^\\[')))
			order by 1`.execute(tx);
		return rows;
	});
}
