import { VISITOR } from '#access/actor.ts';
import { dayAt } from '#kernel/day.ts';
import { Invalid } from '#kernel/error.ts';
import { keyOf } from '#reuse/clause.ts';
import { clauses } from '#reuse/clauses.server.ts';
import { coverage } from '#reuse/coverage.server.ts';
import { choose } from '#reuse/coverage.ts';
import { kinOf } from '#reuse/kin.server.ts';
import { keyIn, type LinkKey } from '#reuse/linked.ts';
import { links } from '#reuse/links.server.ts';
import { COVERAGE_FIELDS, coverageRecords } from '#reuse/record/coverage.ts';
import { KIN_FIELDS, type KinRecord } from '#reuse/record/kin.ts';
import { LINEAGE_FIELDS } from '#reuse/record/lineage.ts';
import { LINK_FIELDS } from '#reuse/record/link.ts';
import { DAY, LIBRARY_PAGE, type Parameter, PLACE, several } from '../asked.ts';
import { type Dataset, type Db, dataset } from '../dataset.server.ts';
import { clauseAt, lineageAt } from './clause.server.ts';

/** The path of a clause, and that there is no answer without one. */
const OF: Parameter<string> = {
	...LIBRARY_PAGE,
	schema: { type: 'string', maxLength: 500 },
	takes: 'the path of a version or provision below /library, or of a policy for its newest version',
	read: (text) => (/^[^\s\0]{1,500}$/.test(text) ? text : null),
	required: true,
};
const ADDRESS_AFTER: Parameter<string> = {
	schema: OF.schema,
	takes: 'what next gave in the document before',
	read: OF.read,
};
const LINK_AFTER: Parameter<LinkKey> = {
	schema: { type: 'string', maxLength: 600 },
	takes: 'what next gave in the document before',
	read: keyIn,
};

/** What the graph of a lineage takes. */
export const GRAPH_PARAMETERS = { of: OF };

/** What anybody may have of the concordance, in the form of the watch. */
export const CONCORDANCE_DATASETS: readonly Dataset[] = [
	dataset({
		noun: 'concordance',
		name: 'coverage',
		fields: COVERAGE_FIELDS,
		key: 'id',
		filters: {
			city: several(PLACE),
			on: DAY,
			after: { ...LIBRARY_PAGE, takes: 'what next gave in the document before' },
		},
		views: async ({ city, on, after }, _after, _batch, world) => {
			const day = on ?? dayAt(world.clock.now());
			const found = await world.db.as(VISITOR, (tx) => coverage(day, tx));
			const chosen = city === null ? found : choose(found.places, city, null);
			if ('unknown' in chosen)
				throw new Invalid(`No policy of ${chosen.unknown} is on the shelf. city takes ${PLACE.takes}.`);
			const records = coverageRecords(day, chosen.places, found, after);
			if (!records) throw new Invalid(NO_SUCH);
			return records;
		},
	}),
	dataset({
		noun: 'concordance',
		name: 'clauses',
		fields: KIN_FIELDS,
		key: 'address',
		filters: { of: OF, after: ADDRESS_AFTER },
		views: async ({ of, after }, _after, _batch, world) =>
			behind(await kin(of ?? '', world), ({ clause }) => clause.address, after),
	}),
	dataset({
		noun: 'concordance',
		name: 'lineage',
		fields: LINEAGE_FIELDS,
		key: 'address',
		filters: { of: OF, after: ADDRESS_AFTER },
		views: async ({ of, after }, _after, _batch, world) =>
			behind(await lineageAt(of ?? '', '', world), ({ address }) => address, after),
	}),
	dataset({
		noun: 'concordance',
		name: 'links',
		fields: LINK_FIELDS,
		key: 'id',
		filters: { after: LINK_AFTER },
		views: async ({ after }, _after, batch, world) => links(dayAt(world.clock.now()), after, world, batch),
	}),
];

const NO_SUCH = 'There is no such record to go on after. Leave `after` out to begin at the first.';

/** Clauses of other policies that have words of one, one of each policy, by rising day. */
async function kin(of: string, world: Db): Promise<readonly KinRecord[]> {
	return world.db.as(VISITOR, async (tx) => {
		const { key, work, address } = await clauseAt(of, world, tx);
		const all = await kinOf(key.workId, key.expressionId, key.eId, tx);
		const shown = await clauses(all, dayAt(world.clock.now()), 'en', tx);
		const byKey = new Map(shown.map((clause) => [keyOf(clause), clause]));
		return all.flatMap((one) => {
			const clause = byKey.get(keyOf(one));
			return clause ? [{ kin: one, clause, of: address, ofPlace: work.place?.id ?? null }] : [];
		});
	});
}

/** What stands behind the record that a reader had last. */
function behind<View>(views: readonly View[], name: (view: View) => string, after: string | null): readonly View[] {
	if (after === null) return views;
	const at = views.findIndex((view) => name(view) === after);
	if (at < 0) throw new Invalid(NO_SUCH);
	return views.slice(at + 1);
}
