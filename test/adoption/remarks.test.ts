import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Actor, SYSTEM } from '#access/actor.ts';
import { beginDraft } from '#adoption/begin.server.ts';
import { allowMember, enter, meetingIn, setNumber } from '#adoption/remark/quorum.server.ts';
import type { RemarkRoom } from '#adoption/remark/remark.ts';
import { remarksOn } from '#adoption/remark/remarked.server.ts';
import { comment, deal, reply } from '#adoption/remark/remarks.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import type { Tx } from '#platform/world.ts';
import { signedIn } from '../access/signed-in.ts';
import { stocked } from './stocked.ts';

const { world, cityOf } = await stocked();
const home = { placeId: cityOf('alder-falls') };
const clerk = await signedIn(world, { role: 'member', ...home });
const attorney = await signedIn(world, { role: 'counsel', ...home });
const client = await signedIn(world, { role: 'member', ...home, counsel: true });
const watching = await signedIn(world, { role: 'observer', ...home });
const [ana, ben, cleo] = [
	await signedIn(world, { role: 'member', ...home }),
	await signedIn(world, { role: 'observer', ...home }),
	await signedIn(world, { role: 'member', ...home }),
];
const stranger = await signedIn(world, { role: 'counsel', placeId: cityOf('dunmere') });
await world.db.as(SYSTEM, async (tx) => {
	for (const { seat } of [ana, ben, cleo])
		await sql`update coalition_seat set governing = true where id = ${seat}`.execute(tx);
});

const as = <T>(actor: Actor, verb: (tx: Tx) => Promise<T>) => world.db.as(actor, verb);
const model = await as(SYSTEM, async (tx) => {
	const { rows } = await sql<{ workId: string; expressionId: string }>`
		select w.id as "workId", e.id as "expressionId" from library_work w join library_expression e on e.work_id = w.id
		where w.address = 'coalition/detainers' and e.language = 'en' order by e.day desc limit 1`.execute(tx);
	return { ...(rows[0] as { workId: string; expressionId: string }), only: ['sec_3', 'sec_9'] };
});

let id = '';
beforeEach(async () => {
	id = await as(clerk.actor, (tx) => beginDraft({ title: 'Warrants', copied: model }, clerk.actor, world, tx));
});

const state = (actor = clerk.actor) => as(actor, (tx) => stateOf(id, actor, tx));
const at = async (eId: string) => {
	const found = (await state()).provisions.find(({ from }) => from?.eId === eId);
	if (!found) throw new Error(`There is no ${eId}.`);
	return found;
};
const say = async (actor: Actor, eId: string, words: string, room: RemarkRoom = 'city', text = 'Why?') => {
	const { id: provision } = await at(eId);
	const said = { provision, words, text, room, since: (await state()).seq };
	return as(actor, (tx) => comment(id, said, actor, world, tx));
};
const remarks = (actor = clerk.actor, rooms: readonly RemarkRoom[] = ['city', 'counsel']) =>
	as(actor, async (tx) => remarksOn(await stateOf(id, actor, tx), rooms, actor, tx));
const write = async (eId: string, words: string, actor = clerk.actor) => {
	const { seq } = await state();
	const one = await at(eId);
	const typed = { heading: one.heading ?? '', words };
	return as(actor, (tx) => saveWords(id, one.id, { typed, since: seq }, actor, world, tx));
};
const come = (actor: Actor) => as(actor, async (tx) => (await enter(id, actor, world, tx)).kind);

