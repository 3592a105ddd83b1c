import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type Actor, SYSTEM, VISITOR } from '#access/actor.ts';
import { adopt } from '#adoption/adopt.server.ts';
import { comparison } from '#adoption/against.server.ts';
import { beginAmendment, correctedAt } from '#adoption/amend.server.ts';
import { answer } from '#adoption/answers.server.ts';
import { beginDraft } from '#adoption/begin.server.ts';
import { usualOf } from '#adoption/beside.ts';
import { closeDraft } from '#adoption/life.server.ts';
import { decide, newerOf, takeAll } from '#adoption/newer.server.ts';
import { overtaken } from '#adoption/overtaken.server.ts';
import { comment, deal } from '#adoption/remark/remarks.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import type { Day } from '#kernel/day.ts';
import { addVersion } from '#library/add.server.ts';
import { workAt } from '#library/at.server.ts';
import type { Blank } from '#library/view.ts';
import type { Task } from '#platform/queue.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { handlers } from '#worker/handlers.server.ts';
import { published, read } from '../../bench/adoption/published.ts';
import { leavesOf } from '../../src/routes/adoption/reading.ts';
import { signedIn } from '../access/signed-in.ts';
import { adopted } from './adopted.ts';
import { stocked } from './stocked.ts';

const { here, world: plain, cityOf } = await stocked();
here.now = new Date('2026-11-27T12:00:00Z');
const asked: { task: string; payload: Readonly<Record<string, string>> }[] = [];
const world: World = { ...plain, queue: { add: async (_, task, payload = {}) => void asked.push({ task, payload }) } };
const site = { origin: 'https://c.example', secret: 'x'.repeat(32) };
const tasks: Readonly<Record<string, Task>> = handlers(null, site, world);

const clerk = await signedIn(world, { role: 'member', placeId: cityOf('alder-falls') });
const watching = await signedIn(world, { role: 'observer', placeId: cityOf('alder-falls') });
const stranger = await signedIn(world, { role: 'member', placeId: cityOf('wexmoor') });
const { actor } = clerk;
const as = <T>(verb: (tx: Tx) => Promise<T>, who: Actor = actor) => world.db.as(who, verb);
const state = (id: string) => as((tx) => stateOf(id, actor, tx));
const late = (who = actor) => as((tx) => overtaken('adopted', who, tx), who);

const LOGS = 'The {{city}} shall keep a log of every request that a federal officer makes about a person in custody.';
const VISITS = 'No room of the jail shall be lent to an officer of another government without a judicial warrant.';
const TRAINING = 'Everyone who works in custody shall be trained in this chapter before the first day of work.';
const BLANKS: readonly Blank[] = [
	{
		...{ id: 'city', kind: 'text', default: null },
		label: { en: 'Name of the city', es: 'Nombre de la ciudad' },
		help: { en: '', es: '' },
	},
];
const markdown = (...sections: readonly string[]) =>
	`# A chapter\n\n${sections.map((words, n) => `## Section ${n + 1}. Part ${n + 1}\n\n${words}`).join('\n\n')}\n`;

let models = 0;
/** A model in its first version, and what puts the second on the shelf. */
async function model() {
	const slug = `quiet-chapter-${++models}`;
	const put = (day: string, ...sections: readonly string[]) =>
		published(slug, { day, reading: read(markdown(...sections)), blanks: BLANKS }, world);
	return { first: await put('2026-10-01', LOGS, VISITS), put };
}

/** Begins a draft of the model, changes its second section, and records it as what the city adopted. */
async function made(number: string) {
	const { first, put } = await model();
	const id = await as((tx) => beginDraft({ title: 'Custody', copied: { ...first, only: null } }, actor, world, tx));
	const { provisions } = await state(id);
	const one = provisions.find(({ text }) => text === VISITS);
	const typed = { heading: one?.heading ?? '', words: VISITS.replace('the jail', 'our jail') };
	await as((tx) => saveWords(id, one?.id ?? '', { typed, since: 1 }, actor, world, tx));
	await as((tx) => answer(id, { city: 'City of Alder Falls' }, actor, world, tx));
	const address = await adopted(id, { number }, actor, world);
	return { id, address, put, first };
}

