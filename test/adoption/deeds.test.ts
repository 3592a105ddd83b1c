import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#access/actor.ts';
import { Clash } from '#adoption/program/clash.ts';
import { DEEDS } from '#adoption/program/deeds.server.ts';
import { drafts, LOOKS, wholeDraft } from '#adoption/program/looks.server.ts';
import { sendIn } from '#adoption/program/sending.server.ts';
import { begin } from '#adoption/program/text.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { DETAINERS } from './begun.ts';
import { bodiesOf } from './bodies.ts';
import { counselFile } from './counsel.ts';
import { doing } from './doing.ts';
import { stocked } from './stocked.ts';

const { world, cityOf, here } = await stocked();
const clerk = await signedIn(world, { role: 'member', placeId: cityOf('alder-falls') });
const attorney = await signedIn(world, { role: 'counsel', placeId: cityOf('alder-falls') });
const stranger = await signedIn(world, { role: 'counsel', placeId: cityOf('dunmere') });
const program = (of: { readonly actor: Actor }, opens: 'read' | 'change' = 'change'): Actor => ({
	...of.actor,
	program: opens,
});
const EARLIER = 'coalition/detainers/2026-10-29';

let id = '';
beforeEach(async () => {
	({ id } = await begin({ title: 'Detainers', from: EARLIER }, program(clerk), world));
});

const { done: does, look: looks } = doing(world);
const done = (name: string, sent: object, actor = program(clerk)) => does(name, sent, actor, id);
const look = (name: string, actor = program(clerk)) => looks(name, actor, id);
type Provision = {
	readonly id: string;
	readonly number: string | null;
	readonly words: string;
	readonly since: number;
};
const whole = async (at: number | null = null) => (await wholeDraft(id, at, program(clerk, 'read'), world)).record;
const provisions = async () => (await whole()).provisions as readonly Provision[];
async function worded(words: string): Promise<Provision> {
	const found = (await provisions()).find((one) => one.words.includes(words));
	if (!found) throw new Error(`No provision says ${words}.`);
	return found;
}

const wordsOf = (reading: unknown) => (reading as { readonly words: string }).words.split(' ');

