import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Actor, SYSTEM } from '#access/actor.ts';
import { answer } from '#adoption/answers.server.ts';
import { asRead } from '#adoption/blank-words.ts';
import { edits } from '#adoption/history.server.ts';
import { enter } from '#adoption/remark/quorum.server.ts';
import type { RemarkRoom } from '#adoption/remark/remark.ts';
import { remarksOn } from '#adoption/remark/remarked.server.ts';
import { comment, type Deal, deal } from '#adoption/remark/remarks.server.ts';
import { suggest, take, takenByHand } from '#adoption/remark/suggested.server.ts';
import { restore } from '#adoption/restore.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import type { Tx } from '#platform/world.ts';
import { signedIn } from '../access/signed-in.ts';
import { begun } from './begun.ts';
import { stocked } from './stocked.ts';

const { world, cityOf } = await stocked();
const home = { placeId: cityOf('alder-falls') };
const clerk = await signedIn(world, { role: 'member', ...home });
const attorney = await signedIn(world, { role: 'counsel', ...home });
const watching = await signedIn(world, { role: 'observer', ...home });
const [ana, cleo] = [
	await signedIn(world, { role: 'member', ...home }),
	await signedIn(world, { role: 'member', ...home }),
];
const stranger = await signedIn(world, { role: 'counsel', placeId: cityOf('dunmere') });
await world.db.as(SYSTEM, async (tx) => {
	for (const { seat } of [ana, cleo])
		await sql`update coalition_seat set governing = true where id = ${seat}`.execute(tx);
});

const as = <T>(actor: Actor, verb: (tx: Tx) => Promise<T>) => world.db.as(actor, verb);
let id = '';
beforeEach(async () => {
	id = await begun('Warrants', clerk.actor, world, { only: ['sec_1', 'sec_3', 'sec_9'] });
});

const state = (actor = clerk.actor) => as(actor, (tx) => stateOf(id, actor, tx));
const at = async (eId: string) => {
	const found = (await state()).provisions.find(({ from }) => from?.eId === eId);
	if (!found) throw new Error(`There is no ${eId}.`);
	return found;
};
/** How the words of a provision are read. */
const read = async (eId: string) => asRead((await at(eId)).text, await state());
const SECTION = 'sec_3__subsec_a';

interface Wish {
	readonly heading?: string;
	readonly reason?: string;
	readonly room?: RemarkRoom;
	readonly since?: number;
	readonly on?: string;
}
const wish = async (
	actor: Actor,
	words: string,
	{ reason = '', room = 'city', since, on = SECTION, ...typed }: Wish = {},
) => {
	const { id: provision, heading } = await at(on);
	const seen = since ?? (await state()).seq;
	const sent = { provision, typed: { heading: typed.heading ?? heading ?? '', words }, reason, room, since: seen };
	return as(actor, (tx) => suggest(id, sent, actor, world, tx));
};
const remarks = (actor = clerk.actor) =>
	as(actor, async (tx) => remarksOn(await stateOf(id, actor, tx), ['city', 'counsel'], actor, tx));
const taking = (comment: string, actor = clerk.actor) => as(actor, (tx) => take(id, comment, actor, world, tx));
const dealing = (comment: string, act: Deal, actor = clerk.actor) =>
	as(actor, (tx) => deal(id, { comment, deal: act }, actor, world, tx));
const write = async (words: string, on = SECTION) => {
	const one = await at(on);
	const typed = { typed: { heading: one.heading ?? '', words }, since: (await state()).seq };
	return as(clerk.actor, (tx) => saveWords(id, one.id, typed, clerk.actor, world, tx));
};