describe('a model that gets a newer version', () => {
	test('is told to the city that adopted it, and offered in a draft that amends what it adopted', async () => {
		const { id, address, put } = await made('Ordinance 2026-50');
		expect((await late()).filter(({ draft }) => draft === id)).toEqual([]);
		const second = await put('2026-11-01', LOGS.replace('every request', 'each and every request'), VISITS, TRAINING);
		expect((await late()).filter(({ draft }) => draft === id)).toEqual([
			{ draft: id, title: 'Custody', became: address, model: 'quiet-chapter-1', day: '2026-11-01', changes: 2 },
		]);
		expect(await late(stranger.actor)).toEqual([]);

		await expect(as((tx) => beginAmendment(id, watching.actor, world, tx), watching.actor)).rejects.toThrow('may not');
		await expect(as((tx) => beginAmendment(id, stranger.actor, world, tx), stranger.actor)).rejects.toThrow(
			'no such draft',
		);
		const next = await as((tx) => beginAmendment(id, actor, world, tx));
		// Asked twice it is one draft, and the list says no more that something waits.
		expect(await as((tx) => beginAmendment(id, actor, world, tx))).toBe(next);
		expect((await late()).filter(({ draft }) => draft === id)).toEqual([]);

		const begun = await state(next);
		expect([begun.draft.amends, begun.draft.seq, begun.answers]).toEqual([address, 1, { city: 'City of Alder Falls' }]);
		expect(begun.sources.map((one) => one.address)).toEqual([
			'coalition/quiet-chapter-1/2026-10-01',
			`${address}/2026-11-20`,
		]);
		// It reads as the policy, word for word.
		const compared = await as((tx) => comparison(begun, usualOf(begun.draft), '2026-11-27' as Day, actor, tx));
		expect(compared.other.kind === 'text' && compared.other.work.address).toBe(address);
		expect(compared.beside.partner.size).toBe(begun.provisions.length);

		// The merge is by three: the model's first version, what the city made of it, and the model now.
		const [newer] = await as((tx) => newerOf(begun, tx));
		expect(newer?.version.id).toBe(second.expressionId);
		expect(newer?.offers.map(({ kind }) => kind)).toEqual(['changed', 'added']);
		await as((tx) => takeAll(next, { source: 1, expressionId: second.expressionId }, actor, world, tx));
		const merged = await state(next);
		expect(merged.provisions.map(({ text }) => text)).toEqual(
			expect.arrayContaining([
				LOGS.replace('every request', 'each and every request'),
				VISITS.replace('the jail', 'our jail'),
				TRAINING,
			]),
		);
		expect(merged.sources[0]?.expressionId).toBe(second.expressionId);

		// Recorded in its turn, it amends the first, and comes from the model.
		const amending = await adopted(next, { number: 'Ordinance 2026-51' }, actor, world);
		const found = await world.db.as(VISITOR, (tx) => workAt(amending, '2026-11-27' as Day, tx));
		const told = found.kind === 'work' ? found.work.relations.map((one) => [one.kind, one.address]) : [];
		expect(told).toEqual(
			expect.arrayContaining([
				['amends', address],
				['modelled_on', 'coalition/quiet-chapter-1'],
			]),
		);
		expect(told).toHaveLength(2);
	});

	test('is offered again where the draft that amended was closed, and not where the city decided on all of it', async () => {
		const { id, put } = await made('Ordinance 2026-60');
		const second = await put('2026-11-01', LOGS.replace('every request', 'each and every request'), VISITS);
		const next = await as((tx) => beginAmendment(id, actor, world, tx));
		await as((tx) => closeDraft(next, actor, world, tx));
		expect((await late()).filter(({ draft }) => draft === id)).toHaveLength(1);
		const again = await as((tx) => beginAmendment(id, actor, world, tx));
		expect(again).not.toBe(next);
		const [newer] = await as(async (tx) => newerOf(await stateOf(again, actor, tx), tx));
		const change = newer?.offers[0]?.change ?? '';
		const which = { source: 1, expressionId: second.expressionId, change };
		await as((tx) => decide(again, which, { decision: 'keep' }, actor, world, tx));
		expect(await as(async (tx) => newerOf(await stateOf(again, actor, tx), tx))).toEqual([]);
		await expect(as((tx) => beginAmendment(again, actor, world, tx))).rejects.toThrow('was not adopted');
	});

	test('is asked about no more in the draft that amends where the city decided on it before it adopted', async () => {
		const { first, put } = await model();
		const id = await as((tx) => beginDraft({ title: 'Custody', copied: { ...first, only: null } }, actor, world, tx));
		await as((tx) => answer(id, { city: 'City of Alder Falls' }, actor, world, tx));
		const [logs, visits] = [LOGS.replace('every request', 'each request'), VISITS.replace('the jail', 'a jail')];
		const second = await put('2026-11-01', logs, visits, TRAINING);
		const offers = async (of: string) => {
			const [newer] = await as(async (tx) => newerOf(await stateOf(of, actor, tx), tx));
			return newer?.offers ?? [];
		};
		const open = await offers(id);
		const said = async (kind: string, at: number, decision: 'take' | 'keep') => {
			const { change = '' } = open.filter((one) => one.kind === kind)[at] ?? {};
			const which = { source: 1, expressionId: second.expressionId, change };
			await as((tx) => decide(id, which, { decision }, actor, world, tx));
		};
		await said('changed', 0, 'keep');
		await said('added', 0, 'take');
		const left = (await offers(id)).map(({ change }) => change);
		expect(left).toHaveLength(1);
		await adopted(id, { number: 'Ordinance 2026-61' }, actor, world);
		const next = await as((tx) => beginAmendment(id, actor, world, tx));
		expect((await offers(next)).map(({ change }) => change)).toEqual(left);
		// What is left decided on, the draft counts as copied from the newer version, with what came newly.
		await as((tx) => takeAll(next, { source: 1, expressionId: second.expressionId }, actor, world, tx));
		const done = await state(next);
		expect(done.sources[0]?.expressionId).toBe(second.expressionId);
		expect(done.provisions.map(({ text }) => text)).toEqual(expect.arrayContaining([LOGS, visits, TRAINING]));
		expect(done.provisions.filter(({ text }) => text === TRAINING)).toMatchObject([{ from: { source: 1 } }]);
	});

	test('is merged with the text in force, where the policy was corrected on the shelf since', async () => {
		const { id, address, put } = await made('Ordinance 2026-62');
		const second = await put('2026-11-01', LOGS.replace('every request', 'each and every request'), VISITS);
		const before = await state(id);
		const own = VISITS.replace('the jail', 'our jail');
		const [log, visits] = [LOGS.replace('{{city}}', 'City of Alder Falls').replace('a log', 'a full log'), own];
		const corrected = read(
			`# A chapter\n\n## Section 1. Part 1\n\n${log}\n\n## Section 2. Part 2\n\n${visits}\n\n## Section 3. Dates\n\n${TRAINING}\n`,
		);
		await world.db.as(SYSTEM, async (tx) => {
			const { rows } = await sql<{ id: string }>`select id from library_work where address = ${address}`.execute(tx);
			const version = {
				...{ day: '2026-11-25' as Day, language: 'en' as const, official: true, title: 'Custody', format: 'md' },
				...{ reading: corrected, comesAlong: false, corrected: true, by: 'test', id: null },
				source: { name: null, sha256: null, address: null, retrieved: null, blobId: null },
			};
			await addVersion(rows[0]?.id ?? '', version, world, tx);
		});
		const next = await as((tx) => beginAmendment(id, actor, world, tx));
		const begun = await state(next);
		expect(begun.seq).toBe(2);
		expect(await as((tx) => correctedAt(begun.draft, tx))).toBe(2);
		// The blank stands, each provision came from where it did, and what is only on the shelf came from there.
		const title = before.provisions[0]?.text ?? '';
		expect(begun.provisions.map(({ text }) => text)).toEqual([
			title,
			LOGS.replace('a log', 'a full log'),
			own,
			TRAINING,
		]);
		const origins = (of: typeof begun) => of.provisions.map(({ from }) => from);
		expect(origins(begun)).toEqual([...origins(before), { source: 2, eId: corrected.provisions.at(-1)?.eId }]);
		// It reads as the shelf does, and as it was adopted one edit before.
		const compared = await as((tx) => comparison(begun, usualOf(begun.draft), '2026-11-27' as Day, actor, tx));
		const leaves = leavesOf(begun, compared.beside, 'redline');
		expect(new Set(leaves.map((leaf) => leaf.state))).toEqual(new Set(['same']));
		expect((await as((tx) => stateOf(next, actor, tx, 1))).provisions.map(({ text }) => text)).toEqual([
			title,
			LOGS,
			own,
		]);
		await as((tx) => takeAll(next, { source: 1, expressionId: second.expressionId }, actor, world, tx));
		expect((await state(next)).provisions[1]?.text).toBe(
			LOGS.replace('every request', 'each and every request').replace('a log', 'a full log'),
		);
	});

	test('is written of to the seats of the cities that it concerns, in the transaction of the version, without a word of theirs', async () => {
		const { put, first } = await made('Ordinance 2026-70');
		asked.length = 0;
		await put('2026-11-01', LOGS.replace('every request', 'each and every request'), VISITS);
		const job = asked.find(({ task }) => task === 'library.newer');
		expect(job?.payload).toEqual({ work: first.workId });
		asked.length = 0;
		await tasks['library.newer']?.(job?.payload ?? {});
		expect(asked.map(({ task, payload }) => [task, payload.to]).sort()).toEqual(
			[clerk, watching].map(({ seat }) => ['adoption.newer_letter', `seat:${seat}`]).sort(),
		);
		here.sent.length = 0;
		for (const { task, payload } of asked) await tasks[task]?.(payload);
		expect(here.sent).toHaveLength(2);
		const letters = JSON.stringify(here.sent);
		expect(letters).toContain('https://c.example/adoption');
		expect(letters).not.toMatch(/Custody|quiet|Alder|Ordinance|Person of|Office of tests/i);

		// Words that nobody copied, and the first version of a model, are no news.
		asked.length = 0;
		const { first: other } = await model();
		expect(asked.filter(({ task }) => task === 'library.newer')).toEqual([]);
		await tasks['library.newer']?.({ work: other.workId });
		expect(asked.filter(({ task }) => task === 'adoption.newer_letter')).toEqual([]);
	});
});

