import { VISITOR } from '#access/actor.ts';
import { dayAt } from '#kernel/day.ts';
import { Invalid } from '#kernel/error.ts';
import { coverage } from '#reuse/coverage.server.ts';
import { choose } from '#reuse/coverage.ts';
import { COVERAGE_FIELDS, coverageRecords } from '#reuse/record/coverage.ts';
import { DAY, LIBRARY_PAGE, PLACE, several } from '../asked.ts';
import { type Dataset, dataset } from '../dataset.server.ts';

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
			if (!records)
				throw new Invalid('There is no such record to go on after. Leave `after` out to begin at the first.');
			return records;
		},
	}),
];
