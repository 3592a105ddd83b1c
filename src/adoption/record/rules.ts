import { COUNT, DAY, exactly, type Field, FLAG, listOf, oneOf, orNull, TEXT } from '#kernel/field.ts';
import { COUNTED } from '../way/deadline.ts';
import { FEDERAL_HOLIDAYS, LOCAL_HOLIDAYS } from '../way/holiday.ts';
import type { CityRules } from '../way/rule.ts';
import { STAGES } from '../way/stage.ts';

/** Weekdays as programs call them; the place is their number with us. */
export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export const UNITS = ['calendar', 'business'] as const;
export const HOLIDAYS = [...FEDERAL_HOLIDAYS, ...LOCAL_HOLIDAYS];

const RULE = exactly({
	earlier: oneOf(STAGES),
	later: oneOf(STAGES),
	days: COUNT,
	unit: oneOf(UNITS),
	counted: oneOf(COUNTED),
	moves: FLAG,
	source: TEXT,
});
const MEETINGS = exactly({ weekday: oneOf(WEEKDAYS), weeks: listOf(COUNT) });

/** How a city counts its days: what is read is what is sent back. */
export const RULES_FIELDS: readonly Field<CityRules>[] = [
	{
		name: 'rules',
		schema: listOf(RULE),
		meaning: 'rules.rules',
		of: ({ rules }) =>
			rules.map(({ earlier, later, days, unit, counted, moves, source }) => ({
				...{ earlier, later, days, unit, counted, moves, source },
			})),
	},
	{
		name: 'closed_weekdays',
		schema: listOf(oneOf(WEEKDAYS)),
		meaning: 'rules.closed_weekdays',
		of: ({ closures }) => closures.weekdays.map((n) => WEEKDAYS[n]),
	},
	{
		name: 'holidays',
		schema: listOf(oneOf(HOLIDAYS)),
		meaning: 'rules.holidays',
		of: ({ closures }) => closures.holidays,
	},
	{
		name: 'friday_before',
		schema: FLAG,
		meaning: 'rules.friday_before',
		of: ({ closures }) => closures.fridayBefore,
	},
	{
		name: 'own_days',
		schema: listOf(exactly({ day: DAY, name: TEXT })),
		meaning: 'rules.own_days',
		of: ({ closures }) => closures.own.map(({ day, name }) => ({ day, name })),
	},
	{
		name: 'meetings',
		schema: orNull(MEETINGS),
		meaning: 'rules.meetings',
		of: ({ meetings }) => meetings && { weekday: WEEKDAYS[meetings.weekday], weeks: meetings.weeks },
	},
];
