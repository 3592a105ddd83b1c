import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#access/actor.ts';
import { answer } from '#adoption/answers.server.ts';
import { restore } from '#adoption/restore.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { sentOf } from '#adoption/word/sent.ts';
import { setAside, takeUpAgain } from '#adoption/word/set-aside.server.ts';
import { lineOf } from '#adoption/word/suggest.ts';
import { decide, reopen, takeIn, uploadsOf } from '#adoption/word/suggestions.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import type { Tx } from '#platform/world.ts';
import { signedIn } from '../access/signed-in.ts';
import { begun } from './begun.ts';
import { counselFile, type Remark, type Typed, type TypedParagraph } from './counsel.ts';
import { stocked } from './stocked.ts';

const { world, cityOf } = await stocked();
const clerk = await signedIn(world, { role: 'member', placeId: cityOf('alder-falls') });
const watching = await signedIn(world, { role: 'observer', placeId: cityOf('alder-falls') });
const stranger = await signedIn(world, { role: 'member', placeId: cityOf('dunmere') });
const as = <T>(actor: Actor, verb: (tx: Tx) => Promise<T>) => world.db.as(actor, verb);
let id = '';
beforeEach(async () => {
	id = await begun('Warrants', clerk.actor, world);
	await as(clerk.actor, (tx) => answer(id, { city: 'Alder Falls' }, clerk.actor, world, tx));
});

const state = (at?: number) => as(clerk.actor, (tx) => stateOf(id, clerk.actor, tx, at));
const uploads = (actor = clerk.actor) => as(actor, (tx) => uploadsOf(id, actor, tx));
const sent = async () => {
	const lines = sentOf(await state());
	return lines.map((provision) => ({ ...provision, line: lineOf(provision) })).filter(({ line }) => line.trim() !== '');
};
const send = async (paragraphs: readonly TypedParagraph[], remarks: readonly Remark[] = [], name = 'back.docx') =>
	takeIn(id, { name, bytes: counselFile(paragraphs, remarks) }, clerk.actor, world);
const plain = (text: string): TypedParagraph => ({ pieces: [{ op: 'same', text }] });
const choose = (upload: string, nth: string, take = true) =>
	as(clerk.actor, (tx) => decide(id, { upload, id: nth, take }, clerk.actor, world, tx));

/** A paragraph with a word struck and another written for it. */
function replaced(line: string, word: string, by: string): TypedParagraph {
	const [before = '', ...after] = line.split(word);
	const pieces: Typed[] = [
		{ op: 'same', text: before },
		{ op: 'removed', text: word },
		{ op: 'added', text: by },
		{ op: 'same', text: after.join(word) },
	];
	return { pieces };
}

async function first() {
	const [upload] = await uploads();
	if (!upload) throw new Error('Nothing came back.');
	return upload;
}

