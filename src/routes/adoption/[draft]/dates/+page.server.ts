import { fail } from '@sveltejs/kit';
import { can, demand, ownCity } from '#access/can.ts';
import { isCountable, isMeeting } from '#adoption/way/deadline.ts';
import { firstVote, planned, troubles } from '#adoption/way/plan.ts';
import { isStageKey, type StageKey, wayOf } from '#adoption/way/stage.ts';
import { addStage, keepRules, lastSaid, planDays, sayStage, wayTo } from '#adoption/way/stages.server.ts';
import { rulesTyped, type WrongRules } from '#adoption/way/typed-rules.ts';
import { namesSeated } from '#coalition/signed.server.ts';
import type { Language } from '#i18n/language.ts';
import { addDays, type Day, dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import { text } from '../../../sign-in/entry.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['read', 'draft'] as const;

const LONGEST = 80;
const LONGEST_NOTE = 300;
/** Of what is shown again: sixty closed days with their names. */
const LONGEST_FIELD = 8_000;
const NO_DRAFT = 'Your city has no such draft, or it has no such stage.';
/** Meetings that the page proposes: those of about two months. */
const PROPOSED = 4;
/** As far as a council's next meetings are looked for. */
const DAYS_AHEAD = 200;

export const load: PageServerLoad = async ({ locals, params }) => {
	demand(locals.actor, ..._permission, ownCity(locals.actor));
	const { world, actor } = locals;
	const { way, said, people } = await world.db.as(actor, async (tx) => ({
		way: await wayTo(params.draft, tx),
		said: await lastSaid(params.draft, tx),
		people: await namesSeated(tx),
	}));
	if (!way) throw new NotFound(NO_DRAFT);
	const { draft, closed, stages, rules, ruled } = way;
	const today = dayAt(world.clock.now());
	const voted = stages.find(({ key }) => key === 'adopted')?.done ?? null;
	const { meetings, closures } = rules;
	const first = voted === null ? firstVote(stages, today, rules) : null;
	const ahead = meetings ? Array.from({ length: DAYS_AHEAD }, (_, i) => addDays(today, i)) : [];
	return {
		draft,
		closed,
		today,
		stages,
		rules,
		ruled,
		troubles: troubles(wayOf(stages), rules, today),
		meetings: ahead.filter((day) => meetings && isMeeting(day, meetings, closures)).slice(0, PROPOSED),
		voted,
		firstVote: first,
		/** When the text would be in force after that vote. */
		firstForce: first && (planned(stages, { at: 'adopted', day: first }, rules).days.get('in_force') ?? null),
		said: said.map(({ person, ...one }) => ({ ...one, by: person === null ? null : (people.get(person) ?? null) })),
		may: !closed && can(actor, 'change', 'draft', ownCity(actor)),
	};
};

export const actions: Actions = {
	plan: async ({ locals, params, request }) => {
		demand(locals.actor, 'change', 'draft', ownCity(locals.actor));
		const { world, actor, language } = locals;
		const form = await request.formData();
		const at = form.get('at') === 'grant_answer' ? 'grant_answer' : 'adopted';
		const day = dayTyped(line(form, 'day', LONGEST), language);
		if (!day) return refused('plan', 'day', form);
		const set = await world.db.as(actor, (tx) => planDays(params.draft, { at, day }, actor, world, tx));
		if (set === 'gone') throw new NotFound(NO_DRAFT);
		return set === 'over' || set === 'past' ? refused('plan', set, form) : saved('plan', set.unplaced);
	},
	stage: async ({ locals, params, request }) => {
		demand(locals.actor, 'change', 'draft', ownCity(locals.actor));
		const { world, actor, language } = locals;
		const form = await request.formData();
		const [typedDue, typedDone] = [line(form, 'due', LONGEST), line(form, 'done', LONGEST)];
		const [due, done] = [dayTyped(typedDue, language), dayTyped(typedDone, language)];
		if ((typedDue !== '' && !due) || (typedDone !== '' && !done)) return refused('stage', 'day', form);
		const name = line(form, 'name', LONGEST);
		const saying = {
			...{ due, done, who: line(form, 'who', LONGEST) || null, note: line(form, 'note', LONGEST_NOTE) || null },
			needed: form.get('unneeded') !== 'yes',
			// What the page showed as our own word stays ours, in the language of whoever reads.
			name: name === '' || name === text(form, 'ours') ? null : name,
		};
		const key = text(form, 'stage');
		if (saying.name === null && !isStageKey(key)) return refused('stage', 'name', form);
		const said = await world.db.as(actor, (tx) => sayStage(params.draft, key, saying, actor, world, tx));
		if (said === 'gone') throw new NotFound(NO_DRAFT);
		return saved('stage');
	},
	add: async ({ locals, params, request }) => {
		demand(locals.actor, 'change', 'draft', ownCity(locals.actor));
		const { world, actor, language } = locals;
		const form = await request.formData();
		const [name, typedDue] = [line(form, 'name', LONGEST), line(form, 'due', LONGEST)];
		const due = dayTyped(typedDue, language);
		if (name === '') return refused('add', 'name', form);
		if (typedDue !== '' && !due) return refused('add', 'day', form);
		const stage = { name, after: text(form, 'after'), due };
		const added = await world.db.as(actor, (tx) => addStage(params.draft, stage, actor, world, tx));
		if (added === 'gone') throw new NotFound(NO_DRAFT);
		return added === 'many' ? refused('add', added, form) : saved('add');
	},
	rules: async ({ locals, params, request }) => {
		demand(locals.actor, 'change', 'draft', ownCity(locals.actor));
		const { world, actor, language } = locals;
		const form = await request.formData();
		const rules = rulesTyped(form, language);
		if ('wrong' in rules) return refused('rules', `rule.${rules.wrong}`, form, rules.typed);
		const kept = await world.db.as(actor, async (tx) => {
			const way = await wayTo(params.draft, tx);
			if (way) await keepRules(way.draft.city, rules, actor, world, tx);
			return way !== null;
		});
		if (!kept) throw new NotFound(NO_DRAFT);
		return saved('rules');
	},
};

type Part = 'plan' | 'stage' | 'add' | 'rules';
type Fault = 'day' | 'name' | 'over' | 'past' | 'many' | `rule.${WrongRules['wrong']}`;

function saved(part: Part, unplaced: readonly StageKey[] = []) {
	return { part, saved: true as const, unplaced };
}

/** What was sent goes back into the form. `typed`: where it is wrong, as far as that is one field. */
function refused(part: Part, fault: Fault, form: FormData, typed = '') {
	const fields: Record<string, readonly string[]> = {};
	for (const name of new Set(form.keys()))
		fields[name] = form
			.getAll(name)
			.flatMap((value) => (typeof value === 'string' ? [value.slice(0, LONGEST_FIELD)] : []));
	return fail(400, { part, saved: false as const, fault, typed, fields });
}

function dayTyped(typed: string, language: Language): Day | null {
	const day = readTypedDay(typed, language);
	return day && isCountable(day) ? day : null;
}

/** One line as somebody typed it, without what no database keeps. */
function line(form: FormData, name: string, longest: number): string {
	return text(form, name)
		.toWellFormed()
		.replaceAll(/[\s\p{Cc}]+/gu, ' ')
		.trim()
		.slice(0, longest);
}