describe('a comment', () => {
	test('stands on its words, found below the section beside which it was written, and stays with them', async () => {
		expect(await say(clerk.actor, 'sec_3', 'a person in custody')).toMatchObject({ kind: 'kept' });
		const { id: provision, text } = await at('sec_3__subsec_a');
		const [one] = await remarks();
		expect(one).toMatchObject({ nth: 1, room: 'city', quote: 'a person in custody', text: 'Why?', resolved: null });
		expect(one?.by).toMatchObject({ name: 'Person of member', office: 'Office of tests' });
		await write('sec_3__subsec_a', `Whatever is asked, ${text.replace('shall not', 'must never')}`);
		const [later] = await remarks();
		if (later?.place.kind !== 'stands') throw new Error('It is gone.');
		expect(later.place).toMatchObject({ provision, changed: false });
		const is = (await at('sec_3__subsec_a')).text;
		expect(is.slice(later.place.span?.start, later.place.span?.end)).toBe('a person in custody');
		await write('sec_3__subsec_a', 'There are no holds.');
		expect((await remarks())[0]).toMatchObject({ quote: 'a person in custody', place: { kind: 'gone', provision } });
	});

	test('on words that are nowhere is not kept, and one of no letters is refused', async () => {
		expect(await say(clerk.actor, 'sec_3', 'words of nobody')).toEqual({ kind: 'elsewhere' });
		await expect(say(clerk.actor, 'sec_3', '', 'city', ' . ')).rejects.toThrow('Write a comment');
		await expect(say(clerk.actor, 'sec_3', 'x'.repeat(3_000))).rejects.toThrow('Quote at most');
		expect(await remarks()).toEqual([]);
	});

	test('is answered, resolved, opened again and assigned, and all of that is kept', async () => {
		await say(clerk.actor, 'sec_3', '');
		const [one] = await remarks();
		const on = one?.id ?? '';
		await as(attorney.actor, (tx) => reply(id, { comment: on, text: 'Because.' }, attorney.actor, world, tx));
		const settle = (d: Parameters<typeof deal>[1]['deal']) =>
			as(clerk.actor, (tx) => deal(id, { comment: on, deal: d }, clerk.actor, world, tx));
		await settle({ act: 'assigned', seat: attorney.seat });
		await settle({ act: 'resolved' });
		expect((await remarks())[0]).toMatchObject({
			...{ quote: null, replies: [{ text: 'Because.', by: { seat: attorney.seat } }] },
			...{ assigned: { seat: attorney.seat }, resolved: { by: { seat: clerk.seat } } },
		});
		await settle({ act: 'reopened' });
		await settle({ act: 'assigned', seat: null });
		expect((await remarks())[0]).toMatchObject({ assigned: null, resolved: null });
		for (const seat of [stranger.seat, watching.seat, 'none'])
			await expect(settle({ act: 'assigned', seat })).rejects.toThrow('Choose somebody of your city');
	});

	test('of counsel is read by counsel and whom it let in, numbered apart, and in no list that did not ask for it', async () => {
		await say(attorney.actor, 'sec_3', 'custody', 'counsel', 'Privileged.');
		await say(clerk.actor, 'sec_3', 'custody', 'city', 'Open.');
		const texts = async (actor: Actor, rooms?: readonly RemarkRoom[]) =>
			(await remarks(actor, rooms)).map(({ nth, text }) => `${nth} ${text}`).sort();
		expect(await texts(attorney.actor)).toEqual(['1 Open.', '1 Privileged.']);
		expect(await texts(client.actor)).toEqual(['1 Open.', '1 Privileged.']);
		expect(await texts(attorney.actor, ['city'])).toEqual(['1 Open.']);
		for (const { actor } of [clerk, watching]) expect(await texts(actor)).toEqual(['1 Open.']);
		const [privileged] = await remarks(attorney.actor, ['counsel']);
		const on = privileged?.id ?? '';
		await expect(
			as(clerk.actor, (tx) => reply(id, { comment: on, text: 'I saw it.' }, clerk.actor, world, tx)),
		).rejects.toThrow('no such comment');
		await expect(say(clerk.actor, 'sec_3', '', 'counsel')).rejects.toThrow('may not open');
		await as(client.actor, (tx) => reply(id, { comment: on, text: 'Thanks.' }, client.actor, world, tx));
		const to = (seat: string | null) =>
			as(attorney.actor, (tx) => deal(id, { comment: on, deal: { act: 'assigned', seat } }, attorney.actor, world, tx));
		await expect(to(clerk.seat)).rejects.toThrow('who can open this comment');
		await to(client.seat);
		expect(await remarks(attorney.actor, ['counsel'])).toMatchObject([
			{ replies: [{ text: 'Thanks.' }], assigned: { seat: client.seat } },
		]);
	});

	test('is made by nobody who only reads, and by no other city', async () => {
		await expect(say(watching.actor, 'sec_3', '')).rejects.toThrow('may not open');
		await expect(say(stranger.actor, 'sec_3', '')).rejects.toThrow('no such draft');
		await expect(say(stranger.actor, 'sec_3', '', 'counsel')).rejects.toThrow('no such draft');
	});

	test('of two made at once both are kept, with a number each', async () => {
		await Promise.all([say(clerk.actor, 'sec_3', ''), say(attorney.actor, 'sec_9', '')]);
		expect((await remarks()).map(({ nth }) => nth).sort()).toEqual([1, 2]);
	});
});