describe('a file that came back', () => {
	test('is kept with what it suggests, and changes nothing of the draft', async () => {
		const lines = await sent();
		const at = lines.findIndex(({ line }) => line.includes('shall not keep a person in custody'));
		const before = await state();
		const made = await send(
			lines.map(({ line }, n) => (n === at ? replaced(line, 'keep', 'hold') : plain(line))),
			[],
			'From counsel.docx',
		);
		expect(made).toEqual({ id: expect.any(String) });
		const upload = await first();
		expect(upload).toMatchObject({
			name: 'From counsel.docx',
			person: clerk.person,
			seq: 2,
			unplaced: [],
			problems: [],
		});
		expect(upload.suggestions).toMatchObject([
			{
				kind: 'words',
				provision: lines[at]?.id,
				before: 'keep',
				after: 'hold',
				author: 'Ada',
				day: '2026-11-20',
				state: 'open',
			},
		]);
		expect((await state()).provisions).toEqual(before.provisions);
	});

	test('is taken in once, however often it is sent', async () => {
		const lines = await sent();
		const file = lines.map(({ line }, n) =>
			n === 3 ? { pieces: [{ op: 'removed' as const, text: line }] } : plain(line),
		);
		expect(await send(file)).toEqual(await send(file));
		expect(await uploads()).toHaveLength(1);
	});

	test('is refused where it is no Word file, with what to do', async () => {
		const bytes = new TextEncoder().encode('<html><body><p>Section 1. Words of a law.</p></body></html>');
		expect(await takeIn(id, { name: 'a.docx', bytes }, clerk.actor, world)).toMatchObject({
			refused: 'unknown_format',
		});
		expect(await takeIn(id, { name: 'a.docx', bytes: Uint8Array.of(80, 75, 3, 4) }, clerk.actor, world)).toMatchObject({
			refused: expect.any(String),
		});
		expect(await uploads()).toEqual([]);
	});

	test('is there for its city alone, and is taken in by nobody who only reads', async () => {
		const lines = await sent();
		await send(lines.map(({ line }) => plain(line)));
		await expect(uploads(stranger.actor)).rejects.toThrow('no such draft');
		expect(await uploads(watching.actor)).toHaveLength(1);
		const file = { name: 'a.docx', bytes: counselFile(lines.map(({ line }) => plain(`${line} More.`))) };
		await expect(takeIn(id, file, watching.actor, world)).rejects.toThrow('may not');
		await expect(takeIn(id, file, stranger.actor, world)).rejects.toThrow('no such draft');
	});

	test('is laid beside the state of the draft that it was made of', async () => {
		const lines = await sent();
		const [one, other] = lines.filter(({ text }) => text.length > 60);
		if (!one || !other) throw new Error('The model is short.');
		const { seq } = await state();
		const typed = { heading: one.heading ?? '', words: `${one.text} The clerk keeps a list.` };
		await as(clerk.actor, (tx) => saveWords(id, one.id, { typed, since: seq }, clerk.actor, world, tx));
		const word = other.text.split(' ')[2] ?? '';
		await send(
			lines.map(({ id, line }) => (id === other.id ? replaced(line, ` ${word} `, ' certainly ') : plain(line))),
		);
		const upload = await first();
		expect(upload.seq).toBe(seq);
		expect(upload.suggestions.map(({ kind, provision }) => [kind, provision])).toEqual([['words', other.id]]);
	});

	test('that has changes of our own in it says what was done to them since', async () => {
		const lines = await sent();
		const own = lines.map(
			({ line }, n): TypedParagraph =>
				n === 5
					? {
							pieces: [
								{
									op: 'removed',
									text: 'Words of the model. ',
									by: 'Office of the Clerk',
									date: '2026-11-12T00:00:00Z',
								},
								{ op: 'same', text: line },
							],
						}
					: n === 6
						? { pieces: [{ op: 'added', text: line, by: 'Office of the Clerk', date: '2026-11-12T00:00:00Z' }] }
						: plain(line),
		);
		await send(own);
		expect(await first()).toMatchObject({ suggestions: [], unplaced: [] });
	});
});

