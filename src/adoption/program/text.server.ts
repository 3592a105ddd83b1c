import type { Actor } from '#access/actor.ts';
import { demand, ownCity } from '#access/can.ts';
import { speech } from '#i18n/message.ts';
import { idOf, list, named, needed, type Part, picked, readBody, whole, words } from '#kernel/body.ts';
import { dayAt } from '#kernel/day.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
import { COUNT, type DataRecord, FLAG, TEXT } from '#kernel/field.ts';
import { typedPath } from '#library/address.ts';
import { workAt } from '#library/at.server.ts';
import type { Tx, World } from '#platform/world.ts';
import type { Answers, Unkept } from '../answer.ts';
import { answer, answerSince } from '../answers.server.ts';
import { beginDraft, type Copied, copyInto } from '../begin.server.ts';
import { asRead, conditionOf } from '../blank-words.ts';
import { borrow } from '../borrow.server.ts';
import { MOST_PROVISIONS } from '../edit.server.ts';
import { restore } from '../restore.server.ts';
import { stateOf } from '../state.server.ts';
import type { Place, Refused } from '../structure/outline.ts';
import { type Restructuring, restructure, splitParagraphs } from '../structure/restructure.server.ts';
import { saveWords } from '../words.server.ts';
import { Clash } from './clash.ts';
import { type Deed, deed, type Writing } from './deed.server.ts';

const LONGEST_ADDRESS = 600;
const LONGEST_WORDS = 40_000;
const LONGEST_LINE = 300;
const MOST_BLANKS = 500;
/** A number that no draft reaches. */
const MOST_EDITS = 1_000_000_000;

export const EDIT_NUMBER = (about: string): Part<number> => whole(about, 1, MOST_EDITS);
const PROVISION = idOf('the id of a provision of the draft');
const SEQ = { seq: COUNT };

const FROM = {
	from: needed(
		words('the address of a policy, a version or a provision below /library, as coalition/detainers', LONGEST_ADDRESS),
	),
	provisions: list(
		'the eIds of what is copied, with all that lies in it; left out: the whole',
		idOf('an eId'),
		MOST_PROVISIONS,
	),
};
/** What beginning a draft takes. */
export const BEGIN = { title: needed(words('the title of the draft', LONGEST_LINE)), ...FROM };

/** Begins a draft with a copy, and gives its id. Throws as `beginDraft` does. */
export async function begin(
	sent: unknown,
	actor: Actor,
	world: Writing,
): Promise<{ readonly id: string; readonly seq: number }> {
	demand(actor, 'change', 'draft', ownCity(actor));
	const { title, from, provisions } = readBody(sent, BEGIN);
	return world.db.as(actor, async (tx) => {
		const copied = await copiedAt(from, provisions ?? null, world, tx);
		return { id: await beginDraft({ title, copied }, actor, world, tx), seq: 1 };
	});
}

/** What stands at an address below /library, as it is copied: of a policy its latest official version. */
async function copiedAt(
	from: string,
	only: readonly string[] | null,
	{ clock }: Pick<World, 'clock'>,
	tx: Tx,
): Promise<Copied> {
	let path = typedPath(from);
	// Former addresses lead on, as they do on the pages.
	for (let hops = 0; hops < 4; hops++) {
		const at = await workAt(path, dayAt(clock.now()), tx);
		if (at.kind === 'version') return { workId: at.work.id, expressionId: at.version.id, only };
		if (at.kind === 'provision')
			return { workId: at.work.id, expressionId: at.version.id, only: only ?? [at.provision.eId] };
		const latest = at.kind === 'work' ? at.work.versions.find(({ official }) => official) : undefined;
		const next = at.kind === 'moved' ? at.path : latest?.address;
		if (next === undefined) break;
		path = next;
	}
	throw new NotFound(
		'Nothing in the library is at this address. Open the text there, and send the address of its page.',
	);
}

const copy = deed({
	...{ name: 'copy', what: 'Copy provisions of one more text into the draft', gives: SEQ },
	takes: { ...FROM, after: idOf('the id of the provision that the copy stands after; left out: at the end') },
	async run(id, { from, provisions, after }, actor, world, tx) {
		const copied = await copiedAt(from, provisions ?? null, world, tx);
		return { seq: await copyInto(id, { copied, after: after ?? null }, actor, world, tx) };
	},
});