test('two who record one draft under two numbers at once: one is recorded, the other is told so', async () => {
	const { first } = await model();
	const id = await as((tx) => beginDraft({ title: 'Twice', copied: { ...first, only: null } }, actor, world, tx));
	await as((tx) => answer(id, { city: 'City of Alder Falls' }, actor, world, tx));
	const voted = { adopted: '2026-11-20' as Day, vote: null, inForce: null, tellsSources: true };
	const both = await Promise.all(
		['Ordinance 2026-80', 'Ordinance 2026-81'].map((number) => adopt(id, { ...voted, number }, actor, world)),
	);
	expect(both.filter((one) => 'address' in one)).toHaveLength(1);
	expect(both.filter((one) => 'refused' in one)).toEqual([{ refused: 'adopted_before' }]);
});

test('whoever is given a comment by somebody else gets a letter without a word of it', async () => {
	const { first } = await model();
	const id = await as((tx) => beginDraft({ title: 'Private', copied: { ...first, only: null } }, actor, world, tx));
	const colleague = await signedIn(world, { role: 'counsel', placeId: cityOf('alder-falls') });
	const { provisions } = await state(id);
	const said = {
		provision: provisions[0]?.id ?? '',
		words: '',
		text: 'A PRIVATE question',
		room: 'city',
		since: 1,
	} as const;
	const found = await as((tx) => comment(id, said, actor, world, tx));
	const give = (seat: string | null) =>
		as((tx) =>
			deal(id, { comment: found.kind === 'kept' ? found.id : '', deal: { act: 'assigned', seat } }, actor, world, tx),
		);
	asked.length = 0;
	await give(clerk.seat ?? null);
	await give(null);
	expect(asked).toEqual([]);
	await give(colleague.seat ?? null);
	expect(asked).toEqual([{ task: 'adoption.assigned', payload: { draft: id, to: `seat:${colleague.seat}` } }]);
	here.sent.length = 0;
	for (const { task, payload } of asked) await tasks[task]?.(payload);
	expect(here.sent).toHaveLength(1);
	expect(JSON.stringify(here.sent)).toContain(`https://c.example/adoption/${id}/remarks`);
	expect(JSON.stringify(here.sent)).not.toMatch(/PRIVATE|Private|Alder|Person of/);
});
