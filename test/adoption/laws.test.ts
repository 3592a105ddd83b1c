import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mentions } from '#adoption/structure/mention.ts';
import { added, type Change } from '#adoption/structure/outline.ts';
import { restructured } from '#adoption/structure/restructure.ts';
import { readRtf } from '#library/read/rtf.ts';
import { structure } from '#library/structure/structure.ts';

const LAWS = '../shared/data/policy/nyc_local_laws';
const there = existsSync(LAWS);
if (!there) console.log(`References of local laws are not tried: there is no ${LAWS}.`);

/** References to their own sections, read by hand. */
const OWN: Readonly<Record<string, number>> = { 'LL-2014-035.rtf': 1, 'LL-2014-058.rtf': 2 };

describe.runIf(there)('a local law of New York that gets a section in front', () => {
	const files = there ? readdirSync(LAWS).filter((name) => name.endsWith('.rtf')) : [];

	test.each(files)('%s changes no word but references to its own sections', (file) => {
		const read = structure(readRtf(new Uint8Array(readFileSync(join(LAWS, file)))));
		const before = read.provisions.map(({ kind, parent, number, heading, text, eId }, at) => ({
			...{ kind, parent, number, heading, text },
			id: `p${at}`,
			from: { source: 1, eId },
		}));
		const change = added(before, { id: 'n', kind: 'section', heading: null, words: 'New.' }, { first: null }) as Change;
		const { text, dangling } = restructured(before, change, 'en');
		expect(dangling).toEqual([]);
		const changed = before.flatMap(({ id, text: words }) => {
			const now = text.find((one) => one.id === id)?.text ?? '';
			const pairs = mentions(words).map(({ start, end }) => words.slice(start, end + 30));
			return now === words ? [] : pairs.filter((pair) => !now.includes(pair));
		});
		expect(changed.filter((words) => !/^sections? \d[\d, and]* of this local law/i.test(words))).toEqual([]);
		expect(changed.length).toBe(OWN[file] ?? 0);
	});
});
