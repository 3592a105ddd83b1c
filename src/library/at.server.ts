import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { placeAt } from '#places/address.server.ts';
import type { Place } from '#places/place.ts';
import type { Tx } from '#platform/world.ts';
import { MOST_PIECES, versionPart } from './address.ts';
import type { Provision } from './provision.ts';
import { opened } from './version.server.ts';
import type { Version, VersionLine, Work } from './view.ts';
import { whole } from './work.server.ts';
import { workLines } from './works.server.ts';

/** What stands at a path below /library. */
export type At =
	| { readonly kind: 'work'; readonly work: Work }
	| { readonly kind: 'version'; readonly work: Work; readonly version: Version }
	| { readonly kind: 'provision'; readonly work: Work; readonly version: Version; readonly provision: Provision }
	/** It stands elsewhere now, for good: a path below /library. */
	| { readonly kind: 'moved'; readonly path: string }
	/** A place that has policies of its own, or lies where some are. */
	| { readonly kind: 'place'; readonly place: Place }
	| { readonly kind: 'none' };

/** What stands at a path, before any text is read. */
export type Located =
	| Exclude<At, { readonly kind: 'version' | 'provision' }>
	| { readonly kind: 'version'; readonly work: Work; readonly line: VersionLine }
	| { readonly kind: 'provision'; readonly work: Work; readonly line: VersionLine; readonly eId: string };

/** No path of ours is longer; what is longer is not looked up. */
const LONGEST_PATH = 600;

/**
 * Resolves a path below /library as `locate` does, and reads the version.
 * @param path without a slash at its beginning
 * @param day the day that standings are told of
 */
export async function workAt(path: string, day: Day, tx: Tx): Promise<At> {
	const found = await locate(path, day, tx);
	if (found.kind !== 'version' && found.kind !== 'provision') return found;
	const { work, line } = found;
	const version = await opened(work.id, line, work.versions, tx);
	if (found.kind === 'version') return { kind: 'version', work, version };
	const provision = version.provisions.find((one) => one.eId === found.eId);
	return provision ? { kind: 'provision', work, version, provision } : { kind: 'none' };
}

/**
 * Resolves a path below /library: the policy with the longest address that the path begins with, then a version
 * (`2014-11-14`, `.2`, `.es`), then a provision by its eId. Former addresses and eIds give `moved`. Reads no text.
 * @param path without a slash at its beginning
 * @param day the day that standings are told of
 */
export async function locate(path: string, day: Day, tx: Tx): Promise<Located> {
	if (path.length > LONGEST_PATH) return { kind: 'none' };
	const pieces = path.split('/').filter((piece) => piece !== '');
	const found = await longest(pieces, tx);
	if (!found) {
		const place = await placeAt(pieces.join('/'), tx);
		return place && (await hasWorks(place, tx)) ? { kind: 'place', place } : { kind: 'none' };
	}
	const rest = pieces.slice(found.length);
	const canonical = [found.address, ...rest].join('/');
	if (canonical !== path) return { kind: 'moved', path: canonical };
	const [line] = await workLines(sql`w.id = ${found.id}`, day, 1, tx);
	return line ? inWork(await whole(line, tx), rest, tx) : { kind: 'none' };
}

async function inWork(work: Work, [piece, eId, ...surplus]: readonly string[], tx: Tx): Promise<Located> {
	if (piece === undefined) return { kind: 'work', work };
	const part = versionPart(piece);
	const line =
		part &&
		work.versions.find(
			({ day, nth, language }) => day === part.day && nth === part.nth && language === (part.language ?? work.language),
		);
	if (!line || surplus.length > 0) return { kind: 'none' };
	const tail = eId === undefined ? '' : `/${eId}`;
	if (`${work.address}/${piece}` !== line.address) return { kind: 'moved', path: line.address + tail };
	if (eId === undefined) return { kind: 'version', work, line };
	if (await hasProvision(work.id, line.id, eId, tx)) return { kind: 'provision', work, line, eId };
	const now = await todaysEId(work.id, line.id, eId, tx);
	return now === null ? { kind: 'none' } : { kind: 'moved', path: `${line.address}/${now}` };
}

async function hasProvision(workId: string, expressionId: string, eId: string, tx: Tx): Promise<boolean> {
	const { rows } = await sql`
		select from library_provision
		where work_id = ${workId} and expression_id = ${expressionId} and e_id = ${eId}`.execute(tx);
	return rows.length > 0;
}

/** The policy that the path leads to, and how many of its pieces are the policy's own. */
async function longest(
	pieces: readonly string[],
	tx: Tx,
): Promise<{ id: string; address: string; length: number } | null> {
	const prefixes = pieces
		.slice(0, MOST_PIECES)
		.map((_, i) => pieces.slice(0, i + 1).join('/'))
		.map((prefix) => prefix.toLowerCase());
	const { rows } = await sql<{ id: string; address: string; given: string }>`
		select id, address, address as given from library_work where address = any(${prefixes})
		union all
		select w.id, w.address, a.former_address from library_work_alias a join library_work w on w.id = a.work_id
		where a.former_address = any(${prefixes})`.execute(tx);
	const [best] = rows.toSorted((a, b) => b.given.length - a.given.length);
	return best ? { id: best.id, address: best.address, length: best.given.split('/').length } : null;
}

async function hasWorks(place: Place, tx: Tx): Promise<boolean> {
	const own = place.kind === 'state' ? sql`state_code = ${place.stateCode}` : sql`place_id = ${place.id}`;
	const { rows } = await sql`select from library_work where ${own} limit 1`.execute(tx);
	return rows.length > 0;
}

/** What a provision is called now that had another eId when the version was read before; null where none had it. */
async function todaysEId(workId: string, expressionId: string, eId: string, tx: Tx): Promise<string | null> {
	const { rows } = await sql<{ e_id: string }>`
		select e_id from library_provision_alias
		where work_id = ${workId} and expression_id = ${expressionId} and former_e_id = ${eId}`.execute(tx);
	return rows[0]?.e_id ?? null;
}
