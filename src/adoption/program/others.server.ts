import { idOf, needed, type Part, picked, whole, words } from '#kernel/body.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
import { COUNT, orNull, TEXT } from '#kernel/field.ts';
import { asRead, conditionOf } from '../blank-words.ts';
import type { State } from '../draft.ts';
import { decide as decideNewer, newerOf, takeAll } from '../newer.server.ts';
import type { Offer } from '../newer.ts';
import { type Commented, comment, deal, reply } from '../remark/remarks.server.ts';
import { take } from '../remark/suggested.server.ts';
import { stateOf } from '../state.server.ts';
import { setAside, takeUpAgain } from '../word/set-aside.server.ts';
import { decide, reopen } from '../word/suggestions.server.ts';
import { Clash, type Readings } from './clash.ts';
import { type Deed, deed } from './deed.server.ts';
import { EDIT_NUMBER } from './text.server.ts';

const LONGEST_WORDS = 40_000;
const LONGEST_TEXT = 5_000;
const LONGEST_QUOTE = 2_000;
const MOST_SOURCES = 10_000;

const newer = deed({
	name: 'newer',
	what: 'Decide on a change of a newer version (take, keep, or edit with words that have both), or take_all that clashes with nothing',
	gives: { seq: COUNT, taken: COUNT },
	takes: {
		source: needed(whole('the number of the source', 1, MOST_SOURCES)),
		version: needed(idOf('the id of the newer version')),
		decision: needed(picked(['take', 'keep', 'edit', 'take_all'] as const)),
		change: idOf('the name of the change; left out for take_all'),
		heading: words('of an edit, the heading', LONGEST_WORDS),
		words: words('of an edit, the words', LONGEST_WORDS),
		since: EDIT_NUMBER('of an edit, the number of the edit after which you read the draft'),
	},
	async run(id, { source, version, decision, change, ...typed }, actor, world, tx) {
		const which = { source, expressionId: version };
		const state = await stateOf(id, actor, tx);
		const found = (await newerOf(state, tx)).find((one) => one.source.nth === source && one.version.id === version);
		if (!found) throw new NotFound('No source of the draft has such a newer version. newer.json has those there are.');
		if (decision === 'take_all') {
			const taken = await takeAll(id, which, actor, world, tx);
			return { seq: (await stateOf(id, actor, tx)).seq, taken };
		}
		if (change === undefined) throw new Invalid('Send change: the name that newer.json gives it.');
		const { heading = '', words: text, since } = typed;
		if (decision === 'edit' && (text === undefined || since === undefined))
			throw new Invalid('Send words and since: what the provision is to read, and after which edit you read it.');
		const offer = found.offers.find((one) => one.change === change);
		// Words that both sides changed are not decided by whoever did not see them.
		if (decision === 'take' && offer?.kind === 'changed' && offer.merged === null)
			throw new Clash(
				'Your city and the newer version changed the same words. Nothing was taken. Keep yours, or edit with words that have both.',
				[readingsOf(offer, state)],
			);
		const what =
			decision === 'edit' ? { decision, heading, words: text ?? '', since: since ?? 1 } : ({ decision } as const);
		const seq = await decideNewer(id, { ...which, change }, what, actor, world, tx);
		return { seq, taken: decision === 'keep' ? 0 : 1 };
	},
});

function readingsOf({ base, ours, theirs }: Extract<Offer, { readonly kind: 'changed' }>, state: State): Readings {
	const read = ({ heading, text }: typeof base) =>
		[heading === null ? null : asRead(heading, state), asRead(conditionOf(text).words, state)]
			.filter(Boolean)
			.join('\n');
	return { base: read(base), draft: read(ours), wanted: read(theirs) };
}

const REASONS = {
	gone: 'Its provision is no longer in the draft. Refuse it, or put the words where you want them.',
	inside: 'Other provisions lie in the one that would go. Decide on those first, or remove it in the draft.',
	no_place: 'A provision of that kind cannot stand there. Put it where you want it in the draft.',
} as const;

