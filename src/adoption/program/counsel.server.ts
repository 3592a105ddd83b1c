import { demand, ownCity } from '#access/can.ts';
import { speech } from '#i18n/message.ts';
import { idOf, readBody } from '#kernel/body.ts';
import { Conflict, Forbidden, Invalid } from '#kernel/error.ts';
import { COUNT, exactly, listOf, oneOf, TEXT } from '#kernel/field.ts';
import { lawSaid } from '#law/said.server.ts';
import { placeDetails } from '#places/list.server.ts';
import { counselSeats, giveBack, type Sending, sendToCounsel } from '../counsel/counsel.server.ts';
import { openBlanksOf, questionOf } from '../counsel/question.ts';
import { demandNoQuorum } from '../remark/quorum.server.ts';
import { stateOf } from '../state.server.ts';
import { type Deed, deed } from './deed.server.ts';

const SEND = { to: idOf('the id of a seat of counsel; left out: the only one there is') };

/** The law of the state is told to whoever sends, and that takes a connection of its own: it is read once the draft was sent. */
const sending: Deed = {
	name: 'send',
	what: 'Send the draft to counsel of your city: each open blank becomes a question, and a letter is asked for',
	takes: SEND,
	gives: {
		became: oneOf(['sent', 'unchanged']),
		seq: COUNT,
		law: TEXT,
		open: listOf(exactly({ blank: TEXT, question: TEXT })),
	},
	async run(id, sent, actor, world) {
		demand(actor, 'change', 'draft', ownCity(actor));
		const { to } = readBody(sent, SEND);
		const { place, ...made } = await world.db.as(actor, async (tx) => {
			await demandNoQuorum(id, actor, world, tx);
			const state = await stateOf(id, actor, tx);
			const seats = await counselSeats(actor, world, tx);
			const only = seats.length === 1 ? seats[0]?.id : undefined;
			const became = await sendToCounsel(id, to ?? only ?? null, actor, world, tx);
			if (became.kind === 'refused') throw refusal(became, seats);
			const { language, city } = state.draft;
			const [place] = await placeDetails({ ids: [city] }, tx);
			const open = openBlanksOf(state).map(({ blank }) => ({ blank: blank.id, question: questionOf(blank, language) }));
			return { became: became.kind, seq: state.seq, open, place };
		});
		return { ...made, law: await lawSaid(place?.path.slice(0, 2) ?? null, 'en', world) };
	},
};

function refusal(
	refused: Extract<Sending, { readonly kind: 'refused' }>,
	seats: Awaited<ReturnType<typeof counselSeats>>,
): Error {
	if (refused.why === 'quorum') return new Conflict(speech('en').say('counsel.refused.quorum', { n: refused.number }));
	if (seats.length === 0)
		return new Invalid('Your city has no seat of counsel. Leave out to whom, and send counsel the Word file by hand.');
	const named = seats.map(({ id, name, office }) => `${id} (${[name, office].filter(Boolean).join(', ')})`);
	return new Invalid(`Choose an attorney: send to, the id of a seat of counsel. There are: ${named.join('; ')}.`);
}

const returning = deed({
	name: 'return',
	what: 'Say that counsel has given the draft back, where your city has no seat of counsel that could',
	gives: { seq: COUNT },
	takes: {},
	async run(id, _sent, actor, world, tx) {
		await demandNoQuorum(id, actor, world, tx);
		const { seq } = await stateOf(id, actor, tx);
		if ((await counselSeats(actor, world, tx)).length > 0)
			throw new Forbidden(
				`Counsel of your city gives a draft back by hand, and no key does anything as counsel: on its page, /adoption/${id}/counsel.`,
			);
		await giveBack(id, actor, world, tx);
		return { seq };
	},
});

/** The draft to counsel and back. */
export const COUNSEL_DEEDS: readonly Deed[] = [sending, returning];
