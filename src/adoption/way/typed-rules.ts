import type { Language } from '#i18n/language.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import { COUNTED, type Counted, MOST_DAYS } from './deadline.ts';
import { type Closures, FEDERAL_HOLIDAYS, LOCAL_HOLIDAYS, MOST_WEEKDAYS } from './holiday.ts';
import { type CityRules, isOrdered, isSameSpan, MOST_RULES, type Rule } from './rule.ts';
import { isStageKey } from './stage.ts';

/** What a form holds by the names of its fields, as `FormData` gives it. */
export interface Typed {
	get(name: string): unknown;
	getAll(name: string): readonly unknown[];
}

/** Why rules cannot be kept, and what was typed there. */
export interface WrongRules {
	readonly wrong: 'days' | 'order' | 'twice' | 'weekdays' | 'weeks' | 'own' | 'many';
	readonly typed: string;
}

/** More days of its own than a city could name for five years. */
export const MOST_OWN = 60;
export const LONGEST_SOURCE = 200;
export const LONGEST_NAME = 80;

/**
 * The rules that somebody typed. Of rule number `i` there are the fields `days-i`, `unit-i`, `counted-i`, `moves-i`, `earlier-i`,
 * `later-i`, `source-i`; one without days is none. Beside them `weekday` (closed ones), `holiday`, `friday`, `own` (one day a line,
 * then a colon and its name), `meets` and `week`.
 */
export function rulesTyped(form: Typed, language: Language): CityRules | WrongRules {
	const rules: Rule[] = [];
	for (let i = 0; i <= MOST_RULES; i++) {
		const rule = ruleTyped(form, i);
		if (rule === null) continue;
		if ('wrong' in rule) return rule;
		if (rules.some((one) => isSameSpan(one, rule))) return { wrong: 'twice', typed: String(rule.days) };
		rules.push(rule);
	}
	if (rules.length > MOST_RULES) return { wrong: 'many', typed: String(rules.length) };
	const weekdays = numbers(form, 'weekday', 0, 6);
	if (weekdays.length > MOST_WEEKDAYS) return { wrong: 'weekdays', typed: String(weekdays.length) };
	const own = ownDays(text(form, 'own', MOST_OWN * (LONGEST_NAME + 40)), language);
	if ('wrong' in own) return own;
	const known = [...FEDERAL_HOLIDAYS, ...LOCAL_HOLIDAYS];
	const holidays = known.filter((key) => form.getAll('holiday').includes(key));
	const closures: Closures = { weekdays, holidays, fridayBefore: form.get('friday') === 'yes', own };
	const weeks = numbers(form, 'week', 1, 5);
	const meets = text(form, 'meets', 1);
	if (!/^[0-6]$/.test(meets)) return { rules, closures, meetings: null };
	if (weeks.length === 0) return { wrong: 'weeks', typed: meets };
	return { rules, closures, meetings: { weekday: Number(meets), weeks } };
}

/** Null where there is none. */
function ruleTyped(form: Typed, i: number): Rule | WrongRules | null {
	const typed = text(form, `days-${i}`, 10);
	if (typed === '') return null;
	const days = /^\d{1,3}$/.test(typed) ? Number(typed) : Number.NaN;
	if (!(days <= MOST_DAYS)) return { wrong: 'days', typed };
	const [earlier, later] = [text(form, `earlier-${i}`, 40), text(form, `later-${i}`, 40)];
	if (!isStageKey(earlier) || !isStageKey(later) || !isOrdered({ earlier, later })) return { wrong: 'order', typed };
	const counted = text(form, `counted-${i}`, 10);
	return {
		earlier,
		later,
		days,
		unit: form.get(`unit-${i}`) === 'business' ? 'business' : 'calendar',
		counted: COUNTED.includes(counted as Counted) ? (counted as Counted) : 'first',
		moves: form.get(`moves-${i}`) === 'yes',
		source: text(form, `source-${i}`, LONGEST_SOURCE),
	};
}

function ownDays(typed: string, language: Language): Closures['own'] | WrongRules {
	const own: { day: Closures['own'][number]['day']; name: string }[] = [];
	for (const line of typed.split(/\r\n?|\n/)) {
		if (line.trim() === '') continue;
		const [, said = '', name = ''] = /^([^:]*):?(.*)$/.exec(line) ?? [];
		const day = readTypedDay(said, language);
		if (!day) return { wrong: 'own', typed: line.trim().slice(0, LONGEST_NAME) };
		own.push({ day, name: name.trim().slice(0, LONGEST_NAME) });
	}
	return own.length > MOST_OWN ? { wrong: 'many', typed: String(own.length) } : own;
}

/** Rising, each once. */
function numbers(form: Typed, name: string, least: number, most: number): readonly number[] {
	const typed = new Set(form.getAll(name));
	return Array.from({ length: most - least + 1 }, (_, i) => least + i).filter((n) => typed.has(String(n)));
}

function text(form: Typed, name: string, longest: number): string {
	const typed = form.get(name);
	if (typeof typed !== 'string') return '';
	return typed
		.toWellFormed()
		.replaceAll(/[^\P{Cc}\r\n]/gu, ' ')
		.trim()
		.slice(0, longest);
}
