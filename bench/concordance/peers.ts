import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { timed } from '../measure.ts';

/** Time of Debian's sim_text for the texts, with and without printing what it found; null where it is not installed. */
export async function simText(texts: readonly string[]): Promise<{ whole: number; silent: number } | null> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-pairs-'));
	try {
		execFileSync('sim_text', ['-v'], { stdio: 'ignore' });
		mkdirSync(join(folder, 'texts'));
		const names = texts.map((text, n) => {
			const name = join(folder, 'texts', `${String(n).padStart(5, '0')}.txt`);
			writeFileSync(name, text);
			return name;
		});
		const run = (...more: string[]) =>
			timed(() =>
				execFileSync('sim_text', [...more, '-i', `-o${join(folder, 'out')}`], { input: `${names.join('\n')}\n` }),
			);
		return { whole: await run(), silent: await run('-n') };
	} catch (error) {
		console.warn(`sim_text is not measured (Debian's similarity-tester): ${String(error).slice(0, 120)}`);
		return null;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Folder of the package @dodona/dolos-core; `npm install --no-save @dodona/dolos-core@1.2.1` puts it there. */
const DOLOS = 'node_modules/@dodona/dolos-core';
/** Words of a row and rows of a window: runs of twelve words are certain to be found, as with us. */
const ROW = 8;
const WINDOW = 5;

interface Dolos {
	readonly File: new (path: string, content: string) => object;
	readonly Region: new (line: number, column: number, endLine: number, endColumn: number) => object;
	readonly TokenizedFile: new (file: object, tokens: readonly string[], mapping: readonly object[]) => object;
	readonly FingerprintIndex: new (
		row: number,
		window: number,
	) => {
		addFiles(files: readonly object[]): unknown;
		getPair(one: object, other: object): { readonly longest: number };
	};
}

/** What Dolos came to in the time it was given. */
export interface DolosRun {
	/** Milliseconds until the texts were in its index, and until the last of the pairs it was given time for. */
	readonly read: number;
	readonly whole: number;
	readonly done: number;
	readonly pairs: number;
}

/**
 * The engine of Dolos (its core, without the parsers of programming languages, which are 435 MB) on words: all texts into its
 * index, then pair by pair with the longest stretch, until `most` milliseconds are spent. Null where it is not installed.
 */
export async function dolos(texts: readonly string[], most: number): Promise<DolosRun | null> {
	const core = await import(/* @vite-ignore */ pathToFileURL(resolve(DOLOS, 'dist/index.js')).href).catch(
		(error: unknown) => {
			console.warn(`Dolos is not measured (npm install --no-save @dodona/dolos-core): ${String(error).slice(0, 120)}`);
		},
	);
	if (!core) return null;
	const { File, Region, TokenizedFile, FingerprintIndex } = core as Dolos;
	const index = new FingerprintIndex(ROW, WINDOW);
	const begun = performance.now();
	const files = texts.map((text, n) => {
		const words = [...text.matchAll(/[\p{L}\p{N}]+/gu)];
		return new TokenizedFile(
			new File(`${n}.txt`, text),
			words.map(([word]) => word.toLowerCase()),
			words.map(({ index: at, 0: word }) => new Region(0, at, 0, at + word.length)),
		);
	});
	index.addFiles(files);
	const read = performance.now() - begun;
	let done = 0;
	for (let j = 1; j < files.length && performance.now() - begun < most; j++) {
		for (let i = 0; i < j && performance.now() - begun < most; i++) {
			index.getPair(files[i] as object, files[j] as object);
			done++;
		}
	}
	return { read, whole: performance.now() - begun, done, pairs: (files.length * (files.length - 1)) / 2 };
}
