import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
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
import { type AdditionOffer, type Offer, offersOf, type RemovalOffer, successors } from './newer.ts';
import { demandNoQuorum } from './remark/quorum.server.ts';
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
	/** `since`: the edit after which the words read as they were typed over. */
	| { readonly decision: 'edit'; readonly heading: string; readonly words: string; readonly since: number };

/** Newer versions of what a draft was copied from. Throws as `stateOf` does. */
export async function newerOf(id: string, actor: Actor, tx: Tx): Promise<readonly Newer[]> {
	const state = await stateOf(id, actor, tx);
	const found: Newer[] = [];
	for (const source of state.sources) {
		const version = await latest(source, state, tx);
		if (!version) continue;
		const [base, theirs] = await both(source, version, tx);
		const all = await decisions(id, source, version, tx);
		const decided = all.filter(({ over }) => !over);
		const { nth, whole } = source;
		const offers = offersOf(base, theirs, state.provisions, {
			source: nth,
			whole,
			taken: takenIn(all, state.provisions),
		});
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
	await demandNoQuorum(id, actor, world, tx);
	// What is decided on is what the draft reads as now, and nobody edits until it is kept.
	await sql`select 1 from adoption_draft where id::text = ${id} for update`.execute(tx);
	const newer = (await newerOf(id, actor, tx)).find(
		({ source, version }) => source.nth === nth && version.id === expressionId,
	);
	const offer = newer?.offers.find((one) => one.change === change);
	if (!newer || !offer)
		throw new NotFound('This change was decided on, or there is a newer version still. Look again.');
	if (what.decision === 'edit' && offer.kind !== 'added') {
		const { wordedAt } = await stateOf(id, actor, tx);
		if ((wordedAt.get(offer.provision) ?? 0) > what.since)
			throw new Conflict('Somebody changed the words of this provision meanwhile. Look at them, and write again.');
	}
	const added = offer.kind === 'added' && what.decision !== 'keep' ? blockOf(offer, newer.provisions, world) : [];
	const block = added.map(({ provision }) => provision);
	const provision = offer.kind === 'added' ? (block[0]?.id ?? null) : offer.provision;
	const seq = await edit(
		id,
		{ act: what.decision === 'keep' ? 'kept' : 'taken_over', provision, always: true },
		(state) => ({ provisions: made(state, offer, newer.offers, what, block) }),
		actor,
		world,
		tx,
	);
	// What comes along in a new provision is decided on with it.
	const changes =
		added.length > 0
			? added.map(({ eId, provision }) => ({ change: `+${eId}`, provision: provision.id }))
			: [{ change, provision }];
	await sql`
		insert into adoption_decision (draft_id, source, expression_id, change, seq, owner_city, decision, provision_id, person, at)
		select ${id}::uuid, ${nth}::integer, ${expressionId}::uuid, change, ${seq}::integer, ${actor.city}, ${what.decision}, provision,
			${actor.person ?? null}::uuid, ${world.clock.now()}::timestamptz
		from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as c (change text, provision text)`.execute(tx);
	const left = (await newerOf(id, actor, tx)).find(({ version }) => version.id === expressionId);
	return left?.offers.length === 0 ? moveOn(id, left, actor, world, tx) : seq;
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
	const next = async () => {
		const { provisions } = await stateOf(id, actor, tx);
		const newer = (await newerOf(id, actor, tx)).find(
			({ source, version }) => source.nth === of.source && version.id === of.expressionId,
		);
		return newer?.offers.find((offer) => isClear(offer, newer.offers, provisions));
	};
	let taken = 0;
	for (let offer = await next(); offer; offer = await next()) {
		await decide(id, { ...of, change: offer.change }, { decision: 'take' }, actor, world, tx);
		taken++;
	}
	return taken;
}

/** Whether an offer can be taken without a question: the city's own words stay. */
function isClear(offer: Offer, offers: readonly Offer[], text: readonly DraftProvision[]): boolean {
	if (offer.kind === 'changed') return offer.merged !== null;
	return offer.kind === 'added' || isBare(offer, offers, text);
}

/** Whether what a newer version dropped stands as it was copied, and nothing in it is the city's own or stays. */
function isBare(offer: RemovalOffer, offers: readonly Offer[], text: readonly DraftProvision[]): boolean {
	const dropped = new Map(offers.flatMap((one) => (one.kind === 'removed' ? [[one.provision, one] as const] : [])));
	const inside = new Set<number>();
	text.forEach(({ id, parent }, at) => {
		if (id === offer.provision || (parent !== null && inside.has(parent))) inside.add(at);
	});
	return [...inside].every((at) => {
		const one = dropped.get(text[at]?.id ?? '');
		return one !== undefined && one.base.text === one.ours.text && one.base.heading === one.ours.heading;
	});
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
	const { provisions: now } = await stateOf(id, actor, tx);
	const taken = takenIn(await decisions(id, source, version, tx), now);
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
	/** Whether a state from before it was brought back since: then it is asked again, though what was taken may stand again. */
	readonly over: boolean;
	readonly change: string;
	readonly provision: string | null;
}

/** What came newly and was taken: the provision of the draft, by its eId in the newer version. */
function takenIn(decided: readonly Decided[], text: readonly DraftProvision[]): ReadonlyMap<string, string> {
	const here = new Set(text.map(({ id }) => id));
	return new Map(
		decided.flatMap(({ change, provision }) =>
			change.startsWith('+') && provision !== null && here.has(provision)
				? [[change.slice(1), provision] as const]
				: [],
		),
	);
}

async function decisions(id: string, source: Source, version: VersionLine, tx: Tx): Promise<readonly Decided[]> {
	const { rows } = await sql<Decided>`
		select change, provision_id as provision, exists (select from adoption_edit e
			where e.draft_id = d.draft_id and e.seq > d.seq and e.restored < d.seq) as over
		from adoption_decision d
		where draft_id = ${id} and source = ${source.nth} and expression_id = ${version.id} order by d.seq`.execute(tx);
	return rows;
}

/** What comes newly with all that lies in it, as provisions of the draft. */
function blockOf(
	{ theirs: root }: AdditionOffer,
	theirs: readonly Provision[],
	{ random }: Pick<World, 'random'>,
): readonly { readonly eId: string; readonly provision: DraftProvision }[] {
	const places = new Map<number, number>();
	const block: { eId: string; provision: DraftProvision }[] = [];
	theirs.forEach(({ eId, kind, number, heading, text, parent, state }, at) => {
		const above = parent === null ? undefined : places.get(parent);
		if (state === 'removed' || (eId !== root.eId && above === undefined)) return;
		places.set(at, block.length);
		const words = { kind, number, heading, text };
		block.push({ eId, provision: { id: identity(random.uuid()), ...words, parent: above ?? null, from: null } });
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

function made(
	state: State,
	offer: Offer,
	offers: readonly Offer[],
	what: Decision,
	block: readonly DraftProvision[],
): readonly DraftProvision[] {
	const { provisions, draft } = state;
	if (what.decision === 'keep') return provisions;
	const words = typedIn(state, offer, what);
	if (offer.kind === 'changed' || words) {
		const id = offer.kind === 'added' ? null : offer.provision;
		const both = words ?? (offer.kind === 'changed' ? offer.merged : null);
		if (id === null || !both) throw new Invalid('Both sides changed the same words. Write the words, or keep yours.');
		return provisions.map((one) => (one.id === id ? { ...one, heading: both.heading || null, text: both.text } : one));
	}
	if (offer.kind === 'removed' && !isBare(offer, offers, provisions))
		throw new Invalid('It holds words of your city. Take these out by hand, or keep it.');
	const change = offer.kind === 'added' ? placed(provisions, block, offer.place) : removed(provisions, offer.provision);
	if (!change || 'refused' in change) throw new NotFound('Its place in the draft is gone. Look at the draft again.');
	return restructured(provisions, change, draft.language).text;
}
