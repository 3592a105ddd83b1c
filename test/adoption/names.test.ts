import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#access/actor.ts';
import { SYSTEM } from '#access/actor.ts';
import { beginAmendment } from '#adoption/amend.server.ts';
import { copyInto } from '#adoption/begin.server.ts';
import { edits } from '#adoption/history.server.ts';
import { rename } from '#adoption/life.server.ts';
import { namesOf, noticeOf, noticeOfWork, putNames } from '#adoption/name/names.server.ts';
import { nameOfPlace } from '#adoption/name/naming.ts';
import { DEEDS } from '#adoption/program/deeds.server.ts';
import { LOOKS, lookAt } from '#adoption/program/looks.server.ts';
import { restore } from '#adoption/restore.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import type { Tx } from '#platform/world.ts';
import { signedIn } from '../access/signed-in.ts';
import { adopted, fillAll } from './adopted.ts';
import { begun, DETAINERS, textAt } from './begun.ts';
import { stocked } from './stocked.ts';

const { here, world, cityOf } = await stocked();
here.now = new Date('2026-11-27T12:00:00Z');
const of = async (slug: string) => (await signedIn(world, { role: 'member', placeId: cityOf(slug) })).actor;
const [alder, dunmere] = [await of('alder-falls'), await of('dunmere')];
const as = <T>(verb: (tx: Tx) => Promise<T>, actor: Actor = dunmere) => world.db.as(actor, verb);

/** What Alder Falls adopted: its name stands where the model has a blank for a city. */
async function law(): Promise<string> {
	const id = await begun('Warrants in Alder Falls', alder, world);
	await fillAll(id, 'City Council', alder, world);
	await as(async (tx) => {
		const { provisions, seq } = await stateOf(id, alder, tx);
		const one = provisions.find(({ from }) => from?.eId === 'sec_13');
		const words =
			'The Alder Falls Police Department obeys, as Alder Falls did in 2019. Alder Falls Ordinance 12 stays.';
		await saveWords(
			id,
			one?.id ?? '',
			{ typed: { heading: 'CITY OF ALDER FALLS', words }, since: seq },
			alder,
			world,
			tx,
		);
	}, alder);
	return `${await adopted(id, { number: 'Ordinance 2026-9' }, alder, world)}/2026-11-20`;
}
const path = await law();

let id = '';
beforeEach(async () => {
	id = await begun('Warrants', dunmere, world, { path });
});
const state = () => as((tx) => stateOf(id, dunmere, tx));
const places = async () => (await as(async (tx) => (await namesOf(await stateOf(id, dunmere, tx), tx))?.places)) ?? [];
const notice = () => as(async (tx) => noticeOf(await stateOf(id, dunmere, tx), tx));
const open = async () => (await places()).filter(({ kept }) => !kept);
const section = async () => (await state()).provisions.find(({ from }) => from?.eId === 'sec_13');
const put = async (put: readonly string[], keep: readonly string[], since?: number) =>
	as(async (tx) => {
		const seq = since ?? (await stateOf(id, dunmere, tx)).seq;
		return putNames(id, { put: new Set(put), keep: new Set(keep), since: seq }, dunmere, world, tx);
	});
const write = async (change: (words: string) => string) => {
	const one = await section();
	const typed = { heading: one?.heading ?? '', words: change(one?.text ?? '') };
	const { seq: since } = await state();
	await as((tx) => saveWords(id, one?.id ?? '', { typed, since }, dunmere, world, tx));
};

