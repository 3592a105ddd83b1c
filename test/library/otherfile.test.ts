import { expect, test as it } from 'vitest';
import { OPERATOR } from '../../src/access/actor.ts';
import type { Day } from '../../src/kernel/day.ts';
import { addVersion, settleWork } from '../../src/library/add.server.ts';
import { addRelation } from '../../src/library/history.server.ts';
import { textBlocks } from '../../src/library/read/text.ts';
import { structure } from '../../src/library/structure/structure.ts';
import { testDatabase } from '../database.ts';

const { world } = await testDatabase();

const LAW =
	'Section 1. Detainers.\n\nNo officer holds a person on a detainer under § 1373.\n\nSection 2. Effect.\n\nThis law takes effect at once.';

function version(text: string, sha256: string) {
	return {
		day: '2020-01-02' as Day,
		language: 'en' as const,
		official: true,
		title: 'A law',
		reading: structure(textBlocks(text)),
		format: 'text',
		source: { name: 'law', sha256, address: null, retrieved: null, blobId: null },
		comesAlong: false,
		by: 'test',
		id: null,
	};
}

function work(address: string) {
	return world.db.as(OPERATOR, (tx) =>
		settleWork(
			{
				id: null,
				address,
				place: null,
				instrument: 'ordinance',
				number: null,
				title: 'A law',
				language: 'en',
				sample: false,
			},
			'test',
			world,
			tx,
		),
	);
}

it.each([
	[
		'the same letters with other spaces and a damaged sign',
		LAW.replace('§', '\ufffd').replaceAll('\n\n', '\n \n'),
		'known',
	],
	['one word more', LAW.replace('at once', 'at once and for all'), 'added'],
	['a fee of another amount', LAW.replace('at once', 'for $1.50').replace('person', 'person'), 'added'],
	['words that only look alike', LAW.replace('at once', 'at on ce'), 'added'],
	['another number', LAW.replace('1373', '13.73'), 'added'],
])('%s, from another file on the same day', async (name, text, outcome) => {
	const { id } = await work(`coalition/${name.replaceAll(/[^a-z]+/g, '-')}`);
	const add = (words: string, sha: string) =>
		world.db.as(OPERATOR, (tx) => addVersion(id, version(words, sha), world, tx));
	expect((await add(LAW, 'a')).outcome).toBe('added');
	expect((await add(text, 'b')).outcome).toBe(outcome);
});

it.each([
	['coalition/detainerz', 'Nothing stands at coalition/detainerz'],
	['Administrative Code, title 9', null],
])('a relation to %s', async (other, refused) => {
	const { id } = await work('coalition/relating');
	const relation = { kind: 'amends' as const, other, source: 'section 1', sourceAddress: null };
	const said = world.db.as(OPERATOR, (tx) => addRelation(id, relation, 'test', world, tx));
	if (refused) await expect(said).rejects.toThrow(refused);
	else expect(await said).toMatch(/^[0-9a-f-]{36}$/);
});
