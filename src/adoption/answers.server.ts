import type { Actor } from '#access/actor.ts';
import type { Blank } from '#library/view.ts';
import type { Tx, World } from '#platform/world.ts';
import { type Answers, answerOf, type BlankForm, type NoAnswer, type Unkept } from './answer.ts';
import { settleAnswered } from './counsel/questions.server.ts';
import type { State } from './draft.ts';
import { edit } from './edit.server.ts';

/** What became of answers: the last edit now, the last one before, and what was not kept. */
interface Answered<W> {
	readonly seq: number;
	readonly was: number;
	readonly wrong: readonly W[];
}

/**
 * Puts answers into the blanks of a draft, whatever stands there; what is left out stays. What is no answer is not kept and
 * comes back, the others are kept. What counsel was asked about a blank that is filled now is resolved. Throws as `edit` does.
 */
export async function answer(
	id: string,
	typed: Answers,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<Answered<NoAnswer>> {
	const hear = (blank: Blank, { draft }: State): Heard<NoAnswer> => {
		const said = typed[blank.id];
		if (said === undefined) return null;
		const found = answerOf(blank, said, draft.language);
		return 'answer' in found ? found : { ...found, blank: blank.id, typed: said };
	};
	return answering(id, hear, actor, world, tx);
}

/**
 * The same for a form that showed what stood in the blanks. What was left as it was shown changes nothing, whatever became of
 * it meanwhile; what was typed where somebody else changed the answer meanwhile is not kept, and comes back beside theirs.
 */
export async function answerForm(
	id: string,
	{ typed, shown }: BlankForm,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<Answered<Unkept>> {
	const hear = (blank: Blank, state: State): Heard<Unkept> => {
		const [said, stood = ''] = [typed[blank.id], shown[blank.id]];
		if (said === undefined || said === stood) return null;
		const found = answerOf(blank, said, state.draft.language);
		if ('answer' in found && found.answer === stood) return null;
		return undisputed({ blank: blank.id, typed: said }, found, stood, state);
	};
	return answering(id, hear, actor, world, tx);
}

/**
 * The same for whoever says what stood in the blanks when they were read. Each answer is one that is wanted: also one that
 * stood there is not kept, and comes back, where somebody changed it meanwhile.
 */
export async function answerSince(
	id: string,
	{ typed, stood }: { readonly typed: Answers; readonly stood: Answers },
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<Answered<Unkept>> {
	const hear = (blank: Blank, state: State): Heard<Unkept> => {
		const said = typed[blank.id];
		if (said === undefined) return null;
		const found = answerOf(blank, said, state.draft.language);
		return undisputed({ blank: blank.id, typed: said }, found, stood[blank.id] ?? '', state);
	};
	return answering(id, hear, actor, world, tx);
}

/** What was found in an answer, unless somebody else gave another since `stood` did. */
function undisputed(
	said: Pick<NoAnswer, 'blank' | 'typed'>,
	found: ReturnType<typeof answerOf>,
	stood: string,
	{ answers }: State,
): { readonly answer: string } | Unkept {
	const now = answers[said.blank] ?? '';
	const made = 'answer' in found ? found.answer : null;
	if (now !== stood && now !== made) return { ...said, wrong: 'meanwhile', now };
	return 'answer' in found ? found : { ...found, ...said };
}

/** What to do about a blank: an answer to keep, why there is none, or nothing. */
type Heard<W> = { readonly answer: string } | W | null;

async function answering<W extends object>(
	id: string,
	hear: (blank: Blank, state: State) => Heard<W>,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<Answered<W>> {
	const answers: Record<string, string> = {};
	const wrong: W[] = [];
	let was = 0;
	// Heard under the lock of the edit: nobody answers between what is compared and what is kept.
	const change = (state: State) => {
		was = state.seq;
		for (const blank of state.blanks) {
			const heard = hear(blank, state);
			if (heard === null) continue;
			if ('answer' in heard) answers[blank.id] = heard.answer;
			else wrong.push(heard);
		}
		return { answers };
	};
	const seq = await edit(id, { act: 'answered' }, change, actor, world, tx);
	await settleAnswered(id, answers, actor, world, tx);
	return { seq, was, wrong };
}
