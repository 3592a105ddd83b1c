import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { VISITOR } from '#access/actor.ts';
import { attach, certifiedFile, certifiedOf, publishCertified, withdrawCertified } from '#adoption/certified.server.ts';
import type { Day } from '#kernel/day.ts';
import { workAt } from '#library/at.server.ts';
import { paperKind } from '#library/paper.ts';
import { paperFile, papersOf } from '#library/papers.server.ts';
import type { Tx } from '#platform/world.ts';
import { signedIn } from '../access/signed-in.ts';
import { adopted, fillAll } from './adopted.ts';
import { begun } from './begun.ts';
import { stocked } from './stocked.ts';

const { here, world, cityOf } = await stocked();
here.now = new Date('2026-11-27T12:00:00Z');
const { actor } = await signedIn(world, { role: 'member', placeId: cityOf('alder-falls') });
const { actor: watching } = await signedIn(world, { role: 'observer', placeId: cityOf('alder-falls') });
const { actor: stranger } = await signedIn(world, { role: 'member', placeId: cityOf('wexmoor') });
const as = <T>(verb: (tx: Tx) => Promise<T>, who = actor) => world.db.as(who, verb);

const PDF = new TextEncoder().encode('%PDF-1.7 SECRETWORD of the clerk');
const OTHER = new TextEncoder().encode('%PDF-1.7 the right one');
let id = '';
let address = '';
let policies = 40;

async function policy(): Promise<void> {
	id = await begun('Judicial warrants', actor, world);
	await fillAll(id, 'City of Alder Falls', actor, world);
	address = await adopted(id, { number: `Ordinance 2026-${++policies}` }, actor, world);
}
const send = (bytes: Uint8Array, name = 'Signed, page 1.pdf') =>
	as((tx) => attach(id, { name, bytes }, actor, world, tx));
const copies = () => as((tx) => certifiedOf(id, actor, tx));
const papers = () =>
	world.db.as(VISITOR, async (tx) => {
		const found = await workAt(address, '2026-11-27' as Day, tx);
		if (found.kind !== 'work') throw new Error('It is not on the shelf.');
		return { workId: found.work.id, papers: await papersOf(found.work.id, tx) };
	});

test.each<[string, readonly number[] | string, ReturnType<typeof paperKind>]>([
	['a PDF', '%PDF-1.4', 'pdf'],
	['a Word file', 'PK\u0003\u0004....word/document.xml', 'docx'],
	['an archive of something else', 'PK\u0003\u0004....evil.exe', null],
	['a PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 'png'],
	['a JPEG', [0xff, 0xd8, 0xff, 0xe0], 'jpeg'],
	['a TIFF of either order', [0x4d, 0x4d, 0x00, 0x2a], 'tiff'],
	['a page that calls itself PDF', '<html>%PDF-1.4', null],
	['nothing', '', null],
])('%s is known by its first bytes', (_, bytes, kind) => {
	expect(paperKind(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : Uint8Array.from(bytes))).toBe(kind);
});

test('a certified copy is kept to the byte for its city alone, the same one once', async () => {
	await policy();
	expect(await send(PDF)).toEqual({ kind: 'kept', nth: 1 });
	expect(await send(PDF)).toEqual({ kind: 'kept', nth: 1 });
	expect(await send(new TextEncoder().encode('<html>'))).toEqual({ kind: 'unreadable' });
	const [one] = await copies();
	expect(one).toMatchObject({
		...{ nth: 1, name: 'Signed, page 1.pdf', kind: 'pdf', size: PDF.length, person: actor.person },
		sha256: createHash('sha256').update(PDF).digest('hex'),
		...{ published: null, withdrawn: null },
	});
	expect(Buffer.from((await as((tx) => certifiedFile(id, 1, actor, tx))).bytes)).toEqual(Buffer.from(PDF));
	expect((await papers()).papers).toEqual([]);
	expect(await as((tx) => certifiedOf(id, watching, tx), watching)).toHaveLength(1);
	await expect(as((tx) => certifiedFile(id, 1, stranger, tx), stranger)).rejects.toThrow('no such draft');
	await expect(as((tx) => attach(id, { name: 'x', bytes: PDF }, watching, world, tx), watching)).rejects.toThrow(
		'may not',
	);
	await expect(publishCertified(id, 1, watching, world)).rejects.toThrow('may not');
	await expect(publishCertified(id, 1, stranger, world)).rejects.toThrow('no such draft');
	await expect(publishCertified(id, 9, actor, world)).rejects.toThrow('no such certified copy');
});

test('it is public beside the policy only once its city says so, and a wrong one is withdrawn with the reason', async () => {
	await policy();
	await send(PDF);
	await publishCertified(id, 1, actor, world);
	await publishCertified(id, 1, actor, world);
	const { workId, papers: public_ } = await papers();
	expect(public_).toMatchObject([{ nth: 1, kind: 'pdf', size: PDF.length, withdrawn: null }]);
	const read = (nth: number) => world.db.as(VISITOR, (tx) => paperFile(workId, nth, tx));
	expect(Buffer.from((await read(1)).bytes)).toEqual(Buffer.from(PDF));
	// Nothing public names the file as the city called it, or who sent it.
	expect(JSON.stringify(public_)).not.toMatch(/Signed|Person of/);

	await expect(withdrawCertified(id, 1, ' … ', actor, world)).rejects.toThrow('Write the reason');
	await withdrawCertified(id, 1, 'Page 3 is missing.', actor, world);
	expect((await papers()).papers).toMatchObject([{ nth: 1, withdrawn: { reason: 'Page 3 is missing.' } }]);
	await expect(read(1)).rejects.toThrow('Page 3 is missing.');
	// With its city it stays, bytes and reason; it is not made public again.
	expect((await copies())[0]).toMatchObject({ published: here.now, withdrawn: { reason: 'Page 3 is missing.' } });
	expect((await as((tx) => certifiedFile(id, 1, actor, tx))).bytes.length).toBe(PDF.length);
	await expect(publishCertified(id, 1, actor, world)).rejects.toThrow('was withdrawn');

	// The right one comes later.
	expect(await send(OTHER)).toEqual({ kind: 'kept', nth: 2 });
	await publishCertified(id, 2, actor, world);
	expect((await papers()).papers.map(({ nth, withdrawn }) => [nth, withdrawn === null])).toEqual([
		[1, false],
		[2, true],
	]);
	await expect(read(3)).rejects.toThrow('no such paper');
});

test('one that only its city had is withdrawn without a word in public, and a draft has none before it is adopted', async () => {
	await policy();
	await send(PDF);
	await withdrawCertified(id, 1, 'PRIVATE reason', actor, world);
	expect((await papers()).papers).toEqual([]);
	id = await begun('Still a draft', actor, world);
	await expect(send(PDF)).rejects.toThrow('was not adopted');
});
