import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFile } from '#library/read/read.server.ts';
import { makeDocx } from './docx.ts';
import { drawn, makePdf } from './pdf.ts';
import { shown } from './shown.ts';

const FOLDER = join(import.meta.dirname, 'golden');

/**
 * Each folder is a trap of a format: `input.…` as it is offered, or for a Word file `document.xml`, `styles.xml`, …
 * (what stands inside their roots), for a PDF `page-1.txt`, … (sketches, see `pdf.ts`), and `blocks.txt`, what it is read as. `npm run golden -- --update` writes the latter.
 */
const FOLDERS = readdirSync(FOLDER).filter((name) => /^(rtf|docx|html|markdown|pdf|akn|hostile)-/.test(name));

describe.each(FOLDERS)('%s', (name) => {
	test('is read as it should be', async () => {
		await expect(shown(await readFile(inputOf(name), 'policy'))).toMatchFileSnapshot(join(FOLDER, name, 'blocks.txt'));
	});
});

function inputOf(name: string): Uint8Array {
	const folder = join(FOLDER, name);
	const files = readdirSync(folder).filter((file) => file !== 'blocks.txt');
	const input = files.find((file) => file.startsWith('input.'));
	if (input) return new Uint8Array(readFileSync(join(folder, input)));
	const pages = files.filter((file) => file.startsWith('page-')).sort();
	if (pages.length > 0) return makePdf(pages.map((file) => drawn(readFileSync(join(folder, file), 'utf8'))));
	if (!existsSync(join(folder, 'document.xml'))) throw new Error(`${name} holds no input.`);
	return makeDocx(
		Object.fromEntries(
			files.map((file) => [
				file.replace('.xml', ''),
				readFileSync(join(folder, file), 'utf8').replace(/>\n\s*</g, '><'),
			]),
		),
	);
}