describe('a suggestion', () => {
	test('is taken as one more edit, and its blanks stay blanks', async () => {
		const lines = await sent();
		const at = lines.findIndex(({ line }) => line.includes('Alder Falls') && line.split(' ').length > 8);
		const line = lines[at]?.line ?? '';
		const last = line.trim().split(' ').at(-1) ?? '';
		const file = lines.map((one, n) =>
			n === at
				? {
						pieces: [
							{ op: 'same' as const, text: line.slice(0, line.lastIndexOf(last)) },
							{ op: 'added' as const, text: 'certainly ' },
							{ op: 'same' as const, text: last },
						],
					}
				: plain(one.line),
		);
		await send(file);
		const { id: upload, suggestions } = await first();
		expect(suggestions).toHaveLength(1);
		const { seq } = await state();
		expect(await choose(upload, '1')).toEqual({ kind: 'taken', seq: seq + 1 });
		const now = await state();
		const provision = now.provisions.find((one) => one.id === lines[at]?.id);
		expect(`${provision?.heading} ${provision?.text}`).toMatch(/\{\{city\}\}/);
		expect(`${provision?.heading} ${provision?.text}`).toContain('certainly');
		expect((await first()).suggestions).toMatchObject([{ state: 'taken', decidedBy: clerk.person }]);
		await expect(choose(upload, '1', false)).rejects.toThrow('decided this already');
	});

	test('is refused without an edit', async () => {
		const lines = await sent();
		await send(lines.map(({ line }, n) => (n === 4 ? replaced(line, line.split(' ')[1] ?? '', 'other') : plain(line))));
		const { id: upload } = await first();
		const { seq } = await state();
		expect(await choose(upload, '1', false)).toEqual({ kind: 'refused' });
		expect((await state()).seq).toBe(seq);
		expect((await first()).suggestions).toMatchObject([{ state: 'refused' }]);
	});

	test('of one provision is taken after another in any order', async () => {
		const lines = await sent();
		const at = lines.findIndex(({ text }) => text.split(' ').length > 12);
		const words = (lines[at]?.line ?? '').split(' ');
		const pieces = words.flatMap((word, n): Typed[] =>
			n > 3 && n % 3 === 0
				? [
						{ op: 'removed', text: word },
						{ op: 'added', text: `w${n}` },
						{ op: 'same', text: ' ' },
					]
				: [{ op: 'same', text: `${word} ` }],
		);
		await send(lines.map(({ line }, n) => (n === at ? { pieces } : plain(line))));
		const { id: upload, suggestions } = await first();
		for (const { id } of [...suggestions].reverse()) expect(await choose(upload, id)).toMatchObject({ kind: 'taken' });
		const now = (await sent()).find((one) => one.id === lines[at]?.id);
		expect(now?.line).toBe(words.map((word, n) => (n > 3 && n % 3 === 0 ? `w${n}` : word)).join(' '));
	});

	test('gives both readings where the same words were changed since, and is still open', async () => {
		const lines = await sent();
		const one = lines.find(({ text }) => text.includes('shall not keep a person in custody'));
		if (!one) throw new Error('The model has other words.');
		await send(lines.map(({ id, line }) => (id === one.id ? replaced(line, 'keep', 'hold') : plain(line))));
		const { id: upload } = await first();
		const { seq } = await state();
		const typed = { heading: one.heading ?? '', words: one.text.replace('keep', 'detain') };
		await as(clerk.actor, (tx) => saveWords(id, one.id, { typed, since: seq }, clerk.actor, world, tx));
		expect(await choose(upload, '1')).toMatchObject({ kind: 'clash', theirs: one.text.replace('keep', 'hold') });
		expect((await first()).suggestions).toMatchObject([{ state: 'open' }]);
		expect((await state()).seq).toBe(seq + 1);
	});

	test('gives the words of both, without number and heading, where the file strikes what was written over since', async () => {
		const lines = await sent();
		const one = lines.find(({ heading, text }) => heading !== null && text.includes('no private right'));
		if (!one) throw new Error('The model has other words.');
		const struck: TypedParagraph = { pieces: [{ op: 'removed', text: one.line }], mark: 'removed' };
		await send(lines.map(({ id, line }) => (id === one.id ? struck : plain(line))));
		const { id: upload } = await first();
		const typed = { heading: one.heading ?? '', words: one.text.replace('no private right', 'a private right') };
		await as(clerk.actor, async (tx) => {
			const { seq } = await stateOf(id, clerk.actor, tx);
			await saveWords(id, one.id, { typed, since: seq }, clerk.actor, world, tx);
		});
		expect(await choose(upload, '1')).toEqual({ kind: 'clash', ours: typed.words, theirs: one.text });
	});

	test('puts a provision where it stands in the file, with the number that is its turn', async () => {
		const lines = await sent();
		const at = lines.findLastIndex(({ number }) => /^\(b\)/.test(number ?? ''));
		const file = lines.flatMap(({ line }, n): TypedParagraph[] =>
			n === at
				? [plain(line), { pieces: [{ op: 'added', text: '(c)\tThe clerk keeps a list of them.' }], mark: 'added' }]
				: [plain(line)],
		);
		await send(file);
		const { id: upload } = await first();
		expect(await choose(upload, '1')).toMatchObject({ kind: 'taken' });
		const { provisions } = await state();
		const made = provisions.find(({ text }) => text === 'The clerk keeps a list of them.');
		const before = provisions.find(({ id }) => id === lines[at]?.id);
		expect(made).toMatchObject({ kind: before?.kind, parent: before?.parent, number: '(c)' });
	});

	test('takes a provision out only with what lies in it', async () => {
		const { provisions } = await state();
		const section = provisions.findIndex(({ id }, n) => provisions.some(({ parent }) => parent === n) && id !== '');
		const inside = provisions.filter(({ parent }) => parent === section).map(({ id }) => id);
		const lines = await sent();
		const own = provisions[section]?.id ?? '';
		const struck = (line: string): TypedParagraph => ({ pieces: [{ op: 'removed', text: line }], mark: 'removed' });
		await send(lines.map(({ id, line }) => (id === own ? struck(line) : plain(line))));
		expect(await choose((await first()).id, '1')).toEqual({ kind: 'inside' });
		expect(inside.length).toBeGreaterThan(0);
		const all = provisions.filter((_, n) => {
			for (let up: number | null = n; up !== null; up = provisions[up]?.parent ?? null) if (up === section) return true;
			return false;
		});
		const gone = new Set(all.map(({ id }) => id));
		await send(
			lines.map(({ id, line }) => (gone.has(id) ? struck(line) : plain(line))),
			[],
			'second.docx',
		);
		const upload = (await uploads()).find(({ name }) => name === 'second.docx');
		const one = upload?.suggestions.find(({ provision }) => provision === own);
		expect(await choose(upload?.id ?? '', one?.id ?? '')).toMatchObject({ kind: 'taken' });
		expect((await state()).provisions).toHaveLength(provisions.length - all.length);
		expect(
			(await uploads()).find(({ name }) => name === 'second.docx')?.suggestions.filter(({ state }) => state === 'open'),
		).toEqual([]);
	});

	test('that is a comment is settled, and the draft stays', async () => {
		const lines = await sent();
		const file = lines.map(({ line }, n) =>
			n === 2 ? { pieces: [{ op: 'same' as const, text: line, on: ['0'] }] } : plain(line),
		);
		await send(file, [{ id: '0', by: 'Ada', text: 'Is this so?' }]);
		const { id: upload, suggestions } = await first();
		expect(suggestions).toMatchObject([{ kind: 'comment', after: 'Is this so?', provision: lines[2]?.id }]);
		expect(await choose(upload, '1')).toEqual({ kind: 'settled' });
	});

	test('is open again when somebody thinks again, and taking it once more changes nothing that stands', async () => {
		const lines = await sent();
		const at = lines.findIndex(({ line }) => line.includes('shall not keep a person in custody'));
		await send(lines.map(({ line }, n) => (n === at ? replaced(line, 'keep', 'hold') : plain(line))));
		const { id: upload } = await first();
		const { seq } = await state();
		const again = (actor: Actor) => as(actor, (tx) => reopen(id, { upload, id: '1' }, actor, world, tx));
		await choose(upload, '1');
		await again(clerk.actor);
		expect((await first()).suggestions).toMatchObject([{ state: 'open', decidedBy: null, decidedAt: null }]);
		expect(await choose(upload, '1')).toEqual({ kind: 'taken', seq: seq + 1 });
		await again(clerk.actor);
		await as(clerk.actor, (tx) => restore(id, { to: seq, from: seq + 1 }, clerk.actor, world, tx));
		expect(await choose(upload, '1')).toEqual({ kind: 'taken', seq: seq + 3 });
		expect((await sent())[at]?.line).toContain('shall not hold a person in custody');
		await expect(again(stranger.actor)).rejects.toThrow('no such suggestion');
		await expect(again(watching.actor)).rejects.toThrow('may not');
	});
});

