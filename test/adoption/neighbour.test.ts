import { expect, test } from 'vitest';
import { restore } from '#adoption/restore.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { restructure } from '#adoption/structure/restructure.server.ts';
import { sentOf } from '#adoption/word/sent.ts';
import { lineOf } from '#adoption/word/suggest.ts';
import { decide, takeIn, uploadsOf } from '#adoption/word/suggestions.server.ts';
import type { Tx } from '#platform/world.ts';
import { signedIn } from '../access/signed-in.ts';
import { begun } from './begun.ts';
import { counselFile, type TypedParagraph } from './counsel.ts';
import { stocked } from './stocked.ts';

const { world, cityOf } = await stocked();
const { actor } = await signedIn(world, { role: 'member', placeId: cityOf('alder-falls') });
const as = <T>(verb: (tx: Tx) => Promise<T>) => world.db.as(actor, verb);

const ONE = 'The clerk shall post the first of these reports in the lobby of city hall.';
const TWO = 'The clerk shall mail the second of these reports to every library in the county.';
const written = (text: string): TypedParagraph => ({ pieces: [{ op: 'added', text }], mark: 'added' });

/** A draft for which two new paragraphs came back, one behind the other, behind section 3(a). */
async function drafted() {
	const id = await begun('Warrants', actor, world);
	const state = () => as((tx) => stateOf(id, actor, tx));
	const lines = sentOf(await state())
		.map((one) => ({ ...one, line: lineOf(one) }))
		.filter(({ line }) => line.trim() !== '');
	const at = lines.findIndex(({ line }) => line.includes('shall not keep a person in custody'));
	const file = lines.flatMap(({ line }, n): TypedParagraph[] => {
		const same: TypedParagraph = { pieces: [{ op: 'same', text: line }] };
		return n === at ? [same, written(ONE), written(TWO)] : [same];
	});
	await takeIn(id, { name: 'back.docx', bytes: counselFile(file, []) }, actor, world);
	const [upload] = await as((tx) => uploadsOf(id, actor, tx));
	const take = async (after: string) => {
		const nth = upload?.suggestions.find((one) => one.after.includes(after))?.id ?? '';
		return as((tx) => decide(id, { upload: upload?.id ?? '', id: nth, take: true }, actor, world, tx));
	};
	/** What stands before a paragraph. */
	const before = async (words: string) => {
		const { provisions } = await state();
		return provisions[provisions.findIndex(({ text }) => text.includes(words)) - 1]?.text ?? null;
	};
	return { id, state, take, before };
}

test('a suggestion whose neighbour was taken back stands where that stood, not at the end', async () => {
	const { id, state, take, before } = await drafted();
	const { seq } = await state();
	expect(await take(ONE)).toMatchObject({ kind: 'taken' });
	await as((tx) => restore(id, { to: seq, from: seq + 1 }, actor, world, tx));
	expect(await take(TWO)).toMatchObject({ kind: 'taken' });
	expect(await before(TWO)).toContain('shall not keep a person in custody');
});

test('a suggestion whose neighbour somebody took out stands behind what stood before it', async () => {
	const { id, state, take, before } = await drafted();
	await take(ONE);
	const one = (await state()).provisions.find(({ text }) => text.includes(ONE));
	await as((tx) => restructure(id, { act: 'removed', provision: one?.id ?? '' }, actor, world, tx));
	const gone = (await state()).provisions.find(({ text }) => text.includes('shall not keep a person in custody'));
	await as((tx) => restructure(id, { act: 'removed', provision: gone?.id ?? '' }, actor, world, tx));
	expect(await take(TWO)).toMatchObject({ kind: 'taken' });
	const { provisions } = await state();
	const at = provisions.findIndex(({ text }) => text.includes(TWO));
	expect(provisions[at - 1]?.heading).toBe('No hold without a judicial warrant');
	expect(at).toBeLessThan(provisions.length - 10);
	expect(await before(TWO)).toBe('');
});
