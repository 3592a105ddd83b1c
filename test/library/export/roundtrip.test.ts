import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { toAkomaNtoso } from '#library/export/akn.ts';
import { toDocx } from '#library/export/docx.ts';
import { paperOf } from '#library/export/outgoing.ts';
import { readBytes } from '#library/read/read.ts';
import { type Structured, structure } from '#library/structure/structure.ts';
import { outgoing } from '../outgoing.ts';
import { outline } from '../outline.ts';

const GOLDEN = join(import.meta.dirname, '../golden');
const SHELF = join(import.meta.dirname, '../../../seeds/library');
const SCHEMA = join(import.meta.dirname, '../../../../shared/data/schema');

const MADE: Readonly<Record<string, string>> = {
	'nested lists': `Section 1. Definitions. For purposes of this section:
(a) Detainer. A request to hold a person.
(1) by form; or
(A) I-247A;
(2) by letter.
(b) City.

§ 2. This ordinance takes effect at once.`,
	'recitals and clauses': `AN ORDINANCE in relation to detainers

WHEREAS, people trust those who keep their word; and

WHEREAS, trust is safety;

NOW, THEREFORE, BE IT ORDAINED BY THE CITY COUNCIL:

Section 1. No hold. No officer shall hold a person on a detainer alone.

Passed March 4, 2019.`,
	'an act that removes': `Be it enacted by the Council as follows:

Section 1. Subdivision a of section 9-131 of the administrative code of the city of New York is amended to read as follows:
a. [Notwithstanding] Under any law, the [commissioner] department shall not hold.
b. [Repealed words.]

§ 2. This local law takes effect immediately.`,
};

const TEXTS: readonly (readonly [string, Uint8Array, string])[] = [
	...Object.entries(MADE).map(([name, text]) => [name, new TextEncoder().encode(text), 'a.txt'] as const),
	...found(GOLDEN, /^input\.(txt|rtf|html|md)$/),
	...found(SHELF, /^\d{4}-\d\d-\d\d.*\.md$/),
];

describe.each(TEXTS)('%s', (_, bytes, file) => {
	test('comes in from Word and from Akoma Ntoso as it went out', async () => {
		const text = await treeOf(bytes, file);
		const out = outgoing(text);
		for (const [sent, name] of [
			[toDocx(paperOf(out)), 'a.docx'],
			[new TextEncoder().encode([...toAkomaNtoso(paperOf(out))].join('')), 'a.xml'],
		] as const) {
			const back = await treeOf(sent, name);
			expect(tree(back)).toBe(tree(text));
			expect(back.provisions).toEqual(text.provisions);
			expect(back.text).toBe(text.text);
		}
	});
});

test.skipIf(!existsSync(SCHEMA))('every Akoma Ntoso file is valid by the schema of OASIS', async () => {
	const read = (name: string) => ({ fileName: name, contents: readFileSync(join(SCHEMA, name), 'utf8') });
	const xml = await Promise.all(
		TEXTS.map(async ([name, bytes, file]) => ({
			fileName: `${name.replaceAll(/\W/g, '-')}.xml`,
			contents: [...toAkomaNtoso(paperOf(outgoing(await treeOf(bytes, file))))].join(''),
		})),
	);
	const result = await validateXML({
		xml,
		schema: [read('akomantoso30.xsd')],
		preload: [read('xml.xsd')],
		maxMemoryPages: 8_192,
	});
	expect(result.errors).toEqual([]);
	expect(result.valid).toBe(true);
});

test('where somebody adds a paragraph in Word the tree is found anew, without the notices around the text', async () => {
	const text = await treeOf(new TextEncoder().encode(MADE['nested lists'] as string), 'a.txt');
	const read = await readBytes(toDocx(paperOf(outgoing(text))), 'a.docx');
	if ('refused' in read) throw new Error(read.detail);
	const added = {
		...(read.blocks.at(-1) as (typeof read.blocks)[number]),
		style: 'Normal',
		runs: [{ text: '§ 3. Severability.' }],
	};
	const back = structure({ ...read, blocks: [...read.blocks, added] });
	expect(back.provisions.map(({ eId }) => eId)).toEqual([...text.provisions.map(({ eId }) => eId), 'sec_3']);
	expect(back.text).not.toContain('Unofficial copy');
});

async function treeOf(bytes: Uint8Array, name: string): Promise<Structured> {
	const read = await readBytes(bytes, name);
	if ('refused' in read) throw new Error(read.detail);
	return structure(read);
}

function tree(text: Structured): string {
	return outline({ ...text, title: null, profile: null, problems: [] });
}

function found(folder: string, name: RegExp): (readonly [string, Uint8Array, string])[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && name.test(entry.name) && !/hostile|damaged-file/.test(entry.parentPath))
		.map((entry) => {
			const path = join(entry.parentPath, entry.name);
			return [path.slice(folder.length + 1), new Uint8Array(readFileSync(path)), entry.name] as const;
		});
}