describe('a draft that was copied from another city', () => {
	test('says that it names that city, and in how many places', async () => {
		expect((await places()).map(({ part, was, now, doubt }) => [part, was, now, doubt])).toEqual([
			['heading', 'ALDER FALLS', 'DUNMERE', null],
			['text', 'Alder Falls', 'Dunmere', null],
			['text', 'Alder Falls', 'Dunmere', null],
			['text', 'Alder Falls', 'Dunmere', 'cited'],
		]);
		expect(await notice()).toEqual({ names: [{ name: 'Alder Falls', n: 4, sure: true }], title: null, own: 'Dunmere' });
		await as((tx) => rename(id, 'Warrants in Alder Falls', dunmere, world, tx));
		expect((await notice())?.title).toBe('Alder Falls');
	});

	test('gets its own name in one edit, keeps the rest as meant, and asks again once that is undone', async () => {
		const before = await state();
		const [heading, police, meant, cited] = (await places()).map(nameOfPlace) as [string, string, string, string];
		const made = await put([heading, police], [meant, cited]);
		expect(made).toEqual({ seq: 2, was: 1, put: 2, kept: 2, missed: 0 });
		const one = await section();
		expect(one?.heading).toBe('CITY OF DUNMERE');
		expect(one?.text).toBe(
			'The Dunmere Police Department obeys, as Alder Falls did in 2019. Alder Falls Ordinance 12 stays.',
		);
		expect((await as((tx) => edits(id, tx))).map(({ act }) => act)).toEqual(['named', 'copied']);
		expect(await open()).toEqual([]);
		expect(await notice()).toBeNull();
		expect((await places()).map(({ kept }) => kept)).toEqual([true, true]);
		// Words at the end of the provision are nobody's name, and nothing is asked.
		await write((words) => `${words} It ends here.`);
		expect(await notice()).toBeNull();
		// Where the words around a name change it is asked about again.
		await write((words) => words.replace('as Alder', 'like Alder'));
		expect((await open()).map(({ at }) => at)).toEqual([(one?.text.indexOf('Alder') as number) + 2]);
		const { seq: from } = await state();
		await as((tx) => restore(id, { to: 1, from }, dunmere, world, tx));
		expect((await state()).provisions).toEqual(before.provisions);
		expect((await notice())?.names).toEqual([{ name: 'Alder Falls', n: 4, sure: true }]);
	});

	test('can leave all as they are, which is an edit, and put a name in later after all', async () => {
		const all = (await places()).map(nameOfPlace);
		expect(await put([], all)).toMatchObject({ seq: 2, put: 0, kept: 4 });
		expect((await as((tx) => edits(id, tx)))[0]?.act).toBe('names_kept');
		expect(await notice()).toBeNull();
		// The same once more is nothing.
		expect(await put([], all)).toMatchObject({ seq: 2, put: 0 });
		expect(await put([all[0] as string], all.slice(1))).toMatchObject({ seq: 3, put: 1, kept: 3 });
		expect(await notice()).toBeNull();
	});

	test('is asked about no more in the draft that amends what it became', async () => {
		const [heading, ...others] = (await places()).map(nameOfPlace);
		await put([heading ?? ''], others);
		await fillAll(id, 'City Council', dunmere, world);
		await adopted(id, { number: 'Ordinance 2026-12' }, dunmere, world);
		id = await as((tx) => beginAmendment(id, dunmere, world, tx));
		expect((await places()).map(({ kept }) => kept)).toEqual([true, true, true]);
		expect(await notice()).toBeNull();
		await write((words) => words.replace('as Alder', 'like Alder'));
		expect(await open()).toHaveLength(1);
	});

	test('touches no words that somebody changed since they were read, and nothing that is not there', async () => {
		const all = (await places()).map(nameOfPlace);
		await write((words) => `Now: ${words}`);
		expect(await put(all, [], 1)).toEqual({ seq: 2, was: 2, put: 0, kept: 0, missed: 4 });
		expect(await put(['p1.text.0', '', 'x'], ['y'])).toEqual({ seq: 2, was: 2, put: 0, kept: 0, missed: 4 });
		expect((await section())?.text).toMatch(/^Now: The Alder Falls/);
		await expect(
			as((tx) => putNames(id, { put: new Set(all), keep: new Set(), since: 2 }, alder, world, tx), alder),
		).rejects.toMatchObject({ name: 'NotFound' });
	});

	test('tells a program the same, and lets it decide', async () => {
		const look = LOOKS.find(({ name }) => name === 'names');
		const deed = DEEDS.find(({ name }) => name === 'names');
		if (!look || !deed) throw new Error('There are no names.');
		const { records } = await lookAt(id, look, dunmere, world);
		expect(records[1]).toMatchObject({ before: 'The ', was: 'Alder Falls', now: 'Dunmere', doubt: null, kept: false });
		const ids = records.map((one) => String(one.id));
		expect(await deed.run(id, { put: ids.slice(0, 2), keep: ids.slice(2), since: 1 }, dunmere, world)).toEqual({
			...{ seq: 2, put: 2, kept: 2, missed: 0 },
		});
		expect((await lookAt(id, look, dunmere, world)).records.map(({ kept }) => kept)).toEqual([true, true]);
	});
});

test('a model, and what a city adopted itself, name nobody else', async () => {
	id = await begun('Of the model', dunmere, world, { path: DETAINERS });
	expect(await notice()).toBeNull();
	expect(await as(async (tx) => namesOf(await stateOf(id, dunmere, tx), tx))).toBeNull();
	const own = await begun('Of its own', alder, world, { path });
	expect(await as(async (tx) => noticeOf(await stateOf(own, alder, tx), tx), alder)).toBeNull();
	// One more source is enough.
	const { workId, expressionId } = await textAt(path, world);
	await as((tx) =>
		copyInto(id, { copied: { workId, expressionId, only: ['sec_13'] }, after: null }, dunmere, world, tx),
	);
	expect((await notice())?.names).toEqual([{ name: 'Alder Falls', n: 4, sure: true }]);
});

test('a text says it before it is copied, to another city alone', async () => {
	const { workId, provisions } = await textAt(path, world);
	const told = (city: string) =>
		world.db.as(SYSTEM, (tx) =>
			noticeOfWork({ id: workId, title: 'Warrants in Alder Falls' }, provisions, cityOf(city), tx),
		);
	expect(await told('dunmere')).toEqual({
		...{ names: [{ name: 'Alder Falls', n: 4, sure: true }], title: 'Alder Falls', own: 'Dunmere' },
	});
	expect(await told('alder-falls')).toBeNull();
	expect(await told('nowhere')).toBeNull();
});