describe('the wrong file', () => {
	/** A file with four suggestions, of which the first was taken and the second refused. */
	async function halfDecided() {
		const lines = await sent();
		const long = lines.filter(({ text }) => text.split(' ').length > 6).slice(0, 4);
		await send(lines.map((one) => (long.includes(one) ? plain(`${one.line} Otherwise.`) : plain(one.line))));
		const { id: upload } = await first();
		await choose(upload, '1');
		await choose(upload, '2', false);
		return upload;
	}
	const states = async () => (await first()).suggestions.map(({ state }) => state);
	const aside = (upload: string, actor = clerk.actor) => as(actor, (tx) => setAside(id, upload, actor, world, tx));
	const again = (upload: string, actor = clerk.actor) => as(actor, (tx) => takeUpAgain(id, upload, actor, world, tx));

	test('is set aside whole: what is open is refused, and what was decided stays', async () => {
		const upload = await halfDecided();
		const { seq } = await state();
		expect(await aside(upload)).toBe(2);
		expect(await states()).toEqual(['taken', 'refused', 'refused', 'refused']);
		expect((await first()).aside).toEqual({ at: expect.any(Date), by: clerk.person, n: 2 });
		expect((await state()).seq).toBe(seq);
		await expect(aside(upload)).rejects.toThrow('decided already');
	});

	test('is opened again as far as it was set aside, once', async () => {
		const upload = await halfDecided();
		await expect(again(upload)).rejects.toThrow('not set aside');
		await aside(upload);
		expect(await again(upload)).toBe(2);
		expect(await states()).toEqual(['taken', 'refused', 'open', 'open']);
		expect((await first()).aside).toBeNull();
		await expect(again(upload)).rejects.toThrow('not set aside');
	});

	test('is set aside by nobody who only reads, and by no other city', async () => {
		const upload = await halfDecided();
		await expect(aside(upload, watching.actor)).rejects.toThrow('may not');
		await expect(aside(upload, stranger.actor)).rejects.toThrow('no such');
		await expect(aside('none')).rejects.toThrow('no such file');
		await expect(again(upload, stranger.actor)).rejects.toThrow('no such');
		expect(await states()).toEqual(['taken', 'refused', 'open', 'open']);
	});

	test('is not taken in where it is the packet for the agenda', async () => {
		const lines = (await sent()).map(({ line }) => plain(line));
		expect(await send([...lines, plain('No fiscal note was prepared for this item.')])).toEqual({
			refused: 'packet',
			detail: expect.stringContaining('not the draft'),
		});
		expect(await uploads()).toEqual([]);
	});
});