const answering = deed({
	...{ name: 'answer', what: 'Answer blanks; an empty answer opens the blank again', gives: SEQ },
	takes: {
		answers: needed(named('answers by the name of the blank', words('an answer', LONGEST_LINE), MOST_BLANKS)),
		since: EDIT_NUMBER(
			'the number of the edit after which you read the answers: what somebody else answered since is not written over; left out: it is',
		),
	},
	async run(id, { answers, since }, actor, world, tx) {
		const { blanks } = await stateOf(id, actor, tx);
		const strange = Object.keys(answers).find((name) => !blanks.some((blank) => blank.id === name));
		if (strange !== undefined) {
			const names = blanks.map((blank) => blank.id).join(', ');
			throw new Invalid(
				blanks.length === 0
					? 'The texts that this draft was copied from have no blanks.'
					: `There is no blank ${strange.replaceAll(/[\p{C}\s]+/gu, ' ').slice(0, 40)} in this draft. There are: ${names}.`,
			);
		}
		const stood = since === undefined ? null : await stoodAfter(id, since, actor, tx);
		const { seq, wrong } = await (stood === null
			? answer(id, answers, actor, world, tx)
			: answerSince(id, { typed: answers, stood }, actor, world, tx));
		// All of them or none: what throws leaves nothing behind.
		if (wrong.length > 0) throw unkept(wrong, stood ?? {});
		return { seq };
	},
});

async function stoodAfter(id: string, since: number, actor: Actor, tx: Tx): Promise<Answers> {
	const { seq, answers } = await stateOf(id, actor, tx, since);
	demandSeen(since, seq);
	return answers;
}

/** Throws `Invalid` for the number of an edit that there is not yet. @param seq of the last edit until then */
function demandSeen(since: number, seq: number): void {
	if (since > seq) throw new Invalid(`The draft has ${seq} edits. Send the number that you read it with as since.`);
}

/** Why answers were not kept: some are none, else somebody gave others. */
function unkept(wrong: readonly Unkept[], stood: Answers): Error {
	const t = speech('en');
	const none = wrong.flatMap((one) =>
		one.wrong === 'meanwhile' ? [] : [`${one.blank}: ${t.say(`draft.wrong.${one.wrong}`)}`],
	);
	if (none.length > 0) return new Invalid(none.join(' '));
	const others = wrong.flatMap((one) => (one.wrong === 'meanwhile' ? [one] : []));
	return new Clash(
		`Somebody answered meanwhile: ${others.map(({ blank }) => blank).join(', ')}. Nothing was kept. Choose, and send the answers with since as the draft is now.`,
		others.map(({ blank, now, typed }) => ({ base: stood[blank] || null, draft: now || null, wanted: typed || null })),
	);
}

const wording = deed({
	name: 'words',
	what: 'Write over heading and words of a provision as they read after an edit; what others wrote since is merged word by word',
	gives: { seq: COUNT, merged: FLAG },
	takes: {
		provision: needed(PROVISION),
		heading: words('the heading, empty for none; left out: as it was', LONGEST_WORDS),
		words: words('the words as they are to read; left out: as they were', LONGEST_WORDS),
		since: needed(EDIT_NUMBER('the number of the edit after which you read them')),
	},
	async run(id, { provision, heading, words, since }, actor, world, tx) {
		const then = await stateOf(id, actor, tx, since);
		demandSeen(since, then.seq);
		const was = then.provisions.find((one) => one.id === provision);
		const typed = {
			heading: heading ?? asRead(was?.heading ?? '', then),
			words: words ?? asRead(conditionOf(was?.text ?? '').words, then),
		};
		const saved = await saveWords(id, provision, { typed, since }, actor, world, tx);
		if (saved.kind === 'kept') return { seq: saved.seq, merged: saved.merged };
		if (saved.kind === 'gone')
			throw new NotFound(`The draft has no provision ${provision}, or has it no more. Look at it again.`);
		throw new Clash(
			'Somebody changed the same words meanwhile. Nothing was kept. Write words that have both, with since as the draft is now.',
			saved.passages.flatMap((one) =>
				typeof one === 'string' ? [] : [{ base: one.base, draft: one.theirs, wanted: one.ours }],
			),
		);
	},
});

const ACTS = ['added', 'removed', 'split', 'joined', 'moved'] as const;
const structure = deed({
	name: 'structure',
	what: 'Add, remove, split, join or move a provision; numbers count on and references follow',
	gives: { seq: COUNT, provision: TEXT, dangling: COUNT },
	takes: {
		act: needed(picked(ACTS)),
		provision: idOf('the id of the provision that is removed, split, moved or joined with the next'),
		after: idOf('the id of the provision it is put after'),
		inside: idOf('the id of the provision it is put into, as the first there'),
		first: picked(['yes'] as const),
		heading: words('the heading of an added provision', LONGEST_WORDS),
		words: words('the words of an added provision', LONGEST_WORDS),
		begins: words('the words with which the second part of a split provision begins', LONGEST_WORDS),
	},
	async run(id, said, actor, world, tx) {
		if (said.act === 'split') return divided(id, said, actor, world, tx);
		const made = await restructure(id, wishOf(said), actor, world, tx);
		if ('refused' in made) throw refusal(made);
		return { seq: made.seq, provision: made.provision, dangling: made.dangling.length };
	},
});