const suggestion = deed({
	name: 'suggestion',
	what: 'Take or refuse something that a Word file suggests, or open it again',
	gives: { seq: orNull(COUNT), became: TEXT },
	takes: {
		upload: needed(idOf('the id of the file')),
		id: needed(idOf('the number of the suggestion in it')),
		decision: needed(picked(['take', 'refuse', 'reopen'] as const)),
	},
	async run(draft, { upload, id, decision }, actor, world, tx) {
		if (decision === 'reopen') {
			await reopen(draft, { upload, id }, actor, world, tx);
			return { seq: null, became: 'open' };
		}
		const made = await decide(draft, { upload, id, take: decision === 'take' }, actor, world, tx);
		if (made.kind === 'taken') return { seq: made.seq, became: 'taken' };
		if (made.kind === 'settled' || made.kind === 'refused') return { seq: null, became: made.kind };
		if (made.kind === 'clash')
			throw new Clash(
				'The same words were changed in the draft since the file was made. Nothing was taken. Choose, and write the words.',
				[{ base: null, draft: made.ours, wanted: made.theirs }],
			);
		throw new Conflict(REASONS[made.kind]);
	},
});

const wholeFile = deed({
	name: 'file',
	what: 'Set a Word file that came back aside, which refuses all that is open of it, or open that again',
	gives: { became: TEXT, suggestions: COUNT },
	takes: {
		upload: needed(idOf('the id of the file')),
		decision: needed(picked(['set_aside', 'reopen'] as const)),
	},
	async run(draft, { upload, decision }, actor, world, tx) {
		if (decision === 'reopen')
			return { became: 'open', suggestions: await takeUpAgain(draft, upload, actor, world, tx) };
		return { became: 'set_aside', suggestions: await setAside(draft, upload, actor, world, tx) };
	},
});

const ROOM: Part<'city' | 'counsel'> = picked(['city', 'counsel'] as const);
const THE_COMMENT = needed(idOf('the id of a comment'));

const commenting = deed({
	...{
		name: 'comment',
		what: 'Comment on words of a provision, or on the whole of it, or suggest other words for them',
		gives: { provision: TEXT },
	},
	takes: {
		provision: needed(idOf('the id of the provision')),
		words: words('the words that it is on, as they read; left out: the whole provision', LONGEST_QUOTE),
		instead: words('other words that you suggest for them, empty to strike them; left out: none', LONGEST_WORDS),
		text: words('the comment; may be left out with instead', LONGEST_TEXT),
		room: ROOM,
		since: needed(EDIT_NUMBER('the number of the edit after which you read the draft')),
	},
	async run(id, { provision, words = '', instead, text = '', room = 'city', since }, actor, world, tx) {
		const made = await comment(id, { provision, words, instead, text, room, since }, actor, world, tx);
		if (made.kind !== 'kept') throw unkept(made.kind);
		return { provision: made.provision };
	},
});

function unkept(kind: Exclude<Commented['kind'], 'kept'>): Error {
	if (kind === 'elsewhere')
		return new NotFound('These words stand nowhere in the draft. Send them as they read, or leave words out.');
	if (kind === 'unquoted')
		return new Invalid('Send words with instead: the words it stands for, of a heading or of what is below it.');
	return new Invalid('The draft reads so already. Send other words as instead.');
}

const replying = deed({
	...{ name: 'reply', what: 'Answer a comment, in its room', gives: { comment: TEXT } },
	takes: { comment: THE_COMMENT, text: needed(words('the reply', LONGEST_TEXT)) },
	async run(id, { comment, text }, actor, world, tx) {
		await reply(id, { comment, text }, actor, world, tx);
		return { comment };
	},
});

const settling = deed({
	name: 'settle',
	what: 'Resolve a comment, take or refuse the words that one suggests, open it again, or say for whom it waits',
	gives: { comment: TEXT, seq: orNull(COUNT) },
	takes: {
		comment: THE_COMMENT,
		act: needed(picked(['resolved', 'taken', 'refused', 'reopened', 'assigned'] as const)),
		seat: idOf('of assigned, the id of the seat; left out: nobody any more'),
	},
	async run(id, { comment, act, seat = null }, actor, world, tx) {
		if (act !== 'taken') {
			await deal(id, { comment, deal: act === 'assigned' ? { act, seat } : { act } }, actor, world, tx);
			return { comment, seq: null };
		}
		const made = await take(id, comment, actor, world, tx);
		if (made.kind === 'taken') return { comment, seq: made.seq };
		const { remark, state, provision } = made;
		const now = state.provisions.find((one) => one.id === provision);
		throw new Clash(
			'The words of this suggestion were changed since. Nothing was taken. Write what the provision is to read, and refuse the suggestion.',
			[
				{
					base: asRead(remark.quote ?? '', state),
					draft: asRead(conditionOf(now?.text ?? '').words, state),
					wanted: asRead(remark.suggested?.words ?? '', state),
				},
			],
		);
	},
});

/** What is decided on words of others, and said of the draft. */
export const OTHERS_DEEDS: readonly Deed[] = [newer, suggestion, wholeFile, commenting, replying, settling];