describe('a draft by a program', () => {
	test('begins with the latest version of a policy, one of its versions, or some provisions', async () => {
		const of = async (from: string, provisions?: readonly string[]) => {
			const made = await begin({ title: 'A', from, ...(provisions ? { provisions } : {}) }, program(clerk), world);
			const { record } = await wholeDraft(made.id, null, program(clerk), world);
			const [source] = record.sources as { address: string; whole: boolean }[];
			return [source?.address, source?.whole, (record.provisions as unknown[]).length];
		};
		const [address, isWhole, all] = await of('coalition/detainers');
		expect([address, isWhole]).toEqual([DETAINERS, true]);
		expect(await of(`https://compact.example/es/library/${DETAINERS}`)).toEqual([DETAINERS, true, all]);
		expect(await of(`${DETAINERS}/sec_3`)).toEqual([DETAINERS, false, expect.any(Number)]);
		expect((await of(DETAINERS, ['sec_1']))[2]).toBeLessThan(all as number);
		await expect(of('coalition/nothing')).rejects.toMatchObject({ name: 'NotFound' });
		await expect(of(DETAINERS, ['sec_999'])).rejects.toMatchObject({ name: 'Invalid' });
		expect((await drafts(program(clerk, 'read'), world)).length).toBeGreaterThan(4);
	});

	test('takes answers all or none, and says which blank there is not', async () => {
		expect(await done('answer', { answers: { city: 'Alder Falls' } })).toEqual({ seq: 2 });
		await expect(done('answer', { answers: { town: 'Alder Falls' } })).rejects.toThrow(
			/There is no blank town in this draft\. There are: .*city/,
		);
		const blanks = (await whole()).blanks as { blank: string; kind: string; answer: string | null }[];
		const number = blanks.find(({ kind }) => kind === 'number');
		await expect(done('answer', { answers: { city: 'Elsewhere', [number?.blank ?? '']: 'some' } })).rejects.toThrow(
			`${number?.blank}: Write a whole number`,
		);
		const after = (await whole()).blanks as typeof blanks;
		expect(after.find(({ blank }) => blank === 'city')?.answer).toBe('Alder Falls');
	});

	test('merges words that others wrote elsewhere meanwhile, and tells all readings where they wrote the same', async () => {
		const one = await worded('shall not keep a person in custody');
		const mine = one.words.replace('shall not keep', 'must not keep');
		expect(await done('words', { provision: one.id, words: mine, since: 1 })).toEqual({ seq: 2, merged: false });
		const others = one.words.replace('a person in custody', 'anybody in custody');
		expect(await done('words', { provision: one.id, words: others, since: 1 }, program(attorney))).toEqual({
			seq: 3,
			merged: true,
		});
		expect((await worded('must not keep anybody in custody')).id).toBe(one.id);
		const third = done('words', {
			provision: one.id,
			words: one.words.replace('shall not keep', 'may never keep'),
			since: 1,
		});
		await expect(third).rejects.toBeInstanceOf(Clash);
		const clash = (await third.catch((error) => error)) as Clash;
		expect(clash.readings).toHaveLength(1);
		expect(clash.readings[0]).toMatchObject({
			base: expect.any(String),
			draft: expect.any(String),
			wanted: expect.any(String),
		});
		expect(
			Object.values(clash.readings[0] ?? {}).map((reading) => reading?.match(/shall|must|may never/)?.[0]),
		).toEqual(['shall', 'must', 'may never']);
		expect((await whole()).seq).toBe(3);
		await expect(done('words', { provision: 'none', words: 'A', since: 3 })).rejects.toMatchObject({
			name: 'NotFound',
		});
		await expect(done('words', { provision: one.id, words: 'A', since: 99 })).rejects.toThrow('The draft has 3 edits.');
	});

	test('adds, splits, joins, moves and removes provisions, and brings an earlier state back', async () => {
		const before = await provisions();
		const one = await worded('shall not keep a person in custody');
		const added = await done('structure', {
			act: 'added',
			after: one.id,
			words: 'It keeps a log. It shows the log to the council.',
		});
		expect((await worded('It keeps a log.')).id).toBe(added.provision);
		const cut = await done('structure', {
			act: 'split',
			provision: String(added.provision),
			begins: 'It shows the log',
		});
		expect((await worded('It shows the log')).id).toBe(cut.provision);
		expect((await worded('It keeps a log.')).words).toBe('It keeps a log.');
		await done('structure', { act: 'joined', provision: String(added.provision) });
		expect((await worded('It keeps a log.')).words).toBe('It keeps a log. It shows the log to the council.');
		await done('structure', { act: 'moved', provision: String(added.provision), after: before.at(-1)?.id });
		expect((await provisions()).at(-1)?.id).toBe(added.provision);
		await done('structure', { act: 'removed', provision: String(added.provision) });
		expect((await provisions()).map((each) => each.id)).toEqual(before.map((each) => each.id));
		const { seq } = await whole();
		await expect(done('restore', { to: 1, from: 2 })).rejects.toMatchObject({ name: 'Conflict' });
		await done('restore', { to: 2, from: seq as number });
		expect((await worded('It keeps a log.')).id).toBe(added.provision);
		expect((await look('edits')).map(({ act }) => act)).toEqual([
			...['restored', 'removed', 'moved', 'joined', 'split', 'added', 'copied'],
		]);
	});

	test.each([
		['nowhere', { act: 'moved', provision: 'p' }, 'Say where it is moved'],
		['to two places', { act: 'moved', provision: 'p', after: 'a', inside: 'b' }, 'Say one place'],
		['without a provision', { act: 'removed' }, 'Send provision: the id of the one that is removed.'],
		['of a provision that is gone', { act: 'removed', provision: 'none' }, 'This provision is no longer there.'],
		['after one that is gone', { act: 'added', after: 'none', words: 'A' }, 'is no longer there'],
		['by nobody’s name', { act: 'burnt' }, 'act takes one of added, removed, split, joined, moved.'],
	])('refuses a change of structure %s', async (_, sent, sentence) => {
		await expect(done('structure', sent)).rejects.toThrow(sentence);
	});

	test('splits only before words that stand once, and not at the first', async () => {
		const one = await worded('shall not keep a person in custody');
		for (const begins of ['', 'no such words', one.words.split(' ')[0] ?? '', 'a'])
			await expect(done('structure', { act: 'split', provision: one.id, begins })).rejects.toMatchObject({
				name: 'Invalid',
			});
		expect((await whole()).seq).toBe(1);
	});

	test('takes over a newer version, and is told all readings of a clash', async () => {
		const offers = await look('newer');
		expect(offers.length).toBeGreaterThan(2);
		const changed = offers.find(({ kind }) => kind === 'changed');
		const of = { source: Number(changed?.source), version: String(changed?.version), change: String(changed?.change) };
		const theirs = wordsOf(changed?.theirs);
		const base = wordsOf(changed?.copied);
		const at = base.findIndex((word, n) => word !== theirs[n]);
		await done('words', {
			provision: String(changed?.provision),
			words: base.with(at, 'otherwise').join(' '),
			since: 1,
		});
		const clash = await done('newer', { ...of, decision: 'take' }).catch((error) => error);
		expect(clash).toBeInstanceOf(Clash);
		expect(clash.readings[0].draft).toContain('otherwise');
		await expect(done('newer', { ...of, decision: 'edit' })).rejects.toThrow('Send words and since');
		await expect(done('newer', { source: 1, version: of.version, decision: 'take' })).rejects.toThrow('Send change');
		expect((await done('newer', { ...of, decision: 'keep' })).taken).toBe(0);
		const all = await done('newer', { source: of.source, version: of.version, decision: 'take_all' });
		expect(all.taken).toBeGreaterThan(0);
		expect(await look('newer')).toEqual([]);
		await expect(done('newer', { ...of, decision: 'take' })).rejects.toThrow('newer.json has those there are');
	});

	test('is told what a Word file suggests, and takes it or not', async () => {
		const one = await worded('shall not keep a person in custody');
		const [before = '', after = ''] = `${one.words}`.split('shall not');
		const label = one.number === null ? '' : `${one.number}\t`;
		const file = counselFile([
			{
				pieces: [
					{ op: 'same', text: label + before },
					{ op: 'removed', text: 'shall not' },
					{ op: 'added', text: 'must not' },
					{ op: 'same', text: after },
				],
			},
		]);
		const sent = await sendIn(id, { name: 'C:\\Docs\\back.docx', bytes: file }, program(clerk), world);
		expect(sent.suggestions).toBeGreaterThan(0);
		expect((await look('uploads')).map(({ name, sent_by }) => [name, sent_by])).toEqual([
			['back.docx', 'Person of member'],
		]);
		const found = (await look('suggestions')).find(({ after }) => after === 'must not');
		expect(found).toMatchObject({ kind: 'words', before: 'shall not', provision: one.id, state: 'open' });
		expect(found?.take).toBe(`${sent.upload.slice(0, 8)}:${found?.id}`);
		const decide = (decision: string) => done('suggestion', { upload: sent.upload, id: String(found?.id), decision });
		expect(await decide('take')).toEqual({ seq: 2, became: 'taken' });
		await worded('must not keep');
		await expect(decide('refuse')).rejects.toMatchObject({ name: 'Conflict' });
		expect(await decide('reopen')).toEqual({ seq: null, became: 'open' });
		expect(await decide('refuse')).toEqual({ seq: null, became: 'refused' });
		const open = (await look('suggestions')).filter(({ state }) => state === 'open').length;
		const whole = (decision: string) => done('file', { upload: sent.upload, decision });
		expect(await whole('set_aside')).toEqual({ became: 'set_aside', suggestions: open });
		expect(await whole('reopen')).toEqual({ became: 'open', suggestions: open });
		await expect(
			sendIn(id, { name: 'a.docx', bytes: new Uint8Array([1]) }, program(clerk), world),
		).rejects.toMatchObject({ name: 'Invalid' });
	});

	test('is commented in the room that the key opens, answered, assigned and resolved', async () => {
		const one = await worded('shall not keep a person in custody');
		await done('comment', { provision: one.id, words: 'a person in custody', text: 'Who?', since: 1 });
		await done('comment', { provision: one.id, text: 'Risk.', room: 'counsel', since: 1 }, program(attorney));
		await expect(done('comment', { provision: one.id, text: 'A', room: 'counsel', since: 1 })).rejects.toMatchObject({
			name: 'Forbidden',
		});
		await expect(done('comment', { provision: one.id, words: 'no such words', text: 'A', since: 1 })).rejects.toThrow(
			'These words stand nowhere',
		);
		expect((await look('comments')).map(({ text }) => text)).toEqual(['Who?']);
		expect((await look('comments', program(attorney))).map(({ label }) => label).toSorted()).toEqual(['1', 'C1']);
		const comment = String((await look('comments'))[0]?.id);
		await done('reply', { comment, text: 'Anybody.' });
		await done('settle', { comment, act: 'assigned', seat: attorney.seat });
		await done('settle', { comment, act: 'resolved' }, program(attorney));
		const [told] = await look('comments');
		expect(told).toMatchObject({
			quote: 'a person in custody',
			assigned: { seat: attorney.seat },
			resolved_by: { seat: attorney.seat },
		});
		expect(told?.replies).toMatchObject([{ text: 'Anybody.' }]);
	});

	test('is told other words for some of its own, which are taken or refused, and not over words that were changed since', async () => {
		const one = await worded('shall not keep a person in custody');
		const suggest = (words: string, instead: string) =>
			done('comment', { provision: one.id, words, instead, since: 1 }, program(attorney));
		await suggest('shall not', 'must not');
		await suggest('a person in custody', 'anybody');
		await suggest('City personnel', '');
		await expect(suggest('', 'must')).rejects.toThrow('Send words with instead');
		await expect(suggest('shall not', 'shall not')).rejects.toThrow('reads so already');
		await expect(done('comment', { provision: one.id, since: 1 })).rejects.toThrow('Write a comment');
		const [first, second, third] = (await look('comments')).map(({ id }) => String(id));
		expect((await look('comments')).map(({ quote, instead, outcome }) => [quote, instead, outcome])).toEqual([
			['shall not', 'must not', null],
			['a person in custody', 'anybody', null],
			['City personnel', '', null],
		]);
		const settle = (comment: string | undefined, act: string) => done('settle', { comment, act });
		expect(await settle(first, 'taken')).toEqual({ comment: first, seq: 2 });
		await settle(third, 'refused');
		await expect(settle(first, 'refused')).rejects.toMatchObject({ name: 'Conflict' });
		await expect(settle(second, 'resolved')).rejects.toMatchObject({ name: 'Invalid' });
		const words = (await worded('must not keep a person in custody')).words;
		await done('words', { provision: one.id, words: words.replace('a person in custody', 'a prisoner'), since: 2 });
		await expect(settle(second, 'taken')).rejects.toMatchObject({
			readings: [
				{ base: 'a person in custody', draft: words.replace('a person in custody', 'a prisoner'), wanted: 'anybody' },
			],
		});
		expect((await look('comments')).map(({ outcome, taken_in }) => [outcome, taken_in])).toEqual([
			['taken', 2],
			[null, null],
			['refused', null],
		]);
	});

	test('has days that are planned and said', async () => {
		await done('plan', { at: 'adopted', day: '2027-06-01' });
		await done('stage', { stage: 'counsel', who: 'City Attorney', due: '2027-01-11', note: null });
		await done('add_stage', { name: 'Committee', after: 'counsel' });
		const stages = await look('dates');
		expect(stages.find(({ stage }) => stage === 'counsel')).toMatchObject({ who: 'City Attorney', due: '2027-01-11' });
		expect(stages.map(({ name }) => name)).toContain('Committee');
		const own = stages.find(({ name }) => name === 'Committee');
		await expect(done('stage', { stage: String(own?.stage), name: null })).rejects.toThrow('needs a name');
		await expect(done('stage', { stage: 'none', who: 'A' })).rejects.toMatchObject({ name: 'NotFound' });
		await expect(done('plan', { at: 'adopted', day: '0001-01-01' })).rejects.toThrow('day takes');
	});

	test('is called otherwise, closed and opened again', async () => {
		expect(await done('rename', { title: ' Warrants ' })).toEqual({ title: 'Warrants' });
		const { seq } = await done('close', {});
		await expect(done('answer', { answers: { city: 'A' } })).rejects.toMatchObject({ name: 'Conflict' });
		expect(await whole()).toMatchObject({ title: 'Warrants', closed_at: expect.any(String) });
		expect(await done('reopen', {})).toEqual({ seq: Number(seq) + 1 });
		await done('answer', { answers: { city: 'A' } });
	});

	test('is recorded once every blank is filled, and closed then', async () => {
		const vote = { number: 'Ordinance 2026-9', adopted: '2026-09-01', vote: '5 to 2', sure: true };
		here.now = new Date('2026-12-01T12:00:00Z');
		await expect(done('adopt', vote)).rejects.toMatchObject({ name: 'Conflict' });
		const blanks = (await whole()).blanks as { blank: string; kind: string; choices: { value: string }[] }[];
		const fill = (kind: string, value?: string) =>
			({ number: '5', date: '2027-01-01', yes_no: 'yes', choice: value ?? '' })[kind] ?? 'The Clerk';
		await done('answer', {
			answers: Object.fromEntries(blanks.map(({ blank, kind, choices }) => [blank, fill(kind, choices[0]?.value)])),
		});
		const { sure, ...unsure } = vote;
		await expect(done('adopt', unsure)).rejects.toThrow(
			'Send sure: it takes true: this is the text that was decided on, and it becomes public.',
		);
		await expect(done('adopt', { ...vote, in_force: '2026-01-01' })).rejects.toThrow(
			'before the day on which it was decided',
		);
		const { address } = await done('adopt', vote);
		expect(address).toMatch(/alder-falls\/ordinance-2026-9$/);
		await expect(done('answer', { answers: { city: 'Elsewhere' } })).rejects.toMatchObject({ name: 'Conflict' });
	});
});