interface Wish {
	readonly act: (typeof ACTS)[number];
	readonly provision?: string | undefined;
	readonly after?: string | undefined;
	readonly inside?: string | undefined;
	readonly first?: 'yes' | undefined;
	readonly heading?: string | undefined;
	readonly words?: string | undefined;
	readonly begins?: string | undefined;
}

function wishOf(said: Wish): Exclude<Restructuring, { readonly act: 'split' }> {
	const { act, heading, words } = said;
	if (act === 'added')
		return { act, place: placeOf(said) ?? 'end', heading: heading?.trim() || null, words: words ?? '' };
	const provision = theProvision(said);
	if (act === 'removed' || act === 'joined') return { act, provision };
	const place = placeOf(said);
	if (place === null) throw new Invalid('Say where it is moved: after a provision, inside one, or first: yes.');
	return { act: 'moved', provision, place };
}

function theProvision({ act, provision }: Wish): string {
	if (provision === undefined) throw new Invalid(`Send provision: the id of the one that is ${act}.`);
	return provision;
}

function placeOf({ after, inside, first }: Wish): Place | null {
	const places: Place[] = [
		...(after === undefined ? [] : [{ after }]),
		...(inside === undefined ? [] : [{ first: inside }]),
		...(first === undefined ? [] : [{ first: null }]),
	];
	if (places.length > 1) throw new Invalid('Say one place: after, inside or first.');
	return places[0] ?? null;
}

/** Splits a provision before words that stand in it once. */
async function divided(id: string, said: Wish, actor: Actor, world: Writing, tx: Tx): Promise<DataRecord> {
	const provision = theProvision(said);
	const state = await stateOf(id, actor, tx);
	const one = state.provisions.find((other) => other.id === provision);
	if (!one) throw refusal({ refused: 'not_there' });
	const begins = (said.begins ?? '').trim();
	const text = asRead(conditionOf(one.text).words, state);
	const at = begins === '' ? -1 : text.indexOf(` ${begins}`);
	if (at <= 0)
		throw new Invalid(
			'Send begins: words of the provision, not its first ones, as they read and from a whole word on.',
		);
	if (text.indexOf(` ${begins}`, at + 1) >= 0)
		throw new Invalid('These words stand in the provision more than once. Send more of them in begins.');
	const made = await splitParagraphs(id, provision, [text.slice(0, at), text.slice(at + 1)], actor, world, tx);
	if (made.refused || made.seq === null) throw refusal({ refused: made.refused ?? 'no_words' });
	const { provisions } = await stateOf(id, actor, tx);
	const fresh = provisions.find((other) => !state.provisions.some((known) => known.id === other.id));
	return { seq: made.seq, provision: fresh?.id ?? provision, dangling: 0 };
}

function refusal({ refused }: Refused): Error {
	const message = speech('en').say(`draft.refused.${refused}`);
	return refused === 'not_there' ? new NotFound(message) : new Conflict(message);
}

const borrowing = deed({
	name: 'borrow',
	what: 'Put the words of one provision of the library in the place of those of a provision of the draft',
	gives: SEQ,
	takes: {
		provision: needed(PROVISION),
		from: needed(words('the address of a provision below /library, as elsewhere.json gives it', LONGEST_ADDRESS)),
		since: needed(EDIT_NUMBER('the number of the edit after which you read the words that go')),
	},
	async run(id, { provision, from, since }, actor, world, tx) {
		demandSeen(since, (await stateOf(id, actor, tx)).seq);
		const { workId, expressionId, only } = await copiedAt(from, null, world, tx);
		const [eId, another] = only ?? [];
		if (eId === undefined || another !== undefined)
			throw new Invalid('Send the address of one provision: that of its text, and behind it its eId, as sec_3.');
		return { seq: await borrow(id, { provision, clause: { workId, expressionId, eId }, since }, actor, world, tx) };
	},
});

const restoring = deed({
	...{ name: 'restore', what: 'Bring an earlier state of the draft back, as one more edit', gives: SEQ },
	takes: {
		to: needed(EDIT_NUMBER('the number of the edit after which it read so')),
		from: needed(EDIT_NUMBER('the number of the last edit that you have seen')),
	},
	run: async (id, { to, from }, actor, world, tx) => ({ seq: await restore(id, { to, from }, actor, world, tx) }),
});

/** What changes the text of a draft. */
export const TEXT_DEEDS: readonly Deed[] = [copy, answering, wording, structure, borrowing, restoring];