describe('other words that somebody suggests', () => {
	test('stand beside the words, change nothing, and are in the draft once they are taken', async () => {
		const words = await read(SECTION);
		const wanted = words.replace('shall not', 'must not');
		expect(await wish(attorney.actor, wanted, { reason: 'Plainer.' })).toMatchObject({ kind: 'kept' });
		expect(await read(SECTION)).toBe(words);
		const [one] = await remarks();
		expect(one).toMatchObject({
			...{ nth: 1, quote: 'shall', text: 'Plainer.', suggested: { words: 'must', sure: true }, resolved: null },
			by: { seat: attorney.seat },
		});
		const before = (await state()).seq;
		const taken = await taking(one?.id ?? '');
		expect(taken).toMatchObject({ kind: 'taken', was: before, seq: before + 1, provision: (await at(SECTION)).id });
		expect(await read(SECTION)).toBe(wanted);
		expect((await as(clerk.actor, (tx) => edits(id, tx)))[0]).toMatchObject({ act: 'suggestion_taken' });
		expect((await remarks())[0]?.resolved).toMatchObject({ act: 'taken', edit: before + 1, by: { seat: clerk.seat } });
		await as(clerk.actor, (tx) => restore(id, { to: before, from: before + 1 }, clerk.actor, world, tx));
		expect(await read(SECTION)).toBe(words);
		expect((await remarks())[0]?.resolved).toMatchObject({ act: 'taken' });
		await dealing(one?.id ?? '', { act: 'reopened' });
		await taking(one?.id ?? '');
		expect(await read(SECTION)).toBe(wanted);
	});

	test('are one for each change that stands apart, also of the heading, and are taken in any order', async () => {
		const [words, heading] = [await read('sec_3'), (await at('sec_3')).heading ?? ''];
		const below = await read(SECTION);
		const wanted = below.replace('shall not', 'must never').replace('immigration detainer', 'immigration hold');
		const kept = await wish(clerk.actor, wanted);
		expect(kept.kind === 'kept' && kept.ids.length).toBe(2);
		await wish(clerk.actor, words, { on: 'sec_3', heading: `${heading} and holds` });
		const open = (await remarks()).toReversed();
		expect(open).toHaveLength(3);
		for (const { id: comment } of open) expect((await taking(comment)).kind).toBe('taken');
		expect(await read(SECTION)).toBe(wanted);
		expect((await at('sec_3')).heading).toBe(`${heading} and holds`);
		expect(await read('sec_3')).toBe(words);
	});

	test('leave blanks that nobody wrote over blanks, whatever is answered meanwhile', async () => {
		const of = async () => (await state()).provisions.find(({ text }) => text.includes('{{custody_head}} shall'));
		const one = await of();
		if (!one?.from) throw new Error('No provision has the blank.');
		const on = one.from.eId;
		await wish(clerk.actor, `So ${await read(on)} So it is.`, { on });
		expect(await remarks()).toHaveLength(2);
		await as(clerk.actor, (tx) => answer(id, { custody_head: 'Jail Captain' }, clerk.actor, world, tx));
		for (const { id: comment } of await remarks()) expect((await taking(comment)).kind).toBe('taken');
		expect((await of())?.text).toBe(`So ${one.text} So it is.`);
	});

	test('are not kept where nothing was changed, where they are paragraphs, or where there were no words', async () => {
		const words = await read(SECTION);
		expect(await wish(clerk.actor, `  ${words}\r\n`)).toEqual({ kind: 'same' });
		expect(await wish(clerk.actor, `${words}\n\nMore.`)).toEqual({ kind: 'paragraphs' });
		expect((await at(SECTION)).heading).toBeNull();
		expect(await wish(clerk.actor, words, { heading: 'A heading' })).toEqual({ kind: 'unworded' });
		await expect(wish(clerk.actor, 'Otherwise.', { reason: 'x'.repeat(5_001) })).rejects.toThrow('at most 5000');
		expect(await remarks()).toEqual([]);
	});

	test('are suggested by a comment that quotes words, of the heading or of the text, and says which instead', async () => {
		const { id: provision, heading } = await at('sec_3');
		const say = (words: string, instead: string, text = '') => {
			const said = { provision, words, instead, text, room: 'city', since: 1 } as const;
			return as(clerk.actor, (tx) => comment(id, said, clerk.actor, world, tx));
		};
		expect(await say('', 'must')).toEqual({ kind: 'unquoted' });
		expect(await say('shall not', ' shall  not ')).toEqual({ kind: 'same' });
		expect(await say('words of nobody', 'must')).toEqual({ kind: 'elsewhere' });
		expect(await say('shall not', '')).toMatchObject({ kind: 'kept' });
		expect(await say((heading ?? '').split(' ')[0] ?? '', 'On', 'Why?')).toMatchObject({ kind: 'kept' });
		expect(await remarks()).toMatchObject([{ text: '', suggested: { words: '' } }, { suggested: { words: 'On' } }]);
	});

	test('are refused, and neither taken nor refused twice, also where two decide at once', async () => {
		const words = await read(SECTION);
		await wish(clerk.actor, words.replace('shall not', 'must not'));
		await wish(clerk.actor, words.replace('shall not', 'may not'));
		const [one = '', other = ''] = (await remarks()).map((remark) => remark.id);
		await dealing(one, { act: 'refused' });
		expect((await remarks())[0]?.resolved).toMatchObject({ act: 'refused', edit: null });
		await expect(dealing(one, { act: 'refused' })).rejects.toThrow('decided on this suggestion already');
		await expect(taking(one)).rejects.toThrow('decided on this suggestion already');
		await expect(dealing(other, { act: 'resolved' })).rejects.toThrow('Take them, or refuse them.');
		const both = await Promise.allSettled([
			taking(other),
			taking(other, attorney.actor),
			dealing(other, { act: 'refused' }),
		]);
		expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		for (const made of both)
			if (made.status === 'rejected') expect(String(made.reason)).toContain('decided on this suggestion already');
	});

	test('are resolved like no comment, and no comment is taken or refused like them', async () => {
		const said = { provision: (await at(SECTION)).id, words: '', text: 'Why?', room: 'city', since: 1 } as const;
		const made = await as(clerk.actor, (tx) => comment(id, said, clerk.actor, world, tx));
		const plain = made.id ?? '';
		await expect(dealing(plain, { act: 'refused' })).rejects.toThrow('suggests no words');
		await expect(taking(plain)).rejects.toThrow('suggests no words');
		await expect(taking('none')).rejects.toThrow('no such comment');
	});
});