describe('a draft under the law of open meetings', () => {
	test('takes one member of the governing body, of staff as many as come, and refuses the second in words', async () => {
		expect(await come(ana.actor)).toBe('joins');
		expect(await come(ana.actor)).toBe('in');
		for (const { actor } of [clerk, attorney, client, watching]) expect(await come(actor)).toBe('in');
		expect([await come(ben.actor), await come(cleo.actor)]).toEqual(['refused', 'refused']);
		const { text } = await at('sec_3__subsec_a');
		await expect(write('sec_3__subsec_a', `${text} So.`, cleo.actor)).rejects.toThrow(
			'2 members of the governing body would be in this draft. That may be a meeting under your open meetings law.',
		);
		await expect(say(cleo.actor, 'sec_3', '')).rejects.toThrow('may be a meeting');
		const { body, number, set } = await as(clerk.actor, (tx) => meetingIn(id, clerk.actor, world, tx));
		expect([number, set]).toEqual([2, false]);
		expect(body.map(({ seat, since }) => [seat, since !== null])).toEqual([
			[ana.seat, true],
			...[cleo.seat, ben.seat].map((seat) => [seat, false]),
		]);
		const { rows } = await as(clerk.actor, (tx) =>
			sql`select seat from adoption_party where draft_id = ${id}`.execute(tx),
		);
		expect(rows).toEqual([{ seat: ana.seat }]);
	});

	test('of two members who come at the same moment takes one', async () => {
		const came = await Promise.all([come(ana.actor), come(ben.actor), come(cleo.actor)]);
		expect(came.sort()).toEqual(['joins', 'refused', 'refused']);
	});

	test('takes one more whom counsel let in with a reason, and leaves a trace of that', async () => {
		await come(ana.actor);
		const allow = (actor: Actor, reason: string, seat = ben.seat ?? '') =>
			as(actor, (tx) => allowMember(id, { seat, reason }, actor, world, tx));
		await expect(allow(clerk.actor, 'I want to.')).rejects.toThrow('may not open');
		await expect(allow(attorney.actor, ' ')).rejects.toThrow('Write the reason');
		await expect(allow(attorney.actor, 'Staff.', clerk.seat ?? '')).rejects.toThrow('no such member');
		await expect(allow(stranger.actor, 'Not mine.')).rejects.toThrow('no such draft');
		await allow(attorney.actor, 'The committee was noticed for 3 December.');
		expect([await come(ben.actor), await come(cleo.actor)]).toEqual(['joins', 'refused']);
		const { body } = await as(clerk.actor, (tx) => meetingIn(id, clerk.actor, world, tx));
		expect(body.find(({ seat }) => seat === ben.seat)?.reason).toBe('The committee was noticed for 3 December.');
		expect(await traces('quorum_allowed')).toContain(`draft:${id}`);
	});

	test('counts by the number that counsel set for the city', async () => {
		const set = (actor: Actor, number: number) => as(actor, (tx) => setNumber(number, actor, world, tx));
		await expect(set(clerk.actor, 3)).rejects.toThrow('may not open');
		await expect(set(attorney.actor, 1)).rejects.toThrow('whole number');
		await expect(set(attorney.actor, 2.5)).rejects.toThrow('whole number');
		await set(attorney.actor, 3);
		expect([await come(ana.actor), await come(ben.actor), await come(cleo.actor)]).toEqual([
			...['joins', 'joins', 'refused'],
		]);
		expect(await traces('quorum_set')).toEqual(['quorum:3']);
		await set(attorney.actor, 2);
		expect([await come(ana.actor), await come(cleo.actor)]).toEqual(['in', 'refused']);
	});

	test('counts nobody whose seat has ended', async () => {
		const gone = await signedIn(world, { role: 'member', ...home });
		await as(SYSTEM, (tx) => sql`update coalition_seat set governing = true where id = ${gone.seat}`.execute(tx));
		expect(await come(gone.actor)).toBe('joins');
		expect(await come(ana.actor)).toBe('refused');
		await as(SYSTEM, (tx) =>
			sql`update coalition_seat set ended_at = now(), ended_by = 'test' where id = ${gone.seat}`.execute(tx),
		);
		expect(await come(ana.actor)).toBe('joins');
	});
});

async function traces(action: string): Promise<readonly string[]> {
	return as(attorney.actor, async (tx) => {
		const { rows } = await sql<{ subject: string }>`
			select subject from audit_entry where action = ${action} order by at`.execute(tx);
		return rows.map(({ subject }) => subject);
	});
}
