import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { demand, ownCity } from '#access/can.ts';
import { Conflict } from '#kernel/error.ts';
import { WORD_TYPE } from '#kernel/media-type.ts';
import { getBlob, putBlob } from '#platform/blob.server.ts';
import type { Tx, World } from '#platform/world.ts';
import type { Fault } from './bare.ts';
import type { Stripped } from './bare-part.ts';
import { type Deciding, ownTemplate } from './own-template.ts';
import { readTemplateAside } from './read.server.ts';
import { readWanted, reportOf, type Template, type TemplateReport } from './template.ts';

type Writing = Pick<World, 'clock' | 'random'>;

/** The file of the template that packets of a city are made with. */
interface TemplateFile {
	readonly bytes: Uint8Array;
	/** What was taken out of the city's file. */
	readonly stripped: readonly Stripped[];
	/** As the city's file was called; null for ours. */
	readonly name: string | null;
	readonly at: Date | null;
}

/** The template that packets of a city are made with. */
interface CityTemplate extends Pick<TemplateFile, 'name' | 'at'> {
	readonly template: Template;
	readonly report: TemplateReport;
	/** Name of a template of the city that is for what its council passes, and is left aside for what nobody votes on; else null. */
	readonly aside: string | null;
}

/**
 * The city's own template, else ours in a language. One that speaks of the council is left aside for what no body votes on.
 * Throws `Conflict` where the machine is too busy to read it.
 */
export async function templateOf(
	language: 'en' | 'es',
	actor: Actor,
	world: Pick<World, 'db'>,
	decided?: Deciding,
): Promise<CityTemplate> {
	const file = await world.db.as(actor, (tx) => templateFile(language, actor, tx));
	const ours = { ...NO_FILE, bytes: ownTemplate(language, decided) };
	if (file.name === null) return { ...(await read(ours)), aside: null };
	const found = await read(file);
	if (decided?.act.way !== 'issued' || !found.report.voted) return { ...found, aside: null };
	return { ...(await read(ours)), aside: file.name };
}

const NO_FILE = { stripped: [], name: null, at: null } as const;

async function read({ bytes, stripped, name, at }: TemplateFile): Promise<Omit<CityTemplate, 'aside'>> {
	const wanted = { bytes, keep: false };
	const made = name === null ? readWanted(wanted) : await readTemplateAside(wanted);
	if ('faults' in made) throw new Conflict('Reading the template of your city takes too long. Try again in a minute.');
	const { template } = made;
	return { template, report: { ...reportOf(template), stripped }, name, at };
}

/** As `templateOf`, the file alone. `tx` acts for the city. */
export async function templateFile(language: 'en' | 'es', actor: Actor, tx: Tx): Promise<TemplateFile> {
	demand(actor, 'read', 'draft', ownCity(actor));
	const { rows } = await sql<{ blob: string | null; name: string | null; stripped: string; at: Date }>`
		select blob_id as blob, name, stripped, at from adoption_template where owner_city = ${actor.city}
		order by nth desc limit 1`.execute(tx);
	const [row] = rows;
	const kept = row?.blob ? (await getBlob(row.blob, tx)).bytes : null;
	if (!row || !kept) return { ...NO_FILE, bytes: ownTemplate(language) };
	return { bytes: kept, stripped: row.stripped.split(' ').filter(Boolean) as Stripped[], name: row.name, at: row.at };
}

/**
 * Keeps a template for all drafts of the actor's city: without properties, comments and whatever else names its makers. Says
 * everything that stands against its use, and keeps nothing then. Throws `Forbidden` where the actor may change no drafts.
 */
export async function keepTemplate(
	{ name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
	actor: Actor,
	world: Writing & Pick<World, 'db'>,
): Promise<{ readonly kind: 'kept' } | { readonly faults: readonly Fault[] }> {
	demand(actor, 'change', 'draft', ownCity(actor));
	const read = await readTemplateAside({ bytes, keep: true });
	if ('faults' in read) return read;
	const { file, template } = read;
	await world.db.as(actor, async (tx) => {
		const kept = { owner: actor.city, room: 'city', bytes: file as Uint8Array, mediaType: WORD_TYPE } as const;
		await add({ blob: await putBlob(kept, world, tx), name, stripped: template.stripped }, actor, world, tx);
	});
	return { kind: 'kept' };
}

/** Packets of the city are made with our template again. Throws as `keepTemplate` does. */
export async function dropTemplate(actor: Actor, world: Writing, tx: Tx): Promise<void> {
	demand(actor, 'change', 'draft', ownCity(actor));
	await add({ blob: null, name: null, stripped: [] }, actor, world, tx);
}

async function add(
	{
		blob,
		name,
		stripped,
	}: { readonly blob: string | null; readonly name: string | null; readonly stripped: readonly Stripped[] },
	actor: Actor,
	world: Writing,
	tx: Tx,
): Promise<void> {
	// Two who send one at once: the second waits, and its row is the last.
	await sql`select pg_advisory_xact_lock(hashtextextended(${`adoption_template ${actor.city}`}, 0))`.execute(tx);
	await sql`
		insert into adoption_template (owner_city, nth, blob_id, name, stripped, seat, person, at)
		select ${actor.city}, coalesce(max(nth), 0) + 1, ${blob}::uuid, ${name}::text, ${stripped.join(' ')},
			${actor.seat ?? null}::uuid, ${actor.person ?? null}::uuid, ${world.clock.now()}::timestamptz
		from adoption_template where owner_city = ${actor.city}`.execute(tx);
	await record({ actor, action: 'template_changed', subject: 'template:packet', owner: actor.city }, world, tx);
}
