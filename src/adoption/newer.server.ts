import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { Invalid, NotFound } from '#kernel/error.ts';
import { versionAddress } from '#library/address.ts';
import type { Provision } from '#library/provision.ts';
import { provisions } from '#library/version.server.ts';
import type { VersionLine } from '#library/view.ts';
import { versionLines } from '#library/work.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { identity } from './begin.server.ts';
import { conditionOf, shown, typedOver } from './blank-words.ts';
import type { DraftProvision, Source, State } from './draft.ts';
import { edit, keepSource } from './edit.server.ts';
import { type AdditionOffer, type Offer, offersOf, successors } from './newer.ts';
import { stateOf } from './state.server.ts';
import { removed } from './structure/outline.ts';
import { placed } from './structure/placed.ts';
import { restructured } from './structure/restructure.ts';

/** A newer version of something that a draft was copied from, and what it offers that nobody has decided on. */
export interface Newer {
	readonly source: Source;
	readonly version: VersionLine;
	/** Its provisions. */
	readonly provisions: readonly Provision[];
	readonly offers: readonly Offer[];
	/** Changes that were decided on. */
	readonly decided: number;
}

/** What a city makes of an offer: takes it (merged with its own words), keeps its own, or writes words that have both. */
export type Decision =
	| { readonly decision: 'take' | 'keep' }
	| { readonly decision: 'edit'; readonly heading: string; readonly words: string };

/** Newer versions of what a draft was copied from. Throws as `stateOf` does. */
export async function newerOf(id: string, actor: Actor, tx: Tx): Promise<readonly Newer[]> {
	const state = await stateOf(id, actor, tx);
	const found: Newer[] = [];
	for (const source of state.sources) {
		const version = await latest(source, state, tx);
		if (!version) continue;
		const [base, theirs] = await both(source, version, tx);
		const decided = await decisions(id, source, version, tx);
		const { nth, whole } = source;
		const offers = offersOf(base, theirs, state.provisions, { source: nth, whole, taken: takenIn(decided) });
		found.push({
			...{ source, version, provisions: theirs, decided: decided.length },
			offers: offers.filter(({ change }) => !decided.some((one) => one.change === change)),
		});
	}
	return found;
}

/**
 * Keeps what a city decides on one offer, with who decided; once none is left the draft counts as copied from the newer
 * version. Throws as `edit` does, and `NotFound` where there is no such offer any more.
 */
