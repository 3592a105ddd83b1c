import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { demand, ownCity } from '#access/can.ts';
import { speech } from '#i18n/message.ts';
import { aDay, fields, flag, list, needed, orNone, picked, readBody, type Sent, whole, words } from '#kernel/body.ts';
import { Invalid } from '#kernel/error.ts';
import { type DataRecord, toRecord } from '#kernel/field.ts';
import { oneLine } from '#kernel/one-line.ts';
import type { Tx, World } from '#platform/world.ts';
import { HOLIDAYS, RULES_FIELDS, UNITS, WEEKDAYS } from '../record/rules.ts';
import { COUNTED, MOST_DAYS } from '../way/deadline.ts';
import { MOST_WEEKDAYS } from '../way/holiday.ts';
import { type CityRules, isOrdered, isSameSpan, MOST_RULES } from '../way/rule.ts';
import { STAGES } from '../way/stage.ts';
import { keepRules, rulesOf } from '../way/stages.server.ts';
import { LONGEST_NAME, LONGEST_SOURCE, MOST_OWN } from '../way/typed-rules.ts';

const RULE = fields('a rule', {
	earlier: needed(picked(STAGES)),
	later: needed(picked(STAGES)),
	days: needed(whole('days between them', 0, MOST_DAYS)),
	unit: needed(picked(UNITS)),
	counted: needed(picked(COUNTED)),
	moves: needed(flag('whether a deadline on a closed day moves to an open one')),
	source: needed(words('where the rule stands, empty where nobody said', LONGEST_SOURCE)),
});
const OWN_DAY = fields('a closed day', {
	day: needed(aDay('the day')),
	name: needed(words('what it is called', LONGEST_NAME)),
});
const MEETINGS = fields('the meetings', {
	weekday: needed(picked(WEEKDAYS)),
	weeks: needed(list('weeks of the month, from 1 to 5', whole('a week of the month', 1, 5), 5)),
});

/** What saying the rules takes: all that `rules.json` gives. */
export const RULES = {
	rules: needed(list('the rules', RULE, MOST_RULES, 0)),
	closed_weekdays: needed(list('weekdays on which offices are closed, as sunday', picked(WEEKDAYS), MOST_WEEKDAYS, 0)),
	holidays: needed(
		list('holidays that the city keeps, as rules.json names them', picked(HOLIDAYS), HOLIDAYS.length, 0),
	),
	friday_before: needed(flag('whether a holiday on a Saturday closes the Friday before')),
	own_days: needed(list('closed days of the city’s own', OWN_DAY, MOST_OWN, 0)),
	meetings: needed(orNone(MEETINGS)),
};

/** How a city counts its days. */
export interface Counting {
	readonly record: DataRecord;
	/** Whether the city said so; else these are rules to begin with, and no law of any place. */
	readonly said: boolean;
	/** Whether the city is invented. */
	readonly sample: boolean;
}

/** How the actor's city counts its days. Throws `Forbidden` where they may read no drafts. */
export async function counting(actor: Actor, { db }: Pick<World, 'db'>): Promise<Counting> {
	demand(actor, 'read', 'draft', ownCity(actor));
	return db.as(actor, (tx) => countingOf(actor, tx));
}

/** Keeps how the actor's city counts its days, for all its drafts; days that are planned stay. Throws `Invalid` and `Forbidden`. */
export async function sayRules(sent: unknown, actor: Actor, world: Pick<World, 'db' | 'clock'>): Promise<Counting> {
	demand(actor, 'change', 'draft', ownCity(actor));
	const rules = cityRules(readBody(sent, RULES));
	return world.db.as(actor, async (tx) => {
		await keepRules(actor.city ?? '', rules, actor, world, tx);
		return countingOf(actor, tx);
	});
}

async function countingOf({ city }: Actor, tx: Tx): Promise<Counting> {
	const { rules, ruled } = await rulesOf(city ?? '', tx);
	const { rows } = await sql<{ sample: boolean }>`select sample from place where id = ${city}`.execute(tx);
	return { record: toRecord(RULES_FIELDS, rules), said: ruled, sample: rows[0]?.sample ?? false };
}

function cityRules(said: Sent<typeof RULES>): CityRules {
	const t = speech('en');
	const rules = said.rules.map((rule) => ({ ...rule, source: oneLine(rule.source) }));
	for (const [n, rule] of rules.entries()) {
		if (!isOrdered(rule)) throw new Invalid(`${rule.earlier}, ${rule.later}: ${t.say('dates.fault.rule.order')}`);
		if (rules.slice(0, n).some((one) => isSameSpan(one, rule)))
			throw new Invalid(`${rule.earlier}, ${rule.later}: ${t.say('dates.fault.rule.twice')}`);
	}
	const { meetings } = said;
	return {
		rules,
		closures: {
			weekdays: numbers(WEEKDAYS.map((day) => said.closed_weekdays.includes(day))),
			holidays: HOLIDAYS.filter((holiday) => said.holidays.includes(holiday)),
			fridayBefore: said.friday_before,
			own: said.own_days.map(({ day, name }) => ({ day, name: oneLine(name) })),
		},
		meetings: meetings && {
			weekday: WEEKDAYS.indexOf(meetings.weekday),
			weeks: [...new Set(meetings.weeks)].sort(),
		},
	};
}

/** The places at which something holds. */
function numbers(holds: readonly boolean[]): readonly number[] {
	return holds.flatMap((one, n) => (one ? [n] : []));
}
