import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRtf } from '#library/read/rtf.ts';
import { readText } from '#library/read/text.ts';
import { structure } from '#library/structure/structure.ts';
import { outline, readsAs } from '../outline.ts';

const LAWS = '../shared/data/policy/nyc_local_laws';
const GOLDEN = join(import.meta.dirname, '../golden');
const there = existsSync(LAWS);
if (!there) console.log(`The local laws are not read: there is no ${LAWS}.`);

const NAMES = ['LL-2011-062', 'LL-2013-021', 'LL-2013-022', 'LL-2014-035', 'LL-2014-058', 'LL-2014-059'];
/** Read by hand against the printed laws. */
const CHECKED = ['LL-2013-022', 'LL-2014-058'];

describe.runIf(there)('a local law of New York', () => {
	test.each(NAMES)('%s has the same provisions and words from RTF and from flat text', (name) => {
		const [rtf, txt] = [fromRtf(name), fromText(name)];
		expect(standing(txt)).toEqual(standing(rtf));
		expect(plain(txt.text)).toBe(plain(rtf.text));
	});

	test.each(CHECKED)('%s reads before and after as it was read by hand', async (name) => {
		const made = fromRtf(name);
		const folder = join(GOLDEN, `law-${name.toLowerCase()}`);
		await expect(outline(made)).toMatchFileSnapshot(join(folder, 'outline.txt'));
		await expect(readsAs(made, 'before')).toMatchFileSnapshot(join(folder, 'before.txt'));
		await expect(readsAs(made, 'after')).toMatchFileSnapshot(join(folder, 'after.txt'));
	});
});

function fromRtf(name: string) {
	return structure(readRtf(new Uint8Array(readFileSync(join(LAWS, `${name}.rtf`)))));
}

function fromText(name: string) {
	const read = readText(new Uint8Array(readFileSync(join(LAWS, `${name}.txt`))));
	if ('refused' in read) throw new Error(read.detail);
	return structure(read);
}

function standing(made: ReturnType<typeof fromRtf>): string[] {
	return made.provisions.filter(({ state }) => state !== 'removed').map(({ eId }) => eId);
}

/** Without what the flat texts have lost: the shape of quotes, blanks that do not break, blanks after a section sign. */
function plain(text: string): string {
	return text.replaceAll(/[“”]/g, '"').replaceAll(/[‘’]/g, "'").replaceAll(/§\s*/g, '§').replaceAll('\u00a0', ' ');
}
