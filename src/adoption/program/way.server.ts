import { demand, ownCity } from '#access/can.ts';
import { speech } from '#i18n/message.ts';
import { aDay, flag, idOf, needed, orNone, type Part, picked, readBody, words } from '#kernel/body.ts';
import type { Day } from '#kernel/day.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
import { COUNT, TEXT, TEXTS } from '#kernel/field.ts';
import { oneLine } from '#kernel/one-line.ts';
import { type Adopted, adopt } from '../adopt.server.ts';
import { closeDraft, rename, reopenDraft } from '../life.server.ts';
import { stateOf } from '../state.server.ts';
import { isCountable } from '../way/deadline.ts';
import { isStageKey } from '../way/stage.ts';
import { addStage, planDays, sayStage } from '../way/stages.server.ts';
import { type Deed, deed } from './deed.server.ts';

const LONGEST = 80;
const LONGEST_NOTE = 300;
const NO_STAGE = 'Your city has no such draft, or it has no such stage. dates.json has those there are.';

/** A day that rules can count from. */
const DATE = (about: string): Part<Day> => {
	const day = aDay(about);
	return {
		...day,
		read: (value) => {
			const read = day.read(value);
			return read !== undefined && isCountable(read) ? read : undefined;
		},
	};
};

const plan = deed({
	...{ name: 'plan', what: 'Plan a day for every stage from the one that cannot move', gives: { unplaced: TEXTS } },
	takes: {
		at: needed(picked(['adopted', 'grant_answer'] as const)),
		day: needed(DATE('the day of the vote, or the last one to answer the grant')),
	},
	async run(id, { at, day }, actor, world, tx) {
		const set = await planDays(id, { at, day }, actor, world, tx);
		if (set === 'gone') throw new NotFound(NO_STAGE);
		if (set === 'over') throw new Conflict('This stage was done on another day. Say that it is not done first.');
		if (set === 'past')
			throw new Invalid('That day is past. Where the vote was held on it, say so of the stage: done.');
		return { unplaced: set.unplaced };
	},
});

const stage = deed({
	...{ name: 'stage', what: 'Say something of a stage; what is left out stays', gives: { stage: TEXT } },
	takes: {
		stage: needed(idOf('the name of a stage')),
		due: orNone(DATE('until when, or on which day')),
		done: orNone(DATE('when it was done')),
		who: orNone(words('the office or person that does it', LONGEST)),
		note: orNone(words('a note', LONGEST_NOTE)),
		name: orNone(words('what your city calls it', LONGEST)),
		needed: flag('whether the draft goes through it'),
	},
	async run(id, { stage, ...said }, actor, world, tx) {
		const line = (text: string | null) => (text === null ? null : oneLine(text) || null);
		const saying = Object.fromEntries(
			Object.entries(said).flatMap(([name, value]) =>
				value === undefined ? [] : [[name, typeof value === 'string' ? line(value) : value]],
			),
		);
		if ('name' in saying && saying.name === null && !isStageKey(stage))
			throw new Invalid('A stage of your own needs a name. Say needed: false to leave it out.');
		if ((await sayStage(id, stage, saying, actor, world, tx)) === 'gone') throw new NotFound(NO_STAGE);
		return { stage };
	},
});

const adding = deed({
	...{ name: 'add_stage', what: 'Add a stage of your own after another', gives: { after: TEXT } },
	takes: {
		name: needed(words('what your city calls it', LONGEST)),
		after: needed(idOf('the name of the stage it comes after')),
		due: DATE('until when, or on which day'),
	},
	async run(id, { name, after, due = null }, actor, world, tx) {
		const called = oneLine(name);
		if (called === '') throw new Invalid('Send name: what your city calls the stage.');
		const made = await addStage(id, { name: called, after, due }, actor, world, tx);
		if (made === 'gone') throw new NotFound(NO_STAGE);
		if (made === 'many') throw new Conflict('This draft has as many stages of its own as it can. Rename one.');
		return { after };
	},
});

const ADOPT = {
	number: needed(
		words(
			'the number under which it was adopted, as the clerk counts: Ordinance 2027-3, General Order 7.14',
			LONGEST_NOTE,
		),
	),
	adopted: needed(aDay('the day of the vote, or on which an office issued what nobody votes on')),
	vote: words('the vote as the minutes have it; left out where an office issued it', LONGEST_NOTE),
	in_force: aDay('the day on which it takes effect'),
	tells_sources: flag('whether the library says what it was copied from; left out: no'),
	sure: needed(sure()),
};

/** Two transactions, one of them the coalition's: what becomes public is not a city's to write. */
const adopting: Deed = {
	name: 'adopt',
	what: 'Record the adoption: the text goes on the public shelf, and the draft is closed',
	takes: ADOPT,
	gives: { address: TEXT },
	async run(id, sent, actor, world) {
		demand(actor, 'change', 'draft', ownCity(actor));
		const said = readBody(sent, ADOPT);
		const { adopted, vote, in_force: inForce = null, tells_sources: tellsSources = false } = said;
		const number = oneLine(said.number);
		if (number === '') throw new Invalid(speech('en').say('adopted.fault.number_wanted'));
		const of = { number, adopted, vote: oneLine(vote ?? '') || null, inForce, tellsSources };
		const made = await adopt(id, of, actor, world);
		if ('refused' in made) throw refusal(made);
		return { address: made.address };
	},
};

function sure(): Part<true> {
	return {
		schema: { type: 'boolean', enum: [true] },
		takes: 'true: this is the text that was decided on, and it becomes public',
		read: (value) => (value === true ? value : undefined),
	};
}

function refusal(made: Extract<Adopted, { readonly refused: string }>): Error {
	const t = speech('en');
	if (made.refused === 'blanks_open') return new Conflict(t.say('adopted.fault.blanks_open', { n: made.n }));
	const message = t.say(`adopted.fault.${made.refused}`);
	const typed = ['number_wanted', 'before_adoption', 'in_future', 'no_vote'].includes(made.refused);
	return typed ? new Invalid(message) : new Conflict(message);
}

const renaming = deed({
	...{ name: 'rename', what: 'Give the draft another title', gives: { title: TEXT } },
	takes: { title: needed(words('the title', LONGEST_NOTE)) },
	async run(id, { title }, actor, world, tx) {
		await rename(id, title, actor, world, tx);
		return { title: (await stateOf(id, actor, tx)).draft.title };
	},
});

const closing = deed({
	...{
		name: 'close',
		what: 'Close the draft: it stays readable, and nothing in it changes',
		gives: { seq: COUNT },
		takes: {},
	},
	async run(id, _sent, actor, world, tx) {
		await closeDraft(id, actor, world, tx);
		return { seq: (await stateOf(id, actor, tx)).seq };
	},
});

const reopening = deed({
	...{ name: 'reopen', what: 'Open a draft again that was closed', gives: { seq: COUNT }, takes: {} },
	async run(id, _sent, actor, world, tx) {
		await reopenDraft(id, actor, world, tx);
		return { seq: (await stateOf(id, actor, tx)).seq };
	},
});

/** What is said of the way to the vote, of the vote, and of the draft as a whole. */
export const WAY_DEEDS: readonly Deed[] = [plan, stage, adding, renaming, closing, reopening, adopting];
