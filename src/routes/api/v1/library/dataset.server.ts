import { VISITOR } from '#access/actor.ts';
import { LANGUAGES } from '#i18n/language.ts';
import { dayAt } from '#kernel/day.ts';
import { Invalid } from '#kernel/error.ts';
import { workAt } from '#library/at.server.ts';
import { CHANGE_KINDS } from '#library/changes.server.ts';
import { facts } from '#library/facts.server.ts';
import { FACT_KINDS, INSTRUMENTS, STANDINGS, TEXT_LANGUAGES } from '#library/policy.ts';
import { CODING_STATES } from '#library/protection.ts';
import { codingOf, codings } from '#library/protections.server.ts';
import type { Provision } from '#library/provision.ts';
import { CODING_FIELDS } from '#library/record/coding.ts';
import { HIT_FIELDS } from '#library/record/hit.ts';
import { PROVISION_FIELDS } from '#library/record/provision.ts';
import { VERSION_FIELDS } from '#library/record/version.ts';
import { VERSION_WHOLE_FIELDS, WORK_WHOLE_FIELDS } from '#library/record/whole.ts';
import { WORK_FIELDS } from '#library/record/work.ts';
import { WORK_FACT_FIELDS } from '#library/record/work-fact.ts';
import { NOTHING_ASKED } from '#library/search/asked.ts';
import { searchLibrary } from '#library/search/search.server.ts';
import { protectionOf } from '#library/taxonomy/taxonomy.ts';
import { versionOf, versions } from '#library/versions.server.ts';
import { work } from '#library/work.server.ts';
import { works } from '#library/works.server.ts';
import type { Tx } from '#platform/world.ts';
import { choice, DAY, E_ID, ID, LIBRARY_PAGE, type Parameter, PLACE, STATE, SWITCH, upTo } from '../asked.ts';
import { batches } from '../batches.ts';
import { type Dataset, type Db, dataset, placeId } from '../dataset.server.ts';

const CODE: Parameter<string> = {
	schema: { type: 'string', maxLength: 20 },
	takes: 'the code of a protection or its short form, such as DET-WARRANT or D1',
	read: (text) => protectionOf(text)?.code ?? null,
};

const LONGEST_Q = 2_000;
/** The search ranks a thousand hits, twenty a page. */
const LAST_PAGE = 50;
const QUESTION: Parameter<string> = {
	schema: { type: 'string', maxLength: LONGEST_Q },
	takes: `words, "words together", -without, this OR that, begin*; at most ${LONGEST_Q} characters`,
	read: (text) => (text.length <= LONGEST_Q ? text : null),
};
const YEAR: Parameter<number> = {
	schema: { type: 'integer', minimum: 1600, maximum: 2200 },
	takes: 'a year of four digits',
	read: (text) => (/^(1[6-9]|2[01])\d\d$/.test(text) ? Number(text) : null),
};

/** What the feed of the library takes. */
export const CHANGE_PARAMETERS = {
	kind: choice(CHANGE_KINDS),
	state: STATE,
	place: PLACE,
	instrument: choice(INSTRUMENTS),
	after: { ...LIBRARY_PAGE, takes: 'what next gave in the document before' },
	lang: choice(LANGUAGES),
};

