import { redirect } from '@sveltejs/kit';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { givingProvisions } from '#library/protections.server.ts';
import { type Protection, protectionOf } from '#library/taxonomy/taxonomy.ts';
import type { VersionLine, Work } from '#library/view.ts';
import type { ClauseKey } from '#reuse/clause.ts';
import { around } from '#reuse/kin.server.ts';
import type { Kin } from '#reuse/kin.ts';
import { MOST_CLAUSES } from '#reuse/lineage.ts';
import { meant } from '../library/readable.server.ts';
import { lineageOf, type Told } from './lineage.server.ts';

/** A clause with its lineage, and with every clause that shares words with it. */
export interface AskedClause extends Told {
	readonly key: ClauseKey;
	readonly work: Work;
	readonly line: VersionLine;
	readonly kin: readonly Kin[];
}

/**
 * The clause at a path below /library. A policy without a version leads to its newest, what was moved to where it stands.
 * Throws `NotFound`.
 * @param tail what stands behind the path in the address of the page
 */
export async function askedClause(path: string, tail: string, locals: App.Locals): Promise<AskedClause> {
	const { world, actor, language } = locals;
	const found = await world.db.as(actor, async (tx) => {
		const one = await meant(path, locals, tx);
		if (!('line' in one)) return one;
		const { work, line, eId } = one;
		const address = eId === null ? line.address : `${line.address}/${eId}`;
		if (address !== path) return { newest: address };
		const key = { workId: work.id, expressionId: line.id, eId: eId ?? '' };
		const { clauses, kin } = await around(key, tx);
		return { ...(await lineageOf(clauses, dayAt(world.clock.now()), locals, tx)), key, work, line, kin };
	});
	const to = (address: string) => addressIn(language, `/concordance/clause/${address}${tail}`);
	if ('moved' in found) redirect(308, to(found.moved));
	if ('newest' in found) redirect(302, to(found.newest));
	if ('place' in found) throw new NotFound(speech(language).say('library.unknown'));
	return found;
}

/** A protection with the clauses in which two people confirmed it. */
export interface AskedProtection extends Told {
	readonly protection: Protection;
	/** Clauses there is no room for: the latest ones. */
	readonly leftOut: number;
}

/** The protection of a code; its short form leads to it. Throws `NotFound`. */
export async function askedProtection(code: string, tail: string, locals: App.Locals): Promise<AskedProtection> {
	const { world, actor, language } = locals;
	const protection = protectionOf(code);
	if (!protection) throw new NotFound(speech(language).say('lineage.unknown'));
	if (protection.code !== code) redirect(308, addressIn(language, `/concordance/protection/${protection.code}${tail}`));
	const today = dayAt(world.clock.now());
	return world.db.as(actor, async (tx) => {
		const keys = await givingProvisions(protection.code, today, tx);
		const told = await lineageOf(keys.slice(0, MOST_CLAUSES), today, locals, tx);
		return { ...told, protection, leftOut: Math.max(0, keys.length - MOST_CLAUSES) };
	});
}