describe('words that were changed since they were suggested on', () => {
	test('are not written over blindly: they are taken by hand, with the edit that did it', async () => {
		const words = await read(SECTION);
		await wish(clerk.actor, words.replace('a person in custody', 'anybody'));
		const [one] = await remarks();
		await write(words.replace('a person in custody', 'a person in its custody'));
		expect((await remarks())[0]).toMatchObject({ suggested: { sure: false }, place: { changed: true } });
		const { seq } = await state();
		expect(await taking(one?.id ?? '')).toMatchObject({ kind: 'met', provision: (await at(SECTION)).id });
		expect((await state()).seq).toBe(seq);
		await write(words.replace('a person in custody', 'anybody'));
		const by = { comment: one?.id ?? '', edit: seq + 1 };
		await as(clerk.actor, (tx) => takenByHand(id, by, clerk.actor, world, tx));
		expect((await remarks())[0]?.resolved).toMatchObject({ act: 'taken', edit: seq + 1 });
		await as(attorney.actor, (tx) => takenByHand(id, by, attorney.actor, world, tx));
		expect((await remarks())[0]?.resolved).toMatchObject({ by: { seat: clerk.seat } });
	});

	test('are not taken for others that read alike, once what stands around them is other', async () => {
		const words = 'The clerk shall keep a log. The chief shall keep a log. Nobody reads it.';
		await write(words);
		await wish(clerk.actor, words.replace('chief shall', 'chief must'));
		await write(words.replace('Nobody', 'Somebody'));
		expect((await remarks())[0]?.suggested).toEqual({ words: 'must', sure: true });
		await write('The clerk shall keep a log. Nobody reads it.');
		const [one] = await remarks();
		expect(one?.suggested).toEqual({ words: 'must', sure: false });
		expect((await taking(one?.id ?? '')).kind).toBe('met');
	});

	test('of a provision that is gone are refused alone', async () => {
		await wish(clerk.actor, (await read(SECTION)).replace('shall not', 'must not'));
		const [one] = await remarks();
		const now = await state();
		const left = now.provisions.filter(({ from }) => from?.eId === 'sec_1');
		await as(clerk.actor, async (tx) => {
			const outline = JSON.stringify(left.map(({ id: kept }) => [kept, 0]));
			await sql`insert into adoption_edit (draft_id, seq, owner_city, act, outline, at)
				values (${id}, ${now.seq + 1}, ${clerk.actor.city}, 'removed', ${outline}, now())`.execute(tx);
			await sql`update adoption_draft set seq = ${now.seq + 1} where id = ${id}`.execute(tx);
		});
		await expect(taking(one?.id ?? '')).rejects.toThrow('The provision of this suggestion is gone.');
		await dealing(one?.id ?? '', { act: 'refused' });
	});
});

describe('a suggestion of the counsel room', () => {
	test('is read there alone, and the edit that takes it names nothing of it', async () => {
		const words = await read(SECTION);
		const wanted = words.replace('shall not', 'must not');
		await wish(attorney.actor, wanted, { room: 'counsel', reason: 'Privileged.' });
		expect(await remarks()).toEqual([]);
		const [one] = await remarks(attorney.actor);
		await expect(taking(one?.id ?? '')).rejects.toThrow('no such comment');
		await expect(wish(clerk.actor, wanted, { room: 'counsel' })).rejects.toThrow('may not open');
		expect((await taking(one?.id ?? '', attorney.actor)).kind).toBe('taken');
		expect(await read(SECTION)).toBe(wanted);
		expect(await remarks()).toEqual([]);
		const [last] = await as(clerk.actor, (tx) => edits(id, tx));
		expect(last).toMatchObject({ act: 'worded' });
		const seen = await as(clerk.actor, (tx) =>
			sql`select e.*, s.act as of from adoption_edit e left join adoption_comment_state s on s.draft_id = e.draft_id
				where e.draft_id = ${id} and e.seq > 1`.execute(tx),
		);
		expect(seen.rows).toHaveLength(1);
		for (const told of ['Privileged', one?.id ?? '', 'taken']) expect(JSON.stringify(seen.rows)).not.toContain(told);
	});
});

describe('nobody suggests or decides', () => {
	test('who only reads, who is of another city, or who would make a meeting', async () => {
		await as(ana.actor, (tx) => enter(id, ana.actor, world, tx));
		const words = `${await read(SECTION)} So.`;
		await wish(clerk.actor, words);
		const [one] = await remarks();
		for (const [actor, why] of [
			[watching.actor, 'may not open'],
			[stranger.actor, 'no such'],
			[cleo.actor, 'may be a meeting'],
		] as const) {
			await expect(wish(actor, words)).rejects.toThrow(why);
			await expect(taking(one?.id ?? '', actor)).rejects.toThrow(why);
			await expect(dealing(one?.id ?? '', { act: 'refused' }, actor)).rejects.toThrow(why);
		}
		expect((await remarks())[0]?.resolved).toBeNull();
	});
});