export async function decide(
	id: string,
	{
		source: nth,
		expressionId,
		change,
	}: { readonly source: number; readonly expressionId: string; readonly change: string },
	what: Decision,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<number> {
	const newer = (await newerOf(id, actor, tx)).find(
		({ source, version }) => source.nth === nth && version.id === expressionId,
	);
	const offer = newer?.offers.find((one) => one.change === change);
	if (!newer || !offer)
		throw new NotFound('This change was decided on, or there is a newer version still. Look again.');
	const [, theirs] = await both(newer.source, newer.version, tx);
	const block = offer.kind === 'added' && what.decision !== 'keep' ? blockOf(offer, theirs, world) : [];
	const provision = offer.kind === 'added' ? (block[0]?.id ?? null) : offer.provision;
	const seq = await edit(
		id,
		{ act: what.decision === 'keep' ? 'kept' : 'taken_over', provision, always: true },
		(state) => ({ provisions: made(state, offer, what, block) }),
		actor,
		world,
		tx,
	);
	await sql`
		insert into adoption_decision (draft_id, source, expression_id, change, seq, owner_city, decision, provision_id, person, at)
		values (${id}, ${nth}, ${expressionId}, ${change}, ${seq}, ${actor.city}, ${what.decision}, ${provision},
			${actor.person ?? null}, ${world.clock.now()})`.execute(tx);
	if (newer.offers.length > 1) return seq;
	return moveOn(id, newer, actor, world, tx);
}

/**
 * Takes over all that clashes with nothing of a newer version, one decision each, and returns how many. Throws as `decide` does.
 */
export async function takeAll(
	id: string,
	of: { readonly source: number; readonly expressionId: string },
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<number> {
	const newer = (await newerOf(id, actor, tx)).find(
		({ source, version }) => source.nth === of.source && version.id === of.expressionId,
	);
	const clear = (newer?.offers ?? []).filter((offer) => offer.kind !== 'changed' || offer.merged !== null);
	for (const { change } of clear) await decide(id, { ...of, change }, { decision: 'take' }, actor, world, tx);
	return clear.length;
}

/** Lets a source be the newer version, once everything in it was decided on: a redline is against that from now on. */
async function moveOn(
	id: string,
	{ source, version }: Newer,
	actor: Actor,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<number> {
	const [base, theirs] = await both(source, version, tx);
	const next = successors(base, theirs);
	const taken = takenIn(await decisions(id, source, version, tx));
	const came = new Map([...taken].map(([eId, provision]) => [provision, eId]));
	const seq = await edit(
		id,
		{ act: 'taken_over', always: true },
		({ provisions }) => ({
			provisions: provisions.map((one) => {
				const eId = came.get(one.id) ?? (one.from?.source === source.nth ? next.get(one.from.eId) : undefined);
				if (eId !== undefined) return { ...one, from: { source: source.nth, eId } };
				return one.from?.source === source.nth ? { ...one, from: null } : one;
			}),
		}),
		actor,
		world,
		tx,
	);
	await keepSource(id, seq, { ...source, expressionId: version.id }, actor, world, tx);
	return seq;
}

/** The latest version in the language of the one copied, where it is another. */
async function latest(source: Source, { draft }: State, tx: Tx): Promise<VersionLine | null> {
	const { rows } = await sql<{ id: string; address: string; language: 'en' | 'es' }>`
		select id, address, language from library_work where id::text = ${source.workId} and withdrawn_at is null`.execute(
		tx,
	);
	const [work] = rows;
	if (!work) return null;
	const lines = await versionLines(work, tx);
	const own = lines.find((line) => line.id === source.expressionId);
	const first = lines.find(({ language }) => language === (own?.language ?? draft.language));
	return first && own && versionAddress(work, first) !== versionAddress(work, own) ? first : null;
}

async function both(
	source: Source,
	version: VersionLine,
	tx: Tx,
): Promise<[readonly Provision[], readonly Provision[]]> {
	return [await provisions(source.workId, source.expressionId, tx), await provisions(source.workId, version.id, tx)];
}

interface Decided {
	readonly change: string;
	readonly provision: string | null;
}

/** What came newly and was taken: the provision of the draft, by its eId in the newer version. */
function takenIn(decided: readonly Decided[]): ReadonlyMap<string, string> {
	return new Map(
		decided.flatMap(({ change, provision }) =>
			change.startsWith('+') && provision !== null ? [[change.slice(1), provision] as const] : [],
		),
	);
}

async function decisions(id: string, source: Source, version: VersionLine, tx: Tx): Promise<readonly Decided[]> {
	const { rows } = await sql<Decided>`
		select change, provision_id as provision from adoption_decision d
		where draft_id = ${id} and source = ${source.nth} and expression_id = ${version.id}
			and not exists (select from adoption_edit e where e.draft_id = d.draft_id and e.seq > d.seq and e.restored < d.seq)`.execute(
		tx,
	);
	return rows;
}

/** What comes newly with all that lies in it, as provisions of the draft. */
function blockOf(
	{ theirs: root }: AdditionOffer,
	theirs: readonly Provision[],
	{ random }: Pick<World, 'random'>,
): readonly DraftProvision[] {
	const places = new Map<number, number>();
	const block: DraftProvision[] = [];
	theirs.forEach(({ eId, kind, number, heading, text, parent }, at) => {
		const above = parent === null ? undefined : places.get(parent);
		if (eId !== root.eId && above === undefined) return;
		places.set(at, block.length);
		const words = { kind, number, heading, text };
		block.push({ id: identity(random.uuid()), ...words, parent: above ?? null, from: null });
	});
	return block;
}

/** What was typed over the words of an offer, with its blanks; its condition stays. */
function typedIn({ blanks, answers, draft }: State, offer: Offer, what: Decision) {
	if (what.decision !== 'edit' || offer.kind === 'added') return null;
	const over = offer.kind === 'changed' ? (offer.merged ?? offer.ours) : offer.ours;
	const put = (words: string, typed: string) =>
		typedOver(
			shown(words, blanks, answers, draft.language),
			typed.replaceAll(/\s+/gu, ' ').trim(),
			blanks,
			draft.language,
		);
	const { mark, words } = conditionOf(over.text);
	return { heading: put(over.heading ?? '', what.heading), text: mark + put(words, what.words) };
}

function made(state: State, offer: Offer, what: Decision, block: readonly DraftProvision[]): readonly DraftProvision[] {
	const { provisions, draft } = state;
	if (what.decision === 'keep') return provisions;
	const words = typedIn(state, offer, what);
	if (offer.kind === 'changed' || words) {
		const id = offer.kind === 'added' ? null : offer.provision;
		const both = words ?? (offer.kind === 'changed' ? offer.merged : null);
		if (id === null || !both) throw new Invalid('Both sides changed the same words. Write the words, or keep yours.');
		return provisions.map((one) => (one.id === id ? { ...one, heading: both.heading || null, text: both.text } : one));
	}
	const change = offer.kind === 'added' ? placed(provisions, block, offer.place) : removed(provisions, offer.provision);
	if (!change || 'refused' in change) throw new NotFound('Its place in the draft is gone. Look at the draft again.');
	return restructured(provisions, change, draft.language).text;
}