/** What anybody may have of the library, in the form of the watch. */
export const LIBRARY_DATASETS: readonly Dataset[] = [
	dataset({
		noun: 'library',
		name: 'works',
		fields: WORK_FIELDS,
		key: 'id',
		filters: {
			place: PLACE,
			state: STATE,
			instrument: choice(INSTRUMENTS),
			standing: choice(STANDINGS),
			day: DAY,
			language: choice(TEXT_LANGUAGES),
			coalition: SWITCH,
		},
		views: async ({ place, day, ...asked }, after, batch, world) => {
			const filter = {
				...asked,
				place: await placeId(place, world),
				day: day ?? dayAt(world.clock.now()),
				sample: null,
				withdrawn: false,
				after,
			};
			return works(filter, world, batch);
		},
		one: {
			fields: WORK_WHOLE_FIELDS,
			find: (id, world) => reading(world, (tx) => work(id, dayAt(world.clock.now()), tx)),
		},
	}),
	dataset({
		noun: 'library',
		name: 'versions',
		fields: VERSION_FIELDS,
		key: 'id',
		filters: { work: LIBRARY_PAGE, language: choice(TEXT_LANGUAGES) },
		views: async ({ work, language }, after, batch, world) => {
			const of = await workId(work, world);
			return batches(
				(from, limit) => reading(world, (tx) => versions({ work: of, language, after: from }, limit, tx)),
				({ id }) => id,
				after,
				batch,
			);
		},
		one: { fields: VERSION_WHOLE_FIELDS, find: (id, world) => reading(world, (tx) => versionOf(id, tx)) },
	}),
	dataset({
		noun: 'library',
		name: 'provisions',
		fields: PROVISION_FIELDS,
		key: 'e_id',
		filters: { version: LIBRARY_PAGE, e_id: E_ID, after: E_ID },
		views: async ({ version, e_id, after }, _after, _batch, world) => {
			const all = await provisionsOf(version, world);
			if (e_id !== null) return all.filter(({ eId }) => eId === e_id);
			if (after === null) return all;
			const at = all.findIndex(({ eId }) => eId === after);
			if (at < 0) throw new Invalid('The version has no such provision to go on after. Leave `after` out.');
			return all.slice(at + 1);
		},
	}),
	dataset({
		noun: 'library',
		name: 'facts',
		fields: WORK_FACT_FIELDS,
		key: 'id',
		filters: { work: LIBRARY_PAGE, kind: choice(FACT_KINDS), state: STATE, since: DAY, until: DAY },
		views: async ({ work, ...asked }, after, batch, world) => {
			const of = await workId(work, world);
			return batches(
				(from, limit) => reading(world, (tx) => facts({ ...asked, work: of, after: from }, limit, tx)),
				({ id }) => id,
				after,
				batch,
			);
		},
	}),
	dataset({
		noun: 'library',
		name: 'protections',
		fields: CODING_FIELDS,
		key: 'id',
		filters: { work: LIBRARY_PAGE, version: ID, code: CODE, standing: choice(CODING_STATES) },
		views: async ({ work, version, code, standing }, after, batch, world) => {
			const of = await workId(work, world);
			const filter = { work: of, expression: version, code, state: standing ?? 'confirmed' } as const;
			return batches(
				(from, limit) => reading(world, (tx) => codings({ ...filter, after: from }, limit, tx)),
				({ id }) => id,
				after,
				batch,
			);
		},
		one: { fields: CODING_FIELDS, find: (id, world) => reading(world, (tx) => codingOf(id, tx)) },
	}),
	dataset({
		noun: 'library',
		name: 'search',
		fields: HIT_FIELDS,
		key: 'e_id',
		filters: {
			q: QUESTION,
			state: STATE,
			place: PLACE,
			instrument: choice(INSTRUMENTS),
			standing: choice(STANDINGS),
			year: YEAR,
			protection: CODE,
			language: choice(TEXT_LANGUAGES),
			versions: choice(['all'] as const),
			page: upTo(LAST_PAGE),
		},
		views: async ({ q, place, versions, page, ...asked }, after, _batch, world) => {
			if (after !== null) throw new Invalid('Hits are in order of how well they match: turn pages with `page`.');
			const only = <T>(value: T | null): readonly T[] => (value === null ? [] : [value]);
			const found = await searchLibrary(
				{
					...NOTHING_ASKED,
					q: q ?? '',
					state: only(asked.state),
					place: only(await placeId(place, world)),
					instrument: only(asked.instrument),
					standing: only(asked.standing),
					year: only(asked.year),
					protection: only(asked.protection),
					language: only(asked.language),
					allVersions: versions === 'all',
					page: page ?? 1,
				},
				dayAt(world.clock.now()),
				world,
			);
			return found.hits;
		},
	}),
];

function reading<T>(world: Db, read: (tx: Tx) => Promise<T>): Promise<T> {
	return world.db.as(VISITOR, read);
}

/** Id of the policy that an id or an address names; null where none was asked for. Throws `Invalid` for an address that leads to none. */
async function workId(asked: string | null, world: Db): Promise<string | null> {
	if (asked === null || !asked.includes('/')) return asked;
	const at = await reading(world, (tx) => workAt(asked, dayAt(world.clock.now()), tx));
	if (!('work' in at)) throw new Invalid(`There is no policy at ${asked}. work takes ${LIBRARY_PAGE.takes}.`);
	return at.work.id;
}

async function provisionsOf(asked: string | null, world: Db): Promise<readonly Provision[]> {
	if (asked === null) throw new Invalid(`Say of which version: version takes ${LIBRARY_PAGE.takes}.`);
	const found = await reading(world, async (tx) => {
		if (!asked.includes('/')) return versionOf(asked, tx);
		const at = await workAt(asked, dayAt(world.clock.now()), tx);
		return 'version' in at ? at.version : null;
	});
	if (!found) throw new Invalid(`There is no version ${asked}. version takes ${LIBRARY_PAGE.takes}.`);
	return found.provisions;
}
