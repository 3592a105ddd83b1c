import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
import { versionAddress } from '#library/address.ts';
import { subtree } from '#library/export/tree.ts';
import type { Provision } from '#library/provision.ts';
import { provisions } from '#library/version.server.ts';
import type { VersionLine } from '#library/view.ts';
import { versionLines } from '#library/work.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { retyped, type Typed } from './blank-words.ts';
import { copiedOf } from './copied.ts';
import { type DraftProvision, identity, type Source, type State } from './draft.ts';
import { type Edited, edit, keepSource } from './edit.server.ts';
import { takeUp } from './hold.server.ts';
import {
	type AdditionOffer,
	type Offer,
	offersOf,
	type RemovalOffer,
	standing,
	type Versions,
	versions,
} from './newer.ts';
import { speaking } from './spoken.ts';
import { stateOf } from './state.server.ts';
import { type Change, moved, type Refused, removed } from './structure/outline.ts';
import { placed } from './structure/placed.ts';
import { followed } from './structure/reference.ts';
import { restructured } from './structure/restructure.ts';
import { lyingIn } from './structure/tree.ts';

/** A newer version of something that a draft was copied from, beside the version copied. */
interface Found extends Versions {
	readonly source: Source;
	readonly version: VersionLine;
}

/** What it offers that nobody has decided on. */
export interface Newer extends Found {
	/** Provisions of the draft that came newly with it, by their eId in it. */
	readonly taken: ReadonlyMap<string, string>;
	readonly offers: readonly Offer[];
	/** Changes that were decided on. */
	readonly decided: number;
}

/** Which newer version of which source. */
interface Which {
	readonly source: number;
	readonly expressionId: string;
}

/** What a city makes of an offer: takes it (merged with its own words), keeps its own, or writes words that have both. */
export type Decision =
	| { readonly decision: 'take' | 'keep' }
	/** `since`: the edit after which the words read as they were typed over. */
	| ({ readonly decision: 'edit'; readonly since: number } & Typed);

/** Which sources of a draft have a newer version, and which that is. `tx` acts for its city. */
export async function newestOf(state: State, tx: Tx): Promise<readonly Pick<Found, 'source' | 'version'>[]> {
	const found: Pick<Found, 'source' | 'version'>[] = [];
	for (const source of state.sources) {
		const version = await latest(source, state, tx);
		if (version) found.push({ source, version });
	}
	return found;
}

/** Newer versions of what a draft was copied from, with what they offer it. `tx` acts for its city. */
export async function newerOf(state: State, tx: Tx): Promise<readonly Newer[]> {
	const found: Newer[] = [];
	for (const { source, version } of await newestOf(state, tx)) {
		const base = await provisions(source.workId, source.expressionId, tx);
		const theirs = await provisions(source.workId, version.id, tx);
		found.push(await offered({ source, version, ...versions(base, theirs) }, state, tx));
	}
	return found;
}

/** What a newer version offers a draft as it reads now. */
async function offered({ source, version, ...compared }: Found, state: State, tx: Tx): Promise<Newer> {
	const all = await decisions(state.draft.id, source, version, tx);
	const decided = new Set(all.filter(({ over }) => !over).map(({ change }) => change));
	const taken = takenIn(all, state.provisions);
	const of = { source: source.nth, whole: source.whole, taken };
	const offers = offersOf(compared, state.provisions, of, decided);
	return { source, version, ...compared, taken, offers, decided: decided.size };
}

/**
 * Keeps what a city decides on one offer, with who decided; once none is left the draft counts as copied from the newer
 * version. Throws as `edit` does, and `NotFound` where there is no such offer any more.
 */
