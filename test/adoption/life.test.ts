import { expect, test } from 'vitest';
import { borrow } from '#adoption/borrow.server.ts';
import { isOpen } from '#adoption/draft.ts';
import { edits } from '#adoption/history.server.ts';
import { closeDraft, rename, reopenDraft } from '#adoption/life.server.ts';
import { comment } from '#adoption/remark/remarks.server.ts';
import { restore } from '#adoption/restore.server.ts';
import { draftLines, stateOf } from '#adoption/state.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import type { Tx } from '#platform/world.ts';
import { signedIn } from '../access/signed-in.ts';
import { adopted, fillAll } from './adopted.ts';
import { begun } from './begun.ts';
import { stocked } from './stocked.ts';

const { here, world, cityOf } = await stocked();
here.now = new Date('2026-11-27T12:00:00Z');
const { actor: clerk } = await signedIn(world, { role: 'member', placeId: cityOf('alder-falls') });
const { actor: watching } = await signedIn(world, { role: 'observer', placeId: cityOf('alder-falls') });
const { actor: stranger } = await signedIn(world, { role: 'member', placeId: cityOf('wexmoor') });
const as = <T>(verb: (tx: Tx) => Promise<T>, actor = clerk) => world.db.as(actor, verb);
const state = (id: string) => as((tx) => stateOf(id, clerk, tx));

test('a draft gets another title, and the one it had is kept with its day and author', async () => {
	const id = await begun('Warants', clerk, world);
	await as((tx) => rename(id, '  Judicial \n warrants ', clerk, world, tx));
	expect((await state(id)).draft).toMatchObject({ title: 'Judicial warrants', seq: 2 });
	const titles = await as((tx) =>
		tx
			.selectFrom('adoption_edit')
			.select(['act', 'former_title', 'person'])
			.where('draft_id', '=', id)
			.orderBy('seq')
			.execute(),
	);
	expect(titles).toEqual([
		{ act: 'copied', former_title: null, person: clerk.person },
		{ act: 'renamed', former_title: 'Warants', person: clerk.person },
	]);
	// The same again is no edit.
	await as((tx) => rename(id, 'Judicial warrants', clerk, world, tx));
	expect((await state(id)).seq).toBe(2);
	await expect(as((tx) => rename(id, ' … ', clerk, world, tx))).rejects.toThrow('at most 300 letters');
	await expect(as((tx) => rename(id, 'x'.repeat(301), clerk, world, tx))).rejects.toThrow('at most 300 letters');
	await expect(as((tx) => rename(id, 'Mine', watching, world, tx), watching)).rejects.toThrow('may not');
	await expect(as((tx) => rename(id, 'Mine', stranger, world, tx), stranger)).rejects.toThrow('no such draft');
	expect((await state(id)).draft.title).toBe('Judicial warrants');
});

test('a closed draft is read and not changed, and opened again it is as it was', async () => {
	const id = await begun('Mistaken', clerk, world);
	const before = await state(id);
	await as((tx) => closeDraft(id, clerk, world, tx));
	const closed = await state(id);
	expect([closed.draft.closed, isOpen(closed.draft)]).toEqual([here.now, false]);
	expect(closed.provisions).toEqual(before.provisions);
	expect((await as((tx) => draftLines(clerk, tx))).find((one) => one.id === id)?.closed).toEqual(here.now);
	const [one] = closed.provisions;
	const typed = { heading: '', words: 'Other words.' };
	const clause = { workId: id, expressionId: id, eId: 'sec_1' };
	const said = { provision: one?.id ?? '', words: '', text: 'Why?', room: 'city', since: 1 } as const;
	for (const verb of [
		(tx: Tx) => saveWords(id, one?.id ?? '', { typed, since: closed.seq }, clerk, world, tx),
		(tx: Tx) => restore(id, { to: 1, from: closed.seq }, clerk, world, tx),
		(tx: Tx) => rename(id, 'Other', clerk, world, tx),
		(tx: Tx) => borrow(id, { provision: one?.id ?? '', clause, since: closed.seq }, clerk, world, tx),
		(tx: Tx) => closeDraft(id, clerk, world, tx),
		(tx: Tx) => comment(id, said, clerk, world, tx),
	])
		await expect(as<unknown>(verb)).rejects.toThrow('This draft is closed');
	await expect(as((tx) => reopenDraft(id, watching, world, tx), watching)).rejects.toThrow('may not');
	await expect(as((tx) => reopenDraft(id, stranger, world, tx), stranger)).rejects.toThrow('no such draft');
	await as((tx) => reopenDraft(id, clerk, world, tx));
	await as((tx) => reopenDraft(id, clerk, world, tx));
	const open = await state(id);
	expect([open.draft.closed, open.seq, open.provisions]).toEqual([null, 3, before.provisions]);
	expect((await as((tx) => edits(id, tx))).map(({ act }) => act)).toEqual(['reopened', 'closed', 'copied']);
	await as((tx) => saveWords(id, one?.id ?? '', { typed, since: 3 }, clerk, world, tx));
	expect((await state(id)).seq).toBe(4);
});

test('what was adopted is neither renamed nor closed', async () => {
	const id = await begun('Adopted', clerk, world);
	await fillAll(id, 'City of Alder Falls', clerk, world);
	await adopted(id, { number: 'Ordinance 2026-31' }, clerk, world);
	await expect(as((tx) => rename(id, 'Other', clerk, world, tx))).rejects.toThrow('was adopted');
	await expect(as((tx) => closeDraft(id, clerk, world, tx))).rejects.toThrow('was adopted');
});
