import { expect, test } from 'vitest';
import { type Actor, VISITOR } from '#access/actor.ts';
import { adopt } from '#adoption/adopt.server.ts';
import { answer } from '#adoption/answers.server.ts';
import { draftLines, stateOf } from '#adoption/state.server.ts';
import { wayTo } from '#adoption/way/stages.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import type { Day } from '#kernel/day.ts';
import { workAt } from '#library/at.server.ts';
import type { Tx } from '#platform/world.ts';
import { compareTexts } from '#reuse/compare.server.ts';
import { kinOf } from '#reuse/kin.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { begun } from './begun.ts';
import { stocked } from './stocked.ts';

const { here, world, cityOf } = await stocked();
here.now = new Date('2027-04-03T12:00:00Z');
const of = async (slug: string) => (await signedIn(world, { role: 'member', placeId: cityOf(slug) })).actor;
const [dunmere, wexmoor] = [await of('dunmere'), await of('wexmoor')];
const as = <T>(actor: Actor, verb: (tx: Tx) => Promise<T>) => world.db.as(actor, verb);
const at = (path: string) => as(VISITOR, (tx) => workAt(path, '2027-06-01' as Day, tx));

const DAY = '2027-03-03' as Day;
const VOTED = {
	number: 'Ordinance 2027-3',
	adopted: DAY,
	vote: '5 to 2',
	inForce: '2027-04-02' as Day,
	tellsSources: true,
};

const copied = (path: string, title: string, actor: Actor) => begun(title, actor, world, { path });

test('a draft becomes a policy with its facts and where it came from, and a third city copies that', async () => {
	const id = await copied('coalition/detainers/2026-11-26', 'Judicial warrants', dunmere);
	const record = (said = {}) => adopt(id, { ...VOTED, ...said }, dunmere, world);
	expect(await record()).toEqual({ refused: 'blanks_open', n: 9 });
	const { blanks, provisions } = await as(dunmere, (tx) => stateOf(id, dunmere, tx));
	const said = Object.fromEntries(
		blanks.map(({ id, kind, choices, default: usual }) => [
			id,
			kind === 'date' ? '2027-04-02' : (usual ?? choices?.[0]?.value ?? 'Town of Dunmere'),
		]),
	);
	expect((await as(dunmere, (tx) => answer(id, said, dunmere, world, tx))).wrong).toEqual([]);
	const one = provisions.find(({ from }) => from?.eId === 'sec_13');
	const typed = { heading: 'Enforcement', words: 'PRIVATE until the vote: there is no private right of action.' };
	await as(dunmere, (tx) => saveWords(id, one?.id ?? '', { typed, since: 2 }, dunmere, world, tx));
	expect((await at('zz/place/dunmere/ordinance-2027-3')).kind).toBe('none');

	expect(await record({ adopted: '2027-04-06' })).toEqual({ refused: 'in_future' });
	expect(await record({ inForce: '2027-03-01' })).toEqual({ refused: 'before_adoption' });
	expect(await record({ number: ' ' })).toEqual({ refused: 'number_wanted' });
	expect(await record({ number: 'Ordinance 2019-22' })).toEqual({ refused: 'number_taken' });
	const address = 'zz/place/dunmere/ordinance-2027-3';
	expect(await record()).toEqual({ address });
	expect(await record()).toEqual({ refused: 'adopted_before' });

	const found = await at(`${address}/2027-03-03`);
	if (found.kind !== 'version') throw new Error('It is not on the shelf.');
	expect(found.work).toMatchObject({
		...{
			title: 'Judicial warrants',
			number: 'Ordinance 2027-3',
			instrument: 'ordinance',
			standing: 'in_force',
			sample: true,
		},
		facts: [
			{ kind: 'adopted', day: '2027-03-03', source: 'Ordinance 2027-3, 5 to 2' },
			{ kind: 'in_force', day: '2027-04-02' },
		],
		relations: [{ kind: 'modelled_on', direction: 'from', address: 'coalition/detainers' }],
	});
	expect(found.version.text).toContain('PRIVATE until the vote');
	expect(found.version.text).not.toContain('{{');
	expect((await as(dunmere, (tx) => draftLines(dunmere, tx))).find((line) => line.id === id)?.became).toBe(address);
	const stages = (await as(dunmere, (tx) => wayTo(id, tx)))?.stages ?? [];
	expect(stages.find(({ key }) => key === 'adopted')?.done).toBe('2027-03-03');
	await expect(as(dunmere, (tx) => answer(id, { city: 'X' }, dunmere, world, tx))).rejects.toThrow('was adopted');

	// The lineage knows it by its words.
	await compareTexts(world);
	const kin = await as(VISITOR, (tx) => kinOf(found.work.id, found.version.id, null, tx));
	expect(kin.length).toBeGreaterThan(0);

	const next = await copied(`${address}/2027-03-03`, 'As Dunmere has it', wexmoor);
	const state = await as(wexmoor, (tx) => stateOf(next, wexmoor, tx));
	expect(state.sources[0]?.address).toBe(`${address}/2027-03-03`);
	expect(state.provisions.some(({ text }) => text.startsWith('PRIVATE until the vote'))).toBe(true);
});

/** A copy of the model of a resolution, with its blanks filled. */
async function resolution(title: string): Promise<string> {
	const id = await copied('coalition/resolution/2026-11-26', title, dunmere);
	const { blanks } = await as(dunmere, (tx) => stateOf(id, dunmere, tx));
	const said = Object.fromEntries(blanks.map(({ id, default: usual }) => [id, usual ?? '2027-04-02']));
	await as(dunmere, (tx) => answer(id, said, dunmere, world, tx));
	return id;
}

test('where it was copied from is told only where the city agrees', async () => {
	const id = await resolution('Resolved');
	const silent = { ...VOTED, number: 'Resolution 2027-9', tellsSources: false, inForce: null, vote: null };
	const made = await adopt(id, silent, dunmere, world);
	const found = await at('address' in made ? made.address : '');
	expect(found).toMatchObject({ kind: 'work', work: { relations: [], standing: 'adopted' } });
});

test('a town that counts its ordinances from 1 records one, and what says so is cited with its title', async () => {
	const id = await resolution('Of welcome');
	const made = await adopt(id, { ...VOTED, number: '7', vote: null }, dunmere, world);
	const found = await at('address' in made ? made.address : '');
	expect(found).toMatchObject({ kind: 'work', work: { number: '7', relations: [{ source: 'Of welcome, 7' }] } });
});