export async function decide(
	id: string,
	{ change, ...which }: Which & { readonly change: string },
	what: Decision,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<number> {
	// What is decided on is what the draft reads as now, and nobody edits until it is kept.
	await takeUp(id, actor, world, tx);
	const { newer, wordedAt } = await lookedAt(id, which, actor, tx);
	const offer = newer?.offers.find((one) => one.change === change);
	if (!newer || !offer)
		throw new NotFound('This change was decided on, or there is a newer version still. Look again.');
	if (what.decision === 'edit' && offer.kind !== 'added' && (wordedAt.get(offer.provision) ?? 0) > what.since)
		throw new Conflict('Somebody changed the words of this provision meanwhile. Look at them, and write again.');
	const seq = await settle(id, newer, offer, what, actor, world, tx);
	const { newer: left } = await lookedAt(id, which, actor, tx);
	return left?.offers.length === 0 ? moveOn(id, left, actor, world, tx) : seq;
}

/**
 * Takes over all that clashes with nothing of a newer version, one decision each, and returns how many. Throws as `decide` does.
 */
export async function takeAll(
	id: string,
	which: Which,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<number> {
	await takeUp(id, actor, world, tx);
	let { newer, ...state } = await lookedAt(id, which, actor, tx);
	for (let taken = 0; ; taken++) {
		const offer = newer?.offers.find((one) => newer && isClear(one, newer, state, world));
		if (newer && offer) {
			await settle(id, newer, offer, { decision: 'take' }, actor, world, tx);
			// The draft is another now; the two versions are what they were.
			state = await stateOf(id, actor, tx);
			newer = await offered(newer, state, tx);
			continue;
		}
		if (taken > 0 && newer?.offers.length === 0) await moveOn(id, newer, actor, world, tx);
		return taken;
	}
}

/** A draft as it reads now, and what the newer version offers it; without one where that is none of its sources'. */
async function lookedAt(
	id: string,
	{ source: nth, expressionId }: Which,
	actor: Actor,
	tx: Tx,
): Promise<State & { readonly newer: Newer | undefined }> {
	const state = await stateOf(id, actor, tx);
	const found = await newerOf(state, tx);
	return { ...state, newer: found.find(({ source, version }) => source.nth === nth && version.id === expressionId) };
}

/** Makes of the draft what was decided on an offer, and keeps the decision. */
async function settle(
	id: string,
	newer: Newer,
	offer: Offer,
	what: Decision,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<number> {
	const { source, version, theirs } = newer;
	const added = offer.kind === 'added' && what.decision !== 'keep' ? blockOf(offer, theirs, world) : [];
	const provision = offer.kind === 'added' ? (added[0]?.provision.id ?? null) : offer.provision;
	const seq = await edit(
		id,
		{ act: what.decision === 'keep' ? 'kept' : 'taken_over', provision, always: true },
		(state) => made(state, offer, newer, what, added),
		actor,
		world,
		tx,
	);
	// What comes along in a new provision is decided on with it.
	const changes =
		added.length > 0
			? added.map(({ eId, provision }) => ({ change: `+${eId}`, provision: provision.id }))
			: [{ change: offer.change, provision }];
	await sql`
		insert into adoption_decision (draft_id, source, expression_id, change, seq, owner_city, decision, provision_id, person, at)
		select ${id}::uuid, ${source.nth}::integer, ${version.id}::uuid, change, ${seq}::integer, ${actor.city}, ${what.decision},
			provision, ${actor.person ?? null}::uuid, ${world.clock.now()}::timestamptz
		from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as c (change text, provision text)`.execute(tx);
	return seq;
}

/** Whether an offer can be taken without a question: the city's own words stay, and no reference is left hanging. */
function isClear(offer: Offer, newer: Newer, state: State, world: Pick<World, 'random'>): boolean {
	if (offer.kind === 'changed') return offer.merged !== null && offer.unnamed.length === 0;
	if (offer.kind === 'removed' && !isBare(offer, newer.offers, state.provisions)) return false;
	if ((offer.kind === 'moved' || offer.kind === 'renumbered') && offer.both) return false;
	const added = offer.kind === 'added' ? blockOf(offer, newer.theirs, world) : [];
	const tried = rearranged(state, offer, newer, added);
	return tried !== null && (tried.dangling ?? []).length === 0;
}

/** Whether what a newer version dropped stands as it was copied, and nothing in it is the city's own or stays. */
function isBare(offer: RemovalOffer, offers: readonly Offer[], text: readonly DraftProvision[]): boolean {
	const dropped = new Map(offers.flatMap((one) => (one.kind === 'removed' ? [[one.provision, one] as const] : [])));
	const own = text.findIndex(({ id }) => id === offer.provision);
	return [own, ...lyingIn(text, own)].every((at) => {
		const one = dropped.get(text[at]?.id ?? '');
		return one !== undefined && one.base.text === one.ours.text && one.base.heading === one.ours.heading;
	});
}

/** Lets a source be the newer version, once everything in it was decided on: a redline is against that from now on. */
async function moveOn(
	id: string,
	{ source, version, next, taken }: Newer,
	actor: Actor,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<number> {
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

/** A provision of a newer version, as one of the draft. */
interface Came {
	readonly eId: string;
	readonly provision: DraftProvision;
}

/** What comes newly with what is new in it, as provisions of the draft. */
function blockOf(
	{ theirs: root, along }: AdditionOffer,
	theirs: readonly Provision[],
	{ random }: Pick<World, 'random'>,
): readonly Came[] {
	return copiedOf(0, subtree(theirs, root.eId), along).map(({ from, ...words }) => ({
		eId: from?.eId ?? '',
		// Of the source it counts once all of the version is decided on.
		provision: { ...words, id: identity(random.uuid()), from: null },
	}));
}

function made(state: State, offer: Offer, newer: Newer, what: Decision, added: readonly Came[]): Edited {
	const { provisions } = state;
	if (what.decision === 'keep') return {};
	if (what.decision === 'edit' && offer.kind !== 'changed' && offer.kind !== 'removed')
		throw new Invalid('It has no words to write here. Take it or leave it, then edit the draft.');
	if (offer.kind === 'changed' || (what.decision === 'edit' && offer.kind === 'removed')) {
		const merged = offer.kind === 'changed' ? offer.merged : null;
		const both = what.decision === 'edit' ? retyped(merged ?? offer.ours, what, state) : merged;
		if (!both) throw new Invalid('Both sides changed the same words. Write the words, or keep yours.');
		const unnamed = offer.kind === 'changed' ? offer.unnamed : [];
		return {
			provisions: provisions.map((one) => (one.id === offer.provision ? { ...one, ...both } : one)),
			dangling: unnamed.map((words) => ({ in: offer.provision, words })),
		};
	}
	if (offer.kind === 'removed' && !isBare(offer, newer.offers, provisions))
		throw new Invalid('It holds words of your city. Take these out by hand, or keep it.');
	const edited = rearranged(state, offer, newer, added);
	if (!edited) throw new NotFound('Its place in the draft is gone. Look at the draft again.');
	return edited;
}

/** What a draft becomes by an offer of another place, number or provision that is taken; null where its place is gone. */
function rearranged(
	{ provisions, draft }: State,
	offer: Exclude<Offer, { readonly kind: 'changed' }>,
	{ taken, source, ...compared }: Newer,
	added: readonly Came[],
): Edited | null {
	if (offer.kind === 'renumbered') {
		const numbers = new Map(offer.numbers.map(({ provision, theirs }) => [provision, theirs]));
		const text = provisions.map((one) => ({
			...one,
			number: numbers.has(one.id) ? (numbers.get(one.id) ?? null) : one.number,
		}));
		const made = followed(provisions, { text, placed: [], merged: null, cut: null });
		return { provisions: made.text, dangling: made.dangling };
	}
	const change = changeBy(offer, provisions, added);
	if (!change || 'refused' in change) return null;
	const { text, dangling } = restructured(provisions, change, draft.language);
	if (added.length === 0) return { provisions: text, dangling };
	// What came speaks with the numbers of the model.
	const came = new Map([...taken, ...added.map(({ eId, provision }) => [eId, provision.id] as const)]);
	const ids = standing(compared, text, { source: source.nth, taken: came });
	const fresh = new Set(added.map(({ provision }) => provision.id));
	const said = speaking(text, compared.theirs, ids, fresh);
	return { provisions: said.text, dangling: [...dangling.filter((one) => !fresh.has(one.in)), ...said.dangling] };
}

/** What the structure of a draft becomes by an offer that is taken; null where its place is gone. */
function changeBy(
	offer: Exclude<Offer, { readonly kind: 'changed' | 'renumbered' }>,
	text: readonly DraftProvision[],
	added: readonly Came[],
): Change | Refused | null {
	if (offer.kind === 'removed') return removed(text, offer.provision);
	if (offer.kind === 'moved') return moved(text, offer.provision, offer.place);
	return placed(
		text,
		added.map(({ provision }) => provision),
		offer.place,
	);
}
