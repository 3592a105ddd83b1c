import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { backgroundOf } from '../src/concordance/background.ts';
import { editionOf, writeBackground } from '../src/concordance/background-bytes.ts';
import { termsOf } from '../src/concordance/term.ts';

/**
 * Makes the background that comes along, `seeds/background.bin`, from the public texts of the shelf that comes along. `--from DIR`:
 * from the texts below another folder; only what everybody may read. Every installation compares its texts anew when it gets another
 * background, so this is run on purpose and not whenever a text of the shelf changes.
 */
export function main(args: string[]): boolean {
	const { values } = parseArgs({ args, options: { from: { type: 'string', default: 'seeds/library' } } });
	const names = readdirSync(values.from, { recursive: true, encoding: 'utf8' });
	const texts = names.filter((name) => name.endsWith('.md') && name !== 'README.md').sort();
	const background = backgroundOf(texts.map((name) => termsOf(readFileSync(join(values.from, name), 'utf8')).keys));
	const bytes = writeBackground(background);
	writeFileSync('seeds/background.bin', bytes);
	console.log(
		`${texts.length} texts, ${background.keys.length} terms, ${bytes.length} bytes, edition ${editionOf(bytes)}`,
	);
	return true;
}
