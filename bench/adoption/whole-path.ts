import type { Actor } from '#access/actor.ts';
import { answer } from '#adoption/answers.server.ts';
import { beginDraft } from '#adoption/begin.server.ts';
import { asRead } from '#adoption/blank-words.ts';
import { newerOf, takeAll } from '#adoption/newer.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import { textBlocks } from '#library/read/text.ts';
import { type Structured, structure } from '#library/structure/structure.ts';
import type { Blank } from '#library/view.ts';
import type { OpenWorld } from '#platform/world.server.ts';
import type { Tx } from '#platform/world.ts';
import { type Case, reintroducedCases } from '../concordance/merge.ts';
import { demand, type Measures, median, tell } from '../measure.ts';
import { clerk } from './editing.ts';
import { has } from './merging.ts';
import { published } from './published.ts';

/** Heading and words of the provisions of a text, as they read. */
type Read = readonly string[];

/** What became of a case. `apart`: the city's text has other provisions than the model's, as a blank stands where a number is read. */
interface Outcome {
	readonly kind: 'apart' | 'asked' | 'right' | 'undetermined' | 'other' | 'lost';
	/** Milliseconds of taking the newer version over. */
	readonly time: number;
}

/**
 * The merges of the concordance's bench by the way that a city goes: a bill as a model with five blanks, copied, filled, edited
 * provision by provision; the bill that was brought in again comes as the newer version, and all is taken over that clashes
 * with nothing.
 */
export async function wholePath(
	data: string,
	most: number,
	world: OpenWorld,
	say: (line: string) => void,
): Promise<Measures> {
	const actor = await clerk(world);
	const cases = reintroducedCases(data).slice(0, most);
	const outcomes: Outcome[] = [];
	for (const [n, one] of cases.entries()) outcomes.push(await through(one, `bill-${n}`, actor, world, say));
	const many = (...kinds: readonly Outcome['kind'][]) => outcomes.filter(({ kind }) => kinds.includes(kind)).length;
	const taken = cases.length - many('apart');
	return {
		path_cases: tell(
			taken,
			`bills brought in again, of ${cases.length}; the others read otherwise with blanks in them`,
		),
		path_clean: demand((taken - many('asked')) / Math.max(1, taken), 'share taken over without a question', {
			least: 0.8,
		}),
		path_right: tell(many('right'), 'drafts that are the intended text'),
		path_undetermined: tell(many('undetermined'), 'with an edit that has no certain place in the newer text'),
		path_other: demand(many('other'), 'drafts with all words of both, but otherwise than intended', { most: 0 }),
		path_lost: demand(many('lost'), 'drafts without a word that a side put in, counted without the merge', { most: 0 }),
		path_time: tell(median(outcomes.map(({ time }) => time)), 'ms median to take a version over'),
	};
}

async function through(
	{ base, ours, theirs, parameters, intended }: Case,
	slug: string,
	actor: Actor,
	world: OpenWorld,
	say: (line: string) => void,
): Promise<Outcome> {
	const as = <T>(verb: (tx: Tx) => Promise<T>) => world.db.as(actor, verb);
	const blanks = parameters.map(({ words }, n): Blank => {
		const label = { en: words, es: words };
		return { id: `p${n}`, kind: 'text', label, help: label, default: null };
	});
	const model = (text: string) =>
		structure(
			textBlocks(
				parameters.reduce(
					(made, { words }, n) => made.replaceAll(new RegExp(`\\b${words}\\b`, 'g'), `{{p${n}}}`),
					text,
				),
			),
		);
	const earlier = await published(slug, { day: '2026-10-01', reading: model(base), blanks }, world);
	const id = await as((tx) => beginDraft({ title: slug, copied: { ...earlier, only: null } }, actor, world, tx));
	await as((tx) =>
		answer(id, Object.fromEntries(parameters.map(({ value }, n) => [`p${n}`, value])), actor, world, tx),
	);
	const drafted = async () => {
		const state = await as((tx) => stateOf(id, actor, tx));
		return state.provisions.map(({ id, heading, text }) => ({
			id,
			heading: asRead(heading ?? '', state),
			words: asRead(text, state),
		}));
	};
	const own = standing(structure(textBlocks(ours)));
	const before = await drafted();
	if (before.length !== own.length) return { kind: 'apart', time: 0 };
	for (const [at, one] of before.entries()) {
		const typed = own[at];
		if (!typed || (typed.heading === one.heading && typed.words === one.words)) continue;
		const { seq } = await as((tx) => stateOf(id, actor, tx));
		await as((tx) => saveWords(id, one.id, { typed, since: seq }, actor, world, tx));
	}
	const later = await published(slug, { day: '2026-11-01', reading: model(theirs), blanks }, world);
	const of = { source: 1, expressionId: later.expressionId };
	const began = performance.now();
	await as((tx) => takeAll(id, of, actor, world, tx));
	const time = performance.now() - began;
	const left = await as(async (tx) => newerOf(await stateOf(id, actor, tx), tx));
	if (left.some(({ offers }) => offers.length > 0)) return { kind: 'asked', time };
	const made = lines(await drafted());
	if (intended === null) return { kind: 'undetermined', time };
	const wanted = lines(standing(structure(textBlocks(intended))));
	if (made.join('\n') === wanted.join('\n')) return { kind: 'right', time };
	const whole = (of: Read) => of.join(' ');
	const city = (text: string) => whole(lines(standing(structure(textBlocks(text)))));
	const put = (text: string) =>
		parameters.reduce((all, { words, value }) => all.replaceAll(new RegExp(`\\b${words}\\b`, 'g'), value), text);
	const [root, newer] = [city(put(base)), city(put(theirs))];
	const complete = has(whole(made), root, city(ours), newer) && has(whole(made), root, newer, city(ours));
	say(`${slug}: ${complete ? 'set otherwise' : 'lost'}: ${differences(made, wanted)}`);
	return { kind: complete ? 'other' : 'lost', time };
}

/** Heading and words of what stands in a text. */
function standing({ provisions }: Structured): readonly { readonly heading: string; readonly words: string }[] {
	return provisions.flatMap(({ heading, text, state }) =>
		state === 'removed' ? [] : [{ heading: heading ?? '', words: text }],
	);
}

function lines(of: readonly { readonly heading: string; readonly words: string }[]): Read {
	return of
		.map(({ heading, words }) => `${heading} ${words}`.replaceAll(/\s+/g, ' ').trim())
		.filter((line) => line !== '');
}

function differences(made: Read, wanted: Read): string {
	const [is, should] = [made.filter((line) => !wanted.includes(line)), wanted.filter((line) => !made.includes(line))];
	return `${JSON.stringify(is.slice(0, 2))} for ${JSON.stringify(should.slice(0, 2))}`.slice(0, 600);
}