describe('nobody else', () => {
	test.each(DEEDS.map(({ name }) => name))(
		'has %s done to a draft of another city, nor with a key that reads',
		async (name) => {
			const one = await worded('shall not keep a person in custody');
			const before = JSON.stringify(await whole());
			const of = { from: EARLIER, provision: one.id, since: 1, version: 'none', upload: id, comment: id };
			const bodies = bodiesOf(of);
			const failed = await done(name, bodies[name] ?? {}, program(stranger)).catch((error) => error);
			expect([failed.name, failed.message]).toEqual(['NotFound', expect.not.stringContaining('Detainers')]);
			await expect(done(name, bodies[name] ?? {}, program(clerk, 'read'))).rejects.toMatchObject({ name: 'Forbidden' });
			expect(JSON.stringify(await whole())).toBe(before);
		},
	);

	test.each(LOOKS.map(({ name }) => name))('has %s of a draft of another city', async (name) => {
		await expect(look(name, program(stranger))).rejects.toMatchObject({ name: 'NotFound' });
	});
});

const SEQUENCE = fc.record({
	name: fc.constantFrom(...DEEDS.map(({ name }) => name).filter((name) => name !== 'adopt')),
	fields: fc.array(
		fc.tuple(
			fc.nat(),
			fc.oneof(fc.jsonValue(), fc.constantFrom('1', 'p', 'counsel', '2027-01-01', 'take'), fc.nat(5), fc.string()),
		),
	),
});

test('whatever a program sends, it is done or refused with a sentence', async () => {
	await fc.assert(
		fc.asyncProperty(SEQUENCE, async ({ name, fields }) => {
			const deed = DEEDS.find((one) => one.name === name);
			const names = Object.keys(deed?.takes ?? {});
			const sent = Object.fromEntries(fields.map(([n, value]) => [names[n % names.length] ?? '', value]));
			const failed = await deed?.run(id, sent, program(clerk), world).then(
				() => null,
				(error) => error,
			);
			if (failed)
				expect([['Invalid', 'NotFound', 'Conflict', 'Forbidden'].includes(failed.name), failed.message]).toEqual([
					true,
					expect.any(String),
				]);
		}),
		{ numRuns: 200 },
	);
});
