import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { offered } from '#watch/read/archive.server.ts';
import { workbook, zipOf } from './workbook.ts';

const LIST = workbook({ kind: 'pending', rows: [{ state: 'OHIO', agency: 'Town Police', model: 'TFM' }] });
const OTHER = workbook({ kind: 'pending', rows: [{ state: 'UTAH', agency: 'City Police', model: 'JEM' }] });
const WORD = zipOf({ '[Content_Types].xml': '<T/>', 'word/document.xml': '<w/>', 'word/embeddings/a.xlsx': 'x' });
const NOTHING = Readable.from([]);
/** A tree of captures, with what lies about in such folders. */
const TREE: Readonly<Record<string, Uint8Array>> = {
	'2025-05-20/pending.xlsx': OTHER,
	'2025-05-19/participating.XLSX': LIST,
	'2025-05-19/pending': LIST,
	'2025-05-19/~$pending.xlsx': LIST,
	'2025-05-19/._pending.xlsx': LIST,
	'2025-05-19/notes.txt': Buffer.from('x'),
	'2025-05-19/letter.docx': WORD,
	'2025-05-19/old.xls': Buffer.from('x'),
};
const IN_FOLDER = [
	'captures/2025-05-19 old.xls',
	'captures/2025-05-19 participating.XLSX',
	'captures/2025-05-19 pending',
	'captures/2025-05-20 pending.xlsx',
];
/** Inside archives only names tell: what has no extension is not unpacked to look at it. */
const IN_ARCHIVE = ['2025-05-19 old.xls', '2025-05-19 participating.XLSX', '2025-05-20 pending.xlsx'];

let root = '';

beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), 'archive-'));
	for (const [path, bytes] of Object.entries(TREE)) {
		await mkdir(join(root, 'captures', path, '..'), { recursive: true });
		await writeFile(join(root, 'captures', path), bytes);
	}
	await symlink(join(root, 'captures'), join(root, 'captures', 'again'));
	const tar = await tarOf(TREE);
	const files = {
		'all.zip': zipOf(TREE),
		'all.tar': tar,
		'all.tar.gz': gzipSync(tar),
		'misnamed.dat': gzipSync(tar),
		'list.xlsx': LIST,
		'page.xlsx': Buffer.from('<html>'),
		'letter.docx': WORD,
		'one.xlsx.gz': gzipSync(LIST),
		'cut.tar.gz': gzipSync(tar).subarray(0, 900),
		'empty.xlsx': new Uint8Array(),
	};
	for (const [name, bytes] of Object.entries(files)) await writeFile(join(root, name), bytes);
});

afterAll(() => rm(root, { recursive: true, force: true }));

async function tarOf(files: Readonly<Record<string, Uint8Array>>): Promise<Buffer> {
	const tar = pack();
	for (const [name, bytes] of Object.entries(files)) tar.entry({ name: `./${name}` }, Buffer.from(bytes));
	tar.entry({ name: '../../etc/escape.xlsx' }, Buffer.from(LIST));
	tar.entry({ name: 'link.xlsx', type: 'symlink', linkname: '/etc/passwd' });
	tar.finalize();
	const pieces: Buffer[] = [];
	for await (const piece of tar) pieces.push(piece as Buffer);
	return Buffer.concat(pieces);
}

async function gather(paths: readonly string[], stdin: Readable = NOTHING) {
	const found: { label: string; bytes: Buffer }[] = [];
	for await (const { source, name, bytes } of offered(paths, stdin)) {
		found.push({ label: `${source} ${name}`, bytes: Buffer.from(bytes) });
	}
	return found;
}

async function labels(paths: readonly string[], stdin?: Readable): Promise<string[]> {
	return (await gather(paths, stdin)).map((file) => file.label);
}

function at(name: string): string {
	return join(root, name);
}

describe('what is offered', () => {
	test('of a folder is what looks like a list, in the order of names, and no link leads in a circle', async () => {
		expect(await labels([at('captures')])).toEqual(IN_FOLDER);
	});

	test('of a zip is the same, in the order of names', async () => {
		expect(await labels([at('all.zip')])).toEqual(IN_ARCHIVE.map((label) => `all.zip/${label}`));
	});

	test.each(['all.tar', 'all.tar.gz', 'misnamed.dat'])(
		'of %s is the same, in its own order, whatever paths claim',
		async (name) => {
			const expected = [...IN_ARCHIVE.map((label) => `${name}/${label}`), `${name}/../../etc escape.xlsx`];
			expect((await labels([at(name)])).toSorted()).toEqual(expected.toSorted());
		},
	);

	test.each(['all.zip', 'all.tar', 'all.tar.gz'])('by standard input is told by content: %s', async (name) => {
		const bytes = await readFile(at(name));
		const pieces = Readable.from([bytes.subarray(0, 3), bytes.subarray(3, 300), bytes.subarray(300)], {
			objectMode: false,
		});
		const found = await labels(['-'], pieces);
		for (const label of IN_ARCHIVE) expect(found).toContain(`-/${label}`);
	});

	test('has the very bytes', async () => {
		for (const path of ['list.xlsx', 'captures', 'all.zip', 'all.tar.gz']) {
			const found = (await gather([at(path)])).filter(({ label }) => /participating|list\.xlsx/.test(label));
			expect(found.map(({ bytes }) => bytes.equals(Buffer.from(LIST)))).toEqual([true]);
		}
	});

	test.each(['list.xlsx', 'page.xlsx', 'letter.docx', 'empty.xlsx', 'one.xlsx.gz'])(
		'by its own name is always offered, so that its refusal is told: %s',
		async (name) => {
			const [file, ...others] = await gather([at(name)]);
			expect([file?.label.endsWith(name), others]).toEqual([true, []]);
		},
	);

	test('by standard input may be a single list, also a packed one', async () => {
		for (const bytes of [Buffer.from(LIST), gzipSync(LIST)]) {
			const [file] = await gather(['-'], Readable.from([bytes], { objectMode: false }));
			expect([file?.label, file?.bytes.equals(Buffer.from(LIST))]).toEqual(['- standard input', true]);
		}
	});

	test('never shows control or direction characters of a name', async () => {
		await mkdir(at('odd'), { recursive: true });
		await writeFile(at('odd/a\u202e\u0007b.xlsx'), LIST);
		expect(await labels([at('odd')])).toEqual(['odd a b.xlsx']);
	});
});

describe('what cannot be offered', () => {
	test('a path that does not exist is said before anything is offered', async () => {
		const seen: string[] = [];
		const all = async () => {
			for await (const file of offered([at('list.xlsx'), at('nowhere')], NOTHING)) seen.push(file.name);
		};
		await expect(all()).rejects.toThrow(/There is no file or folder .*nowhere/);
		expect(seen).toEqual([]);
	});

	test('an archive that is broken off is said, whether it is named or piped', async () => {
		await expect(labels([at('cut.tar.gz')])).rejects.toThrow(/damaged .*copy it again/);
		await expect(labels(['-'], createReadStream(at('cut.tar.gz')))).rejects.toThrow(/damaged .*copy it again/);
	});
});
